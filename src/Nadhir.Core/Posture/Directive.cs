using System.Collections.Immutable;
using Nadhir.Warning;

namespace Nadhir.Posture;

/// <summary>
/// One directive and the answers of its formations. Times come from the directive itself; who is called comes from the
/// policy. Without a policy only an acknowledgement's deadline counts.
/// </summary>
sealed class Directive
{
    readonly IssueDirective order;
    readonly DirectivePolicy? policy;
    readonly FormationTree tree;
    readonly TimeSpan? renewAfter;
    readonly FormationRow[] rows;
    DirectiveRow board;
    DateTimeOffset? next;

    public Directive(
        IssueDirective order, IEnumerable<(string Id, string Through)> reached, FormationTree tree, DirectivePolicy? policy,
        DateTimeOffset now)
    {
        (this.order, this.policy, this.tree) = (order, policy, tree);
        renewAfter = order.RenewAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : policy?.RenewAfter;
        rows =
        [
            .. reached.Select(each => new FormationRow(each.Id, DirectiveState.Issued, now, "")
            {
                Through = each.Through == each.Id ? null : each.Through,
                Missing = tree.PersonsOf(each.Id),
            }),
        ];
        board = new()
        {
            Id = order.Directive,
            Content = order.Content,
            ContentNotReported = order.ContentNotReported,
            Count = order.Count,
            Attribution = order.Attribution,
            By = order.By,
            IssuedAt = now,
            Deadline = order.Deadline,
            CompleteBy = order.CompleteBy,
            RenewAfter = renewAfter,
            Formations = [],
        };
        Changed();
    }

    public DirectiveRow Row => board;
    public int Count => rows.Length;

    /// <summary>Takes a formation's report; answers why not, or null.</summary>
    public Cause? Take(ReportDirective report, DateTimeOffset now)
    {
        int at = Array.FindIndex(rows, row => row.Formation == report.Formation);
        if (at < 0) return Cause.Of(CauseCode.NoDirectiveFor, report.Directive, report.Formation);
        FormationRow row = rows[at];
        Cause? refusal = null;
        rows[at] = policy is null
            ? row with { State = report.State, At = now, Note = report.Note, By = report.By }
            : Answered(row, report, now, out refusal);
        if (refusal is null) Changed();
        return refusal;
    }

    FormationRow Answered(FormationRow row, ReportDirective report, DateTimeOffset now, out Cause? refusal)
    {
        refusal = null;
        FormationRow said = row with
        {
            State = report.State, At = now, Note = report.Note, By = report.By, AwaitsApproval = false, ApprovedBy = null,
        };
        switch (report.State)
        {
            case DirectiveState.Delivered when row.State == DirectiveState.Issued:
                return said;
            case DirectiveState.Acknowledged:
                return Acknowledged(row, report, now, out refusal);
            case DirectiveState.UnderWay:
                return said with { Before = null };
            case DirectiveState.Done:
                return said with { Before = null, Overdue = null, OverdueSince = null, Escalated = 0 };
            case DirectiveState.NotPossible when string.IsNullOrWhiteSpace(report.Note):
                refusal = Cause.Of(CauseCode.SayWhyImpossible);
                return row;
            case DirectiveState.NotPossible:
                DirectiveState? before = row.State == DirectiveState.NotPossible ? row.Before : row.State;
                return said with { AwaitsApproval = true, Before = before };
            default:
                refusal = report.State == DirectiveState.Delivered ? Cause.Of(CauseCode.IsAlreadyAt, row.State, row.Formation)
                    : Cause.Of(CauseCode.NotToReport, report.State);
                return row;
        }
    }

    FormationRow Acknowledged(FormationRow row, ReportDirective report, DateTimeOffset now, out Cause? refusal)
    {
        ImmutableArray<string> persons = tree.PersonsOf(row.Formation);
        refusal = persons.IsEmpty || PersonName.IsAmong(persons, report.By)
            ? null : Cause.Of(CauseCode.NotAmongThem, report.By, row.Formation);
        if (refusal is not null) return row;
        // Of a formation without named persons the latest word counts.
        ImmutableArray<AcknowledgementRow> given =
            [
                .. row.Acknowledgements.Where(known => !persons.IsEmpty && !PersonName.Same(known.By, report.By)),
                new(report.By, now),
            ];
        ImmutableArray<string> missing =
            [.. persons.Where(person => IsMissing(person, given, now))];
        bool waited = row.State is DirectiveState.Issued or DirectiveState.Delivered or DirectiveState.Overdue;
        bool answered = missing.IsEmpty && row.Overdue is DirectiveDuty.Acknowledgement or DirectiveDuty.Renewal;
        return row with
        {
            Acknowledgements = given,
            Missing = missing,
            State = !waited ? row.State : missing.IsEmpty ? DirectiveState.Acknowledged
                : row.State == DirectiveState.Issued ? DirectiveState.Delivered : row.State,
            At = now,
            By = report.By,
            Note = report.Note,
            Overdue = answered ? null : row.Overdue,
            OverdueSince = answered ? null : row.OverdueSince,
            Escalated = answered ? 0 : row.Escalated,
        };
    }

    /// <summary>Takes the answer to a word that it is not possible; answers why not, or null.</summary>
    public Cause? Take(JudgeNotPossible judgement, DateTimeOffset now)
    {
        int at = Array.FindIndex(rows, row => row.Formation == judgement.Formation);
        if (at < 0) return Cause.Of(CauseCode.NoDirectiveFor, judgement.Directive, judgement.Formation);
        FormationRow row = rows[at];
        if (!row.AwaitsApproval) return Cause.Of(CauseCode.NotSaidImpossible, row.Formation);
        if (!PersonName.Same(order.By, judgement.By) && !PersonName.IsAmong(policy?.NotPossibleJudges ?? [], judgement.By))
            return Cause.Of(CauseCode.IsFor, string.Join(" or ", [order.By, .. policy?.NotPossibleJudges ?? []]));
        if (PersonName.Same(row.By, judgement.By)) return Cause.Of(CauseCode.NotOwnImpossible);
        if (!judgement.Accepted && string.IsNullOrWhiteSpace(judgement.Reason)) return Cause.Of(CauseCode.SayWhyDone);
        rows[at] = judgement.Accepted
            ? row with { AwaitsApproval = false, ApprovedBy = judgement.By, Overdue = null, OverdueSince = null, Escalated = 0 }
            : row with
            {
                State = row.Before ?? DirectiveState.Issued, Before = null, AwaitsApproval = false,
                At = now, By = judgement.By, Note = judgement.Reason,
            };
        Changed();
        return null;
    }

    public void Tick(DateTimeOffset now, List<Decision> decisions)
    {
        if (next is null || now < next) return;
        for (int i = 0; i < rows.Length; i++)
            while (NextOf(rows[i]) is { } due && now >= due.At) rows[i] = Advance(rows[i], due.At, due.Duty, now, decisions);
        Changed();
    }

    /// <summary>
    /// What happens next to a row by time alone, and when: a duty falls due, or (without one) the next person is called.
    /// </summary>
    (DateTimeOffset At, DirectiveDuty? Duty)? NextOf(FormationRow row)
    {
        (DateTimeOffset At, DirectiveDuty? Duty)? first = null;
        void Consider(DateTimeOffset? at, DirectiveDuty? duty)
        {
            if (at is { } some && (first is null || some < first.Value.At)) first = (some, duty);
        }

        if (row.State is DirectiveState.Issued or DirectiveState.Delivered) Consider(order.Deadline, DirectiveDuty.Acknowledgement);
        bool settled = row is { State: DirectiveState.Done } or { State: DirectiveState.NotPossible, AwaitsApproval: false };
        if (policy is null || settled) return first;
        // Who goes to work has not acknowledged for the others.
        if (row.Overdue is null && row.State == DirectiveState.UnderWay && !row.Missing.IsEmpty)
            Consider(order.Deadline, DirectiveDuty.Acknowledgement);
        if (row.Overdue is not DirectiveDuty.Completion) Consider(order.CompleteBy, DirectiveDuty.Completion);
        if (row.Overdue is null && renewAfter is { } hold && row.State is DirectiveState.Acknowledged or DirectiveState.UnderWay
            && !row.Acknowledgements.IsEmpty)
            Consider(row.Acknowledgements.Min(one => one.At) + hold, DirectiveDuty.Renewal);
        if (row.OverdueSince is { } since && row.Escalated < policy.Escalation.Length)
            Consider(since + policy.Escalation[row.Escalated].After, null);
        return first;
    }

    FormationRow Advance(FormationRow row, DateTimeOffset at, DirectiveDuty? duty, DateTimeOffset now, List<Decision> decisions)
    {
        string id = $"{order.Directive}/{row.Formation}";
        switch (duty)
        {
            case null:
                decisions.Add(new DutyEscalated("directive", id, row.Escalated + 1, policy!.Escalation[row.Escalated].To));
                return row with { Escalated = row.Escalated + 1 };
            case DirectiveDuty.Acknowledgement when row.State is DirectiveState.Issued or DirectiveState.Delivered:
                decisions.Add(new Recorded("directive", $"{id}/{DirectiveState.Overdue}"));
                return row with
                {
                    State = DirectiveState.Overdue, At = now, Note = "deadline passed", By = "rule", Overdue = duty, OverdueSince = at,
                };
            case DirectiveDuty.Renewal:
                ImmutableArray<string> persons = tree.PersonsOf(row.Formation);
                ImmutableArray<AcknowledgementRow> given = row.Acknowledgements;
                row = row with { Missing = [.. persons.Where(person => IsMissing(person, given, now))] };
                break;
        }

        decisions.Add(new BecameOverdue($"directive.{duty}".ToLowerInvariant(), id, at, string.Join(", ", row.Missing)));
        return row with { Overdue = duty, OverdueSince = row.OverdueSince ?? at };
    }

    bool IsMissing(string person, ImmutableArray<AcknowledgementRow> given, DateTimeOffset now) =>
        !given.Any(one => PersonName.Same(one.By, person) && !IsOld(one, now));

    bool IsOld(AcknowledgementRow given, DateTimeOffset now) => renewAfter is { } hold && now >= given.At + hold;

    void Changed()
    {
        next = null;
        foreach (FormationRow row in rows)
            if (NextOf(row)?.At is { } at && (next is null || at < next)) next = at;
        board = board with { Formations = [.. rows] };
    }
}
