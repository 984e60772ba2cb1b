using System.Collections.Immutable;
using Nadhir.Geodesy;

namespace Nadhir.Warning;

/// <summary>A siren and the zone it serves.</summary>
public sealed record Siren
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    /// <summary>Names by language tag ("ar"); null when none is configured.</summary>
    public ImmutableSortedDictionary<string, string>? Names { get; init; }
    public required string Zone { get; init; }
    public string? Site { get; init; }
    public required GeoPoint Position { get; init; }
    /// <summary>A link silent for longer is down: the site is uncovered, never "ready".</summary>
    public TimeSpan LinkTimeout { get; init; } = TimeSpan.FromSeconds(3);
}

/// <summary>Silent tests of all sirens by the calendar.</summary>
/// <param name="Every">Whole days, or a time that divides a day.</param>
/// <param name="At">Local time of the (first) test of a day.</param>
public sealed record SirenTestPlan(TimeSpan Every, TimeSpan At);

public enum SirenAction : byte { Sound, Silence }

/// <summary>How commands to a siren are protected, as the outlet says.</summary>
public enum SirenGuard : byte
{
    Unknown,
    /// <summary>Commands and answers carry a proof of who wrote them.</summary>
    Authenticated,
    /// <summary>The device refuses what is old, and believes whoever may write its topic.</summary>
    Unauthenticated,
    /// <summary>A device of the shelf: knows neither expiry nor order; we alone see to both.</summary>
    Unfenced,
}

/// <summary>Why a siren's word is not believed.</summary>
public enum SirenDoubt : byte
{
    /// <summary>What is said in its name carries no proof, or a wrong one.</summary>
    Forged,
    /// <summary>Said before: repeated by somebody, or its clock is wrong.</summary>
    Stale,
    /// <summary>Speaks of a command that it was never given.</summary>
    UnknownCommand,
    /// <summary>Says that it sounds, and acknowledges nothing however often it is asked.</summary>
    NeverAcknowledged,
    /// <summary>Sounds though nobody asked, or though told to be silent.</summary>
    SoundsUnbidden,
    /// <summary>Its signs of life do not say whether it hears us.</summary>
    Deaf,
}

/// <summary>What we know of a siren. Only <see cref="Ready"/> means that a command would be heard.</summary>
public enum SirenState : byte { Unknown, Ready, Commanded, Acknowledged, Sounding, Failed, LinkDown }
