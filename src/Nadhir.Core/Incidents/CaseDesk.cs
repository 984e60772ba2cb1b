using System.Collections.Immutable;

namespace Nadhir.Incidents;

/// <summary>Case files on the legal and the diplomatic track, with who looked into them.</summary>
sealed class CaseDesk
{
    readonly SortedDictionary<string, CaseRow> cases = new(StringComparer.Ordinal);

    /// <summary>The files as they stand at a time, which tells what is overdue.</summary>
    public ImmutableArray<CaseRow> At(DateTimeOffset now) =>
    [
        .. cases.Values.Select(row => row with
        {
            Deadlines = [.. row.Deadlines.Select(each => each with { Overdue = each.Met is null && now > each.Due })],
        }),
    ];

    public Cause? Handle(OpenCase order, DateTimeOffset now)
    {
        if (cases.ContainsKey(order.Case)) return Cause.Of(CauseCode.Exists, order.Case);
        if (cases.Count >= CommandCheck.MostCases) return Cause.Of(CauseCode.ThereAre, CommandCheck.MostCases, "case files");
        cases[order.Case] = new CaseRow(order.Case, order.Track, order.Title, order.Incident, order.By, now);
        return null;
    }

    public Cause? Handle(SetCaseDeadline order)
    {
        if (!cases.TryGetValue(order.Case, out CaseRow? row)) return Cause.Of(CauseCode.NoSuch, "case", order.Case);
        int at = IndexOf(row, order.Deadline);
        if (at < 0 && row.Deadlines.Length >= CommandCheck.MostCaseItems) return Cause.Of(CauseCode.HasSoMany, row.Id, CommandCheck.MostCaseItems, "deadlines");
        if (at >= 0 && row.Deadlines[at].DueBefore.Length >= CommandCheck.MostRevisions)
            return Cause.Of(CauseCode.SetSoOften, order.Deadline, CommandCheck.MostRevisions);
        DeadlineRow set = new(order.Deadline, order.What, order.Due, order.To, order.By, false);
        cases[row.Id] = row with
        {
            Deadlines = at < 0 ? row.Deadlines.Add(set)
                : row.Deadlines.SetItem(at, set with { DueBefore = row.Deadlines[at].DueBefore.Add(row.Deadlines[at].Due) }),
        };
        return null;
    }

    public Cause? Handle(MeetCaseDeadline order, DateTimeOffset now)
    {
        if (!cases.TryGetValue(order.Case, out CaseRow? row)) return Cause.Of(CauseCode.NoSuch, "case", order.Case);
        int at = IndexOf(row, order.Deadline);
        if (at < 0) return Cause.Of(CauseCode.NoDeadline, row.Id, order.Deadline);
        if (row.Deadlines[at].Met is not null) return Cause.Of(CauseCode.DeadlineMet, order.Deadline);
        cases[row.Id] = row with { Deadlines = row.Deadlines.SetItem(at, row.Deadlines[at] with { Met = new(order.By, now, order.Note) }) };
        return null;
    }

    public Cause? Handle(AddToCase order, DateTimeOffset now)
    {
        if (!cases.TryGetValue(order.Case, out CaseRow? row)) return Cause.Of(CauseCode.NoSuch, "case", order.Case);
        if (row.Items >= CommandCheck.MostCaseItems) return Cause.Of(CauseCode.HasSoMany, row.Id, CommandCheck.MostCaseItems, "items");
        CaseItem item = new(order.Kind, order.Text, order.Source, order.By, now);
        cases[row.Id] = row with { Items = row.Items + 1, Contents = row.Contents with { Items = row.Contents.Items.Add(item) } };
        return null;
    }

    /// <summary>The latest looks stay on the board, all of them in the journal.</summary>
    public Cause? Handle(LookAtCase order, DateTimeOffset now)
    {
        if (!cases.TryGetValue(order.Case, out CaseRow? row)) return Cause.Of(CauseCode.NoSuch, "case", order.Case);
        ImmutableArray<CaseLook> looks = row.Contents.Looks;
        if (looks.Length >= CommandCheck.MostCaseItems) looks = looks.RemoveAt(0);
        cases[row.Id] = row with
        {
            Looks = row.Looks + 1,
            Contents = row.Contents with { Looks = looks.Add(new(order.Access, order.By, now)) },
        };
        return null;
    }

    static int IndexOf(CaseRow row, string deadline)
    {
        for (int i = 0; i < row.Deadlines.Length; i++)
            if (row.Deadlines[i].Id == deadline) return i;
        return -1;
    }
}
