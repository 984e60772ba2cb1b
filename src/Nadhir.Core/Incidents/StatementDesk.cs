using System.Collections.Immutable;
using Nadhir.Warning;

namespace Nadhir.Incidents;

/// <summary>
/// Statements on their way: written, approved by somebody else, published, corrected. Each sentence shows what it rests
/// on. What was published once stays.
/// </summary>
/// <param name="isAccepted">Whether a claim is in the books.</param>
/// <param name="isEvidence">Whether an id is one of a document, crossing, incursion or alert on record.</param>
sealed class StatementDesk(Func<string, bool> isAccepted, Func<string, bool> isEvidence)
{
    readonly List<StatementRow> rows = [];
    readonly Dictionary<string, int> placeOf = new(StringComparer.Ordinal);
    ImmutableArray<StatementRow>? shown;

    public ImmutableArray<StatementRow> Rows => shown ??= [.. rows];

    public bool IsFull => rows.Count >= CommandCheck.MostStatements;

    /// <summary>Somebody else's, as published.</summary>
    public void Add(StatementRow row)
    {
        placeOf.TryAdd(row.Id, rows.Count);
        rows.Add(row);
        shown = null;
    }

    public Cause? Handle(DraftStatement order, DateTimeOffset now)
    {
        if (!placeOf.TryGetValue(order.Statement, out int at))
        {
            if (IsFull) return Cause.Of(CauseCode.ThereAre, CommandCheck.MostStatements, "statements");
            Add(With(new StatementRow(order.Statement, order.Speaker, now, []) { Incident = order.Incident }, order.By, order.Sentences, order.Embargo));
            return null;
        }

        StatementRow row = rows[at];
        if (row.State == StatementState.Recorded) return Cause.Of(CauseCode.SomebodyElses, row.Id);
        if (row.State == StatementState.Published) return Cause.Of(CauseCode.CorrectIt, row.Id);
        if (row.Speaker != order.Speaker && row.Earlier.Length > 0) return Cause.Of(CauseCode.PublishedAsOf, row.Id, row.Speaker);
        return Put(at, With(row with { Speaker = order.Speaker, Incident = order.Incident ?? row.Incident }, order.By, order.Sentences, order.Embargo));
    }

    public Cause? Handle(ApproveStatement order, DateTimeOffset now)
    {
        if (!placeOf.TryGetValue(order.Statement, out int at)) return Cause.Of(CauseCode.NoSuch, "statement", order.Statement);
        StatementRow row = rows[at];
        if (row.State != StatementState.Draft) return Cause.Of(CauseCode.NoDraft, row.Id);
        if (PersonName.IsAmong(row.DraftedBy, order.By)) return Cause.Of(CauseCode.NotOwnApproval);
        return Put(at, row with { State = StatementState.Approved, Approved = new(order.By, now, "") });
    }

    public Cause? Handle(PublishStatement order, DateTimeOffset now)
    {
        if (!placeOf.TryGetValue(order.Statement, out int at)) return Cause.Of(CauseCode.NoSuch, "statement", order.Statement);
        StatementRow row = Checked(rows[at]);
        if (row.State != StatementState.Approved) return Cause.Of(CauseCode.NotApproved, row.Id);
        if (now < row.Embargo) return Cause.Of(CauseCode.NotBefore, $"{row.Embargo:yyyy-MM-dd HH:mm:ss}Z");
        if (row.Unlinked > 0) return Cause.Of(CauseCode.RestOnNothing, row.Unlinked);
        return Put(at, row with { State = StatementState.Published, Published = new(order.By, now, ""), At = now });
    }

    public Cause? Handle(CorrectStatement order, DateTimeOffset now)
    {
        if (!placeOf.TryGetValue(order.Statement, out int at)) return Cause.Of(CauseCode.NoSuch, "statement", order.Statement);
        StatementRow row = rows[at];
        if (row.State != StatementState.Published) return Cause.Of(CauseCode.NotPublished, row.Id);
        if (row.Version >= CommandCheck.MostVersions) return Cause.Of(CauseCode.HasSoMany, row.Id, CommandCheck.MostVersions, "versions");
        StatementRow next = row with
        {
            Version = row.Version + 1,
            CorrectionReason = order.Reason,
            DraftedBy = [],
            Published = null,
            Earlier = row.Earlier.Add(new(row.Version, row.Sentences, row.DraftedBy, row.Approved, row.Published, row.CorrectionReason)),
        };
        return Put(at, With(next, order.By, order.Sentences, order.Embargo));
    }

    /// <summary>Claims have been accepted or rejected: what drafts rest on may have changed.</summary>
    public void Recheck()
    {
        for (int i = 0; i < rows.Count; i++)
            if (rows[i].State is StatementState.Draft or StatementState.Approved) Put(i, Checked(rows[i]));
    }

    StatementRow With(StatementRow row, string by, ImmutableArray<StatementSentence> sentences, DateTimeOffset? embargo) => Checked(row with
    {
        State = StatementState.Draft,
        Approved = null,
        Embargo = embargo,
        DraftedBy = PersonName.IsAmong(row.DraftedBy, by) ? row.DraftedBy : row.DraftedBy.Add(by),
        Sentences = [.. sentences.Select(each => new SentenceRow(each.Text, each.Claims, each.Evidence, each.Position, each.Evidence.Any(isEvidence), false))],
    });

    StatementRow Checked(StatementRow row)
    {
        ImmutableArray<SentenceRow> sentences =
        [
            .. row.Sentences.Select(each => each with { Linked = each.HasEvidence || each.Claims.Any(isAccepted) }),
        ];
        return row with
        {
            Sentences = sentences,
            Claims = [.. sentences.SelectMany(each => each.Claims).Distinct(StringComparer.Ordinal)],
            Unlinked = sentences.Count(each => !each.Linked && !each.Position),
        };
    }

    Cause? Put(int at, StatementRow row)
    {
        rows[at] = row;
        shown = null;
        return null;
    }
}
