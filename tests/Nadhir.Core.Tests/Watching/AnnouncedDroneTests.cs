using Nadhir.Identification;
using Nadhir.Warning;

namespace Nadhir.Core.Tests.Watching;

/// <summary>
/// A drone that says over Remote ID who it is. In the scene sensor 7 is a receiver of Remote ID, 3 a radar on the same feed,
/// 1 a radar on another.
/// </summary>
public sealed class AnnouncedDroneTests
{
    static Scene Guarded(AnnouncedDrones zone, AnnouncedDrones policy = AnnouncedDrones.None) =>
        new(new WarningPolicy { AnnouncedDrones = policy }, configuration =>
            configuration with { Zones = [configuration.Zones[0] with { AnnouncedDrones = zone }] });

    /// <summary>A drone of 12 m/s comes to the zone's edge, with a code that stands for its name.</summary>
    static Scene Drone(Scene scene, short code, params int[] seenBy)
    {
        scene.SeenBy = [.. seenBy];
        for (double km = 13; km > 12.2; km -= 0.012)
        {
            scene.See(1, km, 0, -12, 0, code);
            scene.Tick();
        }

        return scene;
    }

    const short NotOnFile = 0b001_010_011_100, OnFile = 0b100_011_000_001;

    [Fact]
    public void Raises_nothing_unless_a_zone_is_guarded_against_it()
    {
        Assert.Empty(Drone(new Scene(), NotOnFile, 7, 1).States);
        Assert.Empty(Drone(Guarded(AnnouncedDrones.None, policy: AnnouncedDrones.Warning), NotOnFile, 7, 1).States);
    }

    [Fact]
    public void Raises_a_watch_and_no_more_where_the_zone_says_so()
    {
        Scene scene = Drone(Guarded(AnnouncedDrones.Watch), NotOnFile, 7, 1);
        Assert.Equal([AlertState.Watch], scene.States);
        Assert.Equal(ThreatKind.LowSlow, scene.Alert.Kind);
        Assert.Empty(scene.Decisions.OfType<ReleaseRequested>());
    }

    [Fact]
    public void Raises_a_warning_where_the_zone_says_so_and_a_second_source_has_seen_it() =>
        Assert.Contains(AlertState.Warning, Drone(Guarded(AnnouncedDrones.Warning), NotOnFile, 7, 1).States);

    [Fact]
    public void Raises_a_warning_by_the_policy_of_all_zones() =>
        Assert.Contains(AlertState.Warning,
            Drone(new Scene(new WarningPolicy { AnnouncedDrones = AnnouncedDrones.Warning }), NotOnFile, 7, 1).States);

    [Fact]
    public void Asks_a_person_when_its_own_word_is_all_there_is()
    {
        Scene scene = Drone(Guarded(AnnouncedDrones.Warning), NotOnFile, 7);
        Assert.DoesNotContain(AlertState.Warning, scene.States);
        Assert.Equal(Release.OnePerson, Assert.Single(scene.Decisions.OfType<ReleaseRequested>()).Policy);
    }

    [Fact]
    public void Raises_nothing_when_it_is_authorised()
    {
        Scene scene = Drone(Guarded(AnnouncedDrones.Warning), OnFile, 7, 1);
        Assert.Empty(scene.States);
        Assert.Equal(IdentityKind.Authorised, scene.Decisions.OfType<TrackIdentified>().Last().Identity.Kind);
    }

    [Fact]
    public void An_aircraft_with_a_transponder_is_still_a_cooperative_flight() =>
        Assert.Empty(Drone(Guarded(AnnouncedDrones.Warning), NotOnFile, 5, 1).States);
}
