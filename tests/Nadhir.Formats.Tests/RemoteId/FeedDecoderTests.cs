using System.Text;
using Nadhir.Formats.RemoteId;
using Nadhir.Formats.Tests.Asterix;
using Nadhir.Geodesy;
using Nadhir.Sensing;

namespace Nadhir.Formats.Tests.RemoteId;

/// <summary>Messages of transmitters to reports of their places.</summary>
public sealed class FeedDecoderTests
{
    static readonly DateTimeOffset arrived = new(2026, 3, 1, 12, 20, 35, TimeSpan.Zero);
    static readonly byte[] first = [2, 0, 0, 0, 0, 1, 200], second = [2, 0, 0, 0, 0, 2, 190];

    static Sensor Receiver(string id = "rid", string node = "") => new()
    {
        Id = id, Kind = SensorKind.RemoteId, Feed = "rid", Position = new GeoPosition(50, 30, 0), NodeId = node,
    };

    static RemoteIdFeedDecoder Decoder() => new("rid", [Receiver()]);

    static byte[] Named(string id, RemoteIdIdType type = RemoteIdIdType.SerialNumber)
    {
        byte[] message = new byte[RemoteIdMessage.Length];
        new RemoteIdBasicId(type, 2, ShortText.From(id)).Write(message);
        return message;
    }

    static byte[] Place(double latitude = 50.45, double secondsOfHour = 1234.5)
    {
        byte[] message = new byte[RemoteIdMessage.Length];
        new RemoteIdLocation
        {
            LatitudeDegrees = latitude, LongitudeDegrees = 30.5, SpeedMetresPerSecond = 20, TrackDegrees = 90,
            ClimbMetresPerSecond = -1.5, GeodeticAltitudeMetres = 235.5, PressureAltitudeMetres = 210,
            HorizontalAccuracy = 10, SecondsOfHour = secondsOfHour,
        }.Write(message);
        return message;
    }

    static RecordingSink Decode(IFeedDecoder decoder, params byte[][] arrivals)
    {
        RecordingSink sink = new();
        foreach (byte[] each in arrivals) decoder.Decode(each, arrived, sink);
        return sink;
    }

    [Fact]
    public void A_location_becomes_a_report_with_the_name_its_transmitter_told()
    {
        RecordingSink sink = Decode(Decoder(), [.. first, .. Named("1581F45T7228K00SERI")], [.. first, .. Place()]);
        Measurement seen = Assert.Single(sink.Measurements);
        Assert.Empty(sink.Faults);
        Assert.Equal((MeasurementKind.PositionReport, 0), (seen.Kind, seen.Sensor));
        Assert.Equal((50.45, 30.5, 235.5), (seen.LatitudeDegrees, seen.LongitudeDegrees, seen.HeightMetres));
        Assert.Equal(20, seen.VelocityEast, 9);
        Assert.Equal(0, seen.VelocityNorth, 9);
        Assert.Equal(-1.5, seen.ClimbRate);
        Assert.Equal(10 / 2.4477, seen.SigmaHorizontalMetres, 9);
        Assert.Equal("8K00SERI", seen.Callsign.ToString());
        Assert.Equal(new ObjectReport(ObjectClass.UavRotor), seen.ReportedAs);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 20, 34, 500, TimeSpan.Zero), seen.Time);
    }

    [Fact]
    public void The_vector_pack_is_one_report_of_a_named_aircraft()
    {
        Measurement seen = Assert.Single(Decode(Decoder(), Vectors.Bytes("pack")).Measurements);
        Assert.Equal((50.4501, 30.5234, 235.5), (seen.LatitudeDegrees, seen.LongitudeDegrees, seen.HeightMetres));
        Assert.Equal(18.5, Math.Sqrt((seen.VelocityEast * seen.VelocityEast) + (seen.VelocityNorth * seen.VelocityNorth)), 9);
        Assert.Equal("K00SERIA", seen.Callsign.ToString());
    }

    [Fact]
    public void Two_transmitters_do_not_borrow_each_others_names()
    {
        RecordingSink sink = Decode(Decoder(), [.. first, .. Named("AAAA")], [.. second, .. Place()],
            [.. first, .. Place()]);
        Assert.Equal(["", "AAAA"], sink.Measurements.Select(seen => seen.Callsign.ToString()));
        Assert.NotEqual(sink.Measurements[0].SourceTrack, sink.Measurements[1].SourceTrack);
    }

    [Fact]
    public void The_number_of_a_transmitter_stays_when_it_says_who_it_is()
    {
        RecordingSink sink = Decode(Decoder(), [.. first, .. Place()], [.. first, .. Named("AAAA")],
            [.. first, .. Place()]);
        Assert.Equal(sink.Measurements[0].SourceTrack, sink.Measurements[1].SourceTrack);
    }

    [Fact]
    public void One_aircraft_over_two_transmitters_has_one_number()
    {
        RecordingSink sink = Decode(Decoder(),
            [.. first, .. Named("AAAA")], [.. first, .. Place()], [.. second, .. Named("AAAA")],
                [.. second, .. Place()]);
        Assert.Equal(sink.Measurements[0].SourceTrack, sink.Measurements[1].SourceTrack);
    }

    [Fact]
    public void A_transmitter_that_takes_another_name_gets_another_number()
    {
        RecordingSink sink = Decode(Decoder(),
            [.. first, .. Named("AAAA")], [.. first, .. Place()], [.. first, .. Named("BBBB")], [.. first, .. Place()]);
        Assert.NotEqual(sink.Measurements[0].SourceTrack, sink.Measurements[1].SourceTrack);
    }

    [Fact]
    public void A_serial_number_is_not_replaced_by_the_session_told_beside_it()
    {
        RecordingSink sink = Decode(Decoder(),
            [.. first, .. Named("AAAA")], [.. first, .. Named("xyz", RemoteIdIdType.SessionId)],
                [.. first, .. Place()]);
        Assert.Equal("AAAA", Assert.Single(sink.Measurements).Callsign.ToString());
    }

    [Fact]
    public void A_bare_location_is_a_report_of_nobody()
    {
        Measurement seen = Assert.Single(Decode(Decoder(), Named("AAAA"), Place()).Measurements);
        Assert.Equal((-1, true), (seen.SourceTrack, seen.Callsign.IsNone));
    }

    [Theory]
    [InlineData(1234.5, 12, 20, 34.5)]
    [InlineData(1236.5, 12, 20, 36.5)]
    [InlineData(1300, 12, 20, 35)] // a minute ahead: its clock is not to be used
    [InlineData(100, 12, 20, 35)]
    public void Tenths_of_the_hour_are_a_time_near_the_arrival(double tenths, int hour, int minute, double second)
    {
        Measurement seen = Assert.Single(Decode(Decoder(), Place(secondsOfHour: tenths)).Measurements);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, hour, minute, 0, TimeSpan.Zero).AddSeconds(second), seen.Time);
    }

    [Fact]
    public void A_message_sent_before_the_full_hour_and_heard_after_it_is_of_the_hour_before()
    {
        RecordingSink sink = new();
        DateTimeOffset after = new(2026, 3, 1, 13, 0, 1, TimeSpan.Zero);
        Decoder().Decode(Place(secondsOfHour: 3599), after, sink);
        Assert.Equal(after.AddSeconds(-2), Assert.Single(sink.Measurements).Time);
    }

    [Fact]
    public void A_bad_message_in_a_pack_is_a_fault_and_its_neighbours_are_used()
    {
        byte[] bad = Place();
        bad[8] = 0x7F;
        byte[] unknown = Place();
        unknown[0] = 0x92;
        byte[] pack = new byte[3 + 100];
        RemoteIdMessage.WritePack([.. bad, .. unknown, .. Place(), .. Named("AAAA")], pack);
        RecordingSink sink = Decode(Decoder(), pack);
        Assert.Equal("AAAA", Assert.Single(sink.Measurements).Callsign.ToString());
        Assert.Equal([(DecodeFault.BadValue, 3, 25), (DecodeFault.UnknownItem, 28, 25)],
            sink.Faults.Select(fault => (fault.Fault, fault.Offset, fault.Length)));
    }

    [Fact]
    public void A_flood_of_transmitters_is_held_to_the_limit()
    {
        Transmitters transmitters = new();
        for (ulong address = 0; address < 10 * Transmitters.Most; address++)
        {
            Transmitter each = transmitters.Heard(address, arrived);
            transmitters.Take(each, new(RemoteIdIdType.SerialNumber, 0, ShortText.From($"D{address}")), arrived);
        }

        Assert.Equal(Transmitters.Most, transmitters.Count);
        transmitters.Heard(1, arrived.AddHours(1));
        Assert.Equal(1, transmitters.Count);
    }

    [Theory]
    [InlineData("""{"mac":"02:00:00:00:00:01","rssi":-60,"data":"DATA"}""", "K00SERIA", 235.5, 18.5)]
    [InlineData("""{"mac":"02:00:00:00:00:01","rssi":-60,"drone_lat":50.4501,"drone_long":30.5234,"drone_altitude":118,"basic_id":"1581F8LQC255L00227P5"}""", "L00227P5", 118, double.NaN)]
    [InlineData("""[{"Basic ID":{"id_type":"Serial Number (ANSI/CTA-2063-A)","id":"1581F8LQC255L00227P5","MAC":"02:00:00:00:00:01","RSSI":-60}},{"Location/Vector Message":{"latitude":50.4501,"longitude":30.5234,"geodetic_altitude":"118.5 m","speed":12.5,"direction":90}}]""", "L00227P5", 118.5, 12.5)]
    [InlineData("""{"index":7,"Basic ID":{"id":"1581F8LQC255L00227P5"},"Location/Vector Message":{"latitude":50.4501,"longitude":30.5234,"geodetic_altitude":118}}""", "L00227P5", 118, double.NaN)]
    public void Receivers_that_write_JSON_are_understood(string json, string callsign, double height, double speed)
    {
        if (json.Contains("DATA", StringComparison.Ordinal))
            json = json.Replace("DATA", Convert.ToHexString(Vectors.Bytes("pack")), StringComparison.Ordinal);
        RecordingSink sink = Decode(new RemoteIdJsonFeedDecoder("rid", [Receiver()]), Encoding.UTF8.GetBytes(json));
        Assert.Empty(sink.Faults);
        Measurement seen = Assert.Single(sink.Measurements);
        Assert.Equal((callsign, 50.4501, 30.5234), (seen.Callsign.ToString(), seen.LatitudeDegrees,
            seen.LongitudeDegrees));
        Assert.Equal(height, seen.HeightMetres);
        Assert.Equal(speed, double.Hypot(seen.VelocityEast, seen.VelocityNorth), 9);
    }

    [Fact]
    public void A_receiver_is_known_by_its_name_and_bad_lines_cost_no_good_ones()
    {
        string[] lines =
        [
            """{"heartbeat":"alive"}""",
            """{"mac":"a","receiver":"north","drone_lat":50.1,"drone_long":30.1,"basic_id":"X"}""",
            """[{"mac":"\ud800","drone_lat":1,"drone_long":1},{"mac":"b","drone_lat":50.2,"drone_long":30.2}]""",
            """{"data":"zz"}""",
            """{"something":"else"}""",
            """{"mac":"a","drone_lat":50.3,"drone_long":30.3}""",
            "{ broken",
        ];
        RecordingSink sink = Decode(new RemoteIdJsonFeedDecoder("rid", [Receiver(), Receiver("n", "north")]),
            Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        Assert.Equal([(1, 50.1), (0, 50.2), (0, 50.3)],
            sink.Measurements.Select(seen => (seen.Sensor, seen.LatitudeDegrees)));
        Assert.Equal(sink.Measurements[0].SourceTrack, sink.Measurements[2].SourceTrack);
        Assert.Equal([DecodeFault.BadValue, DecodeFault.BadValue, DecodeFault.NotThisFormat, DecodeFault.NotThisFormat],
            sink.Faults.Select(fault => fault.Fault));
    }

    [Fact]
    public void Mutated_messages_are_never_thrown_at()
    {
        byte[] pack = new byte[3 + 75], system = new byte[RemoteIdMessage.Length];
        new RemoteIdSystem { OperatorLatitudeDegrees = 1, OperatorLongitudeDegrees = 2 }.Write(system);
        RemoteIdMessage.WritePack([.. Named("AAAA"), .. Place(), .. system], pack);
        Mutations.Try(Decoder(), [[.. first, .. Named("A")], [.. first, .. Place()], Place(), pack,
            [.. second, .. pack]],
            seed: 7, Mutations.Inputs(200_000), arrived);
    }

    [Fact]
    public void Mutated_JSON_is_never_thrown_at()
    {
        byte[][] good =
        [
            .. new[]
            {
                $$"""{"mac":"02:00:00:00:00:01","rssi":-60,"data":"{{Convert.ToHexString(Place())}}"}""",
                """{"mac":"02:00:00:00:00:01","drone_lat":50.45,"drone_long":30.5,"drone_altitude":1e2,"basic_id":"1581\u0046"}""",
                """[{"Basic ID":{"id":"15","MAC":"02:0"}},{"Location/Vector Message":{"latitude":50.4,"longitude":"30.5 d"}}]""",
            }.Select(Encoding.UTF8.GetBytes),
        ];
        Mutations.Try(new RemoteIdJsonFeedDecoder("rid", [Receiver()]), good, seed: 8, Mutations.Inputs(200_000) / 2,
            arrived);
    }
}
