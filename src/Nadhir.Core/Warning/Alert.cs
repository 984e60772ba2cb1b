using System.Collections.Immutable;

namespace Nadhir.Warning;

/// <summary>What an alert waits for a person to do.</summary>
public enum Question : byte { None, Release, Acknowledge, AllClear }

/// <summary>The life of one warning, as the desk keeps it.</summary>
sealed class Alert
{
    /// <summary>Outlets whose word on an alert is kept; a further one is left out.</summary>
    const int MostOutlets = 64;

    readonly SortedDictionary<string, Delivery> deliveries = new(StringComparer.Ordinal);
    bool isHeldBack;

    public required string Id { get; init; }
    public required string Zone { get; init; }
    /// <summary>Index of the zone.</summary>
    public required int Place { get; init; }
    public AlertState? State { get; set; }
    public ThreatKind Kind { get; set; }
    public DateTimeOffset Since { get; set; }
    public DateTimeOffset Updated { get; set; }
    public RiskNow Risk { get; set; }
    public ArrivalInterval? Arrival { get; set; }
    public string Reason { get; set; } = "";
    /// <summary>Raised by a person: only people end it.</summary>
    public string? RaisedBy { get; set; }
    /// <summary>Why a person raised it or took it back, in that person's words.</summary>
    public string? Remark { get; set; }
    public Addendum Addendum { get; set; }
    /// <summary>Every track that was ever a reason for this alert.</summary>
    public SortedSet<int> Tracks { get; } = [];
    public List<string> Released { get; } = [];
    public List<string> AcknowledgedBy { get; } = [];
    public List<MessageReference> Messages { get; } = [];
    /// <summary>Since when the risk has been below the ending threshold.</summary>
    public DateTimeOffset? CalmSince { get; set; }
    /// <summary>How often it was raised again after its all-clear.</summary>
    public int Repeats { get; set; }
    /// <summary>How often the pause after the all-clear held a Watch back.</summary>
    public int HeldBack { get; private set; }
    public Question Question { get; private set; }
    public DateTimeOffset AskedAt { get; private set; }
    /// <summary>Steps of the escalation that have been taken for the question.</summary>
    public int Escalated { get; set; }
    /// <summary>What the last message said, and until when it is in force.</summary>
    public (DateTimeOffset At, ThreatKind Kind, ArrivalInterval? Arrival, DateTimeOffset Expires) Told { get; set; }

    public bool IsActive => State is AlertState.Watch or AlertState.Warning;

    public void Ask(Question question, DateTimeOffset now) => (Question, AskedAt, Escalated) = (question, now, 0);

    public void Answered() => Question = Question.None;

    /// <summary>Whether a Watch would start now, were it not for the pause: each that would is counted once.</summary>
    public void HoldBack(bool watch)
    {
        if (watch && !isHeldBack) HeldBack++;
        isHeldBack = watch;
    }

    public void Delivered(MessageReceipt told, DateTimeOffset now)
    {
        if (deliveries.Count >= MostOutlets && !deliveries.ContainsKey(told.Outlet)) return;
        deliveries[told.Outlet] = new(told.Outlet, told.Message, told.Ok, told.Detail, now) { Cause = told.Cause };
    }

    public AlertRow ToRow(ImmutableArray<string> seenBy) => new()
    {
        Id = Id,
        Zone = Zone,
        State = State ?? AlertState.Watch,
        Kind = Kind,
        Since = Since,
        Updated = Updated,
        Probability = Risk.Probability,
        Arrival = IsActive ? Arrival : null,
        Tracks = [.. Tracks],
        SeenBy = seenBy,
        Reason = Reason,
        RaisedBy = RaisedBy,
        Remark = Remark,
        UpdatedBy = Addendum.By,
        Advice = Addendum.Advice is Advice.None ? null : Addendum.Advice,
        KeptUntil = Addendum.KeptUntil,
        AwaitsRelease = Question == Question.Release,
        Released = [.. Released],
        AwaitsAllClear = Question == Question.AllClear && IsActive,
        Escalated = Escalated,
        Repeats = Repeats,
        HeldBack = HeldBack,
        AcknowledgedBy = [.. AcknowledgedBy],
        Messages = [.. Messages.Select(m => m.Identifier)],
        Deliveries = [.. deliveries.Values],
    };
}
