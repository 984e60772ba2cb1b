using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Tests.Storage;

/// <summary>A record's folder for one test, and entries to fill it with.</summary>
sealed class RecordFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("nadhir-record-").FullName;

    public static SigningKey Key { get; } = SigningKey.ForExercise("tests");

    /// <summary>Salts that anyone can make, so that a test can say what a leaf hash is to be.</summary>
    public static JournalOptions Salted { get; } = new() { Salts = LeafSalts.OfExercise("tests") };

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Entry n of a small exercise: a configuration, then plots, ticks and decisions; one payload is longer than a page.</summary>
    public static Entry Sample(long n)
    {
        DateTimeOffset time = new DateTimeOffset(2024, 4, 13, 23, 0, 0, TimeSpan.Zero).AddMilliseconds(n);
        byte[] payload = new byte[n == 7 ? 9000 : 20 + (n % 50)];
        new Random((int)n).NextBytes(payload);
        return n switch
        {
            0 => new Entry(EntryKind.Configuration, time, "", "{}"u8.ToArray()),
            _ when n % 5 == 0 => new Entry(EntryKind.Tick, time, "", default),
            _ when n % 5 == 1 => new Entry(EntryKind.Decision, time, "watch", payload),
            _ => new Entry(EntryKind.Received, time, "SIM-1", payload),
        };
    }

    /// <summary>The salt of entry n, where the journal was made <see cref="Salted"/>.</summary>
    public static byte[] Salt(long n)
    {
        byte[] salt = new byte[EntryEncoding.SaltSize];
        LeafSalts.OfExercise("tests").Write(n, salt);
        return salt;
    }

    /// <summary>Sample n as it is hashed.</summary>
    public static byte[] Encoded(long n) => EntryEncoding.Encode(Sample(n), Salt(n));

    public static byte[] Leaf(long n) => MerkleHash.Leaf(Encoded(n));

    public static void Append(SqliteJournal journal, int count)
    {
        for (int i = 0; i < count; i++) journal.Append(Sample(journal.Count));
        journal.Commit();
    }

    /// <summary>A finished record of so many entries.</summary>
    public RecordFolder Sealed(int count)
    {
        using SqliteJournal journal = SqliteJournal.Create(Path, Salted);
        Append(journal, count);
        journal.Seal(Key);
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
