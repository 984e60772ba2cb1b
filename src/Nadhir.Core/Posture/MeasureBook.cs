using System.Collections.Immutable;
using Nadhir.Warning;

namespace Nadhir.Posture;

/// <summary>
/// The measures of one site: ordered, under way, reported done, checked by another person. What is overdue is told once
/// and then to one person after the other.
/// </summary>
sealed class MeasureBook(string site, PhaseLadder ladder)
{
    const string Command = "site.measure";
    readonly SortedDictionary<string, MeasureRow> rows = new(StringComparer.Ordinal);
    /// <summary>Nothing becomes due before.</summary>
    DateTimeOffset? next;

    public ImmutableArray<MeasureRow> Rows => [.. rows.Values];

    public void Handle(RecordMeasure report, DateTimeOffset now, List<Decision> decisions)
    {
        MeasureRow? known = rows.GetValueOrDefault(report.Kind);
        if (Refusal(report, known) is { } reason)
        {
            decisions.Refuse(Command, reason);
            return;
        }

        // What was said in confidence is not opened by the next person's plain report.
        bool restricted = report.Restricted || known is { Restricted: true };
        MeasureRow row = new(report.Kind, report.State, report.By, now, report.ReportedWhen, report.Confidence, restricted)
        {
            Note = report.Note,
        };
        MeasureDuty? duty = DutyOf(report.Kind);
        row = report.State == MeasureState.Ordered
            ? Order(row, duty, report.WithinSeconds is { } s ? TimeSpan.FromSeconds(s) : duty?.Within, now)
            : row with
            {
                Role = known?.Role ?? duty?.Role ?? "",
                Phase = known?.Phase,
                OrderedBy = known?.OrderedBy,
                OrderedAt = known?.OrderedAt,
                Due = known?.Due,
                CheckRole = known?.CheckRole ?? duty?.CheckRole,
                DoneBy = report.State == MeasureState.Done ? report.By : report.State == MeasureState.Checked ? known?.DoneBy : null,
                CheckDue = report.State == MeasureState.Done ? now + duty?.CheckWithin : null,
                // Still the same delay: who was called need not be called again.
                OverdueSince = report.State == MeasureState.UnderWay ? known?.OverdueSince : null,
                Escalated = report.State == MeasureState.UnderWay ? known?.Escalated ?? 0 : 0,
            };
        if (known?.State == MeasureState.Done && report.State == MeasureState.UnderWay)
            row = row with { OverdueSince = null, Escalated = 0 };
        Put(row);
        decisions.Add(new Recorded("measure", $"{site}/{report.Kind}"));
    }

    /// <summary>Orders what the phase asks for; when it was lowered, calls off what only a higher one asked for.</summary>
    public void OnPhase(string phase, bool lowered, string by, DateTimeOffset now, List<Decision> decisions)
    {
        if (ladder.Duties.IsEmpty) return;
        ImmutableArray<string> asked = ladder.Measures.GetValueOrDefault(phase, []);
        foreach (MeasureRow row in rows.Values.ToArray())
        {
            bool open = row.State is MeasureState.Ordered or MeasureState.UnderWay;
            if (!lowered || !open || row.Phase is null || asked.Contains(row.Kind, StringComparer.Ordinal)) continue;
            Put(row with { State = MeasureState.Ended, By = by, At = now, OverdueSince = null, Escalated = 0 });
            decisions.Add(new MeasureEnded(site, row.Kind, by));
        }

        foreach (string kind in asked)
        {
            if (rows.TryGetValue(kind, out MeasureRow? known) && known.State != MeasureState.Ended) continue;
            if (known is null && rows.Count >= CommandCheck.MostRows)
            {
                decisions.Refuse(Command, Cause.Of(CauseCode.MeasuresFull, site, CommandCheck.MostRows, kind));
                continue;
            }

            MeasureDuty? duty = DutyOf(kind);
            MeasureRow row = new(kind, MeasureState.Ordered, by, now, "", "", known is { Restricted: true }) { Phase = phase };
            row = Order(row, duty, duty?.Within, now);
            Put(row);
            decisions.Add(new MeasureOrdered(site, kind, phase, row.Role, row.Due, by));
        }
    }

    public void Tick(DateTimeOffset now, List<Decision> decisions)
    {
        if (next is null || now < next) return;
        foreach (MeasureRow old in rows.Values.ToArray())
        {
            MeasureRow row = old;
            while (NextOf(row) is { } at && now >= at) row = Advance(row, at, decisions);
            if (row != old) rows[row.Kind] = row;
        }

        next = rows.Values.Min(NextOf);
    }

    MeasureRow Advance(MeasureRow row, DateTimeOffset at, List<Decision> decisions)
    {
        (string what, string who) = row.State == MeasureState.Done
            ? ("measure.check", row.CheckRole ?? "") : ("measure", row.Role);
        string id = $"{site}/{row.Kind}";
        if (row.OverdueSince is null)
        {
            decisions.Add(new BecameOverdue(what, id, at, who));
            return row with { OverdueSince = at };
        }

        decisions.Add(new DutyEscalated(what, id, row.Escalated + 1, ladder.Escalation[row.Escalated].To));
        return row with { Escalated = row.Escalated + 1 };
    }

    DateTimeOffset? NextOf(MeasureRow row)
    {
        if (row.OverdueSince is { } since)
            return row.Escalated < ladder.Escalation.Length ? since + ladder.Escalation[row.Escalated].After : null;
        return row.State switch
        {
            MeasureState.Ordered or MeasureState.UnderWay => row.Due,
            MeasureState.Done => row.CheckDue,
            _ => null,
        };
    }

    Cause? Refusal(RecordMeasure report, MeasureRow? known)
    {
        if (known is null && rows.Count >= CommandCheck.MostRows) return Cause.Of(CauseCode.HasSoMany, site, CommandCheck.MostRows, "kinds of measures");
        switch (report.State)
        {
            case MeasureState.Ordered when !ladder.Duties.IsEmpty && !ladder.Knows(report.Kind):
                return Cause.Of(CauseCode.NoMeasure, report.Kind, site);
            case MeasureState.UnderWay when known is null or { State: MeasureState.Ended }:
                return Cause.Of(CauseCode.NotOrderedAt, report.Kind, site);
            case MeasureState.Checked when known is not { State: MeasureState.Done, DoneBy: not null }:
                return Cause.Of(CauseCode.NotReportedDone, report.Kind, site);
            case MeasureState.Checked when PersonName.Same(known!.DoneBy!, report.By):
                return Cause.Of(CauseCode.NotOwnCheck);
            default:
                return null;
        }
    }

    static MeasureRow Order(MeasureRow row, MeasureDuty? duty, TimeSpan? within, DateTimeOffset now) => row with
    {
        Role = duty?.Role ?? "",
        OrderedBy = row.By,
        OrderedAt = now,
        Due = now + within,
        CheckRole = duty?.CheckRole,
    };

    void Put(MeasureRow row)
    {
        rows[row.Kind] = row;
        next = rows.Values.Min(NextOf);
    }

    MeasureDuty? DutyOf(string kind) => ladder.Duties.FirstOrDefault(duty => duty.Kind == kind);
}
