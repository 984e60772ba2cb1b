using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Nadhir.Outlets.Push;

/// <summary>
/// Encrypts a message for one browser, so that its push service cannot read it: RFC 8291 over the content coding
/// <c>aes128gcm</c> of RFC 8188, in one record.
/// </summary>
public static class PushEncryption
{
    /// <summary>Longest content, bytes: what a push service must take (RFC 8030 §7.2) less header, tag and delimiter.</summary>
    public const int LongestContent = 4096 - HeaderBytes - TagBytes - 1;

    /// <summary>An uncompressed point of P-256.</summary>
    public const int PointBytes = 65;

    /// <summary>The browser's secret.</summary>
    public const int AuthBytes = 16;

    const int SaltBytes = 16, TagBytes = 16, RecordSize = 4096, HeaderBytes = SaltBytes + 4 + 1 + PointBytes;

    /// <summary>Encrypts with a fresh key and salt.</summary>
    /// <param name="content">At most <see cref="LongestContent"/> bytes.</param>
    /// <param name="browserKey">The browser's public key, <see cref="PointBytes"/> bytes, a point of the curve.</param>
    /// <param name="auth">The browser's secret, <see cref="AuthBytes"/> bytes.</param>
    /// <exception cref="CryptographicException">The key is no point of the curve.</exception>
    public static byte[] Encrypt(ReadOnlySpan<byte> content, ReadOnlySpan<byte> browserKey, ReadOnlySpan<byte> auth)
    {
        using ECDiffieHellman own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Encrypt(content, browserKey, auth, own, RandomNumberGenerator.GetBytes(SaltBytes));
    }

    /// <summary>The same with a given key and salt, so that the published example can be reproduced.</summary>
    internal static byte[] Encrypt(
        ReadOnlySpan<byte> content, ReadOnlySpan<byte> browserKey, ReadOnlySpan<byte> auth, ECDiffieHellman own, byte[] salt)
    {
        Invariant.Require(content.Length <= LongestContent, "a push message fits in one record");
        byte[] ownKey = Point(own.ExportParameters(includePrivateParameters: false).Q);
        using ECDiffieHellman browser = ECDiffieHellman.Create(Parameters(browserKey));
        byte[] shared = own.DeriveRawSecretAgreement(browser.PublicKey);
        (byte[] key, byte[] nonce) = Keys(shared, browserKey, ownKey, auth, salt);

        // RFC 8188 §2.1: salt, record size, length and content of the key's name, then the record.
        byte[] message = new byte[HeaderBytes + content.Length + 1 + TagBytes];
        salt.CopyTo(message, 0);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(SaltBytes), RecordSize);
        message[SaltBytes + 4] = PointBytes;
        ownKey.CopyTo(message, SaltBytes + 5);
        Span<byte> sealedPart = message.AsSpan(HeaderBytes, content.Length + 1);
        byte[] plain = [.. content, 0x02]; // the delimiter of the last record
        using AesGcm cipher = new(key, TagBytes);
        cipher.Encrypt(nonce, plain, sealedPart, message.AsSpan(HeaderBytes + plain.Length));
        return message;
    }

    /// <summary>Reads what <see cref="Encrypt(ReadOnlySpan{byte}, ReadOnlySpan{byte}, ReadOnlySpan{byte})"/> wrote, as a browser does.</summary>
    internal static byte[] Decrypt(ReadOnlySpan<byte> message, ECDiffieHellman browser, ReadOnlySpan<byte> auth)
    {
        byte[] browserKey = Point(browser.ExportParameters(includePrivateParameters: false).Q);
        ReadOnlySpan<byte> salt = message[..SaltBytes], sender = message.Slice(SaltBytes + 5, PointBytes);
        using ECDiffieHellman own = ECDiffieHellman.Create(Parameters(sender));
        byte[] shared = browser.DeriveRawSecretAgreement(own.PublicKey);
        (byte[] key, byte[] nonce) = Keys(shared, browserKey, sender, auth, salt);
        ReadOnlySpan<byte> record = message[HeaderBytes..];
        byte[] plain = new byte[record.Length - TagBytes];
        using AesGcm cipher = new(key, TagBytes);
        cipher.Decrypt(nonce, record[..plain.Length], record[plain.Length..], plain);
        return plain[..plain.AsSpan().LastIndexOf((byte)0x02)];
    }

    /// <summary>RFC 8291 §3.4: key and nonce from what both sides share, the browser's secret and the salt.</summary>
    static (byte[] Key, byte[] Nonce) Keys(
        byte[] shared, ReadOnlySpan<byte> browserKey, ReadOnlySpan<byte> senderKey, ReadOnlySpan<byte> auth, ReadOnlySpan<byte> salt)
    {
        byte[] info = [.. "WebPush: info\0"u8, .. browserKey, .. senderKey];
        byte[] input = new byte[32], key = new byte[16], nonce = new byte[12];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, input, auth, info);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, input, key, salt, "Content-Encoding: aes128gcm\0"u8);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, input, nonce, salt, "Content-Encoding: nonce\0"u8);
        return (key, nonce);
    }

    /// <summary>Whether these bytes are an uncompressed point of the curve.</summary>
    public static bool IsKey(ReadOnlySpan<byte> point)
    {
        if (point.Length != PointBytes || point[0] != 4) return false;
        try
        {
            using ECDiffieHellman key = ECDiffieHellman.Create(Parameters(point));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    internal static byte[] Point(ECPoint point) => [4, .. point.X!, .. point.Y!];

    internal static ECParameters Parameters(ReadOnlySpan<byte> point) => new()
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = point.Slice(1, 32).ToArray(), Y = point.Slice(33, 32).ToArray() },
    };
}
