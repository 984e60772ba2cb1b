using System.Collections.Immutable;

namespace Nadhir.Warning;

/// <summary>The life of one warning, as the desk keeps it.</summary>
sealed class Alert
{
    public required string Id { get; init; }
    public required string Zone { get; init; }
    public AlertState? State { get; set; }
    public ThreatKind Kind { get; set; }
    public DateTimeOffset Since { get; set; }
    public DateTimeOffset Updated { get; set; }
    public RiskNow Risk { get; set; }
    public string Reason { get; set; } = "";
    /// <summary>Every track that was ever a reason for this alert.</summary>
    public SortedSet<int> Tracks { get; } = [];
    public List<string> Released { get; } = [];
    public List<string> AcknowledgedBy { get; } = [];
    public List<MessageReference> Messages { get; } = [];
    /// <summary>Since when the risk has been below the ending threshold.</summary>
    public DateTimeOffset? CalmSince { get; set; }
    public bool AllClearAsked { get; set; }
    public bool ReleaseAsked { get; set; }

    public bool IsActive => State is AlertState.Watch or AlertState.Warning;

    public AlertRow ToRow() => new()
    {
        Id = Id,
        Zone = Zone,
        State = State ?? AlertState.Watch,
        Kind = Kind,
        Since = Since,
        Updated = Updated,
        Probability = Risk.Probability,
        Arrival = IsActive ? Risk.Arrival : null,
        Tracks = [.. Tracks],
        Reason = Reason,
        AwaitsRelease = ReleaseAsked && State == AlertState.Watch,
        AwaitsAllClear = AllClearAsked && IsActive,
        AcknowledgedBy = [.. AcknowledgedBy],
        Messages = [.. Messages.Select(m => m.Identifier)],
    };
}
