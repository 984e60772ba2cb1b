using System.Collections.Frozen;
using System.Collections.Immutable;
using Nadhir.Sensing;

namespace Nadhir.Formats.Acoustic;

/// <summary>The fields of a detection, the units they may be told in, and our own schema as a mapping.</summary>
public static class AcousticFields
{
    public const string Node = "node", Time = "time", Bearing = "bearing", BearingSigma = "bearing_sigma",
        Elevation = "elevation", ElevationSigma = "elevation_sigma", Level = "level", Class = "class",
            Confidence = "confidence";

    /// <summary>Units by field, our own first.</summary>
    public static readonly FrozenDictionary<string, ImmutableArray<string>> Units =
        new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal)
        {
            [Node] = [],
            [Time] = ["iso", "s", "ms", "us", "ns"],
            [Bearing] = ["deg", "rad", "mil"],
            [BearingSigma] = ["deg", "rad", "mil"],
            [Elevation] = ["deg", "rad", "mil"],
            [ElevationSigma] = ["deg", "rad", "mil"],
            [Level] = ["db"],
            [Class] = [],
            [Confidence] = ["ratio", "percent"],
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The schema of docs/feeds/acoustic.md.</summary>
    public static PayloadMapping OurOwn { get; } = new()
    {
        Detections = "/detections",
        Fields = new Dictionary<string, MappedField>(StringComparer.Ordinal)
        {
            [Node] = new() { Pointer = "/node" },
            [Time] = new() { Pointer = "/time" },
            [Bearing] = new() { Pointer = "/bearing_deg" },
            [BearingSigma] = new() { Pointer = "/bearing_sigma_deg" },
            [Elevation] = new() { Pointer = "/elevation_deg" },
            [ElevationSigma] = new() { Pointer = "/elevation_sigma_deg" },
            [Level] = new() { Pointer = "/level_db" },
            [Class] = new() { Pointer = "/class" },
            [Confidence] = new() { Pointer = "/confidence" },
        }.ToImmutableSortedDictionary(StringComparer.Ordinal),
    };
}
