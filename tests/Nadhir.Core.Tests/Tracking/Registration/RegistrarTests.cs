using System.Collections.Immutable;
using CsCheck;
using Nadhir.Sensing;
using Nadhir.Tracking.Engine;
using Nadhir.Tracking.Registration;

namespace Nadhir.Core.Tests.Tracking.Registration;

public sealed class RegistrarTests
{
    [Fact]
    public void Further_sensors_than_there_is_room_for_are_left_as_they_are_and_say_so()
    {
        Registrar registrar = Of(Registrar.MostSensors + 3);
        ImmutableArray<SensorRegistration> all = registrar.Report();
        Assert.Equal(Registrar.MostSensors, all.Count(found => found.IsCompared));
        Measurement seen = Plot(Registrar.MostSensors + 1, 50_000);
        Assert.Equal(seen, registrar.Correct(seen, seen.Sensor));
        registrar.Observe(0, Seen(0, 50_000, 0), seen);
        Assert.Equal(0, registrar.Report()[seen.Sensor].Samples);
    }

    [Fact]
    public void More_tracks_than_windows_are_taken_without_growing_and_later_tracks_get_the_freed_ones()
    {
        TrackWindows windows = new(2000);
        for (int row = 0; row < 2000; row++)
            Assert.Equal(row < TrackWindows.MostTracks, windows.TryAdd(row, default));
        for (int k = 1; k < TrackWindows.MostPlots; k++) Assert.True(windows.TryAdd(3, default));
        Assert.False(windows.TryAdd(3, default));
        windows.Release(3);
        windows.Release(3);
        Assert.True(windows.TryAdd(1999, default));
        Assert.False(windows.TryAdd(1998, default));
        Assert.Equal(0, windows.Of(3).Length);
        Assert.Equal(1, windows.Of(1999).Length);
    }

    [Fact]
    public void An_uncertain_time_makes_the_place_uncertain_by_what_a_jet_flies_meanwhile()
    {
        Registrar registrar = Of(1);
        Measurement wide = registrar.Correct(Plot(0, 100_000) with { SigmaTimeSeconds = 1 }, 0);
        Assert.Equal(100_000, wide.RangeMetres);
        Assert.InRange(wide.SigmaRangeMetres, 250, 260);
        Assert.InRange(100_000 * wide.SigmaAzimuthRadians, 280, 300); // 140 m of its own
    }

    [Fact]
    public void The_errors_are_found_in_any_straight_flights_and_the_flights_themselves_do_not_matter() =>
        Gen.Select(Gen.Double[-300, 300], Gen.Double[-300, 300], Gen.Double[-5, 5]).Sample((u, v, side) =>
        {
            WindowPlot[] plots = [.. Enumerable.Range(0, 8).Select(k => At(k % 2, k * 1.5, u, v, side * 1e4))];
            WindowEquations equations = new();
            Assert.True(equations.TrySet(plots, new double[6], 1));
            Assert.Equal((2, (2 * 8) - 4), (equations.PlaceCount, equations.Count));
            for (int e = 0; e < equations.Count; e++) Assert.Equal(0, equations.FoundBy(e), 1e-6);
        });

    [Fact]
    public void A_known_error_leaves_nothing_to_be_found()
    {
        double[] errors = [80, 0.002, 0.5, 0, 0, 0];
        WindowPlot[] plots = [.. Enumerable.Range(0, 8).Select(k => At(k % 2, k * 1.5, 200, 100, 3e4))];
        for (int k = 0; k < plots.Length; k += 2)
        {
            plots[k].X += (80 * plots[k].RangeX) + (0.002 * plots[k].AzimuthX);
            plots[k].Y += (80 * plots[k].RangeY) + (0.002 * plots[k].AzimuthY);
            plots[k].Time += 0.5;
        }

        WindowEquations equations = new();
        Assert.True(equations.TrySet(plots, new double[6], 1));
        Assert.Contains(Enumerable.Range(0, equations.Count), e => Math.Abs(equations.FoundBy(e)) > 0.3);
        Assert.True(equations.TrySet(plots, errors, 1));
        for (int e = 0; e < equations.Count; e++) Assert.Equal(0, equations.FoundBy(e), 1e-6);
    }

    [Fact]
    public void Plots_of_one_sensor_alone_compare_nothing()
    {
        WindowPlot[] plots = [.. Enumerable.Range(0, 8).Select(k => At(0, k * 1.5, 200, 100, 3e4))];
        Assert.False(new WindowEquations().TrySet(plots, new double[6], 1));
    }

    static WindowPlot At(int place, double t, double u, double v, double side) => new()
    {
        Place = place, Time = t, X = 60_000 + (u * t), Y = side + (v * t),
        RangeX = place == 0 ? 1 : 0, RangeY = place == 0 ? 0 : 1,
        AzimuthX = place == 0 ? 0 : 60_000, AzimuthY = place == 0 ? -60_000 : 0,
        Xx = 2500, Yy = 10_000, Xy = 100,
    };

    static Registrar Of(int count)
    {
        ImmutableArray<Sensor> sensors = [.. RadarWorld.Radars(1).SelectMany(radar => Enumerable.Repeat(radar, count))];
        return new(sensors, [.. sensors.Select(_ => (0.0, 0.0, 0.0))], 100, new RegistrationOptions(),
            mayCorrect: true);
    }

    static Measurement Plot(int sensor, double range) => new()
    {
        Kind = MeasurementKind.Plot, Sensor = sensor, Time = RadarWorld.Start, RangeMetres = range,
            AzimuthRadians = 1, HeightMetres = 8000,
    };

    static Observation Seen(double time, double x, double y) => new()
    {
        Kind = ObservationKind.Position, Time = time, X = x, Y = y, Z = 8000, Zz = 900, HasHeight = true,
    };
}
