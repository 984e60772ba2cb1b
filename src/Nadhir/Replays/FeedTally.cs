using Nadhir.Formats.Asterix;
using Nadhir.Hosting;
using Nadhir.Sensing;

namespace Nadhir.Replays;

/// <summary>
/// Counts what a feed brought, by a decoder of its own: the watch's counts are of what it believed, these are of what
/// was there.
/// </summary>
sealed class FeedTally : IDecodeSink
{
    readonly IFeedDecoder? decoder;
    readonly bool isAsterix = true;
    readonly Dictionary<int, CategoryDefinition?> definitions = [];

    public FeedTally(string id, WatchConfiguration configuration)
    {
        Id = id;
        if (configuration.Feeds.FirstOrDefault(feed => feed.Id == id) is not { } feed) return;
        decoder = Engine.Decoder(feed, configuration);
        Format = feed.Format;
        isAsterix = feed.Format == RecordingGuess.Asterix;
        foreach ((string key, string edition) in feed.Editions)
            if (SpokenEdition.Parse(key, edition) is { Sac: < 0 } spoken)
                definitions[spoken.Category] = AsterixCatalogue.Find(spoken.Category, edition);
    }

    public string Id { get; }
    /// <summary>Empty for a feed that the configuration does not know.</summary>
    public string Format { get; } = "";
    public long Arrivals { get; private set; }
    public long Bytes { get; private set; }
    /// <summary>Blocks framed, whole or not, by category.</summary>
    public SortedDictionary<int, long> Blocks { get; } = [];
    /// <summary>Records of blocks that fit their edition to the last byte, by category.</summary>
    public SortedDictionary<int, long> Records { get; } = [];
    public long Plots { get; private set; }
    public long PositionReports { get; private set; }
    public long SystemTracks { get; private set; }
    public long Bearings { get; private set; }
    public long Sightings { get; private set; }
    /// <summary>Marks of the antenna: north and sectors.</summary>
    public long ScanMarks { get; private set; }
    public SortedDictionary<DecodeFault, long> Faults { get; } = [];

    public void Take(ReadOnlySpan<byte> bytes, DateTimeOffset arrived)
    {
        Arrivals++;
        Bytes += bytes.Length;
        if (decoder is null) Count(Faults, DecodeFault.UnknownSensor);
        else decoder.Decode(bytes, arrived, this);
        while (isAsterix && AsterixBlock.TryTake(ref bytes, out AsterixBlock block) == DecodeFault.None)
        {
            Count(Blocks, block.Category);
            if (!definitions.TryGetValue(block.Category, out CategoryDefinition? definition))
                definitions[block.Category] = definition = AsterixCatalogue.Newest(block.Category);
            if (definition is null || block.Check(definition, out _, out int records) != DecodeFault.None) continue;
            Records[block.Category] = Records.GetValueOrDefault(block.Category) + records;
        }
    }

    public void OnMeasurement(in Measurement measurement)
    {
        switch (measurement.Kind)
        {
            case MeasurementKind.Plot: Plots++; break;
            case MeasurementKind.SystemTrack: SystemTracks++; break;
            case MeasurementKind.Bearing: Bearings++; break;
            case MeasurementKind.Sighting: Sightings++; break;
            case MeasurementKind.PositionReport: PositionReports++; break;
        }
    }

    public void OnScanMark(int sensor, ScanMark mark, DateTimeOffset time, double azimuthRadians, TimeSpan rotation) => ScanMarks++;

    public void OnAlive(int sensor, DateTimeOffset time) { }

    public void OnFault(DecodeFault fault, int offset, int length, string detail) => Count(Faults, fault);

    static void Count<T>(SortedDictionary<T, long> counts, T key)
        where T : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;
}
