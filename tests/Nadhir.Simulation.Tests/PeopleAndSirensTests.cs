using System.Diagnostics;
using Nadhir.Simulation.Scenarios;
using Nadhir.Simulation.Sirens;
using Nadhir.Warning;

namespace Nadhir.Simulation.Tests;

public sealed class PeopleAndSirensTests(ITestOutputHelper output)
{
    static readonly DateTimeOffset now = new(2024, 7, 29, 21, 40, 0, TimeSpan.Zero);

    static SirenCommanded Sound(string siren, string id, SirenAction action = SirenAction.Sound, bool test = false) =>
        new(id, siren, "A-1", action, "attack")
        {
            Epoch = 1, Sequence = 1, DurationSeconds = 120, Expires = now.AddSeconds(30), SilentTest = test,
        };

    static SirenStep[] Steps(IEnumerable<TimedReceipt> receipts) =>
        [.. receipts.Select(each => Assert.IsType<SirenReceipt>(each.Receipt).Step)];

    [Fact]
    public void A_sounding_siren_answers_in_order_and_falls_silent_after_its_duration()
    {
        SirenLinkModel links = new(Babil.Scenario.Sirens, 1);
        TimedReceipt[] receipts = [.. links.OnDecision(now, Sound("SRN-JURF-1", "c1"))];
        Assert.Equal([SirenStep.Sent, SirenStep.Acknowledged, SirenStep.Sounding, SirenStep.Silent], Steps(receipts));
        Assert.Equal(receipts.Select(each => each.At).Order(), receipts.Select(each => each.At));
        Assert.Equal(now, ((SirenReceipt)receipts[0].Receipt).DurableAt);
        Assert.InRange((receipts[1].At - now).TotalMilliseconds, 30, 90);
        Assert.Equal(120, (receipts[3].At - receipts[2].At).TotalSeconds);
    }

    [Fact]
    public void A_silent_test_is_acknowledged_and_stays_silent() => Assert.Equal(
        [SirenStep.Sent, SirenStep.Acknowledged],
        Steps(new SirenLinkModel(Babil.Scenario.Sirens, 1).OnDecision(now, Sound("SRN-JURF-1", "c1", test: true))));

    [Fact]
    public void A_siren_whose_link_is_down_never_comes_up_and_its_command_fails()
    {
        SirenLinkModel links = new(Babil.Scenario.Sirens, 1, ["SRN-JURF-1"]);
        TimedReceipt[] up = [.. links.AtStart(now)];
        Assert.Equal(Babil.Scenario.Sirens.Length - 1, up.Length);
        Assert.DoesNotContain(up, each => ((SirenLinkReceipt)each.Receipt).Siren == "SRN-JURF-1");
        Assert.Equal([SirenStep.Sent, SirenStep.Failed], Steps(links.OnDecision(now, Sound("SRN-JURF-1", "c1"))));
    }

    [Fact]
    public void The_end_of_a_sounding_no_longer_holds_once_a_later_command_overtook_it()
    {
        SirenLinkModel links = new(Babil.Scenario.Sirens, 1);
        TimedReceipt end = links.OnDecision(now, Sound("SRN-JURF-1", "c1")).Last();
        Assert.True(links.StillHolds(end));
        TimedReceipt silenced = links.OnDecision(now.AddSeconds(20), Sound("SRN-JURF-1", "c2", SirenAction.Silence)).Last();
        Assert.False(links.StillHolds(end));
        Assert.True(links.StillHolds(silenced));
    }

    [Fact]
    public void The_duty_officer_gives_the_all_clear_twenty_seconds_after_it_is_proposed_and_not_of_himself()
    {
        DutyOfficer people = Babil.Prepared(45).People();
        TimedCommand given = Assert.Single(people.OnDecision(now, new AllClearProposed("A-1", "Z-JURF", "gone")));
        Assert.Equal(now.AddSeconds(20), given.At);
        Assert.Equal("A-1", Assert.IsType<EndAlert>(given.Command).Alert);
        Assert.Empty(people.OnDecision(now, new SirenStateChanged("SRN-JURF-1", SirenState.Ready, "")));
    }

    [Fact]
    public void A_release_by_two_persons_gets_two_persons()
    {
        DutyOfficer people = Babil.Prepared(45).People();
        Command first = Assert.Single(people.OnDecision(now, new ReleaseRequested("A-1", "Z", Release.TwoPersons, []))).Command;
        Command second = Assert.Single(people.OnDecision(now, new ReleaseRequested("A-1", "Z", Release.TwoPersons, [first.By]))).Command;
        Assert.NotEqual(first.By, second.By, StringComparer.Ordinal);
    }

    [Fact]
    public void A_directive_is_acknowledged_once_by_each_formation()
    {
        DutyOfficer people = Babil.Prepared(45).People();
        Assert.IsType<ReportDirective>(Assert.Single(people.OnDecision(now, new Recorded("directive", "DIR-001"))).Command);
        Assert.Empty(people.OnDecision(now, new Recorded("directive", "DIR-001")));
    }

    [Fact]
    public void Outside_the_windows_every_sensor_is_announced_as_off_and_says_nothing()
    {
        PreparedScenario prepared = new(Babil.Scenario, Babil.Border(), new() { Azimuth = 45, ReconnaissanceMinutes = 20 });
        foreach (string sensor in (string[])["SIM-1", "SIM-5"])
        {
            (double Seconds, bool Off)[] outages =
            [
                .. prepared.Commands.Where(each => each.Command is AnnounceOutage outage && outage.Sensor == sensor)
                    .Select(each => (prepared.SecondsOf(each.At), ((AnnounceOutage)each.Command).Off)),
            ];
            Assert.Equal([(3600, true), (23700, false), (24900, true)], outages);
        }

        Stopwatch watch = Stopwatch.StartNew();
        int count = 0;
        foreach (SimulatedArrival arrival in prepared.Arrivals())
        {
            count++;
            double seconds = prepared.SecondsOf(arrival.At);
            Assert.Contains(prepared.Windows, window => window.Holds(seconds - 0.06));
        }

        output.WriteLine($"{count} datagrams in {watch.Elapsed.TotalSeconds:F1} s");
        Assert.InRange(count, 90_000, 110_000);
        Assert.Equal(prepared.Ticks().Order(), prepared.Ticks());
    }
}
