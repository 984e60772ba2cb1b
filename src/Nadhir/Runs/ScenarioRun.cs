using Nadhir.Journal;
using Nadhir.Outlets;
using Nadhir.Simulation;
using Nadhir.Simulation.Scenarios;
using Nadhir.Simulation.Sirens;
using Nadhir.Storage;

namespace Nadhir.Runs;

/// <summary>
/// A scenario as fast as the machine can: the same bytes as in the demo, the same engine and journal, a simulated clock.
/// The people and the sirens at the other end are simulated too. Deterministic: the same scenario, variant and seed give
/// the same journal.
/// </summary>
sealed class ScenarioRun(IPreparedRun scenario, IRunBook recorder, IReadOnlyList<IOutlet> outlets, IRunObserver? observer = null)
{
    const int CommitEvery = 4096;

    /// <summary>At equal times people come first, then answers, then sensors, then the clock.</summary>
    readonly PriorityQueue<Entry, (DateTimeOffset At, int Rank, long Order)> queue = new();
    readonly DutyOfficer people = scenario.People();
    readonly SirenLinkModel sirens = scenario.SirenLinks();
    long order;

    public long Entries { get; private set; }

    public void Play(IProgress<double>? progress)
    {
        recorder.Apply(new Entry(EntryKind.Configuration, scenario.Start, "", WatchJson.Encode(scenario.Configuration)));
        foreach (TimedReceipt receipt in sirens.AtStart(scenario.Start)) Answer(receipt);
        foreach (TimedCommand command in scenario.Commands) Order(command);
        using IEnumerator<SimulatedArrival> arrivals = scenario.Arrivals().GetEnumerator();
        using IEnumerator<DateTimeOffset> ticks = scenario.Ticks().GetEnumerator();
        bool moreArrivals = arrivals.MoveNext(), moreTicks = ticks.MoveNext();
        while (moreArrivals || moreTicks || queue.Count > 0)
        {
            DateTimeOffset arrival = moreArrivals ? arrivals.Current.At : DateTimeOffset.MaxValue;
            DateTimeOffset tick = moreTicks ? ticks.Current : DateTimeOffset.MaxValue;
            DateTimeOffset sensor = arrival <= tick ? arrival : tick;
            if (queue.TryPeek(out Entry? next, out _) && next.Time <= sensor)
            {
                queue.Dequeue();
                if (Holds(next)) Take(next);
            }
            else if (arrival <= tick)
            {
                Take(new Entry(EntryKind.Received, arrival, arrivals.Current.Feed, arrivals.Current.Bytes));
                moreArrivals = arrivals.MoveNext();
            }
            else
            {
                Take(new Entry(EntryKind.Tick, tick, "", default));
                if (observer?.OnTick(tick, recorder.Watch) == false) break;
                moreTicks = ticks.MoveNext();
                progress?.Report((tick - scenario.Start) / (scenario.End - scenario.Start));
            }
        }

        recorder.Commit();
    }

    void Take(Entry entry)
    {
        entry = entry with { Time = Microseconds(entry.Time) };
        long sequence = recorder.NextSequence;
        Decision[] decisions = [.. recorder.Apply(entry)];
        Entries += 1 + decisions.Length;
        if (recorder.Waiting >= CommitEvery) recorder.Commit();
        for (int i = 0; i < decisions.Length; i++)
        {
            observer?.OnDecision(entry.Time, decisions[i]);
            foreach (TimedCommand command in people.OnDecision(entry.Time, decisions[i])) Order(command);
            foreach (TimedReceipt receipt in sirens.OnDecision(entry.Time, decisions[i])) Answer(receipt);
            if (outlets.Count == 0 || decisions[i] is not MessageIssued) continue;
            recorder.Commit();
            foreach (IOutlet outlet in outlets) outlet.Offer(new DurableDecision(sequence + 1 + i, entry.Time, entry.Time, decisions[i]));
        }
    }

    bool Holds(Entry entry) => entry.Kind != EntryKind.Receipt
        || System.Text.Json.JsonSerializer.Deserialize(entry.Payload.Span, WatchJson.Default.Receipt) is not { } receipt
        || sirens.StillHolds(new TimedReceipt(entry.Time, receipt));

    void Order(TimedCommand command) =>
        Queue(new Entry(EntryKind.Command, command.At, command.Command.By, WatchJson.Encode(command.Command)), 0);

    void Answer(TimedReceipt receipt) => Queue(new Entry(EntryKind.Receipt, receipt.At, "sirens", WatchJson.Encode(receipt.Receipt)), 1);

    void Queue(Entry entry, int rank) => queue.Enqueue(entry, (entry.Time, rank, order++));

    static DateTimeOffset Microseconds(DateTimeOffset time) => new(time.Ticks - (time.Ticks % 10), TimeSpan.Zero);
}
