using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Nadhir.Storage;

/// <summary>A time stamp of an authority over some bytes (RFC 3161, SHA-256): they existed at that time.</summary>
public sealed record TimeStamp(DateTimeOffset Time, string Authority)
{
    const string TimeStamping = "1.3.6.1.5.5.7.3.8"; // The one extended key usage of an authority's certificate (section 2.3).

    /// <summary>What is asked of an authority: the hash only, and its certificate in the answer.</summary>
    public static Rfc3161TimestampRequest Request(ReadOnlySpan<byte> content, ReadOnlyMemory<byte> nonce) =>
        Rfc3161TimestampRequest.CreateFromData(content, HashAlgorithmName.SHA256, nonce: nonce, requestSignerCertificates: true);

    /// <summary>Checks a stored answer against the authorities trusted; says why not in <paramref name="fault"/>.</summary>
    /// <param name="answer">The DER of a TimeStampResp, as <c>openssl ts</c> reads it.</param>
    public static TimeStamp? Verify(
        ReadOnlyMemory<byte> answer, ReadOnlySpan<byte> content, X509Certificate2Collection authorities, out string? fault)
    {
        try
        {
            Rfc3161TimestampToken? token = Token(answer, out fault);
            if (token is null) return null;
            if (!token.VerifySignatureForData(content, out X509Certificate2? signer))
            {
                fault = "it stamps other bytes, or its signature is wrong";
                return null;
            }
            using X509Chain chain = new();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
            chain.ChainPolicy.ExtraStore.AddRange(token.AsSignedCms().Certificates);
            chain.ChainPolicy.ApplicationPolicy.Add(new Oid(TimeStamping));
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // The check must work offline, years later.
            chain.ChainPolicy.DisableCertificateDownloads = true;
            chain.ChainPolicy.VerificationTime = token.TokenInfo.Timestamp.UtcDateTime;
            fault = chain.Build(signer) ? null : $"{signer.Subject} is not vouched for by the authority given";
            return fault is null ? new TimeStamp(token.TokenInfo.Timestamp, signer.GetNameInfo(X509NameType.SimpleName, false)) : null;
        }
        catch (CryptographicException unreadable)
        {
            fault = $"it is not an answer of an authority ({unreadable.Message})";
            return null;
        }
    }

    /// <summary>The token in a stored answer; the nonce was checked when it came and is not known any more.</summary>
    static Rfc3161TimestampToken? Token(ReadOnlyMemory<byte> answer, out string? fault)
    {
        AsnReader reader = new(answer, AsnEncodingRules.BER);
        fault = "it is not an answer of an authority";
        try
        {
            AsnReader response = reader.ReadSequence();
            response.ReadEncodedValue(); // PKIStatusInfo; without a token it was a refusal.
            fault = "the authority refused";
            if (!response.HasData) return null;
            fault = "its token cannot be read";
            if (!Rfc3161TimestampToken.TryDecode(response.ReadEncodedValue(), out Rfc3161TimestampToken? token, out _)) return null;
            fault = null;
            return token;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
