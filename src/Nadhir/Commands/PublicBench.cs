using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Nadhir.DutyConsole;
using Nadhir.PublicPage;
using Nadhir.Warning;

namespace Nadhir.Commands;

/// <summary>
/// <c>nadhir bench public</c>: how long from a decision until the last of so many watching phones has it, and what that
/// costs. The phones are sockets of a second process, so that each process needs one descriptor a phone.
/// </summary>
static class PublicBench
{
    /// <summary>Descriptors that each side needs besides its phones.</summary>
    const int Reserve = 1100;
    const int Changes = 10;
    static readonly TimeSpan between = TimeSpan.FromSeconds(2), idle = TimeSpan.FromSeconds(15), patience = TimeSpan.FromSeconds(60);

    public static async Task<int> Run(TextWriter output, int clients)
    {
        if (OpenFiles.Limit() < clients + Reserve)
        {
            Console.Error.WriteLine($"nadhir bench public: {clients} clients need {clients + Reserve} open files, and {OpenFiles.Limit()} are allowed; "
                + $"raise the limit (ulimit -n {clients + Reserve}) or give fewer --clients");
            return 2;
        }

        Town town = new();
        await using WebApplication app = Serve(town, clients);
        await app.StartAsync();
        int port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        ZoneStreams streams = app.Services.GetRequiredService<ZoneStreams>();
        long bare = Memory();
        long began = Stopwatch.GetTimestamp();
        using Process phones = Start(port, clients);
        while (streams.Open < clients && Stopwatch.GetElapsedTime(began) < patience && !phones.HasExited) await Task.Delay(20);
        if (streams.Open < clients)
        {
            Console.Error.WriteLine($"nadhir bench public: only {streams.Open} of {clients} clients came through");
            if (!phones.HasExited) phones.Kill();
            return 1;
        }

        output.WriteLine($"{clients} clients connected in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        await Task.Delay(between);
        (double Busy, double Seconds) calm = await Cost(() => Task.Delay(idle));
        List<(double Median, double Last)> delays = [];
        (double Busy, double Seconds) alarm = await Cost(async () =>
        {
            for (int i = 0; i < Changes; i++)
            {
                long decided = Stopwatch.GetTimestamp();
                town.Say(i % 2 == 0 ? AlertState.Warning : AlertState.AllClear);
                string[] said = (await phones.StandardOutput.ReadLineAsync() ?? throw new IOException("the clients ended early")).Split(' ');
                delays.Add((Since(decided, said[0]), Since(decided, said[1])));
                await Task.Delay(between);
            }
        });
        output.WriteLine($"{Changes} decisions, until a client has it: median {delays.Select(one => one.Median).Order().ElementAt(Changes / 2):0} ms; "
            + $"the last: median {delays.Select(one => one.Last).Order().ElementAt(Changes / 2):0} ms, worst {delays.Max(one => one.Last):0} ms");
        output.WriteLine($"server: {(Memory() - bare) / 1e6:0} MB more than without clients ({(Memory() - bare) / 1024.0 / clients:0.0} KiB each), "
            + $"{100 * calm.Busy / calm.Seconds:0} % of a processor with heartbeats only, {100 * alarm.Busy / alarm.Seconds:0} % with a change each {between.TotalSeconds:0} s");
        phones.Kill();
        await phones.WaitForExitAsync();
        return 0;
    }

    static WebApplication Serve(Town town, int clients)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddConsole(town, new());
        builder.Services.AddPublicPage(new() { MaximumStreams = clients });
        WebApplication app = builder.Build();
        app.MapConsole().MapPublicPage();
        return app;
    }

    static Process Start(int port, int clients)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true, UseShellExecute = false,
        };
        foreach (string word in (string[])["bench", "public", "--clients", clients.ToString(CultureInfo.InvariantCulture), "--watch-port", port.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(word);
        return Process.Start(start) ?? throw new IOException("the clients' process did not start");
    }

    /// <summary>Both processes read the same steady clock of the machine.</summary>
    static double Since(long decided, string at) => Stopwatch.GetElapsedTime(decided, long.Parse(at, CultureInfo.InvariantCulture)).TotalMilliseconds;

    static async Task<(double Busy, double Seconds)> Cost(Func<Task> work)
    {
        using Process own = Process.GetCurrentProcess();
        TimeSpan before = own.TotalProcessorTime;
        long began = Stopwatch.GetTimestamp();
        await work();
        own.Refresh();
        return ((own.TotalProcessorTime - before).TotalSeconds, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    static long Memory()
    {
        using Process own = Process.GetCurrentProcess();
        return own.WorkingSet64;
    }

    /// <summary>A watch of one zone, whose alert is said by hand.</summary>
    sealed class Town : IConsoleSource
    {
        readonly ITimer ticks;
        Boards current = new() { Now = TimeProvider.System.GetUtcNow(), Sequence = 0 };
        int messages;

        public Town() => ticks = TimeProvider.System.CreateTimer(_ => Show(Current.Alerts), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        public WatchConfiguration Configuration { get; } = new()
        {
            Name = "bench", Exercise = true, Sender = "bench@nadhir.invalid", Origin = new(33, 44),
            Zones = [new Zone { Id = "T", Name = "Town", Area = new() { Centre = new(33, 44), RadiusMetres = 10_000 } }],
        };

        public Boards Current => Volatile.Read(ref current);
        public DateTimeOffset Now => TimeProvider.System.GetUtcNow();
        public ConsoleHealth Health => ConsoleHealth.Sound;

        public ValueTask<CommandOutcome> Submit(Command command, CancellationToken cancellation) =>
            ValueTask.FromResult<CommandOutcome>(new CommandOutcome.Refused(Cause.Of(CauseCode.NotSignedIn)));

        public void Say(AlertState state)
        {
            messages++;
            Show(
            [
                new AlertRow
                {
                    Id = "A-T-1", Zone = "T", State = state, Kind = ThreatKind.Aircraft, Since = Now, Updated = Now, Probability = 0.9,
                    Arrival = new(Now.AddSeconds(120), Now.AddSeconds(300)), Reason = "bench",
                    Messages = [.. Enumerable.Range(1, messages).Select(i => $"bench-{i}")],
                },
            ]);
        }

        void Show(System.Collections.Immutable.ImmutableArray<AlertRow> alerts)
        {
            GC.KeepAlive(ticks);
            Volatile.Write(ref current, new Boards { Now = Now, Sequence = Current.Sequence + 1, Alerts = alerts });
        }
    }
}
