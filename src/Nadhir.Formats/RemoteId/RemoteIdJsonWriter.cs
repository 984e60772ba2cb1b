using System.Text.Json;
using Nadhir.Formats.Captures;
using Nadhir.Formats.Pcap;
using Nadhir.Sensing;

namespace Nadhir.Formats.RemoteId;

/// <summary>
/// Prints recorded Remote ID as JSON lines, one a message. The file is a pcap of datagrams as the feed takes them, or
/// messages and packs one after the other, as bytes or as hexadecimal digits.
/// </summary>
public static class RemoteIdJsonWriter
{
    /// <param name="errors">What could not be read, with its offset and why.</param>
    /// <returns>0 when all could be read, else 1.</returns>
    public static int Print(ReadOnlyMemory<byte> file, Stream output, TextWriter errors)
    {
        int damaged = 0;
        using BufferedStream buffered = new(output, 1 << 16);
        if (PcapReader.IsCapture(file.Span))
        {
            Capture capture = Capture.From(file, CaptureKind.Pcap);
            foreach (CaptureItem item in capture.Items())
            {
                ReadOnlySpan<byte> datagram = item.Bytes.Span;
                int header = RemoteIdMessage.IsPossibleLength(datagram.Length)
                    || datagram.Length < RemoteIdFeedDecoder.ReceiverHeader
                    ? 0 : RemoteIdFeedDecoder.ReceiverHeader;
                string? address = header == 0 ? null : Convert.ToHexStringLower(datagram[..6]);
                damaged += PrintAll(datagram[header..], item.Offset + header, address, buffered, errors);
            }
        }
        else
        {
            ReadOnlySpan<byte> bytes = HexText.IsHexText(file.Span) ? HexText.Read(file.Span) : file.Span;
            damaged = PrintAll(bytes, 0, null, buffered, errors);
        }

        return damaged == 0 ? 0 : 1;
    }

    static int PrintAll(ReadOnlySpan<byte> bytes, long offset, string? address, Stream output, TextWriter errors)
    {
        ReadOnlySpan<byte> rest = bytes;
        int damaged = 0;
        while (!rest.IsEmpty)
        {
            long at = offset + bytes.Length - rest.Length;
            DecodeFault fault = RemoteIdMessage.TryTake(ref rest, out ReadOnlySpan<byte> messages);
            if (fault != DecodeFault.None)
            {
                errors.WriteLine($"{at}: {fault}, {rest.Length} bytes passed over");
                return damaged + 1;
            }

            for (int i = 0; i < messages.Length; i += RemoteIdMessage.Length)
            {
                ReadOnlySpan<byte> message = messages.Slice(i, RemoteIdMessage.Length);
                if (PrintOne(message, address, output)) continue;
                errors.WriteLine($"{at}: {DecodeFault.BadValue}, {message.Length} bytes passed over");
                damaged++;
            }
        }

        return damaged;
    }

    static bool PrintOne(ReadOnlySpan<byte> message, string? address, Stream output)
    {
        using (Utf8JsonWriter json = new(output))
        {
            json.WriteStartObject();
            json.WriteString("type", RemoteIdMessage.TypeOf(message).ToString());
            json.WriteNumber("version", message[0] & 15);
            if (address is not null) json.WriteString("transmitter", address);
            if (!Fields(json, message))
            {
                json.Reset();
                return false;
            }

            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
        return true;
    }

    static bool Fields(Utf8JsonWriter json, ReadOnlySpan<byte> message)
    {
        switch (RemoteIdMessage.TypeOf(message))
        {
            case RemoteIdMessageType.BasicId:
                RemoteIdBasicId basic = RemoteIdBasicId.Read(message);
                json.WriteString("idType", basic.IdType.ToString());
                json.WriteNumber("aircraftType", basic.AircraftType);
                json.WriteString("id", basic.ToString());
                return true;
            case RemoteIdMessageType.Location:
                return RemoteIdLocation.TryRead(message, out RemoteIdLocation location) && Write(json, location);
            case RemoteIdMessageType.Authentication:
                RemoteIdAuthentication page = RemoteIdAuthentication.Read(message);
                json.WriteNumber("authenticationType", page.AuthenticationType);
                json.WriteNumber("page", page.Page);
                if (page.Page == 0)
                {
                    json.WriteNumber("lastPage", page.LastPage);
                    json.WriteNumber("length", page.Length);
                    if (page.Time is { } signed) json.WriteString("time", signed);
                }

                json.WriteString("bytes", page.Bytes.ToHex(
                    page.Page == 0 ? RemoteIdAuthentication.FirstPageLength : RemoteIdAuthentication.PageLength));
                return true;
            case RemoteIdMessageType.SelfId:
                RemoteIdSelfId self = RemoteIdSelfId.Read(message);
                json.WriteNumber("textType", self.TextType);
                json.WriteString("text", self.Text.ToString());
                return true;
            case RemoteIdMessageType.System:
                return RemoteIdSystem.TryRead(message, out RemoteIdSystem system) && Write(json, system);
            case RemoteIdMessageType.OperatorId:
                RemoteIdOperatorId id = RemoteIdOperatorId.Read(message);
                json.WriteNumber("idType", id.IdType);
                json.WriteString("id", id.Id.ToString());
                return true;
            default:
                return false;
        }
    }

    static bool Write(Utf8JsonWriter json, in RemoteIdLocation location)
    {
        json.WriteString("status", location.Status.ToString());
        Number(json, "latitude", location.LatitudeDegrees);
        Number(json, "longitude", location.LongitudeDegrees);
        Number(json, "trackDegrees", location.TrackDegrees);
        Number(json, "speed", location.SpeedMetresPerSecond);
        Number(json, "climb", location.ClimbMetresPerSecond);
        Number(json, "geodeticAltitude", location.GeodeticAltitudeMetres);
        Number(json, "pressureAltitude", location.PressureAltitudeMetres);
        Number(json, "height", location.HeightMetres);
        json.WriteString("heightAbove", location.IsHeightAboveGround ? "ground" : "takeOff");
        Number(json, "horizontalAccuracy", RemoteIdScales.HorizontalMetres(location.HorizontalAccuracy));
        Number(json, "verticalAccuracy", RemoteIdScales.VerticalMetres(location.VerticalAccuracy));
        Number(json, "pressureAccuracy", RemoteIdScales.VerticalMetres(location.PressureAccuracy));
        Number(json, "speedAccuracy", RemoteIdScales.SpeedMetresPerSecond(location.SpeedAccuracy));
        Number(json, "timeAccuracy", RemoteIdScales.TimeSeconds(location.TimeAccuracy));
        Number(json, "secondsOfHour", location.SecondsOfHour);
        return true;
    }

    static bool Write(Utf8JsonWriter json, in RemoteIdSystem system)
    {
        json.WriteString("operatorLocation", system.Location.ToString());
        json.WriteNumber("classification", system.Classification);
        Number(json, "operatorLatitude", system.OperatorLatitudeDegrees);
        Number(json, "operatorLongitude", system.OperatorLongitudeDegrees);
        Number(json, "operatorAltitude", system.OperatorAltitudeMetres);
        json.WriteNumber("areaCount", system.AreaCount);
        json.WriteNumber("areaRadius", system.AreaRadiusMetres);
        Number(json, "areaCeiling", system.AreaCeilingMetres);
        Number(json, "areaFloor", system.AreaFloorMetres);
        json.WriteNumber("category", system.Category);
        json.WriteNumber("class", system.Class);
        if (system.Time is { } time) json.WriteString("time", time);
        return true;
    }

    /// <summary>What is not told is left out.</summary>
    static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
    }
}
