using Nadhir.Formats.Asterix;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Units;

namespace Nadhir.Formats.Tests.Asterix;

/// <summary>CAT 001, 002, 010, 015, 020 and those that only say that somebody is alive.</summary>
public sealed class OlderCategoryTests
{
    static readonly DateTimeOffset noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    static RecordingSink Decode(DateTimeOffset arrived, params ReadOnlyMemory<byte>[] arrivals)
    {
        RecordingSink sink = new();
        AsterixFeedDecoder decoder = new("radar", [TestSensors.At(25, 2)]);
        foreach (ReadOnlyMemory<byte> arrival in arrivals) decoder.Decode(arrival.Span, arrived, sink);
        return sink;
    }

    static AsterixWriter Begin(int category, string profile = "")
    {
        AsterixWriter writer = new(category);
        writer.BeginRecord(profile);
        writer.Set("010", ("SAC", 25), ("SIC", 2));
        return writer;
    }

    [Theory]
    [InlineData("plot", 0)]
    [InlineData("track", 1)]
    public void Both_profiles_of_the_old_radar_category_become_plots(string profile, int type)
    {
        AsterixWriter writer = Begin(1, profile);
        writer.Set("020", ("TYP", type), ("SSRPSR", 3));
        writer.Set("040", ("RHO", 18_520), ("THETA", 90));
        writer.Set("070", ("MODE3A", "4301"));
        writer.Set("090", ("HGT", 3048));
        writer.Set("141", 43_200 % 512 + 1.5);
        if (type == 1) writer.Set("161", 77);
        RecordingSink sink = Decode(noon, writer.Finish());
        Assert.Empty(sink.Faults);
        Measurement plot = Assert.Single(sink.Measurements);
        Assert.Equal((MeasurementKind.Plot, 0, noon.AddSeconds(1.5)), (plot.Kind, plot.Sensor, plot.Time));
        Assert.Equal(18_520, plot.RangeMetres, 1e-6);
        Assert.Equal(Math.PI / 2, plot.AzimuthRadians, 1e-9);
        Assert.Equal(3048, plot.HeightMetres, 1e-9);
        Assert.Equal((0x8C1, true, type == 1 ? 77 : -1), (plot.Mode3A, plot.Primary, plot.SourceTrack));
    }

    [Fact]
    public void A_monoradar_track_that_was_not_seen_in_this_turn_is_no_plot()
    {
        AsterixWriter extrapolated = Begin(1, "track");
        extrapolated.Set("020", ("TYP", 1), ("SSRPSR", 3));
        extrapolated.Set("042", ("X", 1852), ("Y", 1852));
        AsterixWriter unseen = Begin(1, "plot");
        unseen.Set("020", ("TYP", 0), ("SSRPSR", 0));
        unseen.Set("040", ("RHO", 18_520), ("THETA", 90));
        RecordingSink sink = Decode(noon, extrapolated.Finish(), unseen.Finish());
        Assert.Empty(sink.Measurements);
        Assert.Equal(2, sink.Alive.Count);
    }

    [Fact]
    public void A_record_without_a_source_has_that_of_the_record_before_it()
    {
        AsterixWriter writer = Begin(1, "plot");
        writer.Set("020", ("TYP", 0), ("SSRPSR", 1));
        writer.Set("040", ("RHO", 18_520), ("THETA", 90));
        writer.BeginRecord("plot");
        writer.Set("020", ("TYP", 0), ("SSRPSR", 2));
        writer.Set("040", ("RHO", 20_000), ("THETA", 91));
        RecordingSink sink = Decode(noon, writer.Finish());
        Assert.Empty(sink.Faults);
        Assert.Equal([true, false], sink.Measurements.Select(plot => plot.Primary));
    }

    [Theory]
    [InlineData("2026-03-01T12:00:00Z", 12 * 3600 + 0.5, 0.5)]      // as told
    [InlineData("2026-03-01T12:00:00Z", 12 * 3600 - 1.25, -1.25)]
    [InlineData("2026-03-02T00:00:01Z", 86_399.5, -1.5)]            // told before midnight, arrived after it
    [InlineData("2026-03-01T23:59:59Z", 0.5, 1.5)]                  // the radar's clock is ahead, over midnight
    public void Truncated_times_are_completed_near_their_arrival(string arrived, double timeOfDay, double away)
    {
        AsterixWriter writer = Begin(1, "plot");
        writer.Set("020", ("TYP", 0), ("SSRPSR", 1));
        writer.Set("040", ("RHO", 18_520), ("THETA", 90));
        writer.Set("141", timeOfDay % 512);
        DateTimeOffset at = DateTimeOffset.Parse(arrived);
        Assert.Equal(at.AddSeconds(away), Assert.Single(Decode(at, writer.Finish()).Measurements).Time);
    }

    [Fact]
    public void A_radar_whose_clock_is_far_off_is_completed_by_its_own_north_marker()
    {
        // 1582 s behind, as found in a recording: more than the 256 s that the truncated time alone could bear.
        const double told = 43_200 - 1582;
        AsterixWriter north = Begin(2);
        north.Set("000", 1);
        north.Set("030", told);
        north.Set("041", 5);
        AsterixWriter plot = Begin(1, "plot");
        plot.Set("020", ("TYP", 0), ("SSRPSR", 1));
        plot.Set("040", ("RHO", 18_520), ("THETA", 90));
        plot.Set("141", (told + 2) % 512);
        RecordingSink sink = Decode(noon, north.Finish(), plot.Finish());
        Assert.Equal(noon.AddSeconds(2 - 1582), Assert.Single(sink.Measurements).Time);
        Assert.Equal((0, ScanMark.NorthMarker, noon.AddSeconds(-1582), 0.0, TimeSpan.FromSeconds(5)), Assert.Single(sink.Marks));
    }

    [Theory]
    [InlineData(1, ScanMark.NorthMarker, 0)]
    [InlineData(2, ScanMark.SectorCrossing, 45)]
    [InlineData(3, ScanMark.SectorCrossing, 180)]
    [InlineData(8, ScanMark.Other, 45)]
    public void Service_messages_of_the_old_category_mark_the_turn_of_the_antenna(int type, ScanMark mark, double degrees)
    {
        AsterixWriter writer = Begin(2);
        writer.Set("000", type);
        writer.Set("030", 43_200);
        if (type is 2 or 8) writer.Set("020", 45);
        RecordingSink sink = Decode(noon, writer.Finish());
        (int, ScanMark Mark, DateTimeOffset, double AzimuthRadians, TimeSpan) found = Assert.Single(sink.Marks);
        Assert.Equal(mark, found.Mark);
        Assert.Equal(degrees * Angles.DegreesToRadians, found.AzimuthRadians, 1e-9);
        Assert.Single(sink.Alive);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    public void Surface_and_multilateration_targets_are_tracks_of_another_system(int category)
    {
        AsterixWriter writer = Begin(category);
        if (category == 10) writer.Set("000", 1);
        writer.Set("140", 43_201);
        writer.Set("041", ("LAT", 33.25), ("LON", 44.5));
        writer.Set("202", ("VX", 10), ("VY", -20.25));
        writer.Set("161", (category == 10 ? "TRK" : "TRN", 12));
        writer.Set("220", "70C0DE");
        writer.Set("245", ("CHR", "IAW7"));
        writer.Set(category == 10 ? "060" : "070", ("MODE3A", "2000"));
        writer.Set("090", ("FL", 3048));
        if (category == 10) writer.Set("500", ("DEVX", 4), ("DEVY", 6));
        else writer.Set("500/SDP", ("X", 4), ("Y", 6));
        RecordingSink sink = Decode(noon, writer.Finish());
        Assert.Empty(sink.Faults);
        Measurement track = Assert.Single(sink.Measurements);
        Assert.Equal((MeasurementKind.SystemTrack, noon.AddSeconds(1), 12), (track.Kind, track.Time, track.SourceTrack));
        Assert.Equal(33.25, track.LatitudeDegrees, 3e-6);
        Assert.Equal(44.5, track.LongitudeDegrees, 3e-6);
        Assert.Equal((10, -20.25, 6), (track.VelocityEast, track.VelocityNorth, track.SigmaHorizontalMetres));
        Assert.Equal((0x70C0DEu, "IAW7", 0x400), (track.ModeSAddress, track.Callsign.ToString(), track.Mode3A));
        Assert.Equal(3048, track.HeightMetres, 1e-9);
    }

    [Theory]
    [InlineData(10, "042", "X", "Y", 3000, -4000)]
    [InlineData(20, "042", "X", "Y", 3000, -4000)]
    [InlineData(10, "040", "RHO", "TH", 5000, 143.1301)]
    public void Places_on_a_plane_are_seen_from_where_the_sensor_stands(
        int category, string item, string first, string second, double one, double other)
    {
        AsterixWriter writer = Begin(category);
        if (category == 10) writer.Set("000", 1);
        writer.Set(item, (first, one), (second, other));
        Measurement track = Assert.Single(Decode(noon, writer.Finish()).Measurements);
        (double metres, double azimuth) = Geodesic.Inverse(new(33, 44), new(track.LatitudeDegrees, track.LongitudeDegrees));
        Assert.Equal(5000, metres, 1.0);
        Assert.Equal(143.1301, azimuth, 0.01);
    }

    [Fact]
    public void Other_messages_of_a_surface_system_say_that_it_is_alive()
    {
        AsterixWriter cycle = Begin(10);
        cycle.Set("000", 2);
        cycle.Set("140", 43_201);
        RecordingSink sink = Decode(noon, cycle.Finish());
        Assert.Empty(sink.Measurements);
        Assert.Equal((0, noon.AddSeconds(1)), Assert.Single(sink.Alive));
    }

    [Fact]
    public void A_passive_system_gives_plots_where_it_tells_range_and_azimuth()
    {
        AsterixWriter writer = Begin(15);
        writer.Set("000", ("MT", 3));
        writer.Set("145", 43_200);
        writer.Set("020", ("MOMU", 0));
        writer.Set("625/R", 12_000.5);
        writer.Set("625/SDR", 20);
        writer.Set("627/AZ", 270);
        writer.Set("628/EL", 4.5);
        Measurement plot = Assert.Single(Decode(noon, writer.Finish()).Measurements);
        Assert.Equal((MeasurementKind.Plot, noon, true), (plot.Kind, plot.Time, plot.Primary));
        Assert.Equal(12_000.5, plot.RangeMetres, 1e-6);
        Assert.Equal(1.5 * Math.PI, plot.AzimuthRadians, 1e-9);
        Assert.Equal(4.5 * Angles.DegreesToRadians, plot.ElevationRadians, 1e-4);
        Assert.Equal(20, plot.SigmaRangeMetres, 1e-6);
    }

    [Fact]
    public void A_range_between_two_stations_is_no_slant_range()
    {
        AsterixWriter bistatic = Begin(15);
        bistatic.Set("000", ("MT", 1));
        bistatic.Set("145", 43_200);
        bistatic.Set("020", ("MOMU", 1));
        bistatic.Set("625/R", 12_000);
        bistatic.Set("627/AZ", 270);
        RecordingSink sink = Decode(noon, bistatic.Finish());
        Assert.Empty(sink.Measurements);
        Assert.Single(sink.Alive);
    }

    [Fact]
    public void A_passive_system_that_tells_positions_gives_system_tracks_until_it_ends_them()
    {
        AsterixWriter writer = Begin(15);
        writer.Set("000", ("MT", 2));
        writer.Set("145", 43_200);
        writer.Set("161", 9);
        writer.Set("600/P84", ("LATITUDE", 33.5), ("LONGITUDE", 44.25));
        writer.Set("601/GH", 1234.5);
        writer.Set("602/HV", ("X", -50), ("Y", 60));
        writer.BeginRecord();
        writer.Set("010", ("SAC", 25), ("SIC", 2));
        writer.Set("000", ("MT", 5));
        writer.Set("145", 43_201);
        writer.Set("161", 9);
        RecordingSink sink = Decode(noon, writer.Finish());
        Assert.Equal([false, true], sink.Measurements.Select(track => track.Ended));
        Measurement track = sink.Measurements[0];
        Assert.Equal((MeasurementKind.SystemTrack, 9), (track.Kind, track.SourceTrack));
        Assert.Equal(33.5, track.LatitudeDegrees, 1e-6);
        Assert.Equal(1234.5, track.HeightMetres, 1e-6);
        Assert.Equal((-50, 60), (track.VelocityEast, track.VelocityNorth));
    }

    [Theory]
    [InlineData(8, "090")]
    [InlineData(19, "140")]
    [InlineData(23, "070")]
    [InlineData(205, "030")]
    [InlineData(240, "")]
    public void Weather_status_directions_and_video_say_that_their_source_is_alive(int category, string timeItem)
    {
        AsterixWriter writer = Begin(category);
        writer.Set("000", category == 8 ? 255 : 1);
        if (timeItem.Length > 0) writer.Set(timeItem, 43_201);
        RecordingSink sink = Decode(noon, writer.Finish());
        Assert.Empty(sink.Faults);
        Assert.Empty(sink.Measurements);
        Assert.Equal((0, noon.AddSeconds(timeItem.Length > 0 ? 1 : 0)), Assert.Single(sink.Alive));
    }
}
