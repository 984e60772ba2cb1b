using System.Text;

namespace Nadhir.Simulation.Load;

/// <summary>
/// Draws cost against the number of targets, both logarithmic, with a line of proportional cost, as SVG.
/// </summary>
public static class ScalingPlot
{
    const double Left = 70, Right = 36, Top = 44, Bottom = 52, Wide = 640, High = 420;

    public static string Draw(IReadOnlyList<LoadRow> rows, ScalingLaw law)
    {
        (double least, double most) across = Decades(rows.Select(r => (double)r.Targets));
        (double least, double most) up = Decades(rows.Select(r => r.ShareOfOneCore));
        double AtX(double value) =>
            Left + ((Math.Log10(value) - across.least) / (across.most - across.least) * (Wide - Left - Right));
        double AtY(double value) =>
            High - Bottom - ((Math.Log10(value) - up.least) / (up.most - up.least) * (High - Top - Bottom));
        StringBuilder svg = new();
        svg.Append($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Wide} {High}" """)
            .Append("""font-family="sans-serif" font-size="12">""").Append('\n');
        svg.Append($"""<rect width="{Wide}" height="{High}" fill="white"/>""").Append('\n');
        Text(svg, Left, 24, "start", 
            $"Tracker: part of one core against targets at constant density; exponent {law.Exponent:F2}");
        for (double decade = across.least; decade <= across.most; decade++)
        {
            Line(svg, AtX(Math.Pow(10, decade)), Top, AtX(Math.Pow(10, decade)), High - Bottom, "#ddd");
            Text(svg, AtX(Math.Pow(10, decade)), High - Bottom + 18, "middle", $"{Math.Pow(10, decade):N0}");
        }

        for (double decade = up.least; decade <= up.most; decade++)
        {
            Line(svg, Left, AtY(Math.Pow(10, decade)), Wide - Right, AtY(Math.Pow(10, decade)), "#ddd");
            Text(svg, Left - 8, AtY(Math.Pow(10, decade)) + 4, "end", $"{100 * Math.Pow(10, decade):0.####} %");
        }

        Text(svg, (Left + Wide - Right) / 2, High - 12, "middle", "targets");
        DrawProportion(svg, rows, AtX, AtY);
        string points = string.Join(' ', rows.Select(r => $"{AtX(r.Targets):F1},{AtY(r.ShareOfOneCore):F1}"));
        svg.Append($"""<polyline points="{points}" fill="none" stroke="#05a" stroke-width="2"/>""").Append('\n');
        foreach (LoadRow row in rows)
        {
            double x = AtX(row.Targets), y = AtY(row.ShareOfOneCore);
            string words = $"{row.DetectionsPerProcessorSecond / 1000:F0}k detections/s, "
                + $"p99 {row.ScanP99Milliseconds:F2} ms a scan";
            svg.Append($"""<circle cx="{x:F1}" cy="{y:F1}" r="4" fill="#05a"/>""").Append('\n');
            if (x < Wide / 2) Text(svg, x + 10, y + 16, "start", words);
            else Text(svg, x - 10, y - 10, "end", words);
        }

        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>
    /// The dashed line: what every size would cost if a target cost what it does in the smallest load.
    /// </summary>
    static void DrawProportion(
        StringBuilder svg, IReadOnlyList<LoadRow> rows, Func<double, double> atX, Func<double, double> atY)
    {
        LoadRow first = rows.MinBy(r => r.Targets)!, last = rows.MaxBy(r => r.Targets)!;
        double there = first.ShareOfOneCore * last.Targets / first.Targets;
        svg.Append($"""<line x1="{atX(first.Targets):F1}" y1="{atY(first.ShareOfOneCore):F1}" """)
            .Append($"""x2="{atX(last.Targets):F1}" y2="{atY(there):F1}" stroke="#888" stroke-dasharray="5 4"/>""")
            .Append('\n');
        Text(svg, Wide - Right, High - Bottom - 10, "end", "dashed: proportional to the number of targets");
    }

    static void Line(StringBuilder svg, double x1, double y1, double x2, double y2, string colour) =>
        svg.Append($"""<line x1="{x1:F1}" y1="{y1:F1}" x2="{x2:F1}" y2="{y2:F1}" stroke="{colour}"/>""").Append('\n');

    static void Text(StringBuilder svg, double x, double y, string anchor, string words) =>
        svg.Append($"""<text x="{x:F1}" y="{y:F1}" text-anchor="{anchor}">{words}</text>""").Append('\n');

    /// <summary>Whole powers of ten around the values, a decade at the least.</summary>
    static (double Least, double Most) Decades(IEnumerable<double> values)
    {
        double[] logarithms = [.. values.Select(v => Math.Log10(Math.Max(v, 1e-9)))];
        double least = Math.Floor(logarithms.Min() + 1e-9), most = Math.Ceiling(logarithms.Max() - 1e-9);
        return (least, Math.Max(most, least + 1));
    }
}
