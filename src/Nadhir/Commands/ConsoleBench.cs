using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Nadhir.DutyConsole;

namespace Nadhir.Commands;

/// <summary>
/// <c>nadhir bench consoles</c>: what so many consoles cost the server, each with both streams over real connections to a
/// second process. The cost of the picture itself, with nobody looking, is taken off; it is told beside.
/// </summary>
static class ConsoleBench
{
    const double FramesPerSecond = 10;
    static readonly (int Tracks, int Consoles)[] rows = [(10_000, 1), (10_000, 10), (1_000, 100)];
    static readonly TimeSpan warmUp = TimeSpan.FromSeconds(5), patience = TimeSpan.FromSeconds(60);

    public static async Task<int> Run(TextWriter output, double seconds)
    {
        TimeSpan measured = TimeSpan.FromSeconds(Math.Max(10, seconds));
        output.WriteLine("tracks  consoles  ms CPU a frame and console  CPU alone  frames/s a console  lateness p50 / p99 / max ms  MB/s  heap MB after warm-up -> at end");
        foreach ((int tracks, int consoles) in rows)
            if (!await Measure(output, tracks, consoles, measured)) return 1;
        return 0;
    }

    static async Task<bool> Measure(TextWriter output, int tracks, int consoles, TimeSpan measured)
    {
        using ConsoleBenchSky sky = new(tracks);
        await using WebApplication app = Serve(sky, consoles);
        await app.StartAsync();
        int port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        StreamLimit streams = app.Services.GetRequiredService<StreamLimit>();
        ConsolePulse pulse = app.Services.GetRequiredService<ConsolePulse>();
        await Task.Delay(warmUp);
        double alone;
        using (pulse.ListenToTracks()) alone = await Busy(measured / 2) / (measured / 2).TotalSeconds;
        using Process clients = Start(port, consoles, measured + warmUp);
        long began = Stopwatch.GetTimestamp();
        while (streams.Open < 2 * consoles && Stopwatch.GetElapsedTime(began) < patience && !clients.HasExited) await Task.Delay(20);
        if (streams.Open < 2 * consoles)
        {
            output.WriteLine($"{tracks,6}  {consoles,8}  only {streams.Open} of {2 * consoles} streams came through");
            if (!clients.HasExited) clients.Kill();
            return false;
        }

        await Task.Delay(warmUp);
        double before = Heap();
        double busy = await Busy(measured);
        double after = Heap();
        // The clients' own line: frames, seconds, lateness p50, p99, max, bytes.
        double[] said = [.. (await clients.StandardOutput.ReadToEndAsync()).Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        await clients.WaitForExitAsync();
        double each = 1000 * ((busy / measured.TotalSeconds) - alone) / FramesPerSecond / consoles;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{tracks,6}  {consoles,8}  {each,26:0.00}  {100 * alone,8:0} %  {said[0] / said[1] / consoles,18:0.0}  {said[2],9:0} / {said[3]:0} / {said[4]:0}  {said[5] / said[1] / 1e6,19:0}  {before:0} -> {after:0}"));
        return true;
    }

    static WebApplication Serve(ConsoleBenchSky sky, int consoles)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddConsole(sky, new() { MaximumStreams = 2 * consoles });
        WebApplication app = builder.Build();
        app.MapConsole();
        return app;
    }

    static Process Start(int port, int consoles, TimeSpan duration)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        string[] words =
        [
            "bench", "consoles", "--clients", consoles.ToString(CultureInfo.InvariantCulture), "--watch-port", port.ToString(CultureInfo.InvariantCulture),
            "--seconds", duration.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        ];
        foreach (string word in words) start.ArgumentList.Add(word);
        return Process.Start(start) ?? throw new IOException("the clients' process did not start");
    }

    /// <summary>Processor seconds of this process in a time.</summary>
    static async Task<double> Busy(TimeSpan time)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        await Task.Delay(time);
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    static double Heap()
    {
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: true) / 1e6;
    }
}
