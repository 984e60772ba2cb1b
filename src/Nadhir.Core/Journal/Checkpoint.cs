using System.Globalization;

namespace Nadhir.Journal;

/// <summary>
/// What a journal says of itself at a size: its origin (the name of its key), the number of entries and their
/// RFC 6962 root. The text of a signed note; C2SP tlog-checkpoint. We write no extension lines but keep others'.
/// </summary>
public sealed record Checkpoint(string Origin, long Size, ReadOnlyMemory<byte> Root)
{
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>The note text, with its final newline.</summary>
    public string Text() =>
        string.Join('\n', [Origin, Size.ToString(CultureInfo.InvariantCulture), Convert.ToBase64String(Root.Span), .. Extensions])
        + "\n";

    /// <summary>Reads the text of a note; says why not in <paramref name="fault"/>.</summary>
    public static Checkpoint? Read(string text, out string? fault)
    {
        fault = null;
        if (!text.EndsWith('\n')) return Refuse("the text does not end with a newline", out fault);
        string[] lines = text[..^1].Split('\n');
        if (lines.Length < 3) return Refuse("there are fewer than three lines", out fault);
        if (Array.Exists(lines, line => line.Length == 0)) return Refuse("there is an empty line", out fault);
        if (ReadSize(lines[1]) is not { } size) return Refuse($"the size '{lines[1]}' is not a whole number", out fault);
        byte[]? root = StrictBase64.Read(lines[2]);
        if (root?.Length != MerkleHash.Size) return Refuse("the root is not a hash of 32 bytes in base 64", out fault);
        return new Checkpoint(lines[0], size, root) { Extensions = lines[3..] };
    }

    /// <summary>A number of entries as it is written in texts: decimal, without leading zeroes; null when it is none.</summary>
    public static long? ReadSize(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            && (text.Length == 1 || text[0] != '0') ? size : null;

    static Checkpoint? Refuse(string why, out string? fault)
    {
        fault = why;
        return null;
    }
}
