using System.Globalization;
using Nadhir.Journal;
using Nadhir.Storage;

// Appends for ever in batches of 1 to 40 entries and prints, after each commit, how many entries are durable.
// The payload of entry n is n over and over, so that whoever reads the journal can tell a true entry from a wrong one.
string folder = args[0];
using SqliteJournal journal = File.Exists(Path.Combine(folder, RecordFiles.Journal))
    ? SqliteJournal.OpenForAppend(folder)
    : SqliteJournal.Create(folder);
SigningKey key = SigningKey.ForExercise("kill");
using StreamWriter acknowledged = new(Console.OpenStandardOutput()) { AutoFlush = true };
for (int batch = 0; ; batch++)
{
    for (int entry = 0; entry <= batch % 40; entry++)
    {
        byte[] payload = new byte[8 * (1 + (int)(journal.Count % 200))];
        for (int at = 0; at < payload.Length; at += 8) BitConverter.TryWriteBytes(payload.AsSpan(at), journal.Count);
        journal.Append(new Entry(EntryKind.Received, DateTimeOffset.UnixEpoch.AddSeconds(journal.Count), "feed", payload));
    }
    journal.Commit();
    if (batch % 50 == 49) journal.WriteCheckpoint(key);
    acknowledged.WriteLine(journal.CommittedCount.ToString(CultureInfo.InvariantCulture));
}
