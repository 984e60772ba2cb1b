using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Data.Sqlite;
using Nadhir.Journal;

namespace Nadhir.Storage;

/// <summary>What is put on record about the record itself (entries of the kind custody).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(KeyChanged), "key.changed")]
[JsonDerivedType(typeof(HoldPlaced), "hold.placed")]
[JsonDerivedType(typeof(HoldLifted), "hold.lifted")]
[JsonDerivedType(typeof(PayloadsWithheld), "payloads.withheld")]
[JsonDerivedType(typeof(RecordFollows), "record.follows")]
public abstract record CustodyNote
{
    /// <summary>The person who answers for it, or <c>nadhir</c>.</summary>
    public string By { get; init; } = "nadhir";
    public string Reason { get; init; } = "";

    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, CustodyJson.Default.CustodyNote);

    /// <summary>Null when the payload is none of ours.</summary>
    public static CustodyNote? Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, CustodyJson.Default.CustodyNote);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>All of a record, in order.</summary>
    /// <exception cref="SqliteException">The file is damaged.</exception>
    internal static IReadOnlyList<CustodyNote> ReadAll(SqliteConnection connection)
    {
        List<CustodyNote> notes = [];
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT payload FROM entries WHERE kind = 7 ORDER BY seq";
        using SqliteDataReader rows = command.ExecuteReader();
        while (rows.Read())
            if (Read(rows.GetFieldValue<byte[]>(0)) is { } note) notes.Add(note);
        return notes;
    }
}

/// <summary>From here on another key signs; said by the one before in <see cref="Announcement"/>, a signed note.</summary>
public sealed record KeyChanged(string Announcement) : CustodyNote
{
    // No number in the second line: the announcement can never be taken for a checkpoint.
    const string SecondLine = "is signed from now on with";

    public static KeyChanged From(SigningKey old, SigningKey next)
    {
        string text = $"{old.PublicKey.Name}\n{SecondLine}\n{next.PublicKey}\n";
        return new KeyChanged(Encoding.UTF8.GetString(SignedNote.Sign(text, old).Format()));
    }

    /// <summary>The key that follows, if the trusted one announced it; null otherwise.</summary>
    public NoteKey? After(NoteKey trusted)
    {
        SignedNote? note = SignedNote.Read(Encoding.UTF8.GetBytes(Announcement), out _);
        if (note is null || Ed25519Verifier.For(trusted) is not { } verifier || note.Verify(verifier) != NoteVerdict.Verified) return null;
        return note.Text.Split('\n') is [var origin, SecondLine, var key, ""] && origin == trusted.Name
            && NoteKey.Read(key, out _) is { } next && next.Name == trusted.Name ? next : null;
    }
}

/// <summary>Payloads received in this time (both ends counted) are kept, whatever retention says.</summary>
public sealed record HoldPlaced(string Hold, DateTimeOffset From, DateTimeOffset To, string? Incident = null) : CustodyNote;

public sealed record HoldLifted(string Hold) : CustodyNote;

/// <summary>The payloads of received entries in these ranges are withheld from now on.</summary>
public sealed record PayloadsWithheld(DateTimeOffset Before, long Entries, IReadOnlyList<EntryRange> Ranges) : CustodyNote;

/// <summary>
/// This record follows an earlier one, kept in the folder <see cref="Before"/>, that had so many entries with this root
/// (base 64) when this one began: what signs this record signs that one with it.
/// </summary>
public sealed record RecordFollows(string Before, long Entries, string Root) : CustodyNote;

/// <summary>Entries from the first to the last, both counted.</summary>
public sealed record EntryRange(long First, long Last);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CustodyNote))]
sealed partial class CustodyJson : JsonSerializerContext;
