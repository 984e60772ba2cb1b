using System.Globalization;
using Nadhir.Identification;

namespace Nadhir.Replays;

/// <summary>What a replay brought. The names of the members are the keys of <c>nadhir replay --json</c>.</summary>
sealed record ReplaySummary
{
    public required string Folder { get; init; }
    public required string Root { get; init; }
    public required long Entries { get; init; }
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset To { get; init; }
    public required IReadOnlyList<FeedSummary> Feeds { get; init; }
    public required IReadOnlyList<SensorSummary> Sensors { get; init; }
    public required TrackSummary Tracks { get; init; }
    /// <summary>Packets that could not be used: fragments, and packets cut off in the capture.</summary>
    public required int PassedOver { get; init; }
    /// <summary>Packets of other protocols than UDP and TCP.</summary>
    public required int OtherPackets { get; init; }
    /// <summary>Guesses made where the recording does not tell.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
    public required double WallSeconds { get; init; }
    public required double ProcessorSeconds { get; init; }

    public void Print(TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{From:yyyy-MM-dd HH:mm:ss} to {To:yyyy-MM-dd HH:mm:ss}, {Entries} entries in {Folder}, root {Root}"));
        foreach (FeedSummary feed in Feeds) feed.Print(output);
        foreach (SensorSummary sensor in Sensors)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sensor {sensor.Id}: {sensor.Kind}, period {sensor.PeriodSeconds:0.##} s, {sensor.Measurements} measurements, {sensor.State} ({sensor.Name})"));
        output.WriteLine($"tracks: {Tracks.Confirmed} confirmed, {Tracks.Dropped} dropped, {Tracks.AtEnd} at the end");
        foreach ((string identity, int count) in Tracks.Identities) output.WriteLine($"  {count,6} {identity}");
        if (PassedOver > 0) output.WriteLine($"{PassedOver} packets passed over: fragments, or cut off in the capture");
        if (OtherPackets > 0) output.WriteLine($"{OtherPackets} packets of other protocols than UDP and TCP passed over");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{WallSeconds:0.00} s, {ProcessorSeconds:0.00} s of processor"));
    }
}

/// <summary>Counts of one feed; blocks and records by category.</summary>
sealed record FeedSummary
{
    public required string Id { get; init; }
    public required string Format { get; init; }
    public required long Arrivals { get; init; }
    public required long Bytes { get; init; }
    public required IReadOnlyDictionary<string, long> Blocks { get; init; }
    public required IReadOnlyDictionary<string, long> Records { get; init; }
    public required long Plots { get; init; }
    public required long PositionReports { get; init; }
    public required long SystemTracks { get; init; }
    public required long Bearings { get; init; }
    public required long Sightings { get; init; }
    public required long ScanMarks { get; init; }
    public required IReadOnlyDictionary<string, long> Faults { get; init; }

    public static FeedSummary Of(FeedTally tally) => new()
    {
        Id = tally.Id,
        Format = tally.Format,
        Arrivals = tally.Arrivals,
        Bytes = tally.Bytes,
        Blocks = ByCategory(tally.Blocks),
        Records = ByCategory(tally.Records),
        Plots = tally.Plots,
        PositionReports = tally.PositionReports,
        SystemTracks = tally.SystemTracks,
        Bearings = tally.Bearings,
        Sightings = tally.Sightings,
        ScanMarks = tally.ScanMarks,
        Faults = tally.Faults.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value, StringComparer.Ordinal),
    };

    public void Print(TextWriter output)
    {
        output.WriteLine($"feed {Id}{(Format.Length > 0 ? $" ({Format})" : "")}: {Arrivals} arrivals, {Bytes} bytes");
        foreach ((string category, long blocks) in Blocks)
            output.WriteLine($"  CAT {category}: {blocks} blocks, {Records.GetValueOrDefault(category)} records");
        output.WriteLine($"  {Plots} plots, {PositionReports} position reports, {SystemTracks} system tracks, {Bearings} bearings, {Sightings} sightings, {ScanMarks} scan marks");
        if (Faults.Count > 0) output.WriteLine($"  faults: {string.Join(", ", Faults.Select(fault => $"{fault.Key} {fault.Value}"))}");
    }

    static Dictionary<string, long> ByCategory(SortedDictionary<int, long> counts) =>
        counts.ToDictionary(pair => pair.Key.ToString("000", CultureInfo.InvariantCulture), pair => pair.Value, StringComparer.Ordinal);
}

sealed record SensorSummary(
    string Id, string Name, string Kind, string Feed, double PeriodSeconds, double ClockOffsetSeconds, long Measurements, string State);

/// <summary>Tracks by the last word on their identity.</summary>
sealed record TrackSummary(int Confirmed, int Dropped, int AtEnd, IReadOnlyDictionary<string, int> Identities)
{
    public static TrackSummary Of(ReplayRun run) => new(run.Confirmed, run.Dropped, run.Confirmed - run.Dropped,
        run.Identities.Values.GroupBy(Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal));

    static string Name(Identity identity) => identity.Authorisation is { } id ? $"{identity.Kind} ({id})" : identity.Kind.ToString();
}
