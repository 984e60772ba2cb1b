using Nadhir.Hosting;
using Nadhir.Identification;
using Nadhir.Journal;

namespace Nadhir.Replays;

/// <summary>
/// Recorded arrivals through the whole chain, as fast as the machine can, with a tick at every full second of the
/// recording's time. In a pause the clock ticks for a while and then jumps: by then everything has been dropped.
/// </summary>
sealed class ReplayRun(WatchConfiguration configuration, IReadOnlyList<RecordedArrival> arrivals, Recorder recorder)
{
    const int CommitEvery = 4096;
    /// <summary>Longer than the tracker holds an unseen track. A damaged time stamp years ahead must not cost years of ticks.</summary>
    static readonly TimeSpan longestPause = TimeSpan.FromMinutes(5);

    readonly SortedDictionary<string, FeedTally> feeds = new(StringComparer.Ordinal);
    readonly Dictionary<int, Identity> identities = [];

    public IReadOnlyCollection<FeedTally> Feeds => feeds.Values;
    /// <summary>The last word on every confirmed track.</summary>
    public IReadOnlyDictionary<int, Identity> Identities => identities;
    public int Confirmed { get; private set; }
    public int Dropped { get; private set; }
    public int Crossings { get; private set; }

    public static DateTimeOffset Start(IReadOnlyList<RecordedArrival> arrivals) => FullSecond(arrivals[0].At!.Value);

    /// <summary>How the sensors stood at the end.</summary>
    public IReadOnlyList<SensorSummary> Sensors() =>
    [
        .. recorder.Watch.Snapshot().Sensors.Zip(configuration.Sensors, (row, sensor) => new SensorSummary(
            sensor.Id, sensor.Name, sensor.Kind.ToString(), sensor.Feed, sensor.Period.TotalSeconds,
            sensor.ClockOffset.TotalSeconds, row.Plots, row.State.ToString())),
    ];

    public void Play(IProgress<double>? progress)
    {
        DateTimeOffset tick = Start(arrivals);
        foreach (string id in configuration.Feeds.Select(feed => feed.Id)) feeds[id] = new(id, configuration);
        Apply(new Entry(EntryKind.Configuration, tick, "", WatchJson.Encode(configuration)));
        for (int i = 0; i < arrivals.Count; i++)
        {
            DateTimeOffset at = Microseconds(arrivals[i].At!.Value), resume = tick + longestPause;
            for (; tick <= at && tick < resume; tick = tick.AddSeconds(1)) Tick(tick);
            if (tick <= at)
            {
                tick = FullSecond(at);
                Tick(tick);
                tick = tick.AddSeconds(1);
            }

            Receive(arrivals[i].Feed, at, arrivals[i].Bytes);
            if (i % 256 == 0) progress?.Report((double)i / arrivals.Count);
        }

        Tick(tick);
        recorder.Commit();
    }

    void Receive(string feed, DateTimeOffset at, ReadOnlyMemory<byte> bytes)
    {
        if (!feeds.TryGetValue(feed, out FeedTally? tally)) feeds[feed] = tally = new(feed, configuration);
        tally.Take(bytes.Span, at);
        Apply(new Entry(EntryKind.Received, at, feed, bytes));
    }

    void Tick(DateTimeOffset at) => Apply(new Entry(EntryKind.Tick, at, "", default));

    void Apply(Entry entry)
    {
        foreach (Decision decision in recorder.Apply(entry))
        {
            switch (decision)
            {
                case TrackConfirmed: Confirmed++; break;
                case TrackDropped: Dropped++; break;
                case TrackIdentified identified: identities[identified.Track] = identified.Identity; break;
                case BorderCrossed: Crossings++; break;
            }
        }

        if (recorder.Waiting >= CommitEvery) recorder.Commit();
    }

    static DateTimeOffset FullSecond(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    static DateTimeOffset Microseconds(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % 10), TimeSpan.Zero);
}
