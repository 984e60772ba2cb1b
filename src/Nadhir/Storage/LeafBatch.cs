using Nadhir.Journal;

namespace Nadhir.Storage;

/// <summary>
/// Up to 256 consecutive rows of one tile, copied off SQLite's buffers and written as they are hashed, so that any thread
/// may hash them while the next are read.
/// </summary>
sealed class LeafBatch
{
    /// <summary>A batch is closed when it is longer: rows of 64 MiB must not lie in memory by the hundred.</summary>
    const int LongEnough = 1 << 20;

    readonly Row[] rows = new Row[Tile.FullWidth];
    readonly byte[] stored = new byte[Tile.FullWidth * MerkleHash.Size], hashes = new byte[Tile.FullWidth * MerkleHash.Size];
    byte[] bytes = new byte[96 << 10];
    int used;

    /// <summary>Number of its first row.</summary>
    public long First { get; private set; }
    public int Count { get; private set; }
    public long Withheld { get; private set; }

    /// <summary>Whether every row can be read and is what its stored hash says. Known once hashed.</summary>
    public bool Same { get; private set; }

    /// <summary>The root over the rows when they are a full tile, else null. Known once hashed.</summary>
    public byte[]? TileRoot { get; private set; }

    public bool IsFull => Count == Tile.FullWidth || (First + Count) % Tile.FullWidth == 0 || used >= LongEnough;

    public void Clear(long first) => (First, Count, Withheld, used, Same, TileRoot) = (first, 0, 0, 0, false, null);

    public void Add(in StoredEntry row, bool withheld)
    {
        int length = 1 + EntryEncoding.EncodedLength(row.Salt.Length, row.Source.Length, row.Payload.Length);
        if (bytes.Length < used + length) Array.Resize(ref bytes, Math.Max(used + length, 2 * bytes.Length));
        Row added = new()
        {
            Kind = row.Kind, Time = row.TimeMicroseconds, At = used, Length = length, Salt = row.Salt.Length,
            Source = row.Source.Length, Payload = row.Payload.Length, StoredLength = row.LeafHash.Length, Withheld = withheld,
            Unreadable = row.Check(),
        };
        Span<byte> encoded = bytes.AsSpan(used, length);
        encoded[0] = MerkleHash.LeafPrefix;
        if (added.IsHashable) EntryEncoding.Write(encoded[1..], row.Salt, (byte)row.Kind, row.TimeMicroseconds, row.Source, row.Payload);
        else Keep(row, encoded[1..]);
        if (row.LeafHash.Length == MerkleHash.Size) row.LeafHash.CopyTo(Slot(stored, Count));
        else Slot(stored, Count).Clear();
        if (withheld) Withheld++;
        rows[Count++] = added;
        used += length;
    }

    /// <summary>What cannot be encoded is kept in the same places, to be described.</summary>
    static void Keep(in StoredEntry row, Span<byte> encoded)
    {
        row.Salt.CopyTo(encoded[1..]);
        row.Source.CopyTo(encoded[SourceAt(row.Salt.Length)..]);
        row.Payload.CopyTo(encoded[EntryEncoding.EncodedLength(row.Salt.Length, row.Source.Length, 0)..]);
    }

    /// <summary>Makes every leaf hash, and the root over a full tile. Depends on nothing but the rows.</summary>
    public LeafBatch Hash()
    {
        bool same = true;
        for (int at = 0; at < Count; at++)
        {
            ref readonly Row row = ref rows[at];
            Span<byte> hash = Slot(hashes, at), kept = Slot(stored, at);
            if (row.Withheld) kept.CopyTo(hash);
            else if (row.IsHashable) MerkleHash.PrefixedLeaf(bytes.AsSpan(row.At, row.Length), hash);
            else hash.Clear();
            same &= !Differs(at);
        }
        Same = same;
        TileRoot = same && Count == Tile.FullWidth && First % Tile.FullWidth == 0 ? Root() : null;
        return this;
    }

    byte[] Root()
    {
        Span<byte> nodes = stackalloc byte[Tile.FullWidth * MerkleHash.Size];
        hashes.CopyTo(nodes);
        for (int width = Tile.FullWidth / 2; width > 0; width /= 2)
            for (int node = 0; node < width; node++)
                MerkleHash.Node(Slot(nodes, 2 * node), Slot(nodes, (2 * node) + 1), Slot(nodes, node));
        return nodes[..MerkleHash.Size].ToArray();
    }

    public bool Differs(int at)
    {
        ref readonly Row row = ref rows[at];
        return !row.Withheld && (row.Unreadable != EntryFault.None || row.StoredLength != MerkleHash.Size
            || !Slot(hashes, at).SequenceEqual(Slot(stored, at)));
    }

    public bool IsWithheld(int at) => rows[at].Withheld;

    public EntryFault Unreadable(int at) => rows[at].Unreadable;

    public byte[] HashOf(int at) => Slot(hashes, at).ToArray();

    /// <summary>As it stands in the file; zeros when that is no hash.</summary>
    public byte[] StoredHashOf(int at) => Slot(stored, at).ToArray();

    public StoredEntry this[int at]
    {
        get
        {
            Row row = rows[at];
            ReadOnlySpan<byte> encoded = bytes.AsSpan(row.At + 1, row.Length - 1);
            return new StoredEntry
            {
                Seq = First + at, Kind = row.Kind, TimeMicroseconds = row.Time,
                Salt = encoded.Slice(1, row.Salt), Source = encoded.Slice(SourceAt(row.Salt), row.Source),
                Payload = encoded.Slice(EntryEncoding.EncodedLength(row.Salt, row.Source, 0), row.Payload),
                LeafHash = Slot(stored, at)[..Math.Min(row.StoredLength, MerkleHash.Size)],
            };
        }
    }

    static int SourceAt(int saltLength) => EntryEncoding.EncodedLength(saltLength, 0, 0) - sizeof(uint);

    static Span<byte> Slot(Span<byte> hashes, int at) => hashes.Slice(at * MerkleHash.Size, MerkleHash.Size);

    readonly record struct Row
    {
        public required long Kind { get; init; }
        public required long Time { get; init; }
        public required int At { get; init; }
        public required int Length { get; init; }
        public required int Salt { get; init; }
        public required int Source { get; init; }
        public required int Payload { get; init; }
        public required int StoredLength { get; init; }
        public required bool Withheld { get; init; }
        public required EntryFault Unreadable { get; init; }

        public bool IsHashable => Kind is >= 0 and <= byte.MaxValue && Salt is 0 or EntryEncoding.SaltSize
            && Source <= EntryEncoding.LongestSource && Payload <= EntryEncoding.LongestPayload;
    }
}
