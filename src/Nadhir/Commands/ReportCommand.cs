using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nadhir.Reports;
using Nadhir.Runs;
using Nadhir.Storage;

namespace Nadhir.Commands;

using Command = System.CommandLine.Command;

/// <summary><c>nadhir report RECORD</c>: what happened.</summary>
static class ReportCommand
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public static Command Create()
    {
        Argument<string> record = new("RECORD") { Description = "Folder of the record, or of a set of runs" };
        Option<bool> asJson = new("--json") { Description = "Print JSON with stable keys" };
        Option<bool> markdown = new("--markdown") { Description = "Of a set of runs: print the tables in Markdown" };
        Command command = new("report", "What happened: crossings, alerts with lead time, phases, sirens, faults, latency; of a set of runs its scores")
        {
            record, asJson, markdown,
        };
        command.SetAction(parsed =>
        {
            string folder = parsed.GetRequiredValue(record);
            try
            {
                TextWriter output = parsed.InvocationConfiguration.Output;
                if (File.Exists(Path.Combine(folder, FamilySet.ResultsFile)))
                {
                    SetReport set = SetReport.Of(FamilySet.Results(folder));
                    if (parsed.GetValue(asJson)) output.WriteLine(JsonSerializer.Serialize(set, Json));
                    else SetReportPrinter.Print(output, set, parsed.GetValue(markdown));
                    return 0;
                }

                RecordReport report = ReportReader.Read(folder);
                if (parsed.GetValue(asJson)) output.WriteLine(JsonSerializer.Serialize(report, Json));
                else Print(output, report);
                return 0;
            }
            catch (IOException fault)
            {
                Console.Error.WriteLine($"nadhir report: {fault.Message}");
                return fault is JournalDamagedException ? 1 : 2;
            }
        });
        return command;
    }

    static void Print(TextWriter output, RecordReport r)
    {
        output.WriteLine($"{r.Name}{(r.Exercise ? " (EXERCISE)" : "")}: {Time(r.From)} to {Time(r.To)}, {r.Entries} entries, root {r.Root}");
        output.WriteLine($"\ntracks: {r.Tracks.Count} confirmed");
        foreach (var group in r.Tracks.GroupBy(t => (t.Identity, t.Authorisation)).OrderBy(g => g.Key.Identity).ThenBy(g => g.Key.Authorisation, StringComparer.Ordinal))
            output.WriteLine($"  {group.Count(),5} {group.Key.Identity}{(group.Key.Authorisation is { } id ? $" ({id})" : "")}");
        output.WriteLine("\ncrossings");
        foreach (CrossingLine c in r.Crossings)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {Time(c.Time)}  track {c.Track,4} {c.Direction,-8} {c.Border}  P {c.Probability:0.000}  {c.Point.LatitudeDegrees:0.000} {c.Point.LongitudeDegrees:0.000}  {c.Identity}"));
        output.WriteLine("\nalerts");
        foreach (AlertLine a in r.Alerts)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {Time(a.Time)}  {a.Zone,-14} {a.State,-10} P {a.Probability:0.00}{Lead(a)}  by {a.Released.By}: {a.Reason}{Outlets(a)}"));
        output.WriteLine("\nsirens");
        foreach (SirenLine s in r.Sirens)
            output.WriteLine($"  {Time(s.Commanded)}  {s.Site,-16} {s.Action,-16} {s.State}");
        output.WriteLine("\nphases");
        foreach (PhaseLine p in r.Phases) output.WriteLine($"  {Time(p.Time)}  {p.Site} {p.Before} → {p.Phase} by {p.By}: {p.Reason}");
        output.WriteLine("\nfeeds");
        foreach (FeedRow f in r.Feeds)
        {
            string bad = string.Join(", ", f.Faults.Select(fault => $"{fault.Fault} {fault.Count} (last: {fault.LastDetail})"));
            output.WriteLine($"  {f.Id}: {f.Arrivals} arrivals, {f.Bytes} bytes{(bad.Length > 0 ? $"; faults: {bad}" : "")}");
        }

        output.WriteLine($"\nfaults: {r.Faults.Count}");
        foreach (FaultLine f in r.Faults.Take(20)) output.WriteLine($"  {Time(f.Time)}  {f.What}: {f.Detail}");
        output.WriteLine("\nlatency, ms (p50 p99 max)");
        Spread("input to decision on disk", r.Latency.IngestToDecision);
        Spread("decision to siren command out", r.Latency.DecisionToOutlet);
        Spread("input to siren command out", r.Latency.IngestToOutlet);

        void Spread(string what, Spread s) => output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {what,-30} {s.P50:0.00} {s.P99:0.00} {s.Max:0.00} ({s.Count})"));
    }

    static string Lead(AlertLine alert) => string.Create(CultureInfo.InvariantCulture,
        $"{(alert.LeadSeconds is { } lead ? $"  lead {lead:0} s" : "")}{(alert.LeadFraction is { } share ? $" η {share:0.00}" : "")}{(alert.MeasurementToDecisionSeconds is { } waited ? $"  {waited:0.0} s after the first measurement" : "")}");

    static string Outlets(AlertLine alert) => string.Concat(alert.Outlets.Select(outlet => string.Create(CultureInfo.InvariantCulture,
        $"\n      {outlet.Outlet}: {(outlet.AcknowledgedSeconds is { } answered ? $"answered after {answered:0.000} s" : "no answer")}{(outlet.Ok ? "" : ", failed")}")));

    static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
