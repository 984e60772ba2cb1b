using System.Security.Cryptography;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Simulation.Movements;
using Nadhir.Simulation.Radars;
using Nadhir.Simulation.Scenarios;

namespace Nadhir.Simulation.Tests;

public sealed class RadarTests(ITestOutputHelper output)
{
    static readonly DateTimeOffset anchor = new(2024, 7, 29, 21, 45, 0, TimeSpan.Zero);

    static readonly Sensor radar = new()
    {
        Id = "R", Kind = SensorKind.Radar, Feed = "f", Sac = 250, Sic = 7, Position = new(33, 44, 0), AntennaMetres = 20,
        FalsePlotsPerScan = 0,
    };

    static readonly WatchConfiguration watch = new()
    {
        Name = "test", Exercise = true, Sender = "test", Origin = new(33, 44), Sensors = [radar],
        Feeds = [new() { Id = "f", Format = "asterix" }],
    };

    static Movement Flight(Transponder? transponder) => new()
    {
        Id = "F", Kind = MovementKind.Civil, StartSeconds = 0, Transponder = transponder,
        Path = new FlightPath([new(new(32.0, 43.0), 9000), new(new(35.0, 45.6), 9000)], 50),
    };

    [Fact]
    public void Errors_of_range_and_azimuth_have_the_stated_sigma_and_no_bias()
    {
        Movement flight = Flight(null);
        DecodedPlots found = DecodedPlots.Of(new RadarSimulator(radar, [flight], anchor, 5).Arrivals(0, 8000), watch);
        TangentFrame frame = new(radar.Position with { HeightMetres = radar.AntennaMetres });
        List<double> ranges = [], azimuths = [];
        foreach (Measurement plot in found.Plots)
        {
            (double east, double north, double up) =
                frame.ToLocal(flight.At((plot.Time - anchor).TotalSeconds)!.Value.Position);
            ranges.Add((plot.RangeMetres - Math.Sqrt((east * east) + (north * north) + (up * up))) / radar.SigmaRangeMetres);
            azimuths.Add(Units.Angles.WrapRadians(plot.AzimuthRadians - Math.Atan2(east, north))
                / (radar.SigmaAzimuthDegrees * Units.Angles.DegreesToRadians));
        }

        output.WriteLine($"{ranges.Count} plots, range {Sigma(ranges):F3}, azimuth {Sigma(azimuths):F3} of the stated sigma");
        Assert.Empty(found.Faults);
        Assert.Equal(0.9 * 800, found.Plots.Count, 40.0);
        Assert.Equal(1, Sigma(ranges), 0.1);
        Assert.Equal(1, Sigma(azimuths), 0.1);
        Assert.Equal(0, ranges.Average(), 0.15);
        Assert.Equal(0, azimuths.Average(), 0.15);
    }

    [Fact]
    public void A_cooperative_flight_says_who_it_is_and_how_high()
    {
        Transponder transponder = new() { Mode3A = 0x8C1, Address = 0xFA0101, Callsign = Callsign.From("NDX101"), HeightStepFeet = 100 };
        DecodedPlots found = DecodedPlots.Of(new RadarSimulator(radar, [Flight(transponder)], anchor, 5).Arrivals(0, 600), watch);
        Assert.NotEmpty(found.Plots);
        Assert.All(found.Plots, plot =>
        {
            Assert.Equal(0x8C1, plot.Mode3A);
            Assert.Equal(0xFA0101u, plot.ModeSAddress);
            Assert.Equal("NDX101", plot.Callsign.ToString());
            Assert.Equal(8991.6, plot.HeightMetres, 0.1); // FL 295
            Assert.False(plot.Simulated);
        });
    }

    [Fact]
    public void A_flight_without_transponder_is_seen_by_the_primary_alone_and_nobody_knows_its_height()
    {
        DecodedPlots found = DecodedPlots.Of(new RadarSimulator(radar, [Flight(null)], anchor, 5).Arrivals(0, 600), watch);
        Assert.NotEmpty(found.Plots);
        Assert.All(found.Plots, plot =>
        {
            Assert.True(plot.Primary);
            Assert.True(double.IsNaN(plot.HeightMetres));
            Assert.Equal(-1, plot.Mode3A);
            Assert.Equal(0u, plot.ModeSAddress);
        });
    }

    [Fact]
    public void Nothing_below_the_horizon_is_seen()
    {
        Assert.Equal(337_700, Horizon.Metres(20, 6000), 100.0); // the scenario's figure for a jet
        Movement low = Flight(null) with { Path = new FlightPath([new(new(34.5, 44.0), 100), new(new(35.5, 44.0), 100)], 15) };
        DecodedPlots found = DecodedPlots.Of(new RadarSimulator(radar, [low], anchor, 5).Arrivals(0, 1200), watch);
        Assert.Empty(found.Plots);
        Assert.Equal(33 * 119, found.Marks.Count, 33.0); // the antenna turns all the same
    }

    [Fact]
    public void False_plots_are_as_many_as_stated_and_even_over_the_disc()
    {
        Sensor cluttered = radar with { FalsePlotsPerScan = 20 };
        DecodedPlots found = DecodedPlots.Of(new RadarSimulator(cluttered, [], anchor, 9).Arrivals(0, 6000), watch);
        Assert.Equal(20 * 599, found.Plots.Count, 400.0); // 4 sigma of a Poisson count of 12,000 is 438
        double inner = found.Plots.Count(plot => plot.RangeMetres < cluttered.RangeMetres / 2) / (double)found.Plots.Count;
        Assert.Equal(0.25, inner, 0.02);
    }

    [Fact]
    public void A_skewed_clock_shifts_the_times_and_nothing_else()
    {
        SimulatedArrival[] right = [.. new RadarSimulator(radar, [Flight(null)], anchor, 5).Arrivals(0, 100)];
        SimulatedArrival[] skewed = [.. new RadarSimulator(radar, [Flight(null)], anchor, 5, clockSkewSeconds: 2).Arrivals(0, 100)];
        List<Measurement> one = DecodedPlots.Of(right, watch).Plots, other = DecodedPlots.Of(skewed, watch).Plots;
        Assert.Equal(one.Count, other.Count);
        Assert.All(one.Zip(other), pair =>
        {
            Assert.Equal(2, (pair.Second.Time - pair.First.Time).TotalSeconds, 0.01);
            Assert.Equal(pair.First.RangeMetres, pair.Second.RangeMetres);
        });
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        string one = Fingerprint(new(Babil.Scenario, Babil.Border(), new() { Azimuth = 45, Seed = 7 }));
        string again = Fingerprint(new(Babil.Scenario, Babil.Border(), new() { Azimuth = 45, Seed = 7 }));
        string other = Fingerprint(new(Babil.Scenario, Babil.Border(), new() { Azimuth = 45, Seed = 8 }));
        Assert.Equal(one, again);
        Assert.NotEqual(one, other, StringComparer.Ordinal);
    }

    [Fact]
    public void A_failed_sensor_says_nothing_and_changes_nothing_for_the_others()
    {
        ScenarioOptions options = new() { Azimuth = 90, Seed = 3 };
        PreparedScenario whole = new(Babil.Scenario, Babil.Border(), options);
        PreparedScenario without = new(Babil.Scenario, Babil.Border(), options with { SensorsOff = ["SIM-1"] });
        List<SimulatedArrival> expected = [.. whole.Arrivals().Take(3000).Where(arrival => arrival.Feed != "feed-sim-1")];
        List<SimulatedArrival> actual = [.. without.Arrivals().Take(expected.Count)];
        Assert.DoesNotContain(actual, arrival => arrival.Feed == "feed-sim-1");
        Assert.All(expected.Zip(actual), pair => Assert.True(pair.First.At == pair.Second.At && pair.First.Bytes.SequenceEqual(pair.Second.Bytes)));
    }

    [Fact]
    public void All_bytes_of_the_strike_decode_without_fault_in_order_of_time()
    {
        PreparedScenario prepared = Babil.Prepared(45);
        DateTimeOffset until = prepared.InstantOf(0), before = DateTimeOffset.MinValue;
        List<SimulatedArrival> arrivals = [];
        foreach (SimulatedArrival arrival in prepared.Arrivals().TakeWhile(arrival => arrival.At < until))
        {
            Assert.True(arrival.At >= before);
            Assert.Equal(0, arrival.At.Ticks % 10);
            before = arrival.At;
            arrivals.Add(arrival);
        }

        DecodedPlots found = DecodedPlots.Of(arrivals, prepared.Configuration);
        output.WriteLine($"{arrivals.Count} datagrams, {found.Plots.Count} plots, {found.Marks.Count} marks");
        Assert.Empty(found.Faults);
        Assert.True(found.Plots.Count > 10_000);
        Assert.All(found.Plots, plot => Assert.InRange((plot.Time - prepared.Start).TotalSeconds, -1, 1600));
        for (int sensor = 0; sensor < 5; sensor++)
            Assert.Contains(found.Plots, plot => plot.Sensor == sensor && plot.ModeSAddress != 0);
    }

    static string Fingerprint(PreparedScenario prepared)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (SimulatedArrival arrival in prepared.Arrivals().Take(4000))
        {
            hash.AppendData(BitConverter.GetBytes(arrival.At.Ticks));
            hash.AppendData(arrival.Bytes);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    static double Sigma(List<double> errors)
    {
        double mean = errors.Average();
        return Math.Sqrt(errors.Average(error => (error - mean) * (error - mean)));
    }
}
