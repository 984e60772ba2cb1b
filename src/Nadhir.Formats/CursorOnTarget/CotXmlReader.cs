using System.Text;
using System.Xml;
using Nadhir.Sensing;

namespace Nadhir.Formats.CursorOnTarget;

/// <summary>
/// Reads one event from XML (CoT base schema 2.0, Event.xsd). Refuses document types, so that nothing outside the bytes
/// is ever looked up; nesting is bounded. Bytes are taken for UTF-8, whatever the declaration says; what is not becomes
/// the replacement character.
/// </summary>
public static class CotXmlReader
{
    /// <summary>Elements within elements, the event itself being the first.</summary>
    public const int MostDepth = 32;

    static readonly XmlReaderSettings settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = CotFraming.MostEventBytes,
    };

    /// <param name="xml">One document.</param>
    /// <param name="read">The event; null on a fault.</param>
    /// <param name="detail">On a fault, what is wrong: for people.</param>
    public static DecodeFault TryRead(ReadOnlySpan<byte> xml, out CotEvent? read, out string detail)
    {
        read = null;
        if (xml.Length > CotFraming.MostEventBytes)
        {
            detail = $"event of {xml.Length} bytes; {CotFraming.MostEventBytes} are read at most";
            return DecodeFault.BadLength;
        }

        try
        {
            using XmlReader reader = XmlReader.Create(new StringReader(Encoding.UTF8.GetString(xml)), settings);
            return Read(reader, out read, out detail);
        }
        catch (XmlException fault)
        {
            detail = fault.Message;
            return DecodeFault.BadValue;
        }
    }

    static DecodeFault Read(XmlReader reader, out CotEvent? read, out string detail)
    {
        read = null;
        if (reader.MoveToContent() != XmlNodeType.Element || reader.LocalName != "event")
        {
            detail = "no event";
            return DecodeFault.NotThisFormat;
        }

        string? uid = reader.GetAttribute("uid"), type = reader.GetAttribute("type");
        bool knowsTime = CotText.TryTime(reader.GetAttribute("time"), out DateTimeOffset time);
        bool knowsStale = CotText.TryTime(reader.GetAttribute("stale"), out DateTimeOffset stale);
        if (!CotText.TryTime(reader.GetAttribute("start"), out DateTimeOffset start)) start = time;
        CotEvent head = new()
        {
            Uid = uid ?? "",
            Type = type ?? "",
            How = reader.GetAttribute("how") ?? "",
            Time = time,
            Start = start,
            Stale = stale,
            Point = CotPoint.Nowhere,
            Access = reader.GetAttribute("access") ?? "",
            Qos = reader.GetAttribute("qos") ?? "",
            Opex = reader.GetAttribute("opex") ?? "",
            Caveat = reader.GetAttribute("caveat") ?? "",
            ReleasableTo = reader.GetAttribute("releasableTo") ?? "",
        };
        CotPoint? point = null;
        CotDetail? found = null;
        detail = "";
        if (!reader.IsEmptyElement)
        {
            while (reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == 0))
            {
                CotDetailXml.CheckDepth(reader);
                if (reader.NodeType != XmlNodeType.Element || reader.Depth != 1) continue;
                if (reader.LocalName == "point" && point is null && !TryPoint(reader, out point, out detail))
                    return DecodeFault.BadValue;
                if (reader.LocalName == "detail" && found is null) found = CotDetailXml.Read(reader);
            }
        }

        while (reader.Read())
        {
            // To the end of the document: what comes after the event must be well-formed, too.
        }

        detail = string.IsNullOrEmpty(uid) ? "no uid" : string.IsNullOrEmpty(type) ? "no type"
            : !knowsTime ? "no time" : !knowsStale ? "no stale time" : point is null ? "no point" : "";
        if (detail.Length > 0) return DecodeFault.BadValue;
        read = head with { Point = point!.Value, Detail = found ?? CotDetail.None };
        return DecodeFault.None;
    }

    static bool TryPoint(XmlReader reader, out CotPoint? point, out string detail)
    {
        string? latitude = reader.GetAttribute("lat"), longitude = reader.GetAttribute("lon");
        bool isPlace = CotText.TryNumber(latitude, out double north) & CotText.TryNumber(longitude, out double east)
            && Math.Abs(north) <= 90 && Math.Abs(east) <= 180;
        point = isPlace ? new(north, east, Known("hae"), Known("ce"), Known("le")) : null;
        detail = isPlace ? "" : $"position {latitude}, {longitude}";
        return isPlace;

        double Known(string name) =>
            CotText.TryNumber(reader.GetAttribute(name), out double value) ? value : CotPoint.Unknown;
    }
}
