using Nadhir.Tracking;
using Nadhir.Tracking.Registration;
using Nadhir.Units;

namespace Nadhir.Core.Tests.Tracking.Registration;

public sealed class BiasTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_errors_of_one_radar_among_five_are_found_in_five_minutes_and_the_others_are_not_blamed(int seed)
    {
        RadarWorld world = Skies.Busy(seed, RadarWorld.Radars(5));
        world.Errors[2] = new(150, 0.3, 0.4);
        world.Run(300);
        Assert.Equal(5, world.Tracker.Registrations.Count);
        foreach (SensorRegistration found in world.Tracker.Registrations)
        {
            bool isWrong = found.Sensor == 2;
            Assert.True(found.IsSettled);
            Near(isWrong ? 150 : 0, found.RangeMetres, found.SigmaRangeMetres, 15);
            Near(isWrong ? 0.3 : 0, found.AzimuthRadians * Angles.RadiansToDegrees,
                found.SigmaAzimuthRadians * Angles.RadiansToDegrees, 0.03);
            Near(isWrong ? 0.4 : 0, found.ClockSeconds, found.SigmaClockSeconds, 0.04);
            Assert.Equal(isWrong, found.Fault.Length > 0);
            Assert.Equal(isWrong, found is { HasRangeBias: true, HasAzimuthBias: true, HasClockOffset: true,
                IsCorrected: true });
        }

        Assert.Equal(12, world.Tracker.Tracks.Count);
        Assert.InRange(world.Heard.Confirmed.Count, 12, 14); // two of the flights may be two each until the error is known

        static void Near(double truth, double found, double sigma, double tenth) =>
            Assert.InRange(found, truth - Math.Max(tenth, 3 * sigma), truth + Math.Max(tenth, 3 * sigma));
    }

    [Fact]
    public void Errors_of_the_other_sign_are_told_as_such()
    {
        RadarWorld world = Skies.Busy(4, RadarWorld.Radars(5));
        world.Errors[0] = new(-120, -0.25, -0.5);
        world.Run(400);
        SensorRegistration found = world.Tracker.Registrations[0];
        Assert.InRange(found.RangeMetres, -145, -95);
        Assert.InRange(found.AzimuthRadians * Angles.RadiansToDegrees, -0.28, -0.22);
        Assert.InRange(found.ClockSeconds, -0.6, -0.4);
        Assert.Contains("too short", found.Fault, StringComparison.Ordinal);
        Assert.Contains("anticlockwise", found.Fault, StringComparison.Ordinal);
        Assert.Contains("behind", found.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(51)]
    [InlineData(52)]
    [InlineData(53)]
    [InlineData(54)]
    public void Radars_without_errors_are_never_accused_in_twenty_minutes(int seed)
    {
        RadarWorld world = Skies.Busy(seed, RadarWorld.Radars(5));
        for (int k = 0; k < 20; k++)
        {
            world.Run(60);
            Assert.All(world.Tracker.Registrations, found => Assert.Equal("", found.Fault));
        }

        Assert.All(world.Tracker.Registrations, found => Assert.Equal((true, 0), (found.IsSettled, found.Restarts)));
    }

    [Theory]
    [InlineData(2, 1.0, 0)]
    [InlineData(5, -1.5, 0)]
    [InlineData(2, 2.5, 0)]
    [InlineData(2, 0, 1500)]
    [InlineData(5, 0, -1500)]
    public void A_radar_so_far_out_that_its_plots_join_no_track_is_found_by_the_height_of_the_flights(
        int radars, double azimuth, double range)
    {
        RadarWorld world = Skies.Busy(2, RadarWorld.Radars(radars));
        world.Errors[1] = new(range, azimuth);
        world.Run(700);
        SensorRegistration found = world.Tracker.Registrations[1];
        Assert.InRange(found.AzimuthRadians * Angles.RadiansToDegrees, azimuth - 0.03, azimuth + 0.03);
        Assert.InRange(found.RangeMetres, range - 25, range + 25);
        Assert.True(found is { IsSettled: true, IsCorrected: true, Restarts: 1 });
        Assert.Equal(12, world.Tracker.Tracks.Count);
        Assert.All(world.Tracker.Registrations, other => Assert.Equal(other.Sensor == 1, other.Fault.Length > 0));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(25)]
    [InlineData(35)]
    public void Flights_that_never_fly_straight_accuse_nobody(double acceleration)
    {
        RadarWorld world = new(61, RadarWorld.Radars(5));
        for (int k = 0; k < 10; k++)
        {
            double speed = 200 + (8 * k), rate = (k % 2 == 0 ? 1 : -1) * acceleration / speed, radius = speed / rate,
                phase = k;
            double east = -90_000 + (20_000 * k), north = 60_000 - (30_000 * (k % 4));
            world.Fly(t => (east + (radius * Math.Sin((rate * t) + phase)),
                north + (radius * Math.Cos((rate * t) + phase)), 7000));
        }

        for (int k = 0; k < 12; k++)
        {
            world.Run(60);
            Assert.All(world.Tracker.Registrations, found => Assert.Equal("", found.Fault));
        }
    }

    [Fact]
    public void Two_radars_that_differ_by_half_a_degree_show_each_flight_once_when_corrected_and_twice_when_not()
    {
        Assert.Equal(12, Shown(corrects: true));
        Assert.InRange(Shown(corrects: false), 15, 24);

        static int Shown(bool corrects)
        {
            RadarWorld world = Skies.Busy(71, RadarWorld.Radars(2),
                options: new TrackerOptions { CorrectsBias = corrects });
            world.Errors[1] = new(150, 0.5, 0.4);
            world.Run(900);
            return world.Tracker.Tracks.Count;
        }
    }

    [Fact]
    public void Of_two_clocks_that_disagree_neither_is_the_measure_unless_one_is_trusted()
    {
        (double first, double second) = Clocks(trustsFirst: false);
        Assert.InRange(first, -0.27, -0.13);
        Assert.InRange(second, 0.13, 0.27);
        (first, second) = Clocks(trustsFirst: true);
        Assert.InRange(first, -0.05, 0.05);
        Assert.InRange(second, 0.3, 0.5);

        static (double, double) Clocks(bool trustsFirst)
        {
            RadarWorld world = Skies.Busy(72,
                [.. RadarWorld.Radars(2).Select(radar => radar with { Trusted = trustsFirst && radar.Id == "R0" })]);
            world.Errors[1] = new(0, 0, 0.4);
            world.Run(600);
            IReadOnlyList<SensorRegistration> found = world.Tracker.Registrations;
            return (found[0].ClockSeconds, found[1].ClockSeconds);
        }
    }

    [Fact]
    public void A_radar_that_is_turned_in_service_is_learned_anew()
    {
        RadarWorld world = Skies.Busy(5, RadarWorld.Radars(5));
        world.Run(480);
        Assert.False(world.Tracker.Registrations[1].HasAzimuthBias);
        world.Errors[1] = new(0, 0.5, 0);
        world.Run(480);
        SensorRegistration found = world.Tracker.Registrations[1];
        Assert.Equal(1, found.Restarts);
        Assert.InRange(found.AzimuthRadians * Angles.RadiansToDegrees, 0.47, 0.53);
        Assert.True(found.IsCorrected);
    }

    [Fact]
    public void One_radar_alone_has_nothing_to_be_compared_with()
    {
        RadarWorld world = Skies.Busy(6, RadarWorld.Radars(1));
        world.Errors[0] = new(300, 1, 1);
        world.Run(300);
        SensorRegistration found = Assert.Single(world.Tracker.Registrations);
        Assert.Equal((0L, false, false, ""), (found.Samples, found.IsSettled, found.IsCorrected, found.Fault));
    }

    [Fact]
    public void The_same_measurements_give_the_same_estimates_bit_for_bit()
    {
        static IEnumerable<SensorRegistration> Once()
        {
            RadarWorld world = Skies.Busy(7, RadarWorld.Radars(3));
            world.Errors[1] = new(90, -0.2, 0.3);
            world.Run(300);
            return world.Tracker.Registrations;
        }

        Assert.Equal(Once(), Once());
    }
}
