using System.Collections.Concurrent;
using Nadhir.Outlets;
using Nadhir.Outlets.Push;
using Nadhir.Warning;

namespace Nadhir.Commands;

/// <summary>
/// What was decided, when, and when each far end had it. All times are of one clock: that of the journal's entries.
/// </summary>
/// <param name="listened">Zones whose page and phones somebody watches.</param>
sealed class OutletBenchTimes(HashSet<string> listened, TimeProvider clock) : IOutlet
{
    public const string Rule = "warned by the rule";

    readonly ConcurrentQueue<OutletBenchRow> rows = [];
    readonly ConcurrentDictionary<(string Outlet, string Key), ConcurrentQueue<DateTimeOffset>> arrivals = [];
    string by = "";

    public string Name => "measuring";

    /// <summary>What people are doing now; what the rule decides goes under <see cref="Rule"/>.</summary>
    public string Phase { get; set; } = "";

    public IEnumerable<OutletBenchRow> Rows => rows;

    /// <summary>A far end has something. Of a thing that comes again the first time after its decision counts.</summary>
    public void Had(string outlet, string key) => arrivals.GetOrAdd((outlet, key), _ => []).Enqueue(clock.GetUtcNow());

    /// <summary>When a row's far end first had it; null: not yet.</summary>
    public DateTimeOffset? ArrivalOf(OutletBenchRow row)
    {
        if (!arrivals.TryGetValue((row.Outlet, row.Key), out ConcurrentQueue<DateTimeOffset>? times)) return null;
        foreach (DateTimeOffset at in times) if (at >= row.Durable) return at;
        return null;
    }

    /// <summary>What people ordered that has not arrived everywhere.</summary>
    public int Missing => rows.Count(row => row.Phase != Rule && ArrivalOf(row) is null);

    public void Offer(in DurableDecision decision)
    {
        switch (decision.Decision)
        {
            case AlertChanged changed:
                by = changed.By;
                break;
            case SirenCommanded { SilentTest: false } command:
                Expect("siren over MQTT", command.CommandId, command.Alert, decision);
                break;
            case MessageIssued { Message: var message }:
                Expect("CAP in the Atom feed", message.Identifier, message.Alert, decision);
                Expect("CAP by webhook", message.Identifier, message.Alert, decision);
                Expect("CAP over MQTT", message.Identifier, message.Alert, decision);
                Expect("Cursor-on-Target", CotKey(message.Alert, CotType(message.State)), message.Alert, decision);
                if (!listened.Contains(message.Areas[0].Zone)) break;
                Expect("public page (SSE)", message.Identifier, message.Alert, decision);
                Expect("web push", PushMessage.From(message).Topic, message.Alert, decision);
                break;
        }
    }

    public static string CotKey(string alert, string type) => $"{alert} {type}";

    static string CotType(AlertState state) => state switch
    {
        AlertState.Warning => "b-a-o-tbl",
        AlertState.Watch => "b-a-o-pan",
        _ => "b-a-o-can",
    };

    void Expect(string outlet, string key, string alert, in DurableDecision decision) => rows.Enqueue(
        new(by == "rule" ? Rule : Phase, outlet, key, alert, decision.Time, decision.DurableAt));
}

/// <param name="Phase">What was going on.</param>
/// <param name="Key">By which the far end knows it.</param>
/// <param name="Input">When the input came that led to it.</param>
/// <param name="Durable">When the journal had it on disk.</param>
sealed record OutletBenchRow(string Phase, string Outlet, string Key, string Alert, DateTimeOffset Input, DateTimeOffset Durable);
