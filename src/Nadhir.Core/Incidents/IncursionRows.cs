using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Nadhir.Geodesy;

namespace Nadhir.Incidents;

/// <summary>What states tell of a flight across their border when they report it to the United Nations.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncursionItem>))]
public enum IncursionItem : byte
{
    Date, TimeIn, TimeOut, Duration, Aircraft, Type, Formation, NationalAirspace, FlightInformationRegion, AreaOverflown,
    Altitude, EntryDirection, EntryPoint, ExitDirection, ExitPoint, Depth, Transponder, FlightPlan, RadioContact, Landing,
}

/// <summary>Inside: still there. LostInside: no sensor sees it any more, and none saw it leave.</summary>
public enum IncursionState : byte { Inside, Left, LostInside }

/// <summary>One item, with how likely it is and where it is from.</summary>
/// <param name="Probability">Null where nothing was measured.</param>
/// <param name="Source">A crossing, tracks, what is on file, or that it is for people to say.</param>
public sealed record IncursionLine(IncursionItem Item, string Value, double? Probability, string Source)
{
    /// <summary>The value and the source as codes.</summary>
    public Cause? Cause { get; init; }
    public Cause? Basis { get; init; }
}

/// <summary>What a person says of an item.</summary>
public sealed record IncursionAmendment(IncursionItem Item, string Value, string Basis, string By, DateTimeOffset At);

/// <summary>
/// A flight, or several together, across a border with no authorisation on file: facts and probabilities, no verdict.
/// </summary>
public sealed record IncursionRow(string Id, string Border, IncursionState State, ImmutableArray<int> Tracks)
{
    public ImmutableArray<string> Crossings { get; init; } = [];
    /// <summary>Null when it was first seen inside.</summary>
    public DateTimeOffset? In { get; init; }
    public DateTimeOffset? Out { get; init; }
    /// <summary>Of the deepest one, metres inside the line; one sigma.</summary>
    public double DepthMetres { get; init; }
    public double DepthSigmaMetres { get; init; }
    public GeoPoint? Deepest { get; init; }
    /// <summary>The way of the first of them inside, at most 64 points.</summary>
    public ImmutableArray<GeoPoint> Path { get; init; } = [];
    public ImmutableArray<FirPassage> Firs { get; init; } = [];
    /// <summary>Every item, in the order of <see cref="IncursionItem"/>.</summary>
    public ImmutableArray<IncursionLine> Lines { get; init; } = [];
    /// <summary>In order of arrival, beside what was measured.</summary>
    public ImmutableArray<IncursionAmendment> Amendments { get; init; } = [];
}

/// <summary>A passage of the edge of a flight information region, which is not national airspace.</summary>
public sealed record FirPassage(
    string Fir, int Track, Assessment.CrossingDirection Direction, double Probability, DateTimeOffset Earliest, DateTimeOffset Latest);

/// <summary>A flight information region (ICAO Annex 11, 2.1): where a state serves traffic, which is wider than, or other than, its airspace.</summary>
public sealed record FlightInformationRegion
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required Area Area { get; init; }
    /// <summary>One sigma of the line.</summary>
    public double UncertaintyMetres { get; init; } = 100;
    public string Source { get; init; } = "";
}
