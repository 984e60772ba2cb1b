namespace Nadhir.Warning;

/// <summary>Silent tests: by a person's order, or by the plan; a test that succeeds also ends a doubt.</summary>
sealed partial class SirenDesk
{
    /// <summary>Tests by the plan are ordered so many a tick: they must not stand in the way of an alarm.</summary>
    const int TestsPerTick = 20;
    /// <summary>A planned test may be so late.</summary>
    static readonly TimeSpan TestGrace = TimeSpan.FromMinutes(10);

    readonly SirenTestCalendar? calendar;
    /// <summary>Sirens still to be tested; at most all of them once.</summary>
    readonly Queue<int> toTest = new();

    public void Handle(TestSiren order, DateTimeOffset now, List<Decision> decisions)
    {
        if (!indexOf.TryGetValue(order.Siren, out int siren))
            decisions.Refuse("siren.test", Cause.Of(CauseCode.NoSuch, "siren", order.Siren));
        else if (books[siren].Due is { } due && now < due.Until)
            decisions.Refuse("siren.test", Cause.Of(CauseCode.HasAlarm, order.Siren, due.Alert));
        else Test(siren, now, decisions);
    }

    void Test(int siren, DateTimeOffset now, List<Decision> decisions) =>
        Command(siren, "test", SirenAction.Sound, "test", TimeSpan.FromSeconds(1), true, now, decisions);

    void TickTests(DateTimeOffset now, List<Decision> decisions)
    {
        if (calendar is null) return;
        if (calendar.Take(now))
        {
            toTest.Clear();
            for (int i = 0; i < books.Length; i++) toTest.Enqueue(i);
        }

        for (int i = Math.Min(TestsPerTick, toTest.Count); i > 0; i--)
        {
            int siren = toTest.Dequeue();
            // The alarm goes first, and so does what it has yet to answer.
            if ((books[siren].Due is { } due && now < due.Until) || books[siren].Open is not null) toTest.Enqueue(siren);
            else Test(siren, now, decisions);
        }

        TimeSpan longest = configuration.SirenTests!.Every + TestGrace;
        for (int i = 0; i < books.Length; i++)
        {
            if (books[i].TestOverdue || now - (books[i].TestPassed ?? start) <= longest) continue;
            books[i].TestOverdue = true;
            decisions.Add(new SirenTested(configuration.Sirens[i].Id, false,
                books[i].TestPassed is null ? "overdue: no test has succeeded yet" : "overdue: no test has succeeded since the last"));
        }
    }

    void Tested(int siren, SirenReceipt receipt, DateTimeOffset now, List<Decision> decisions)
    {
        SirenBook book = books[siren];
        if (receipt.Step is SirenStep.Refused or SirenStep.Failed or SirenStep.Expired)
        {
            TestFailed(siren, $"{receipt.Step}: {receipt.Detail}", decisions);
            return;
        }

        if (receipt.Step is not (SirenStep.Acknowledged or SirenStep.Silent)) return;
        (book.Test, book.TestPassed, book.TestDetail, book.TestOverdue) = (null, now, "passed", false);
        string id = configuration.Sirens[siren].Id;
        decisions.Add(new SirenTested(id, true, receipt.Detail));
        if (book.Doubt is not { } doubt || doubt.Since >= book.TestTried) return;
        book.Doubt = null;
        decisions.Add(new SirenDoubted(id, null, "a silent test has succeeded since"));
    }

    void TestFailed(int siren, string why, List<Decision> decisions)
    {
        SirenBook book = books[siren];
        if (book.Test is null) return;
        (book.Test, book.TestDetail) = (null, why);
        decisions.Add(new SirenTested(configuration.Sirens[siren].Id, false, why));
    }

    SirenTestRow? TestRow(SirenBook book) => calendar is null && book.TestTried is null
        ? null
        : new(book.TestPassed, book.TestTried, book.TestOverdue, book.TestDetail);
}
