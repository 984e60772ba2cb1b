using Nadhir.Formats.Captures;
using Nadhir.Formats.ModeS.Registers;
using Nadhir.Formats.Tests.Asterix;
using Nadhir.Units;

namespace Nadhir.Formats.Tests.ModeS.Registers;

/// <summary>Registers against values published with ICAO Doc 9871's examples and against values set by hand.</summary>
public sealed class RegisterTests
{
    const double Knot = Conversions.MetresPerSecondPerKnot, Foot = Conversions.MetresPerFoot;

    static double Read(int number, string field, ulong contents) => RegisterCatalogue.Find(number)![field].Read(contents);

    static ulong Bits(params (int First, int Bits, ulong Value)[] fields) =>
        fields.Aggregate(0UL, (all, field) => all | (field.Value << (57 - field.First - field.Bits)));

    [Fact]
    public void Selected_altitude_and_pressure_are_read_as_the_aircraft_set_them()
    {
        const ulong contents = 0x85E42F31300000;
        Assert.Equal(3008 * Foot, Read(0x40, "selectedAltitudeMcp", contents), 8 * Foot);
        Assert.Equal(3008 * Foot, Read(0x40, "selectedAltitudeFms", contents), 8 * Foot);
        Assert.Equal(102_000, Read(0x40, "pressureSetting", contents), 1e-6);
    }

    [Fact]
    public void Track_turn_and_speed_are_read()
    {
        const ulong published = 0x81951536E024D4;
        Assert.Equal(2.1, Read(0x50, "roll", published), 0.1);
        Assert.Equal(114.258, Read(0x50, "trueTrack", published), 1e-3);
        Assert.Equal(438 * Knot, Read(0x50, "groundSpeed", published), 1e-6);
        Assert.Equal(0.125, Read(0x50, "trackRate", published), 1e-6);
        Assert.Equal(424 * Knot, Read(0x50, "trueAirspeed", published), 1e-6);
    }

    [Fact]
    public void A_field_whose_status_is_not_set_is_not_there()
    {
        foreach (RegisterDefinition register in RegisterCatalogue.All)
        {
            foreach (RegisterField field in register.Fields.Where(field => field.Status > 0))
            {
                ulong value = Bits((field.First, field.Bits, 1)), status = Bits((field.Status, 1, 1));
                Assert.True(double.IsNaN(field.Read(value)), $"{register.Name} {field.Name}");
                Assert.False(register.IsPlausible(value), $"{register.Name} {field.Name}: bits without their status");
                if (field.Kind is RegisterFieldKind.Unsigned or RegisterFieldKind.Signed)
                    Assert.Equal(field.Factor + field.Offset, field.Read(value | status), 1e-9);
            }
        }
    }

    [Fact]
    public void Signed_fields_go_both_ways()
    {
        ulong level = Bits((1, 1, 1), (2, 10, 0x3FF), (12, 1, 1), (13, 11, 0x400));
        Assert.Equal(-45.0 / 256, Read(0x50, "roll", level), 1e-9);
        Assert.Equal(-180, Read(0x50, "trueTrack", level), 1e-9);
        Assert.Equal(-32 * Foot / 60, Read(0x60, "barometricRate", Bits((35, 1, 1), (36, 10, 0x3FF))), 1e-9);
        Assert.Equal(-20.25, Read(0x44, "temperature", Bits((5, 1, 1), (24, 11, unchecked((ulong)-81) & 0x7FF))), 1e-9);
        Assert.Equal(64 * Foot / 60, Read(0x53, "altitudeRate", Bits((47, 1, 1), (48, 9, 1))), 1e-9);
    }

    [Fact]
    public void Weather_is_read_in_the_units_of_the_field()
    {
        ulong routine = Bits((1, 4, 1), (5, 1, 1), (6, 9, 22), (15, 9, 245), (24, 11, unchecked((ulong)-194) & 0x7FF), (35, 1, 1), (36, 11, 300));
        Assert.Equal(22 * Knot, Read(0x44, "windSpeed", routine), 1e-9);
        Assert.Equal(172.265625, Read(0x44, "windDirection", routine), 1e-9);
        Assert.Equal(-48.5, Read(0x44, "temperature", routine), 1e-9);
        Assert.Equal(30_000, Read(0x44, "pressure", routine), 1e-9);
        Assert.True(RegisterCatalogue.Find(0x44)!.IsPlausible(routine));
        ulong hazard = Bits((1, 1, 1), (2, 2, 2), (39, 1, 1), (40, 12, 100));
        Assert.Equal(2, Read(0x45, "turbulence", hazard));
        Assert.Equal(1600 * Foot, Read(0x45, "radioHeight", hazard), 1e-9);
    }

    [Fact]
    public void A_resolution_advisory_names_its_threat_by_address_or_by_place()
    {
        ulong byAddress = Bits((1, 8, 0x30), (9, 14, 0x2000), (29, 2, 1), (31, 24, 0x70C0DE));
        RegisterDefinition register = RegisterCatalogue.Find(0x30)!;
        Span<char> text = stackalloc char[16];
        Assert.Equal("70C0DE", text[..RegisterText.Read(register["threatAddress"], byAddress, text)].ToString());
        Assert.True(double.IsNaN(register["threatRange"].Read(byAddress)));
        ulong byPlace = Bits((1, 8, 0x30), (9, 14, 0x2000), (29, 2, 2), (44, 7, 21), (51, 6, 16));
        Assert.Equal(3704, register["threatRange"].Read(byPlace), 1e-9);
        Assert.Equal(93, register["threatBearing"].Read(byPlace), 1e-9);
        Assert.Equal(0, RegisterText.Read(register["threatAddress"], byPlace, text));
        Assert.False(register.IsPlausible(byPlace | Bits((29, 2, 3))));
    }

    [Fact]
    public void Names_are_read_character_by_character()
    {
        Span<char> text = stackalloc char[16];
        Assert.Equal("KLM1017", text[..RegisterText.Read(RegisterCatalogue.Find(0x20)!["identification"], 0x202CC371C31DE0, text)].ToString());
        ulong waypoint = Bits((1, 1, 1), (2, 6, 1), (8, 6, 2), (14, 6, 49)) | Bits((20, 6, 32), (26, 6, 32), (32, 6, 32), (38, 6, 32), (44, 6, 32), (50, 6, 32));
        Assert.Equal("AB1", text[..RegisterText.Read(RegisterCatalogue.Find(0x41)!["waypoint"], waypoint, text)].ToString());
    }

    /// <summary>The peer forgets the 800 hPa that the pressure setting starts from: taken into account here.</summary>
    [Fact]
    public void Registers_of_a_real_radar_are_what_another_decoder_reads()
    {
        List<ExpectedRecord> expected = ExpectedRecord.Read(SharedData.Find("asterix/croatia/expected/cat_034_048.txt"));
        Decoded decoded = Decoded.From(Capture.Open(SharedData.Find("asterix/croatia/cat_034_048.pcap")));
        int registers = 0;
        foreach ((ExpectedRecord theirs, System.Text.Json.JsonElement ours) in expected.Zip(decoded.Records))
        {
            if (!ours.GetProperty("items").TryGetProperty("250", out System.Text.Json.JsonElement list)) continue;
            Assert.Contains(theirs.Items, item => item.Id == "250");
            foreach (System.Text.Json.JsonElement each in list.EnumerateArray())
            {
                string name = $"{each.GetProperty("BDS1").GetInt32():X},{each.GetProperty("BDS2").GetInt32():X}";
                if (!each.TryGetProperty("register", out System.Text.Json.JsonElement register)) continue;
                Assert.Equal(name, register.GetProperty("bds").GetString());
                ulong contents = Convert.ToUInt64(each.GetProperty("MBDATA").GetString(), 16);
                if (contents == 0) continue;
                registers++;
                foreach (System.Text.Json.JsonProperty value in register.EnumerateObject())
                {
                    if (value.Value.ValueKind != System.Text.Json.JsonValueKind.Number) continue;
                    RegisterField field = RegisterCatalogue.Find(Convert.ToInt32(name.Replace(",", "", StringComparison.Ordinal), 16))![value.Name];
                    Assert.Equal(field.Read(contents), value.Value.GetDouble(), Math.Max(1e-9, field.Factor / 1000));
                }
            }
        }

        Assert.True(registers > 100, $"{registers} registers");
    }
}
