using System.Collections.Immutable;
using Nadhir.Core.Tests.Watching;
using Nadhir.Geodesy;
using Nadhir.Warning;

namespace Nadhir.Tests.Warning;

/// <summary>What the board says of many sirens: who is missing, who is not believed, who was not tested, who is gone.</summary>
public sealed class SirenBoardTests
{
    static readonly WatchConfiguration Standard = Scene.Configure(new WarningPolicy()) with
    {
        TimeZone = "Asia/Baghdad",
        Zones = [Zone("all", null), Zone("z", "all"), Zone("y", "all")],
        Sirens = [.. Enumerable.Range(0, 20).Select(i => new Siren
        {
            Id = $"s{i}", Name = $"{i}", Zone = i < 15 ? "z" : "y", Position = Scene.Origin,
        })],
    };

    readonly List<Decision> decisions = [];
    DateTimeOffset now = Scene.Start;
    SirenDesk desk = new(Standard, Scene.Start);

    static Zone Zone(string id, string? parent) => new()
    {
        Id = id, Name = id, Parent = parent, Area = new Area { Centre = Scene.Origin, RadiusMetres = 1000 },
    };

    SirenRow Row(int siren) => desk.Rows()[siren];

    SirenGroupRow Group(string zone) => SirenGroups.Of(Standard.Zones, desk.Rows(), now).Single(group => group.Zone == zone);

    void Link(int siren, bool up, string detail = "") =>
        desk.Handle(new SirenLinkReceipt($"s{siren}", up) { At = now, Detail = detail }, now, decisions);

    void Say(int siren, string command, SirenStep step, string detail = "") =>
        desk.Handle(new SirenReceipt($"s{siren}", command, step) { At = now, Detail = detail }, now, decisions);

    void Alive(double lease = 3) =>
        desk.Handle(new SirenOutletReceipt(TimeSpan.FromSeconds(lease)) { At = now }, now, decisions);

    void Wait(double seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            now = now.AddSeconds(1);
            desk.Tick(now, decisions);
        }
    }

    void Sound(string zone) =>
        desk.Command(zone, "A-1", SirenAction.Sound, "warning", TimeSpan.FromSeconds(120), now, decisions);

    string CommandOf(int siren) => decisions.OfType<SirenCommanded>().Last(one => one.Siren == $"s{siren}").CommandId;

    [Fact]
    public void A_zone_says_how_many_sounded_and_who_is_missing_and_why()
    {
        for (int i = 0; i < 20; i++) Link(i, up: true);
        Sound("z");
        Sound("y");
        Assert.Equal((20, 0), (Group("all").Ordered, Group("all").Done));
        Assert.All(Group("all").Missing, one => Assert.Equal(SirenLack.Waiting, one.Why));
        for (int i = 0; i < 20; i++)
        {
            if (i is 3 or 7 or 9 or 17) continue;
            Say(i, CommandOf(i), SirenStep.Acknowledged);
            Say(i, CommandOf(i), SirenStep.Sounding);
        }

        Link(3, up: false, "its will: offline");
        Say(7, CommandOf(7), SirenStep.Refused, "the relay: stuck");
        Say(9, CommandOf(9), SirenStep.Acknowledged);
        Wait(4);
        Assert.Equal((20, 16), (Group("all").Ordered, Group("all").Done));
        Assert.Equal(
            [("s3", SirenLack.LinkDown), ("s7", SirenLack.Refused), ("s9", SirenLack.Slow), ("s17", SirenLack.Slow)],
            Group("all").Missing.Select(one => (one.Siren, one.Why)));
        Assert.Equal(["its will: offline", "Refused: the relay: stuck"], Group("all").Missing.Take(2).Select(one => one.Detail));
        Assert.Equal((15, 12), (Group("z").Ordered, Group("z").Done));
        Assert.Equal((5, 4), (Group("y").Ordered, Group("y").Done));
        Wait(30);
        Assert.Equal(SirenLack.Failed, Group("y").Missing.Single().Why);
        Assert.Equal(SirenState.Failed, Row(9).State);
        Assert.StartsWith("acknowledged", Row(9).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_sounded_and_fell_silent_has_still_sounded()
    {
        Link(0, up: true);
        Sound("z");
        Say(0, CommandOf(0), SirenStep.Sounding);
        Say(0, CommandOf(0), SirenStep.Silent);
        Assert.DoesNotContain(Group("z").Missing, one => one.Siren == "s0");
    }

    [Fact]
    public void A_siren_that_is_not_believed_does_not_count_as_sounding_until_a_silent_test_succeeds()
    {
        Link(0, up: true);
        Sound("z");
        Say(0, CommandOf(0), SirenStep.Sounding);
        desk.Handle(new SirenDoubtReceipt("s0", SirenDoubt.Forged) { At = now, Detail = "a wrong proof" }, now, decisions);
        Assert.Contains(new SirenMissing("s0", SirenLack.Doubted, "a wrong proof"), Group("z").Missing);
        Say(0, CommandOf(0), SirenStep.Silent);
        Wait(200);
        desk.Handle(new TestSiren("s0") { By = "duty" }, now, decisions);
        Assert.NotNull(Row(0).Doubt);
        Say(0, CommandOf(0), SirenStep.Acknowledged, "silent test");
        Assert.Null(Row(0).Doubt);
        Assert.Equal([SirenDoubt.Forged, null], decisions.OfType<SirenDoubted>().Select(one => one.Doubt));
        Assert.True(Assert.Single(decisions.OfType<SirenTested>()).Passed);
    }

    [Fact]
    public void A_siren_that_tells_of_a_command_it_was_never_given_is_named()
    {
        Link(0, up: true);
        Sound("z");
        Say(0, CommandOf(1), SirenStep.Sounding);
        Assert.Equal(SirenDoubt.UnknownCommand, Row(0).Doubt!.Kind);
        Assert.Equal(SirenState.Commanded, Row(0).State);
        Say(1, "C-0-7", SirenStep.Silent);
        Assert.Null(Row(1).Doubt);
    }

    [Fact]
    public void Commands_of_long_ago_are_no_lie()
    {
        Link(0, up: true);
        for (int i = 0; i < 12; i++) desk.Command("z", "A-1", SirenAction.Silence, "", TimeSpan.Zero, now, decisions);
        string first = decisions.OfType<SirenCommanded>().First(one => one.Siren == "s0").CommandId;
        Say(0, first, SirenStep.Silent);
        Assert.Null(Row(0).Doubt);
    }

    [Fact]
    public void An_outlet_that_dies_in_silence_takes_every_link_with_it_and_its_return_brings_them_back()
    {
        for (int i = 0; i < 20; i++) Link(i, up: true);
        Link(4, up: false, "its will: offline");
        Alive();
        Wait(3);
        Assert.Equal(SirenState.Ready, Row(0).State);
        Wait(1);
        Assert.All(desk.Rows(), row => Assert.Equal(SirenState.LinkDown, row.State));
        Assert.True(desk.Outlet!.Lost);
        Assert.Equal("the outlet itself is silent", Row(0).Link);
        Alive();
        Assert.False(desk.Outlet!.Lost);
        Assert.Equal(SirenState.Ready, Row(0).State);
        Assert.Equal(SirenState.LinkDown, Row(4).State);
    }

    [Fact]
    public void A_longer_timeout_of_a_siren_or_a_longer_promise_of_the_outlet_is_kept()
    {
        desk = new(Standard with { Sirens = [Standard.Sirens[0] with { LinkTimeout = TimeSpan.FromSeconds(20) }] }, now);
        Link(0, up: true);
        Alive();
        Wait(20);
        Assert.True(Row(0).LinkUp);
        Alive(lease: 60);
        Wait(60);
        Assert.True(Row(0).LinkUp);
        Wait(1);
        Assert.False(Row(0).LinkUp);
    }

    [Fact]
    public void An_outlet_of_old_that_never_spoke_of_itself_is_not_missed()
    {
        Link(0, up: true);
        Wait(1000);
        Assert.Equal(SirenState.Ready, Row(0).State);
    }

    [Fact]
    public void A_siren_that_does_not_say_that_it_fell_silent_is_a_riddle_and_not_ready()
    {
        Link(0, up: true);
        Sound("z");
        Say(0, CommandOf(0), SirenStep.Sounding);
        Wait(159);
        Assert.Equal(SirenState.Sounding, Row(0).State);
        Wait(10);
        Assert.Equal(SirenState.Unknown, Row(0).State);
    }

    [Fact]
    public void Tests_are_ordered_by_the_calendar_of_the_place_a_few_at_a_time()
    {
        // 12:00 UTC is 15:00 in Baghdad.
        desk = new(Standard with { SirenTests = new(TimeSpan.FromDays(1), TimeSpan.FromHours(3)), Sirens = Many(50) }, now);
        now = new(2026, 1, 1, 23, 59, 58, TimeSpan.Zero);
        Wait(1);
        Assert.Empty(decisions.OfType<SirenCommanded>());
        Wait(1);
        Assert.Equal(20, decisions.OfType<SirenCommanded>().Count(one => one.SilentTest));
        Wait(2);
        Assert.Equal(50, decisions.OfType<SirenCommanded>().Select(one => one.Siren).Distinct(StringComparer.Ordinal).Count());
        Wait(100);
        Assert.Equal(50, decisions.OfType<SirenCommanded>().Count());
    }

    [Fact]
    public void A_test_waits_for_the_alarm_under_way()
    {
        desk = new(Standard with { SirenTests = new(TimeSpan.FromHours(6), TimeSpan.Zero) }, now);
        now = new(2026, 1, 1, 14, 59, 50, TimeSpan.Zero);
        Sound("z");
        Wait(60);
        Assert.Equal(5, decisions.OfType<SirenCommanded>().Count(one => one.SilentTest));
        Wait(120);
        Assert.Equal(20, decisions.OfType<SirenCommanded>().Count(one => one.SilentTest));
    }

    [Fact]
    public void The_board_says_how_old_the_last_test_is_and_when_one_is_overdue()
    {
        desk = new(Standard with { SirenTests = new(TimeSpan.FromHours(6), TimeSpan.Zero), Sirens = Many(2) }, now);
        now = new(2026, 1, 1, 15, 0, 0, TimeSpan.Zero);
        desk.Tick(now, decisions);
        Say(0, CommandOf(0), SirenStep.Acknowledged);
        DateTimeOffset passed = now;
        now = now.AddHours(4);
        desk.Tick(now, decisions);
        Assert.Equal((passed, false), (Row(0).Test!.Passed!.Value, Row(0).Test!.Overdue));
        Assert.Equal((null, true), (Row(1).Test!.Passed, Row(1).Test!.Overdue));
        SirenTested[] told = [.. decisions.OfType<SirenTested>()];
        Assert.Equal([("s0", true), ("s1", false), ("s1", false)], told.Select(one => (one.Siren, one.Passed)));
        Assert.Equal("nobody answered", told[1].Detail);
        Assert.StartsWith("overdue", told[2].Detail, StringComparison.Ordinal);
        now = now.AddHours(3);
        desk.Tick(now, decisions);
        Say(1, CommandOf(1), SirenStep.Acknowledged);
        Assert.False(Row(1).Test!.Overdue);
    }

    [Theory]
    [InlineData("Europe/Berlin", 1, "03:00", "2026-01-01T12:00Z", "2026-01-02T02:00Z")]
    [InlineData("Europe/Berlin", 1, "02:30", "2026-03-28T12:00Z", "2026-03-29T01:30Z")] // The hour that is left out.
    [InlineData("Europe/Berlin", 1, "02:30", "2026-10-24T12:00Z", "2026-10-25T01:30Z")] // The hour that comes twice.
    [InlineData("Asia/Baghdad", 0.25, "03:00", "2026-01-01T12:00Z", "2026-01-01T18:00Z")]
    [InlineData("Asia/Baghdad", 0.25, "03:00", "2026-01-01T18:00Z", "2026-01-02T00:00Z")]
    [InlineData("UTC", 7, "03:00", "2026-01-01T12:00Z", "2026-01-05T03:00Z")]
    public void The_next_test_is_at_the_hour_of_the_plan(string zone, double days, string at, string from, string next)
    {
        SirenTestCalendar calendar = new(
            new(TimeSpan.FromDays(days), TimeOnly.Parse(at, System.Globalization.CultureInfo.InvariantCulture).ToTimeSpan()),
            zone, Instant(from));
        Assert.Equal(Instant(next), calendar.Next);
        Assert.False(calendar.Take(Instant(next).AddSeconds(-1)));
        Assert.True(calendar.Take(Instant(next)));
        Assert.False(calendar.Take(Instant(next)));
    }

    static DateTimeOffset Instant(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    static ImmutableArray<Siren> Many(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Standard.Sirens[0] with { Id = $"s{i}" })];
}
