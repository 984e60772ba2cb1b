using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Nadhir.Custody;
using Nadhir.Journal;
using Nadhir.Storage;
using Nadhir.Tests.Demo;
using Nadhir.Tests.Dossiers;
using Nadhir.Tests.Storage;

namespace Nadhir.Tests.Custody;

/// <summary>Keys and holds of a record that is being written, ordered from outside while the system watches.</summary>
public sealed class LiveCustodyTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_running_system_places_and_lifts_holds_and_changes_its_key()
    {
        await using LiveRecord live = await LiveRecord.Start();
        string[] server = ["--server", live.Address.ToString(), "--token-file", live.Token];
        await live.Process.WaitFor("a checkpoint", _ => File.Exists(Path.Combine(live.Record, RecordFiles.PublicKey)));
        string first = (await File.ReadAllTextAsync(Path.Combine(live.Record, RecordFiles.PublicKey), Cancellation)).Trim();
        await live.Do(new { type = "incident.open", by = "duty officer", incident = "INC-1", title = "attack", zone = "Z" });

        Assert.Contains("hold case-7: ", await Done(["journal", "hold", "--id", "case-7", "--incident", "INC-1", "--hours", "2", "--by", "counsel", "--reason", "inquiry", .. server]), StringComparison.Ordinal);
        await Done(["journal", "hold", "--id", "case-8", "--from", "2026-01-01T00:00Z", "--to", "2026-01-02T00:00Z", "--by", "counsel", "--reason", "law", .. server]);
        Assert.Contains("there is a hold case-7 already", await Refused(["journal", "hold", "--id", "case-7", "--incident", "INC-1", "--by", "c", "--reason", "r", .. server]), StringComparison.Ordinal);
        Assert.Contains("no incident INC-9", await Refused(["journal", "hold", "--id", "x", "--incident", "INC-9", "--by", "c", "--reason", "r", .. server]), StringComparison.Ordinal);
        Assert.Contains("begins before it ends", await Refused(["journal", "hold", "--id", "x", "--from", "2026-01-02T00:00Z", "--to", "2026-01-01T00:00Z", "--by", "c", "--reason", "r", .. server]), StringComparison.Ordinal);
        Assert.Contains("say who", await Refused(["journal", "lift-hold", "--id", "case-8", "--by", " ", "--reason", "r", .. server]), StringComparison.Ordinal);
        await Done(["journal", "lift-hold", "--id", "case-8", "--by", "counsel", "--reason", "closed", .. server]);
        Assert.Contains("401", await Refused("journal", "lift-hold", "--id", "case-7", "--by", "c", "--reason", "r", "--server", live.Address.ToString()), StringComparison.Ordinal);

        string second = await Done(["key", "rotate", "--by", "keeper", "--reason", "yearly", .. server]);
        await Done(["key", "rotate", "--by", "keeper", "--reason", "again", .. server]);
        Assert.StartsWith("signed from now on with live.nadhir.invalid+", second, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(live.Record, "signing.key.next")));
        RecordVerdict running = RecordVerifier.Verify(live.Record, trustedKey: NoteKey.Read(first, out _));
        Assert.True(running is { Intact: true, KeyChanges: 0 or 2 }, string.Join("; ", running.Faults));
        // The system watches as before, and its record is whole to whoever kept the first key.
        await live.Do(new { type = "event.record", by = "desk", kind = "meeting", text = "after the change" });
        using (HttpClient anyone = new() { BaseAddress = live.Address })
            Assert.Equal(HttpStatusCode.Unauthorized, (await anyone.GetAsync("/api/custody", Cancellation)).StatusCode);
        using (HttpClient operators = new() { BaseAddress = live.Address, DefaultRequestHeaders = { Authorization = new("Bearer", "operators-secret") } })
        {
            JsonElement[] notes = [.. (await operators.GetFromJsonAsync<JsonElement>("/api/custody", Cancellation)).EnumerateArray()];
            Assert.Equal(["hold.placed", "hold.placed", "hold.lifted", "key.changed", "key.changed"], notes.Select(note => note.GetProperty("type").GetString()));
        }

        Assert.Equal(0, await live.Process.Terminate());
        string output = await Done("verify", live.Record, "--key", first);
        Assert.Contains("the key was changed 2 times", output, StringComparison.Ordinal);
        Assert.Contains("every decision recomputed", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_change_of_key_that_a_crash_cut_short_is_finished_once_it_is_announced(bool announced)
    {
        using RecordFolder folder = new();
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        string keyFile = folder.File("signing.key");
        SigningKey old = SigningKey.LoadOrCreate(keyFile, "log.example/one"), next = SigningKey.LoadOrCreate(CustodyBook.NextOf(keyFile), "log.example/one");
        using SqliteJournal journal = SqliteJournal.Create(folder.Path);
        RecordFolder.Append(journal, 20);
        if (announced) journal.Append(new Entry(EntryKind.Custody, clock.GetUtcNow(), "keeper", KeyChanged.From(old, next).Encode()));
        journal.WriteCheckpoint(old);

        SigningKey signs = CustodyBook.FinishChange(journal, keyFile, old);
        Assert.Equal((announced ? next : old).PublicKey.ToString(), signs.PublicKey.ToString());
        Assert.Equal(announced, !File.Exists(CustodyBook.NextOf(keyFile)));
        journal.Seal(signs);
        RecordVerdict verdict = RecordVerifier.Verify(folder.Path, trustedKey: old.PublicKey);
        Assert.True(verdict.Intact && verdict.KeyChanges == (announced ? 1 : 0), string.Join("; ", verdict.Faults));
    }

    static async Task<string> Done(params string[] arguments)
    {
        (int code, string output, string errors) = await NadhirProcess.Run(arguments);
        Assert.True(code == 0, string.Join(' ', arguments) + output + errors);
        return output;
    }

    static async Task<string> Refused(params string[] arguments)
    {
        (int code, string output, string errors) = await NadhirProcess.Run(arguments);
        Assert.True(code == 1, string.Join(' ', arguments) + output + errors);
        return errors;
    }
}
