using System.Collections.Immutable;

namespace Nadhir.Warning;

/// <summary>
/// Commands sirens and keeps what they answer. A siren whose link is down never reads ready; a command that nobody
/// acknowledged before it expired is a failure, said aloud.
/// </summary>
sealed class SirenDesk
{
    /// <summary>Who commands. One node alone is epoch 1; a cluster raises it at every take-over.</summary>
    const int Epoch = 1;

    /// <summary>Less than this is not worth a siren that comes late.</summary>
    static readonly TimeSpan ShortestSound = TimeSpan.FromSeconds(5);

    readonly WatchConfiguration configuration;
    readonly SirenBook[] books;
    readonly Dictionary<string, int> indexOf;
    readonly ILookup<string, int> inZone;
    long sequence;

    public SirenDesk(WatchConfiguration configuration, DateTimeOffset start)
    {
        this.configuration = configuration;
        books = [.. configuration.Sirens.Select(_ => new SirenBook { Since = start })];
        indexOf = configuration.Sirens.Select((siren, i) => (siren.Id, i))
            .ToDictionary(p => p.Id, p => p.i, StringComparer.Ordinal);
        inZone = configuration.Sirens.Select((siren, i) => (siren.Zone, i))
            .ToLookup(p => p.Zone, p => p.i, StringComparer.Ordinal);
    }

    public ImmutableArray<SirenRow> Rows() =>
    [
        .. configuration.Sirens.Select((siren, i) => new SirenRow(siren.Id, siren.Zone, books[i].State, books[i].Since,
            books[i].LastHeard, books[i].Detail, books[i].Open?.CommandId)),
    ];

    public void Command(
        string zone, string alert, SirenAction action, string tone, TimeSpan duration, DateTimeOffset now,
        List<Decision> decisions)
    {
        foreach (int siren in inZone[zone]) Command(siren, alert, action, tone, duration, false, now, decisions);
    }

    public void Handle(TestSiren order, DateTimeOffset now, List<Decision> decisions)
    {
        if (!indexOf.TryGetValue(order.Siren, out int siren))
            decisions.Add(new CommandRefused("siren.test", $"no siren {order.Siren}"));
        else if (books[siren].Due is { } due && now < due.Until)
            decisions.Add(new CommandRefused("siren.test", $"{order.Siren} has the alarm of {due.Alert} to sound"));
        else Command(siren, "test", SirenAction.Sound, "test", TimeSpan.FromSeconds(1), true, now, decisions);
    }

    public void Handle(SirenReceipt receipt, DateTimeOffset now, List<Decision> decisions)
    {
        if (!indexOf.TryGetValue(receipt.Siren, out int siren)) return;
        SirenBook book = books[siren];
        if (receipt.Step != SirenStep.Sent) book.LastHeard = now;
        // An answer to an earlier command is history: it changes nothing of the present one, over or not.
        // So is one to a command the siren itself has ended. A late word on one we gave up waiting for is news.
        if (book.Latest != receipt.CommandId || book.IsOver) return;
        switch (receipt.Step)
        {
            case SirenStep.Acknowledged:
                if (book.Open is { } acknowledged) book.Open = acknowledged with { Acknowledged = true };
                Change(siren, SirenState.Acknowledged, receipt.Detail, now, decisions);
                break;
            case SirenStep.Sounding:
                Change(siren, SirenState.Sounding, receipt.Detail, now, decisions);
                break;
            case SirenStep.Silent:
                (book.Open, book.IsOver) = (null, true);
                Change(siren, book.LinkUp ? SirenState.Ready : SirenState.LinkDown, receipt.Detail, now, decisions);
                break;
            case SirenStep.Refused or SirenStep.Failed or SirenStep.Expired:
                (book.Open, book.IsOver) = (null, true);
                Change(siren, SirenState.Failed, $"{receipt.Step}: {receipt.Detail}", now, decisions);
                break;
            case SirenStep.Sent:
                break;
        }
    }

    public void Handle(SirenLinkReceipt receipt, DateTimeOffset now, List<Decision> decisions)
    {
        if (!indexOf.TryGetValue(receipt.Siren, out int siren)) return;
        SirenBook book = books[siren];
        book.LinkUp = receipt.Up;
        if (!receipt.Up)
        {
            Change(siren, SirenState.LinkDown, receipt.Detail, now, decisions);
            return;
        }

        book.LastHeard = now;
        if (book.State is not (SirenState.Unknown or SirenState.LinkDown or SirenState.Failed)) return;
        Change(siren, SirenState.Ready, "link up", now, decisions);
        // An alarm it may have missed, or forgotten in a restart, is sounded for what is left of it.
        if (book.Due is { } due && due.Until - now >= ShortestSound)
            Command(siren, due.Alert, SirenAction.Sound, due.Tone, due.Until - now, false, now, decisions);
    }

    /// <summary>Commands that expired without an acknowledgement have failed.</summary>
    public void Tick(DateTimeOffset now, List<Decision> decisions)
    {
        for (int i = 0; i < books.Length; i++)
        {
            if (books[i].Open is not { Acknowledged: false } open || now <= open.Expires) continue;
            books[i].Open = null;
            Change(i, SirenState.Failed, $"no acknowledgement of {open.CommandId} before it expired", now, decisions);
        }
    }

    void Command(
        int siren, string alert, SirenAction action, string tone, TimeSpan duration, bool silentTest, DateTimeOffset now,
        List<Decision> decisions)
    {
        sequence++;
        string id = $"C-{Epoch}-{sequence}";
        DateTimeOffset expires = now + configuration.Warning.SirenCommandValidity;
        books[siren].Open = new OpenCommand(id, expires, false);
        (books[siren].Latest, books[siren].IsOver) = (id, false);
        if (!silentTest) books[siren].Due = action == SirenAction.Sound ? new DueSound(alert, tone, now + duration) : null;
        decisions.Add(new SirenCommanded(id, configuration.Sirens[siren].Id, alert, action, tone)
        {
            Epoch = Epoch,
            Sequence = sequence,
            DurationSeconds = (int)duration.TotalSeconds,
            Expires = expires,
            SilentTest = silentTest,
        });
        if (books[siren].LinkUp) Change(siren, SirenState.Commanded, id, now, decisions);
    }

    void Change(int siren, SirenState state, string detail, DateTimeOffset now, List<Decision> decisions)
    {
        SirenBook book = books[siren];
        if (book.State == state) return;
        (book.State, book.Since, book.Detail) = (state, now, detail);
        decisions.Add(new SirenStateChanged(configuration.Sirens[siren].Id, state, detail));
    }

    readonly record struct DueSound(string Alert, string Tone, DateTimeOffset Until);

    readonly record struct OpenCommand(string CommandId, DateTimeOffset Expires, bool Acknowledged);

    sealed class SirenBook
    {
        public SirenState State = SirenState.Unknown;
        public DateTimeOffset Since;
        public DateTimeOffset? LastHeard;
        public string Detail = "never heard of";
        public bool LinkUp;
        public OpenCommand? Open;
        /// <summary>The last command it was given; empty before the first.</summary>
        public string Latest = "";
        /// <summary>The siren itself has said that the latest command is done, or cannot be.</summary>
        public bool IsOver;
        /// <summary>What it should be sounding now.</summary>
        public DueSound? Due;
    }
}
