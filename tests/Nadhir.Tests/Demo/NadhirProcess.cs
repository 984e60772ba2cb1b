using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Nadhir.Tests.Demo;

/// <summary>The real program as a process of its own, so that it can be killed as a power cut would.</summary>
sealed class NadhirProcess : IDisposable
{
    readonly Process process;
    readonly HttpClient http;
    readonly Task<string> output, errors;

    NadhirProcess(Process process, int port)
    {
        this.process = process;
        http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(5) };
        output = process.StandardOutput.ReadToEndAsync();
        errors = process.StandardError.ReadToEndAsync();
    }

    public static NadhirProcess Start(int port, params string[] arguments) =>
        StartProgram("dotnet", port, [Path.Combine(AppContext.BaseDirectory, "nadhir.dll"), .. arguments]);

    public static NadhirProcess StartProgram(string program, int port, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        return new(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start"), port);
    }

    /// <summary>Writes the configuration of a system near 33 N, 44.5 E whose record lies beside it; its path.</summary>
    /// <param name="more">All that differs, as YAML.</param>
    public static async Task<string> Configure(string folder, string more, bool exercise = true)
    {
        string path = Path.Combine(folder, "nadhir.yaml");
        await File.WriteAllTextAsync(path, $$"""
            name: test
            exercise: {{(exercise ? "true" : "false")}}
            sender: test@nadhir.example
            origin: {lat: 33, lon: 44.5}
            storage: {folder: record}
            {{more}}
            """, TestContext.Current.CancellationToken);
        return path;
    }

    /// <summary>Of its console.</summary>
    public Uri Address => http.BaseAddress!;

    /// <summary>All it wrote, once it has ended.</summary>
    public Task<string> Output => output;

    /// <summary>Runs to the end; exit code, standard output and error.</summary>
    public static async Task<(int Code, string Output, string Errors)> Run(params string[] arguments)
    {
        using NadhirProcess nadhir = Start(1, arguments);
        await nadhir.process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (nadhir.process.ExitCode, await nadhir.output, await nadhir.errors);
    }

    /// <summary>Asks for the boards until they are as wanted; what the process said when it never comes to that.</summary>
    public async Task<JsonElement> WaitFor(string what, Func<JsonElement, bool> wanted)
    {
        using PeriodicTimer ticks = new(TimeSpan.FromMilliseconds(100));
        JsonElement boards = default;
        for (int i = 0; i < 1800 && !process.HasExited; i++)
        {
            await ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            try
            {
                boards = await Boards();
                if (wanted(boards)) return boards;
            }
            catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet, or too busy to answer in time.
            }
        }

        if (!process.HasExited) process.Kill();
        throw new InvalidOperationException($"never came to: {what}\n{Short(boards)}\n{await output}\n{await errors}");
    }

    /// <summary>Until a review has its film.</summary>
    public async Task WaitForFilm()
    {
        using PeriodicTimer ticks = new(TimeSpan.FromMilliseconds(200));
        for (int i = 0; i < 900 && !process.HasExited; i++)
        {
            await ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            try
            {
                JsonElement film = await http.GetFromJsonAsync<JsonElement>("/api/film", TestContext.Current.CancellationToken);
                if (film.TryGetProperty("to", out _) && !film.TryGetProperty("building", out _)) return;
            }
            catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet, or too busy to answer in time.
            }
        }

        if (!process.HasExited) process.Kill();
        throw new InvalidOperationException($"the film never became whole\n{await output}\n{await errors}");
    }

    static string Short(JsonElement boards) => boards.ToString() is { Length: > 1500 } text ? text[..1500] + "…" : boards.ToString();

    public Task<JsonElement> Boards() => http.GetFromJsonAsync<JsonElement>("/api/boards", TestContext.Current.CancellationToken);

    public Task<string> Get(string path) => http.GetStringAsync(path, TestContext.Current.CancellationToken);

    public async Task<JsonElement> Post(object command)
    {
        HttpResponseMessage answer = await http.PostAsJsonAsync("/api/commands", command, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>
    /// SIGTERM, which ends it as Ctrl-C does (SIGINT is ignored by whatever a script starts in the background); the exit code.
    /// </summary>
    public async Task<int> Terminate()
    {
        Assert.Equal(0, Signal(process.Id, 15));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
        http.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    static extern int Signal(int process, int signal);
}
