using System.Globalization;
using System.Xml;

namespace Nadhir.Formats.Cap;

/// <summary>What a list of messages shows of one, read from its CAP file (1.0–1.2).</summary>
/// <param name="Exercise">The status is "Exercise".</param>
/// <param name="Title">Headline of the first info block, else its event, else the identifier.</param>
public sealed record CapSummary(
    string Identifier, string Sender, DateTimeOffset Sent, bool Exercise, string Type, string Title, string Text)
{
    static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = 4_000_000,
    };

    /// <summary>Reads what it needs; anything that is no CAP alert is refused, never thrown.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> xml, out CapSummary? summary)
    {
        summary = null;
        Dictionary<string, string> first = new(StringComparer.Ordinal);
        try
        {
            using MemoryStream stream = new(xml.ToArray(), writable: false);
            using XmlReader reader = XmlReader.Create(stream, Settings);
            if (reader.MoveToContent() != XmlNodeType.Element) return false;
            if (reader.LocalName != "alert" || !IsCap(reader.NamespaceURI)) return false;
            string space = reader.NamespaceURI;
            reader.Read();
            while (!reader.EOF)
            {
                if (reader.NodeType == XmlNodeType.Element && reader.NamespaceURI == space && IsWanted(reader))
                {
                    string name = reader.LocalName;
                    first.TryAdd(name, reader.ReadElementContentAsString().Trim());
                }
                else
                {
                    reader.Read();
                }
            }
        }
        catch (XmlException)
        {
            return false;
        }

        if (!first.TryGetValue("identifier", out string? identifier) || !first.TryGetValue("sender", out string? sender)
            || !DateTimeOffset.TryParse(first.GetValueOrDefault("sent"), CultureInfo.InvariantCulture,
                DateTimeStyles.RoundtripKind, out DateTimeOffset sent))
        {
            return false;
        }

        summary = new(identifier, sender, sent, first.GetValueOrDefault("status") == "Exercise",
            first.GetValueOrDefault("msgType") ?? "Alert",
            first.GetValueOrDefault("headline") ?? first.GetValueOrDefault("event") ?? identifier,
            first.GetValueOrDefault("description") ?? "");
        return true;
    }

    static bool IsCap(string space) =>
        space is CapWriter.Namespace or "urn:oasis:names:tc:emergency:cap:1.1" or "http://www.incident.com/cap/1.0";

    static bool IsWanted(XmlReader reader) => (reader.Depth, reader.LocalName) is
        (1, "identifier" or "sender" or "sent" or "status" or "msgType") or (2, "headline" or "event" or "description");
}
