using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Tracking;
using Nadhir.Tracking.Registration;
using Nadhir.Units;

namespace Nadhir.Core.Tests.Tracking.Registration;

/// <summary>Flights that tell their own positions beside the radars that see them.</summary>
public sealed class AnchorTests
{
    [Fact]
    public void One_radar_is_measured_against_flights_that_tell_their_own_positions()
    {
        SensorRegistration found = WithReports(new(150, 0.3, 0), falseEast: 0).Tracker.Registrations[0];
        Assert.True(found.IsSettled);
        Assert.InRange(found.RangeMetres, 125, 175);
        Assert.InRange(found.AzimuthRadians * Angles.RadiansToDegrees, 0.26, 0.34);
        Assert.InRange(found.ClockSeconds, -0.1, 0.1);
        Assert.True(found is { HasRangeBias: true, HasAzimuthBias: true, HasClockOffset: false });
    }

    [Fact]
    public void A_source_of_reports_is_itself_found_by_its_clock_alone()
    {
        SensorRegistration found = WithReports(default, falseEast: 0).Tracker.Registrations[1];
        Assert.True(found.IsCompared);
        Assert.Equal((0, 0, 0, 0),
            (found.RangeMetres, found.SigmaRangeMetres, found.AzimuthRadians, found.SigmaAzimuthRadians));
        Assert.InRange(found.SigmaClockSeconds, 1e-4, 0.1);
    }

    [Fact]
    public void Reports_of_false_positions_do_not_turn_the_radar_far()
    {
        // A quarter of a kilometre: little enough to be taken for the same flight. One liar among twelve honest ones.
        SensorRegistration found = WithReports(default, falseEast: 250).Tracker.Registrations[0];
        Assert.InRange(found.AzimuthRadians * Angles.RadiansToDegrees, -0.05, 0.05);
        Assert.InRange(found.RangeMetres, -40, 40);
    }

    static RadarWorld WithReports(SystematicError error, double falseEast)
    {
        ImmutableArray<Sensor> sensors =
        [
            .. RadarWorld.Radars(1),
            new Sensor
            {
                Id = "A", Kind = SensorKind.Adsb, Feed = "test", Position = new(33, 44, 0), SigmaPositionMetres = 30,
                Period = TimeSpan.FromSeconds(5), DetectionProbability = 0, FalsePlotsPerScan = 0,
                    RangeMetres = 400_000,
            },
        ];
        List<Func<double, (double East, double North, double Height)?>> flights = [];
        RadarWorld world = new(21, sensors);
        Random random = new(21);
        for (int k = 0; k < 12; k++)
        {
            flights.Add(RadarWorld.Straight(-100_000 + (17_000 * k), -80_000 + (23_000 * (k % 7)), 200 + (5 * k),
                30 * k, 9000));
            world.Fly(flights[k]);
        }

        world.Errors[0] = error;
        double last = 0;
        world.Run(600, end =>
        {
            for (; last + 1 < end; last++)
            {
                for (int k = (int)last % 4; k < flights.Count; k += 4)
                    Tell(world, k, last, flights[k], k == 0 ? falseEast : 0, random);
            }
        });
        return world;
    }

    static void Tell(RadarWorld world, int flight, double time,
        Func<double, (double East, double North, double Height)?> path,
        double falseEast, Random random)
    {
        if (path(time) is not { } at) return;
        GeoPoint place = RadarWorld.Plane.FromPlane(
            at.East + falseEast + (30 * ((2 * random.NextDouble()) - 1)),
                at.North + (30 * ((2 * random.NextDouble()) - 1)));
        Measurement report = new()
        {
            Kind = MeasurementKind.PositionReport, Sensor = 1, Time = RadarWorld.Start.AddSeconds(time),
            LatitudeDegrees = place.LatitudeDegrees, LongitudeDegrees = place.LongitudeDegrees,
                HeightMetres = at.Height,
            ModeSAddress = (uint)(0xABC000 + flight),
        };
        world.Tracker.Process(new() { Sensor = 1, Time = report.Time, WidthRadians = 0, Measurements = [report] },
            world.Heard);
    }
}
