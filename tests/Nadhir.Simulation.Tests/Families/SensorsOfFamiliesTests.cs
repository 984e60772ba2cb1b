using Nadhir.Formats.ModeS.Feeds;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Simulation.Movements;
using Nadhir.Simulation.Radars;
using Nadhir.Simulation.Receivers;

namespace Nadhir.Simulation.Tests.Families;

/// <summary>What the families' sensors add to the scenario's radars: bytes that the real decoders read.</summary>
public sealed class SensorsOfFamiliesTests
{
    static readonly DateTimeOffset anchor = new(2030, 1, 15, 12, 0, 0, TimeSpan.Zero);

    static readonly Sensor tactical = Invented.Radar with { Kind = SensorKind.Radar3D, SigmaElevationDegrees = 0.1 };

    static WatchConfiguration Watch(Sensor sensor, string format = "asterix") => new()
    {
        Name = "test", Exercise = true, Sender = "test", Origin = Invented.Middle, Sensors = [sensor],
        Feeds = [new() { Id = sensor.Feed, Format = format }],
    };

    [Fact]
    public void A_radar_that_measures_height_tells_it_with_the_error_of_its_elevation()
    {
        Movement target = Invented.Straight(Invented.At(0, 60_000), Invented.At(20, 60_000), 10, 4000, null).Movement;
        DecodedPlots found = DecodedPlots.Of(new RadarSimulator(tactical, [target], anchor, 5, sectorCount: 8).Arrivals(0, 2000), Watch(tactical));
        double[] errors = [.. found.Plots.Select(plot => plot.HeightMetres - 4000)];
        Assert.InRange(errors.Length, 400, 500);
        double sigma = 60_000 * 0.1 * Units.Angles.DegreesToRadians;
        Assert.Equal(sigma, Math.Sqrt(errors.Average(error => error * error)), 0.12 * sigma);
        Assert.Equal(9, found.Marks.Count / 499); // a north and eight sectors a turn
    }

    [Fact]
    public void A_small_target_is_seen_at_its_share_of_the_range_and_nothing_while_the_radar_is_silent()
    {
        Movement small = Invented.Straight(Invented.At(0, 200_000), Invented.At(0, 20_000), 100, 8000, null).Movement with { RangeShare = 0.3 };
        RadarSimulator radar = new(Invented.Radar, [small], anchor, 5) { Outages = [new(1300, 1500)] };
        DecodedPlots found = DecodedPlots.Of(radar.Arrivals(0, 1800), Watch(Invented.Radar));
        Assert.All(found.Plots, plot => Assert.InRange(plot.RangeMetres, 0, 91_000));
        Assert.DoesNotContain(found.Marks, mark => (mark.Time - anchor).TotalSeconds is > 1306 and < 1498);
        Assert.Contains(found.Marks, mark => (mark.Time - anchor).TotalSeconds > 1501);
    }

    [Fact]
    public void A_false_report_is_heard_and_not_seen()
    {
        Movement ghost = Invented.Straight(Invented.At(200, 90_000), Invented.At(20, 90_000), 200, 7000, null).Movement with
        {
            TellsPosition = true, IsFalseReport = true, TransponderUntilSeconds = 400,
            Transponder = new() { Address = 0x7A0001, Callsign = Callsign.From("INV1") },
        };
        Assert.Empty(DecodedPlots.Of(new RadarSimulator(Invented.Radar, [ghost], anchor, 5).Arrivals(0, 300), Watch(Invented.Radar)).Plots);

        Sensor receiver = new() { Id = "A", Kind = SensorKind.Adsb, Feed = "a", Position = Invented.Radar.Position, AntennaMetres = 30 };
        BeastFeedDecoder decoder = new("a", [receiver]);
        DecodedPlots heard = new();
        foreach (SimulatedArrival arrival in new ReceiverSimulator(receiver, [ghost], anchor, 5).Arrivals(0, 600))
            decoder.Decode(arrival.Bytes, arrival.At, heard);
        Assert.Empty(heard.Faults);
        Assert.InRange(heard.Plots.Count, 330, 400);
        Assert.All(heard.Plots, report =>
        {
            TargetState told = ghost.At((report.Time - anchor).TotalSeconds)!.Value;
            Assert.Equal(0x7A0001u, report.ModeSAddress);
            Assert.InRange(Geodesic.Inverse(told.Position.Point, new(report.LatitudeDegrees, report.LongitudeDegrees)).DistanceMetres, 0, 60);
            Assert.Equal(7000, report.HeightMetres, 8.0);
            Assert.InRange((report.Time - anchor).TotalSeconds, 0, 401);
        });
        Assert.Contains(heard.Plots, report => report.Callsign.ToString() == "INV1");
        Measurement moving = heard.Plots.First(report => double.IsFinite(report.VelocityEast));
        Assert.Equal(200, Math.Sqrt((moving.VelocityEast * moving.VelocityEast) + (moving.VelocityNorth * moving.VelocityNorth)), 1.0);
    }

    [Fact]
    public void A_patch_of_rain_gives_plots_where_it_is()
    {
        ClutterPatch rain = new(Invented.At(90, 80_000), 10_000, 4000, 6, 0, 0);
        DecodedPlots found = DecodedPlots.Of(
            new RadarSimulator(Invented.Radar, [], anchor, 5) { Patches = [rain] }.Arrivals(0, 800), Watch(Invented.Radar));
        Assert.Equal(6 * 199, found.Plots.Count, 140.0); // 4 sigma
        Assert.All(found.Plots, plot => Assert.InRange(plot.RangeMetres, 69_900, 90_100));
    }
}
