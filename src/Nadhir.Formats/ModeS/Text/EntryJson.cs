using System.Globalization;
using System.Text.Json;
using Nadhir.Formats.ModeS.Feeds;
using Nadhir.Sensing;

namespace Nadhir.Formats.ModeS.Text;

/// <summary>What other programs have decoded, as JSON members under the names of our own messages.</summary>
static class EntryJson
{
    public static void Write(Utf8JsonWriter json, in SbsLine line)
    {
        json.WriteNumber("transmission", line.Transmission);
        WriteSender(json, line.Sender);
        if (!line.Callsign.IsNone) json.WriteString("callsign", line.Callsign.ToString());
        Number(json, "altitudeFeet", line.AltitudeFeet);
        Number(json, "groundSpeedKnots", line.GroundSpeedKnots);
        Number(json, "trackDegrees", line.TrackDegrees);
        Number(json, "latitude", line.LatitudeDegrees);
        Number(json, "longitude", line.LongitudeDegrees);
        Number(json, "climbFeetPerMinute", line.ClimbFeetPerMinute);
        if (line.Mode3A >= 0) json.WriteString("squawk", MessageJson.Octal(line.Mode3A));
        Flag(json, "alert", line.Alert);
        Flag(json, "emergency", line.Emergency);
        Flag(json, "identifying", line.Identifying);
        Flag(json, "onGround", line.OnGround);
    }

    public static void Write(Utf8JsonWriter json, in AircraftEntry entry, double now)
    {
        Number(json, "now", now);
        WriteSender(json, entry.Sender);
        if (!entry.Callsign.IsNone) json.WriteString("callsign", entry.Callsign.ToString());
        Number(json, "latitude", entry.LatitudeDegrees);
        Number(json, "longitude", entry.LongitudeDegrees);
        Number(json, "positionAgeSeconds", entry.SeenPositionSeconds);
        Number(json, "ageSeconds", entry.SeenSeconds);
        if (entry.OnGround) json.WriteBoolean("onGround", true);
        Number(json, "altitudeFeet", entry.BarometricFeet);
        Number(json, "geometricHeightFeet", entry.GeometricFeet);
        Number(json, "groundSpeedKnots", entry.GroundSpeedKnots);
        Number(json, "trackDegrees", entry.TrackDegrees);
        Number(json, "climbFeetPerMinute", entry.BarometricClimb);
        Number(json, "geometricClimbFeetPerMinute", entry.GeometricClimb);
        if (entry.Mode3A >= 0) json.WriteString("squawk", MessageJson.Octal(entry.Mode3A));
        Category(json, "version", entry.Version);
        Category(json, "nic", entry.Integrity);
        Category(json, "nacp", entry.PositionAccuracy);
        Category(json, "sil", entry.IntegrityLevel);
        Number(json, "containmentMetres", entry.ContainmentMetres);
    }

    public static void WriteSender(Utf8JsonWriter json, in Sender sender)
    {
        string address = sender.Address.ToString("x6", CultureInfo.InvariantCulture);
        json.WriteString(sender.IsIcao ? "icao" : "otherAddress", address);
        if (sender.Relay == Relay.None) return;
        json.WriteString("relay", sender.Relay switch
        {
            Relay.Rebroadcast => "adsr",
            Relay.TrafficInformation => "tisb",
            _ => "mlat",
        });
    }

    static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
    }

    static void Category(Utf8JsonWriter json, string name, int value)
    {
        if (value >= 0) json.WriteNumber(name, value);
    }

    static void Flag(Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } told) json.WriteBoolean(name, told);
    }
}
