using Nadhir.Warning;

namespace Nadhir.Core.Tests.Watching;

/// <summary>
/// Whose word is enough to send people to shelter. In the scene sensor 1 and 2 speak on feed "one", 3 on feed "two", 4 on
/// an authenticated line; 0 may warn alone; 5 and 6 are receivers of 1090 MHz on feeds "one" and "two".
/// </summary>
public sealed class CorroborationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1, 2)]
    [InlineData(5, 6)]
    public void What_one_feed_says_that_anyone_could_imitate_is_a_watch_and_asks_a_person(params int[] seenBy)
    {
        Scene scene = Close(seenBy);
        Assert.Equal([AlertState.Watch], scene.States);
        Assert.Contains("seen by one source only", scene.Alert.Reason, StringComparison.Ordinal);
        ReleaseRequested asked = Assert.Single(scene.Decisions.OfType<ReleaseRequested>());
        Assert.Equal(Release.OnePerson, asked.Policy);
        scene.Order(new ReleaseAlert(scene.Alert.Id) { By = "duty officer" });
        Assert.Equal([AlertState.Watch, AlertState.Warning], scene.States);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(1, 3)]
    [InlineData(1, 5)]
    public void A_second_feed_a_vouched_line_or_a_sensor_that_may_warn_alone_is_enough(params int[] seenBy) =>
        Assert.Equal([AlertState.Warning], Close(seenBy).States);

    [Fact]
    public void A_second_source_that_joins_later_raises_the_warning_at_once()
    {
        Scene scene = Close(1);
        scene.SeenBy = [1, 3];
        scene.See(1, 59, 0, -250, 0);
        scene.Tick();
        Assert.Equal([AlertState.Watch, AlertState.Warning], scene.States);
    }

    [Fact]
    public void A_track_that_two_have_seen_stays_good_when_one_loses_sight_of_it()
    {
        Scene scene = new() { SeenBy = [1, 3] };
        scene.FlyIn(1, 150, 120);
        scene.SeenBy = [1];
        scene.FlyIn(1, 120, 60);
        Assert.Contains(AlertState.Warning, scene.States);
    }

    [Fact]
    public void One_imitated_track_beside_a_true_one_neither_helps_nor_hinders()
    {
        Scene scene = Close(1);
        scene.SeenBy = [3, 4];
        scene.See(2, 70, 0, -250, 0);
        scene.Tick();
        Assert.Equal([AlertState.Watch, AlertState.Warning], scene.States);
    }

    /// <summary>A track four minutes from the zone's edge.</summary>
    static Scene Close(params int[] seenBy)
    {
        Scene scene = new() { SeenBy = [.. seenBy] };
        scene.See(1, 60, 0, -250, 0);
        scene.Tick();
        return scene;
    }
}
