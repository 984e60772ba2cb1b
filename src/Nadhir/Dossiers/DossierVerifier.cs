using System.Globalization;
using System.Text;
using System.Text.Json;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Dossiers;

/// <summary>A file of a dossier that is not as it was signed, and how.</summary>
sealed record DossierFault(string File, string What);

/// <summary>What verification of a dossier found; the first fault is the one to look at.</summary>
sealed record DossierVerdict(IReadOnlyList<DossierFault> Faults)
{
    public string Incident { get; init; } = "";
    public string Profile { get; init; } = "";
    public string? SignedBy { get; init; }
    public bool KeyFromOutside { get; init; }
    public bool ExerciseKey => SignedBy is { } name && SigningKey.IsExercise(name);
    public int Files { get; init; }
    public int Fields { get; init; }
    public int Withheld { get; init; }
    public int Entries { get; init; }
    public int EntriesWithheld { get; init; }
    /// <summary>The root of the fields: the same in every profile of one dossier.</summary>
    public string FieldRoot { get; init; } = "";
    public bool Intact => Faults.Count == 0;
}

/// <summary>Checks a dossier alone, without its record: signature, files, fields, entries and what the fields say of them.</summary>
sealed class DossierVerifier
{
    readonly SortedDictionary<string, byte[]> files;
    readonly List<DossierFault> faults = [];
    readonly Dictionary<long, Entry> shown = [];
    int fields, withheld, entries, entriesWithheld;
    string incident = "", profile = "", fieldRoot = "";

    DossierVerifier(SortedDictionary<string, byte[]> files) => this.files = files;

    public static bool IsDossier(string path) =>
        File.Exists(path) ? path.EndsWith(".tar", StringComparison.OrdinalIgnoreCase) : File.Exists(Path.Combine(path, DossierFiles.Manifest));

    /// <param name="path">The folder, or the archive.</param>
    /// <param name="trusted">Null takes the key in the dossier, which proves only that it is whole.</param>
    public static DossierVerdict Verify(string path, NoteKey? trusted)
    {
        if (Directory.Exists(path)) return VerifyFiles(DossierFiles.OfFolder(path), trusted);
        byte[] archive = File.ReadAllBytes(path);
        SortedDictionary<string, byte[]> held;
        try
        {
            held = DossierFiles.OfArchive(archive);
        }
        catch (Exception unread) when (unread is IOException or InvalidDataException or FormatException or ArgumentException)
        {
            return new([new(Path.GetFileName(path), $"the archive cannot be read: {unread.Message}")]);
        }
        DossierVerdict verdict = VerifyFiles(held, trusted);
        byte[] again = verdict.Intact ? DossierFiles.Archive(held) : archive;
        int at = again.AsSpan().CommonPrefixLength(archive);
        return again.AsSpan().SequenceEqual(archive) ? verdict
            : verdict with { Faults = [new(Path.GetFileName(path), $"its files are intact, but the archive around them differs from byte {at} on")] };
    }

    public static DossierVerdict VerifyFiles(SortedDictionary<string, byte[]> files, NoteKey? trusted)
    {
        DossierVerifier verifier = new(files);
        string? signer = verifier.Check(trusted);
        return new(verifier.faults)
        {
            Incident = verifier.incident, Profile = verifier.profile, SignedBy = signer, KeyFromOutside = trusted is not null,
            Files = files.Count, Fields = verifier.fields, Withheld = verifier.withheld, Entries = verifier.entries,
            EntriesWithheld = verifier.entriesWithheld, FieldRoot = verifier.fieldRoot,
        };
    }

    /// <summary>In order: who signed, what was signed of the files, then what the files hold. Null when no signature holds.</summary>
    string? Check(NoteKey? trusted)
    {
        string? fault = null;
        NoteKey? key = trusted ?? NoteKey.Read(TextOf(DossierFiles.PublicKey).TrimEnd('\n'), out fault);
        if (key is null || Ed25519Verifier.For(key) is not { } verifier) return Fault(DossierFiles.PublicKey, fault ?? "it is not an Ed25519 key");
        if (SignedText(DossierFiles.Manifest, verifier) is not { } manifest) return null;
        CheckFiles(manifest);
        if (faults.Count > 0) return key.Name;
        if (SignedText(DossierFiles.Checkpoint, verifier) is not { } text) return null;
        if (Checkpoint.Read(text, out fault) is not { } checkpoint) return Fault(DossierFiles.Checkpoint, fault!);
        try
        {
            CheckFields();
            CheckEntries(checkpoint);
            CheckRows(checkpoint);
            CheckRaw();
        }
        catch (Exception unread) when (unread is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            Fault(DossierFiles.Content, $"signed, but not as a dossier is written: {unread.Message}");
        }
        return key.Name;
    }

    string? Fault(string file, string what)
    {
        faults.Add(new(file, what));
        return null;
    }

    string TextOf(string name) => files.TryGetValue(name, out byte[]? bytes) ? Encoding.UTF8.GetString(bytes) : "";

    string? SignedText(string name, INoteVerifier key)
    {
        if (!files.TryGetValue(name, out byte[]? bytes)) return Fault(name, "it is missing");
        if (SignedNote.Read(bytes, out string? fault) is not { } note) return Fault(name, $"it cannot be read: {fault}");
        if (note.Verify(key) is not NoteVerdict.Verified and var verdict)
            return Fault(name, verdict == NoteVerdict.WrongSignature ? $"the signature of {key.Name} does not fit it" : $"{key.Name} has not signed it");
        // A reader of notes forgives what is not part of the text; a byte changed there is still a byte changed.
        return note.Format().AsSpan().SequenceEqual(bytes) ? note.Text : Fault(name, "it is not written as it was signed");
    }

    void CheckFiles(string manifest)
    {
        string[] lines = manifest.TrimEnd('\n').Split('\n');
        if (lines.Length < 3 || lines[0] != DossierFiles.Schema || !lines[2].StartsWith("fields ", StringComparison.Ordinal))
        {
            Fault(DossierFiles.Manifest, $"it is not of a {DossierFiles.Schema}");
            return;
        }
        (incident, profile) = ReadTitle(lines[1]);
        fieldRoot = lines[2]["fields ".Length..];
        Dictionary<string, string> signed = lines[3..].Where(line => line.Length > 66).ToDictionary(line => line[66..], line => line[..64], StringComparer.Ordinal);
        foreach (string name in files.Keys.Where(name => name != DossierFiles.Manifest))
            if (!signed.ContainsKey(name)) Fault(name, "it does not belong to the dossier");
        foreach ((string name, string hash) in signed)
        {
            if (!files.TryGetValue(name, out byte[]? bytes)) Fault(name, "it is missing");
            else if (DossierFiles.Hash(bytes) != hash) Fault(name, "its content is not what was signed");
        }
    }

    static (string Incident, string Profile) ReadTitle(string line)
    {
        using JsonDocument both = JsonDocument.Parse($"[{line.Replace("\" \"", "\",\"", StringComparison.Ordinal)}]");
        return (both.RootElement[0].GetString()!, both.RootElement[1].GetString()!);
    }

    void CheckFields()
    {
        using JsonDocument content = JsonDocument.Parse(files[DossierFiles.Content]), tree = JsonDocument.Parse(files[DossierFiles.Fields]);
        Dictionary<string, string> values = Values(content.RootElement);
        List<byte[]> leaves = [];
        foreach (JsonElement field in tree.RootElement.GetProperty("fields").EnumerateArray())
        {
            string path = field.GetProperty("path").GetString()!;
            fields++;
            if (field.TryGetProperty("leaf", out JsonElement leaf))
            {
                withheld++;
                leaves.Add(Convert.FromHexString(leaf.GetString()!));
            }
            else if (values.Remove(path, out string? json)) leaves.Add(FieldTree.Leaf(Convert.FromHexString(field.GetProperty("salt").GetString()!), path, json));
            else Fault(DossierFiles.Content, $"{path} is committed to as shown, and is not there");
        }
        if (values.Count > 0) Fault(DossierFiles.Content, $"{values.Keys.First()} is not committed to");
        else if (faults.Count == 0 && Convert.ToHexStringLower(FieldTree.Root(leaves)) != fieldRoot)
            Fault(DossierFiles.Fields, "the fields do not lead to the root that was signed");
    }

    static Dictionary<string, string> Values(JsonElement root)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (JsonProperty section in root.EnumerateObject())
        {
            JsonElement[] rows = section.Value.ValueKind == JsonValueKind.Array ? [.. section.Value.EnumerateArray()] : [section.Value];
            for (int i = 0; i < rows.Length; i++)
                foreach (JsonProperty field in rows[i].EnumerateObject())
                    values.Add(new Section(section.Name, section.Value.ValueKind != JsonValueKind.Array, []).Path(i, new Field(field.Name, "")),
                        CanonicalJson.Of(field.Value));
        }
        return values;
    }

    void CheckEntries(Checkpoint checkpoint)
    {
        foreach (string line in TextOf(DossierFiles.Entries).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            (long seq, Entry? entry, byte[] leaf, byte[][] proof) = QuotedEntries.Read(line);
            entries++;
            if (entry is null) entriesWithheld++;
            else shown[seq] = entry;
            if (seq < 0 || !MerkleProof.Includes((ulong)seq, (ulong)checkpoint.Size, leaf, proof, checkpoint.Root.Span))
                Fault(DossierFiles.Entries, $"entry {seq} is not in the journal that was signed");
        }
    }

    /// <summary>A row that names its entry must say what the entry says, where the entry is shown.</summary>
    void CheckRows(Checkpoint checkpoint)
    {
        using JsonDocument content = JsonDocument.Parse(files[DossierFiles.Content]);
        JsonElement record = content.RootElement.GetProperty("record");
        if (record.GetProperty("root").GetString() != Convert.ToHexStringLower(checkpoint.Root.Span) || record.GetProperty("entries").GetInt64() != checkpoint.Size)
            Fault(DossierFiles.Content, "it names another state of the journal than the checkpoint");
        foreach (JsonProperty section in content.RootElement.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.Array))
            foreach (JsonElement row in section.Value.EnumerateArray())
            {
                if (!row.TryGetProperty("entry", out JsonElement at) || !row.TryGetProperty("type", out _)
                    || !shown.TryGetValue(at.GetInt64(), out Entry? entry)) continue;
                using JsonDocument said = JsonDocument.Parse(entry.Payload);
                foreach (JsonProperty member in said.RootElement.EnumerateObject())
                    if (!row.TryGetProperty(member.Name, out JsonElement told) || CanonicalJson.Of(told) != CanonicalJson.Of(member.Value))
                        Fault(DossierFiles.Content, $"{section.Name}: {member.Name} is not what entry {at.GetInt64().ToString(CultureInfo.InvariantCulture)} says");
            }
    }

    void CheckRaw()
    {
        Dictionary<string, byte[]> raw = DossierMaker.RawOf(shown.OrderBy(one => one.Key).Select(one => one.Value));
        foreach (string name in files.Keys.Where(name => name.StartsWith(DossierFiles.Raw, StringComparison.Ordinal)).Union(raw.Keys, StringComparer.Ordinal))
            if (!files.TryGetValue(name, out byte[]? bytes) || !raw.TryGetValue(name, out byte[]? entriesBytes) || !bytes.AsSpan().SequenceEqual(entriesBytes))
                Fault(name, "its bytes are not those of the entries");
    }
}
