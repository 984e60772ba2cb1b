using Nadhir.Sensing;

namespace Nadhir.Formats.CursorOnTarget;

/// <summary>Which protocol versions a device of the mesh speaks.</summary>
public sealed record TakControl(uint LeastVersion, uint MostVersion, string ContactUid);

/// <summary>A message of TAK protocol version 1: a word about the protocol, an event, or both.</summary>
public sealed record TakMessage(TakControl? Control, CotEvent? Event);

/// <summary>
/// Messages of TAK protocol version 1 (takmessage, takcontrol, cotevent and detail of the published protocol
/// description), and the two ways they are framed: after a mesh header in a datagram, after a length in a stream.
/// </summary>
public static class TakProtobuf
{
    public const byte Magic = 0xBF;
    public const int Version = 1;

    static readonly DateTimeOffset latest = DateTimeOffset.MaxValue;

    /// <summary>A datagram of the mesh: magic, version, magic, message.</summary>
    public static bool IsMesh(ReadOnlySpan<byte> datagram) =>
        datagram.Length >= 3 && datagram[0] == Magic && datagram[2] == Magic;

    public static byte[] WriteMesh(TakMessage message)
    {
        WireWriter writer = new();
        writer.Raw([Magic, Version, Magic]);
        writer.Raw(Write(message));
        return writer.Written.ToArray();
    }

    /// <summary>For a stream: magic, length, message.</summary>
    public static byte[] WriteStream(TakMessage message)
    {
        ReadOnlySpan<byte> body = Write(message);
        WireWriter writer = new();
        writer.Octet(Magic);
        writer.Varint((ulong)body.Length);
        writer.Raw(body);
        return writer.Written.ToArray();
    }

    public static byte[] Write(TakMessage message)
    {
        WireWriter writer = new();
        if (message.Control is { } control)
        {
            WireWriter inner = new();
            inner.Number(1, control.LeastVersion);
            inner.Number(2, control.MostVersion);
            inner.Text(3, control.ContactUid);
            writer.Message(1, inner);
        }

        if (message.Event is { } told) writer.Message(2, Event(told));
        return writer.Written.ToArray();
    }

    /// <param name="body">A message without its frame.</param>
    /// <param name="message">Null on a fault.</param>
    /// <param name="detail">On a fault, what is wrong: for people.</param>
    public static DecodeFault TryRead(ReadOnlySpan<byte> body, out TakMessage? message, out string detail)
    {
        message = null;
        detail = "";
        if (body.Length > CotFraming.MostEventBytes)
        {
            detail = $"message of {body.Length} bytes; {CotFraming.MostEventBytes} are read at most";
            return DecodeFault.BadLength;
        }

        TakControl? control = null;
        CotEvent? told = null;
        WireReader reader = new(body);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                WireReader inner = new(reader.Bytes());
                control = Control(ref inner);
                if (inner.Failed) return Broken("control", out detail);
            }
            else if (reader.Field == 2)
            {
                ReadOnlySpan<byte> inner = reader.Bytes();
                DecodeFault fault = reader.Failed ? Broken("event", out detail) : TryEvent(inner, out told, out detail);
                if (fault != DecodeFault.None) return fault;
            }
            else reader.Skip();
        }

        if (reader.Failed) return Broken("message", out detail);
        message = new(control, told);
        return DecodeFault.None;
    }

    static TakControl Control(ref WireReader reader)
    {
        uint least = 0, most = 0;
        string uid = "";
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: least = (uint)reader.Number(); break;
                case 2: most = (uint)reader.Number(); break;
                case 3: uid = reader.Text(); break;
                default: reader.Skip(); break;
            }
        }

        return new(least, most, uid);
    }

    static DecodeFault TryEvent(ReadOnlySpan<byte> bytes, out CotEvent? read, out string detail)
    {
        read = null;
        string type = "", access = "", qos = "", opex = "", uid = "", how = "", caveat = "", releasable = "";
        ulong time = 0, start = 0, stale = 0;
        double latitude = 0, longitude = 0, height = 0, circular = 0, linear = 0;
        CotDetail found = CotDetail.None;
        WireReader reader = new(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: type = reader.Text(); break;
                case 2: access = reader.Text(); break;
                case 3: qos = reader.Text(); break;
                case 4: opex = reader.Text(); break;
                case 5: uid = reader.Text(); break;
                case 6: time = reader.Number(); break;
                case 7: start = reader.Number(); break;
                case 8: stale = reader.Number(); break;
                case 9: how = reader.Text(); break;
                case 10: latitude = reader.Double(); break;
                case 11: longitude = reader.Double(); break;
                case 12: height = reader.Double(); break;
                case 13: circular = reader.Double(); break;
                case 14: linear = reader.Double(); break;
                case 15:
                    ReadOnlySpan<byte> inner = reader.Bytes();
                    if (!reader.Failed && !TakDetail.TryRead(inner, out found)) return Broken("detail", out detail);
                    break;
                case 16: caveat = reader.Text(); break;
                case 17: releasable = reader.Text(); break;
                default: reader.Skip(); break;
            }
        }

        if (reader.Failed) return Broken("event", out detail);
        ulong most = (ulong)latest.ToUnixTimeMilliseconds();
        bool isPlace = Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180;
        detail = uid.Length == 0 ? "no uid" : type.Length == 0 ? "no type"
            : time > most || start > most || stale > most ? "a time after the year 9999"
            : !isPlace ? $"position {CotText.Number(latitude)}, {CotText.Number(longitude)}" : "";
        if (detail.Length > 0) return DecodeFault.BadValue;
        read = new()
        {
            Uid = uid,
            Type = type,
            How = how,
            Time = At(time),
            Start = At(start),
            Stale = At(stale),
            Point = new(latitude, longitude, Known(height), Known(circular), Known(linear)),
            Access = access,
            Qos = qos,
            Opex = opex,
            Caveat = caveat,
            ReleasableTo = releasable,
            Detail = found,
        };
        return DecodeFault.None;
    }

    static WireWriter Event(CotEvent told)
    {
        WireWriter writer = new();
        writer.Text(1, told.Type);
        writer.Text(2, told.Access);
        writer.Text(3, told.Qos);
        writer.Text(4, told.Opex);
        writer.Text(5, told.Uid);
        writer.Number(6, (ulong)told.Time.ToUnixTimeMilliseconds());
        writer.Number(7, (ulong)told.Start.ToUnixTimeMilliseconds());
        writer.Number(8, (ulong)told.Stale.ToUnixTimeMilliseconds());
        writer.Text(9, told.How);
        writer.Double(10, told.Point.LatitudeDegrees);
        writer.Double(11, told.Point.LongitudeDegrees);
        writer.Double(12, told.Point.HeightMetres);
        writer.Double(13, told.Point.CircularError);
        writer.Double(14, told.Point.LinearError);
        if (told.Detail != CotDetail.None) writer.Message(15, TakDetail.Write(told.Detail));
        writer.Text(16, told.Caveat);
        writer.Text(17, told.ReleasableTo);
        return writer;
    }

    static DateTimeOffset At(ulong milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);

    static double Known(double value) => double.IsFinite(value) ? value : CotPoint.Unknown;

    static DecodeFault Broken(string what, out string detail)
    {
        detail = $"{what} of TAK protocol cannot be read";
        return DecodeFault.BadValue;
    }
}
