using System.Security.Cryptography;
using System.Xml;
using static Nadhir.Outlets.Cap.Signing.XmlSignatureAlgorithms;

namespace Nadhir.Outlets.Cap.Signing;

/// <summary>A signature taken apart; <see cref="Fault"/> says what about it we do not take.</summary>
sealed class SignatureParts
{
    readonly XmlElement signedInfo = null!;
    readonly string infoForm = "";
    readonly string? infoPrefixes;

    public SignatureParts(XmlElement signature)
    {
        XmlElement[] inside = Children(signature);
        if (inside.Select(one => one.LocalName).ToArray()
            is not (["SignedInfo", "SignatureValue"] or ["SignedInfo", "SignatureValue", "KeyInfo"]))
        {
            Fault = "a signature of SignedInfo, SignatureValue and KeyInfo is expected, and nothing else in it";
            return;
        }

        signedInfo = inside[0];
        KeyInfo = inside.Length > 2 ? inside[2] : null;
        SignatureValue = Base64(inside[1]) ?? [];
        if (SignatureValue.Length == 0) Fault = "the signature value is not base64 in its one right form";
        if (Fault is null) (infoForm, infoPrefixes, Fault) = ReadInfo();
    }

    public string? Fault { get; }
    public XmlElement? KeyInfo { get; }
    public byte[] SignatureValue { get; } = [];
    public byte[] DigestValue { get; private set; } = [];
    public HashAlgorithmName Digest { get; private set; }
    public (bool Rsa, HashAlgorithmName Digest) Method { get; private set; }
    /// <summary>How the signed content is brought into canonical form: by default Canonical XML 1.0.</summary>
    public string ContentForm { get; private set; } = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
    public string? ContentPrefixes { get; private set; }
    public bool Needs11 => Is11(ContentForm) || Is11(infoForm);

    /// <summary>What the key signed. Call it while the signature is still in its document.</summary>
    public byte[] CanonicalSignedInfo()
    {
        XmlDocument alone = new() { PreserveWhitespace = true, XmlResolver = null };
        var copy = (XmlElement)alone.AppendChild(alone.ImportNode(signedInfo, deep: true))!;
        // Names declared further out are in force here too; what is declared nearer counts first.
        for (XmlNode? outer = signedInfo.ParentNode; outer is XmlElement element; outer = element.ParentNode)
        {
            foreach (XmlAttribute attribute in element.Attributes)
            {
                bool declares = attribute.NamespaceURI == "http://www.w3.org/2000/xmlns/";
                bool inherited = attribute.Prefix == "xml" && !IsExclusive(infoForm);
                if ((declares || inherited) && !copy.HasAttribute(attribute.Name))
                    copy.SetAttributeNode((XmlAttribute)alone.ImportNode(attribute, deep: true));
            }
        }

        return Canonical(alone, infoForm, infoPrefixes, comments: true)!;
    }

    (string Form, string? Prefixes, string? Fault) ReadInfo()
    {
        if (Children(signedInfo) is not [{ LocalName: "CanonicalizationMethod" } form, { LocalName: "SignatureMethod" } method,
            { LocalName: "Reference" } reference])
            return ("", null, "one reference is expected, with a canonicalisation and a signature method");
        if (!IsC14N(Name(form))) return ("", null, $"the canonicalisation {Name(form)} is not supported");
        if (XmlSignatureAlgorithms.Method(Name(method)) is not { } known || Children(method).Length > 0)
            return ("", null, $"the signature method {Name(method)} is not supported");
        Method = known;
        return (Name(form), Prefixes(form), ReadReference(reference));
    }

    string? ReadReference(XmlElement reference)
    {
        if (!reference.HasAttribute("URI") || reference.GetAttribute("URI").Length > 0)
            return "the reference is not to the whole message (URI \"\")";
        XmlElement[] inside = Children(reference);
        XmlElement[] transforms = inside is [{ LocalName: "Transforms" } list, ..] ? Children(list) : [];
        if (inside is not [.., { LocalName: "DigestMethod" } method, { LocalName: "DigestValue" } value]
            || inside.Length != 3 || transforms.Length is < 1 or > 2 || Name(transforms[0]) != Enveloped)
            return "the reference needs the transform enveloped-signature first, at most a canonicalisation after it, and a digest";
        if (transforms.Length == 2)
        {
            if (!IsC14N(Name(transforms[1]))) return $"the transform {Name(transforms[1])} is not supported";
            (ContentForm, ContentPrefixes) = (Name(transforms[1]), Prefixes(transforms[1]));
        }

        if (XmlSignatureAlgorithms.Digest(Name(method)) is not { } digest) return $"the digest {Name(method)} is not supported";
        Digest = digest;
        DigestValue = Base64(value) ?? [];
        return DigestValue.Length > 0 ? null : "the digest value is not base64 in its one right form";
    }

    /// <summary>The children that are elements; of another name space than XML-DSig they count under a name nobody expects.</summary>
    static XmlElement[] Children(XmlElement element) => [.. element.ChildNodes.OfType<XmlElement>()];

    static string Name(XmlElement element) => element.NamespaceURI == Space ? element.GetAttribute("Algorithm") : "";

    /// <summary>Exclusive canonicalisation may name prefixes it treats inclusively (§4.1 of its recommendation).</summary>
    static string? Prefixes(XmlElement element) => Children(element) is [{ LocalName: "InclusiveNamespaces" } list]
        && list.NamespaceURI == ExclusiveC14N ? list.GetAttribute("PrefixList") : null;

    /// <summary>Decodes base64; null unless writing it again gives the same letters (RFC 4648 §3.5).</summary>
    public static byte[]? Base64(XmlElement element)
    {
        if (element.NamespaceURI != Space || Children(element).Length > 0) return null;
        string letters = string.Concat(element.InnerText.Where(c => c is not (' ' or '\t' or '\r' or '\n')));
        byte[] bytes = new byte[letters.Length / 4 * 3];
        return Convert.TryFromBase64String(letters, bytes, out int length)
            && Convert.ToBase64String(bytes, 0, length) == letters ? bytes[..length] : null;
    }
}
