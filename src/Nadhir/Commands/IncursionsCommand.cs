using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Nadhir.Hosting;
using Nadhir.Incidents;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Commands;

using Command = System.CommandLine.Command;

/// <summary><c>nadhir incursions RECORD</c>: flights across the border with no authorisation on file, as states report them.</summary>
static class IncursionsCommand
{
    public static Command Create()
    {
        Argument<string> record = new("RECORD") { Description = "Folder of the record" };
        Option<bool> csv = new("--csv") { Description = "Print CSV, a row each, with probability and source beside every item" };
        Option<bool> json = new("--json") { Description = "Print JSON" };
        Option<bool> markdown = new("--markdown") { Description = "Print a Markdown table for each" };
        Command command = new("incursions", "Flights across the border with no authorisation on file, item by item as states report them")
        {
            record, csv, json, markdown,
        };
        command.Validators.Add(result =>
        {
            if (new[] { csv, json, markdown }.Count(result.GetValue) > 1) result.AddError("choose one of --csv, --json, --markdown");
        });
        command.SetAction(parsed =>
        {
            try
            {
                Boards boards = Read(parsed.GetRequiredValue(record));
                TextWriter output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(json)) output.WriteLine(JsonSerializer.Serialize(boards.Incursions, ReportCommand.Json));
                else if (parsed.GetValue(csv)) output.Write(Csv(boards));
                else output.Write(Markdown(boards));
                return 0;
            }
            catch (IOException fault)
            {
                Console.Error.WriteLine($"nadhir incursions: {fault.Message}");
                return fault is JournalDamagedException ? 1 : 2;
            }
        });
        return command;
    }

    static Boards Read(string folder)
    {
        using SqliteJournal journal = SqliteJournal.OpenReadOnly(folder);
        Watch? watch = null;
        foreach ((long _, Entry entry) in journal.Read())
        {
            if (entry.Kind == EntryKind.Configuration) watch = Engine.Build(Restorer.ReadConfiguration(entry), entry.Time);
            else if (entry.IsInput) watch?.Apply(entry);
        }

        return watch?.Snapshot() ?? throw new JournalOpenException("the record holds no configuration");
    }

    internal static string Csv(Boards boards)
    {
        StringBuilder table = new("incursion,state");
        foreach (IncursionItem item in Enum.GetValues<IncursionItem>())
        {
            string name = JsonNamingPolicy.CamelCase.ConvertName(item.ToString());
            table.Append(CultureInfo.InvariantCulture, $",{name},{name}Probability,{name}Source,{name}Amended");
        }

        table.Append("\r\n");
        foreach (IncursionRow row in boards.Incursions)
        {
            table.Append(CultureInfo.InvariantCulture, $"{Field(row.Id)},{row.State}");
            foreach (IncursionLine line in row.Lines)
                table.Append(CultureInfo.InvariantCulture,
                    $",{Field(line.Value)},{line.Probability},{Field(line.Source)},{Field(Amended(row, line.Item))}");
            table.Append("\r\n");
        }

        return table.ToString();
    }

    internal static string Markdown(Boards boards)
    {
        if (boards.Incursions.IsEmpty) return "No flight across the border without an authorisation on file.\n";
        StringBuilder text = new();
        foreach (IncursionRow row in boards.Incursions)
        {
            text.Append(CultureInfo.InvariantCulture, $"## {row.Id} ({row.State})\n\n| item | value | probability | source | added by people |\n|---|---|---|---|---|\n");
            foreach (IncursionLine line in row.Lines)
                text.Append(CultureInfo.InvariantCulture,
                    $"| {line.Item} | {Cell(line.Value)} | {line.Probability} | {Cell(line.Source)} | {Cell(Amended(row, line.Item))} |\n");
            text.Append('\n');
        }

        return text.ToString();
    }

    static string Amended(IncursionRow row, IncursionItem item) => string.Join("; ",
        row.Amendments.Where(each => each.Item == item).Select(each => $"{each.Value} ({each.Basis}; {each.By})"));

    /// <summary>RFC 4180; what a spreadsheet would take for a formula begins with an apostrophe.</summary>
    static string Field(string value)
    {
        if (value.Length > 0 && "=+-@\t\r".Contains(value[0], StringComparison.Ordinal)) value = "'" + value;
        return value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    static string Cell(string value) => value.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
