using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Nadhir.Journal;

namespace Nadhir.Hosting;

/// <summary>
/// What waits for the watch. Orders (commands, receipts, ticks) are served before what sensors bring, and none is ever
/// thrown away: when <see cref="OrderLimit"/> wait, the next is refused and its sender told. What sensors bring waits in
/// a line of each feed's own; the lines are served in turn, so that a flood on one delays no other. A line that is full
/// loses its oldest arrival for the newest (an old plot is worth less than a new one), and that is counted by feed, and
/// within ASTERIX feeds by source.
/// </summary>
/// <param name="asterixFeeds">Feeds whose arrivals tell their source.</param>
sealed class Inbox(IReadOnlySet<string>? asterixFeeds = null)
{
    /// <summary>Orders that may wait.</summary>
    public const int OrderLimit = 65_536;
    /// <summary>Arrivals of one feed that may wait, and their bytes together.</summary>
    public const int FeedLimit = 4_096;
    public const long FeedBytes = 16 * 1024 * 1024;
    /// <summary>Lines there may be; names beyond share one.</summary>
    public const int MostFeeds = 1_024;
    const string OtherFeeds = "(others)";

    readonly Lock gate = new();
    readonly Queue<Input> orders = new();
    readonly Dictionary<string, Line> lines = new(StringComparer.Ordinal);
    readonly Queue<Line> waiting = new();
    readonly Channel<bool> bell = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    bool anyLost;
    long lost, refused;

    /// <summary>Arrivals lost and orders refused since the start.</summary>
    public long Lost => Interlocked.Read(ref lost);

    /// <summary>Completes when there may be something to take; false once the inbox is closed.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken stopping) => bell.Reader.WaitToReadAsync(stopping);

    /// <summary>Takes the bell's ring: to be called before <see cref="TryTake"/> is called until it finds nothing.</summary>
    public void Heard() => bell.Reader.TryRead(out bool _);

    /// <summary>Queues an input; false when an order is refused or an older arrival of the same feed was lost for it.</summary>
    public bool Offer(in Input input)
    {
        bool kept;
        lock (gate) kept = input.Entry.Kind == EntryKind.Received ? Queue(input) : QueueOrder(input);
        if (!kept) Interlocked.Increment(ref lost);
        Ring();
        return kept;
    }

    /// <summary>Queues an arrival only if its line has room: for a source that can wait.</summary>
    public bool TryOffer(in Input input)
    {
        lock (gate)
        {
            Line line = LineOf(input.Entry.Source);
            if (line.IsFullFor(input.Entry.Payload.Length)) return false;
            Queue(input);
        }

        Ring();
        return true;
    }

    /// <summary>The next input: orders first, then the feeds in turn.</summary>
    public bool TryTake(out Input input)
    {
        lock (gate)
        {
            if (orders.TryDequeue(out input)) return true;
            if (!waiting.TryDequeue(out Line? line)) return false;
            input = line.Take();
            if (line.Count > 0) waiting.Enqueue(line);
            return true;
        }
    }

    /// <summary>What feeds lost since the last call.</summary>
    public bool TryTakeLosses([NotNullWhen(true)] out List<(string Feed, long Lost, string Detail)>? losses)
    {
        losses = null;
        lock (gate)
        {
            if (!anyLost) return false;
            anyLost = false;
            losses = [];
            foreach ((string feed, Line line) in lines)
            {
                if (line.Lost.Count == 0) continue;
                losses.Add((feed, line.Lost.Count, line.Lost.Detail));
                line.Lost = new(IsAsterix(feed));
            }
        }

        losses.Sort((a, b) => string.CompareOrdinal(a.Feed, b.Feed));
        return true;
    }

    /// <summary>Orders refused since the last call.</summary>
    public long TakeRefused()
    {
        lock (gate)
        {
            long taken = refused;
            refused = 0;
            return taken;
        }
    }

    /// <summary>Nothing more is to be waited for; what is queued can still be taken.</summary>
    public void Close() => bell.Writer.TryComplete();

    /// <summary>Wakes the reader.</summary>
    public void Ring() => bell.Writer.TryWrite(true);

    bool QueueOrder(in Input input)
    {
        if (orders.Count < OrderLimit)
        {
            orders.Enqueue(input);
            return true;
        }

        refused++;
        return false;
    }

    bool Queue(in Input input)
    {
        Line line = LineOf(input.Entry.Source);
        bool kept = true;
        while (line.Count > 0 && line.IsFullFor(input.Entry.Payload.Length))
        {
            line.Lost.Add(line.Take().Entry);
            anyLost = true;
            kept = false;
        }

        if (line.Count == 0 && kept) waiting.Enqueue(line); // a line that lost its last is in the queue of lines already
        line.Add(input);
        return kept;
    }

    Line LineOf(string feed)
    {
        if (lines.TryGetValue(feed, out Line? line)) return line;
        if (lines.Count >= MostFeeds - 1) feed = OtherFeeds;
        if (!lines.TryGetValue(feed, out line)) lines[feed] = line = new Line { Lost = new(IsAsterix(feed)) };
        return line;
    }

    bool IsAsterix(string feed) => asterixFeeds?.Contains(feed) == true;

    sealed class Line
    {
        readonly Queue<Input> inputs = new();
        long bytes;

        public int Count => inputs.Count;
        public required FeedLosses Lost;

        public bool IsFullFor(int more) => inputs.Count >= FeedLimit || bytes + more > FeedBytes;

        public void Add(in Input input)
        {
            inputs.Enqueue(input);
            bytes += input.Entry.Payload.Length;
        }

        public Input Take()
        {
            Input input = inputs.Dequeue();
            bytes -= input.Entry.Payload.Length;
            return input;
        }
    }
}

/// <summary>Something that goes into the journal, and who waits for it.</summary>
/// <param name="NextKey">The key that signs once this is on record, which then announces it; null: none changes.</param>
readonly record struct Input(Entry Entry, TaskCompletionSource<Applied>? Done, INoteSigner? NextKey = null);
