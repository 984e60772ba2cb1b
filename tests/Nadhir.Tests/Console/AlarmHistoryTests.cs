using System.Net.Http.Json;
using System.Text.Json;
using Nadhir.Alarms;
using Nadhir.Journal;
using Nadhir.Outlets;
using Nadhir.Sensing;
using Nadhir.Storage;
using Nadhir.Warning;

namespace Nadhir.Tests.Console;

/// <summary>What was called out, as the journal has it, and how much that was for one person.</summary>
public sealed class AlarmHistoryTests : IDisposable
{
    static readonly DateTimeOffset Start = new(2024, 7, 29, 21, 40, 0, TimeSpan.Zero);
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-alarms-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_change_of_state_is_called_out_and_new_figures_are_not()
    {
        Assert.Equal(AlertState.Warning, AlarmRow.Of(1, Start, Change("A-1", AlertState.Warning, before: AlertState.Watch))!.State);
        Assert.Null(AlarmRow.Of(1, Start, Change("A-1", AlertState.Warning, before: AlertState.Warning)));
        Assert.Null(AlarmRow.Of(1, Start, Change("A-1", AlertState.Closed, before: AlertState.AllClear)));
    }

    [Fact]
    public void Lost_sight_and_a_wrong_clock_are_called_out_and_what_is_well_again_is_not()
    {
        Assert.Equal(AlarmKind.Sensor, AlarmRow.Of(1, Start, new SensorStateChanged("R1", SensorState.Lost, null, "silent"))!.Kind);
        Assert.Null(AlarmRow.Of(1, Start, new SensorStateChanged("R1", SensorState.Working, null, "")));
        Assert.Equal(AlarmKind.Clock, AlarmRow.Of(1, Start, new SensorClockChanged("R1", ClockState.Offset, 4, ""))!.Kind);
        Assert.Null(AlarmRow.Of(1, Start, new SensorClockChanged("R1", ClockState.Right, 0, "")));
        Assert.Equal("Z-1 Z-2", AlarmRow.Of(1, Start, new CoverageChanged(Coverage.Blind, ["Z-1", "Z-2"]))!.Subject);
        Assert.Null(AlarmRow.Of(1, Start, new CoverageChanged(Coverage.Full, ["Z-1"])));
    }

    [Fact]
    public void What_a_record_holds_of_earlier_and_what_is_decided_meanwhile_come_in_order()
    {
        using SqliteJournal journal = SqliteJournal.Create(folder);
        journal.Append(new Entry(EntryKind.Configuration, Start, "", WatchJson.Encode(SyntheticConfiguration.Make(exercise: true))));
        Append(journal, 1, Change("A-Z-1", AlertState.Watch, before: null));
        Append(journal, 2, new TrackDropped(7, Start, new(33, 44)));
        Append(journal, 3, new Recorded("acknowledgement", "A-Z-1/duty officer"));
        journal.Commit();
        AlarmHistory history = new(journal.CommittedCount);
        Assert.False(history.Ask(null, null, 10, Start).Complete);

        history.Offer(Durable(2, new CoverageChanged(Coverage.Blind, ["Z"]))); // offered once more after a restart
        history.Offer(Durable(journal.CommittedCount, Change("A-Z-1", AlertState.Warning, before: AlertState.Watch)));
        history.Read(folder, TestContext.Current.CancellationToken);
        history.Offer(Durable(journal.CommittedCount + 1, new SensorStateChanged("R1", SensorState.Lost, null, "silent")));

        AlarmAnswer all = history.Ask(null, null, 10, Start.AddMinutes(1));
        Assert.True(all.Complete);
        Assert.Equal([AlarmKind.Sensor, AlarmKind.Alert, AlarmKind.Acknowledgement, AlarmKind.Alert], all.Rows.Select(row => row.Kind));
        AlarmAnswer ofZone = history.Ask("Z", null, 1, Start.AddMinutes(1));
        Assert.Equal(AlertState.Warning, ofZone.Rows.Single().State);
        Assert.Equal(2, ofZone.More);
        Assert.Equal("duty officer", history.Ask("Z", null, 10, Start).Rows[1].By);
        Assert.Empty(history.Ask("elsewhere", null, 10, Start).Rows);
        Assert.Equal(3, all.Load.LastTenMinutes);
    }

    [Fact]
    public void Rows_beyond_the_limit_leave_the_oldest_first_and_are_counted()
    {
        AlarmHistory history = new();
        for (int i = 0; i < AlarmHistory.MostRows + 5; i++) history.Offer(Durable(i, Change($"A-{i}", AlertState.Watch, before: null)));
        AlarmAnswer answer = history.Ask(null, null, 1, Start);
        Assert.Equal(5, answer.Forgotten);
        Assert.Equal($"A-{AlarmHistory.MostRows + 4}", answer.Rows[0].Alert);
    }

    [Fact]
    public void The_worst_ten_minutes_of_a_day_are_found_wherever_they_lie()
    {
        DateTimeOffset[] times = [.. new[] { -1500, -700, -699, -698, -694, -60, -5, -2 }.Select(minutes => Start.AddMinutes(minutes))];
        AlarmLoad load = AlarmLoad.Of(times, Start);
        Assert.Equal((2, 3, 4), (load.LastTenMinutes, load.LastHour, load.WorstTenMinutes));
        Assert.Equal(Start.AddMinutes(-700), load.WorstFrom);
        Assert.Equal(new AlarmLoad(0, 0, 0, null), AlarmLoad.Of([], Start));
    }

    [Fact]
    public async Task The_api_tells_alarms_to_everybody_and_figures_of_the_system_to_operators_only()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        SyntheticWatch watch = new() { Health = new([]) { Figures = [new("orders", 3, 65_536)] } };
        await using ConsoleHost host = await ConsoleHost.Start(new() { OperatorToken = "secret" }, watch);
        JsonElement alarms = await host.Client.GetFromJsonAsync<JsonElement>("api/alarms?zone=Z-JURF", cancellation);
        Assert.True(alarms.GetProperty("complete").GetBoolean());
        Assert.Equal(0, alarms.GetProperty("load").GetProperty("lastTenMinutes").GetInt32());
        JsonElement open = await host.Client.GetFromJsonAsync<JsonElement>("api/health", cancellation);
        Assert.False(open.TryGetProperty("figures", out _));
        host.Client.DefaultRequestHeaders.Authorization = new("Bearer", "secret");
        JsonElement whole = await host.Client.GetFromJsonAsync<JsonElement>("api/health", cancellation);
        Assert.Equal(["orders", "streams"], whole.GetProperty("figures").EnumerateArray().Select(one => one.GetProperty("name").GetString()));
    }

    static void Append(SqliteJournal journal, int second, Decision decision) =>
        journal.Append(new Entry(EntryKind.Decision, Start.AddSeconds(second), "", WatchJson.Encode(decision)));

    static DurableDecision Durable(long sequence, Decision decision) => new(sequence, Start.AddSeconds(30), Start.AddSeconds(30), decision);

    static AlertChanged Change(string alert, AlertState state, AlertState? before) => new(alert, "Z", state, ThreatKind.Aircraft)
    {
        Before = before, Since = Start, Probability = 0.5, Reason = "1 track", Policy = Release.Automatic, By = "rule",
    };
}
