using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using static Nadhir.Outlets.Cap.Signing.XmlSignatureAlgorithms;

namespace Nadhir.Outlets.Cap.Signing;

/// <summary>
/// Signs CAP messages as CAP 1.2 §3.3.4.1 asks: an enveloped XML signature over the whole message, SHA-256 with RSA or
/// ECDSA, exclusive canonicalisation, the certificate inside. The message's own bytes are not touched. Any thread.
/// </summary>
public sealed class CapSigner : IDisposable
{
    /// <summary>How long a certificate we make ourselves is good; keys are pinned by those who know us, not chained.</summary>
    const int YearsGood = 10;
    const int RsaBits = 3072;
    /// <summary>What stands in the subject of an exercise's certificate, and of no other.</summary>
    const string ExerciseUnit = "EXERCISE";
    static readonly byte[] end = "</alert>"u8.ToArray();

    readonly AsymmetricAlgorithm key;
    readonly X509Certificate2 certificate;
    /// <summary>Copies of the key that nobody uses now: one signs one message at a time, and messages are signed side by side.</summary>
    readonly ConcurrentBag<AsymmetricAlgorithm> idle = [];
    readonly string brought;
    volatile bool proven;

    CapSigner(AsymmetricAlgorithm key, X509Certificate2 certificate)
    {
        (this.key, this.certificate, Fingerprint) = (key, certificate, CapSignature.Fingerprint(key));
        idle.Add(Copy());
        brought = $"<KeyInfo><X509Data><X509Certificate>{Convert.ToBase64String(certificate.RawData)}</X509Certificate></X509Data></KeyInfo>";
    }

    /// <summary>For partners, who must know whose signature to accept.</summary>
    public string CertificatePem => certificate.ExportCertificatePem() + "\n";
    public string Fingerprint { get; }

    /// <summary>Reads a private key (PKCS#8, PKCS#1 or SEC 1 PEM; RSA or ECDSA) and its certificate.</summary>
    /// <param name="keyFile">May hold the certificate too.</param>
    /// <param name="exercise">An exercise's certificate names EXERCISE as a unit (OU) of its subject; a live one must not.</param>
    /// <exception cref="InvalidDataException">
    /// The files are no key and certificate that fit, or are of the other world, or others may read the key.
    /// </exception>
    public static CapSigner Load(string keyFile, string? certificateFile, bool exercise)
    {
        RefuseReadableByOthers(keyFile);
        try
        {
            string pem = File.ReadAllText(keyFile);
            var shown = X509Certificate2.CreateFromPem(certificateFile is null ? pem : File.ReadAllText(certificateFile));
            if (IsExercise(shown) != exercise)
            {
                throw new InvalidDataException(exercise
                    ? $"{keyFile}: the certificate is not an exercise's: it has no OU={ExerciseUnit} in its subject"
                    : $"{keyFile}: the certificate is an exercise's (OU={ExerciseUnit}), and this is the live system");
            }

            using X509Certificate2 pair = X509Certificate2.CreateFromPem(shown.ExportCertificatePem(), pem);
            AsymmetricAlgorithm? secret = pair.GetRSAPrivateKey();
            secret ??= pair.GetECDsaPrivateKey();
            if (secret is RSA { KeySize: < 2048 }) throw new InvalidDataException($"{keyFile}: an RSA key needs 2048 bits at least");
            return new CapSigner(
                secret ?? throw new InvalidDataException($"{keyFile}: a key is RSA or ECDSA"), shown);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new InvalidDataException($"{keyFile}: {fault.Message}", fault);
        }
    }

    /// <summary>
    /// The key of a data folder, made when there is none: <c>cap-live.pem</c> or <c>cap-exercise.pem</c>, never the same;
    /// <c>…-ecdsa.pem</c> where curves were asked for.
    /// </summary>
    public static CapSigner LoadOrCreate(string folder, bool exercise, string sender, TimeProvider clock, bool ecdsa = false)
    {
        string path = Path.Combine(folder, $"cap-{(exercise ? "exercise" : "live")}{(ecdsa ? "-ecdsa" : "")}.pem");
        if (File.Exists(path)) return Load(path, certificateFile: null, exercise);
        Directory.CreateDirectory(folder);
        using AsymmetricAlgorithm made = ecdsa ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : RSA.Create(RsaBits);
        X500DistinguishedNameBuilder name = new();
        // X.520 allows 64 characters in a common name.
        name.AddCommonName(sender.Length <= 64 ? sender : sender[..64]);
        name.AddOrganizationalUnitName(exercise ? ExerciseUnit : "CAP");
        CertificateRequest request = made is RSA rsa
            ? new(name.Build(), rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new(name.Build(), (ECDsa)made, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        DateTimeOffset now = clock.GetUtcNow();
        using X509Certificate2 own = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(YearsGood));
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (FileStream file = new(path, options))
        {
            file.Write(Encoding.ASCII.GetBytes($"{made.ExportPkcs8PrivateKeyPem()}\n{own.ExportCertificatePem()}\n"));
            file.Flush(flushToDisk: true);
        }

        return Load(path, certificateFile: null, exercise);
    }

    /// <summary>
    /// The message with its signature before its end tag. The first one is checked as any receiver would; of the others the
    /// value is: around it they are made in the same way, and a check costs as much as the signature.
    /// </summary>
    /// <exception cref="CryptographicException">The key does not work, or what came out does not verify.</exception>
    public byte[] Sign(byte[] xml)
    {
        int at = xml.AsSpan().LastIndexOf(end);
        if (at < 0) throw new CryptographicException("there is no end tag to sign before");
        byte[] content = Canonical(CapSignature.Load(xml), ExclusiveC14N, prefixes: null, comments: false)!;
        string info = SignedInfo(SHA256.HashData(content));
        string signature = $"""<Signature xmlns="{Space}">{info}<SignatureValue>{Convert.ToBase64String(Value(info))}</SignatureValue>{brought}</Signature>""";
        byte[] signed = [.. xml.AsSpan(0, at), .. Encoding.ASCII.GetBytes(signature), .. xml.AsSpan(at)];
        if (proven) return signed;
        if (CapSignature.Verify(signed) is not CapSignatureVerdict.Good good || good.KeyFingerprint != Fingerprint)
            throw new CryptographicException("what was signed does not verify");
        proven = true;
        return signed;
    }

    public void Dispose()
    {
        foreach (AsymmetricAlgorithm copy in idle) copy.Dispose();
        key.Dispose();
        certificate.Dispose();
    }

    /// <summary>The signature's value, which holds: a computer that errs must not give the key away.</summary>
    byte[] Value(string info)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(info);
        AsymmetricAlgorithm own = idle.TryTake(out AsymmetricAlgorithm? free) ? free : Copy();
        try
        {
            (byte[] value, bool holds) = own switch
            {
                RSA rsa when rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) is var made =>
                    (made, rsa.VerifyData(bytes, made, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
                ECDsa ecdsa when ecdsa.SignData(bytes, HashAlgorithmName.SHA256) is var made =>
                    (made, ecdsa.VerifyData(bytes, made, HashAlgorithmName.SHA256)),
                _ => throw new InvariantBrokenException("a key is RSA or ECDSA"),
            };
            return holds ? value : throw new CryptographicException("what was signed does not verify");
        }
        finally
        {
            idle.Add(own);
        }
    }

    AsymmetricAlgorithm Copy()
    {
        AsymmetricAlgorithm copy = key is RSA ? RSA.Create() : ECDsa.Create();
        copy.ImportPkcs8PrivateKey(key.ExportPkcs8PrivateKey(), out _);
        return copy;
    }

    /// <summary>Written in its canonical form at once, so that these bytes are what is signed.</summary>
    string SignedInfo(byte[] digest) =>
        $"""<SignedInfo xmlns="{Space}"><CanonicalizationMethod Algorithm="{ExclusiveC14N}"></CanonicalizationMethod>"""
        + $"""<SignatureMethod Algorithm="{(key is RSA ? RsaSha256 : EcdsaSha256)}"></SignatureMethod><Reference URI="">"""
        + $"""<Transforms><Transform Algorithm="{Enveloped}"></Transform>"""
        + $"""<Transform Algorithm="{ExclusiveC14N}"></Transform></Transforms><DigestMethod Algorithm="{Sha256}">"""
        + $"</DigestMethod><DigestValue>{Convert.ToBase64String(digest)}</DigestValue></Reference></SignedInfo>";

    static bool IsExercise(X509Certificate2 certificate) => certificate.SubjectName.Format(multiLine: true)
        .Split('\n').Any(part => string.Equals(part.Trim(), $"OU={ExerciseUnit}", StringComparison.Ordinal));

    static void RefuseReadableByOthers(string path)
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & others) != UnixFileMode.None)
            throw new InvalidDataException($"{path} may be read or written by other accounts; make it private first (chmod 600)");
    }
}
