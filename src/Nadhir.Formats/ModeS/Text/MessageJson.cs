using System.Globalization;
using System.Text.Json;
using Nadhir.Formats.ModeS.Squitters;
using Nadhir.Geodesy;

namespace Nadhir.Formats.ModeS.Text;

/// <summary>
/// Messages of one recording as JSON objects, in order: what each tells, whether a receiver would believe it, and the
/// place of a position when the messages before it give one. A recording without times gives no places, because the age
/// of a pair cannot be known.
/// </summary>
sealed class MessageJson(Utf8JsonWriter json)
{
    readonly ModeSReceiver receiver = new();

    /// <param name="ticks">When it was received, or null when the recording does not tell.</param>
    public Hearing Write(ReadOnlySpan<byte> octets, long? ticks)
    {
        ModeSMessage message = ModeSMessage.Read(octets);
        Hearing hearing = receiver.Hear(ref message, ticks ?? 0, out Sender sender);
        if (hearing is Hearing.WrongParity or Hearing.WrongLength) return hearing;
        json.WriteString("hex", message.ToString());
        json.WriteNumber("df", message.Format);
        if (message.RepairedBit >= 0) json.WriteNumber("repairedBit", message.RepairedBit + 1);
        json.WriteBoolean("believed", hearing == Hearing.Believed);
        if (hearing == Hearing.Unused) return hearing;
        EntryJson.WriteSender(json, sender);
        if (sender.Inferred) json.WriteBoolean("inferred", true);
        WriteFields(message);
        if (message.Format is 17 or 18 or 19)
        {
            if (CoarsePosition.IsIn(message)) SquitterJson.WriteCoarse(json, message.Field);
            else SquitterJson.Write(json, message.Field);
            if (ticks is { } time && hearing == Hearing.Believed) WritePlace(message, sender, time);
        }

        return hearing;
    }

    public static string Octal(int mode3A) => Convert.ToString(mode3A, 8).PadLeft(4, '0');

    void WriteFields(in ModeSMessage message)
    {
        int format = message.Format;
        switch (format)
        {
            case 0 or 16:
                json.WriteBoolean("onGround", message.VerticalStatus);
                if (format == 0) json.WriteBoolean("crosslink", message.Crosslink);
                json.WriteNumber("sensitivityLevel", message.SensitivityLevel);
                json.WriteNumber("replyInformation", message.ReplyInformation);
                break;
            case 4 or 5 or 20 or 21:
                json.WriteNumber("flightStatus", message.FlightStatus);
                json.WriteNumber("downlinkRequest", message.DownlinkRequest);
                json.WriteNumber("utilityMessage", message.UtilityMessage);
                break;
            case 11 or 17:
                json.WriteNumber("capability", message.Capability);
                if (format == 11) json.WriteNumber("interrogator", message.Interrogator);
                break;
            case 18:
                json.WriteNumber("control", message.Capability);
                break;
        }

        if (format is 0 or 4 or 16 or 20 && message.AltitudeFeet is { } feet) json.WriteNumber("altitudeFeet", feet);
        if (format is 5 or 21) json.WriteString("squawk", Octal(message.Identity));
        string field = format switch { 16 => "mv", 20 or 21 => "mb", _ => "" };
        if (field.Length > 0) json.WriteString(field, message.Field.ToString("x14", CultureInfo.InvariantCulture));
    }

    void WritePlace(in ModeSMessage message, in Sender sender, long ticks)
    {
        ulong field = message.Field;
        bool coarse = CoarsePosition.IsIn(message);
        SquitterKind kind = SquitterType.KindOf(field);
        bool surface = !coarse && kind == SquitterKind.SurfacePosition;
        if (!coarse && !surface && kind
            is not (SquitterKind.AirbornePosition or SquitterKind.AirbornePositionGeometric)) return;
        double knots = surface ? SurfacePosition.Read(field).SpeedKnots : double.NaN;
        CompactPosition told = coarse ? CoarsePosition.Read(field).Place : CompactPosition.Read(field);
        ref AircraftState state = ref receiver.Aircraft.Hear(sender.Key, ticks);
        if (!state.Place.TryPlace(told, surface, knots, ticks, Reception.Unknown, out GeoPoint place)) return;
        json.WriteNumber("latitude", Math.Round(place.LatitudeDegrees, 6));
        json.WriteNumber("longitude", Math.Round(place.LongitudeDegrees, 6));
    }
}
