using Nadhir.Formats.Sapient;
using Nadhir.Formats.Tests.Asterix;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Units;
using static Nadhir.Formats.Tests.Sapient.TestMessages;

namespace Nadhir.Formats.Tests.Sapient;

/// <summary>What becomes of the messages of a configured node.</summary>
public sealed class FeedDecoderTests
{
    static readonly DateTimeOffset arrived = Sent.AddSeconds(1);

    readonly RecordingSink sink = new();

    SapientFeedDecoder Receive(Sensor sensor, params byte[][] messages)
    {
        SapientFeedDecoder decoder = new("nodes", [Sensor() with { Id = "another", NodeId = null }, sensor]);
        foreach (byte[] message in messages) decoder.Decode(SapientFrame.Wrap(message), arrived, sink);
        return decoder;
    }

    Measurement Only()
    {
        Assert.Empty(sink.Faults);
        return Assert.Single(sink.Measurements);
    }

    static string Ray(string fields, string units = "DEGREES_M", string datum = "TRUE") =>
        $$"""
        "rangeBearing":{ {{fields}},"coordinateSystem":"RANGE_BEARING_COORDINATE_SYSTEM_{{units}}","datum":"RANGE_BEARING_DATUM_{{datum}}"}
        """;

    [Fact]
    public void A_radar_s_range_and_bearing_is_a_plot_with_the_errors_it_tells()
    {
        Receive(Sensor(),
            Detection(
                Ray("\"range\":12000,\"azimuth\":90,\"elevation\":2,\"rangeError\":20,\"azimuthError\":0.5,\"elevationError\":1")));
        Measurement plot = Only();
        Assert.Equal((MeasurementKind.Plot, 1, Sent), (plot.Kind, plot.Sensor, plot.Time));
        Assert.Equal(12_000, plot.RangeMetres);
        Assert.Equal(Math.PI / 2, plot.AzimuthRadians, 1e-12);
        Assert.Equal(2 * Angles.DegreesToRadians, plot.ElevationRadians, 1e-12);
        Assert.Equal(20, plot.SigmaRangeMetres, 1e-9);
        Assert.Equal(0.5 * Angles.DegreesToRadians, plot.SigmaAzimuthRadians, 1e-12);
        Assert.Equal(Angles.DegreesToRadians, plot.SigmaElevationRadians, 1e-12);
    }

    [Theory]
    [InlineData("DEGREES_M", 12_000, 45)]
    [InlineData("RADIANS_M", 12_000, Math.PI / 4)]
    [InlineData("DEGREES_KM", 12, 45)]
    [InlineData("RADIANS_KM", 12, Math.PI / 4)]
    public void All_units_of_range_and_bearing_mean_the_same(string units, double range, double azimuth)
    {
        Receive(Sensor(),
            Detection(Ray(FormattableString.Invariant($"\"range\":{range},\"azimuth\":{azimuth}"), units)));
        Measurement plot = Only();
        Assert.Equal(12_000, plot.RangeMetres, 1e-6);
        Assert.Equal(Math.PI / 4, plot.AzimuthRadians, 1e-9);
    }

    [Fact]
    public void A_direction_alone_is_a_bearing()
    {
        Receive(Sensor(SensorKind.Acoustic), Detection(Ray("\"azimuth\":-10,\"azimuthError\":3")));
        Measurement bearing = Only();
        Assert.Equal(MeasurementKind.Bearing, bearing.Kind);
        Assert.Equal(350 * Angles.DegreesToRadians, bearing.AzimuthRadians, 1e-9);
        Assert.Equal(3 * Angles.DegreesToRadians, bearing.SigmaAzimuthRadians, 1e-9);
        Assert.True(double.IsNaN(bearing.RangeMetres));
    }

    [Fact]
    public void A_bearing_from_grid_north_is_turned_by_the_convergence_of_the_grid()
    {
        Receive(Sensor(SensorKind.Acoustic), Detection(Ray("\"azimuth\":10", datum: "GRID")));
        // 44° east is one degree west of the middle of zone 38: grid north is west of true north there.
        double expected =
            10 - (Math.Atan(Math.Tan(1 * Angles.DegreesToRadians) * Math.Sin(33 * Angles.DegreesToRadians)) * Angles.RadiansToDegrees);
        Assert.Equal(expected, Only().AzimuthRadians * Angles.RadiansToDegrees, 1e-3);
    }

    [Fact]
    public void A_bearing_from_magnetic_north_needs_the_declination()
    {
        byte[] message = Detection(Ray("\"azimuth\":10", datum: "MAGNETIC"));
        Receive(Sensor(SensorKind.Acoustic), message);
        Assert.Contains("declination", Assert.Single(sink.Faults).Detail, StringComparison.Ordinal);
        sink.Faults.Clear();
        Receive(Sensor(SensorKind.Acoustic) with { DeclinationDegrees = 5 }, message);
        Assert.Equal(15 * Angles.DegreesToRadians, Only().AzimuthRadians, 1e-9);
    }

    [Fact]
    public void A_bearing_from_the_heading_of_a_platform_is_refused()
    {
        Receive(Sensor(), Detection(Ray("\"range\":100,\"azimuth\":10", datum: "PLATFORM")));
        Assert.Equal(DecodeFault.BadValue, Assert.Single(sink.Faults).Fault);
        Assert.Empty(sink.Measurements);
    }

    [Fact]
    public void A_radar_s_position_is_a_plot_from_where_it_stands()
    {
        Sensor radar = Sensor();
        TangentFrame frame = new(radar.Position);
        GeoPosition target = frame.FromLocal(3000, 4000, 500);
        Receive(radar, Detection("\"location\":" + Degrees(target.LongitudeDegrees, target.LatitudeDegrees,
            FormattableString.Invariant($",\"z\":{target.HeightMetres},\"xError\":0.0001,\"yError\":0.0001"))));
        Measurement plot = Only();
        Assert.Equal(MeasurementKind.Plot, plot.Kind);
        Assert.Equal(Math.Sqrt((5000.0 * 5000) + (500 * 500)), plot.RangeMetres, 1e-3);
        Assert.Equal(Math.Atan2(3000, 4000), plot.AzimuthRadians, 1e-9);
        Assert.Equal(target.HeightMetres, plot.HeightMetres, 1e-6);
        Assert.InRange(plot.SigmaRangeMetres, 10, 11.2); // a ten-thousandth of a degree
        Assert.Equal(plot.SigmaRangeMetres / 5000, plot.SigmaAzimuthRadians, 1e-6);
    }

    [Theory]
    [InlineData(SensorKind.System, MeasurementKind.SystemTrack)]
    [InlineData(SensorKind.RemoteId, MeasurementKind.PositionReport)]
    [InlineData(SensorKind.Adsb, MeasurementKind.PositionReport)]
    [InlineData(SensorKind.Observer, MeasurementKind.Sighting)]
    [InlineData(SensorKind.Acoustic, MeasurementKind.Sighting)]
    public void A_position_is_told_in_the_way_of_the_sensor_s_kind(SensorKind kind, MeasurementKind expected)
    {
        Receive(Sensor(kind), Detection("\"location\":" + Degrees(44.5, 33.25, ",\"z\":120")));
        Measurement seen = Only();
        Assert.Equal((expected, 33.25, 44.5, 120),
            (seen.Kind, seen.LatitudeDegrees, seen.LongitudeDegrees, seen.HeightMetres));
        Assert.True(double.IsNaN(seen.SigmaHorizontalMetres));
    }

    [Fact]
    public void Radians_and_UTM_mean_the_place_that_degrees_mean()
    {
        GeoPoint place = new(33.25, 44.5);
        UtmPoint utm = UtmPoint.From(place, 38, north: true);
        string datum = "\"datum\":\"LOCATION_DATUM_WGS84_E\"";
        string radians = FormattableString.Invariant(
            $$"""{"x":{{place.LongitudeDegrees * Angles.DegreesToRadians:R}},"y":{{place.LatitudeDegrees * Angles.DegreesToRadians:R}},"coordinateSystem":"LOCATION_COORDINATE_SYSTEM_LAT_LNG_RAD_M",{{datum}}}""");
        string[] zones = ["\"utmZone\":\"38S\",", "\"utmZone\":\"38\",", "\"utmZone\":\"38N\",", ""];
        foreach (string zone in zones)
        {
            Receive(Sensor(SensorKind.System), Detection("\"location\":" + FormattableString.Invariant(
                $$"""{"x":{{utm.EastingMetres:R}},"y":{{utm.NorthingMetres:R}},{{zone}}"xError":5,"yError":5,"coordinateSystem":"LOCATION_COORDINATE_SYSTEM_UTM_M",{{datum}}}""")));
        }

        Receive(Sensor(SensorKind.System), Detection("\"location\":" + radians));
        Assert.Empty(sink.Faults);
        Assert.Equal(zones.Length + 1, sink.Measurements.Count);
        Assert.All(sink.Measurements, seen => Assert.Equal(33.25, seen.LatitudeDegrees, 1e-9));
        Assert.All(sink.Measurements, seen => Assert.Equal(44.5, seen.LongitudeDegrees, 1e-9));
        Assert.All(sink.Measurements.Take(zones.Length), seen => Assert.Equal(5, seen.SigmaHorizontalMetres, 1e-9));
    }

    [Fact]
    public void The_zone_of_the_registration_counts_where_a_place_tells_none()
    {
        UtmPoint utm = UtmPoint.From(new(33.25, 42.5), 37, north: true);
        Receive(Sensor(SensorKind.System), Message(Registration(zone: "37S")),
            Detection("\"location\":" + FormattableString.Invariant(
            $$"""{"x":{{utm.EastingMetres:R}},"y":{{utm.NorthingMetres:R}},"coordinateSystem":"LOCATION_COORDINATE_SYSTEM_UTM_M","datum":"LOCATION_DATUM_WGS84_E"}""")));
        Assert.Equal(42.5, Only().LongitudeDegrees, 1e-6);
    }

    [Fact]
    public void A_place_that_is_none_is_a_bad_value_and_costs_its_neighbours_nothing()
    {
        byte[] bad = Detection("\"location\":" + Degrees(200, 33)),
            good = Detection("\"location\":" + Degrees(44.5, 33));
        SapientFeedDecoder decoder = Receive(Sensor());
        decoder.Decode([.. SapientFrame.Wrap(good), .. SapientFrame.Wrap(bad), .. SapientFrame.Wrap(good)], arrived,
            sink);
        Assert.Equal(2, sink.Measurements.Count);
        var fault = Assert.Single(sink.Faults);
        Assert.Equal((DecodeFault.BadValue, good.Length + 4, bad.Length + 4),
            (fault.Fault, fault.Offset, fault.Length));
        Assert.Contains(Node, fault.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SPEED_UNITS_MS", 36)]
    [InlineData("SPEED_UNITS_KPH", 10)]
    public void Velocity_is_in_the_units_of_the_registration(string units, double expected)
    {
        Receive(Sensor(SensorKind.System), Message(Registration(speed: units)),
            Detection("\"location\":" + Degrees(44.5, 33),
                ",\"enuVelocity\":{\"eastRate\":36,\"northRate\":-36,\"upRate\":2}"));
        Measurement seen = Only();
        Assert.Equal(expected, seen.VelocityEast, 1e-9);
        Assert.Equal(-expected, seen.VelocityNorth, 1e-9);
        Assert.Equal(2, seen.ClimbRate, 1e-9);
    }

    [Fact]
    public void Velocity_in_units_nobody_told_is_not_used()
    {
        Receive(Sensor(SensorKind.System),
            Detection("\"location\":" + Degrees(44.5, 33), ",\"enuVelocity\":{\"eastRate\":36,\"northRate\":-36}"));
        Assert.True(double.IsNaN(Only().VelocityEast));
    }

    [Theory]
    [InlineData("Standard Deviation", 1)]
    [InlineData("2 sigma", 0.5)]
    [InlineData("95% confidence", 1 / 1.96)]
    [InlineData("CEP", 1 / 1.1774)]
    public void Errors_are_what_the_registration_says_they_are(string type, double share)
    {
        Receive(Sensor(), Message(Registration(error: type)),
            Detection(Ray("\"range\":1000,\"azimuth\":1,\"rangeError\":10")));
        Assert.Equal(10 * share, Only().SigmaRangeMetres, 1e-9);
    }

    [Fact]
    public void An_object_s_identifier_is_a_track_number_where_the_node_follows_objects()
    {
        string place = "\"location\":" + Degrees(44.5, 33);
        byte[] one = Detection(place), other = Detection(place, objectId: Other),
            lost = Detection(place, ",\"state\":\"Object Lost\"");
        Receive(Sensor(), Message(Registration("TRACKING_TYPE_TRACK")), one, other, one, lost);
        Assert.True(sink.Measurements[0].SourceTrack >= 0);
        Assert.Equal(sink.Measurements[0].SourceTrack, sink.Measurements[2].SourceTrack);
        Assert.NotEqual(sink.Measurements[0].SourceTrack, sink.Measurements[1].SourceTrack);
        Assert.Equal([false, false, false, true], sink.Measurements.Select(seen => seen.Ended));
        int before = sink.Measurements[0].SourceTrack;
        sink.Measurements.Clear();
        Receive(Sensor(), Message(Registration("TRACKING_TYPE_TRACK")), other, one);
        Assert.Equal(before, sink.Measurements[1].SourceTrack);
    }

    [Theory]
    [InlineData("")]
    [InlineData("TRACKING_TYPE_NONE")]
    public void An_identifier_made_anew_for_every_detection_is_no_track_number(string tracking)
    {
        Receive(Sensor(), Message(Registration(tracking)), Detection("\"location\":" + Degrees(44.5, 33)));
        Assert.Equal(-1, Only().SourceTrack);
    }

    [Fact]
    public void A_radar_that_has_moved_sees_from_where_it_is()
    {
        Sensor radar = Sensor();
        GeoPosition moved = new TangentFrame(radar.Position).FromLocal(10_000, 0, 0);
        string where = ",\"nodeLocation\":" + Degrees(moved.LongitudeDegrees, moved.LatitudeDegrees,
            FormattableString.Invariant($",\"z\":{moved.HeightMetres}"));
        Receive(radar, Message(Status(more: where)), Detection(Ray("\"range\":5000,\"azimuth\":90")));
        Measurement plot = Only();
        Assert.Equal(15_000, plot.RangeMetres, 5.0);
        Assert.Equal(Math.PI / 2, plot.AzimuthRadians, 1e-3);
        sink.Measurements.Clear();
        Receive(radar, Message(Status(more: where)), Detection(Ray("\"azimuth\":90")));
        Assert.Contains("10.0 km off", Assert.Single(sink.Faults).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Range_and_bearing_of_what_is_no_radar_is_a_position_seen_from_its_node()
    {
        Sensor optical = Sensor(SensorKind.Acoustic);
        Receive(optical,
            Detection(Ray("\"range\":2,\"azimuth\":0,\"elevation\":30,\"rangeError\":0.03,\"azimuthError\":1",
                "DEGREES_KM")));
        Measurement seen = Only();
        (double east, double north, double up) = new TangentFrame(optical.Position)
            .ToLocal(new(seen.LatitudeDegrees, seen.LongitudeDegrees, seen.HeightMetres));
        Assert.Equal((0, 2000 * Math.Cos(Math.PI / 6), 1000), (Math.Round(east, 6), north, up), (a, b) =>
            Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) + Math.Abs(a.Item3 - b.Item3) < 1e-3);
        double across = 2000 * Math.Cos(Math.PI / 6) * Angles.DegreesToRadians;
        Assert.Equal(Math.Sqrt(0.5 * ((30 * 30) + (across * across))), seen.SigmaHorizontalMetres, 1e-6);
    }

    [Fact]
    public void A_node_is_alive_as_long_as_it_does_not_call_itself_blind()
    {
        Receive(Sensor(), Message(Registration()), Message(Status()), Message(Status("SYSTEM_WARNING")));
        Assert.Equal(3, sink.Alive.Count);
        sink.Alive.Clear();
        Receive(Sensor(), Message(Status("SYSTEM_ERROR")), Message(Status("SYSTEM_GOODBYE")),
            Message(Status(more: ",\"status\":[{\"statusType\":\"STATUS_TYPE_NOT_DETECTING\"}]")),
            Message(Status(more: ",\"status\":[{\"statusType\":\"STATUS_TYPE_INTERNAL_FAULT\",\"statusLevel\":\"STATUS_LEVEL_ERROR_STATUS\"}]")));
        Assert.Empty(sink.Alive);
        Assert.Empty(sink.Faults);
    }

    [Theory]
    [InlineData("{\"type\":\"Air Vehicle\",\"confidence\":0.9,\"subClass\":[{\"type\":\"UAV Rotary Wing\",\"confidence\":0.7,\"level\":1}]}", ObjectClass.UavRotor, 0.7)]
    [InlineData("{\"type\":\"Air Vehicle\",\"confidence\":0.9,\"subClass\":[{\"type\":\"Zeppelin\",\"level\":1}]}", ObjectClass.Aircraft, 0.9)]
    [InlineData("{\"type\":\"Human\",\"confidence\":0.3},{\"type\":\"Land vehicle\",\"confidence\":0.6}", ObjectClass.Vehicle, 0.6)]
    [InlineData("{\"type\":\"Air Vehicle\",\"subClass\":[{\"type\":\"UAV Fixed Wing\",\"level\":1}]}", ObjectClass.UavFixedWing, double.NaN)]
    [InlineData("{\"type\":\"Something of ours\"}", ObjectClass.Other, double.NaN)]
    public void A_classification_is_passed_on_as_the_nodes_word(string classification, ObjectClass expected, double confidence)
    {
        Receive(Sensor(SensorKind.System),
            Detection("\"location\":" + Degrees(44.5, 33), $",\"classification\":[{classification}]"));
        Assert.Equal(new ObjectReport(expected, confidence), Only().ReportedAs);
    }

    [Fact]
    public void A_goodbye_is_told_at_once_and_an_error_is_not_a_goodbye()
    {
        Receive(Sensor(), Message(Registration()), Message(Status("SYSTEM_ERROR")));
        Assert.Empty(sink.Gone);
        Receive(Sensor(), Message(Status("SYSTEM_GOODBYE")));
        Assert.Equal([(1, "the node said goodbye")], sink.Gone);
    }

    [Fact]
    public void What_a_node_says_of_its_state_is_passed_on_in_its_words()
    {
        SapientFeedDecoder decoder = Receive(Sensor());
        Assert.Empty(decoder.SensorWords);
        decoder = Receive(Sensor(), Message(Registration()), Message(Status()));
        Assert.Equal([(1, new SensorWord("registered, NODE_TYPE_RADAR, system Ok, mode Default", IsFault: false))], decoder.SensorWords);
        decoder = Receive(Sensor(), Message(Registration()), Message(Status("SYSTEM_WARNING",
            ",\"power\":{\"source\":\"POWERSOURCE_MAINS\",\"status\":\"POWERSTATUS_FAULT\",\"level\":20}"
            + ",\"status\":[{\"statusType\":\"STATUS_TYPE_EXPOSURE\",\"statusLevel\":\"STATUS_LEVEL_WARNING_STATUS\",\"statusValue\":\"lid open\"}]")));
        (int sensor, SensorWord word) = Assert.Single(decoder.SensorWords);
        Assert.Equal((1, true), (sensor, word.IsFault));
        Assert.Equal("registered, NODE_TYPE_RADAR, system Warning, mode Default, power POWERSOURCE_MAINS POWERSTATUS_FAULT 20 %, "
            + "STATUS_TYPE_EXPOSURE STATUS_LEVEL_WARNING_STATUS lid open", word.Words);
    }

    [Fact]
    public void A_node_that_is_not_configured_is_named()
    {
        Receive(Sensor(), Detection("\"location\":" + Degrees(44.5, 33), node: Stranger));
        var fault = Assert.Single(sink.Faults);
        Assert.Equal((DecodeFault.UnknownSensor, $"node {Stranger}"), (fault.Fault, fault.Detail));
    }

    [Fact]
    public void An_invalid_message_is_a_fault_with_the_path_of_its_reason()
    {
        byte[] message = Detection("\"location\":" + Degrees(44.5, 33));
        SapientDocument document = new();
        document.TryRead(message);
        byte[] text = System.Text.Encoding.UTF8.GetBytes(Aircraft);
        message[message.AsSpan().IndexOf(text)] = (byte)'Z'; // a ULID begins with 7 at most
        Receive(Sensor(), message);
        var fault = Assert.Single(sink.Faults);
        Assert.Equal(DecodeFault.BadValue, fault.Fault);
        Assert.Contains("detection_report.object_id", fault.Detail, StringComparison.Ordinal);
        Assert.Empty(sink.Measurements);
    }

    [Fact]
    public void A_clock_that_is_years_off_still_gives_a_time()
    {
        SapientDocument document = new();
        document.TryRead(Detection("\"location\":" + Degrees(44.5, 33)));
        byte[] early = System.Text.Encoding.UTF8.GetBytes(
            $$"""{"timestamp":"0001-01-01T00:00:00Z","nodeId":"{{Node}}",{{Status()}}}""");
        Assert.True(document.TryReadJson(early));
        Receive(Sensor(), document.ToBytes());
        Assert.Equal(1970, Assert.Single(sink.Alive).Time.Year);
    }
}
