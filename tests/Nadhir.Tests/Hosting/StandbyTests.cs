using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Nadhir.Core.Tests.Desks;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Storage;
using Nadhir.Tests.Demo;
using Nadhir.Tests.Storage;
using Nadhir.Warning;

namespace Nadhir.Tests.Hosting;

/// <summary>A system that follows the record of another, and goes on with it when that one is gone.</summary>
public sealed class StandbyTests : IDisposable
{
    static readonly DateTimeOffset start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly WatchConfiguration plain = WatchBench.Plain with { Feeds = [], Sensors = [] };

    readonly RecordFolder folder = new();
    readonly FakeTimeProvider clock = new(start);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    static string Seen(Watch watch)
    {
        Boards boards = watch.Snapshot();
        return JsonSerializer.Serialize(new { boards.Alerts, boards.Sirens, boards.Incidents, boards.Statements, boards.Sites });
    }

    Entry Order(Command command) => new(EntryKind.Command, clock.GetUtcNow(), command.By, WatchJson.Encode(command));

    Entry Tick()
    {
        clock.Advance(TimeSpan.FromSeconds(1));
        return new(EntryKind.Tick, clock.GetUtcNow(), "", default);
    }

    [Fact]
    public async Task It_has_the_watch_of_the_one_that_writes_and_makes_the_decisions_that_one_left_unwritten()
    {
        Standby standby = new(plain, folder.Path, clock);
        standby.Follow(); // Nobody has begun a record yet.
        Entry last = Order(new RaiseAlert("z", AlertState.Warning, ThreatKind.Aircraft, "heard") { By = "duty" });
        string before;
        IReadOnlyList<Decision> unwritten;
        using (SqliteJournal writer = RecordOpening.Open(plain, folder.Path, clock))
        {
            Watch watch = Restorer.Restore(writer).Watch;
            Recorder recorder = new(writer, watch);
            for (int turn = 0; turn < 60; turn++)
            {
                recorder.Apply(Tick());
                if (turn == 20) recorder.Apply(Order(new OpenIncident("INC-1", "something", "z") { By = "duty" }));
                recorder.Commit();
                if (turn % 7 == 0) standby.Follow();
            }

            Assert.Equal(writer.CommittedCount - 3, standby.Followed);
            Assert.False(WriterLock.IsFree(folder.Path));
            last = last with { Time = clock.GetUtcNow() };
            unwritten = [.. watch.Apply(last)];
            Assert.NotEmpty(unwritten);
            before = Seen(watch);
            writer.Append(last); // It dies between an input and its decisions.
            writer.Commit();
        }

        List<string> said = [];
        Standby again = new(plain, folder.Path, clock) { Say = said.Add };
        foreach (Standby each in new[] { standby, again })
        {
            (SqliteJournal journal, Restored restored) = await each.Wait(Cancellation);
            using (journal)
            {
                Assert.Equal(before, Seen(restored.Watch));
                Assert.Equal(clock.GetUtcNow(), restored.LastTime);
                Assert.Equal(
                    unwritten.Select(decision => Convert.ToHexString(WatchJson.Encode(decision))),
                    journal.Read().TakeLast(unwritten.Count).Select(one => Convert.ToHexString(one.Entry.Payload.Span)));
                Assert.Contains(restored.Unfinished, decision => decision.Decision is SirenCommanded);
                if (each == again) journal.Seal(SigningKey.ForExercise("standby"));
            }
        }

        Assert.Contains("entries were left to follow", Assert.Single(said), StringComparison.Ordinal);
        Assert.True(RecordVerifier.Verify(folder.Path, () => new Recomputation()) is { DecisionsRecomputed: true });
    }

    [Fact]
    public async Task A_record_begun_anew_in_the_same_place_is_followed_from_its_beginning()
    {
        WatchConfiguration changed = plain with { Title = "changed" };
        Standby standby = new(changed, folder.Path, clock);
        using (SqliteJournal first = RecordOpening.Open(plain, folder.Path, clock))
        {
            Recorder recorder = new(first, Restorer.Restore(first).Watch);
            for (int turn = 0; turn < 30; turn++) recorder.Apply(Tick());
            recorder.Commit();
            standby.Follow();
            Assert.Equal(31, standby.Followed);
        }

        using (SqliteJournal second = RecordOpening.Open(changed, folder.Path, clock))
        {
            Recorder recorder = new(second, Restorer.Restore(second).Watch);
            for (int turn = 0; turn < 50; turn++) recorder.Apply(Tick());
            recorder.Commit();
            standby.Follow();
            Assert.Equal(52, standby.Followed);
        }

        (SqliteJournal journal, Restored restored) = await standby.Wait(Cancellation);
        using (journal) Assert.Equal(("changed", 52L), (restored.Configuration.Title, journal.CommittedCount));
        Assert.Single(Directory.GetDirectories(folder.Path, "until-*"));
    }

    [Fact]
    public async Task With_another_configuration_it_begins_a_record_of_its_own_as_a_restart_would()
    {
        Standby standby = new(plain with { Title = "newer" }, folder.Path, clock);
        using (SqliteJournal first = RecordOpening.Open(plain, folder.Path, clock))
        {
            Recorder recorder = new(first, Restorer.Restore(first).Watch);
            recorder.Apply(Tick());
            recorder.Commit();
            standby.Follow();
        }

        (SqliteJournal journal, Restored restored) = await standby.Wait(Cancellation);
        using (journal) Assert.Equal(("newer", 2L), (restored.Configuration.Title, journal.CommittedCount));
        Assert.Single(Directory.GetDirectories(folder.Path, "until-*"));
    }

    [Fact]
    public void One_that_is_no_longer_heard_of_is_a_fault_of_the_one_that_writes()
    {
        Assert.Null(StandbyNote.Fault(folder.Path, clock));
        StandbyNote.Write(folder.Path, 12);
        File.SetLastWriteTimeUtc(folder.File("standby"), clock.GetUtcNow().UtcDateTime);
        Assert.Null(StandbyNote.Fault(folder.Path, clock));
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Contains("nothing heard of it for 30 s", StandbyNote.Fault(folder.Path, clock)!.Words, StringComparison.Ordinal);
        StandbyNote.Remove(folder.Path);
        Assert.Null(StandbyNote.Fault(folder.Path, clock));
    }

    [Fact]
    public async Task A_system_that_is_killed_during_an_alarm_is_gone_on_with_by_the_one_that_stands_by()
    {
        (int console, int mqtt) = (Ports.Free(), Ports.Free());
        string configuration = await NadhirProcess.Configure(folder.Path, $$$"""
            zones: [{id: Z, name: Zone, lat: 33, lon: 44.5, radius_km: 10}]
            sirens: [{id: S, name: Siren, zone: Z, lat: 33, lon: 44.5}]
            mqtt: {embedded: {address: 127.0.0.1, port: {{{mqtt}}}}}
            console: {port: {{{console}}}}
            tick_s: 0.1
            """);
        string record = folder.File("record"), note = Path.Combine(record, "standby");
        using NadhirProcess first = NadhirProcess.Start(console, "serve", "--config", configuration);
        await first.WaitFor("the first to answer", _ => true);
        using NadhirProcess second = NadhirProcess.Start(console, "serve", "--config", configuration, "--standby");
        await first.Post(new { type = "alert.raise", by = "duty", zone = "Z", state = "Warning", kind = "Aircraft", reason = "heard" });
        await first.WaitFor("the second to follow", _ => File.Exists(note) && File.ReadAllText(note).Length > 0);
        JsonElement before = await first.Boards();
        await first.Kill();

        JsonElement after = await second.WaitFor("the alert is there", boards => boards.GetProperty("alerts").GetArrayLength() > 0);
        Assert.Equal(Alert(before), Alert(after));
        Assert.True(after.GetProperty("sequence").GetInt64() >= before.GetProperty("sequence").GetInt64());
        Assert.False(File.Exists(note));
        await second.Post(new { type = "alert.acknowledge", by = "duty", alert = Alert(after).Id });
        Assert.Equal(0, await second.Terminate());
        Assert.Contains("Taking over", await second.Output, StringComparison.Ordinal);
        (int code, string output, string errors) = await NadhirProcess.Run("verify", record);
        Assert.True(code == 0 && output.Contains("every decision recomputed", StringComparison.Ordinal), output + errors);
    }

    static (string? Id, string? State, string? Since) Alert(JsonElement boards)
    {
        JsonElement row = boards.GetProperty("alerts").EnumerateArray().Last();
        return (row.GetProperty("id").GetString(), row.GetProperty("state").GetString(), row.GetProperty("since").GetString());
    }
}
