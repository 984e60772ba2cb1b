using System.Text;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Dossiers;

/// <summary>A dossier made: its files and what was withheld of it.</summary>
sealed record Dossier(SortedDictionary<string, byte[]> Files, DossierContent Content, int Withheld);

/// <summary>Makes the dossier of an incident out of a record. The same record, key, profile and language give the same bytes.</summary>
static class DossierMaker
{
    /// <param name="signer">The key of the record: one key proves the journal and the dossier.</param>
    /// <param name="printed">Prints the pages; null: none are printed.</param>
    /// <exception cref="DossierException">There is no such incident, or the record is not what its checkpoint signed.</exception>
    public static Dossier Make(
        string record, string incident, INoteSigner signer, DossierProfile profile, string language, Func<DossierContent, WatchConfiguration, byte[]>? printed)
    {
        // The checkpoint first: of a record that is being written, what is opened after it holds at least what it signs.
        SignatureCheck found = SignatureCheck.Of(record, signer.PublicKey);
        if (found.Faults is [var fault, ..]) throw new DossierException($"the record's checkpoint does not hold: {fault.What}");
        byte[] written = File.ReadAllBytes(Path.Combine(record, RecordFiles.Checkpoint));
        using SqliteJournal journal = SqliteJournal.OpenReadOnly(record);
        if (journal.CustodyNotes().OfType<PayloadsWithheld>().FirstOrDefault() is { } gone)
            throw new DossierException($"retention withholds what was received before {gone.Before:yyyy-MM-dd HH:mm}Z: tracks cannot be made again; a hold would have kept it");
        using JournalTree tree = journal.Tree();
        (byte[] note, Checkpoint checkpoint) = SignedState(written, found, journal, tree, signer);
        Case about = Case.Read(journal, incident, checkpoint.Size);
        about.Watch(journal);
        DossierContent whole = CaseSections.Of(about, checkpoint);
        Redaction redaction = new(profile, about.Configuration);
        DossierContent content = redaction.Apply(whole);

        SortedDictionary<long, SaltedEntry> quoted = Quoted(journal, about, whole, tree, checkpoint);
        HashSet<long> shown = redaction.Shown(content,
            quoted.Select(one => (one.Key, one.Value.Entry)).Where(one => one.Entry.Kind is EntryKind.Received or EntryKind.Configuration));
        byte[] secret = FieldTree.Secret(signer, Convert.ToHexStringLower(checkpoint.Root.Span), incident);
        (byte[] fields, byte[] root) = FieldTree.Write(content, secret);
        Entry[] raw = [.. quoted.Where(one => shown.Contains(one.Key) && one.Value.Entry.Kind == EntryKind.Received).Select(one => one.Value.Entry)];
        byte[]? replay = ReplayFile.Write(content, about.Configuration, raw);
        SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal)
        {
            [DossierFiles.Content] = content.ToJson(),
            [DossierFiles.Fields] = fields,
            [DossierFiles.Entries] = QuotedEntries.Write(quoted, shown, tree, checkpoint.Size),
            [DossierFiles.Checkpoint] = note,
            [DossierFiles.PublicKey] = Encoding.UTF8.GetBytes($"{signer.PublicKey}\n"),
            ["README.txt"] = Encoding.UTF8.GetBytes(DossierReadme.Write(content, profile, language, replay is null ? null : ReplayFile.Command(raw[0].Time))),
            ["tracks.geojson"] = TrackFiles.GeoJson(content),
            ["tracks.kml"] = TrackFiles.Kml(content),
        };
        if (TrackFiles.PlotsCsv(content) is { } plots) files["plots.csv"] = plots;
        if (replay is not null) files[ReplayFile.Name] = replay;
        foreach ((string name, byte[] bytes) in RawOf(raw)) files[name] = bytes;
        if (printed is not null) files["dossier.pdf"] = printed(content, about.Configuration);
        string manifest = DossierFiles.ManifestText(incident, profile.Name, root, files);
        files[DossierFiles.Manifest] = SignedNote.Sign(manifest, signer).Format();
        return new Dossier(files, content, content.Fields.Count(field => field.Field.Withheld is not null));
    }

    /// <summary>Raw bytes feed by feed, as they came, one arrival after the other.</summary>
    public static Dictionary<string, byte[]> RawOf(IEnumerable<Entry> entries) => entries
        .Where(entry => entry.Kind == EntryKind.Received).GroupBy(entry => DossierFiles.RawOf(entry.Source), StringComparer.Ordinal)
        .ToDictionary(feed => feed.Key, feed => feed.SelectMany(entry => entry.Payload.ToArray()).ToArray(), StringComparer.Ordinal);

    /// <summary>
    /// The record's checkpoint when it signs every entry; else, as of a record still being written, one made now. Either
    /// way the entries must be those a checkpoint of the record signs.
    /// </summary>
    static (byte[] Note, Checkpoint Checkpoint) SignedState(
        byte[] written, SignatureCheck found, SqliteJournal journal, JournalTree tree, INoteSigner signer)
    {
        Checkpoint signed = found.Checkpoint!;
        if (signed.Size > journal.CommittedCount || !signed.Root.Span.SequenceEqual(tree.Root(signed.Size)))
            throw new DossierException("the record is not what its checkpoint signs; nadhir verify says what differs");
        bool isWritten = SignedCheckpoint.Read(written, out _)?.Size == signed.Size;
        if (signed.Size == journal.CommittedCount && isWritten) return (written, signed);
        Checkpoint now = new(signer.PublicKey.Name, journal.CommittedCount, tree.Root(journal.CommittedCount));
        return (SignedNote.Sign(now.Text(), signer).Format(), now);
    }

    static SortedDictionary<long, SaltedEntry> Quoted(
        SqliteJournal journal, Case about, DossierContent content, JournalTree tree, Checkpoint checkpoint)
    {
        HashSet<long> wanted = [0, .. content.Sections.SelectMany(section => section.Rows).SelectMany(row => row.Entries)];
        wanted.UnionWith(about.Witness!.Plots.Select(plot => plot.Entry));
        SortedDictionary<long, SaltedEntry> quoted = [];
        foreach ((long seq, Entry entry) in journal.Read())
        {
            if (seq >= checkpoint.Size) break;
            if (!wanted.Contains(seq)) continue;
            SaltedEntry salted = quoted[seq] = new(entry, tree.Salt(seq));
            if (!MerkleProof.Includes((ulong)seq, (ulong)checkpoint.Size, salted.Leaf(), tree.InclusionProof(seq, checkpoint.Size), checkpoint.Root.Span))
                throw new DossierException($"entry {seq} is not what was signed; nadhir verify says what differs");
        }
        return quoted;
    }
}
