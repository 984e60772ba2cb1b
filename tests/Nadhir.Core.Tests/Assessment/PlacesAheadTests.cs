using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Tracking;
using Nadhir.Warning;

namespace Nadhir.Tests.Assessment;

public sealed class PlacesAheadTests
{
    static readonly StereographicPlane plane = new(new GeoPoint(33, 44));

    [Fact]
    public void Who_flies_over_a_place_may_have_come_for_it_so_the_next_one_is_less_likely()
    {
        Assert.Equal(0.7, GoesOn(ThreatKind.Aircraft, before: [(30, 0)], to: (60, 0)), 0.03);
        Assert.Equal(0.49, GoesOn(ThreatKind.Aircraft, before: [(30, 0), (45, 0)], to: (75, 0)), 0.04);
        Assert.Equal(0.5, GoesOn(ThreatKind.CruiseType, before: [(30, 0)], to: (60, 0)), 0.03);
    }

    [Fact]
    public void To_what_lies_behind_and_aside_it_would_have_to_turn() =>
        Assert.True(GoesOn(ThreatKind.Aircraft, [(30, 0)], (60, 12)) < GoesOn(ThreatKind.Aircraft, [(30, 0)], (60, 0)));

    [Fact]
    public void A_place_aside_of_the_course_or_farther_off_changes_nothing()
    {
        Assert.Equal(1, GoesOn(ThreatKind.Aircraft, [(30, 20)], (60, 0)));
        Assert.Equal(1, GoesOn(ThreatKind.Aircraft, [(90, 0)], (60, 0)));
    }

    [Fact]
    public void A_place_whose_middle_is_passed_was_not_what_it_came_for()
    {
        Assert.Equal(0.7, GoesOn(ThreatKind.Aircraft, [(2, 0)], (30, 0)), 0.03);
        Assert.Equal(1, GoesOn(ThreatKind.Aircraft, [(-2, 0)], (30, 0)));
    }

    /// <summary>A flight from the origin to the east; places of 4 km by kilometres east and north.</summary>
    static double GoesOn(ThreatKind kind, (double East, double North)[] before, (double East, double North) to)
    {
        Course course = new(new PlaneState
        {
            Time = DateTimeOffset.UnixEpoch, East = 0, North = 0, VelocityEast = 250, VelocityNorth = 0,
            Covariance = new PlaneCovariance(1e3, 0, 0, 0, 1e3, 0, 0, 4, 0, 4),
        }, Habit.Of(kind));
        PlacesAhead ahead = new();
        foreach ((double East, double North) place in before) ahead.Add(course, At(place));
        return ahead.GoesOnTo(course, At(to));
    }

    static PlaneArea At((double East, double North) place) =>
        new(new Area { Centre = plane.FromPlane(place.East * 1000, place.North * 1000), RadiusMetres = 4000 }, plane);
}
