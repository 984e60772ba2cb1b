using Nadhir.Hosting.Images;
using Nadhir.Journal;
using Nadhir.Outlets;
using Nadhir.Storage;

namespace Nadhir.Hosting;

/// <summary>What became of an input a caller waits for.</summary>
sealed record Applied(long Sequence, IReadOnlyList<Decision> Decisions);

/// <summary>
/// The one owner of the watch and its journal. Inputs wait in the <see cref="Inbox"/>; what feeds lose there is put on
/// record. Each turn takes what is there, applies it, commits it with one flush, and only then lets the outlets act. The
/// turn is a plain method, so tests can turn it.
/// </summary>
sealed partial class WatchLoop : IReceiptSink, IDisposable
{
    const int BatchLimit = 256;
    static readonly TimeSpan LossesEvery = TimeSpan.FromSeconds(1);
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    static readonly TimeSpan CheckpointEvery = TimeSpan.FromSeconds(10);

    readonly Inbox inbox;
    readonly Recorder recorder;
    readonly List<IOutlet> outlets = [];
    readonly TimeProvider clock;
    readonly ILogger<WatchLoop> logger;
    readonly List<(Input Input, long Sequence, Decision[] Decisions)> turn = [];
    readonly ITimer ticks;
    /// <summary>Long ago at the start: the first turn is signed at once, so that a record can be proved from its first second.</summary>
    DateTimeOffset lastCheckpoint;
    DateTimeOffset lastTime, lastLosses;
    volatile INoteSigner signer;
    INoteSigner? before; // Signs once more, together with the key it has announced.
    ImageTaker? images;
    volatile Boards boards;
    volatile string? journalFault;

    /// <param name="asterixFeeds">Feeds whose losses are told by source.</param>
    public WatchLoop(
        Recorder recorder, DateTimeOffset lastTime, INoteSigner signer, TimeProvider clock, TimeSpan tickPeriod,
        ILogger<WatchLoop> logger, IReadOnlySet<string>? asterixFeeds = null)
    {
        inbox = new(asterixFeeds);
        (this.recorder, this.lastTime, this.signer, this.clock, this.logger) = (recorder, lastTime, signer, clock, logger);
        boards = recorder.Watch.Snapshot();
        ticks = clock.CreateTimer(
            _ => Offer(new Entry(EntryKind.Tick, clock.GetUtcNow(), "", default)), null, tickPeriod, tickPeriod);
    }

    /// <summary>Outlets report back to the loop, so they are made after it; before <see cref="Run"/>.</summary>
    public void Attach(IOutlet outlet) => outlets.Add(outlet);

    /// <summary>Images of the watch are taken from now on; before <see cref="Run"/>.</summary>
    public void Attach(ImageTaker taker) => images = taker;

    /// <summary>The latest boards; replaced after every turn, never changed.</summary>
    public Boards Boards => boards;

    /// <summary>Why the journal cannot be written now, or null. While it is set, no outlet acts.</summary>
    public string? JournalFault => journalFault;

    /// <summary>Arrivals lost and orders refused because too many waited.</summary>
    public long Dropped => inbox.Lost;

    /// <summary>What waits to be taken now.</summary>
    public int OrdersWaiting => inbox.Orders;
    public int ArrivalsWaiting => inbox.Arrivals;

    /// <summary>Names of the outlets attached.</summary>
    public IEnumerable<string> Outlets => outlets.Select(outlet => outlet.Name);

    /// <summary>Raised after each turn, on the loop's thread.</summary>
    public event Action<Boards>? Changed;

    /// <summary>Queues an input; false when it is refused, or an older arrival of its feed was lost for it.</summary>
    public bool Offer(Entry entry) => inbox.Offer(new Input(entry, null));

    /// <summary>Queues an arrival only if there is room, for a source that can wait.</summary>
    public bool TryOffer(Entry entry) => inbox.TryOffer(new Input(entry, null));

    public void Offer(string source, Receipt receipt) =>
        Offer(new Entry(EntryKind.Receipt, clock.GetUtcNow(), source, WatchJson.Encode(receipt)));

    /// <summary>Queues a person's command and waits until it is on record with what was decided.</summary>
    public async Task<Applied?> Submit(Command command, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource<Applied>(TaskCreationOptions.RunContinuationsAsynchronously);
        Entry entry = new(EntryKind.Command, clock.GetUtcNow(), command.By, WatchJson.Encode(command));
        return inbox.Offer(new Input(entry, done)) ? await done.Task.WaitAsync(cancellation) : null;
    }

    /// <summary>After a restart: a decision that may not have gone out. Outlets know what they have already done.</summary>
    public void OfferAgain(in RestoredDecision decision)
    {
        foreach (IOutlet outlet in outlets)
            outlet.Offer(new DurableDecision(decision.Sequence, decision.Time, clock.GetUtcNow(), decision.Decision));
    }

    /// <summary>The key that signs now.</summary>
    public NoteKey SignedBy => signer.PublicKey;

    public INoteSigner Signer => signer;

    /// <summary>Queues what is to be put on record about the record itself, and waits until it is.</summary>
    /// <param name="next">The key it announces; null: none.</param>
    public async Task<Applied?> Submit(Entry note, INoteSigner? next)
    {
        var done = new TaskCompletionSource<Applied>(TaskCreationOptions.RunContinuationsAsynchronously);
        return inbox.Offer(new Input(note, done, next)) ? await done.Task : null;
    }

    public async Task Run(CancellationToken stopping)
    {
        try
        {
            while (await inbox.WaitAsync(stopping))
            {
                inbox.Heard();
                Apply();
                while (!TryCommit())
                    await Task.Delay(RetryAfter, clock, stopping);
                Act();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping: what was applied is committed below.
        }

        Apply();
        if (TryCommit()) Act();
    }

    /// <summary>Takes what is queued and lets the watch decide.</summary>
    void Apply()
    {
        RecordLosses();
        int taken = 0;
        while (taken < BatchLimit && inbox.TryTake(out Input input))
        {
            Apply(input);
            taken++;
        }

        if (taken == BatchLimit) inbox.Ring(); // there may be more
    }

    /// <summary>What feeds lost is on record within a second or two, and on the boards.</summary>
    void RecordLosses()
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (now - lastLosses < LossesEvery) return;
        if (inbox.TakeRefused() is > 0 and var refused)
        {
            RecordEvent refusal = new("input.refused", $"{refused} commands, receipts or ticks were refused: {Inbox.OrderLimit} waited already")
                { By = "nadhir" };
            Apply(new Input(new Entry(EntryKind.Command, now, "nadhir", WatchJson.Encode(refusal)), null));
            lastLosses = now;
        }

        if (!inbox.TryTakeLosses(out List<(string Feed, long Lost, string Detail)>? losses)) return;
        lastLosses = now;
        foreach ((string feed, long lost, string detail) in losses)
        {
            FeedLossReceipt loss = new(feed, lost) { At = now, Detail = detail };
            Apply(new Input(new Entry(EntryKind.Receipt, now, "nadhir", WatchJson.Encode(loss)), null));
        }
    }

    void Apply(Input input)
    {
        // Whole microseconds, never backwards: the journal's own order of time.
        DateTimeOffset time = input.Entry.Time > lastTime ? input.Entry.Time : lastTime;
        time = new DateTimeOffset(time.Ticks - (time.Ticks % 10), TimeSpan.Zero);
        lastTime = time;
        Entry entry = input.Entry with { Time = time };
        long sequence = recorder.NextSequence;
        IReadOnlyList<Decision> decisions = recorder.Apply(entry);
        turn.Add((input with { Entry = entry }, sequence, decisions.Count == 0 ? [] : [.. decisions]));
    }

    bool TryCommit()
    {
        try
        {
            recorder.Commit();
            if (journalFault is not null) LogJournalWell(logger);
            journalFault = null;
        }
        catch (IOException fault)
        {
            if (journalFault is null) LogJournalFault(logger, fault.Message);
            journalFault = fault.Message;
            return false;
        }

        Sign();
        return true;
    }

    /// <summary>A signature that fails holds nothing back: what it would sign is on disk already.</summary>
    void Sign()
    {
        if (clock.GetUtcNow() - lastCheckpoint < CheckpointEvery) return;
        lastCheckpoint = clock.GetUtcNow();
        try
        {
            recorder.Journal.WriteCheckpoint(before is null ? [signer] : [signer, before]);
            before = null;
        }
        catch (IOException fault)
        {
            LogSignatureFault(logger, fault.Message);
        }
    }

    /// <summary>Everything of the turn is durable: outlets may act, readers may see.</summary>
    void Act()
    {
        DateTimeOffset durable = clock.GetUtcNow();
        foreach ((Input input, long sequence, Decision[] decisions) in turn)
        {
            for (int i = 0; i < decisions.Length; i++)
            {
                DurableDecision decision = new(sequence + 1 + i, input.Entry.Time, durable, decisions[i]);
                foreach (IOutlet outlet in outlets) outlet.Offer(decision);
            }
        }

        if (turn.Count == 0) return;
        foreach ((Input input, long _, Decision[] _) in turn)
            if (input.NextKey is { } next) ChangeKey(next);
        boards = recorder.Watch.Snapshot();
        Changed?.Invoke(boards);
        // Who is told that it was done finds it on the boards.
        foreach ((Input input, long sequence, Decision[] decisions) in turn) input.Done?.TrySetResult(new Applied(sequence, decisions));
        turn.Clear();
        images?.TakeIfDue(recorder, lastTime);
    }

    /// <summary>The announcement is durable: both keys sign one checkpoint, from then on the next alone.</summary>
    void ChangeKey(INoteSigner next)
    {
        (before, signer) = (signer, next);
        lastCheckpoint = default;
        Sign();
    }

    public void Dispose()
    {
        ticks.Dispose();
        inbox.Close();
    }

    [LoggerMessage(1001, LogLevel.Critical, "The journal cannot be written; decisions are held back until it can: {Fault}")]
    static partial void LogJournalFault(ILogger logger, string fault);

    [LoggerMessage(1003, LogLevel.Error, "The checkpoint cannot be written; the record goes on unsigned: {Fault}")]
    static partial void LogSignatureFault(ILogger logger, string fault);

    [LoggerMessage(1002, LogLevel.Information, "The journal is written again; what was held back has gone out")]
    static partial void LogJournalWell(ILogger logger);
}
