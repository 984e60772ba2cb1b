namespace Nadhir.Sensing;

/// <summary>Why bytes could not be turned into measurements. Counted per feed and reason; the bytes stay in the journal.</summary>
public enum DecodeFault : byte
{
    None,
    Truncated,
    BadLength,
    BadFieldSpecification,
    UnknownCategory,
    UnknownItem,
    UnknownSensor,
    BadValue,
    TrailingBytes,
    NotThisFormat,
    /// <summary>No longer true when it came, by its own word.</summary>
    Stale,
    /// <summary>Of an exercise in the live system, or the other way: it is taken for nothing.</summary>
    OtherWorld,
    /// <summary>It can be read, but says what its source would not: damage that happens to fit.</summary>
    Implausible,
}

/// <summary>A radar's own word about its rotation (CAT 034 I000).</summary>
public enum ScanMark : byte { NorthMarker, SectorCrossing, JammingStrobe, Other }

/// <summary>Receives what a decoder found, in the order of the bytes.</summary>
public interface IDecodeSink
{
    void OnMeasurement(in Measurement measurement);

    /// <param name="sensor">Index of the sensor.</param>
    /// <param name="mark">What the antenna passed.</param>
    /// <param name="time">By the sensor's clock.</param>
    /// <param name="azimuthRadians">Where the antenna points; 0 at the north marker.</param>
    /// <param name="rotation">Antenna rotation period when told, else zero.</param>
    void OnScanMark(int sensor, ScanMark mark, DateTimeOffset time, double azimuthRadians, TimeSpan rotation);

    /// <summary>The source says it is alive (status message without a measurement). −1 when it is the feed as a whole.</summary>
    void OnAlive(int sensor, DateTimeOffset time);

    /// <summary>
    /// The sensor says that it goes: its coverage is lost now, not when it has been silent for long enough. Whatever it
    /// says next brings it back.
    /// </summary>
    /// <param name="reason">For people.</param>
    void OnGone(int sensor, string reason) { }

    /// <param name="offset">Of the damaged block in the bytes.</param>
    /// <param name="length">How many bytes were passed over.</param>
    /// <param name="detail">Category, item, SAC/SIC: for people.</param>
    void OnFault(DecodeFault fault, int offset, int length, string detail);
}

/// <summary>
/// How a feed is read, and what about it its configuration does not say, or says otherwise. The latter is a proposal: nothing is
/// changed.
/// </summary>
/// <param name="Detail">In figures and names of the configuration, which say the same in every language.</param>
public sealed record FeedFinding(FindingKind Kind, string Detail);

public enum FindingKind : byte
{
    /// <summary>By which editions sources are read: "048 1.32: 25/1 25/2".</summary>
    EditionsInUse,
    /// <summary>What fits the blocks of a source better than the edition in use: "021 25/3: 0.23 64/64, 2.4 3/64".</summary>
    EditionProposed,
    /// <summary>How often the trailer came that the feed was told of: "trailing_bytes: 8, 61/64".</summary>
    TrailerInUse,
    /// <summary>Bytes behind most arrivals that nobody told of.</summary>
    TrailerProposed,
}

/// <summary>What a sensor last said of its own state, for people: its word, not our finding.</summary>
/// <param name="IsFault">It says that something is wrong with it.</param>
public sealed record SensorWord(string Words, bool IsFault);

/// <summary>
/// Turns the bytes of one arrival (a datagram, a chunk) into measurements. Never throws on any bytes. May keep state
/// (CPR pairs, the tail of a stream) that depends on nothing but the earlier bytes and arrival times of the same feed.
/// One instance a feed; not thread safe.
/// </summary>
public interface IFeedDecoder
{
    /// <summary>What it has found out about the feed that people should know; few, and cheap to ask for.</summary>
    IEnumerable<FeedFinding> Findings => [];

    /// <summary>What sensors, by index, last said of their own state; one word each, cheap to ask for.</summary>
    IEnumerable<(int Sensor, SensorWord Word)> SensorWords => [];

    void Decode(ReadOnlySpan<byte> bytes, DateTimeOffset arrived, IDecodeSink sink);
}
