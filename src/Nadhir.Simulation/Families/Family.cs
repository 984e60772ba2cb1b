using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Simulation.Radars;
using Nadhir.Simulation.Scenarios;
using Nadhir.Warning;

namespace Nadhir.Simulation.Families;

/// <summary>
/// Many scenarios of one kind: the same plans in several variants, and in each variant as many draws as there are seeds.
/// </summary>
public sealed record Family
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    /// <summary>The title by language tag; null when there is the title alone.</summary>
    public ImmutableSortedDictionary<string, string>? Names { get; init; }
    public required Country Country { get; init; }
    public ImmutableArray<FamilyVariant> Variants { get; init; } = [];
}

/// <summary>One way a family is played.</summary>
public sealed record FamilyVariant
{
    public required string Id { get; init; }
    public ImmutableArray<MoverPlan> Movers { get; init; } = [];
    public ImmutableArray<ClutterPatch> Clutter { get; init; } = [];
    /// <summary>Sensors that fall silent without a word.</summary>
    public ImmutableArray<SensorOutage> Outages { get; init; } = [];
    /// <summary>How many times more false plots than the country's radars have.</summary>
    public double ClutterFactor { get; init; } = 1;
    /// <summary>It goes on at least so long, whatever moves.</summary>
    public double LastsSeconds { get; init; }
}

public sealed record SensorOutage(string Sensor, SensorWindow Window);

/// <summary>Two bounds between which a seed draws evenly.</summary>
public readonly record struct Span(double From, double To)
{
    public double Draw(Chance chance) => From == To ? From : chance.Uniform(From, To);

    public int DrawWhole(Chance chance) => (int)Math.Floor(chance.Uniform(From, To + 1));
}

public enum MovePattern : byte
{
    /// <summary>From outside the border to a zone.</summary>
    Attack,
    /// <summary>A ballistic flight to a zone.</summary>
    Rocket,
    /// <summary>Along the border, outside it.</summary>
    AlongBorder,
    /// <summary>Straight across the country.</summary>
    Transit,
    /// <summary>A transit that leaves its way for a zone.</summary>
    Divert,
    /// <summary>To and fro about a zone.</summary>
    Wander,
}

public enum AttackEnd : byte
{
    /// <summary>At the aim: it dives to the ground there.</summary>
    There,
    /// <summary>Flies on, and turns back out of the country.</summary>
    Back,
    /// <summary>Flies on over the aim and out on the other side.</summary>
    Over,
}

public enum TransponderPlan : byte
{
    None,
    /// <summary>Mode S and ADS-B; nothing on file.</summary>
    Civil,
    /// <summary>The same, with a flight plan on file.</summary>
    Filed,
}

/// <summary>What moves in a variant; what a seed draws lies between the bounds of each span. Lengths in metres.</summary>
public sealed record MoverPlan
{
    public required string Id { get; init; }
    public required MovePattern Pattern { get; init; }
    /// <summary>Null: no threat to anyone, and no warning of it is right.</summary>
    public ThreatKind? Threat { get; init; }
    /// <summary>Formations; each draws a way of its own.</summary>
    public Span Count { get; init; } = new(1, 1);
    /// <summary>How many fly together in a formation, this far apart.</summary>
    public Span Formation { get; init; } = new(1, 1);
    public double SpacingMetres { get; init; } = 1500;
    /// <summary>Seconds from the start of the run to the first start, or to the first arrival at the aim.</summary>
    public Span Start { get; init; }
    public bool StartIsArrival { get; init; }
    /// <summary>Between one formation and the next.</summary>
    public Span Interval { get; init; }
    /// <summary>From where it comes, seen from the aim; of transits where they enter, seen from the middle.</summary>
    public Span Azimuth { get; init; } = new(0, 360);
    /// <summary>From the border outwards; of rockets from the launch to the aim; of wanderers the reach.</summary>
    public Span Distance { get; init; }
    /// <summary>How long its way is from the border to the aim, straight.</summary>
    public Span Inside { get; init; } = new(0, double.PositiveInfinity);
    public Span Speed { get; init; }
    public Span Height { get; init; }
    public double TurnG { get; init; } = 1;
    /// <summary>Corners on the way, and how far they lie aside of the straight line.</summary>
    public Span Corners { get; init; }
    public double AsideMetres { get; init; }
    public AttackEnd End { get; init; }
    /// <summary>Zones one of which is drawn as the aim, weighed alike.</summary>
    public ImmutableArray<string> Aims { get; init; } = [];
    /// <summary>All formations of this plan have one aim.</summary>
    public bool OneAim { get; init; }
    public TransponderPlan Transponder { get; init; }
    /// <summary>Share of its way after which the transponder is silent; 1 never.</summary>
    public Span TransponderUntil { get; init; } = new(1, 1);
    /// <summary>A threat only once its transponder is silent.</summary>
    public bool ThreatensSilent { get; init; }
    /// <summary>Share of the way at which a diverted flight turns off.</summary>
    public Span DivertAt { get; init; } = new(0.4, 0.6);
    public bool IsFalseReport { get; init; }
    /// <summary>A false report is told besides, so far aside of the true place; null: none.</summary>
    public Span? Decoy { get; init; }
    public double RangeShare { get; init; } = 1;
    public double? DetectionProbability { get; init; }
    public RocketPlan? Rocket { get; init; }
}

/// <summary>How rockets are built and how far they scatter about the aim, one sigma an axis, as a share of the range.</summary>
public sealed record RocketPlan(Span Elevation, Span Burn, Span BallisticCoefficient, double Scatter);
