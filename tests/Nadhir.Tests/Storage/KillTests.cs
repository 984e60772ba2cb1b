using System.Diagnostics;
using System.Globalization;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Tests.Storage;

public sealed class KillTests : IDisposable
{
    const int Kills = 6;

    readonly RecordFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Nothing_acknowledged_is_lost_when_the_writer_is_killed()
    {
        Random random = new(4);
        long acknowledged = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            long before = acknowledged;
            acknowledged = AppendUntilKilled(acknowledgements: 20 + random.Next(200));
            Assert.True(acknowledged > before, "the writer went on where the last one was killed");

            long read = 0;
            using (SqliteJournal journal = SqliteJournal.OpenReadOnly(folder.Path))
            {
                Assert.True(journal.Count >= acknowledged, $"{acknowledged} acknowledged, {journal.Count} found");
                foreach ((long seq, Entry entry) in journal.Read())
                {
                    Assert.Equal(read++, seq);
                    Assert.Equal(8 * (1 + (seq % 200)), entry.Payload.Length);
                    Assert.Equal(seq, BitConverter.ToInt64(entry.Payload.Span[^8..]));
                }
                Assert.Equal(journal.Count, read);
            }
            RecordVerdict verdict = RecordVerifier.Verify(folder.Path);
            Assert.All(verdict.Faults, fault => Assert.Contains("checkpoint is missing", fault.What, StringComparison.Ordinal));
        }
        Assert.True(RecordVerifier.Verify(folder.Path).SignedEntries > 0);
    }

    /// <summary>Starts the writer, waits for so many acknowledgements, kills it (SIGKILL), and returns the last one it gave.</summary>
    long AppendUntilKilled(int acknowledgements)
    {
        ProcessStartInfo start = new(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Nadhir.JournalAppender.dll"), folder.Path },
        };
        using Process writer = Process.Start(start)!;
        long last = 0;
        for (int line = 0; line < acknowledgements; line++) last = Parse(writer.StandardOutput.ReadLine());
        writer.Kill();
        // What was still in the pipe was acknowledged too; the last line may be torn.
        string[] rest = writer.StandardOutput.ReadToEnd().Split('\n');
        writer.WaitForExit();
        return rest.Length > 1 ? Parse(rest[^2]) : last;
    }

    static long Parse(string? line) => long.Parse(line ?? throw new InvalidOperationException("the writer stopped by itself"), CultureInfo.InvariantCulture);
}
