using System.CommandLine;
using Nadhir.Configuration;
using Nadhir.Documents;
using Nadhir.Dossiers;
using Nadhir.Journal;
using Nadhir.Paper;
using Nadhir.Storage;

namespace Nadhir.Commands;

using Command = System.CommandLine.Command;

/// <summary>
/// <c>nadhir dossier RECORD INCIDENT --out DIR</c>: exit code 0 when made, 1 when the record does not hold what it should,
/// 2 on bad usage.
/// </summary>
static class DossierCommand
{
    public static Command Create()
    {
        Argument<string> record = new("RECORD") { Description = "Folder of the record" };
        Argument<string> incident = new("INCIDENT") { Description = "Identifier of the incident" };
        Option<string> output = new("--out") { Description = "Folder to make, with an archive of the same name beside it", Required = true };
        Option<string> profile = new("--profile") { Description = "For whom: court, partner, public, or a profile of --config", DefaultValueFactory = _ => "court" };
        Option<string> language = Language();
        Option<string?> key = new("--signing-key") { Description = "The key that signed the record; default: signing.key in its folder, an exercise's own" };
        Option<string?> configuration = new("--config") { Description = "Configuration of a host, for profiles of one's own" };
        Command command = new("dossier", "Everything on record about an incident, provable: PDF, JSON, GeoJSON, KML, raw bytes, proofs")
        {
            record, incident, output, profile, language, key, configuration,
        };
        command.SetAction(parsed =>
        {
            TextWriter errors = parsed.InvocationConfiguration.Error;
            string folder = parsed.GetRequiredValue(record), to = Path.TrimEndingDirectorySeparator(parsed.GetRequiredValue(output));
            try
            {
                if (!Directory.Exists(folder)) return Refuse(errors, $"{folder} is not a folder");
                if (Directory.Exists(to) && Directory.EnumerateFileSystemEntries(to).Any()) return Refuse(errors, $"{to} is not empty");
                IReadOnlyList<DossierProfile> profiles = DossierProfile.Standard;
                if (parsed.GetValue(configuration) is { } path)
                {
                    switch (ConfigurationLoader.Load(path, CountriesFile.Find()))
                    {
                        case ConfigurationReading.Faulty faulty:
                            foreach (DocumentFault fault in faulty.Faults) errors.WriteLine($"{path}:{fault.Line}:{fault.Column}: {fault.Message}");
                            return 2;
                        case ConfigurationReading.Loaded loaded:
                            profiles = loaded.Configuration.Dossiers;
                            break;
                    }
                }
                string name = parsed.GetRequiredValue(profile);
                if (profiles.FirstOrDefault(one => one.Name == name) is not { } chosen)
                    return Refuse(errors, $"unknown profile {name}; known: {string.Join(", ", profiles.Select(one => one.Name))}");
                return Make(folder, parsed.GetRequiredValue(incident), to, chosen, parsed.GetRequiredValue(language),
                    Signer(folder, parsed.GetValue(key)), parsed.InvocationConfiguration.Output);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                errors.WriteLine($"nadhir dossier: {fault.Message}");
                return fault is DossierException or JournalDamagedException or FontsMissingException ? 1 : 2;
            }
        });
        return command;
    }

    public static Option<string> Language()
    {
        Option<string> language = new("--lang") { Description = "Language of the pages: en or ar", DefaultValueFactory = _ => "en" };
        language.AcceptOnlyFromAmong("en", "ar");
        return language;
    }

    static int Make(string record, string incident, string to, DossierProfile profile, string language, INoteSigner signer, TextWriter output)
    {
        PageFonts fonts = PageFonts.Load();
        Dossier made = DossierMaker.Make(record, incident, signer, profile, language,
            (content, watch) => PdfPages.Write(DossierPages.Of(content, profile, language, watch), fonts));
        foreach ((string name, byte[] bytes) in made.Files)
        {
            string path = Path.Combine(to, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
        }
        File.WriteAllBytes(to + ".tar", DossierFiles.Archive(made.Files));
        output.WriteLine($"{to}: {made.Files.Count} files, {made.Content.Fields.Count()} fields, {made.Withheld} of them withheld; "
            + $"{to}.tar the same in one file");
        return 0;
    }

    /// <summary>The record's own key: what the journal was signed with signs the dossier.</summary>
    static SigningKey Signer(string folder, string? keyFile)
    {
        string path = Path.Combine(folder, RecordFiles.PublicKey);
        if (!File.Exists(path)) throw new DossierException($"{folder} holds no {RecordFiles.PublicKey}: nobody has signed this record");
        string line = File.ReadAllText(path).TrimEnd('\n');
        NoteKey key = NoteKey.Read(line, out string? fault) ?? throw new DossierException($"{path} cannot be used: {fault}");
        string beside = Path.Combine(folder, "signing.key");
        SigningKey signer = (keyFile ?? (File.Exists(beside) ? beside : null)) is { } file
            ? File.Exists(file) ? SigningKey.LoadOrCreate(file, key.Name) : throw new FileNotFoundException($"{file} is not there")
            : SigningKey.IsExercise(key.Name) ? SigningKey.ForExercise(key.Name.Split('/', 2)[1])
            : throw new DossierException($"the record is signed by {key.Name}: give its key with --signing-key");
        if (signer.PublicKey.ToString() == line) return signer;
        throw new DossierException($"the key {signer.PublicKey} is not the one that signed the record ({line})");
    }

    static int Refuse(TextWriter errors, string why)
    {
        errors.WriteLine($"nadhir dossier: {why}");
        return 2;
    }
}
