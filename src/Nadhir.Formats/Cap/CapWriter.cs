using System.Collections.Immutable;
using System.Text;
using System.Xml;
using Nadhir.Formats.Cap.Drawing;
using Nadhir.Warning;

namespace Nadhir.Formats.Cap;

/// <summary>
/// Renders a message as OASIS Common Alerting Protocol 1.2 (2010), one info block a language. The same message always
/// gives the same bytes.
/// </summary>
public static class CapWriter
{
    public const string Namespace = "urn:oasis:names:tc:emergency:cap:1.2";

    static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\n",
    };

    /// <summary>Writes the message, or says why it must not be sent.</summary>
    public static bool TryWrite(PublicMessage message, out byte[] xml, out string fault) =>
        TryWrite(message, CapAdditions.None, out xml, out fault);

    /// <summary>Writes it with what the host's configuration adds.</summary>
    public static bool TryWrite(PublicMessage message, CapAdditions additions, out byte[] xml, out string fault)
    {
        xml = [];
        fault = CapRules.FaultOf(message) ?? "";
        if (fault.Length > 0) return false;
        using MemoryStream stream = new();
        using (XmlWriter writer = XmlWriter.Create(stream, Settings))
        {
            writer.WriteStartDocument();
            Alert(writer, message, additions);
            writer.WriteEndDocument();
        }

        stream.WriteByte((byte)'\n');
        xml = stream.ToArray();
        return true;
    }

    static void Alert(XmlWriter writer, PublicMessage message, CapAdditions additions)
    {
        writer.WriteStartElement("alert", Namespace);
        Element(writer, "identifier", message.Identifier);
        Element(writer, "sender", message.Sender);
        Element(writer, "sent", CapText.Time(message.Sent));
        Element(writer, "status", message.Exercise ? "Exercise" : "Actual");
        Element(writer, "msgType", message.Type.ToString());
        Element(writer, "scope", "Public");
        if (message.Exercise) Element(writer, "code", CapRules.ExerciseMark);
        foreach (string code in additions.Codes) Element(writer, "code", code);
        if (message.Exercise) Element(writer, "note", $"{CapRules.ExerciseMark}: this is a drill");

        if (!message.References.IsDefaultOrEmpty)
        {
            Element(writer, "references", string.Join(' ', message.References.Select(
                earlier => $"{earlier.Sender},{earlier.Identifier},{CapText.Time(earlier.Sent)}")));
        }

        foreach (MessageText text in message.Texts) Info(writer, message, text, additions);
        writer.WriteEndElement();
    }

    static void Info(XmlWriter writer, PublicMessage message, MessageText text, CapAdditions additions)
    {
        writer.WriteStartElement("info", Namespace);
        Element(writer, "language", text.Language);
        Element(writer, "category", "Security");
        Element(writer, "event", text.Event);
        Element(writer, "responseType", message.Response);
        Element(writer, "urgency", message.Urgency);
        Element(writer, "severity", message.Severity);
        Element(writer, "certainty", message.Certainty);
        if (message.Kind == ThreatKind.Ballistic) Named(writer, "eventCode", "OET:v1.2", "OET-129");
        Named(writer, "eventCode", "nadhir:kind", message.Kind.ToString());
        foreach ((string name, string value) in additions.EventCodes) Named(writer, "eventCode", name, value);
        // What is taken back is not in force from a time on.
        if (message.Type != MessageType.Cancel) Element(writer, "effective", CapText.Time(message.Effective));
        if (message.Onset is { } onset) Element(writer, "onset", CapText.Time(onset));
        Element(writer, "expires", CapText.Time(message.Expires));
        Element(writer, "senderName", message.SenderName ?? message.Sender);
        Element(writer, "headline", CapRules.Headline(message, text));
        Element(writer, "description", text.Description);
        Element(writer, "instruction", text.Instruction);
        if (message.Web is { } web) Element(writer, "web", web);
        if (message.Contact is { } contact) Element(writer, "contact", contact);
        Named(writer, "parameter", "nadhir:alert", message.Alert);
        Named(writer, "parameter", "nadhir:state", message.State.ToString());
        foreach (MessageArea area in message.Areas) Named(writer, "parameter", "nadhir:zone", area.Zone);
        foreach ((string name, string value) in additions.Parameters) Named(writer, "parameter", name, value);
        foreach (MessageArea area in message.Areas) Area(writer, area, text.Language);
        writer.WriteEndElement();
    }

    static void Area(XmlWriter writer, MessageArea area, string language)
    {
        writer.WriteStartElement("area", Namespace);
        // A name that says nothing is none.
        Element(writer, "areaDesc", Array.Find(
            [area.Names.GetValueOrDefault(language), area.Names.GetValueOrDefault(language.Split('-')[0]), area.Names.GetValueOrDefault("en")],
            name => !string.IsNullOrWhiteSpace(name)) ?? area.Zone);
        foreach (string polygon in CapArea.Polygons(area.Area)) Element(writer, "polygon", polygon);
        if (CapArea.Circle(area.Area) is { } circle) Element(writer, "circle", circle);
        Named(writer, "geocode", "nadhir:zone", area.Zone);
        foreach ((string name, string values) in area.Geocodes ?? ImmutableSortedDictionary<string, string>.Empty)
        foreach (string value in values.Split(' ', StringSplitOptions.RemoveEmptyEntries)) Named(writer, "geocode", name, value);
        writer.WriteEndElement();
    }

    static void Named(XmlWriter writer, string element, string name, string value)
    {
        writer.WriteStartElement(element, Namespace);
        Element(writer, "valueName", name);
        Element(writer, "value", value);
        writer.WriteEndElement();
    }

    static void Element(XmlWriter writer, string name, string value) =>
        writer.WriteElementString(name, Namespace, CapText.Clean(value));
}
