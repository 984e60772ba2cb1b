using System.Text;
using System.Xml;

namespace Nadhir.Formats.Cap.Checking;

/// <summary>An element of a CAP document as read: enough to judge it, and where it stood.</summary>
sealed class CapNode(string name, string space, int line)
{
    const string SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";
    public const string XmlSignature = "http://www.w3.org/2000/09/xmldsig#";

    static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = CapChecker.MostBytes,
        MaxCharactersFromEntities = 1024,
    };

    readonly List<CapNode> children = [];

    public string Name { get; } = name;
    public string Space { get; } = space;
    public int Line { get; } = line;
    public IReadOnlyList<CapNode> Children => children;
    /// <summary>Its own text, without that of elements inside it.</summary>
    public string Text { get; private set; } = "";
    /// <summary>An attribute that CAP knows nothing of (declarations of name spaces and of schemas aside).</summary>
    public string? StrayAttribute { get; private set; }

    public bool IsSignature => Space == XmlSignature;

    public IEnumerable<CapNode> All(string child) =>
        children.Where(one => one.Name == child && !one.IsSignature);

    public CapNode? First(string child) => All(child).FirstOrDefault();

    /// <summary>The trimmed text of a child; null when there is none.</summary>
    public string? TextOf(string child) => First(child)?.Text.Trim();

    /// <summary>
    /// Reads a document. DTDs, and so all entities but XML's own five, are refused; so is what is larger, deeper or of
    /// more elements than <see cref="CapChecker"/> allows.
    /// </summary>
    public static CapNode? Read(ReadOnlyMemory<byte> xml, CapFindings findings)
    {
        if (xml.Length > CapChecker.MostBytes)
        {
            findings.Add(CapLayer.Xml, CapGrade.Error, 0,
                $"the document has {xml.Length} bytes; {CapChecker.MostBytes} are read at most");
            return null;
        }

        try
        {
            using MemoryStream stream = new(xml.ToArray(), writable: false);
            using XmlReader reader = XmlReader.Create(stream, Settings);
            return Read(reader, findings);
        }
        catch (XmlException fault)
        {
            findings.Add(CapLayer.Xml, CapGrade.Error, fault.LineNumber, fault.LineNumber == 0 && HasDoctype(xml.Span)
                ? "it has a DTD (DOCTYPE), which may define entities or fetch files: refused"
                : fault.Message);
            return null;
        }
    }

    /// <summary>For the words only; refusing is the parser's work.</summary>
    static bool HasDoctype(ReadOnlySpan<byte> xml) => xml.IndexOf("<!DOCTYPE"u8) >= 0;

    static CapNode? Read(XmlReader reader, CapFindings findings)
    {
        CapNode? root = null;
        Stack<(CapNode Node, StringBuilder? Text)> open = new();
        int elements = 0;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (++elements > CapChecker.MostElements || open.Count >= CapChecker.MostDepth)
                    {
                        findings.Add(CapLayer.Xml, CapGrade.Error, LineOf(reader), elements > CapChecker.MostElements
                            ? $"it has more than {CapChecker.MostElements} elements"
                            : $"its elements are nested deeper than {CapChecker.MostDepth}");
                        return null;
                    }

                    CapNode node = Element(reader);
                    root ??= node;
                    if (open.Count > 0) open.Peek().Node.children.Add(node);
                    if (!reader.IsEmptyElement) open.Push((node, null));
                    break;
                case XmlNodeType.EndElement:
                    (CapNode ended, StringBuilder? text) = open.Pop();
                    ended.Text = text?.ToString() ?? "";
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace when open.Count > 0:
                    (CapNode inside, StringBuilder? said) = open.Pop();
                    open.Push((inside, (said ?? new()).Append(reader.Value)));
                    break;
                default:
                    break;
            }
        }

        return root;
    }

    static CapNode Element(XmlReader reader)
    {
        CapNode node = new(reader.LocalName, reader.NamespaceURI, LineOf(reader));
        if (!reader.MoveToFirstAttribute()) return node;
        do
        {
            bool known = reader.Prefix == "xmlns" || reader.Name == "xmlns"
                || reader.NamespaceURI == SchemaInstance && reader.LocalName != "nil";
            if (!known) node.StrayAttribute ??= reader.Name;
        }
        while (reader.MoveToNextAttribute());
        reader.MoveToElement();
        return node;
    }

    static int LineOf(XmlReader reader) => reader is IXmlLineInfo info ? info.LineNumber : 0;
}
