using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Nadhir.Storage;

/// <summary>What is noted about a journal when it is made; none of it is part of the tree.</summary>
public sealed record JournalOptions
{
    /// <summary>Who wrote it, for people: program and version.</summary>
    public string Program { get; init; } = "nadhir";

    /// <summary>When it was made; left out of a record that is to come out the same each time.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Secret when absent; a record that is to come out the same each time is given those of an exercise.</summary>
    public LeafSalts? Salts { get; init; }

    /// <summary>As an older build would make it, for tests.</summary>
    internal int Format { get; init; } = JournalFile.Format;

    /// <summary>False for measuring only: a commit then does not wait for the disk.</summary>
    internal bool FlushEachCommit { get; init; } = true;

    /// <summary>The most pages of 4 KiB the file may grow to; null leaves it to the disk.</summary>
    public long? MostPages { get; init; }
}

/// <summary>Makes the file of a journal whole under another name first, so that a crash never leaves half of one.</summary>
static class NewJournalFile
{
    public static void Make(string folder, JournalOptions options)
    {
        string file = Path.Combine(folder, RecordFiles.Journal), unfinished = file + ".new";
        File.Delete(unfinished);
        File.Delete(unfinished + "-journal");
        using (SqliteConnection connection = JournalFile.Open(unfinished, SqliteOpenMode.ReadWriteCreate))
        {
            JournalFile.Execute(
                connection,
                $"PRAGMA synchronous = FULL; BEGIN; PRAGMA application_id = {JournalFile.ApplicationId}; {JournalFile.Schema(options.Format)}");
            Note(connection, "format", options.Format.ToString(CultureInfo.InvariantCulture));
            Note(connection, "program", options.Program);
            if (options.Created is { } created)
                Note(connection, "created", created.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
            JournalFile.Execute(connection, "COMMIT");
        }
        File.Move(unfinished, file);
        FolderSync.Flush(folder);
    }

    static void Note(SqliteConnection connection, string name, string value)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "INSERT INTO meta (name, value) VALUES ($name, $value)";
        command.Parameters.AddWithValue("$name", name);
        command.Parameters.AddWithValue("$value", value);
        command.ExecuteNonQuery();
    }
}
