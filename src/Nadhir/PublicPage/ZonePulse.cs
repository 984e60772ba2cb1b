using Nadhir.DutyConsole;

namespace Nadhir.PublicPage;

/// <summary>
/// Looks at the watch's boards fifty times a second, tells who watches what changed, and beats. Its own failure is logged,
/// shown and tried again; meanwhile no heartbeat goes out, so that every page says that it knows nothing new.
/// </summary>
sealed partial class ZonePulse : BackgroundService
{
    readonly IConsoleSource source;
    readonly ZoneBook book;
    readonly ZoneStreams streams;
    readonly PublicOptions options;
    readonly TimeProvider clock;
    readonly ILogger<ZonePulse> log;
    readonly PeriodicTimer ticks;
    Boards? seen;
    long lastBeat;
    string? fault;

    public ZonePulse(
        IConsoleSource source, ZoneBook book, ZoneStreams streams, PublicOptions options, ILogger<ZonePulse> log)
    {
        (this.source, this.book, this.streams, this.options, this.log) = (source, book, streams, options, log);
        // Signs of life are for phones: real time, also where the watch's time is a scenario's.
        clock = TimeProvider.System;
        ticks = new(options.Period, clock);
        lastBeat = long.MinValue;
        if (streams.Limit < options.MaximumStreams) FewerStreams(log, streams.Limit, options.MaximumStreams);
        Look();
    }

    /// <summary>What keeps us from telling the public; null when nothing does.</summary>
    public string? Fault => Volatile.Read(ref fault);

    /// <summary>When what is told was known.</summary>
    public DateTimeOffset AsOf { get; private set; }

    /// <summary>One look, apart from the waiting.</summary>
    public void Look()
    {
        Boards boards = source.Current;
        if (!ReferenceEquals(boards, seen))
        {
            foreach (int zone in book.Look(boards)) streams.Tell(zone);
            (seen, AsOf) = (boards, boards.Now);
        }

        if (lastBeat != long.MinValue && clock.GetElapsedTime(lastBeat) < options.HeartbeatEvery) return;
        lastBeat = clock.GetTimestamp();
        streams.Beat(source.Now, AsOf);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await ticks.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                Look();
                Volatile.Write(ref fault, null);
            }
            catch (Exception broken)
            {
                if (Fault is null) CannotTell(log, broken);
                Volatile.Write(ref fault, broken.Message);
            }
        }
    }

    public override void Dispose()
    {
        ticks.Dispose();
        base.Dispose();
    }

    [LoggerMessage(4102, LogLevel.Warning,
        "At most {Limit} public streams can be open instead of {Wanted}: the operating system allows no more open files (ulimit -n)")]
    static partial void FewerStreams(ILogger log, int limit, int wanted);

    [LoggerMessage(4101, LogLevel.Error, "The public's page cannot be told what is known; it is tried again.")]
    static partial void CannotTell(ILogger log, Exception broken);
}
