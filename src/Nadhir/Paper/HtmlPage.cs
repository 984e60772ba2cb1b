using System.Globalization;
using System.Net;
using System.Text;

namespace Nadhir.Paper;

/// <summary>The same blocks as one page of HTML, without scripts; pictures as SVG.</summary>
static class HtmlPage
{
    const string Css = "body{font:15px/1.45 system-ui,'Noto Sans','Noto Sans Arabic',sans-serif;margin:1.5rem auto;max-width:60rem;padding:0 1rem;color:#111;background:#fff}"
        + "table{border-collapse:collapse;width:100%;font-size:.85em}th{background:#e4e8ec}th,td{text-align:start;padding:.3em .5em;border-bottom:1px solid #b0b8c0;vertical-align:top}"
        + ".drill{color:#b00020;font-weight:700;border:2px solid;padding:.2em .6em;display:inline-block}svg{width:100%;height:auto;background:#f6f8fa}";

    public static string Write(Paper paper)
    {
        StringBuilder page = new($"<!doctype html>\n<html lang=\"{paper.Language}\" dir=\"{(paper.RightToLeft ? "rtl" : "ltr")}\"><head><meta charset=\"utf-8\">"
            + $"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{Text(paper.Title)}</title><style>{Css}</style></head>\n<body>\n");
        if (paper.Exercise) page.Append($"<p class=\"drill\">{Text(paper.ExerciseMark)}</p>\n");
        page.Append($"<h1>{Text(paper.Title)}</h1>\n");
        string heading = paper.Title;
        foreach (Block block in paper.Blocks)
        {
            switch (block)
            {
                case Block.Heading next:
                    heading = next.Text;
                    page.Append($"<h2>{Text(heading)}</h2>\n");
                    break;
                case Block.Words words:
                    page.Append($"<p>{(words.Strong ? $"<strong>{Text(words.Text)}</strong>" : Text(words.Text))}</p>\n");
                    break;
                case Block.Table table:
                    page.Append($"<table><thead><tr>{string.Concat(table.Head.Select(cell => $"<th scope=\"col\">{Text(cell)}</th>"))}</tr></thead><tbody>\n");
                    foreach (IReadOnlyList<string> row in table.Rows) page.Append($"<tr>{string.Concat(row.Select(cell => $"<td>{Text(cell)}</td>"))}</tr>\n");
                    page.Append("</tbody></table>\n");
                    break;
                case Block.Picture picture:
                    Draw(page, picture, heading, paper.RightToLeft);
                    break;
            }
        }
        return page.Append("</body></html>\n").ToString();
    }

    /// <param name="name">What a screen reader calls the picture.</param>
    /// <param name="rightToLeft">Labels begin at their place, left of the words, in either direction; the words keep theirs.</param>
    static void Draw(StringBuilder page, Block.Picture picture, string name, bool rightToLeft)
    {
        page.Append($"<svg viewBox=\"0 0 1000 {N(picture.Aspect)}\" direction=\"ltr\" role=\"img\" aria-label=\"{Text(name)}\">\n");
        foreach (Mark.Line line in picture.Marks.OfType<Mark.Line>())
            page.Append($"<{(line.Closed ? "polygon" : "polyline")} points=\"{string.Join(' ', line.Points.Select(point => $"{N(point.X)},{N(point.Y)}"))}\" fill=\"{(line.Fill is { } fill ? "#" + fill : "none")}\" "
                + $"stroke=\"#{line.Colour}\" stroke-width=\"{(line.Width * 2).ToString(CultureInfo.InvariantCulture)}\"{(line.Dashed ? " stroke-dasharray=\"6 4\"" : "")}/>\n");
        foreach (Mark.Label label in picture.Marks.OfType<Mark.Label>())
            page.Append($"<text x=\"{N(label.X + 0.006)}\" y=\"{N(label.Y + 0.004)}\" font-size=\"13\" fill=\"#{label.Colour}\">{(rightToLeft ? '\u2067' : '\u2066')}{Text(label.Text)}\u2069</text>\n");
        page.Append("</svg>\n");
    }

    static string N(double share) => Math.Round(share * 1000, 1).ToString(CultureInfo.InvariantCulture);

    static string Text(string plain) => WebUtility.HtmlEncode(plain).Replace("\n", "<br>", StringComparison.Ordinal);
}
