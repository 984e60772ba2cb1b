using System.Buffers;
using System.Text.Json;
using Nadhir.Formats.Captures;
using Nadhir.Sensing;

namespace Nadhir.Formats.CursorOnTarget;

/// <summary>
/// Prints the events of a file, one a line as JSON: a stream of XML or TAK protocol as it is, one datagram of the
/// mesh, or the datagrams of a packet capture.
/// </summary>
public static class CotPrinter
{
    /// <returns>0 when all could be read, 1 when something was damaged.</returns>
    public static int Print(ReadOnlyMemory<byte> file, Stream output, TextWriter errors)
    {
        using BufferedStream buffered = new(output, 1 << 16);
        int damaged = 0;
        if (Pcap.PcapReader.IsCapture(file.Span))
        {
            foreach (CaptureItem item in Capture.From(file, CaptureKind.Pcap).Items())
                damaged += Run(item.Bytes.Span, item.Offset, buffered, errors);
        }
        else damaged += Run(file.Span, 0, buffered, errors);

        buffered.Flush();
        return damaged > 0 ? 1 : 0;
    }

    static int Run(ReadOnlySpan<byte> bytes, long offset, Stream output, TextWriter errors)
    {
        if (TakProtobuf.IsMesh(bytes))
        {
            DecodeFault fault = TakProtobuf.TryRead(bytes[3..], out TakMessage? message, out string detail);
            return Line(fault, detail, message?.Event, message?.Control, "mesh", offset, bytes.Length, output, errors);
        }

        int damaged = 0;
        for (int at = 0; at < bytes.Length;)
        {
            CotScan scan = default;
            CotFrame frame = CotFraming.Next(bytes[at..], isAll: true, ref scan);
            ReadOnlySpan<byte> whole = bytes.Slice(at, frame.Length);
            if (frame.Kind == CotFrameKind.Xml)
            {
                DecodeFault fault = CotXmlReader.TryRead(whole, out CotEvent? told, out string detail);
                damaged += Line(fault, detail, told, null, "xml", offset + at, frame.Length, output, errors);
            }
            else if (frame.Kind == CotFrameKind.Protobuf)
            {
                DecodeFault fault = TakProtobuf.TryRead(
                    whole[frame.Header..], out TakMessage? message, out string detail);
                damaged += Line(
                    fault, detail, message?.Event, message?.Control, "stream", offset + at, frame.Length,
                    output, errors);
            }
            else if (frame.Kind == CotFrameKind.Noise)
                damaged += Line(
                    frame.Fault, "no whole event", null, null, "", offset + at, frame.Length, output, errors);
            at += frame.Length;
        }

        return damaged;
    }

    static int Line(
        DecodeFault fault, string detail, CotEvent? told, TakControl? control, string form, long offset, int length,
        Stream output, TextWriter errors)
    {
        if (fault != DecodeFault.None)
        {
            errors.WriteLine($"{offset}: {fault}, {length} bytes passed over ({detail})");
            return 1;
        }

        ArrayBufferWriter<byte> line = new();
        using (Utf8JsonWriter json = new(line))
        {
            json.WriteStartObject();
            json.WriteString("form", form);
            json.WriteNumber("offset", offset);
            if (control is not null)
            {
                json.WriteNumber("minProtoVersion", control.LeastVersion);
                json.WriteNumber("maxProtoVersion", control.MostVersion);
                Text(json, "contactUid", control.ContactUid);
            }

            if (told is not null) Event(json, told);
            json.WriteEndObject();
        }

        output.Write(line.WrittenSpan);
        output.WriteByte((byte)'\n');
        return 0;
    }

    static void Event(Utf8JsonWriter json, CotEvent told)
    {
        json.WriteString("uid", told.Uid);
        json.WriteString("type", told.Type);
        Text(json, "how", told.How);
        json.WriteString("time", CotText.Time(told.Time));
        json.WriteString("start", CotText.Time(told.Start));
        json.WriteString("stale", CotText.Time(told.Stale));
        json.WriteNumber("lat", told.Point.LatitudeDegrees);
        json.WriteNumber("lon", told.Point.LongitudeDegrees);
        Known(json, "hae", told.Point.HeightMetres);
        Known(json, "ce", told.Point.CircularError);
        Known(json, "le", told.Point.LinearError);
        Text(json, "access", told.Access);
        Text(json, "qos", told.Qos);
        Text(json, "opex", told.Opex);
        Text(json, "caveat", told.Caveat);
        Text(json, "releasableTo", told.ReleasableTo);
        Text(json, "callsign", told.Detail.Contact?.Callsign ?? "");
        Text(json, "endpoint", told.Detail.Contact?.Endpoint ?? "");
        Text(json, "group", told.Detail.Group?.Name ?? "");
        Text(json, "role", told.Detail.Group?.Role ?? "");
        if (told.Detail.Battery is { } battery) json.WriteNumber("battery", battery);
        Text(json, "geopointsrc", told.Detail.Precision?.PositionSource ?? "");
        Text(json, "altsrc", told.Detail.Precision?.HeightSource ?? "");
        Text(json, "platform", told.Detail.Equipment?.Platform ?? "");
        Text(json, "version", told.Detail.Equipment?.Version ?? "");
        if (told.Detail.Motion is { } motion)
        {
            json.WriteNumber("course", motion.CourseDegrees);
            json.WriteNumber("speed", motion.Speed);
        }

        Text(json, "detail", told.Detail.Xml);
    }

    static void Text(Utf8JsonWriter json, string name, string value)
    {
        if (value.Length > 0) json.WriteString(name, value);
    }

    static void Known(Utf8JsonWriter json, string name, double value)
    {
        if (value < CotPoint.Unknown) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}
