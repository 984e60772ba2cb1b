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
    /// <summary>The salt is neither absent nor of <see cref="EntryEncoding.SaltSize"/> bytes.</summary>
    SaltSize,
}

/// <summary>
/// An entry as bytes: what the journal's leaf hashes are taken over. Exactly one encoding for an entry and its salt; the
/// layout is in this folder's README and never changes without a new version byte. With a salt nobody who has not seen
/// the entry can try out on its leaf hash what it may say; journals of older builds have none.
/// </summary>
public static class EntryEncoding
{
    public const byte Unsalted = 1, Salted = 2;
    public const int SaltSize = 16;
    public const int LongestSource = ushort.MaxValue;
    public const int LongestPayload = 64 << 20;

    // Counted from behind the version and the salt.
    const int TimeAt = 1, SourceLengthAt = 9, SourceAt = 11, PayloadLengthSize = 4;

    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static readonly long EarliestMicroseconds = ToMicroseconds(DateTimeOffset.MinValue);
    static readonly long LatestMicroseconds = ToMicroseconds(DateTimeOffset.MaxValue);

    /// <param name="salt">Of 16 bytes; none for an entry of an older build's journal.</param>
    public static byte[] Encode(Entry entry, ReadOnlySpan<byte> salt = default)
    {
        byte[] source = EncodeSource(entry.Source);
        byte[] encoded = new byte[EncodedLength(salt.Length, source.Length, entry.Payload.Length)];
        Write(encoded, salt, (byte)entry.Kind, ToMicroseconds(entry.Time), source, entry.Payload.Span);
        return encoded;
    }

    public static EntryFault TryDecode(ReadOnlySpan<byte> encoded, out Entry? entry) => TryDecode(encoded, out entry, out _);

    /// <param name="salt">Empty when the entry has none.</param>
    public static EntryFault TryDecode(ReadOnlySpan<byte> encoded, out Entry? entry, out ReadOnlySpan<byte> salt)
    {
        entry = null;
        salt = default;
        if (encoded.IsEmpty) return EntryFault.Truncated;
        if (encoded[0] is not (Unsalted or Salted)) return EntryFault.UnknownVersion;
        int saltLength = encoded[0] == Salted ? SaltSize : 0;
        if (encoded.Length < 1 + saltLength + SourceAt) return EntryFault.Truncated;
        salt = encoded.Slice(1, saltLength);
        encoded = encoded[(1 + saltLength)..];
        int sourceLength = BinaryPrimitives.ReadUInt16BigEndian(encoded[SourceLengthAt..]);
        ReadOnlySpan<byte> rest = encoded[SourceAt..];
        if (rest.Length < sourceLength + PayloadLengthSize) return EntryFault.Truncated;
        uint payloadLength = BinaryPrimitives.ReadUInt32BigEndian(rest[sourceLength..]);
        ReadOnlySpan<byte> payload = rest[(sourceLength + PayloadLengthSize)..];
        if (payloadLength > LongestPayload) return EntryFault.PayloadTooLong;
        if (payload.Length < payloadLength) return EntryFault.Truncated;
        if (payload.Length > payloadLength) return EntryFault.TrailingBytes;
        long microseconds = BinaryPrimitives.ReadInt64BigEndian(encoded[TimeAt..]);
        return TryMake(encoded[0], microseconds, rest[..sourceLength], payload, out entry);
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

    /// <summary>Bytes an entry takes; all lengths in bytes.</summary>
    public static int EncodedLength(int saltLength, int sourceLength, int payloadLength) =>
        1 + saltLength + SourceAt + sourceLength + PayloadLengthSize + payloadLength;

    /// <summary>Writes an entry from its parts into <paramref name="destination"/>; returns the bytes written.</summary>
    public static int Write(
        Span<byte> destination, ReadOnlySpan<byte> salt, byte kind, long timeMicroseconds, ReadOnlySpan<byte> source,
        ReadOnlySpan<byte> payload)
    {
        Invariant.Require(salt.Length is 0 or SaltSize, "a salt has 16 bytes");
        Invariant.Require(source.Length <= LongestSource, "a source's name fits in 65,535 bytes");
        Invariant.Require(payload.Length <= LongestPayload, "a payload fits in 64 MiB");
        destination[0] = salt.IsEmpty ? Unsalted : Salted;
        salt.CopyTo(destination[1..]);
        destination = destination[(1 + salt.Length)..];
        destination[0] = kind;
        BinaryPrimitives.WriteInt64BigEndian(destination[TimeAt..], timeMicroseconds);
        BinaryPrimitives.WriteUInt16BigEndian(destination[SourceLengthAt..], (ushort)source.Length);
        source.CopyTo(destination[SourceAt..]);
        Span<byte> rest = destination[(SourceAt + source.Length)..];
        BinaryPrimitives.WriteUInt32BigEndian(rest, (uint)payload.Length);
        payload.CopyTo(rest[PayloadLengthSize..]);
        return EncodedLength(salt.Length, source.Length, payload.Length);
    }

    /// <summary>A source's name as strict UTF-8: a lone surrogate is ours to prevent, not to record.</summary>
    public static byte[] EncodeSource(string source) => StrictUtf8.GetBytes(source);

    /// <summary>Whole microseconds since 1970-01-01T00:00:00Z; what is finer is cut towards the past.</summary>
    public static long ToMicroseconds(DateTimeOffset time) =>
        (time.UtcTicks / TimeSpan.TicksPerMicrosecond) - (DateTimeOffset.UnixEpoch.Ticks / TimeSpan.TicksPerMicrosecond);

    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
