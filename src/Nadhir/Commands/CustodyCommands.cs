using System.CommandLine;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Nadhir.Custody;
using Nadhir.Hosting;
using Nadhir.Storage;

namespace Nadhir.Commands;

using Command = System.CommandLine.Command;

/// <summary>
/// <c>nadhir journal …</c> and <c>nadhir key rotate</c>: what is done to a record that nobody writes, or, with
/// <c>--server</c>, through the system that writes it.
/// </summary>
static class CustodyCommands
{
    static readonly Argument<string> record = new("RECORD") { Description = "Folder of the record" };
    static readonly Argument<string?> recordOrNone = new("RECORD")
    {
        Description = "Folder of the record; none with --server", Arity = ArgumentArity.ZeroOrOne,
    };
    static readonly Option<Uri?> server = ServerOption.Create("A running system that writes the record, like http://127.0.0.1:8470");
    static readonly Option<string?> token = new("--token-file") { Description = "With --server: file with its operator's token" };
    static readonly Option<string> by = new("--by") { Description = "The person who answers for it", Required = true };
    static readonly Option<string> reason = new("--reason") { Description = "Why; it goes on record", Required = true };
    static readonly Option<string?> keyFile = new("--key-file") { Description = "The key that signs; without it the record's signing.key" };

    public static Command CreateJournal() => new("journal", "Export, import, hold or withhold what a record keeps")
    {
        Export(), Import(), Hold(), LiftHold(), Withhold(),
    };

    public static Command CreateKey()
    {
        Command rotate = new("rotate", "Sign with a new key from now on; the one before announces it on record") { recordOrNone, by, reason, keyFile, server, token };
        rotate.SetAction(parsed => Run("key rotate", parsed, output =>
        {
            if (Sent(parsed, new CustodyOrder("key.change", Who(parsed), Why(parsed)), output)) return;
            string folder = Folder(parsed);
            string file = parsed.GetValue(keyFile) ?? Path.Combine(folder, "signing.key");
            output.WriteLine($"signed from now on with {CustodyBook.ChangeKey(folder, file, Who(parsed), Why(parsed), TimeProvider.System)}");
            output.WriteLine("keep this line where you keep the one before; witnesses need it too (--log)");
        }));
        return new("key", "The key that signs a record") { rotate };
    }

    static Command Export()
    {
        Argument<string> file = new("FILE") { Description = "One file to write, such as record.tar.gz" };
        Command command = new("export", "A record as one file; it may be written meanwhile") { record, file };
        command.SetAction(parsed => Run("journal export", parsed, output =>
        {
            JournalExport.Export(parsed.GetRequiredValue(record), parsed.GetRequiredValue(file));
            output.WriteLine($"{parsed.GetRequiredValue(file)}: {new FileInfo(parsed.GetRequiredValue(file)).Length} bytes");
        }));
        return command;
    }

    static Command Import()
    {
        Argument<string> file = new("FILE") { Description = "What export wrote" };
        Argument<string> folder = new("RECORD") { Description = "Folder to make" };
        Option<string?> key = new("--key") { Description = "The public key to trust, or a file that holds it" };
        Command command = new("import", "An exported record as a folder, verified first") { file, folder, key };
        command.SetAction(parsed => Run("journal import", parsed, output =>
        {
            string? fault = null;
            Journal.NoteKey? trusted = parsed.GetValue(key) is { } given ? VerifyCommand.ReadKey(given, out fault) : null;
            if (fault is not null) throw new CustodyException($"--key: {fault}");
            RecordVerdict verdict = JournalExport.Import(parsed.GetRequiredValue(file), parsed.GetRequiredValue(folder), trusted);
            output.WriteLine($"{verdict.Entries} entries, root {verdict.Root}");
        }));
        return command;
    }

    static Command Hold()
    {
        Option<string> id = new("--id") { Description = "Name of the hold", Required = true };
        Option<DateTimeOffset?> from = new("--from") { Description = "Begin of the time held" }, to = new("--to") { Description = "Its end" };
        Option<string?> incident = new("--incident") { Description = "Instead of a time: an incident of the record" };
        Option<double> hours = new("--hours") { Description = "Hours held before and after an incident was opened", DefaultValueFactory = _ => 24 };
        Command command = new("hold", "Keep payloads of a time from retention") { recordOrNone, id, from, to, incident, hours, by, reason, keyFile, server, token };
        command.SetAction(parsed => Run("journal hold", parsed, output =>
        {
            if (Sent(parsed, new CustodyOrder("hold.place", Who(parsed), Why(parsed))
            {
                Hold = parsed.GetRequiredValue(id), From = parsed.GetValue(from), To = parsed.GetValue(to), Incident = parsed.GetValue(incident), Hours = parsed.GetValue(hours),
            }, output)) return;
            string folder = Folder(parsed);
            (DateTimeOffset begin, DateTimeOffset end) = (parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(incident)) switch
            {
                ({ } start, { } stop, null) when start <= stop => (start, stop),
                (null, null, { } name) => Around(folder, name, TimeSpan.FromHours(parsed.GetValue(hours))),
                _ => throw new CustodyException("give --from and --to, or --incident"),
            };
            HoldPlaced hold = new(parsed.GetRequiredValue(id), begin, end, parsed.GetValue(incident)) { By = Who(parsed), Reason = Why(parsed) };
            CustodyBook.PlaceHold(folder, CustodyBook.KeyOf(folder, parsed.GetValue(keyFile)), hold, TimeProvider.System);
            output.WriteLine($"hold {hold.Hold}: {begin:O} to {end:O}");
        }));
        return command;
    }

    static (DateTimeOffset Begin, DateTimeOffset End) Around(string folder, string incident, TimeSpan margin)
    {
        using SqliteJournal journal = SqliteJournal.OpenReadOnly(folder);
        IncidentRow found = Restorer.Restore(journal, complete: false).Watch.Snapshot().Incidents.FirstOrDefault(row => row.Id == incident)
            ?? throw new CustodyException($"the record has no incident {incident}");
        return (found.OpenedAt - margin, found.OpenedAt + margin);
    }

    static Command LiftHold()
    {
        Option<string> id = new("--id") { Description = "Name of the hold", Required = true };
        Command command = new("lift-hold", "End a hold") { recordOrNone, id, by, reason, keyFile, server, token };
        command.SetAction(parsed => Run("journal lift-hold", parsed, output =>
        {
            if (Sent(parsed, new CustodyOrder("hold.lift", Who(parsed), Why(parsed)) { Hold = parsed.GetRequiredValue(id) }, output)) return;
            string folder = Folder(parsed);
            HoldLifted lifted = new(parsed.GetRequiredValue(id)) { By = Who(parsed), Reason = Why(parsed) };
            CustodyBook.LiftHold(folder, CustodyBook.KeyOf(folder, parsed.GetValue(keyFile)), lifted, TimeProvider.System);
            output.WriteLine($"hold {lifted.Hold} lifted");
        }));
        return command;
    }

    static Command Withhold()
    {
        Option<DateTimeOffset> before = new("--before") { Description = "Payloads received before this time", Required = true };
        Command command = new("withhold", "Take old payloads out of a record; their hashes stand, holds are kept") { record, before, by, reason, keyFile };
        command.SetAction(parsed => Run("journal withhold", parsed, output =>
        {
            string folder = parsed.GetRequiredValue(record);
            long count = CustodyBook.Withhold(
                folder, CustodyBook.KeyOf(folder, parsed.GetValue(keyFile)), parsed.GetValue(before), Who(parsed), Why(parsed), TimeProvider.System);
            output.WriteLine($"{count.ToString("N0", CultureInfo.InvariantCulture)} payloads withheld");
        }));
        return command;
    }

    static string Folder(ParseResult parsed) =>
        parsed.GetValue(recordOrNone) ?? throw new CustodyException("give the folder of the record, or --server");

    /// <summary>Whether it went to a running system, which then has done it.</summary>
    static bool Sent(ParseResult parsed, CustodyOrder order, TextWriter output)
    {
        if (parsed.GetValue(server) is not { } address) return false;
        if (parsed.GetValue(recordOrNone) is not null || parsed.GetValue(keyFile) is not null)
            throw new CustodyException("the running system has its record and its key: give --server alone");
        try
        {
            CustodyAnswer answer = CustodyClient.Send(address, parsed.GetValue(token), order).GetAwaiter().GetResult();
            output.WriteLine(answer.Done);
            if (answer.Key is not null) output.WriteLine("keep this line where you keep the one before; witnesses need it too (--log)");
            return true;
        }
        catch (Exception unreached) when (unreached is HttpRequestException or TaskCanceledException)
        {
            throw new CustodyException($"{address} does not answer: {unreached.Message}");
        }
    }

    static string Who(ParseResult parsed) => parsed.GetRequiredValue(by);

    static string Why(ParseResult parsed) => parsed.GetRequiredValue(reason);

    static int Run(string name, ParseResult parsed, Action<TextWriter> work)
    {
        try
        {
            work(parsed.InvocationConfiguration.Output);
            return 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException or SqliteException)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"nadhir {name}: {fault.Message}");
            return 1;
        }
    }
}
