using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Nadhir.Journal;

/// <summary>
/// The timestamped Ed25519 cosignature of a witness (C2SP tlog-cosignature, v1): eight bytes of POSIX seconds, then the
/// signature over a header, that time and the text of the checkpoint.
/// </summary>
public static class Cosignature
{
    const int TimeBytes = 8, SignatureBytes = 64;

    /// <summary>What the witness's key signs.</summary>
    /// <param name="seconds">POSIX time, not negative.</param>
    public static byte[] Message(long seconds, ReadOnlySpan<byte> noteText) =>
    [
        .. Encoding.UTF8.GetBytes($"cosignature/v1\ntime {seconds.ToString(CultureInfo.InvariantCulture)}\n"), .. noteText,
    ];

    /// <summary>As it stands in the signature line, behind the key's identifier.</summary>
    public static byte[] Join(long seconds, ReadOnlySpan<byte> signature)
    {
        byte[] joined = new byte[TimeBytes + signature.Length];
        BinaryPrimitives.WriteInt64BigEndian(joined, seconds);
        signature.CopyTo(joined.AsSpan(TimeBytes));
        return joined;
    }

    /// <summary>The POSIX time of a cosignature; null when it is not as long as one, or the time is none.</summary>
    public static long? Time(ReadOnlySpan<byte> joined) =>
        joined.Length == TimeBytes + SignatureBytes && BinaryPrimitives.ReadInt64BigEndian(joined) is >= 0 and var seconds ? seconds : null;

    public static ReadOnlySpan<byte> Signature(ReadOnlySpan<byte> joined) => joined[TimeBytes..];
}
