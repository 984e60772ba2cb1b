using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Nadhir.Geodesy;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Outlets;
using Nadhir.Sensing;
using Nadhir.Storage;

namespace Nadhir.Tests.Hosting;

/// <summary>Nothing leaves before it is on the disk.</summary>
public sealed class WatchLoopTests : IDisposable
{
    static readonly DateTimeOffset start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-loop-").FullName;

    [Fact]
    public async Task An_outlet_gets_a_decision_only_when_the_journal_holds_it_under_that_number()
    {
        var outlet = new Recording();
        await Play(outlet, pages: null, async loop =>
        {
            for (int i = 0; i < 50; i++) Assert.NotNull(await loop.Submit(Outage(i), TestContext.Current.CancellationToken));
        });
        Assert.Equal(50, outlet.Decisions.Count);
        Dictionary<long, Entry> entries = SqliteJournal.OpenReadOnly(folder).Read().ToDictionary(e => e.Seq, e => e.Entry);
        foreach (DurableDecision decision in outlet.Decisions)
            Assert.Equal(WatchJson.Encode(decision.Decision), entries[decision.Sequence].Payload.ToArray());
    }

    [Fact]
    public async Task Who_is_told_that_a_command_is_done_finds_it_on_the_boards_by_its_number()
    {
        await Play(new Recording(), pages: null, async loop =>
        {
            for (int i = 0; i < 50; i++)
            {
                Applied? done = await loop.Submit(Outage(i), TestContext.Current.CancellationToken);
                Assert.True(loop.Boards.Sequence > done!.Sequence, $"boards at {loop.Boards.Sequence}, told {done.Sequence}");
                Assert.Equal(loop.Boards.Sequence, SqliteJournal.OpenReadOnly(folder).CommittedCount);
            }
        });
    }

    [Fact]
    public async Task A_full_disk_holds_decisions_back_and_is_said_aloud()
    {
        var outlet = new Recording();
        string? fault = null;
        await Play(outlet, pages: 24, async loop =>
        {
            for (int i = 0; i < 3000; i++) loop.Offer(new Entry(EntryKind.Command, start, "test", WatchJson.Encode(Outage(i))));
            using PeriodicTimer ticks = new(TimeSpan.FromMilliseconds(20));
            for (int i = 0; i < 500 && loop.JournalFault is null; i++) await ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            fault = loop.JournalFault;
        });
        Assert.Contains("full", fault, StringComparison.Ordinal);
        Dictionary<long, Entry> entries = SqliteJournal.OpenReadOnly(folder).Read().ToDictionary(e => e.Seq, e => e.Entry);
        Assert.True(outlet.Decisions.Count < 3000);
        foreach (DurableDecision decision in outlet.Decisions)
            Assert.Equal(WatchJson.Encode(decision.Decision), entries[decision.Sequence].Payload.ToArray());
    }

    [Fact]
    public async Task Orders_beyond_the_limit_are_refused_counted_and_put_on_record()
    {
        var outlet = new Recording();
        await Play(outlet, pages: null, loop =>
        {
            Assert.Equal(Inbox.OrderLimit, Enumerable.Range(0, Inbox.OrderLimit + 10).Count(_ => loop.Offer(new Entry(EntryKind.Tick, start, "", default))));
            Assert.Equal(10, loop.Dropped);
            return Task.CompletedTask;
        }, runAfter: true);
        Assert.Contains(SqliteJournal.OpenReadOnly(folder).Read(), e => e.Entry.Kind == EntryKind.Command
            && System.Text.Encoding.UTF8.GetString(e.Entry.Payload.Span).Contains("10 commands, receipts or ticks were refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_feed_that_brings_more_than_can_be_held_loses_its_oldest_says_so_and_takes_nothing_from_the_others()
    {
        const int TooMany = Inbox.FeedLimit + 100;
        var outlet = new Recording();
        Boards? boards = null;
        await Play(outlet, pages: null, loop =>
        {
            for (int i = 0; i < TooMany; i++) loop.Offer(new Entry(EntryKind.Received, start, "flood", BitConverter.GetBytes(i)));
            Assert.True(loop.Offer(new Entry(EntryKind.Received, start, "radar", new byte[] { 1 })));
            Assert.True(loop.Offer(new Entry(EntryKind.Command, start, "test", WatchJson.Encode(Outage(1)))));
            loop.Changed += now => boards = now;
            return Task.CompletedTask;
        }, runAfter: true, enough: Inbox.FeedLimit + 3);
        List<Entry> entries = [.. SqliteJournal.OpenReadOnly(folder).Read().Select(e => e.Entry)];
        int[] kept = [.. entries.Where(e => e.Source == "flood").Select(e => BitConverter.ToInt32(e.Payload.Span))];
        Assert.Equal(Enumerable.Range(TooMany - Inbox.FeedLimit, Inbox.FeedLimit), kept);
        Assert.Single(entries, e => e.Source == "radar");
        Assert.True(entries.FindIndex(e => e.Source == "radar") < 10, "a flood on one feed delays no other");
        FeedRow flood = Assert.Single(boards!.Feeds, feed => feed.Id == "flood");
        Assert.Equal(100, flood.Lost);
        Assert.Contains(flood.Faults, fault => fault.Fault == "Overload" && fault.Count == 100);
        Assert.Contains(outlet.Decisions, d => d.Decision is FeedFaulted { Feed: "flood", Fault: "Overload", Count: 100 });
    }

    async Task Play(Recording outlet, long? pages, Func<WatchLoop, Task> act, bool runAfter = false, long enough = 2000)
    {
        WatchConfiguration configuration = new()
        {
            Name = "loop", Exercise = true, Sender = "test@nadhir.invalid", Origin = new GeoPoint(33, 44),
            Sensors = [new Sensor { Id = "R", Kind = SensorKind.Radar, Feed = "radar", Position = new GeoPosition(33, 44, 0) }],
        };
        using SqliteJournal journal = SqliteJournal.Create(folder, new JournalOptions { MostPages = pages });
        journal.Append(new Entry(EntryKind.Configuration, start, "", WatchJson.Encode(configuration)));
        journal.Commit();
        using var stopping = new CancellationTokenSource();
        using var loop = new WatchLoop(new Recorder(journal, Engine.Build(configuration, start)), start,
            SigningKey.ForExercise("exercise/loop"), new FakeTimeProvider(start), TimeSpan.FromHours(1), NullLogger<WatchLoop>.Instance);
        loop.Attach(outlet);
        if (runAfter) await act(loop);
        Task running = Task.Run(() => loop.Run(stopping.Token), TestContext.Current.CancellationToken);
        if (!runAfter) await act(loop);
        else
        {
            using PeriodicTimer ticks = new(TimeSpan.FromMilliseconds(20));
            for (int i = 0; i < 1000 && journal.CommittedCount < enough; i++) await ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        await stopping.CancelAsync();
        await running;
    }

    static AnnounceOutage Outage(int i) => new("R", Off: i % 2 == 0, $"outage {i}") { By = "test" };

    public void Dispose() => Directory.Delete(folder, recursive: true);

    sealed class Recording : IOutlet
    {
        public ConcurrentQueue<DurableDecision> Decisions { get; } = [];
        public string Name => "recording";
        public void Offer(in DurableDecision decision) => Decisions.Enqueue(decision);
    }
}
