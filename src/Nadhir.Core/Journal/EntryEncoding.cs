using System.Buffers.Binary;
using System.Text;

namespace Nadhir.Journal;

/// <summary>Why bytes are not an entry.</summary>
public enum EntryFault
{
    None,
    /// <summary>The bytes end before the entry does.</summary>
    Truncated,
    /// <summary>Bytes are left over after the payload.</summary>
    TrailingBytes,
    /// <summary>The first byte is not a version this build can read.</summary>
    UnknownVersion,
    /// <summary>The kind is none of <see cref="EntryKind"/>.</summary>
    UnknownKind,
    /// <summary>The time is before the year 1 or after 9999.</summary>
    TimeOutOfRange,
    /// <summary>The source is not valid UTF-8.</summary>
    SourceNotText,
    /// <summary>The payload is longer than <see cref="EntryEncoding.LongestPayload"/>.</summary>
    PayloadTooLong,
}

/// <summary>
/// An entry as bytes: what the journal's leaf hashes are taken over. Exactly one encoding for an entry; the layout
/// is in this folder's README and never changes without a new version byte.
/// </summary>
public static class EntryEncoding
{
    public const byte Version = 1;
    public const int LongestSource = ushort.MaxValue;
    public const int LongestPayload = 64 << 20;

    const int TimeAt = 2, SourceLengthAt = 10, SourceAt = 12, PayloadLengthSize = 4;

    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static readonly long EarliestMicroseconds = ToMicroseconds(DateTimeOffset.MinValue);
    static readonly long LatestMicroseconds = ToMicroseconds(DateTimeOffset.MaxValue);

    public static byte[] Encode(Entry entry)
    {
        byte[] source = EncodeSource(entry.Source);
        byte[] encoded = new byte[EncodedLength(source.Length, entry.Payload.Length)];
        Write(encoded, (byte)entry.Kind, ToMicroseconds(entry.Time), source, entry.Payload.Span);
        return encoded;
    }

    public static EntryFault TryDecode(ReadOnlySpan<byte> encoded, out Entry? entry)
    {
        entry = null;
        if (encoded.IsEmpty) return EntryFault.Truncated;
        if (encoded[0] != Version) return EntryFault.UnknownVersion;
        if (encoded.Length < SourceAt) return EntryFault.Truncated;
        int sourceLength = BinaryPrimitives.ReadUInt16BigEndian(encoded[SourceLengthAt..]);
        ReadOnlySpan<byte> rest = encoded[SourceAt..];
        if (rest.Length < sourceLength + PayloadLengthSize) return EntryFault.Truncated;
        uint payloadLength = BinaryPrimitives.ReadUInt32BigEndian(rest[sourceLength..]);
        ReadOnlySpan<byte> payload = rest[(sourceLength + PayloadLengthSize)..];
        if (payloadLength > LongestPayload) return EntryFault.PayloadTooLong;
        if (payload.Length < payloadLength) return EntryFault.Truncated;
        if (payload.Length > payloadLength) return EntryFault.TrailingBytes;
        long microseconds = BinaryPrimitives.ReadInt64BigEndian(encoded[TimeAt..]);
        return TryMake(encoded[1], microseconds, rest[..sourceLength], payload, out entry);
    }

    /// <summary>An entry from its parts as they are stored; the payload is copied.</summary>
    public static EntryFault TryMake(
        long kind, long timeMicroseconds, ReadOnlySpan<byte> source, ReadOnlySpan<byte> payload, out Entry? entry)
    {
        EntryFault fault = Check(kind, timeMicroseconds, source, payload);
        entry = fault != EntryFault.None ? null
            : new Entry((EntryKind)kind, FromMicroseconds(timeMicroseconds), Encoding.UTF8.GetString(source), payload.ToArray());
        return fault;
    }

    /// <summary>Whether parts as they are stored make an entry.</summary>
    public static EntryFault Check(long kind, long timeMicroseconds, ReadOnlySpan<byte> source, ReadOnlySpan<byte> payload) =>
        kind is < (long)EntryKind.Configuration or > (long)EntryKind.Custody ? EntryFault.UnknownKind
        : timeMicroseconds < EarliestMicroseconds || timeMicroseconds > LatestMicroseconds ? EntryFault.TimeOutOfRange
        : payload.Length > LongestPayload ? EntryFault.PayloadTooLong
        : System.Text.Unicode.Utf8.IsValid(source) ? EntryFault.None : EntryFault.SourceNotText;

    /// <summary>Bytes an entry takes; both lengths in bytes.</summary>
    public static int EncodedLength(int sourceLength, int payloadLength) =>
        SourceAt + sourceLength + PayloadLengthSize + payloadLength;

    /// <summary>Writes an entry from its parts into <paramref name="destination"/>; returns the bytes written.</summary>
    public static int Write(
        Span<byte> destination, byte kind, long timeMicroseconds, ReadOnlySpan<byte> source, ReadOnlySpan<byte> payload)
    {
        Invariant.Require(source.Length <= LongestSource, "a source's name fits in 65,535 bytes");
        Invariant.Require(payload.Length <= LongestPayload, "a payload fits in 64 MiB");
        destination[0] = Version;
        destination[1] = kind;
        BinaryPrimitives.WriteInt64BigEndian(destination[TimeAt..], timeMicroseconds);
        BinaryPrimitives.WriteUInt16BigEndian(destination[SourceLengthAt..], (ushort)source.Length);
        source.CopyTo(destination[SourceAt..]);
        Span<byte> rest = destination[(SourceAt + source.Length)..];
        BinaryPrimitives.WriteUInt32BigEndian(rest, (uint)payload.Length);
        payload.CopyTo(rest[PayloadLengthSize..]);
        return EncodedLength(source.Length, payload.Length);
    }

    /// <summary>A source's name as strict UTF-8: a lone surrogate is ours to prevent, not to record.</summary>
    public static byte[] EncodeSource(string source) => StrictUtf8.GetBytes(source);

    /// <summary>Whole microseconds since 1970-01-01T00:00:00Z; what is finer is cut towards the past.</summary>
    public static long ToMicroseconds(DateTimeOffset time) =>
        (time.UtcTicks / TimeSpan.TicksPerMicrosecond) - (DateTimeOffset.UnixEpoch.Ticks / TimeSpan.TicksPerMicrosecond);

    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
