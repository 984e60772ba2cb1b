using Nadhir.Core.Tests.Desks;
using Nadhir.Warning;

namespace Nadhir.Tests.Lessons;

/// <summary>
/// In the real years of docs/warning.md hundreds of alerts began again within five minutes of their all-clear. A danger
/// that comes and goes is one alert, counted, and no siren flaps with it.
/// </summary>
public sealed class RepeatedAlertTests
{
    [Fact]
    public void A_warning_within_five_minutes_of_the_all_clear_is_the_same_alert_raised_again_and_counted()
    {
        WatchBench bench = new();
        for (int repeat = 1; repeat <= 3; repeat++)
        {
            bench.WarnThenTurnAway(repeat);
            bench.Give(new EndAlert("A-z-1") { By = "duty" });
            bench.Wait(120);
        }

        bench.See(9, 80);
        Assert.Equal(("A-z-1", AlertState.Warning, 3), (bench.Alert.Id, bench.Alert.State, bench.Alert.Repeats));
        Assert.StartsWith("again: ", bench.Alert.Reason, StringComparison.Ordinal);
        Assert.Single(bench.Watch.Snapshot().Alerts);
        PublicMessage[] told = [.. bench.All.OfType<MessageIssued>().Select(one => one.Message)];
        Assert.Single(told, one => one.Type == MessageType.Alert);
        Assert.Equal(told.Length - 1, told[^1].References.Length);
    }

    [Fact]
    public void A_watch_within_the_pause_is_held_back_and_counted_once_each_time_it_would_have_come()
    {
        WatchBench bench = new();
        bench.WarnThenTurnAway();
        bench.Give(new EndAlert("A-z-1") { By = "duty" });
        int told = bench.All.OfType<MessageIssued>().Count();
        for (int time = 1; time <= 2; time++)
        {
            bench.See(2, 120);
            bench.Wait(40);
            Assert.Equal(time, bench.Alert.HeldBack);
            bench.See(2, 120, -250);
            bench.Wait(40);
        }

        Assert.Equal(told, bench.All.OfType<MessageIssued>().Count());
        Assert.Equal((0, AlertState.AllClear), (bench.Alert.Repeats, bench.Alert.State));
        for (int i = 0; i < 10; i++)
        {
            bench.See(2, 120);
            bench.Wait(20);
        }

        Assert.Equal((AlertState.Watch, 1), (bench.Alert.State, bench.Alert.Repeats));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(45)]
    [InlineData(90)]
    [InlineData(150)]
    public void A_danger_that_comes_and_goes_for_an_hour_makes_no_siren_flap(int period)
    {
        // No person is asked: the rule alone ends and begins.
        WatchBench bench = new(plain => plain with { Warning = new() { AllClearByPerson = false } });
        for (int second = 0; second < 3600; second += period)
        {
            bench.See(1, 80, (second / period) % 2 == 0 ? 250 : -250);
            bench.Wait(period);
        }

        SirenCommanded[] sounded = [.. bench.All.OfType<SirenCommanded>().Where(one => one.Tone == "warning")];
        Assert.InRange(sounded.Length, 1, 3);
        Assert.Equal("A-z-1", Assert.Single(bench.All.OfType<AlertChanged>().Select(one => one.Alert).Distinct()));
        Assert.Equal(sounded.Length - 1, bench.Alert.Repeats);
    }
}
