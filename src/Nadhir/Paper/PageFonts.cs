using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using HarfBuzzSharp;

namespace Nadhir.Paper;

/// <summary>The fonts of printed pages are not beside the program.</summary>
sealed class FontsMissingException(string message) : IOException(message);

/// <summary>One font: its TrueType bytes, and HarfBuzz's view of them.</summary>
sealed class PageFont
{
    /// <summary>What HarfBuzz reads through; it lives as long as the font, which is as long as the program.</summary>
    readonly object[] kept;

    public PageFont(string name, byte[] bytes)
    {
        // HarfBuzz reads where the bytes lie, so they may not be moved.
        Bytes = GC.AllocateArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(Bytes, 0);
        Name = name;
        Blob blob = new(Marshal.UnsafeAddrOfPinnedArrayElement(Bytes, 0), Bytes.Length, MemoryMode.ReadOnly);
        Face face = new(blob, 0);
        kept = [blob, face];
        UnitsPerEm = face.UnitsPerEm;
        Shaper = new Font(face);
        Shaper.SetScale(UnitsPerEm, UnitsPerEm);
        Shaper.SetFunctionsOpenType();
    }

    public string Name { get; }
    public byte[] Bytes { get; }
    public Font Shaper { get; }
    public int UnitsPerEm { get; }

    public bool Has(int character) => Shaper.TryGetNominalGlyph((uint)character, out uint glyph) && glyph != 0;
}

/// <summary>
/// Noto Sans for Latin and Arabic script (OFL 1.1), as the build copies them from the console's npm packages. A
/// character is taken from the first font that has it.
/// </summary>
sealed class PageFonts
{
    static readonly string[] plain =
    [
        "noto-sans-latin-400-normal", "noto-sans-arabic-arabic-400-normal", "noto-sans-latin-ext-400-normal",
        "noto-sans-arabic-math-400-normal", "noto-sans-arabic-symbols-400-normal",
    ];
    static readonly string[] strong = ["noto-sans-latin-700-normal", "noto-sans-arabic-arabic-700-normal"];

    PageFonts(PageFont[] plain, PageFont[] strong) => (Plain, Strong) = (plain, [.. strong, .. plain]);

    public IReadOnlyList<PageFont> Plain { get; }
    public IReadOnlyList<PageFont> Strong { get; }

    /// <exception cref="FontsMissingException">They are not there: no page is better than one without its letters.</exception>
    public static PageFonts Load(string? folder = null)
    {
        folder ??= Path.Combine(AppContext.BaseDirectory, "fonts");
        return new([.. plain.Select(Read)], [.. strong.Select(Read)]);

        PageFont Read(string name)
        {
            string path = Path.Combine(folder, name + ".woff");
            if (!File.Exists(path))
                throw new FontsMissingException($"the font {path} is missing; ./nadhir copies it from the console's packages (cd web; npm ci), then builds");
            return new PageFont(name, OfWoff(File.ReadAllBytes(path)));
        }
    }

    /// <summary>The TrueType file inside a WOFF 1.0 (W3C): the same tables, each compressed on its own.</summary>
    public static byte[] OfWoff(ReadOnlySpan<byte> woff)
    {
        if (woff.Length < 44 || !woff.StartsWith("wOFF"u8)) throw new FontsMissingException("a font is no WOFF file");
        int tables = BinaryPrimitives.ReadUInt16BigEndian(woff[12..]);
        MemoryStream font = new();
        byte[] head = new byte[12 + (16 * tables)];
        woff.Slice(4, 4).CopyTo(head);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(4), (ushort)tables);
        int log = (int)Math.Log2(tables);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(6), (ushort)(16 << log));
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(8), (ushort)log);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(10), (ushort)((16 * tables) - (16 << log)));
        font.Position = head.Length;
        for (int i = 0; i < tables; i++)
        {
            ReadOnlySpan<byte> entry = woff[(44 + (20 * i))..];
            int offset = BinaryPrimitives.ReadInt32BigEndian(entry[4..]), packed = BinaryPrimitives.ReadInt32BigEndian(entry[8..]);
            int length = BinaryPrimitives.ReadInt32BigEndian(entry[12..]);
            Span<byte> row = head.AsSpan(12 + (16 * i));
            entry[..4].CopyTo(row);
            entry.Slice(16, 4).CopyTo(row[4..]);
            BinaryPrimitives.WriteInt32BigEndian(row[8..], (int)font.Position);
            BinaryPrimitives.WriteInt32BigEndian(row[12..], length);
            byte[] content = woff.Slice(offset, packed).ToArray();
            if (packed < length)
            {
                using ZLibStream open = new(new MemoryStream(content), CompressionMode.Decompress);
                content = new byte[length];
                open.ReadExactly(content);
            }
            font.Write(content);
            while (font.Position % 4 != 0) font.WriteByte(0);
        }
        font.Position = 0;
        font.Write(head);
        return font.ToArray();
    }
}
