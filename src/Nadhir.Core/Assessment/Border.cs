using System.Collections.Immutable;
using Nadhir.Geodesy;

namespace Nadhir.Assessment;

/// <summary>A border as the outline of the home territory.</summary>
public sealed record Border
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    /// <summary>Names by language tag ("ar"); null when none is configured.</summary>
    public ImmutableSortedDictionary<string, string>? Names { get; init; }
    public required Area Home { get; init; }
    /// <summary>One sigma of the line's own position: generalisation and survey; enters every crossing probability.</summary>
    public required double UncertaintyMetres { get; init; }
    /// <summary>Where the line comes from, for the record.</summary>
    public string Source { get; init; } = "";
}

public enum CrossingDirection : byte { Inbound, Outbound }
