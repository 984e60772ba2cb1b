using System.Globalization;

namespace Nadhir.Journal;

/// <summary>
/// A tile of the tree (C2SP tlog-tiles): up to 256 consecutive hashes of one level, where a hash of level l stands for a
/// full subtree of 256^l leaves. Level -1 names the bundle of entries beside the tile of level 0.
/// </summary>
/// <param name="Index">Among the tiles of its level, from 0.</param>
/// <param name="Width">Hashes in it: 256, or fewer at the right edge.</param>
public readonly record struct Tile(int Level, long Index, int Width)
{
    /// <summary>A tile is a subtree of this height.</summary>
    public const int Height = 8;

    public const int FullWidth = 1 << Height;

    /// <summary>In place of a level: the entries themselves.</summary>
    public const int Entries = -1;

    const int HighestLevel = 63;
    const string Bundle = "entries";

    /// <summary>Its first hash, counted from the first of its level.</summary>
    public long First => Index * FullWidth;

    /// <summary>How many hashes a level of a tree of so many leaves has.</summary>
    public static long HashesAt(int level, long size) =>
        level * Height >= 63 ? 0 : size >> (Math.Max(level, 0) * Height);

    /// <summary>Whether the tree of so many leaves holds all of the tile.</summary>
    public bool IsIn(long size) => Index <= long.MaxValue / FullWidth - 1 && First + Width <= HashesAt(Level, size);

    /// <summary>The tile in a tree of that size that holds the hash at an index of a level, as wide as the tree has it.</summary>
    public static Tile Holding(int level, long hash, long size) =>
        new(level, hash / FullWidth, (int)Math.Min(FullWidth, HashesAt(level, size) - (hash / FullWidth * FullWidth)));

    /// <summary>Its path behind the log's prefix, such as <c>tile/0/x001/067.p/112</c>.</summary>
    public string Path()
    {
        string level = Level == Entries ? Bundle : Level.ToString(CultureInfo.InvariantCulture);
        string index = (Index % 1000).ToString("000", CultureInfo.InvariantCulture);
        for (long rest = Index / 1000; rest > 0; rest /= 1000)
            index = $"x{(rest % 1000).ToString("000", CultureInfo.InvariantCulture)}/{index}";
        return Width == FullWidth ? $"tile/{level}/{index}" : $"tile/{level}/{index}.p/{Width.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>Reads what follows <c>tile/</c>; null when it is not exactly the path of a tile.</summary>
    public static Tile? Read(string path)
    {
        int slash = path.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || path.Length > 80) return null;
        int level = string.Equals(path[..slash], Bundle, StringComparison.Ordinal) ? Entries : Number(path[..slash], HighestLevel);
        string[] parts = path[(slash + 1)..].Split('/');
        int width = FullWidth, last = parts.Length - 1;
        if (last > 0 && parts[last - 1].EndsWith(".p", StringComparison.Ordinal))
        {
            width = Number(parts[last], FullWidth - 1);
            parts[--last] = parts[last][..^2];
        }
        long index = 0;
        for (int part = 0; part <= last; part++)
        {
            string digits = part < last && parts[part].StartsWith('x') ? parts[part][1..] : parts[part];
            if (digits.Length != 3 || !digits.All(char.IsAsciiDigit)) return null;
            if (index > long.MaxValue / 1000 / FullWidth - 1) return null;
            index = (index * 1000) + int.Parse(digits, CultureInfo.InvariantCulture);
        }
        Tile tile = new(level, index, width);
        // One way of writing only: whatever was read leniently above does not come out again.
        return level >= Entries && width > 0 && string.Equals(tile.Path(), "tile/" + path, StringComparison.Ordinal) ? tile : null;
    }

    /// <summary>A whole number up to a limit, in its one way of writing; -2 when it is not.</summary>
    static int Number(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= most
            && string.Equals(number.ToString(CultureInfo.InvariantCulture), text, StringComparison.Ordinal) ? number : -2;
}

/// <summary>Reads consecutive hashes of a level, 32 bytes each; all of them lie in one tile.</summary>
public delegate ReadOnlyMemory<byte> TileHashes(int level, long first, int count);

/// <summary>Full subtrees from tiles: at most 128 hashes are read and 127 made for one.</summary>
public static class TileSubtrees
{
    /// <summary>The source a <see cref="MerkleTree"/> and a <see cref="CompactRange"/> need.</summary>
    public static Func<long, int, byte[]> Over(TileHashes tiles) => (start, height) =>
    {
        int level = height / Tile.Height, count = 1 << (height % Tile.Height);
        return Combine(tiles(level, start >> (level * Tile.Height), count).Span);
    };

    /// <summary>The root of a full subtree from its hashes; their number is a power of two.</summary>
    public static byte[] Combine(ReadOnlySpan<byte> hashes)
    {
        if (hashes.Length == MerkleHash.Size) return hashes.ToArray();
        int half = hashes.Length / 2;
        return MerkleHash.Node(Combine(hashes[..half]), Combine(hashes[half..]));
    }
}
