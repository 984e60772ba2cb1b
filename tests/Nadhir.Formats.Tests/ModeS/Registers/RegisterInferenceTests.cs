using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Nadhir.Formats.ModeS.Registers;
using Nadhir.Units;

namespace Nadhir.Formats.Tests.ModeS.Registers;

/// <summary>Which register a Comm-B reply holds, and what it says, against another decoder's reading of real replies.</summary>
public sealed class RegisterInferenceTests
{
    static readonly (string Theirs, int Register, string Ours, double Unit)[] values =
    [
        ("selected_altitude_mcp", 0x40, "selectedAltitudeMcp", Conversions.MetresPerFoot),
        ("selected_altitude_fms", 0x40, "selectedAltitudeFms", Conversions.MetresPerFoot),
        ("baro_pressure_setting", 0x40, "pressureSetting", 100),
        ("roll", 0x50, "roll", 1),
        ("true_track", 0x50, "trueTrack", 1),
        ("groundspeed", 0x50, "groundSpeed", Conversions.MetresPerSecondPerKnot),
        ("track_rate", 0x50, "trackRate", 1),
        ("true_airspeed", 0x50, "trueAirspeed", Conversions.MetresPerSecondPerKnot),
        ("magnetic_heading", 0x60, "magneticHeading", 1),
        ("indicated_airspeed", 0x60, "indicatedAirspeed", Conversions.MetresPerSecondPerKnot),
        ("mach", 0x60, "mach", 1),
        ("baro_vertical_rate", 0x60, "barometricRate", Conversions.MetresPerFoot / 60),
        ("inertial_vertical_rate", 0x60, "inertialRate", Conversions.MetresPerFoot / 60),
    ];

    static List<(ulong Contents, JsonElement Theirs)> Golden()
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(SharedData.Find("modes/pymodes/golden_v2.json")));
        List<(ulong, JsonElement)> replies = [];
        foreach (JsonProperty frame in golden.RootElement.EnumerateObject())
        {
            if (frame.Value.GetProperty("df").GetInt32() is not (20 or 21)) continue;
            replies.Add((ulong.Parse(frame.Name.AsSpan(8, 14), NumberStyles.HexNumber, CultureInfo.InvariantCulture), frame.Value.Clone()));
        }

        return replies;
    }

    static string[] Names(ImmutableArray<RegisterDefinition> found) => [.. found.Select(register => $"BDS{register.Number:X2}")];

    [Fact]
    public void Another_decoder_reads_the_same_values()
    {
        int compared = 0;
        Span<char> text = stackalloc char[16];
        foreach ((ulong contents, JsonElement theirs) in Golden())
        {
            foreach ((string name, int register, string field, double unit) in values)
            {
                if (!theirs.TryGetProperty(name, out JsonElement value) || value.ValueKind != JsonValueKind.Number) continue;
                double expected = value.GetDouble() * unit, found = RegisterCatalogue.Find(register)![field].Read(contents);
                // They give directions from 0 to 360.
                if (name is "true_track" or "magnetic_heading" && found < 0) found += 360;
                Assert.Equal(expected, found, 1e-6 * Math.Max(1, Math.Abs(expected)) + (name == "mach" ? 1e-3 : 0));
                compared++;
            }

            if (theirs.TryGetProperty("callsign", out JsonElement callsign))
            {
                int length = RegisterText.Read(RegisterCatalogue.Find(0x20)!["identification"], contents, text);
                Assert.Equal(callsign.GetString()!.TrimEnd('_'), text[..length].ToString());
                compared++;
            }
        }

        Assert.True(compared > 1000, $"{compared} values");
    }

    [Fact]
    public void Another_decoder_takes_the_same_registers_into_consideration()
    {
        List<string> differences = [];
        int same = 0;
        foreach ((ulong contents, JsonElement theirs) in Golden())
        {
            string[] expected = theirs.TryGetProperty("bds", out JsonElement bds) && bds.ValueKind == JsonValueKind.String ? bds.GetString()!.Split(',') : [];
            string[] found = Names(RegisterInference.Candidates(contents, RegisterInference.WithWeather));
            if (expected.SequenceEqual(found)) same++;
            else differences.Add($"{contents:X14}: {string.Join(',', expected)} - {string.Join(',', found)}");
        }

        // They know the altitude of the reply and weigh airspeed against Mach number by it, where we allow any altitude; and
        // we do so for every reply, where they do it only to decide.
        Assert.Equal(
            [
                "80FB251F202C85: BDS50,BDS60 - BDS50", "839B1F1F206C85: BDS50,BDS60 - BDS50",
                "F058351ABE046E: BDS50,BDS60 - BDS50", "F0981F1A7E1C6E: BDS50,BDS60 - BDS50",
                "FE5B2B287FE4A7: BDS50 - BDS50,BDS60", "FE7B2D287FE4A7: BDS50 - BDS50,BDS60",
            ],
            differences.Distinct().Order());
        Assert.Equal(394, same);
    }

    [Fact]
    public void What_could_be_two_registers_is_said_to_be_ambiguous()
    {
        Assert.Null(RegisterInference.Only(0xC0780000000000, RegisterInference.WithWeather));
        Assert.True(RegisterInference.Candidates(0xC0780000000000, RegisterInference.WithWeather).Length > 1);
        Assert.Equal(0x40, RegisterInference.Only(0x99680030A80000)!.Number);
        Assert.Null(RegisterInference.Only(0));
        Assert.Empty(RegisterInference.Candidates(0));
    }

    [Fact]
    public void Ten_thousand_replies_are_told_apart_and_few_remain_ambiguous()
    {
        int all = 0, one = 0, several = 0;
        foreach (string file in new[] { "df20", "df21" })
        {
            foreach (string line in File.ReadLines(SharedData.Find($"modes/pymodes/sample_data_commb_{file}.csv")))
            {
                ulong contents = ulong.Parse(line.Split(',')[2].AsSpan(8, 14), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                if (contents == 0) continue;
                all++;
                int candidates = RegisterInference.Candidates(contents).Length;
                if (candidates == 1) one++;
                else if (candidates > 1) several++;
                Assert.Equal(candidates == 1, RegisterInference.Only(contents) is not null);
            }
        }

        Assert.True(one > 0.9 * all, $"{one} of {all}, {several} ambiguous");
    }
}
