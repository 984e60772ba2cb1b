using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Tracking;
using Nadhir.Tracking.Ballistics;
using Nadhir.Units;

namespace Nadhir.Core.Tests.Tracking.Capabilities;

/// <summary>Rockets in the live tracker: where people are told to take shelter, and that nobody else is.</summary>
public sealed class LiveImpactTests
{
    static readonly GeoPoint Home = new(33, 44);

    static Sensor Radar(double period) => GlobeWorld.Radar("R1", Home, SensorKind.Radar3D) with
    {
        Period = TimeSpan.FromSeconds(period), RangeMetres = 120_000, SigmaRangeMetres = 25,
        SigmaAzimuthDegrees = 0.1, SigmaElevationDegrees = 0.1, FalsePlotsPerScan = 5,
    };

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(4, 0)]
    [InlineData(2, 3000)]
    [InlineData(2, 5000)]
    public void A_rocket_s_track_tells_where_and_when_it_comes_down(double period, double kilometresFromOrigin)
    {
        StereographicPlane plane = new(Geodesic.Direct(Home, 320, 1000 * kilometresFromOrigin));
        const int Seeds = 8;
        int told = 0, inside = 0, onTime = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            RocketOverEarth rocket = new(launched: 20, Geodesic.Direct(Home, 20 + (40 * seed), 45_000),
                azimuthDegrees: 200 + (35 * seed), elevationDegrees: 48 + (seed % 3), acceleration: 130,
                burnSeconds: 4.5, drag: 1 / (5000.0 + (500 * (seed % 4))));
            GlobeWorld world = new(501 + seed, plane, [Radar(period)]);
            world.Fly(rocket.At);
            world.Run(rocket.ImpactSeconds - 8);
            Track last = Assert.Single(world.Tracker.Tracks, track => track.Impact is not null);
            Assert.InRange(last.Class.Ballistic, 0.5, 1);
            Assert.InRange(last.Impact!.SemiMajorMetres, 10, 2500);
            Assert.InRange(Geodesic.Inverse(last.Impact.Position.Point, rocket.Impact).DistanceMetres, 0, 1000);
            ImpactPrediction first = world.Heard.Updated.First(track => track.Impact is not null).Impact!;
            Assert.True(last.Impact.SemiMajorMetres < first.SemiMajorMetres / 3, "it is surer later");
            foreach (Track track in world.Heard.Updated)
            {
                if (track.Impact is not { } impact) continue;
                told++;
                if (Holds(impact, rocket.Impact)) inside++;
                DateTimeOffset real = GlobeWorld.Start.AddSeconds(rocket.ImpactSeconds);
                if (real >= impact.Earliest && real <= impact.Latest) onTime++;
            }
        }

        Assert.InRange(told, Seeds * 30 / period, 1000);
        Assert.InRange((double)inside / told, 0.95, 1);
        Assert.InRange((double)onTime / told, 0.9, 1);
    }

    [Theory]
    [InlineData(2, "dives")]
    [InlineData(2, "turns")]
    [InlineData(5, "turns")]
    [InlineData(2, "weaves")]
    [InlineData(5, "weaves")]
    public void A_jet_that_turns_dives_and_climbs_before_it_is_not_said_to_come_down(double period, string what)
    {
        for (int seed = 520; seed < 526; seed++)
        {
            GlobeWorld world = new(seed, new(Home), [Radar(period)]);
            world.Fly(Jet(what));
            world.Run(300);
            Assert.DoesNotContain(world.Heard.Updated, track => track.Impact is not null);
            Assert.InRange(world.Heard.Updated[^1].Class.Ballistic, 0, 0.05);
        }
    }

    /// <summary>A jet at 250 m/s: turns at 2 g, weaves at 6°/s, or dives at 120 m/s, half weightless, 3 g out.</summary>
    static Func<double, GeoPosition?> Jet(string what)
    {
        GeoPosition[] way = new GeoPosition[3001];
        GeoPoint at = Geodesic.Direct(Home, 300, 50_000);
        double course = 90, height = 7000, climb = 0;
        for (int i = 0; i < way.Length; i++)
        {
            way[i] = new(at.LatitudeDegrees, at.LongitudeDegrees, height);
            double t = 0.1 * i;
            (double turn, double lift) = what switch
            {
                "turns" => (t % 80 is > 40 and < 70 ? 2 * 9.81 / 250 * Angles.RadiansToDegrees : 0, 0),
                "weaves" => (t % 40 < 20 ? 6.0 : -6.0, 0),
                _ => (0.0, (t % 100) switch
                {
                    > 10 and < 34 => -5.0, > 44 and < 50 => 20.0, > 60 and < 68 => 10, > 78 and < 94 => -5, _ => 0,
                }),
            };
            course += 0.1 * turn;
            climb += 0.1 * lift;
            height += 0.1 * climb;
            at = Geodesic.Direct(at, course, 25);
        }

        return t => t * 10 < way.Length ? way[(int)(t * 10)] : null;
    }

    static bool Holds(ImpactPrediction impact, GeoPoint truth)
    {
        (double metres, double azimuth) = Geodesic.Inverse(impact.Position.Point, truth);
        (double sin, double cos) = Math.SinCos((azimuth - impact.BearingDegrees) * Angles.DegreesToRadians);
        double along = metres * cos / impact.SemiMajorMetres, across = metres * sin / impact.SemiMinorMetres;
        return (along * along) + (across * across) <= 1;
    }
}
