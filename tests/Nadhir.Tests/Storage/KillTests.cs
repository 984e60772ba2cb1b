using System.Diagnostics;
using System.Globalization;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Tests.Storage;

public sealed class KillTests : IDisposable
{
    /// <summary>Moments at which the writer is killed; NADHIR_KILLS=200 for a night.</summary>
    static readonly int kills =
        int.TryParse(Environment.GetEnvironmentVariable("NADHIR_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? asked : 20;

    readonly RecordFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Nothing_acknowledged_is_lost_when_the_writer_is_killed()
    {
        Random random = new(4);
        long acknowledged = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            long before = acknowledged;
            acknowledged = AppendUntilKilled(acknowledgements: 20 + random.Next(100), spinAfter: random.Next(20_000));
            Assert.True(acknowledged > before, "the writer went on where the last one was killed");

            // Every entry is read at a few of the moments, what is new since the last one at all of them.
            long read = kill % 10 == 0 ? 0 : before;
            using (SqliteJournal journal = SqliteJournal.OpenReadOnly(folder.Path))
            {
                Assert.True(journal.Count >= acknowledged, $"{acknowledged} acknowledged, {journal.Count} found");
                foreach ((long seq, Entry entry) in journal.Read(read))
                {
                    Assert.Equal(read++, seq);
                    Assert.Equal(8 * (1 + (seq % 200)), entry.Payload.Length);
                    Assert.Equal(seq, BitConverter.ToInt64(entry.Payload.Span[^8..]));
                }
                Assert.Equal(journal.Count, read);
            }
            if (kill % 10 != 0) continue;
            RecordVerdict verdict = RecordVerifier.Verify(folder.Path);
            Assert.All(verdict.Faults, fault => Assert.Contains("checkpoint is missing", fault.What, StringComparison.Ordinal));
        }
        Assert.True(RecordVerifier.Verify(folder.Path).SignedEntries > 0);
    }

    /// <summary>Starts the writer, waits for so many acknowledgements, kills it (SIGKILL), and returns the last one it gave.</summary>
    /// <param name="spinAfter">How much longer it lives, so that it dies anywhere inside a commit.</param>
    long AppendUntilKilled(int acknowledgements, int spinAfter)
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
        System.Threading.Thread.SpinWait(spinAfter);
        writer.Kill();
        // What was still in the pipe was acknowledged too; the last line may be torn.
        string[] rest = writer.StandardOutput.ReadToEnd().Split('\n');
        writer.WaitForExit();
        return rest.Length > 1 ? Parse(rest[^2]) : last;
    }

    static long Parse(string? line) => long.Parse(line ?? throw new InvalidOperationException("the writer stopped by itself"), CultureInfo.InvariantCulture);
}
