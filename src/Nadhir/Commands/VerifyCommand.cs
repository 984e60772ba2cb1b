using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nadhir.Dossiers;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Commands;

using Command = System.CommandLine.Command;

/// <summary><c>nadhir verify RECORD</c>: 0 when the record is as it was written, 1 when not, 2 when there is nothing to verify.</summary>
public static class VerifyCommand
{
    const int Intact = 0, FaultFound = 1, BadUsage = 2;

    static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static Command Create() => Create(recomputation: null);

    /// <param name="recomputation">How decisions are made again; null checks the chain and the signature only.</param>
    public static Command Create(Func<IRecomputation>? recomputation)
    {
        Argument<string> record = new("RECORD") { Description = "Folder of the record, or of a dossier, or a dossier's archive" };
        Option<bool> asJson = new("--json") { Description = "Print the verdict as JSON" };
        Option<string?> key = new("--key")
        {
            Description = "The public key to trust, or a file that holds it; without it the record's own journal.pub is taken",
        };
        Option<string[]> witnesses = new("--witness") { Description = "Key of a witness that must have cosigned, or a file that holds it" };
        Option<string?> cosigned = new("--cosigned")
        {
            Description = "A checkpoint that a witness kept; without it the record's own checkpoint.cosigned is taken",
        };
        Option<string?> authority = new("--timestamp-ca")
        {
            Description = "PEM: the authority whose time stamps (RFC 3161) the record must carry",
        };
        Option<bool> chainOnly = new("--chain-only") { Description = "Check hashes and signatures, but do not recompute decisions" };
        Option<bool> earlier = new("--earlier")
        {
            Description = "Check the records that this one follows too, oldest first, each with the key that the one before ended with",
        };
        Command command = new("verify", "Check a record or a dossier: chain, signature, recomputation; names the first entry that differs")
        {
            record, asJson, key, chainOnly, earlier, witnesses, cosigned, authority,
        };
        command.SetAction(parsed =>
        {
            string folder = parsed.GetRequiredValue(record);
            TextWriter errors = parsed.InvocationConfiguration.Error;
            bool isDossier = DossierVerifier.IsDossier(folder);
            if (!isDossier && !Directory.Exists(folder)) return Refuse(errors, $"{folder} is neither a folder nor a dossier's archive");
            string? fault = null;
            NoteKey? trusted = parsed.GetValue(key) is { } given ? ReadKey(given, out fault) : null;
            if (fault is not null) return Refuse(errors, $"--key: {fault}");
            List<NoteKey> watchers = [];
            foreach (string one in parsed.GetValue(witnesses) ?? [])
            {
                if (ReadKey(one, out fault) is not { } read) return Refuse(errors, $"--witness: {fault}");
                watchers.Add(read);
            }
            try
            {
                if (isDossier) return Print(parsed.InvocationConfiguration.Output, DossierVerifier.Verify(folder, trusted), parsed.GetValue(asJson));
                Func<IRecomputation>? decide = parsed.GetValue(chainOnly) ? null : recomputation;
                TextWriter output = parsed.InvocationConfiguration.Output;
                List<RecordVerdict> before = [];
                List<RecordFault> faults = [];
                foreach (string folderBefore in parsed.GetValue(earlier) ? EarlierRecords.FoldersBefore(folder, faults) : [])
                {
                    RecordVerdict one = RecordVerifier.Verify(folderBefore, decide, trusted, Progress());
                    if (trusted is not null) trusted = one.Key ?? trusted;
                    if (!one.Intact) faults.Add(new RecordFault(RecordPart.Earlier, null, $"{folderBefore} is not intact: {one.Faults[0].What}"));
                    before.Add(one);
                }
                Attestations attestations = new(folder, watchers, parsed.GetValue(cosigned), parsed.GetValue(authority));
                RecordVerdict verdict = RecordVerifier.Verify(folder, decide, trusted, Progress(), attestations);
                ClearProgress();
                verdict = verdict with { Faults = [.. verdict.Faults, .. faults], Earlier = before };
                Print(output, verdict, parsed.GetValue(asJson));
                return verdict.Intact ? Intact : FaultFound;
            }
            catch (Exception unread) when (unread is UnauthorizedAccessException or IOException or System.Security.Cryptography.CryptographicException)
            {
                return Refuse(errors, unread.Message);
            }
        });
        return command;
    }

    static int Refuse(TextWriter errors, string why)
    {
        errors.WriteLine($"nadhir verify: {why}");
        return BadUsage;
    }

    static void Print(TextWriter output, RecordVerdict verdict, bool asJson)
    {
        if (asJson)
        {
            output.WriteLine(JsonSerializer.Serialize(verdict, json));
            return;
        }
        foreach (RecordVerdict one in verdict.Earlier)
        {
            Print(output, one, asJson: false);
            output.WriteLine();
        }
        foreach (RecordFault fault in verdict.Faults) output.WriteLine($"FAULT  {fault.What}");
        output.WriteLine($"{Count(verdict.Entries)} entries, root {verdict.Root}");
        output.WriteLine(SignedBy(verdict.SignedBy, verdict.ExerciseKey, verdict.KeyFromOutside));
        if (verdict.KeyChanges > 0) output.WriteLine($"the key was changed {verdict.KeyChanges} times, each time announced by the one before");
        foreach (string line in verdict.Attested) output.WriteLine(line);
        if (verdict.UnsignedTail > 0) output.WriteLine($"{Count(verdict.UnsignedTail)} entries after the last checkpoint are not signed yet");
        output.WriteLine(verdict.Sealed ? "sealed at a clean close" : "not sealed: still being written, or not closed cleanly");
        if (verdict.Withheld > 0) output.WriteLine($"{Count(verdict.Withheld)} entries withheld by retention: their hashes stand");
        if (verdict.Follows is { } before)
            output.WriteLine($"follows {before.Before}: {Count(before.Entries)} entries, root {before.Root}{(verdict.EarlierFound ? "" : ", which is not here")}");
        output.WriteLine(verdict.DecisionsRecomputed ? "every decision recomputed" : "decisions not recomputed");
        output.WriteLine(verdict.Intact ? "INTACT" : $"NOT INTACT: {verdict.Faults[0].What}");
    }

    static int Print(TextWriter output, DossierVerdict verdict, bool asJson)
    {
        if (asJson)
        {
            output.WriteLine(JsonSerializer.Serialize(verdict, json));
            return verdict.Intact ? Intact : FaultFound;
        }
        foreach (DossierFault fault in verdict.Faults) output.WriteLine($"FAULT  {fault.File}: {fault.What}");
        if (verdict.FieldRoot.Length > 0) output.WriteLine($"dossier of {verdict.Incident}, profile {verdict.Profile}, fields {verdict.FieldRoot}");
        output.WriteLine($"{Count(verdict.Files)} files; {Count(verdict.Fields)} fields, {Count(verdict.Withheld)} withheld; "
            + $"{Count(verdict.Entries)} journal entries, {Count(verdict.EntriesWithheld)} withheld");
        output.WriteLine(SignedBy(verdict.SignedBy, verdict.ExerciseKey, verdict.KeyFromOutside));
        output.WriteLine(verdict.Intact ? "INTACT" : $"NOT INTACT: {verdict.Faults[0].File}: {verdict.Faults[0].What}");
        return verdict.Intact ? Intact : FaultFound;
    }

    static string SignedBy(string? signer, bool exerciseKey, bool keyFromOutside) => signer is { } name
        ? $"signed by {name}{(exerciseKey ? " (an exercise's key, which anyone can make)" : "")}; "
          + (keyFromOutside ? "the key was given with --key" : "the key is the record's own: give --key to prove who signed")
        : "not signed by a key that can be checked";

    internal static NoteKey? ReadKey(string given, out string? fault) =>
        NoteKey.Read((File.Exists(given) ? File.ReadAllText(given) : given).Trim(), out fault);

    static Action<long>? Progress() =>
        Console.IsErrorRedirected ? null : entries => Console.Error.Write($"\r{Count(entries)} entries read ");

    static void ClearProgress()
    {
        if (!Console.IsErrorRedirected) Console.Error.Write("\r\u001b[K");
    }

    static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
