using System.Collections.Immutable;

namespace Nadhir.Posture;

/// <summary>A measure was ordered because a phase asks for it.</summary>
public sealed record MeasureOrdered(
    string Site, string Kind, string Phase, string Role, DateTimeOffset? Due, string By) : Decision;

/// <summary>A measure that a phase asked for was called off with the phase.</summary>
public sealed record MeasureEnded(string Site, string Kind, string By) : Decision;

/// <summary>What was owed by a time was not done: a measure, its check, or a formation's answer.</summary>
/// <param name="Who">The role or persons who owe it.</param>
public sealed record BecameOverdue(string What, string Id, DateTimeOffset Due, string Who) : Decision;

/// <summary>What is overdue stays so: the next person is called.</summary>
/// <param name="Step">From 1.</param>
public sealed record DutyEscalated(string What, string Id, int Step, string To) : Decision;

/// <summary>The time for which a phase can be kept up nears its end, or is over.</summary>
public sealed record PhaseWearing(string Site, string Phase, PhaseStanding Standing, DateTimeOffset Until) : Decision;

public sealed record ThreatLevelChanged(
    string Site, string Level, string? Before, string Source, string By, DateTimeOffset ValidUntil) : Decision;

public sealed record ThreatLevelExpired(string Site, string Level, DateTimeOffset ValidUntil) : Decision;

/// <summary>The watch is offered with all that is open.</summary>
public sealed record WatchOffered(
    string HandOver, string From, string To, ImmutableArray<HandOverItem> Items, int More) : Decision;

public sealed record HandOverAcknowledged(string HandOver, string By, ImmutableArray<string> Items) : Decision;

/// <summary>A person has the watch from now on.</summary>
/// <param name="Reason">Why it was taken without being handed over; empty otherwise.</param>
public sealed record WatchTaken(string By, string? Before, string HandOver, string Reason) : Decision;
