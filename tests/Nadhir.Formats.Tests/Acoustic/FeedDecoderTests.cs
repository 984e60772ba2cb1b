using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CsCheck;
using Nadhir.Formats.Acoustic;
using Nadhir.Formats.Tests.Asterix;
using Nadhir.Formats.Tests.RemoteId;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Units;

namespace Nadhir.Formats.Tests.Acoustic;

/// <summary>Detections of acoustic nodes to bearings.</summary>
public sealed class FeedDecoderTests
{
    static readonly DateTimeOffset arrived = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    static Sensor Node(string id, string node = "") => new()
    {
        Id = id, Kind = SensorKind.Acoustic, Feed = "ears", Position = new GeoPosition(50, 30, 0), NodeId = node,
    };

    static AcousticFeedDecoder Decoder(PayloadMapping? mapping = null) =>
        new("ears", [Node("n1"), Node("n2", "b-17")], mapping);

    static RecordingSink Decode(string json, PayloadMapping? mapping = null)
    {
        RecordingSink sink = new();
        Decoder(mapping).Decode(Encoding.UTF8.GetBytes(json), arrived, sink);
        return sink;
    }

    static PayloadMapping Mapping(params (string Name, MappedField Field)[] fields) => new()
    {
        Fields = fields.ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Field, StringComparer.Ordinal),
    };

    [Fact]
    public void A_detection_of_our_own_schema_is_a_bearing_of_its_node()
    {
        RecordingSink sink = Decode("""
            {"node":"b-17","time":"2026-03-01T11:59:59.750Z","bearing_deg":123.5,"bearing_sigma_deg":3,
             "elevation_deg":12,"level_db":64.2,"class":"propeller","confidence":0.8}
            """);
        Assert.Empty(sink.Faults);
        Measurement seen = Assert.Single(sink.Measurements);
        Assert.Equal((MeasurementKind.Bearing, 1, arrived.AddSeconds(-0.25)), (seen.Kind, seen.Sensor, seen.Time));
        Assert.Equal(123.5, seen.AzimuthRadians * Angles.RadiansToDegrees, 9);
        Assert.Equal(3, seen.SigmaAzimuthRadians * Angles.RadiansToDegrees, 9);
        Assert.Equal(12, seen.ElevationRadians * Angles.RadiansToDegrees, 9);
        Assert.Equal(new ObjectReport(ObjectClass.Propeller, 0.8, 64.2), seen.ReportedAs);
    }

    [Theory]
    [InlineData("\"class\":\"\\ud800\"", ObjectClass.Other)]
    [InlineData("\"class\":{},\"level_db\":\"loud\"", ObjectClass.None)]
    [InlineData("\"level_db\":1e300", ObjectClass.None)]
    public void A_bearing_counts_whatever_is_said_of_its_source(string more, ObjectClass expected)
    {
        RecordingSink sink = Decode($$"""{"node":"n1","bearing_deg":10,{{more}}}""");
        Assert.Empty(sink.Faults);
        Assert.Equal(new ObjectReport(expected), Assert.Single(sink.Measurements).ReportedAs);
    }

    [Fact]
    public void Any_bearing_comes_back_between_north_and_north() =>
        Gen.Double[-1079, 1079].Sample(degrees =>
        {
            Measurement seen = Assert.Single(Decode(string.Create(CultureInfo.InvariantCulture, $$"""{"node":"n1","bearing_deg":{{degrees:R}}}""")).Measurements);
            Assert.InRange(seen.AzimuthRadians, 0, 2 * Math.PI);
            Assert.Equal(Math.Sin(degrees * Angles.DegreesToRadians), Math.Sin(seen.AzimuthRadians), 9);
            Assert.Equal(Math.Cos(degrees * Angles.DegreesToRadians), Math.Cos(seen.AzimuthRadians), 9);
        });

    [Fact]
    public void Several_detections_share_what_their_document_says()
    {
        RecordingSink sink = Decode("""{"node":"n1","time":"2026-03-01T11:59:58Z","detections":[{"bearing_deg":10},{"bearing_deg":"bad"},{"bearing_deg":20,"time":"2026-03-01T11:59:59Z"}]}""");
        Assert.Equal([(arrived.AddSeconds(-2), 10.0), (arrived.AddSeconds(-1), 20.0)],
            sink.Measurements.Select(seen =>
                (seen.Time, Math.Round(seen.AzimuthRadians * Angles.RadiansToDegrees, 6))));
        Assert.Equal(DecodeFault.BadValue, Assert.Single(sink.Faults).Fault);
    }

    [Fact]
    public void A_node_that_hears_nothing_is_alive()
    {
        RecordingSink sink = Decode("""{"node":"b-17","detections":[]}""");
        Assert.Equal(1, Assert.Single(sink.Alive).Sensor);
        Assert.Empty(sink.Faults);
    }

    [Theory]
    [InlineData("""{"node":"stranger","bearing_deg":1}""", DecodeFault.UnknownSensor)]
    [InlineData("""{"bearing_deg":1}""", DecodeFault.UnknownSensor)]
    [InlineData("""{"node":"n1","bearing_deg":1,"time":"yesterday"}""", DecodeFault.BadValue)]
    [InlineData("""{"node":"n1","bearing_deg":1,"confidence":1.5}""", DecodeFault.BadValue)]
    [InlineData("""{"node":"n1","bearing_deg":1e999}""", DecodeFault.BadValue)]
    [InlineData("""{"node":"n1","bearing_deg":1,"bearing_sigma_deg":0}""", DecodeFault.BadValue)]
    [InlineData("[1]", DecodeFault.NotThisFormat)]
    [InlineData("hello", DecodeFault.NotThisFormat)]
    public void What_cannot_be_used_is_said(string json, DecodeFault fault)
    {
        RecordingSink sink = Decode(json);
        Assert.Empty(sink.Measurements);
        Assert.Equal(fault, Assert.Single(sink.Faults).Fault);
    }

    [Fact]
    public void Foreign_JSON_is_read_by_its_mapping()
    {
        PayloadMapping mapping = Mapping(
            (AcousticFields.Node, new() { TopicLevel = 2 }),
            (AcousticFields.Time, new() { Pointer = "/meta/ts", Unit = "ms" }),
            (AcousticFields.Bearing, new() { Pointer = "/doa", Unit = "rad", OffsetDegrees = 90,
                Counterclockwise = true }),
            (AcousticFields.BearingSigma, new() { Value = "50", Unit = "mil" }),
            (AcousticFields.Class, new() { Pointer = "/la~1bel" }),
            (AcousticFields.Confidence, new() { Pointer = "/p", Unit = "percent" })) with
        {
            Detections = "/hits", Classes = ["drone"], LeastConfidence = 0.5,
        };
        long milliseconds = arrived.AddSeconds(-3).ToUnixTimeMilliseconds();
        RecordingSink sink = Decode("nodes/b-17/hits\0" + $$"""
            {"meta":{"ts":{{milliseconds}}},"hits":[
              {"doa":0.5235987755982988,"la/bel":"Drone","p":80},
              {"doa":1,"la/bel":"dog","p":99},
              {"doa":1,"la/bel":"drone","p":10}]}
            """, mapping);
        Assert.Empty(sink.Faults);
        Measurement seen = Assert.Single(sink.Measurements);
        Assert.Equal((1, arrived.AddSeconds(-3)), (seen.Sensor, seen.Time));
        Assert.Equal(60, seen.AzimuthRadians * Angles.RadiansToDegrees, 9);
        Assert.Equal(50 * 360 / 6400.0, seen.SigmaAzimuthRadians * Angles.RadiansToDegrees, 9);
        Assert.Equal(4, sink.Alive.Count + sink.Measurements.Count);
    }

    [Fact]
    public void Mutated_detections_are_never_thrown_at()
    {
        byte[][] good =
        [
            .. new[]
            {
                """{"node":"n1","time":"2026-03-01T11:59:59.750Z","bearing_deg":123.5,"bearing_sigma_deg":3,"elevation_deg":1e1}""",
                """{"node":"b-17","detections":[{"bearing_deg":10,"class":"dr\u006fne"},{"bearing_deg":20,"confidence":0.5}]}""",
                "nodes/b-17\0{\"node\":\"n1\",\"bearing_deg\":5}\n{\"node\":\"n1\",\"bearing_deg\":6}",
            }.Select(Encoding.UTF8.GetBytes),
        ];
        AcousticFeedDecoder decoder = Decoder();
        long heard = 0;
        foreach (byte[] each in good)
        {
            RecordingSink sink = new();
            decoder.Decode(each, arrived, sink);
            heard += sink.Measurements.Count;
        }

        Assert.Equal(5, heard);
        Mutations.Try(new NoTimes(decoder), good, seed: 9, Mutations.Inputs(200_000), arrived);
    }

    /// <summary>A time may be of another century and still be one: the watch judges clocks, not the decoder.</summary>
    sealed class NoTimes(AcousticFeedDecoder decoder) : IFeedDecoder
    {
        public void Decode(ReadOnlySpan<byte> bytes, DateTimeOffset at, IDecodeSink sink)
        {
            RecordingSink kept = new();
            decoder.Decode(bytes, at, kept);
            foreach (Measurement seen in kept.Measurements)
            {
                Assert.InRange(seen.Time.Year, 1999, 2121);
                sink.OnMeasurement(seen with { Time = at });
            }

            foreach ((DecodeFault fault, int offset, int length, string detail) in kept.Faults)
                sink.OnFault(fault, offset, length, detail);
        }
    }
}
