using System.Globalization;
using Nadhir.Simulation.Families;

namespace Nadhir.Reports;

/// <summary>A set's scores as a table for a terminal, or in Markdown.</summary>
static class SetReportPrinter
{
    static readonly (string Head, Func<SetScore, string> Cell)[] columns =
    [
        ("family", s => s.Name),
        ("runs", s => $"{s.Runs}"),
        ("events", s => $"{s.Events}"),
        ("PoD", s => Number(s.Pod)),
        ("on time", s => Number(s.OnTime)),
        ("warnings", s => $"{s.Warnings}"),
        ("FAR", s => Number(s.Far)),
        ("CSI", s => Number(s.Csi)),
        ("lead η", s => Number(s.MeanLeadFraction)),
        ("lead s", s => Number(s.MedianLeadSeconds, "0")),
        ("delay s", s => Number(s.MedianDelaySeconds, "0.0")),
        ("watch s", s => Number(s.MedianWatchLeadSeconds, "0")),
        ("km² h", s => Number(s.WarnedAreaHours, "0")),
        ("needless", s => Number(s.NeedlessShare)),
        ("interval", s => Number(s.FirstIntervalHolds)),
        ("intervals", s => Number(s.IntervalsHold)),
        ("Brier", s => Number(s.Brier)),
        ("flaps", s => $"{s.Flaps}"),
        ("alerts", s => $"{s.Alerts}"),
    ];

    public static void Print(TextWriter output, SetReport report, bool markdown)
    {
        Table(output, [.. report.Families, report.Total], markdown);
        output.WriteLine();
        Table(output, report.Levels, markdown);
        output.WriteLine(markdown ? "\nStated probability against what happened:\n" : "\nstated probability against what happened");
        Rows(output, markdown,
            [["stated", "mean", "happened", "statements", "or near"], .. report.Total.Reliability.Select(bin => new[]
            {
                $"{Number(bin.From, "0.0")}–{Number(bin.Until, "0.0")}", Number(bin.MeanStated), Number(bin.Happened), $"{bin.Count}", Number(bin.Near),
            })]);
        output.WriteLine(markdown ? "\nWorst:\n" : "\nworst");
        Rows(output, markdown,
            [["reason", "family", "variant", "seed", "zone", "at s", "what"], .. report.Worst.Select(finding => new[]
            {
                finding.Reason, finding.Family, finding.Variant, $"{finding.Seed}", finding.Zone, Number(finding.Seconds, "0"), finding.Detail,
            })]);
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Total.Runs} runs, {report.Total.SimulatedSeconds:0} s of flight in {report.Total.TookSeconds:0} s of runs: {report.Total.SimulatedSeconds / Math.Max(0.1, report.Total.TookSeconds):0} times real time a job; {report.Total.Undetectable} arrivals nobody could have seen"));
    }

    static void Table(TextWriter output, IReadOnlyList<SetScore> scores, bool markdown) =>
        Rows(output, markdown, [[.. columns.Select(column => column.Head)],
            .. scores.Select(score => columns.Select(column => column.Cell(score)).ToArray())]);

    static void Rows(TextWriter output, bool markdown, IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        for (int i = 0; i < rows.Count; i++)
        {
            if (markdown) output.WriteLine($"| {string.Join(" | ", rows[i])} |");
            else output.WriteLine("  " + string.Join("  ", rows[i].Select((cell, column) =>
                column == 0 || column == rows[i].Length - 1 && widths[column] > 20 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
            if (markdown && i == 0) output.WriteLine($"|{string.Concat(rows[0].Select(_ => "---|"))}");
        }
    }

    static string Number(double value, string format = "0.00") =>
        double.IsNaN(value) ? "–" : value.ToString(format, CultureInfo.InvariantCulture);
}
