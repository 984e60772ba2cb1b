using System.Collections.Immutable;
using Nadhir.Warning;

namespace Nadhir;

/// <summary>A siren as it stands, and since when.</summary>
/// <param name="LastHeard">Its latest step or change of its link. While the link is up, it was heard within its timeout
/// of the outlet's own latest word (<see cref="SirenOutletRow"/>).</param>
/// <param name="CommandId">The command that it has not answered yet.</param>
public sealed record SirenRow(
    string Id, string Zone, SirenState State, DateTimeOffset Since, DateTimeOffset? LastHeard, string Detail, string? CommandId)
{
    /// <summary>The detail, where it is ours to say; null when the device gave it.</summary>
    public Cause? Cause { get; init; }
    public bool LinkUp { get; init; }
    /// <summary>The latest word on its link: over which path, why it is down.</summary>
    public string Link { get; init; } = "";
    public Cause? LinkCause { get; init; }
    public SirenGuard Guard { get; init; }
    /// <summary>Its word is not believed: it counts as one that does not sound.</summary>
    public SirenDoubtRow? Doubt { get; init; }
    /// <summary>The latest real order, tests aside.</summary>
    public SirenOrderRow? Order { get; init; }
    /// <summary>Null before the first silent test when none is planned.</summary>
    public SirenTestRow? Test { get; init; }
}

public sealed record SirenDoubtRow(SirenDoubt Kind, string Detail, DateTimeOffset Since)
{
    /// <summary>The command or the time that it is about.</summary>
    public string? Figure { get; init; }
}

/// <summary>An order to a siren, and what it came to.</summary>
public sealed record SirenOrderRow(
    string CommandId, string Alert, SirenAction Action, string Tone, int DurationSeconds, DateTimeOffset At)
{
    public DateTimeOffset? Acknowledged { get; init; }
    /// <summary>Sounds, or sounded; of an order to be silent: is silent.</summary>
    public DateTimeOffset? Done { get; init; }
    /// <summary>Refused, failed or expired.</summary>
    public SirenStep? Failure { get; init; }
}

/// <summary>Silent tests of a siren.</summary>
/// <param name="Passed">When the last one succeeded.</param>
/// <param name="Tried">When the last one was ordered.</param>
/// <param name="Overdue">By the plan there should have been a newer success.</param>
public sealed record SirenTestRow(DateTimeOffset? Passed, DateTimeOffset? Tried, bool Overdue, string Detail);

/// <summary>The sirens' outlet itself.</summary>
/// <param name="Lost">It fell silent: nothing is known of any siren.</param>
public sealed record SirenOutletRow(DateTimeOffset LastHeard, bool Lost, string Detail);

/// <summary>Why a siren is missing from those that did what was ordered.</summary>
public enum SirenLack : byte { Waiting, Slow, LinkDown, Refused, Failed, Doubted }

public sealed record SirenMissing(string Siren, SirenLack Why, string Detail)
{
    /// <summary>The detail, where it is ours to say.</summary>
    public Cause? Cause { get; init; }
}

/// <summary>What became of the latest order to the sirens of a zone and all that lies in it.</summary>
/// <param name="Done">How many of those ordered did it, and are believed.</param>
public sealed record SirenGroupRow(
    string Zone, string Alert, SirenAction Action, string Tone, DateTimeOffset At, int Ordered, int Done,
    ImmutableArray<SirenMissing> Missing);
