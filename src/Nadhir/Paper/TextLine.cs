using HarfBuzzSharp;
using Buffer = HarfBuzzSharp.Buffer;

namespace Nadhir.Paper;

/// <summary>A glyph as it is set: advance and offsets in thousandths of the size; the text it stands for.</summary>
readonly record struct SetGlyph(ushort Glyph, double Advance, double OffsetX, double OffsetY, string Text);

/// <summary>Glyphs of one font in the order they are seen.</summary>
sealed record SetRun(PageFont Font, IReadOnlyList<SetGlyph> Glyphs)
{
    public double Width => Glyphs.Sum(glyph => glyph.Advance);
}

/// <summary>Text made ready for setting: broken into lines, ordered, shaped by HarfBuzz.</summary>
static class TextLines
{
    /// <summary>Lines of a paragraph.</summary>
    /// <param name="width">In thousandths of the size.</param>
    public static List<List<SetRun>> Break(string text, bool rightToLeft, IReadOnlyList<PageFont> fonts, double width)
    {
        List<List<SetRun>> lines = [];
        foreach (string paragraph in text.Split('\n'))
        {
            byte[] levels = Bidi.Levels(paragraph, rightToLeft);
            int start = 0, fits = 0;
            double taken = 0;
            foreach ((int from, int end) in Words(paragraph))
            {
                double word = WidthOf(paragraph, from, end, levels, fonts);
                if (taken + word > width && fits > start)
                {
                    lines.Add(Set(paragraph, start, fits, levels, fonts, rightToLeft));
                    (start, taken) = (fits, 0);
                }
                (fits, taken) = (end, taken + word);
                while (taken > width && fits - start > 1) // One word longer than the line is cut.
                {
                    int cut = fits;
                    while (cut - start > 1 && WidthOf(paragraph, start, cut, levels, fonts) > width) cut--;
                    lines.Add(Set(paragraph, start, cut, levels, fonts, rightToLeft));
                    (start, taken) = (cut, WidthOf(paragraph, cut, fits, levels, fonts));
                }
            }
            lines.Add(Set(paragraph, start, paragraph.Length, levels, fonts, rightToLeft));
        }
        return lines;
    }

    /// <summary>Each word with the blanks after it.</summary>
    static IEnumerable<(int From, int End)> Words(string text)
    {
        for (int i = 0; i < text.Length;)
        {
            int from = i;
            while (i < text.Length && text[i] != ' ') i++;
            while (i < text.Length && text[i] == ' ') i++;
            yield return (from, i);
        }
    }

    static double WidthOf(string text, int start, int end, byte[] levels, IReadOnlyList<PageFont> fonts)
    {
        while (end > start && text[end - 1] == ' ') end--; // What hangs over the edge is not seen.
        double blanks = end < text.Length && text[end] == ' ' ? 260 : 0;
        return Shape(text, start, end, levels, fonts).Sum(run => run.Width) + blanks;
    }

    static List<SetRun> Set(string text, int start, int end, byte[] levels, IReadOnlyList<PageFont> fonts, bool rightToLeft)
    {
        byte[] own = levels;
        if (end > start && text[end - 1] == ' ')
        {
            own = [.. levels]; // Blanks at the end of a line have the level of the paragraph (rule L1).
            for (int i = end - 1; i >= start && text[i] == ' '; i--) own[i] = (byte)(rightToLeft ? 1 : 0);
        }
        return Shape(text, start, end, own, fonts);
    }

    static List<SetRun> Shape(string text, int start, int end, byte[] levels, IReadOnlyList<PageFont> fonts)
    {
        List<SetRun> set = [];
        foreach ((int from, int until, byte level) in Bidi.Visual(levels, start, end))
        {
            List<SetRun> run = [];
            for (int i = from; i < until;)
            {
                PageFont font = FontOf(text, i, fonts, run.Count > 0 ? run[^1].Font : null);
                int piece = i;
                while (i < until && FontOf(text, i, fonts, font) == font) i += char.IsHighSurrogate(text[i]) && i + 1 < until ? 2 : 1;
                if (i == piece) i++;
                run.Add(Shape(text[piece..i], (level & 1) == 1, font));
            }
            if ((level & 1) == 1) run.Reverse();
            set.AddRange(run);
        }
        return set;
    }

    /// <summary>The first font that has the character; blanks and marks stay with the letters before them.</summary>
    static PageFont FontOf(string text, int at, IReadOnlyList<PageFont> fonts, PageFont? before)
    {
        int character = char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at];
        if (Bidi.IsControl(text[at])) return before ?? fonts[0];
        if (before is not null && (char.IsWhiteSpace(text[at]) || char.GetUnicodeCategory(text[at]) == System.Globalization.UnicodeCategory.NonSpacingMark)
            && before.Has(character)) return before;
        return fonts.FirstOrDefault(font => font.Has(character)) ?? fonts[0];
    }

    static SetRun Shape(string text, bool rightToLeft, PageFont font)
    {
        string spoken = string.Concat(text.Where(c => !Bidi.IsControl(c)));
        using Buffer buffer = new();
        buffer.AddUtf16(spoken); // HarfBuzz mirrors brackets itself (rule L4).
        buffer.GuessSegmentProperties();
        buffer.Direction = rightToLeft ? Direction.RightToLeft : Direction.LeftToRight;
        font.Shaper.Shape(buffer);
        GlyphInfo[] infos = buffer.GlyphInfos;
        GlyphPosition[] positions = buffer.GlyphPositions;
        double scale = 1000.0 / font.UnitsPerEm;
        uint[] starts = [.. infos.Select(info => info.Cluster).Distinct().Order(), (uint)spoken.Length];
        return new SetRun(font,
        [
            .. infos.Select((info, i) => new SetGlyph(
                (ushort)info.Codepoint, positions[i].XAdvance * scale, positions[i].XOffset * scale, positions[i].YOffset * scale, TextOf(info.Cluster, i))),
        ]);

        // Of the glyphs of one cluster (a letter and its marks) one stands for its text, the others for none.
        string TextOf(uint cluster, int at) => Array.FindIndex(infos, info => info.Cluster == cluster) != at ? ""
            : spoken[(int)cluster..(int)starts[Array.IndexOf(starts, cluster) + 1]];
    }
}
