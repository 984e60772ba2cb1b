using System.Xml;

namespace Nadhir.Formats.CursorOnTarget;

/// <summary>The message Detail of TAK protocol version 1: six elements as fields, the others as XML text.</summary>
static class TakDetail
{
    public static bool TryRead(ReadOnlySpan<byte> bytes, out CotDetail detail)
    {
        detail = CotDetail.None;
        string xml = "";
        WireReader reader = new(bytes);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                xml = reader.Text();
                continue;
            }

            if (reader.Field is < 2 or > 7)
            {
                reader.Skip();
                continue;
            }

            int field = reader.Field;
            WireReader inner = new(reader.Bytes());
            detail = Field(field, ref inner, detail);
            if (inner.Failed) return false;
        }

        if (reader.Failed) return false;
        if (xml.Length == 0) return true;
        try
        {
            // What the text says goes before what the fields say.
            detail = CotDetailXml.Add(detail, xml);
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    public static WireWriter Write(CotDetail detail)
    {
        WireWriter writer = new();
        writer.Text(1, detail.Xml);
        if (detail.Contact is { } contact) Texts(writer, 2, contact.Endpoint, contact.Callsign);
        if (detail.Group is { } group) Texts(writer, 3, group.Name, group.Role);
        if (detail.Precision is { } precision) Texts(writer, 4, precision.PositionSource, precision.HeightSource);
        if (detail.Battery is { } battery)
        {
            WireWriter inner = new();
            inner.Number(1, battery);
            writer.Message(5, inner);
        }

        if (detail.Equipment is { } takv) Texts(writer, 6, takv.Device, takv.Platform, takv.System, takv.Version);
        if (detail.Motion is { } motion)
        {
            WireWriter inner = new();
            inner.Double(1, motion.Speed);
            inner.Double(2, motion.CourseDegrees);
            writer.Message(7, inner);
        }

        return writer;
    }

    static CotDetail Field(int field, ref WireReader inner, CotDetail detail)
    {
        if (field == 5)
        {
            uint battery = 0;
            while (inner.Next())
            {
                if (inner.Field == 1) battery = (uint)inner.Number();
                else inner.Skip();
            }

            return detail with { Battery = battery };
        }

        if (field == 7)
        {
            double speed = 0, course = 0;
            while (inner.Next())
            {
                if (inner.Field == 1) speed = inner.Double();
                else if (inner.Field == 2) course = inner.Double();
                else inner.Skip();
            }

            return double.IsFinite(speed) && double.IsFinite(course)
                ? detail with { Motion = new(course, speed) }
                : detail;
        }

        string first = "", second = "", third = "", fourth = "";
        while (inner.Next())
        {
            switch (inner.Field)
            {
                case 1: first = inner.Text(); break;
                case 2: second = inner.Text(); break;
                case 3: third = inner.Text(); break;
                case 4: fourth = inner.Text(); break;
                default: inner.Skip(); break;
            }
        }

        return field switch
        {
            2 => detail with { Contact = new(Callsign: second, Endpoint: first) },
            3 => detail with { Group = new(first, second) },
            4 => detail with { Precision = new(first, second) },
            _ => detail with { Equipment = new(first, second, third, fourth) },
        };
    }

    static void Texts(WireWriter writer, int field, params ReadOnlySpan<string> texts)
    {
        WireWriter inner = new();
        for (int i = 0; i < texts.Length; i++) inner.Text(i + 1, texts[i]);
        writer.Message(field, inner);
    }
}
