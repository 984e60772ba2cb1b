using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml;
using Nadhir.Formats.Cap.Checking;
using static Nadhir.Outlets.Cap.Signing.XmlSignatureAlgorithms;

namespace Nadhir.Outlets.Cap.Signing;

/// <summary>What is to be said of a message's signature.</summary>
public abstract record CapSignatureVerdict
{
    CapSignatureVerdict() { }

    public sealed record Unsigned : CapSignatureVerdict;

    /// <summary>The whole message is as its signer left it. Whose the key is, only a list of known keys can tell.</summary>
    /// <param name="KeyFingerprint">SHA-256 over the public key (SubjectPublicKeyInfo), hexadecimal.</param>
    /// <param name="Weak">Why the proof is weak by today's measure; null when it is not.</param>
    public sealed record Good(string KeyFingerprint, string? Subject, string? Weak) : CapSignatureVerdict;

    /// <summary>No XML that we read: see the findings of <see cref="CapChecker"/>.</summary>
    public sealed record Unreadable(string Reason) : CapSignatureVerdict;

    public sealed record Bad(string Reason) : CapSignatureVerdict;
}

/// <summary>
/// Checks the signature of a CAP message (W3C XML Signature, enveloped). Only one way of signing is taken: one signature,
/// child of the alert, over the whole document it stands in, by reference "" and the transforms enveloped and
/// canonicalisation. So nothing can be wrapped, fetched or transformed; whatever else a signature asks for is refused.
/// </summary>
public static class CapSignature
{
    /// <summary>Certificates of one signature that are tried.</summary>
    const int MostCertificates = 8;

    static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = CapChecker.MostBytes,
    };

    /// <summary>The verdict; never throws, whatever the bytes.</summary>
    public static CapSignatureVerdict Verify(ReadOnlyMemory<byte> xml)
    {
        // Size, depth and DTD are judged first: canonicalisation recurses.
        if (CapChecker.Check(xml).Findings.FirstOrDefault(one => one.Layer == CapLayer.Xml) is { } unreadable)
            return new CapSignatureVerdict.Unreadable(unreadable.What);
        try
        {
            XmlDocument document = Load(xml);
            XmlElement[] signatures = [.. document.GetElementsByTagName("Signature", Space).OfType<XmlElement>()];
            if (signatures.Length == 0) return new CapSignatureVerdict.Unsigned();
            if (signatures.Length > 1) return new CapSignatureVerdict.Bad($"there are {signatures.Length} signatures; which counts?");
            return signatures[0].ParentNode == document.DocumentElement
                ? Verify(document, signatures[0])
                : new CapSignatureVerdict.Bad("the signature is not a child of the first element");
        }
        catch (Exception fault) when (fault is XmlException or CryptographicException or FormatException)
        {
            return new CapSignatureVerdict.Bad(fault.Message);
        }
    }

    internal static XmlDocument Load(ReadOnlyMemory<byte> xml)
    {
        XmlDocument document = new() { PreserveWhitespace = true, XmlResolver = null };
        using MemoryStream stream = new(xml.ToArray(), writable: false);
        using XmlReader reader = XmlReader.Create(stream, Settings);
        document.Load(reader);
        return document;
    }

    static CapSignatureVerdict Verify(XmlDocument document, XmlElement signature)
    {
        SignatureParts parts = new(signature);
        if (parts.Fault is { } fault) return new CapSignatureVerdict.Bad(fault);
        if (parts.Needs11 && HasXmlAttribute(document))
            return new CapSignatureVerdict.Bad("canonical XML 1.1 over attributes like xml:lang is not supported");

        // What was signed is canonicalised before the document is taken apart.
        byte[] signedInfo = parts.CanonicalSignedInfo();
        signature.ParentNode!.RemoveChild(signature);
        byte[] content = Canonical(document, parts.ContentForm, parts.ContentPrefixes, comments: false)!;
        byte[] digest = CryptographicOperations.HashData(parts.Digest, content);
        if (!CryptographicOperations.FixedTimeEquals(digest, parts.DigestValue))
            return new CapSignatureVerdict.Bad("the message was changed after it was signed (its digest differs)");

        using SigningKeys keys = new(parts.KeyInfo, MostCertificates);
        if (keys.Fault is { } none) return new CapSignatureVerdict.Bad(none);
        foreach ((AsymmetricAlgorithm key, X509Certificate2? certificate) in keys.All)
        {
            bool holds = (parts.Method.Rsa, key) switch
            {
                (true, RSA rsa) => rsa.VerifyData(signedInfo, parts.SignatureValue, parts.Method.Digest, RSASignaturePadding.Pkcs1),
                (false, ECDsa ecdsa) => ecdsa.VerifyData(signedInfo, parts.SignatureValue, parts.Method.Digest),
                _ => false,
            };
            if (holds) return new CapSignatureVerdict.Good(Fingerprint(key), certificate?.Subject, Weakness(parts, key));
        }

        return new CapSignatureVerdict.Bad("the signature is not of the key it names");
    }

    /// <summary>SHA-256 over the public key, hexadecimal: how keys are told apart.</summary>
    public static string Fingerprint(AsymmetricAlgorithm key) =>
        Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    static string? Weakness(SignatureParts parts, AsymmetricAlgorithm key) =>
        parts.Digest == HashAlgorithmName.SHA1 || parts.Method.Digest == HashAlgorithmName.SHA1
            ? "SHA-1 can be forged"
            : key is RSA { KeySize: < 2048 } small ? $"an RSA key of {small.KeySize} bits can be broken" : null;

    static bool HasXmlAttribute(XmlDocument document) =>
        document.SelectNodes("//@*[namespace-uri()='http://www.w3.org/XML/1998/namespace']")!.Count > 0;
}
