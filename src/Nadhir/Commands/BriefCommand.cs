using System.CommandLine;
using System.Globalization;
using Nadhir.Briefs;
using Nadhir.Dossiers;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Paper;
using Nadhir.Storage;

namespace Nadhir.Commands;

using Command = System.CommandLine.Command;

/// <summary><c>nadhir brief RECORD</c>: the situation at a moment of a record, as a page or PDF by the ending of --out.</summary>
static class BriefCommand
{
    public static Command Create()
    {
        Argument<string> record = new("RECORD") { Description = "Folder of the record" };
        Option<string?> at = new("--at") { Description = "Moment, as 2024-07-29T21:40:00Z; the end of the record without it" };
        Option<string> output = new("--out") { Description = "File to write: .html or .pdf", Required = true };
        Option<bool> all = new("--restricted") { Description = "With the rows that are marked restricted, and directives" };
        Option<string> language = DossierCommand.Language();
        Command command = new("brief", "The situation at a moment: map, alerts, tracks, phases, readiness, incidents, lost coverage, directives")
        {
            record, at, output, all, language,
        };
        command.SetAction(parsed =>
        {
            TextWriter errors = parsed.InvocationConfiguration.Error;
            DateTimeOffset until = DateTimeOffset.MaxValue;
            if (parsed.GetValue(at) is { } told && !DateTimeOffset.TryParse(told, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out until))
                return Refuse(errors, "--at is a moment, as 2024-07-29T21:40:00Z");
            string file = parsed.GetRequiredValue(output);
            try
            {
                (Boards boards, WatchConfiguration configuration) = Situation(parsed.GetRequiredValue(record), until);
                Paper.Paper paper = SituationBrief.Of(boards, configuration, parsed.GetRequiredValue(language), parsed.GetValue(all));
                if (file.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase)) File.WriteAllBytes(file, PdfPages.Write(paper, PageFonts.Load()));
                else if (file.EndsWith(".html", StringComparison.OrdinalIgnoreCase)) File.WriteAllText(file, HtmlPage.Write(paper));
                else return Refuse(errors, "--out ends with .html or .pdf");
                return 0;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                errors.WriteLine($"nadhir brief: {fault.Message}");
                return fault is DossierException or JournalDamagedException or FontsMissingException ? 1 : 2;
            }
        });
        return command;
    }

    static (Boards Boards, WatchConfiguration Configuration) Situation(string folder, DateTimeOffset until)
    {
        using SqliteJournal journal = SqliteJournal.OpenReadOnly(folder);
        WatchConfiguration? configuration = null;
        Watch? watch = null;
        foreach ((long seq, Entry entry) in journal.Read())
        {
            if (entry.Time > until) break;
            if (seq == 0)
            {
                configuration = Restorer.ReadConfiguration(entry);
                watch = Engine.Build(configuration, entry.Time);
            }
            if (entry.IsInput) watch?.Apply(entry);
        }
        return watch is null ? throw new DossierException("the record holds nothing up to that moment") : (watch.Snapshot(), configuration!);
    }

    static int Refuse(TextWriter errors, string why)
    {
        errors.WriteLine($"nadhir brief: {why}");
        return 2;
    }
}
