using System.Collections.Frozen;
using System.Collections.Immutable;
using Nadhir.Warning;

namespace Nadhir.DutyConsole;

/// <summary>
/// Looks at the watch's boards ten times a second and encodes what changed once for all listeners. Its own failure is
/// logged, shown in the health report and tried again; it never reaches the watch.
/// </summary>
sealed partial class ConsolePulse : BackgroundService
{
    readonly IConsoleSource source;
    readonly ILogger<ConsolePulse> log;
    readonly PeriodicTimer ticks;
    Boards? encoded;
    string? fault;
    int trackListeners;

    public ConsolePulse(IConsoleSource source, ConsoleOptions options, TimeProvider clock, ILogger<ConsolePulse> log)
    {
        this.source = source;
        this.log = log;
        Descriptions = new(source.Configuration);
        ticks = new(options.Period, clock);
    }

    public Latest<BoardsFrame> ForOperators { get; } = new();
    public Latest<BoardsFrame> ForEveryone { get; } = new();
    public Latest<byte[]> Tracks { get; } = new();
    public TrackDescriptions Descriptions { get; }

    /// <summary>What keeps us from showing the boards; null when nothing does.</summary>
    public string? Fault => Volatile.Read(ref fault);

    /// <summary>Counts a listener to tracks until disposed: nobody listening, nothing encoded.</summary>
    public IDisposable ListenToTracks()
    {
        Interlocked.Increment(ref trackListeners);
        return new Listening(this);
    }

    /// <summary>One beat, apart from the waiting.</summary>
    public void Beat()
    {
        Boards boards = source.Current;
        if (!ReferenceEquals(boards, encoded))
        {
            (Boards open, int withheld) = Audience.PublicPart(boards, source.Configuration);
            BoardsFrame whole = BoardsFrame.After(ForOperators.Value, boards, 0);
            BoardsFrame part = BoardsFrame.After(ForEveryone.Value, open, withheld, whole);
            ForOperators.Publish(whole);
            ForEveryone.Publish(part);
            Descriptions.Look(boards.Tracks, Threatening(boards.Alerts));
            encoded = boards;
        }

        if (Volatile.Read(ref trackListeners) == 0) return;
        Tracks.Publish(TrackFrame.Encode(boards.Tracks, source.Configuration.Exercise, source.Now, boards.Sequence));
    }

    /// <summary>Tracks that put a zone at risk.</summary>
    public static FrozenSet<int> Threatening(ImmutableArray<AlertRow> alerts) =>
        alerts.Where(alert => alert.State is AlertState.Watch or AlertState.Warning).SelectMany(alert => alert.Tracks).ToFrozenSet();

    /// <summary>Every fault known, worst first.</summary>
    public ImmutableArray<Cause> Faults()
    {
        ImmutableArray<Cause> known = source.Health.Faults;
        return Fault is { } own ? [Cause.Of(CauseCode.ConsoleFails, own), .. known] : known;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        do
        {
            try
            {
                Beat();
                Volatile.Write(ref fault, null);
            }
            catch (Exception broken)
            {
                if (Fault is null) CannotShow(log, broken);
                Volatile.Write(ref fault, broken.Message);
            }
        }
        while (await ticks.WaitForNextTickAsync(stoppingToken));
    }

    public override void Dispose()
    {
        ticks.Dispose();
        base.Dispose();
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "The console cannot show the boards; it tries again.")]
    static partial void CannotShow(ILogger log, Exception broken);

    sealed class Listening(ConsolePulse pulse) : IDisposable
    {
        int done;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref done, 1) == 0) Interlocked.Decrement(ref pulse.trackListeners);
        }
    }
}
