using Microsoft.Data.Sqlite;
using Nadhir.Journal;

namespace Nadhir.Storage;

/// <summary>Holds the kept hashes of full subtrees against those made again from the entries; remembers the first that differs.</summary>
sealed class KeptSubtrees(SqliteConnection connection) : IDisposable
{
    readonly StoredTree stored = new(connection);

    public RecordFault? Fault { get; private set; }

    public void Compare(int level, long number, byte[] hash)
    {
        // A journal that an older build went on with keeps none for its last entries; they are made when it is opened.
        if (Fault is not null || number >= Tile.HashesAt(level - 1, stored.Subtrees)) return;
        try
        {
            if (!stored.Read(level, number, 1).Span.SequenceEqual(hash)) Note("is not that of its entries");
        }
        catch (JournalDamagedException)
        {
            Note("is missing");
        }

        void Note(string what) =>
            Fault = new RecordFault(RecordPart.Journal, null, $"the kept hash of subtree {number} of level {level} {what}");
    }

    public void Dispose() => stored.Dispose();
}
