using System.Collections.Immutable;

namespace Nadhir.Posture;

/// <summary>What is expected at a site, by whose word.</summary>
/// <param name="Expired">Its time is over: it is shown, and counts for nothing.</param>
public sealed record ThreatRow(
    string Level, string Source, string Reason, string By, DateTimeOffset Since, DateTimeOffset ValidUntil, bool Expired,
    bool Restricted);

/// <summary>A person's acknowledgement of a directive.</summary>
public sealed record AcknowledgementRow(string By, DateTimeOffset At);

/// <summary>What an alert that is handed over waits for.</summary>
public enum AlertWait : byte { Release, AllClear, Acknowledgement }

public enum OpenItem : byte { Alert, Measure, Directive, Phase, ThreatLevel, Readiness, Sensor, Siren }

/// <summary>Something open that the incoming person must know of.</summary>
/// <param name="Id">By which it is acknowledged.</param>
/// <param name="Detail">In plain words, English; what they are made from stands beside.</param>
public sealed record HandOverItem(string Id, OpenItem Kind, string Detail)
{
    /// <summary>
    /// Of an alert: zone, state, what it waits for (<see cref="AlertWait"/>); a siren: zone, state; a sensor: state; a directive: how
    /// many are open, of how many, overdue; a phase: which, its standing; a threat level: which; a measure: its state; a
    /// readiness: what was last reported.
    /// </summary>
    public ImmutableArray<string> Figures { get; init => field = value.IsDefault ? [] : value; } = [];
    public Cause? Cause { get; init; }
    /// <summary>What a device or a person wrote of it.</summary>
    public string? Aside { get; init; }
    public DateTimeOffset? Acknowledged { get; init; }
}

/// <summary>A watch offered by one person to another, or taken.</summary>
public sealed record HandOverRow(string Id, string From, string To, DateTimeOffset At, ImmutableArray<HandOverItem> Items)
{
    /// <summary>Open items for which the list had no room.</summary>
    public int More { get; init; }
    /// <summary>When the watch became the incoming person's; null while it is offered.</summary>
    public DateTimeOffset? Passed { get; init; }
    /// <summary>Why it was taken without being handed over.</summary>
    public string? Reason { get; init; }
}

/// <summary>Who had the watch from when to when.</summary>
public sealed record WatchPeriod(string By, DateTimeOffset From, DateTimeOffset To);

/// <summary>Who has the watch, and the latest hand-over.</summary>
/// <param name="By">Null: nobody.</param>
/// <param name="Earlier">The latest periods before, oldest first.</param>
public sealed record ShiftBoard(
    string? By, DateTimeOffset? Since, HandOverRow? HandOver, ImmutableArray<WatchPeriod> Earlier)
{
    public static readonly ShiftBoard Nobody = new(null, null, null, []);
}
