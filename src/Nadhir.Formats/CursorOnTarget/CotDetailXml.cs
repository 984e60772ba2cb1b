using System.Globalization;
using System.Text;
using System.Xml;

namespace Nadhir.Formats.CursorOnTarget;

/// <summary>The elements inside <c>detail</c>, between XML and <see cref="CotDetail"/>.</summary>
public static class CotDetailXml
{
    static readonly XmlReaderSettings readFragment = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        ConformanceLevel = ConformanceLevel.Fragment,
        MaxCharactersInDocument = CotFraming.MostEventBytes,
    };

    static readonly XmlWriterSettings writeFragment = new()
    {
        ConformanceLevel = ConformanceLevel.Fragment,
        OmitXmlDeclaration = true,
    };

    /// <exception cref="XmlException">Too deep; caught where the document is opened.</exception>
    public static void CheckDepth(XmlReader reader)
    {
        if (reader.Depth >= CotXmlReader.MostDepth)
            throw new XmlException($"more than {CotXmlReader.MostDepth} elements within each other");
    }

    /// <summary>Reads the detail element the reader stands on, to its end.</summary>
    public static CotDetail Read(XmlReader reader)
    {
        if (reader.IsEmptyElement) return CotDetail.None;
        CotDetail detail = CotDetail.None;
        int depth = reader.Depth;
        reader.Read();
        return Children(reader, detail, () => reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth);
    }

    /// <summary>Adds elements from a text without a root, which go before what is there already.</summary>
    /// <exception cref="XmlException">Not well-formed, or too deep.</exception>
    public static CotDetail Add(CotDetail detail, string xml)
    {
        using XmlReader reader = XmlReader.Create(new StringReader(xml), readFragment);
        reader.Read();
        return Children(reader, detail, () => false);
    }

    /// <summary>Writes elements of ours as the text of <see cref="CotDetail.Xml"/>.</summary>
    public static string Compose(Action<XmlWriter> write)
    {
        StringBuilder text = new();
        using (XmlWriter writer = XmlWriter.Create(text, writeFragment)) write(writer);
        return text.ToString();
    }

    /// <summary>An attribute of the first element of a name, at any depth; null when there is none.</summary>
    public static string? Attribute(string xml, string element, string attribute)
    {
        if (!xml.Contains($"<{element}", StringComparison.Ordinal)) return null;
        using XmlReader reader = XmlReader.Create(new StringReader(xml), readFragment);
        while (reader.Read())
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == element
                && reader.GetAttribute(attribute) is { } value) return value;
        return null;
    }

    static CotDetail Children(XmlReader reader, CotDetail detail, Func<bool> isEnd)
    {
        StringBuilder others = new();
        using (XmlWriter writer = XmlWriter.Create(others, writeFragment))
        {
            HashSet<string> copied = new(StringComparer.Ordinal);
            while (!reader.EOF && !isEnd())
            {
                if (reader.NodeType != XmlNodeType.Element) reader.Read();
                else if (!copied.Contains(reader.LocalName) && TryField(reader, ref detail)) reader.Read();
                else
                {
                    // Of an element that comes twice the one counts that no field can hold; else the last.
                    if (copied.Add(reader.LocalName)) detail = Without(detail, reader.LocalName);
                    Copy(reader, writer);
                }
            }
        }

        return others.Length == 0 ? detail : detail with { Xml = others.ToString() };
    }

    static bool TryField(XmlReader reader, ref CotDetail detail)
    {
        if (!reader.IsEmptyElement || reader.NamespaceURI.Length > 0) return false;
        CotDetail? with = reader.LocalName switch
        {
            "contact" when Only(reader, "callsign", "endpoint") =>
                detail with { Contact = new(Text("callsign"), Text("endpoint")) },
            "__group" when Only(reader, "name", "role") => detail with { Group = new(Text("name"), Text("role")) },
            "precisionlocation" when Only(reader, "geopointsrc", "altsrc") =>
                detail with { Precision = new(Text("geopointsrc"), Text("altsrc")) },
            "takv" when Only(reader, "device", "platform", "os", "version") =>
                detail with { Equipment = new(Text("device"), Text("platform"), Text("os"), Text("version")) },
            "status" when Only(reader, "battery") && uint.TryParse(
                Text("battery"), NumberStyles.None, CultureInfo.InvariantCulture, out uint battery) =>
                detail with { Battery = battery },
            "track" when Only(reader, "course", "speed") && CotText.TryNumber(Text("course"), out double course)
                && CotText.TryNumber(Text("speed"), out double speed) => detail with { Motion = new(course, speed) },
            _ => null,
        };
        if (with is null) return false;
        detail = with;
        return true;

        string Text(string name) => reader.GetAttribute(name) ?? "";
    }

    static CotDetail Without(CotDetail detail, string element) => element switch
    {
        "contact" => detail with { Contact = null },
        "__group" => detail with { Group = null },
        "precisionlocation" => detail with { Precision = null },
        "status" => detail with { Battery = null },
        "takv" => detail with { Equipment = null },
        "track" => detail with { Motion = null },
        _ => detail,
    };

    /// <summary>
    /// No attributes but these, and none of them empty, which the protocol could not tell from absent.
    /// </summary>
    static bool Only(XmlReader reader, params ReadOnlySpan<string> names)
    {
        int known = 0;
        foreach (string name in names)
        {
            string? value = reader.GetAttribute(name);
            if (value is { Length: 0 }) return false;
            if (value is not null) known++;
        }

        return known == reader.AttributeCount;
    }

    /// <summary>Copies the element the reader stands on and leaves it behind its end.</summary>
    static void Copy(XmlReader reader, XmlWriter writer)
    {
        int depth = reader.Depth;
        do
        {
            CheckDepth(reader);
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    writer.WriteStartElement(reader.Prefix, reader.LocalName, reader.NamespaceURI);
                    bool isEmpty = reader.IsEmptyElement;
                    writer.WriteAttributes(reader, defattr: false);
                    if (isEmpty) writer.WriteEndElement();
                    break;
                case XmlNodeType.EndElement:
                    writer.WriteFullEndElement();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA
                    or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    writer.WriteString(reader.Value);
                    break;
            }

            if (reader.Depth == depth && (reader.NodeType == XmlNodeType.EndElement
                || (reader.NodeType == XmlNodeType.Element && reader.IsEmptyElement)))
            {
                reader.Read();
                return;
            }
        }
        while (reader.Read());
    }
}
