using System.Collections.Immutable;
using Nadhir.Core.Tests.Desks;
using Nadhir.Posture;
using Nadhir.Warning;
using static Nadhir.Core.Tests.Posture.ActingBench;

namespace Nadhir.Core.Tests.Posture;

public sealed class ShiftTests
{
    static ShiftBoard Shift(WatchBench bench) => bench.Watch.Snapshot().Shift;

    static AcknowledgeHandOver Takes(string id, params string[] items) => new(id) { By = "night", Items = [.. items] };

    [Fact]
    public void A_hand_over_lists_all_that_is_open()
    {
        WatchBench bench = New();
        bench.WarnThenTurnAway();
        bench.Give(Phase("B"));
        bench.Give(new IssueDirective("D", ["south", "apart"], "close") { By = "issuer" });
        bench.Give(new ReportDirective("D", "apart", DirectiveState.Done, "") { By = "a" });
        bench.Give(new SetThreatLevel(Port, "high", "cell", "reports", bench.Now.AddSeconds(5)) { By = "analyst" });
        bench.Give(new ReportReadiness(Port, "doors", ReadinessStatus.Active) { By = "owner" });
        bench.Wait(210);
        bench.Give(new HandOver("night") { By = "day" });
        ImmutableArray<HandOverItem> items = Shift(bench).HandOver!.Items;
        Assert.Equal(
            [
                $"alert:{bench.Alert.Id}", "siren:elsewhere", "siren:n", "sensor:s", "phase:port", "threat:port", "measure:port/guards",
                "measure:port/shelters", "readiness:port/doors", "directive:D",
            ],
            items.Select(item => item.Id).Order(Comparer<string>.Create((a, b) => Array.IndexOf(Kinds, a.Split(':')[0]) is var x
                && Array.IndexOf(Kinds, b.Split(':')[0]) is var y && x != y ? x.CompareTo(y) : string.CompareOrdinal(a, b))));
        Assert.Contains("1 of 2 formations not done", items[^1].Detail, StringComparison.Ordinal);
        Assert.Equal(["1", "2", "0"], items[^1].Figures);
        // A console makes its own words: all that ours are made from stands beside them.
        Assert.Equal(["z", "Warning", "AllClear"], items[0].Figures);
        Assert.All(items.Skip(1), item => Assert.All(item.Figures, figure => Assert.Contains(figure, item.Detail, StringComparison.Ordinal)));
        Assert.All(items, item => Assert.NotEmpty(item.Figures));
        HandOverItem siren = items.Single(item => item.Id == "siren:n");
        Assert.NotNull(siren.Cause);
        Assert.EndsWith(siren.Cause.Words, siren.Detail, StringComparison.Ordinal);
    }

    static readonly string[] Kinds = ["alert", "siren", "sensor", "phase", "threat", "measure", "readiness", "directive"];

    [Fact]
    public void The_watch_passes_when_the_incoming_person_has_acknowledged_every_item()
    {
        WatchBench bench = New();
        bench.Wait(1);
        bench.Give(new HandOver("night") { By = "day" });
        string[] items = [.. Shift(bench).HandOver!.Items.Select(item => item.Id)];
        Assert.True(items.Length > 1);
        bench.Give(Takes("H-1", items[0]) with { By = "day" }).Refused("it is night who takes the watch");
        bench.Give(Takes("H-1", "alert:none")).Refused("no item alert:none in H-1");
        bench.Give(Takes("H-7")).Refused("no hand-over H-7 is open");
        bench.Wait(1);
        bench.Give(Takes("H-1", items[0]));
        Assert.Equal("day", Shift(bench).By);
        bench.Wait(1);
        Assert.Equal(("night", "day"), Assert.Single(bench.Give(Takes("H-1")).OfType<WatchTaken>()) is var taken ? (taken.By, taken.Before) : default);
        Assert.Equal("night", Shift(bench).By);
        Assert.All(Shift(bench).HandOver!.Items, item => Assert.NotNull(item.Acknowledged));
        Assert.Equal(new WatchPeriod("day", WatchBench.Start.AddSeconds(1), WatchBench.Start.AddSeconds(3)), Assert.Single(Shift(bench).Earlier));
    }

    [Fact]
    public void Only_who_has_the_watch_hands_it_over_and_to_another_person()
    {
        WatchBench bench = New();
        bench.Give(new TakeWatch("") { By = "day" });
        bench.Give(new HandOver("night") { By = "stranger" }).Refused("day has the watch");
        bench.Give(new HandOver("DAY") { By = "day" }).Refused("the watch is handed to another person");
        bench.Give(new HandOver(" ") { By = "day" }).Refused("say who takes the watch");
    }

    [Fact]
    public void A_watch_that_nobody_hands_over_is_taken_with_a_reason_and_the_list_still_asks()
    {
        WatchBench bench = New();
        bench.Give(new TakeWatch("") { By = "day" });
        bench.Give(new TakeWatch("") { By = "day" }).Refused("day has the watch already");
        bench.Give(new TakeWatch("") { By = "night" }).Refused("day has the watch: say why it is taken without being handed over");
        bench.Give(new TakeWatch("day was called away") { By = "night" });
        Assert.Equal(("night", "day was called away"), (Shift(bench).By, Shift(bench).HandOver!.Reason));
        Assert.Contains(Shift(bench).HandOver!.Items, item => item.Acknowledged is null);
        Assert.Empty(bench.Give(Takes("H-2")).OfType<WatchTaken>());
        Assert.DoesNotContain(Shift(bench).HandOver!.Items, item => item.Acknowledged is null);
    }

    [Fact]
    public void A_list_longer_than_it_may_be_tells_how_many_it_left_out()
    {
        WatchBench bench = New();
        for (int i = 0; i < CommandCheck.MostHandOverItems + 5; i++)
            bench.Give(new IssueDirective($"D{i:0000}", ["south"], "t") { By = "x" });
        bench.Give(new HandOver("night") { By = "day" });
        HandOverRow row = Shift(bench).HandOver!;
        Assert.Equal(CommandCheck.MostHandOverItems, row.Items.Length);
        Assert.Equal(5 + 3, row.More); // two sirens and a sensor before them
    }

    [Fact]
    public void The_board_keeps_the_latest_periods_only()
    {
        WatchBench bench = New();
        for (int i = 0; i < CommandCheck.MostWatchPeriods + 10; i++) bench.Give(new TakeWatch("drill") { By = $"p{i}" });
        Assert.Equal(CommandCheck.MostWatchPeriods, Shift(bench).Earlier.Length);
        Assert.Equal($"p{CommandCheck.MostWatchPeriods + 8}", Shift(bench).Earlier[^1].By);
    }

    [Fact]
    public void Two_watches_given_the_same_entries_decide_and_show_alike()
    {
        WatchBench one = New(OnAlert(AlertState.Warning, "B")), other = New(OnAlert(AlertState.Warning, "B"));
        foreach (WatchBench bench in new[] { one, other })
        {
            bench.WarnThenTurnAway();
            bench.Give(new IssueDirective("D", ["region"], "t") { By = "x", Deadline = bench.Now.AddSeconds(20), RenewAfterSeconds = 60 });
            bench.Wait(200);
            bench.Give(new HandOver("night") { By = "day" });
        }

        Assert.Equal(one.All.Select(WatchJson.Encode), other.All.Select(WatchJson.Encode));
    }
}
