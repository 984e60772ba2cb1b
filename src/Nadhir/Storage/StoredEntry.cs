using System.Globalization;
using Nadhir.Journal;

namespace Nadhir.Storage;

/// <summary>A row of the journal as it stands in the file, before anything in it is believed. The spans live until the next row.</summary>
readonly ref struct StoredEntry
{
    public required long Seq { get; init; }
    public required long Kind { get; init; }
    public required long TimeMicroseconds { get; init; }
    public required ReadOnlySpan<byte> Source { get; init; }
    public required ReadOnlySpan<byte> Payload { get; init; }
    public required ReadOnlySpan<byte> LeafHash { get; init; }
    /// <summary>Empty in a journal of an older build, and where the entry is withheld.</summary>
    public required ReadOnlySpan<byte> Salt { get; init; }

    public EntryFault TryRead(out Entry? entry) => EntryEncoding.TryMake(Kind, TimeMicroseconds, Source, Payload, out entry);

    public EntryFault Check() => Salt.Length is not (0 or EntryEncoding.SaltSize) ? EntryFault.SaltSize
        : EntryEncoding.Check(Kind, TimeMicroseconds, Source, Payload);

    /// <summary>For people: <c>entry 1234 (Received, SIM-1, 2024-04-13T20:00:00.000000Z)</c>.</summary>
    public string Describe()
    {
        if (TryRead(out Entry? entry) != EntryFault.None) return $"entry {Seq}";
        string time = entry!.Time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        return entry.Source.Length == 0 ? $"entry {Seq} ({entry.Kind}, {time})" : $"entry {Seq} ({entry.Kind}, {entry.Source}, {time})";
    }
}

/// <summary>Computes leaf hashes into one buffer that is used again and again. For one thread.</summary>
sealed class LeafHasher
{
    byte[] buffer = new byte[4096];

    public byte[] Hash(ReadOnlySpan<byte> salt, byte kind, long timeMicroseconds, ReadOnlySpan<byte> source, ReadOnlySpan<byte> payload)
    {
        int length = 1 + EntryEncoding.EncodedLength(salt.Length, source.Length, payload.Length);
        if (buffer.Length < length) buffer = new byte[Math.Max(length, 2 * buffer.Length)];
        buffer[0] = MerkleHash.LeafPrefix;
        EntryEncoding.Write(buffer.AsSpan(1), salt, kind, timeMicroseconds, source, payload);
        return MerkleHash.PrefixedLeaf(buffer.AsSpan(0, length));
    }
}
