using System.Collections.Immutable;
using System.Text;
using Nadhir.Formats.CursorOnTarget;
using Nadhir.Formats.Tests.Asterix;
using Nadhir.Geodesy;
using Nadhir.Sensing;

namespace Nadhir.Formats.Tests.CursorOnTarget;

/// <summary>What becomes of each kind of event.</summary>
public sealed class DecoderTests
{
    static readonly DateTimeOffset arrived = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    static readonly ImmutableArray<Sensor> sensors =
    [
        SensorOf("elsewhere", "radar", SensorKind.System), SensorOf("neighbour", "tak", SensorKind.System),
        SensorOf("people", "tak", SensorKind.Observer),
    ];

    internal static CotEvent Track() => new()
    {
        Uid = "ICAO-AE1234",
        Type = "a-f-A-C-F",
        How = "m-g",
        Time = arrived.AddSeconds(-1),
        Start = arrived.AddSeconds(-1),
        Stale = arrived.AddSeconds(30),
        Point = new(33.5, 44.25, 1500, 120, 30),
        Detail = new() { Contact = new("SHAHIN12345", ""), Motion = new(90, 200) },
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_in_the_air_is_another_systems_track(bool protobuf)
    {
        Measurement seen = Assert.Single(Decoded(Track(), protobuf).Measurements);
        Assert.Equal((MeasurementKind.SystemTrack, 1, arrived.AddSeconds(-1)), (seen.Kind, seen.Sensor, seen.Time));
        Assert.Equal((33.5, 44.25, 1500.0, 120.0), (seen.LatitudeDegrees, seen.LongitudeDegrees, seen.HeightMetres, seen.SigmaHorizontalMetres));
        Assert.Equal(200, seen.VelocityEast, 1e-9);
        Assert.Equal(0, seen.VelocityNorth, 1e-9);
        Assert.Equal("SHAHIN12", seen.Callsign.ToString());
        Assert.False(seen.Ended);
    }

    [Fact]
    public void Whom_somebody_thinks_it_belongs_to_makes_no_difference()
    {
        Measurement[] seen =
        [
            .. "fhnuap".Select(letter => Assert.Single(Decoded(Track() with { Type = $"a-{letter}-A-C-F" }).Measurements)),
        ];
        Assert.All(seen, one => Assert.Equal(seen[0], one));
    }

    [Fact]
    public void The_same_name_keeps_its_number_and_another_gets_another()
    {
        CotFeedDecoder decoder = Decoder();
        RecordingSink sink = new();
        foreach (string uid in (string[])["a", "b", "a"]) Decode(decoder, Track() with { Uid = uid }, sink);
        int[] numbers = [.. sink.Measurements.Select(seen => seen.SourceTrack)];
        Assert.Equal(numbers[0], numbers[2]);
        Assert.NotEqual(numbers[0], numbers[1]);
    }

    [Fact]
    public void Names_are_forgotten_the_longest_silent_first_and_no_number_comes_twice()
    {
        CotUids uids = new(capacity: 3);
        int[] first = [uids.NumberOf("a"), uids.NumberOf("b"), uids.NumberOf("c")];
        Assert.Equal(first[0], uids.NumberOf("a"));
        Assert.DoesNotContain(uids.NumberOf("d"), first);
        Assert.Null(uids.Known("b"));
        Assert.Equal(first[0], uids.Known("a"));
        Assert.DoesNotContain(uids.NumberOf("b"), first);
        Assert.Equal(3, uids.Count);
    }

    [Fact]
    public void A_spot_that_a_person_marked_is_a_sighting()
    {
        Measurement seen = Assert.Single(Decoded(Track() with { Type = "b-m-p-s-m", How = "h-g-i-g-o" }).Measurements);
        Assert.Equal((MeasurementKind.Sighting, 2), (seen.Kind, seen.Sensor));
        Assert.Equal(-1, seen.SourceTrack);
    }

    [Fact]
    public void An_aircraft_that_a_person_put_on_the_map_is_a_sighting() =>
        Assert.Equal(MeasurementKind.Sighting, Assert.Single(Decoded(Track() with { How = "h-e" }).Measurements).Kind);

    [Fact]
    public void A_feed_may_take_other_types_for_other_things()
    {
        CotTypeTable table = new(ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
        [
            KeyValuePair.Create("a-*-G-E-S", "track"), KeyValuePair.Create("a-*-A-C", "nothing"),
            KeyValuePair.Create("a-f-A-C", "sighting"),
        ]));
        Assert.Equal(CotUse.Track, table.Of("a-u-G-E-S-R"));
        Assert.Equal(CotUse.Nothing, table.Of("a-u-G-E"));
        Assert.Equal(CotUse.Nothing, table.Of("a-u-A-C-F"));
        Assert.Equal(CotUse.Sighting, table.Of("a-f-A-C-F"));
        Assert.Equal(CotUse.Track, table.Of("a-u-A-M"));
        Assert.Equal(CotUse.Nothing, table.Of("a-u-AC"));
        Assert.Equal(CotUse.Nothing, table.Of(""));
    }

    [Fact]
    public void What_is_of_no_use_is_counted_and_a_sign_of_life()
    {
        CotFeedDecoder decoder = Decoder();
        RecordingSink sink = new();
        Decode(decoder, Track() with { Type = "a-f-G-U-C" }, sink);
        Assert.Empty(sink.Measurements);
        Assert.Empty(sink.Faults);
        Assert.Equal(1, decoder.Ignored);
        Assert.Equal(2, sink.Alive.Count);
    }

    [Theory]
    [InlineData("t-x-c-t")]
    [InlineData("t-x-c-t-r")]
    [InlineData("t-x-takp-v")]
    public void A_heartbeat_is_a_sign_of_life(string type)
    {
        RecordingSink sink = Decoded(Track() with { Type = type, Point = CotPoint.Nowhere });
        Assert.Equal(2, sink.Alive.Count);
        Assert.Empty(sink.Faults);
        Assert.Empty(sink.Measurements);
    }

    [Fact]
    public void A_deletion_ends_the_track_it_names()
    {
        CotFeedDecoder decoder = Decoder();
        RecordingSink sink = new();
        Decode(decoder, Track(), sink);
        CotDetail link = new() { Xml = """<link uid="ICAO-AE1234" relation="none" type="none"/><__forcedelete/>""" };
        CotEvent gone = Track() with { Uid = "delete-1", Type = "t-x-d-d", Point = CotPoint.Nowhere, Detail = link };
        Decode(decoder, gone, sink);
        Decode(decoder, gone, sink);
        Assert.Equal(2, sink.Measurements.Count);
        Assert.True(sink.Measurements[1].Ended);
        Assert.Equal(sink.Measurements[0].SourceTrack, sink.Measurements[1].SourceTrack);
    }

    [Fact]
    public void An_event_that_is_stale_the_moment_it_is_made_ends_its_track()
    {
        CotFeedDecoder decoder = Decoder();
        RecordingSink sink = new();
        Decode(decoder, Track(), sink);
        Decode(decoder, Track() with { Stale = Track().Time }, sink);
        Assert.True(sink.Measurements[^1].Ended);
    }

    [Fact]
    public void An_event_that_was_stale_when_it_came_is_counted_and_not_used()
    {
        RecordingSink sink = Decoded(Track() with { Stale = arrived.AddMilliseconds(-1) });
        Assert.Empty(sink.Measurements);
        Assert.Equal(DecodeFault.Stale, Assert.Single(sink.Faults).Fault);
    }

    [Fact]
    public void A_clock_known_to_be_behind_makes_nothing_stale()
    {
        RecordingSink sink = new();
        CotFeedDecoder decoder = new("tak", [sensors[1] with { ClockOffset = TimeSpan.FromHours(-1) }], "");
        Decode(decoder, Track() with { Time = arrived.AddHours(-1), Stale = arrived.AddHours(-1).AddSeconds(5) }, sink);
        Assert.Equal(arrived.AddHours(-1), Assert.Single(sink.Measurements).Time);
    }

    [Fact]
    public void Our_own_events_do_not_come_back_as_other_peoples()
    {
        CotFeedDecoder decoder = Decoder();
        RecordingSink sink = new();
        Decode(decoder, Track() with { Uid = CotTypes.OwnPrefix("us@example.org") + "track.7" }, sink);
        Decode(decoder, Track() with { Uid = CotTypes.OwnPrefix("neighbour@example.org") + "track.7" }, sink);
        Assert.Equal(1, decoder.Own);
        Assert.Single(sink.Measurements);
    }

    [Fact]
    public void What_is_not_known_is_not_taken_for_nought()
    {
        Measurement seen = Assert.Single(Decoded(Track() with
        {
            Point = new(33, 44, 0, CotPoint.Unknown, CotPoint.Unknown), Detail = CotDetail.None,
        }).Measurements);
        Assert.True(double.IsNaN(seen.HeightMetres) && double.IsNaN(seen.SigmaHorizontalMetres));
        Assert.True(double.IsNaN(seen.VelocityEast) && double.IsNaN(seen.VelocityNorth));
        Assert.True(seen.Callsign.IsNone);
    }

    [Fact]
    public void A_course_beside_more_than_the_protocol_knows_is_used_all_the_same()
    {
        CotDetail detail = new() { Xml = """<track course="180.0" speed="50" slope="1"/>""" };
        Measurement seen = Assert.Single(Decoded(Track() with { Detail = detail }).Measurements);
        Assert.Equal(-50, seen.VelocityNorth, 1e-9);
    }

    [Fact]
    public void Equipment_without_a_fix_gives_no_position() =>
        Assert.Equal(DecodeFault.BadValue, Assert.Single(Decoded(Track() with { Point = new(0, 0, 0, 10, 10) }).Faults).Fault);

    [Theory]
    [InlineData("e-drill", true)]
    [InlineData("s", true)]
    [InlineData("", false)]
    public void In_an_exercise_what_is_of_one_is_marked_as_simulated(string opex, bool simulated)
    {
        RecordingSink sink = new();
        Decode(new CotFeedDecoder("tak", sensors, "", exercise: true), Track() with { Opex = opex }, sink);
        Assert.Equal(simulated, Assert.Single(sink.Measurements).Simulated);
    }

    [Theory]
    [InlineData(false, "e-drill")]
    [InlineData(false, "s")]
    [InlineData(true, "o")]
    public void Of_the_other_world_neither_a_place_nor_an_end_is_taken(bool exercise, string opex)
    {
        CotFeedDecoder decoder = new("tak", sensors, "", exercise: exercise);
        RecordingSink sink = new();
        Decode(decoder, Track(), sink);
        CotEvent over = Track() with { Opex = opex, Stale = Track().Time };
        CotEvent gone = Track() with
        {
            Uid = "gone", Type = CotTypes.Delete, Opex = opex, Detail = new() { Xml = $"<link uid=\"{Track().Uid}\"/>" },
        };
        foreach (CotEvent foreign in (CotEvent[])[Track() with { Opex = opex }, over, gone]) Decode(decoder, foreign, sink);
        Assert.Single(sink.Measurements);
        Assert.Equal([DecodeFault.OtherWorld, DecodeFault.OtherWorld, DecodeFault.OtherWorld], sink.Faults.Select(one => one.Fault));
    }

    [Fact]
    public void Several_events_in_one_packet_are_several_whatever_lies_between_them()
    {
        byte[] xml = CotXmlWriter.Write(Track()), protobuf = TakProtobuf.WriteStream(new(null, Track()));
        RecordingSink sink = new();
        Decoder().Decode([.. xml, .. "\n"u8, .. xml, .. protobuf, .. "<events>"u8, .. xml, .. xml.AsSpan(0, 90)], arrived, sink);
        Assert.Equal(4, sink.Measurements.Count);
        Assert.Equal([DecodeFault.NotThisFormat, DecodeFault.Truncated], sink.Faults.Select(fault => fault.Fault));
    }

    [Fact]
    public void A_datagram_of_the_mesh_is_one_event()
    {
        RecordingSink sink = new();
        Decoder().Decode(TakProtobuf.WriteMesh(new(new(1, 1, "peer"), Track())), arrived, sink);
        Assert.Single(sink.Measurements);
        Assert.Empty(sink.Faults);
        Decoder().Decode([0xBF, 9, 0xBF, 1, 2, 3], arrived, sink);
        Assert.Equal(DecodeFault.NotThisFormat, Assert.Single(sink.Faults).Fault);
    }

    [Fact]
    public void Without_a_sensor_for_it_an_event_is_a_fault()
    {
        RecordingSink sink = new();
        Decode(new CotFeedDecoder("tak", [sensors[2]], ""), Track(), sink);
        Assert.Equal(DecodeFault.UnknownSensor, Assert.Single(sink.Faults).Fault);
    }

    [Fact]
    public void A_file_is_printed_line_by_line_and_what_is_damaged_beside_it()
    {
        byte[] xml = CotXmlWriter.Write(Track());
        using MemoryStream output = new();
        using StringWriter errors = new();
        int code = CotPrinter.Print((byte[])[.. xml, .. "junk"u8, .. TakProtobuf.WriteStream(new(null, Track()))], output, errors);
        string[] lines = Encoding.UTF8.GetString(output.ToArray()).TrimEnd().Split('\n');
        Assert.Equal(1, code);
        Assert.Equal(2, lines.Length);
        Assert.Equal(lines[0].Split("\"uid\"")[1], lines[1].Split("\"uid\"")[1]);
        Assert.StartsWith($"{xml.Length}: NotThisFormat, 4 bytes", errors.ToString(), StringComparison.Ordinal);
    }

    static RecordingSink Decoded(CotEvent told, bool protobuf = false)
    {
        RecordingSink sink = new();
        Decoder().Decode(AnyEvent.Framed(told, protobuf), arrived, sink);
        return sink;
    }

    static void Decode(CotFeedDecoder decoder, CotEvent told, RecordingSink sink) =>
        decoder.Decode(CotXmlWriter.Write(told), arrived, sink);

    internal static CotFeedDecoder Decoder() => new("tak", sensors, CotTypes.OwnPrefix("us@example.org"));

    static Sensor SensorOf(string id, string feed, SensorKind kind) =>
        new() { Id = id, Kind = kind, Feed = feed, Position = new GeoPosition(33, 44, 0) };
}
