using System.Diagnostics;
using System.Globalization;
using Nadhir.Hosting;

namespace Nadhir.Commands;

/// <summary>
/// <c>nadhir bench standby</c>: two systems over one record; the one that serves is killed, and the time runs until the
/// other has the record and until it answers. Then a new one stands by and the next is killed.
/// </summary>
static class StandbyBench
{
    static readonly TimeSpan patience = TimeSpan.FromMinutes(2);
    static readonly TimeSpan between = TimeSpan.FromSeconds(5);

    /// <returns>0; 1 when one did not take over within two minutes.</returns>
    public static async Task<int> Run(TextWriter output, int kills)
    {
        string folder = Directory.CreateTempSubdirectory("nadhir-standby-").FullName;
        int port = FreePort.Tcp();
        await File.WriteAllTextAsync(Path.Combine(folder, "nadhir.yaml"), Configuration(port));
        Serving? first = null, second = null;
        try
        {
            first = Serving.Start(folder);
            await Answer(port);
            List<double> had = [], answered = [];
            for (int kill = 0; kill < Math.Max(1, kills); kill++)
            {
                second = Serving.Start(folder);
                await second.Said("Standing by").WaitAsync(patience);
                await Task.Delay(between);
                long dead = first.Kill();
                long taken = await second.Said("Taking over").WaitAsync(patience);
                had.Add(Stopwatch.GetElapsedTime(dead, taken).TotalSeconds);
                answered.Add(Stopwatch.GetElapsedTime(dead, await Answer(port)).TotalSeconds);
                (first, second) = (second, null);
            }

            output.WriteLine(Words("the record is the other's", had));
            output.WriteLine(Words("it answers on the console's port", answered));
            return 0;
        }
        catch (TimeoutException)
        {
            Console.Error.WriteLine($"nadhir bench standby: nobody took over within {patience.TotalMinutes:0} minutes");
            return 1;
        }
        finally
        {
            first?.Kill();
            second?.Kill();
            Directory.Delete(folder, recursive: true);
        }
    }

    static string Configuration(int port) => string.Create(CultureInfo.InvariantCulture, $$"""
        name: two
        exercise: true
        sender: bench@nadhir.example.invalid
        origin: {lat: 33, lon: 44.5}
        storage: {folder: record}
        console: {address: 127.0.0.1, port: {{port}} }
        mqtt: {embedded: {address: 127.0.0.1, port: {{FreePort.Tcp()}} } }
        """);

    static string Words(string what, List<double> seconds)
    {
        double[] sorted = [.. seconds.Order()];
        return string.Create(CultureInfo.InvariantCulture,
            $"{sorted.Length} kills, until {what}: least {sorted[0]:F2} s, median {sorted[sorted.Length / 2]:F2} s, most {sorted[^1]:F2} s");
    }

    /// <summary>When anything was answered, be it that something is amiss.</summary>
    static async Task<long> Answer(int port)
    {
        using HttpClient client = new() { Timeout = TimeSpan.FromSeconds(1) };
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using HttpResponseMessage _ = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/api/health"));
                return Stopwatch.GetTimestamp();
            }
            catch (Exception unanswered) when (unanswered is HttpRequestException or OperationCanceledException)
            {
                if (Stopwatch.GetElapsedTime(began) > patience) throw new TimeoutException();
                await Task.Delay(TimeSpan.FromMilliseconds(10));
            }
        }
    }

    /// <summary>One of the two, in a process of its own, and what it says.</summary>
    sealed class Serving
    {
        readonly Process process;
        readonly Dictionary<string, TaskCompletionSource<long>> waited = new(StringComparer.Ordinal)
        {
            ["Standing by"] = new(TaskCreationOptions.RunContinuationsAsynchronously),
            ["Taking over"] = new(TaskCreationOptions.RunContinuationsAsynchronously),
        };

        Serving(Process process)
        {
            this.process = process;
            process.OutputDataReceived += (_, line) =>
            {
                foreach ((string word, TaskCompletionSource<long> said) in waited)
                    if (line.Data?.StartsWith(word, StringComparison.Ordinal) == true) said.TrySetResult(Stopwatch.GetTimestamp());
            };
            process.BeginOutputReadLine();
        }

        public static Serving Start(string folder) => new(Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, ["serve", "--config", "nadhir.yaml", "--standby"])
            {
                RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = folder,
            }) ?? throw new IOException("the system did not start"));

        /// <summary>When it first said a line that begins so.</summary>
        public Task<long> Said(string word) => waited[word].Task;

        /// <summary>As a power cut of its own would; returns when.</summary>
        public long Kill()
        {
            long now = Stopwatch.GetTimestamp();
            process.Kill();
            process.WaitForExit();
            return now;
        }
    }
}
