using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Nadhir.Paper;

/// <summary>
/// A PDF 1.7 file (ISO 32000-1), written front to back. No random identifier, no clock: the same pages give the same
/// bytes. Fonts are embedded whole, as the packages cut them; every glyph keeps the text it stands for.
/// </summary>
sealed class PdfFile
{
    public const double Width = 595, Height = 842; // A4 in points

    readonly List<byte[]?> objects = [];
    readonly List<StringBuilder> pages = [];
    readonly Dictionary<PageFont, (int Number, SortedDictionary<ushort, (double Advance, string Text)> Used)> fonts = [];

    public int Pages => pages.Count;

    public StringBuilder AddPage()
    {
        pages.Add(new StringBuilder());
        return pages[^1];
    }

    public StringBuilder this[int page] => pages[page];

    public static string N(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    public static string Colour(string rrggbb, bool fill)
    {
        string[] parts = [.. Enumerable.Range(0, 3).Select(i => N(Convert.ToInt32(rrggbb.Substring(2 * i, 2), 16) / 255.0))];
        return $"{string.Join(' ', parts)} {(fill ? "rg" : "RG")}\n";
    }

    /// <summary>Sets a line of text; <paramref name="x"/> is its left end, <paramref name="y"/> its base line.</summary>
    public void Text(StringBuilder page, IReadOnlyList<SetRun> line, double x, double y, double size)
    {
        foreach (SetRun run in line)
        {
            (int number, SortedDictionary<ushort, (double, string)> used) = Use(run.Font);
            page.Append($"BT /F{number} {N(size)} Tf\n");
            foreach (SetGlyph glyph in run.Glyphs)
            {
                used.TryAdd(glyph.Glyph, (run.Font.Shaper.GetHorizontalGlyphAdvance(glyph.Glyph) * 1000.0 / run.Font.UnitsPerEm, glyph.Text));
                page.Append($"1 0 0 1 {N(x + (glyph.OffsetX * size / 1000))} {N(y + (glyph.OffsetY * size / 1000))} Tm <{glyph.Glyph:X4}> Tj\n");
                x += glyph.Advance * size / 1000;
            }
            page.Append("ET\n");
        }
    }

    (int Number, SortedDictionary<ushort, (double Advance, string Text)> Used) Use(PageFont font)
    {
        if (!fonts.TryGetValue(font, out var known)) fonts[font] = known = (fonts.Count + 1, []);
        return known;
    }

    /// <param name="created">Stands in the file as the time it was made.</param>
    public byte[] Finish(string title, string language, DateTimeOffset created)
    {
        int catalogue = Reserve(), tree = Reserve();
        string resources = string.Concat(fonts.Select(font => $"/F{font.Value.Number} {AddFont(font.Key, font.Value.Used)} 0 R "));
        List<int> kids = [];
        foreach (StringBuilder page in pages)
        {
            int content = AddStream(Encoding.ASCII.GetBytes(page.ToString()), "");
            kids.Add(Add($"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 {N(Width)} {N(Height)}]/Contents {content} 0 R/Resources<</Font<<{resources}>>>>>>"));
        }
        Put(tree, $"<</Type/Pages/Count {kids.Count}/Kids[{string.Join(' ', kids.Select(kid => $"{kid} 0 R"))}]>>");
        Put(catalogue, $"<</Type/Catalog/Pages {tree} 0 R/Lang({language})/ViewerPreferences<</DisplayDocTitle true{(language == "ar" ? "/Direction/R2L" : "")}>>>>");
        string time = created.UtcDateTime.ToString("'D:'yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture);
        int info = Add($"<</Title {Hex(string.Concat(title.Where(c => !Bidi.IsControl(c))))}/Producer (Nadhir)/CreationDate ({time})>>");
        return Assemble(catalogue, info);
    }

    byte[] Assemble(int catalogue, int info)
    {
        using MemoryStream file = new();
        void Write(string text) => file.Write(Encoding.Latin1.GetBytes(text));
        Write("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
        List<long> offsets = [];
        for (int i = 0; i < objects.Count; i++)
        {
            offsets.Add(file.Position);
            Write($"{i + 1} 0 obj\n");
            file.Write(objects[i]!);
            Write("\nendobj\n");
        }
        long table = file.Position;
        Write($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (long offset in offsets) Write(string.Create(CultureInfo.InvariantCulture, $"{offset:0000000000} 00000 n \n"));
        Write($"trailer\n<</Size {objects.Count + 1}/Root {catalogue} 0 R/Info {info} 0 R>>\nstartxref\n{table}\n%%EOF\n");
        return file.ToArray();
    }

    int AddFont(PageFont font, SortedDictionary<ushort, (double Advance, string Text)> used)
    {
        int file = AddStream(font.Bytes, $"/Length1 {font.Bytes.Length}");
        string name = string.Concat(font.Name.Where(char.IsLetterOrDigit));
        int descriptor = Add($"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[-1000 -500 3000 1500]/ItalicAngle 0/Ascent 1069/Descent -293/CapHeight 714/StemV 80/FontFile2 {file} 0 R>>");
        string widths = string.Concat(used.Select(glyph => $"{glyph.Key}[{N(glyph.Value.Advance)}]"));
        int descendant = Add($"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            + $"/FontDescriptor {descriptor} 0 R/CIDToGIDMap/Identity/DW 600/W[{widths}]>>");
        int text = AddStream(Encoding.ASCII.GetBytes(TextOfGlyphs(used)), "");
        return Add($"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]/ToUnicode {text} 0 R>>");
    }

    /// <summary>What is copied out of a page, and found in it: the text of every glyph (ISO 32000-1, 9.10.3).</summary>
    static string TextOfGlyphs(SortedDictionary<ushort, (double Advance, string Text)> used)
    {
        StringBuilder map = new("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Text def /CMapType 2 def\n"
            + "1 begincodespacerange <0000> <FFFF> endcodespacerange\n");
        foreach (var part in used.Where(glyph => glyph.Value.Text.Length > 0).Chunk(100))
        {
            map.Append($"{part.Length} beginbfchar\n");
            foreach ((ushort glyph, (double _, string text)) in part)
                map.Append($"<{glyph:X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>\n");
            map.Append("endbfchar\n");
        }
        return map.Append("endcmap CMapName currentdict /CMap defineresource pop end end\n").ToString();
    }

    static string Hex(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    int Reserve()
    {
        objects.Add(null);
        return objects.Count;
    }

    void Put(int number, string content) => objects[number - 1] = Encoding.Latin1.GetBytes(content);

    int Add(string content)
    {
        int number = Reserve();
        Put(number, content);
        return number;
    }

    int AddStream(byte[] content, string more)
    {
        using MemoryStream packed = new();
        using (ZLibStream zip = new(packed, CompressionLevel.Optimal, leaveOpen: true)) zip.Write(content);
        objects.Add([.. Encoding.Latin1.GetBytes($"<</Length {packed.Length}/Filter/FlateDecode{more}>>\nstream\n"), .. packed.ToArray(), .. "\nendstream"u8]);
        return objects.Count;
    }
}
