using System.Text;
using Microsoft.Data.Sqlite;
using Nadhir.Journal;

namespace Nadhir.Storage;

/// <summary>The checkpoint of a record, read and held against a key.</summary>
sealed record SignatureCheck(Checkpoint? Checkpoint, string? SignedBy, IReadOnlyList<RecordFault> Faults)
{
    /// <summary>How often the key changed between the trusted one and the one that signed.</summary>
    public int KeyChanges { get; init; }
    /// <summary>The key whose signature holds.</summary>
    public NoteKey? Key { get; init; }

    public static SignatureCheck Of(string folder, NoteKey? trustedKey)
    {
        string path = Path.Combine(folder, RecordFiles.Checkpoint);
        if (!File.Exists(path)) return Bad(null, RecordPart.Checkpoint, $"{RecordFiles.Checkpoint} is missing: nothing signs these entries");
        SignedNote? note = SignedNote.Read(File.ReadAllBytes(path), out string? fault);
        Checkpoint? checkpoint = note is null ? null : Checkpoint.Read(note.Text, out fault);
        if (note is null || checkpoint is null) return Bad(null, RecordPart.Checkpoint, $"{RecordFiles.Checkpoint} cannot be read: {fault}");

        NoteKey? key = trustedKey ?? KeyInRecord(folder, out fault);
        if (key is null) return Bad(checkpoint, RecordPart.PublicKey, $"{RecordFiles.PublicKey} cannot be used: {fault}");
        int changes = 0;
        if (Ed25519Verifier.For(key) is { } first && note.Verify(first) == NoteVerdict.NoKnownKey) (key, changes) = Successor(folder, key);
        if (Ed25519Verifier.For(key) is not { } verifier)
            return Bad(checkpoint, RecordPart.PublicKey, $"the key {key.Name} is not an Ed25519 key");
        string? wrong = note.Verify(verifier) switch
        {
            NoteVerdict.NoKnownKey => $"{RecordFiles.Checkpoint} is not signed by {key}",
            NoteVerdict.WrongSignature => $"the signature of {key.Name} does not fit the {RecordFiles.Checkpoint}",
            _ => string.Equals(checkpoint.Origin, key.Name, StringComparison.Ordinal) ? null
                : $"{RecordFiles.Checkpoint} speaks for {checkpoint.Origin} but is signed by {key.Name}",
        };
        return wrong is null ? new SignatureCheck(checkpoint, key.Name, []) { KeyChanges = changes, Key = key } : Bad(checkpoint, RecordPart.Checkpoint, wrong);
    }

    /// <summary>The key that signs now, by the announcements on record, each signed by the key before.</summary>
    static (NoteKey Key, int Changes) Successor(string folder, NoteKey key)
    {
        int changes = 0;
        try
        {
            using SqliteConnection connection = JournalFile.OpenForReading(folder);
            foreach (KeyChanged change in CustodyNote.ReadAll(connection).OfType<KeyChanged>())
                if (change.After(key) is { } next) (key, changes) = (next, changes + 1);
        }
        catch (Exception unread) when (unread is SqliteException or JournalOpenException)
        {
            // The walk through the entries says what is wrong with the file.
        }
        return (key, changes);
    }

    static NoteKey? KeyInRecord(string folder, out string? fault)
    {
        string path = Path.Combine(folder, RecordFiles.PublicKey);
        fault = "it is missing";
        return File.Exists(path) ? NoteKey.Read(Encoding.UTF8.GetString(File.ReadAllBytes(path)).TrimEnd('\n'), out fault) : null;
    }

    static SignatureCheck Bad(Checkpoint? checkpoint, RecordPart part, string what) => new(checkpoint, null, [new RecordFault(part, null, what)]);
}
