using System.Text;
using Nadhir.Formats.ModeS;
using Nadhir.Formats.ModeS.Feeds;
using Nadhir.Formats.ModeS.Squitters;
using Nadhir.Formats.Tests.Asterix;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Units;

namespace Nadhir.Formats.Tests.ModeS;

/// <summary>What becomes of the messages of one aircraft near the receiver.</summary>
public sealed class FeedTests
{
    const uint Address = 0x70C0DE;
    static readonly GeoPoint place = new(33.5, 44.6);
    readonly BeastFeedDecoder decoder = Receivers.Beast();
    readonly RecordingSink sink = new();
    DateTimeOffset now = Receivers.Noon;

    [Fact]
    public void A_position_carries_what_was_told_before_it()
    {
        Send(ModeSWriter.AllCall(Address));
        Send(ModeSWriter.Reply(5, Address, IdentityCode.CodeOf(0x8C1)));
        Send(ModeSWriter.Squitter(Address, AircraftIdentification.Write('A', 3, "IAW123")));
        Send(ModeSWriter.Squitter(Address, AirborneVelocity.Write(100, -200, 640, geometricLessBarometricFeet: 500)));
        Send(ModeSWriter.Squitter(Address, OperationalStatus.Write(positionAccuracy: 9, integrityLevel: 3)));
        Send(Position(odd: false));
        Send(Position(odd: true));
        Measurement seen = Assert.Single(sink.Measurements);
        Assert.Empty(sink.Faults);
        Assert.Equal((MeasurementKind.PositionReport, 1, now), (seen.Kind, seen.Sensor, seen.Time));
        Assert.InRange(PositionFinder.Distance(place, new(seen.LatitudeDegrees, seen.LongitudeDegrees)), 0, 6);
        Assert.Equal(30_500 * Conversions.MetresPerFoot, seen.HeightMetres, 1e-9);
        Assert.Equal(100 * Conversions.MetresPerSecondPerKnot, seen.VelocityEast, 1e-9);
        Assert.Equal(-200 * Conversions.MetresPerSecondPerKnot, seen.VelocityNorth, 1e-9);
        Assert.Equal(640 * 0.3048 / 60, seen.ClimbRate, 1e-9);
        Assert.Equal((Address, "IAW123", (short)0x8C1), (seen.ModeSAddress, seen.Callsign.ToString(), seen.Mode3A));
        Assert.Equal(30 / 2.4477, seen.SigmaHorizontalMetres, 0.001);
        Assert.False(seen.Vouched);
    }

    [Fact]
    public void A_velocity_older_than_five_seconds_does_not_go_with_a_position()
    {
        Send(ModeSWriter.Squitter(Address, AirborneVelocity.Write(100, -200, 640)));
        now = now.AddSeconds(5.5);
        Send(Position(odd: false));
        Send(Position(odd: true));
        Assert.True(double.IsNaN(Assert.Single(sink.Measurements).VelocityEast));
    }

    [Fact]
    public void The_accuracy_of_version_0_is_that_of_the_type_code()
    {
        Send(Position(odd: false));
        Send(Position(odd: true));
        Assert.Equal(0.1 * 1852 / 2.4477, Assert.Single(sink.Measurements).SigmaHorizontalMetres, 0.01);
    }

    [Theory]
    [InlineData(0, false, MeasurementKind.PositionReport, Relay.None, true, -1)]
    [InlineData(1, false, MeasurementKind.PositionReport, Relay.None, false, 0x170C0DE)]
    [InlineData(2, false, MeasurementKind.SystemTrack, Relay.TrafficInformation, true, 0x470C0DE)]
    [InlineData(2, true, MeasurementKind.SystemTrack, Relay.TrafficInformation, false, 0x570C0DE)]
    [InlineData(5, false, MeasurementKind.SystemTrack, Relay.TrafficInformation, false, 0x570C0DE)]
    [InlineData(6, false, MeasurementKind.PositionReport, Relay.Rebroadcast, true, -1)]
    [InlineData(6, true, MeasurementKind.PositionReport, Relay.Rebroadcast, false, 0x370C0DE)]
    public void A_rebroadcast_is_the_aircrafts_word_and_traffic_information_is_the_grounds(
        int control, bool madeUp, MeasurementKind kind, Relay relay, bool icao, int track)
    {
        foreach (bool odd in new[] { false, true })
            Send(ModeSWriter.NonTransponderSquitter(Address, AirbornePosition.Write(
                11, 30_000, CompactPositionReporting.Encode(place, odd, surface: false)).With(8, 1, madeUp ? 1 : 0), control));
        Measurement seen = Assert.Single(sink.Measurements);
        Assert.Equal((kind, relay, icao ? Address : 0, track), (seen.Kind, seen.Relay, seen.ModeSAddress, seen.SourceTrack));
    }

    [Theory]
    [InlineData(false, 0x70C0DEu, 0x470C0DE)]
    [InlineData(true, 0u, 0x570C0DE)]
    public void Coarse_traffic_information_has_place_and_velocity_in_one_message(bool madeUp, uint address, int track)
    {
        foreach (bool odd in new[] { false, true })
            Send(ModeSWriter.NonTransponderSquitter(Address, CoarsePosition.Write(
                5, 30_000, 90, 10, CompactPositionReporting.Encode(place, odd, surface: false, bits: 12)).With(1, 1, madeUp ? 1 : 0), 3));
        Measurement seen = Assert.Single(sink.Measurements);
        Assert.Empty(sink.Faults);
        Assert.Equal((MeasurementKind.SystemTrack, Relay.TrafficInformation, address, track), (seen.Kind, seen.Relay, seen.ModeSAddress, seen.SourceTrack));
        Assert.InRange(PositionFinder.Distance(place, new(seen.LatitudeDegrees, seen.LongitudeDegrees)), 0, 130);
        Assert.Equal(30_000 * 0.3048, seen.HeightMetres, 1e-9);
        Assert.Equal(288 * Conversions.MetresPerSecondPerKnot, seen.VelocityEast, 1e-9);
        Assert.Equal(0, seen.VelocityNorth, 1e-9);
        Assert.Equal(CoarsePosition.StepMetres, seen.SigmaHorizontalMetres);
    }

    [Fact]
    public void Aircraft_json_and_lines_say_who_put_a_position_on_air()
    {
        Receivers.AircraftJson().Decode("""
            {"now":1772366400,"aircraft":[{"hex":"70c0de","type":"adsr_icao","lat":33.5,"lon":44.6,"seen_pos":0},
            {"hex":"70c0df","type":"tisb_icao","lat":33.5,"lon":44.7,"seen_pos":0},{"hex":"70c0e0","type":"mlat","lat":33.5,"lon":44.8,"seen_pos":0}]}
            """u8, now, sink);
        Assert.Equal([(MeasurementKind.PositionReport, Relay.Rebroadcast), (MeasurementKind.SystemTrack, Relay.TrafficInformation),
            (MeasurementKind.SystemTrack, Relay.Multilateration)], sink.Measurements.Select(seen => (seen.Kind, seen.Relay)));
    }

    [Fact]
    public void A_vehicle_on_the_surface_has_speed_and_no_height()
    {
        foreach (bool odd in new[] { false, true })
            Send(ModeSWriter.Squitter(Address, SurfacePosition.Write(7, movement: 39, trackDegrees: 90, CompactPositionReporting.Encode(place, odd, surface: true))));
        Measurement seen = Assert.Single(sink.Measurements);
        Assert.True(double.IsNaN(seen.HeightMetres));
        Assert.Equal(15 * Conversions.MetresPerSecondPerKnot, seen.VelocityEast, 1e-9);
        Assert.InRange(PositionFinder.Distance(place, new(seen.LatitudeDegrees, seen.LongitudeDegrees)), 0, 3);
    }

    [Fact]
    public void Messages_of_one_arrival_are_spread_as_they_were_on_air_and_never_later_than_it()
    {
        List<byte> stream = [];
        Append(stream, Position(odd: false), 0);
        Append(stream, Position(odd: true), 0.4);
        Append(stream, Position(odd: false), 0.9);
        // The least delay seen so far is the first message's; what is told later than arrival is drawn back to it.
        decoder.Decode([.. stream], now, sink);
        now = now.AddSeconds(1);
        stream.Clear();
        Append(stream, Position(odd: true), 1.5);
        Append(stream, Position(odd: false), 1.9);
        decoder.Decode([.. stream], now, sink);
        Assert.All(sink.Measurements, seen => Assert.True(seen.Time <= now));
        Assert.Equal(0.4, (sink.Measurements[^1].Time - sink.Measurements[^2].Time).TotalSeconds, 0.001);
        Assert.Equal(now, sink.Measurements[^1].Time);
    }

    [Fact]
    public void A_wrong_parity_is_told_with_its_place_and_costs_no_neighbour()
    {
        byte[] damaged = Position(odd: true);
        damaged[5] ^= 0x3C;
        List<byte> stream = [];
        ModeSWriter.AppendBeast(stream, Position(odd: false), 1);
        int from = stream.Count;
        ModeSWriter.AppendBeast(stream, damaged, 2);
        int length = stream.Count - from;
        ModeSWriter.AppendBeast(stream, Position(odd: true), 3);
        decoder.Decode([.. stream], now, sink);
        Assert.Single(sink.Measurements);
        Assert.Equal([(DecodeFault.BadValue, from, length)], sink.Faults.Select(f => (f.Fault, f.Offset, f.Length)));
    }

    [Fact]
    public void Messages_without_a_position_show_that_the_receiver_is_alive()
    {
        Send(ModeSWriter.AllCall(Address));
        Assert.Equal([(1, now)], sink.Alive);
    }

    [Fact]
    public void A_wrong_bit_is_put_right_unless_the_feed_says_otherwise()
    {
        byte[] damaged = Position(odd: true);
        damaged[6] ^= 4;
        foreach (bool repairs in new[] { true, false })
        {
            List<byte> stream = [];
            ModeSWriter.AppendBeast(stream, Position(odd: false), 1);
            ModeSWriter.AppendBeast(stream, damaged, 2);
            RecordingSink heard = new();
            new BeastFeedDecoder("adsb", Receivers.Sensors, new(repairs)).Decode([.. stream], now, heard);
            Assert.Equal((repairs ? 1 : 0, repairs ? 0 : 1), (heard.Measurements.Count, heard.Faults.Count));
        }
    }

    [Theory]
    [InlineData(1.5, 0)]
    [InlineData(4, 1)]
    public void A_first_place_counts_within_the_range_as_often_as_the_feed_says(double factor, int reports)
    {
        Sensor near = Receivers.Sensors[1] with { RangeMetres = 10_000 };
        BeastFeedDecoder feed = new("adsb", [near], new(RangeFactor: factor));
        List<byte> stream = [];
        ModeSWriter.AppendBeast(stream, Position(odd: false), 1);
        ModeSWriter.AppendBeast(stream, Position(odd: true), 2);
        feed.Decode([.. stream], now, sink);
        Assert.Equal(reports, sink.Measurements.Count);
    }

    [Fact]
    public void A_feed_without_a_receiver_says_so()
    {
        new BeastFeedDecoder("radar", Receivers.Sensors).Decode([1, 2, 3], now, sink);
        Assert.Equal(DecodeFault.UnknownSensor, Assert.Single(sink.Faults).Fault);
    }

    [Fact]
    public void Avr_text_makes_the_same_reports_as_beast()
    {
        StringBuilder text = new();
        ModeSWriter.AppendAvr(text, Position(odd: false));
        ModeSWriter.AppendAvr(text, Position(odd: true));
        Receivers.Avr().Decode(Encoding.ASCII.GetBytes(text.ToString()), now, sink);
        Send(Position(odd: false));
        Send(Position(odd: true));
        Assert.Equal(2, sink.Measurements.Count);
        Assert.Equal(sink.Measurements[0], sink.Measurements[1]);
    }

    [Fact]
    public void BaseStation_lines_join_into_one_report()
    {
        SbsFeedDecoder lines = Receivers.Sbs();
        lines.Decode("MSG,1,1,1,70C0DE,1,,,,,IAW123,,,,,,,,,,,0\r\nMSG,4,1,1,70C0DE,1,,,,,,,100,90,,,640,,,,,0\r\nMSG,6,1,1,70C0DE,1,,,,,,,,,,,,4301,0,0,0,0\r\nMSG,3,1,1,70C0D"u8, now, sink);
        lines.Decode("E,1,,,,,,30000,,,33.5,44.6,,,0,0,0,0\r\n"u8, now.AddSeconds(1), sink);
        Measurement seen = Assert.Single(sink.Measurements);
        Assert.Equal((Address, "IAW123", (short)0x8C1, 33.5, 44.6), (seen.ModeSAddress, seen.Callsign.ToString(), seen.Mode3A, seen.LatitudeDegrees, seen.LongitudeDegrees));
        Assert.Equal(30_000 * 0.3048, seen.HeightMetres, 1e-9);
        Assert.Equal(100 * Conversions.MetresPerSecondPerKnot, seen.VelocityEast, 1e-9);
        Assert.Equal(now.AddSeconds(1), seen.Time);
    }

    [Fact]
    public void Reports_of_the_real_recording_are_as_many_as_places_in_it()
    {
        Sensor near = Receivers.Sensors[1] with { Position = new GeoPosition(59.8, 30.3, 0) };
        BeastFeedDecoder feed = new("adsb", [near]);
        byte[] bytes = BeastRecording.Bytes();
        int taken = 0;
        foreach (byte[] piece in FramingTests.Pieces(bytes, [1, 700, 3_000]))
        {
            taken += piece.Length;
            feed.Decode(piece, now.AddSeconds(60.9 * taken / bytes.Length), sink);
        }

        Assert.Empty(sink.Faults);
        Assert.Equal((1_456, 42L, 6L), (sink.Measurements.Count, feed.PositionsWithoutPlace, feed.UnknownAddresses));
    }

    void Send(byte[] message)
    {
        List<byte> stream = [];
        ModeSWriter.AppendBeast(stream, message, 0);
        decoder.Decode([.. stream], now, sink);
    }

    static void Append(List<byte> stream, byte[] message, double seconds) =>
        ModeSWriter.AppendBeast(stream, message, (ulong)((seconds + 10) * 12_000_000));

    static byte[] Position(bool odd) => ModeSWriter.Squitter(
        Address, AirbornePosition.Write(12, 30_000, CompactPositionReporting.Encode(place, odd, surface: false)));
}
