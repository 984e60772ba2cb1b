using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Nadhir.Tak;

namespace Nadhir.Tests.Tak;

/// <summary>An authority of a test, and what it signs, as files.</summary>
sealed class TestCertificates : IDisposable
{
    static readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();

    readonly string folder = Directory.CreateTempSubdirectory("nadhir-tak-").FullName;
    readonly X509Certificate2 authority;
    int serial;

    public TestCertificates()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        authority = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(Authority, authority.ExportCertificatePem());
    }

    public string Authority => Path.Combine(folder, "authority.pem");

    public string Key(string name) => Path.Combine(folder, $"{name}.key");

    public string Certificate(string name) => Path.Combine(folder, $"{name}.pem");

    public string Pkcs12(string name) => Path.Combine(folder, $"{name}.p12");

    /// <summary>Makes a certificate that is good for both sides of a link.</summary>
    public TakTlsConfiguration Make(string name, bool asPkcs12 = false, string address = "127.0.0.1")
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        using X509Certificate2 made = request.Create(authority, now.AddHours(-1), now.AddHours(12), [1, (byte)++serial]);
        using X509Certificate2 whole = made.CopyWithPrivateKey(key);
        File.WriteAllText(Certificate(name), made.ExportCertificatePem());
        File.WriteAllText(Key(name), key.ExportPkcs8PrivateKeyPem());
        if (!asPkcs12) return new(Certificate(name), Key(name), null, Authority, null);
        File.WriteAllBytes(Pkcs12(name), whole.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, "secret"));
        string password = Path.Combine(folder, $"{name}.password");
        File.WriteAllText(password, "secret\n");
        return new(Pkcs12(name), null, password, Authority, null);
    }

    public void Dispose()
    {
        authority.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
