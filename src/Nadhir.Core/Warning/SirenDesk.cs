using System.Collections.Immutable;

namespace Nadhir.Warning;

/// <summary>
/// Commands sirens and keeps what they answer. A siren whose link is down never reads ready; a command that nobody
/// acknowledged before it expired is a failure, said aloud; so is an outlet that has fallen silent itself.
/// </summary>
sealed partial class SirenDesk
{
    /// <summary>Less than this is not worth a siren that comes late.</summary>
    static readonly TimeSpan ShortestSound = TimeSpan.FromSeconds(5);
    /// <summary>A siren that has not said that it fell silent so long after it should have is a riddle.</summary>
    static readonly TimeSpan LateSilence = TimeSpan.FromSeconds(10);

    static readonly Cause linkUp = Cause.Of(CauseCode.LinkUp), outletIsBack = Cause.Of(CauseCode.OutletIsBack),
        outletIsSilent = Cause.Of(CauseCode.OutletIsSilent), stillSounding = Cause.Of(CauseCode.StillSounding);

    readonly WatchConfiguration configuration;
    readonly SirenBook[] books;
    readonly Dictionary<string, int> indexOf;
    readonly ILookup<string, int> inZone;
    readonly DateTimeOffset start;
    long sequence;
    SirenOutletReceipt? outlet;
    DateTimeOffset outletHeard;
    bool outletLost;

    public SirenDesk(WatchConfiguration configuration, DateTimeOffset start)
    {
        this.configuration = configuration;
        this.start = start;
        books = [.. configuration.Sirens.Select(_ => new SirenBook { Since = start })];
        indexOf = configuration.Sirens.Select((siren, i) => (siren.Id, i))
            .ToDictionary(p => p.Id, p => p.i, StringComparer.Ordinal);
        inZone = configuration.Sirens.Select((siren, i) => (siren.Zone, i))
            .ToLookup(p => p.Zone, p => p.i, StringComparer.Ordinal);
        if (configuration.SirenTests is { } plan) calendar = new(plan, configuration.TimeZone, start);
    }

    /// <summary>Who commands.</summary>
    int Epoch => configuration.SirenEpoch;

    public SirenOutletRow? Outlet => outlet is null ? null : new(outletHeard, outletLost, outlet.Detail);

    public ImmutableArray<SirenRow> Rows() =>
    [
        .. configuration.Sirens.Select((siren, i) => new SirenRow(siren.Id, siren.Zone, books[i].State, books[i].Since,
            books[i].LastHeard, books[i].Detail, books[i].Open?.CommandId)
        {
            Cause = books[i].Cause,
            LinkUp = books[i].LinkUp,
            Link = books[i].Link,
            LinkCause = books[i].LinkCause,
            Guard = books[i].Guard,
            Doubt = books[i].Doubt,
            Order = books[i].Order,
            Test = TestRow(books[i]),
        }),
    ];

    public void Command(
        string zone, string alert, SirenAction action, string tone, TimeSpan duration, DateTimeOffset now,
        List<Decision> decisions)
    {
        foreach (int siren in inZone[zone]) Command(siren, alert, action, tone, duration, false, now, decisions);
    }

    public void Handle(SirenReceipt receipt, DateTimeOffset now, List<Decision> decisions)
    {
        if (!indexOf.TryGetValue(receipt.Siren, out int siren)) return;
        SirenBook book = books[siren];
        if (receipt.Step != SirenStep.Sent) book.LastHeard = now;
        bool own = receipt.Step is SirenStep.Acknowledged or SirenStep.Sounding or SirenStep.Silent or SirenStep.Refused;
        if (own && !book.MayKnow(receipt.CommandId, Epoch))
        {
            string strange = CommandCheck.Shortened(receipt.CommandId);
            Doubt(siren, SirenDoubt.UnknownCommand, $"{receipt.Step} of a command that it was never given: {strange}", strange, now, decisions);
            return;
        }

        if (book.Test == receipt.CommandId) Tested(siren, receipt, now, decisions);
        // An answer to an earlier command is history: it changes nothing of the present one, over or not.
        // So is one to a command the siren itself has ended. A late word on one we gave up waiting for is news.
        if (book.Latest != receipt.CommandId || book.IsOver) return;
        Note(book, receipt, now);
        switch (receipt.Step)
        {
            case SirenStep.Acknowledged when book.Open is { SilentTest: true }:
                (book.Open, book.IsOver) = (null, true);
                Change(siren, book.LinkUp ? SirenState.Ready : SirenState.LinkDown, receipt.Detail, now, decisions, receipt.Cause);
                break;
            case SirenStep.Acknowledged:
                if (book.Open is { } acknowledged) book.Open = acknowledged with { Acknowledged = true };
                Change(siren, SirenState.Acknowledged, receipt.Detail, now, decisions, receipt.Cause);
                break;
            case SirenStep.Sounding:
                book.Open = null;
                Change(siren, SirenState.Sounding, receipt.Detail, now, decisions, receipt.Cause);
                break;
            case SirenStep.Silent:
                (book.Open, book.IsOver) = (null, true);
                Change(siren, book.LinkUp ? SirenState.Ready : SirenState.LinkDown, receipt.Detail, now, decisions, receipt.Cause);
                break;
            case SirenStep.Refused or SirenStep.Failed or SirenStep.Expired:
                (book.Open, book.IsOver) = (null, true);
                Change(siren, SirenState.Failed, $"{receipt.Step}: {receipt.Detail}", now, decisions, receipt.Cause);
                break;
            case SirenStep.Sent:
                break;
        }
    }

    public void Handle(SirenLinkReceipt receipt, DateTimeOffset now, List<Decision> decisions)
    {
        if (!indexOf.TryGetValue(receipt.Siren, out int siren)) return;
        SirenBook book = books[siren];
        (book.Link, book.LinkCause, book.LostWithOutlet) = (receipt.Detail, receipt.Cause, false);
        if (receipt.Guard != SirenGuard.Unknown) book.Guard = receipt.Guard;
        if (receipt.Up) Up(siren, now, decisions);
        else Down(siren, now, decisions);
    }

    /// <summary>The outlet lives; the links that were lost with it are up again.</summary>
    public void Handle(SirenOutletReceipt alive, DateTimeOffset now, List<Decision> decisions)
    {
        (outlet, outletHeard, outletLost) = (alive, now, false);
        for (int i = 0; i < books.Length; i++)
        {
            if (!books[i].LostWithOutlet) continue;
            (books[i].Link, books[i].LinkCause, books[i].LostWithOutlet) = (outletIsBack.Words, outletIsBack, false);
            Up(i, now, decisions);
        }
    }

    public void Handle(SirenDoubtReceipt receipt, DateTimeOffset now, List<Decision> decisions)
    {
        if (indexOf.TryGetValue(receipt.Siren, out int siren)) Doubt(siren, receipt.Doubt, receipt.Detail, receipt.Figure, now, decisions);
    }

    /// <summary>What nobody says any more: commands without an answer, links without an outlet, sound without an end.</summary>
    public void Tick(DateTimeOffset now, List<Decision> decisions)
    {
        for (int i = 0; i < books.Length; i++)
        {
            if (books[i].Open is { } open && now > open.Expires) GiveUp(i, open, now, decisions);
            if (books[i] is { State: SirenState.Sounding, Order: { Action: SirenAction.Sound } order }
                && now > order.At + configuration.Warning.SirenCommandValidity
                    + TimeSpan.FromSeconds(order.DurationSeconds) + LateSilence)
                Change(i, SirenState.Unknown, stillSounding, now, decisions);
            if (books[i].LinkUp && OutletIsLost(configuration.Sirens[i], now))
            {
                (books[i].Link, books[i].LinkCause, books[i].LostWithOutlet) = (outletIsSilent.Words, outletIsSilent, true);
                outletLost = true;
                Down(i, now, decisions);
            }
        }

        TickTests(now, decisions);
    }

    bool OutletIsLost(Siren siren, DateTimeOffset now) => outlet is { } alive
        && now - outletHeard > (alive.Lease > siren.LinkTimeout ? alive.Lease : siren.LinkTimeout);

    void GiveUp(int siren, OpenCommand open, DateTimeOffset now, List<Decision> decisions)
    {
        SirenBook book = books[siren];
        book.Open = null;
        if (book.Order is { Done: null } order && order.CommandId == open.CommandId)
            book.Order = order with { Failure = SirenStep.Expired };
        if (open.SilentTest) TestFailed(siren, "nobody answered", decisions);
        Cause why = Cause.Of(open.Acknowledged ? CauseCode.NotDone : CauseCode.NotAcknowledged, open.CommandId);
        Change(siren, SirenState.Failed, why, now, decisions);
    }

    void Up(int siren, DateTimeOffset now, List<Decision> decisions)
    {
        SirenBook book = books[siren];
        (book.LinkUp, book.LastHeard) = (true, now);
        if (book.State is not (SirenState.Unknown or SirenState.LinkDown or SirenState.Failed)) return;
        Change(siren, SirenState.Ready, linkUp, now, decisions);
        // An alarm it may have missed, or forgotten in a restart, is sounded for what is left of it.
        if (book.Due is { } due && due.Until - now >= ShortestSound)
            Command(siren, due.Alert, SirenAction.Sound, due.Tone, due.Until - now, false, now, decisions);
    }

    void Down(int siren, DateTimeOffset now, List<Decision> decisions)
    {
        books[siren].LinkUp = false;
        Change(siren, SirenState.LinkDown, books[siren].Link, now, decisions, books[siren].LinkCause);
    }

    void Command(
        int siren, string alert, SirenAction action, string tone, TimeSpan duration, bool silentTest, DateTimeOffset now,
        List<Decision> decisions)
    {
        sequence++;
        SirenBook book = books[siren];
        string id = $"C-{Epoch}-{sequence}";
        DateTimeOffset expires = now + configuration.Warning.SirenCommandValidity;
        book.Open = new OpenCommand(id, expires, false, silentTest);
        book.Give(id, sequence);
        int seconds = (int)duration.TotalSeconds;
        if (silentTest)
        {
            (book.Test, book.TestTried) = (id, now);
        }
        else
        {
            book.Due = action == SirenAction.Sound ? new DueSound(alert, tone, now + duration) : null;
            book.Order = new(id, alert, action, tone, seconds, now);
        }

        decisions.Add(new SirenCommanded(id, configuration.Sirens[siren].Id, alert, action, tone)
        {
            Epoch = Epoch,
            Sequence = sequence,
            DurationSeconds = seconds,
            Expires = expires,
            SilentTest = silentTest,
        });
        if (book.LinkUp) Change(siren, SirenState.Commanded, Cause.Of(CauseCode.Ordered, id), now, decisions);
    }

    /// <summary>Keeps in the order what became of it.</summary>
    static void Note(SirenBook book, SirenReceipt receipt, DateTimeOffset now)
    {
        if (book.Order is not { } order || order.CommandId != receipt.CommandId) return;
        SirenStep done = order.Action == SirenAction.Sound ? SirenStep.Sounding : SirenStep.Silent;
        if (receipt.Step is SirenStep.Refused or SirenStep.Failed or SirenStep.Expired)
            book.Order = order with { Failure = receipt.Step };
        else if (receipt.Step == done)
            book.Order = order with { Acknowledged = order.Acknowledged ?? now, Done = order.Done ?? now, Failure = null };
        else if (receipt.Step == SirenStep.Acknowledged)
            book.Order = order with { Acknowledged = order.Acknowledged ?? now, Failure = null };
    }

    void Doubt(int siren, SirenDoubt doubt, string detail, string? figure, DateTimeOffset now, List<Decision> decisions)
    {
        SirenBook book = books[siren];
        if (book.Doubt?.Kind == doubt) return;
        book.Doubt = new(doubt, detail, now) { Figure = figure };
        decisions.Add(new SirenDoubted(configuration.Sirens[siren].Id, doubt, detail));
    }

    void Change(int siren, SirenState state, Cause cause, DateTimeOffset now, List<Decision> decisions) =>
        Change(siren, state, cause.Words, now, decisions, cause);

    void Change(int siren, SirenState state, string detail, DateTimeOffset now, List<Decision> decisions, Cause? cause = null)
    {
        SirenBook book = books[siren];
        if (book.State == state) return;
        (book.State, book.Since, book.Detail, book.Cause) = (state, now, detail, cause);
        decisions.Add(new SirenStateChanged(configuration.Sirens[siren].Id, state, detail));
    }
}
