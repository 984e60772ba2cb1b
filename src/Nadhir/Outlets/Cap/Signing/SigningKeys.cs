using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml;
using static Nadhir.Outlets.Cap.Signing.XmlSignatureAlgorithms;

namespace Nadhir.Outlets.Cap.Signing;

/// <summary>The public keys a signature brings along: of its certificates, else the bare RSA key. None is fetched.</summary>
sealed class SigningKeys : IDisposable
{
    public SigningKeys(XmlElement? keyInfo, int most)
    {
        var found = ImmutableArray.CreateBuilder<(AsymmetricAlgorithm, X509Certificate2?)>();
        foreach (XmlElement element in Named(keyInfo, "X509Certificate").Take(most))
        {
            if (SignatureParts.Base64(element) is not { } bytes)
            {
                Fault = "a certificate is not base64 in its one right form";
                break;
            }

            X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(bytes);
            AsymmetricAlgorithm? key = certificate.GetRSAPublicKey();
            key ??= certificate.GetECDsaPublicKey();
            if (key is not null) found.Add((key, certificate));
            else certificate.Dispose();
        }

        if (found.Count == 0 && Named(keyInfo, "RSAKeyValue").FirstOrDefault() is { } bare
            && Bytes(bare, "Modulus") is { } modulus && Bytes(bare, "Exponent") is { } exponent)
            found.Add((RSA.Create(new RSAParameters { Modulus = modulus, Exponent = exponent }), null));
        All = found.ToImmutable();
        if (All.IsEmpty) Fault ??= "it brings no key along that we can read";
    }

    public string? Fault { get; }
    public ImmutableArray<(AsymmetricAlgorithm Key, X509Certificate2? Certificate)> All { get; }

    public void Dispose()
    {
        foreach ((AsymmetricAlgorithm key, X509Certificate2? certificate) in All)
        {
            key.Dispose();
            certificate?.Dispose();
        }
    }

    static IEnumerable<XmlElement> Named(XmlElement? from, string name) =>
        from?.GetElementsByTagName(name, Space).OfType<XmlElement>() ?? [];

    static byte[]? Bytes(XmlElement from, string name) =>
        Named(from, name).FirstOrDefault() is { } element ? SignatureParts.Base64(element) : null;
}
