using System.Globalization;
using System.Text;
using System.Xml;

namespace Nadhir.Formats.CursorOnTarget;

/// <summary>
/// Writes one event as XML in UTF-8, without declaration, on one line. The same event gives the same bytes.
/// </summary>
public static class CotXmlWriter
{
    static readonly XmlWriterSettings settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        OmitXmlDeclaration = true,
    };

    /// <summary>
    /// Texts must be such as XML can hold; <see cref="CotXmlReader"/> and <see cref="TakProtobuf"/> give no others.
    /// </summary>
    public static byte[] Write(CotEvent one)
    {
        using MemoryStream stream = new();
        using (XmlWriter writer = XmlWriter.Create(stream, settings)) Event(writer, one);
        return stream.ToArray();
    }

    static void Event(XmlWriter writer, CotEvent one)
    {
        writer.WriteStartElement("event");
        writer.WriteAttributeString("version", "2.0");
        writer.WriteAttributeString("uid", one.Uid);
        writer.WriteAttributeString("type", one.Type);
        writer.WriteAttributeString("time", CotText.Time(one.Time));
        writer.WriteAttributeString("start", CotText.Time(one.Start));
        writer.WriteAttributeString("stale", CotText.Time(one.Stale));
        Optional(writer, "how", one.How);
        Optional(writer, "access", one.Access);
        Optional(writer, "qos", one.Qos);
        Optional(writer, "opex", one.Opex);
        Optional(writer, "caveat", one.Caveat);
        Optional(writer, "releasableTo", one.ReleasableTo);
        writer.WriteStartElement("point");
        writer.WriteAttributeString("lat", CotText.Number(one.Point.LatitudeDegrees));
        writer.WriteAttributeString("lon", CotText.Number(one.Point.LongitudeDegrees));
        writer.WriteAttributeString("hae", CotText.Number(one.Point.HeightMetres));
        writer.WriteAttributeString("ce", CotText.Number(one.Point.CircularError));
        writer.WriteAttributeString("le", CotText.Number(one.Point.LinearError));
        writer.WriteEndElement();
        writer.WriteStartElement("detail");
        Detail(writer, one.Detail);
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    static void Detail(XmlWriter writer, CotDetail detail)
    {
        if (detail.Contact is { } contact)
            Element(writer, "contact", ("callsign", contact.Callsign), ("endpoint", contact.Endpoint));
        if (detail.Group is { } group) Element(writer, "__group", ("name", group.Name), ("role", group.Role));
        if (detail.Precision is { } precision)
            Element(writer, "precisionlocation",
                ("geopointsrc", precision.PositionSource), ("altsrc", precision.HeightSource));
        if (detail.Battery is { } battery)
            Element(writer, "status", ("battery", battery.ToString(CultureInfo.InvariantCulture)));
        if (detail.Equipment is { } takv)
            Element(writer, "takv",
                ("device", takv.Device), ("platform", takv.Platform), ("os", takv.System), ("version", takv.Version));
        if (detail.Motion is { } motion)
            Element(writer, "track",
                ("course", CotText.Number(motion.CourseDegrees)), ("speed", CotText.Number(motion.Speed)));
        writer.WriteRaw(detail.Xml);
    }

    static void Element(XmlWriter writer, string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        writer.WriteStartElement(name);
        foreach ((string attribute, string value) in attributes) Optional(writer, attribute, value);
        writer.WriteEndElement();
    }

    static void Optional(XmlWriter writer, string name, string value)
    {
        if (value.Length > 0) writer.WriteAttributeString(name, value);
    }
}
