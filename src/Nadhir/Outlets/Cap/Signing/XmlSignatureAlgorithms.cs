using System.Security.Cryptography;
using System.Security.Cryptography.Xml;
using System.Xml;

namespace Nadhir.Outlets.Cap.Signing;

/// <summary>The names of XML-DSig we know, and what they stand for. What is not here is refused.</summary>
static class XmlSignatureAlgorithms
{
    public const string Space = "http://www.w3.org/2000/09/xmldsig#";
    public const string Enveloped = $"{Space}enveloped-signature";
    public const string ExclusiveC14N = "http://www.w3.org/2001/10/xml-exc-c14n#";
    public const string RsaSha256 = $"{More}rsa-sha256";
    public const string EcdsaSha256 = $"{More}ecdsa-sha256";
    public const string Sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";

    const string More = "http://www.w3.org/2001/04/xmldsig-more#";
    const string C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
    const string C14N11 = "http://www.w3.org/2006/12/xml-c14n11";
    const string WithComments = "WithComments";

    /// <summary>Null for a digest we do not know.</summary>
    public static HashAlgorithmName? Digest(string name) => name switch
    {
        $"{Space}sha1" => HashAlgorithmName.SHA1,
        Sha256 => HashAlgorithmName.SHA256,
        $"{More}sha384" => HashAlgorithmName.SHA384,
        "http://www.w3.org/2001/04/xmlenc#sha512" => HashAlgorithmName.SHA512,
        _ => null,
    };

    /// <summary>The kind of key and its digest; null for a method we do not know.</summary>
    public static (bool Rsa, HashAlgorithmName Digest)? Method(string name) => name switch
    {
        $"{Space}rsa-sha1" => (true, HashAlgorithmName.SHA1),
        RsaSha256 => (true, HashAlgorithmName.SHA256),
        $"{More}rsa-sha384" => (true, HashAlgorithmName.SHA384),
        $"{More}rsa-sha512" => (true, HashAlgorithmName.SHA512),
        EcdsaSha256 => (false, HashAlgorithmName.SHA256),
        $"{More}ecdsa-sha384" => (false, HashAlgorithmName.SHA384),
        $"{More}ecdsa-sha512" => (false, HashAlgorithmName.SHA512),
        _ => null,
    };

    public static bool IsC14N(string name) => Transform(name, comments: false) is not null;

    /// <summary>
    /// The bytes of a document in canonical form; null for a form we do not know. Of the same-document reference ""
    /// comments never count (XML-DSig §4.4.3.2). Canonical XML 1.1 differs from 1.0 only in attributes of the xml name
    /// space on parts of documents; where such are, it is refused.
    /// </summary>
    public static byte[]? Canonical(XmlDocument document, string name, string? prefixes, bool comments)
    {
        if (Transform(name, comments) is not { } transform) return null;
        if (transform is XmlDsigExcC14NTransform exclusive) exclusive.InclusiveNamespacesPrefixList = prefixes;
        transform.Resolver = null;
        transform.LoadInput(document);
        using var output = (MemoryStream)transform.GetOutput(typeof(Stream));
        return output.ToArray();
    }

    public static bool IsExclusive(string name) => name.StartsWith(ExclusiveC14N, StringComparison.Ordinal);
    public static bool Is11(string name) => name.StartsWith(C14N11, StringComparison.Ordinal);

    static Transform? Transform(string name, bool comments) => name switch
    {
        C14N or C14N11 => new XmlDsigC14NTransform(),
        $"{C14N}#{WithComments}" or $"{C14N11}#{WithComments}" => new XmlDsigC14NTransform(comments),
        ExclusiveC14N => new XmlDsigExcC14NTransform(),
        $"{ExclusiveC14N}{WithComments}" => new XmlDsigExcC14NTransform(comments),
        _ => null,
    };
}
