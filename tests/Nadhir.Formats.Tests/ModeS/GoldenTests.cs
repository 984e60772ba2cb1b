using System.Globalization;
using System.Text.Json;
using Nadhir.Formats.ModeS;
using Nadhir.Formats.ModeS.Squitters;

namespace Nadhir.Formats.Tests.ModeS;

/// <summary>
/// Messages that pyModeS has decoded. Of Comm-B replies only what is outside the register is compared: address, altitude
/// and identity.
/// </summary>
public sealed class GoldenTests
{
    /// <summary>What pyModeS takes from Comm-B registers.</summary>
    static readonly string[] registers =
    [
        "bds", "baro_pressure_setting", "selected_altitude_mcp", "selected_altitude_fms", "baro_vertical_rate",
        "indicated_airspeed", "inertial_vertical_rate", "mach", "magnetic_heading", "roll", "track_rate",
        "true_airspeed", "true_track",
    ];

    [Fact]
    public void Every_value_of_the_goldens_is_what_we_read()
    {
        using JsonDocument goldens = JsonDocument.Parse(File.ReadAllBytes(SharedData.Find("modes/pymodes/golden_v2.json")));
        int messages = 0, values = 0;
        foreach (JsonProperty golden in goldens.RootElement.EnumerateObject())
        {
            ModeSMessage message = ModeSMessage.Read(Convert.FromHexString(golden.Name));
            messages++;
            foreach (JsonProperty value in golden.Value.EnumerateObject())
            {
                bool commB = message.Format is 20 or 21;
                if (commB && (registers.Contains(value.Name) || value.Name is "callsign" or "groundspeed")) continue;
                string theirs = value.Value.ValueKind == JsonValueKind.Number
                    ? value.Value.GetDouble().ToString("0.#######", CultureInfo.InvariantCulture) : value.Value.GetString()!;
                Assert.True(Ours(message, value.Name) == theirs, $"{golden.Name} {value.Name}: ours {Ours(message, value.Name)}, theirs {theirs}");
                values++;
            }
        }

        Assert.Equal(600, messages);
        Assert.Equal(2_214, values);
    }

    [Theory]
    [InlineData("sample_data_adsb.csv", 1, 2, 2_000, 0)]
    [InlineData("sample_data_commb_df20.csv", 2, 1, 5_000, 3)]
    [InlineData("sample_data_commb_df21.csv", 2, 1, 5_000, 0)]
    public void Every_address_of_the_samples_is_what_we_read(
        string file, int messageColumn, int addressColumn, int count, int damaged)
    {
        List<string> others = [];
        string[] lines = File.ReadAllLines(SharedData.Find("modes/pymodes/" + file));
        foreach (string line in lines)
        {
            string[] fields = line.Replace("\"", "", StringComparison.Ordinal).Split(',');
            ModeSMessage message = ModeSMessage.Read(Convert.FromHexString(fields[messageColumn]));
            uint address = message.HasAddressParity ? message.Residual : message.AnnouncedAddress;
            if (fields[addressColumn] != address.ToString("X6", CultureInfo.InvariantCulture)) others.Add(fields[messageColumn]);
            if (message.HasAddressParity) continue;
            Assert.Equal(0u, message.Residual);
            Assert.Equal(int.Parse(fields[3], CultureInfo.InvariantCulture), SquitterType.Of(message.Field));
        }

        Assert.Equal(count, lines.Length);
        // Received with wrong bits: the parity leaves another address than the aircraft that was asked.
        string[] known = ["A03F40002EC423613A3527BE77D1", "A000009CC6500030AA0000E16CC9", "A6FAA2A000161DB2C80030A40000"];
        Assert.Equal(known[..damaged], others);
    }

    static string Ours(ModeSMessage message, string name)
    {
        ulong field = message.Field;
        return name switch
        {
            "df" => Number(message.Format),
            "icao" => Same(message),
            "typecode" => Number(SquitterType.Of(field)),
            "altitude" when message.Format == 17 => Number(AirbornePosition.Read(field).AltitudeFeet!.Value),
            "altitude" => Number(message.AltitudeFeet!.Value),
            "squawk" => Convert.ToString(message.Identity, 8).PadLeft(4, '0'),
            "cpr_format" => AirbornePosition.Read(field).Place.IsOdd ? "1" : "0",
            "category" => Number(AircraftIdentification.Read(field).Category),
            "callsign" => Spelt(field),
            "groundspeed" => Number(Math.Truncate(AirborneVelocity.Read(field).GroundSpeedKnots)),
            "track" => Number(AirborneVelocity.Read(field).TrackDegrees),
            "vertical_rate" => Number(AirborneVelocity.Read(field).ClimbFeetPerMinute!.Value),
            _ => "not known",
        };
    }

    /// <summary>Written small where it is announced and large where it is laid over the parity, as the goldens do.</summary>
    static string Same(in ModeSMessage message) => message.HasAddressParity
        ? message.Residual.ToString("X6", CultureInfo.InvariantCulture)
        : message.AnnouncedAddress.ToString("x6", CultureInfo.InvariantCulture);

    /// <summary>pyModeS writes blanks as underlines.</summary>
    static string Spelt(ulong field)
    {
        char[] characters = new char[8];
        AircraftIdentification.Read(field).Spell(characters);
        return new string(characters).Replace(' ', '_');
    }

    static string Number(double value) => value.ToString("0.#######", CultureInfo.InvariantCulture);
}
