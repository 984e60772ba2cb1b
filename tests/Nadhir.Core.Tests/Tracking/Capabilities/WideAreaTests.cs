using Nadhir.Geodesy;
using Nadhir.Tracking;

namespace Nadhir.Core.Tests.Tracking.Capabilities;

/// <summary>One world, two radars and a jet that turns between them, laid on many places of the globe.</summary>
public sealed class WideAreaTests
{
    const double Speed = 250, Leg = 240, TurnRate = 1.5 * Math.PI / 180, Quarter = 60;

    static readonly GeoPoint Home = new(33, 44);

    /// <summary>What the tracks of some seeds were worth, against the truth on the ellipsoid.</summary>
    readonly record struct Worth(double Rmse, double Anees, double SpeedOff, double CourseOff, double Accuracy);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1000, 45)]
    [InlineData(3000, 300)]
    [InlineData(5000, 120)]
    [InlineData(5000, 260)]
    public void A_jet_far_from_the_origin_is_tracked_as_well_as_one_near_it(double kilometres, double azimuth) =>
        IsGood(Fly(new(Home), Geodesic.Direct(Home, azimuth, 1000 * kilometres)));

    [Theory]
    [InlineData(90, 0, 90)]
    [InlineData(-90, 0, -90)]
    [InlineData(70, 44, 90)]
    [InlineData(61, -120, 90)]
    [InlineData(-75, 10, -90)]
    public void A_jet_that_passes_a_pole_is_tracked_as_well(double latitude, double longitude, double pole) =>
        IsGood(Fly(new(new GeoPoint(latitude, longitude)), new(pole, 0)));

    [Theory]
    [InlineData(64, 170, 65, 179.9)]
    [InlineData(0, 180, 0.2, -179.8)]
    [InlineData(33, 44, 52, -179.9)]
    [InlineData(90, 0, 70, 180)]
    public void A_jet_across_the_antimeridian_is_tracked_as_well(
        double originLatitude, double originLongitude, double latitude, double longitude) =>
        IsGood(Fly(new(new GeoPoint(originLatitude, originLongitude)), new(latitude, longitude)));

    static void IsGood(Worth worth)
    {
        Assert.True(worth.Rmse < 115, worth.ToString());
        Assert.InRange(worth.Anees, 0.6, 1.6);
        Assert.InRange(worth.Accuracy / worth.Rmse, 0.8, 1.6);
        Assert.InRange(worth.SpeedOff, -0.5, 0.5);
        Assert.InRange(worth.CourseOff, -0.15, 0.15);
    }

    static Worth Fly(StereographicPlane plane, GeoPoint centre)
    {
        double square = 0, normalised = 0, accuracy = 0, speed = 0, course = 0;
        int count = 0, straight = 0;
        for (int seed = 401; seed < 406; seed++)
        {
            GlobeWorld world = new(seed, plane,
            [
                GlobeWorld.Radar("R1", Geodesic.Direct(centre, 70, 90_000)),
                GlobeWorld.Radar("R2", Geodesic.Direct(centre, 250, 90_000)),
            ]);
            Func<double, GeoPoint> path = Path(centre);
            world.Fly(t => new(path(t).LatitudeDegrees, path(t).LongitudeDegrees, 9000));
            world.Run(500);
            Assert.Single(world.Heard.Confirmed);
            Assert.Empty(world.Heard.Dropped);
            foreach (Track track in world.Heard.Updated)
            {
                double t = (track.State.Time - GlobeWorld.Start).TotalSeconds;
                if (t < 90) continue;
                GeoPoint truth = path(t);
                double off = Geodesic.Inverse(truth, track.Position.Point).DistanceMetres;
                square += off * off;
                normalised += Nees(track.State, plane.ToPlane(truth));
                accuracy += track.AccuracyMetres * track.AccuracyMetres;
                count++;
                if (t is < 150 or (> Leg and < 400)) continue; // settling after the start and after the turn
                (double metres, double azimuth) = Geodesic.Inverse(truth, path(t + 1));
                speed += track.GroundSpeed - metres;
                course += Math.IEEERemainder(track.CourseDegrees - azimuth, 360);
                straight++;
            }
        }

        Assert.True(count > 200 && straight > 100);
        return new(Math.Sqrt(square / count), normalised / count, speed / straight, course / straight,
            Math.Sqrt(2 * accuracy / count));
    }

    /// <summary>Normalised squared error of the position on the plane; 1 when the covariance is right.</summary>
    static double Nees(in PlaneState s, (double East, double North) truth)
    {
        PlaneCovariance p = s.Covariance;
        double e = s.East - truth.East, n = s.North - truth.North;
        double determinant = (p.EastEast * p.NorthNorth) - (p.EastNorth * p.EastNorth);
        return ((p.NorthNorth * e * e) - (2 * p.EastNorth * e * n) + (p.EastEast * n * n)) / determinant / 2;
    }

    /// <summary>A geodesic past the centre, a quarter turn to the right at 1.5°/s, a geodesic on.</summary>
    static Func<double, GeoPoint> Path(GeoPoint centre)
    {
        double radius = Speed / TurnRate;
        GeoPoint start = Geodesic.Direct(centre, 200, 55_000);
        double heading = Geodesic.Inverse(start, Geodesic.Direct(centre, 110, 15_000)).AzimuthDegrees;
        GeoPoint turn = Geodesic.Direct(start, heading, Speed * Leg);
        double there = Geodesic.Inverse(turn, start).AzimuthDegrees + 180;
        GeoPoint middle = Geodesic.Direct(turn, there + 90, radius);
        double first = Geodesic.Inverse(middle, turn).AzimuthDegrees;
        GeoPoint end = Geodesic.Direct(middle, first + 90, radius);
        double onward = Geodesic.Inverse(end, middle).AzimuthDegrees - 90;
        return t => t < Leg ? Geodesic.Direct(start, heading, Speed * t)
            : t < Leg + Quarter ? Geodesic.Direct(middle, first + (90 * (t - Leg) / Quarter), radius)
            : Geodesic.Direct(end, onward, Speed * (t - Leg - Quarter));
    }
}
