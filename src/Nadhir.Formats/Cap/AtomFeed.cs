using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace Nadhir.Formats.Cap;

/// <summary>
/// Renders a list of CAP messages as an Atom feed (RFC 4287), or as one of its archives (RFC 5005 §4). Links are
/// relative, so the same bytes serve from a folder and over HTTP.
/// </summary>
/// <param name="Title">Name of the feed.</param>
/// <param name="Self">Its own file name.</param>
public sealed record AtomFeed(string Title, string Author, string Self)
{
    const string Space = "http://www.w3.org/2005/Atom";
    const string HistorySpace = "http://purl.org/syndication/history/1.0";
    public const string CapMediaType = "application/cap+xml";

    public bool Exercise { get; init; }
    /// <summary>The archive with the messages just before these.</summary>
    public string? PreviousArchive { get; init; }
    /// <summary>Set in an archive: the file of the feed it belongs to.</summary>
    public string? Current { get; init; }

    static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\n",
    };

    /// <summary>The feed's bytes.</summary>
    /// <param name="messages">Newest first.</param>
    /// <param name="updated">When the list last changed.</param>
    public byte[] Render(IEnumerable<CapSummary> messages, DateTimeOffset updated)
    {
        using MemoryStream stream = new();
        using (XmlWriter writer = XmlWriter.Create(stream, Settings))
        {
            writer.WriteStartDocument();
            writer.WriteStartElement("feed", Space);
            Element(writer, "id", Name(Author, Self));
            Element(writer, "title", Exercise ? $"EXERCISE: {Title}" : Title);
            Element(writer, "updated", Time(updated));
            writer.WriteStartElement("author", Space);
            Element(writer, "name", Author);
            writer.WriteEndElement();
            Link(writer, "self", Self, "application/atom+xml");
            if (PreviousArchive is not null)
            {
                Link(writer, "prev-archive", PreviousArchive, "application/atom+xml");
                // The same, for readers that know pages (RFC 5005 §3) and no archives.
                Link(writer, "next", PreviousArchive, "application/atom+xml");
            }

            if (Current is not null)
            {
                Link(writer, "current", Current, "application/atom+xml");
                writer.WriteElementString("archive", HistorySpace, "");
            }

            foreach (CapSummary message in messages) Entry(writer, message);
            writer.WriteEndElement();
            writer.WriteEndDocument();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    static void Entry(XmlWriter writer, CapSummary message)
    {
        writer.WriteStartElement("entry", Space);
        Element(writer, "id", Name(message.Sender, message.Identifier));
        Element(writer, "title", message.Title);
        Element(writer, "updated", Time(message.Sent));
        Element(writer, "published", Time(message.Sent));
        Link(writer, "alternate", $"{Uri.EscapeDataString(message.Identifier)}.xml", CapMediaType);
        writer.WriteStartElement("category", Space);
        writer.WriteAttributeString("term", message.Type);
        writer.WriteEndElement();
        Element(writer, "summary", message.Text);
        writer.WriteEndElement();
    }

    static void Link(XmlWriter writer, string relation, string reference, string type)
    {
        writer.WriteStartElement("link", Space);
        writer.WriteAttributeString("rel", relation);
        writer.WriteAttributeString("type", type);
        writer.WriteAttributeString("href", reference);
        writer.WriteEndElement();
    }

    static void Element(XmlWriter writer, string name, string value) =>
        writer.WriteElementString(name, Space, CapText.Clean(value));

    static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <summary>A name for ever: a version 8 UUID over SHA-256 of sender and name (RFC 9562 §5.8).</summary>
    static string Name(string sender, string name)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"nadhir cap\n{sender}\n{name}"))[..16];
        hash[6] = (byte)(0x80 | (hash[6] & 0x0F));
        hash[8] = (byte)(0x80 | (hash[8] & 0x3F));
        return $"urn:uuid:{new Guid(hash, bigEndian: true)}";
    }
}
