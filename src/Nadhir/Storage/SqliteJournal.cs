using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Nadhir.Journal;
using SQLitePCL;

namespace Nadhir.Storage;

/// <summary>
/// The journal of one record, in one SQLite file. Appending is for one thread; what <see cref="Commit"/> has returned for
/// is on the disk. <see cref="Read"/> may be called from any thread and sees what is committed.
/// </summary>
public sealed partial class SqliteJournal : IDisposable
{
    readonly string folder;
    readonly SqliteConnection connection;
    readonly WriterLock? writerLock;
    readonly EntryInsert? insert;
    readonly SubtreeInsert? subtrees;
    readonly LeafHasher hasher = new();
    readonly LeafSalts? salts;
    CompactRange range;
    CompactRange committed;
    bool inBatch, closed;

    SqliteJournal(string folder, SqliteConnection connection, WriterLock? writerLock, CompactRange range, LeafSalts? salts = null)
    {
        (this.folder, this.connection, this.writerLock, this.range, committed) = (folder, connection, writerLock, range, range.Copy());
        if (writerLock is null) return;
        this.salts = JournalFile.HasSalts(connection) ? salts ?? LeafSalts.Secret() : null;
        insert = new EntryInsert(connection, this.salts is not null);
        subtrees = new SubtreeInsert(connection);
    }

    /// <summary>Entries appended, those of the open batch among them.</summary>
    public long Count => range.Size;

    /// <summary>Entries that are on the disk.</summary>
    public long CommittedCount => committed.Size;

    /// <summary>Makes an empty journal in a folder, which is made when it is not there.</summary>
    public static SqliteJournal Create(string folder, JournalOptions? options = null)
    {
        options ??= new JournalOptions();
        Directory.CreateDirectory(folder);
        return WhileLocked(folder, held =>
        {
            string file = Path.Combine(folder, RecordFiles.Journal);
            if (File.Exists(file)) throw new JournalOpenException($"{folder} already holds a journal; it is opened, not made anew");
            NewJournalFile.Make(folder, options);
            return WhileOpen(
                OpenToWrite(file, options),
                database => new SqliteJournal(folder, database, held, new CompactRange(), options.Salts));
        });
    }

    /// <summary>
    /// Goes on where the journal ends. Checks that entries are numbered without a gap and that they still hold what the
    /// last checkpoint signed; a sealed record is unsealed.
    /// </summary>
    public static SqliteJournal OpenForAppend(string folder, JournalOptions? options = null)
    {
        string file = Path.Combine(folder, RecordFiles.Journal);
        if (!File.Exists(file)) throw new JournalOpenException($"{folder} holds no {RecordFiles.Journal}");
        return WhileLocked(folder, held =>
        {
            File.Delete(Path.Combine(folder, RecordFiles.Seal));
            FolderSync.Flush(folder);
            options ??= new JournalOptions();
            return WhileOpen(OpenToWrite(file, options), database =>
            {
                JournalFile.RequireOurs(database, file);
                JournalFile.Execute(database, JournalFile.TreeSchema);
                return new SqliteJournal(folder, database, held, JournalEdge.Open(database, folder, write: true), options.Salts);
            });
        });
    }

    public static SqliteJournal OpenReadOnly(string folder) =>
        WhileOpen(
            JournalFile.OpenForReading(folder),
            database => new SqliteJournal(folder, database, writerLock: null, JournalEdge.Open(database, folder, write: false)));

    /// <summary>Adds an entry to the open batch, opening one when there is none; returns its number, from 0.</summary>
    /// <exception cref="JournalWriteException">The disk would not; the whole batch is taken back.</exception>
    public long Append(Entry entry)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        Invariant.Require(insert is not null, "a journal opened for reading is not appended to");
        if (!inBatch) Begin();
        byte[] source = EntryEncoding.EncodeSource(entry.Source);
        long microseconds = EntryEncoding.ToMicroseconds(entry.Time);
        long seq = range.Size;
        Span<byte> room = stackalloc byte[EntryEncoding.SaltSize];
        Span<byte> salt = salts is null ? default : room;
        salts?.Write(seq, salt);
        byte[] leafHash = hasher.Hash(salt, (byte)entry.Kind, microseconds, source, entry.Payload.Span);
        int code = insert.Run(seq, (byte)entry.Kind, microseconds, source, leafHash, salt, entry.Payload.Span);
        if (code != raw.SQLITE_DONE) throw TakeBack($"entry {seq} could not be written", JournalFile.Fault(connection.Handle!, code));
        range.Append(leafHash, subtrees!.Run);
        if (subtrees.TakeFault() is { } fault)
            throw TakeBack($"the tree of entry {seq} could not be written", JournalFile.Fault(connection.Handle!, fault));
        return seq;
    }

    /// <summary>Puts the open batch on the disk: durable when this returns.</summary>
    /// <exception cref="JournalWriteException">The disk would not; the whole batch is taken back.</exception>
    public void Commit()
    {
        if (!inBatch) return;
        try
        {
            JournalFile.Execute(connection, "COMMIT");
        }
        catch (SqliteException fault)
        {
            throw TakeBack($"entries {committed.Size} to {range.Size - 1} could not be put on the disk", fault);
        }
        inBatch = false;
        committed = range.Copy();
    }

    /// <summary>The RFC 6962 root over everything appended.</summary>
    public byte[] Root() => range.Root();

    /// <summary>What is committed, from an entry on, as it streams off the disk.</summary>
    /// <exception cref="JournalDamagedException">The file is damaged or holds what no journal can hold.</exception>
    public IEnumerable<(long Seq, Entry Entry)> Read(long from = 0) => JournalReading.Read(folder, from);

    /// <summary>The tree over what is committed, to make proofs with: each reads some hundred hashes from the disk.</summary>
    public JournalTree Tree() => new(folder);

    /// <summary>
    /// Commits, signs the root and writes the file <c>checkpoint</c> (and <c>journal.pub</c>, the key to check it with).
    /// Returns the signed note.
    /// </summary>
    /// <param name="signers">The first one's key is the record's; more than one while a key is being changed.</param>
    public string WriteCheckpoint(params ReadOnlySpan<INoteSigner> signers)
    {
        Commit();
        Checkpoint checkpoint = new(signers[0].PublicKey.Name, committed.Size, committed.Root());
        byte[] note = SignedNote.Sign(checkpoint.Text(), signers).Format();
        WritePublicKey(signers[0].PublicKey);
        RecordFiles.WriteDurably(folder, RecordFiles.Checkpoint, note);
        return Encoding.UTF8.GetString(note);
    }

    /// <summary>
    /// Closes a finished record: signs it, folds SQLite's side files into the one file, and writes
    /// <c>journal.sha256</c> over all of it, so that any byte changed later shows.
    /// </summary>
    /// <exception cref="JournalWriteException">Someone reads it, or the disk would not: it stays open and unsealed.</exception>
    public void Seal(params ReadOnlySpan<INoteSigner> signers)
    {
        WriteCheckpoint(signers);
        try
        {
            if (JournalFile.Ask(connection, "PRAGMA journal_mode = DELETE") != "delete")
                throw new JournalWriteException("the journal cannot be sealed while someone reads it");
        }
        catch (SqliteException fault)
        {
            throw new JournalWriteException($"the journal could not be sealed: {fault.Message}", fault);
        }
        Close(() => RecordFiles.WriteDurably(folder, RecordFiles.Seal, Encoding.UTF8.GetBytes(RecordFiles.ComputeSeal(folder))));
    }

    /// <summary>Closes without sealing; a batch that was not committed is lost, as after a crash.</summary>
    public void Dispose() => Close(() => { });

    void Close(Action beforeUnlocking)
    {
        if (closed) return;
        closed = true;
        insert?.Dispose();
        subtrees?.Dispose();
        connection.Dispose();
        using (writerLock) beforeUnlocking();
    }

    void WritePublicKey(NoteKey key)
    {
        string path = Path.Combine(folder, RecordFiles.PublicKey), line = $"{key}\n";
        if (File.Exists(path) && string.Equals(File.ReadAllText(path), line, StringComparison.Ordinal)) return;
        RecordFiles.WriteDurably(folder, RecordFiles.PublicKey, Encoding.UTF8.GetBytes(line));
    }

    void Begin()
    {
        try
        {
            JournalFile.Execute(connection, "BEGIN IMMEDIATE");
            inBatch = true;
        }
        catch (SqliteException fault)
        {
            throw new JournalWriteException($"the journal cannot be written: {fault.Message}", fault);
        }
    }

    JournalWriteException TakeBack(string what, SqliteException fault)
    {
        // SQLite has already rolled back by itself after some faults.
        if (raw.sqlite3_get_autocommit(connection.Handle) == 0) raw.sqlite3_exec(connection.Handle, "ROLLBACK");
        inBatch = false;
        range = committed.Copy();
        return new JournalWriteException($"{what}: {fault.Message}", fault);
    }

    static SqliteConnection OpenToWrite(string file, JournalOptions options)
    {
        try
        {
            SqliteConnection database = JournalFile.Open(file, SqliteOpenMode.ReadWrite);
            JournalFile.Execute(database, $"PRAGMA journal_mode = WAL; PRAGMA synchronous = {(options.FlushEachCommit ? "FULL" : "OFF")};");
            if (options.MostPages is { } pages)
                JournalFile.Execute(database, $"PRAGMA max_page_count = {pages.ToString(CultureInfo.InvariantCulture)}");
            return database;
        }
        catch (SqliteException fault)
        {
            throw new JournalOpenException($"{file} cannot be opened: {fault.Message}", fault);
        }
    }

    /// <summary>Keeps the lock with the journal that comes out, and gives it back when none does.</summary>
    static SqliteJournal WhileLocked(string folder, Func<WriterLock, SqliteJournal> open)
    {
        WriterLock held = new(folder);
        try
        {
            return open(held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    static SqliteJournal WhileOpen(SqliteConnection database, Func<SqliteConnection, SqliteJournal> open)
    {
        try
        {
            return open(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
