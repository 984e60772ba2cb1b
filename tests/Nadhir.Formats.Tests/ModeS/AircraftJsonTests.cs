using System.Globalization;
using System.Text;
using System.Text.Json;
using Nadhir.Formats.ModeS;
using Nadhir.Formats.ModeS.Feeds;
using Nadhir.Formats.Tests.Asterix;
using Nadhir.Sensing;
using Nadhir.Units;

namespace Nadhir.Formats.Tests.ModeS;

public sealed class AircraftJsonTests
{
    const string One = """{"hex":"70c0de","type":"adsb_icao","flight":"IAW123  ","lat":33.5,"lon":44.6,"alt_geom":30000,"gs":100,"track":90,"geom_rate":640,"squawk":"4301","nac_p":9,"seen_pos":0.5,"mlat":[],"tisb":[]}""";

    readonly RecordingSink sink = new();
    readonly AircraftJsonFeedDecoder decoder = Receivers.AircraftJson();

    [Theory]
    [InlineData("aircraft_1.json")]
    [InlineData("aircraft_2.json")]
    [InlineData("aircraft_3.json")]
    [InlineData("aircraft_4.json")]
    [InlineData("aircraft_5.json")]
    public void Every_aircraft_of_a_real_document_reads_as_a_library_reads_it(string file)
    {
        byte[] bytes = File.ReadAllBytes(SharedData.Find("json/sdre/" + file));
        using JsonDocument library = JsonDocument.Parse(bytes);
        JsonElement[] theirs = [.. library.RootElement.GetProperty("aircraft").EnumerateArray()];
        Assert.True(AircraftDocument.TryOpen(bytes, sink, out AircraftDocument document));
        Assert.Equal(library.RootElement.GetProperty("now").GetDouble(), document.NowSeconds);
        int count = 0;
        while (document.TryTake(sink, out AircraftEntry entry, out int offset))
        {
            JsonElement their = theirs[count++];
            Assert.Equal((byte)'{', bytes[offset]);
            Assert.Equal(their.GetProperty("hex").GetString(), (entry.Sender.IsIcao ? "" : "~") + entry.Sender.Address.ToString("x6", CultureInfo.InvariantCulture));
            Assert.Equal(Text(their, "flight").Trim(), entry.Callsign.ToString());
            Assert.Equal(Text(their, "squawk"), entry.Mode3A < 0 ? "" : Convert.ToString(entry.Mode3A, 8).PadLeft(4, '0'));
            (string Name, double Ours)[] numbers =
            [
                ("lat", entry.LatitudeDegrees), ("lon", entry.LongitudeDegrees), ("seen_pos", entry.SeenPositionSeconds),
                ("seen", entry.SeenSeconds), ("alt_baro", entry.BarometricFeet), ("alt_geom", entry.GeometricFeet),
                ("gs", entry.GroundSpeedKnots), ("track", entry.TrackDegrees), ("baro_rate", entry.BarometricClimb),
                ("geom_rate", entry.GeometricClimb), ("rc", entry.ContainmentMetres),
            ];
            foreach ((string name, double ours) in numbers) Assert.Equal((name, Number(their, name)), (name, ours));
            Assert.Equal(Number(their, "nac_p", -1), entry.PositionAccuracy);
            Assert.Equal(Number(their, "nic", -1), entry.Integrity);
            Assert.Equal(Text(their, "alt_baro") == "ground", entry.OnGround);
            bool own = Text(their, "type").StartsWith("adsb", StringComparison.Ordinal) || Text(their, "type") == "mode_s";
            bool worked = their.GetProperty("mlat").EnumerateArray().Any(m => m.GetString() == "lat");
            bool relayed = their.GetProperty("tisb").EnumerateArray().Any(m => m.GetString() == "lat");
            Assert.Equal(own && !worked && !relayed, entry.Sender.Relay == Relay.None);
        }

        Assert.Empty(sink.Faults);
        Assert.Equal(theirs.Length, count);
    }

    [Fact]
    public void An_aircraft_becomes_a_report_at_the_time_of_its_position()
    {
        Decode($$"""{"now":1772366400.5,"messages":1,"aircraft":[{{One}}]}""");
        Measurement seen = Assert.Single(sink.Measurements);
        Assert.Equal((MeasurementKind.PositionReport, Receivers.Noon, 0x70C0DEu, "IAW123", (short)0x8C1),
            (seen.Kind, seen.Time, seen.ModeSAddress, seen.Callsign.ToString(), seen.Mode3A));
        Assert.Equal((33.5, 44.6), (seen.LatitudeDegrees, seen.LongitudeDegrees));
        Assert.Equal(9144, seen.HeightMetres, 1e-9);
        Assert.Equal(100 * Conversions.MetresPerSecondPerKnot, seen.VelocityEast, 1e-9);
        Assert.Equal(30 / 2.4477, seen.SigmaHorizontalMetres, 0.001);
    }

    [Fact]
    public void A_position_told_again_is_passed_over_and_an_old_one_too()
    {
        Decode($$"""{"now":1772366400.5,"aircraft":[{{One}}]}""");
        Decode($$"""{"now":1772366401.5,"aircraft":[{{One.Replace("\"seen_pos\":0.5", "\"seen_pos\":1.5", StringComparison.Ordinal)}}]}""");
        Decode($$"""{"now":1772366430.5,"aircraft":[{{One.Replace("\"seen_pos\":0.5", "\"seen_pos\":12", StringComparison.Ordinal)}}]}""");
        Assert.Single(sink.Measurements);
        Decode($$"""{"now":1772366431.5,"aircraft":[{{One}}]}""");
        Assert.Equal(2, sink.Measurements.Count);
    }

    [Theory]
    [InlineData("\"adsb_icao\"", "\"tisb_icao\"")]
    [InlineData("\"adsb_icao\"", "\"mlat\"")]
    [InlineData("\"adsb_icao\"", "\"adsc\"")]
    [InlineData("\"mlat\":[]", "\"mlat\":[\"lat\",\"lon\"]")]
    [InlineData("\"tisb\":[]", "\"tisb\":[\"lat\",\"lon\"]")]
    public void What_is_not_the_aircrafts_own_word_is_another_systems_track(string was, string instead)
    {
        Decode($$"""{"now":1772366400.5,"aircraft":[{{One.Replace(was, instead, StringComparison.Ordinal)}}]}""");
        Assert.Equal(MeasurementKind.SystemTrack, Assert.Single(sink.Measurements).Kind);
    }

    [Fact]
    public void A_damaged_aircraft_costs_no_other()
    {
        string other = One.Replace("70c0de", "70c0df", StringComparison.Ordinal), third = One.Replace("70c0de", "70c0e0", StringComparison.Ordinal);
        Decode($$"""{"now":1772366400.5,"aircraft":[{{One}},{{other.Replace(":100,", ":1z0,", StringComparison.Ordinal)}},{{third}}]}""");
        Assert.Equal([0x70C0DEu, 0x70C0E0u], sink.Measurements.Select(seen => seen.ModeSAddress));
        Assert.Equal(DecodeFault.BadValue, Assert.Single(sink.Faults).Fault);
    }

    [Fact]
    public void A_document_cut_off_gives_what_it_holds_and_one_full_of_damage_ends_at_a_limit()
    {
        Decode($$"""{"now":1772366400.5,"aircraft":[{{One}},{{One[..60]}}""");
        Assert.Single(sink.Measurements);
        Assert.Single(sink.Faults);
        Decode("""{"aircraft":[""" + string.Concat(Enumerable.Repeat("""{"hex":z},""", 10_000)));
        Assert.Equal(1 + AircraftDocument.MostFaults + 1, sink.Faults.Count);
    }

    [Fact]
    public void A_document_that_is_none_is_told()
    {
        Decode("<html>502 Bad Gateway</html>");
        Assert.Equal(DecodeFault.NotThisFormat, Assert.Single(sink.Faults).Fault);
    }

    void Decode(string document) => decoder.Decode(Encoding.UTF8.GetBytes(document), Receivers.Noon, sink);

    static string Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    static double Number(JsonElement of, string name, double otherwise = double.NaN) =>
        of.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : otherwise;
}
