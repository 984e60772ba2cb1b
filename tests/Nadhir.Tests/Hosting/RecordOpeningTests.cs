using System.CommandLine;
using Microsoft.Extensions.Time.Testing;
using Nadhir.Commands;
using Nadhir.Core.Tests.Desks;
using Nadhir.Formats.Sirens;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Simulation.Sirens;
using Nadhir.Storage;
using Nadhir.Tests.Storage;
using Nadhir.Warning;

namespace Nadhir.Tests.Hosting;

/// <summary>
/// A siren takes nothing that is not newer than its newest command, and a new record counts its commands from one again:
/// each record needs a higher epoch than the one before.
/// </summary>
public sealed class RecordOpeningTests : IDisposable
{
    static readonly DateTimeOffset start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    static readonly WatchConfiguration plain = WatchBench.Plain with { Feeds = [], Sensors = [] };

    static readonly WatchConfiguration exercise = plain with { Exercise = true };

    readonly RecordFolder folder = new();
    readonly FakeTimeProvider clock = new(start);
    readonly SirenDevice siren = new("n", exercise: false, ["warning"]);

    public void Dispose() => folder.Dispose();

    /// <summary>Opens the record, raises an alert in it, and gives its siren what the watch orders.</summary>
    (int Epoch, string? Refusal) Sound(WatchConfiguration watch)
    {
        using SqliteJournal journal = RecordOpening.Open(watch, folder.Path, clock);
        Restored restored = Restorer.Restore(journal);
        Entry order = new(EntryKind.Command, clock.GetUtcNow(), "duty",
            WatchJson.Encode(new RaiseAlert("z", AlertState.Warning, ThreatKind.Aircraft, "x") { By = "duty" }));
        SirenCommanded command = restored.Watch.Apply(order).OfType<SirenCommanded>().Single();
        SirenStateMessage answer = siren.Accept(SirenWire.Encode(new SirenCommandMessage
        {
            CommandId = command.CommandId, Epoch = command.Epoch, Seq = command.Sequence, Action = command.Action, Tone = command.Tone,
            Duration = command.DurationSeconds, Expires = command.Expires, Exercise = false,
        }), clock.GetUtcNow())[^1];
        return (command.Epoch, answer.Step == SirenAnswerStep.Refused ? answer.Detail : null);
    }

    [Fact]
    public void What_others_said_of_a_record_goes_aside_with_it()
    {
        Sound(plain);
        string stamps = Directory.CreateDirectory(Path.Combine(folder.Path, RecordFiles.TimeStamps)).FullName;
        File.WriteAllText(Path.Combine(stamps, "2.tsr"), "a stamp");
        File.WriteAllText(Path.Combine(folder.Path, RecordFiles.Cosigned), "a cosignature");
        Sound(plain with { Title = "changed" });
        string old = Assert.Single(Directory.GetDirectories(folder.Path, "until-*"));
        Assert.Equal("a cosignature", File.ReadAllText(Path.Combine(old, RecordFiles.Cosigned)));
        Assert.Equal("a stamp", File.ReadAllText(Path.Combine(old, RecordFiles.TimeStamps, "2.tsr")));
        Assert.False(File.Exists(Path.Combine(folder.Path, RecordFiles.Cosigned)) || Directory.Exists(stamps));
    }

    [Fact]
    public void A_new_record_is_obeyed_after_a_change_of_the_configuration_even_in_the_same_second()
    {
        (int first, string? refused) = Sound(plain);
        Assert.Null(refused);
        for (int change = 1; change <= 3; change++)
        {
            (int next, refused) = Sound(plain with { Title = $"change {change}" });
            Assert.Null(refused);
            Assert.True(next > first);
            first = next;
            clock.Advance(TimeSpan.FromSeconds(change == 1 ? 0 : 1));
        }

        Assert.Equal(4, siren.Soundings);
    }

    [Fact]
    public void And_when_the_clock_was_set_back_meanwhile()
    {
        (int first, _) = Sound(plain);
        FakeTimeProvider earlier = new(start.AddDays(-400));
        using SqliteJournal journal = RecordOpening.Open(plain with { Title = "changed" }, folder.Path, earlier);
        Assert.Equal(first + 1, Restorer.ReadConfiguration(journal.Read().First().Entry).SirenEpoch);
    }

    [Fact]
    public void And_when_the_record_was_lost_or_moved_away()
    {
        (int first, _) = Sound(plain);
        foreach (string file in Directory.GetFiles(folder.Path)) File.Delete(file);
        clock.Advance(TimeSpan.FromMinutes(1));
        (int next, string? refused) = Sound(plain);
        Assert.Null(refused);
        Assert.True(next > first);
        Assert.Equal(2, siren.Soundings);
    }

    [Fact]
    public void The_records_moved_aside_are_remembered_when_the_record_itself_is_gone()
    {
        FakeTimeProvider later = new(start.AddDays(400));
        RecordOpening.Open(plain, folder.Path, later).Dispose();
        (int second, _) = Sound(plain with { Title = "changed, and the clock set back" });
        foreach (string file in Directory.GetFiles(folder.Path)) File.Delete(file);
        (int third, string? refused) = Sound(plain);
        Assert.Null(refused);
        Assert.True(third > second);
    }

    [Fact]
    public void The_same_configuration_goes_on_with_the_record_its_epoch_and_its_numbers()
    {
        RecordOpening.Open(plain, folder.Path, clock).Dispose();
        clock.Advance(TimeSpan.FromDays(1));
        using SqliteJournal again = RecordOpening.Open(plain, folder.Path, clock);
        Assert.Equal((int)(start - new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds,
            Restorer.ReadConfiguration(again.Read().First().Entry).SirenEpoch);
        Assert.Empty(Directory.GetDirectories(folder.Path));
    }

    [Fact]
    public void A_new_record_names_the_one_before_by_its_root_and_the_chain_is_verified_from_the_oldest_on()
    {
        ThreeRecords();
        (int exit, string said) = Verify("--earlier");
        Assert.True(exit == 0, said);
        Assert.Equal(3, said.Split("INTACT").Length - 1);
        Assert.Equal(2, said.Split("follows until-").Length - 1);
        // What its keepers add to an old record later is no contradiction.
        using (SqliteJournal old = SqliteJournal.OpenForAppend(Directory.GetDirectories(folder.Path, "until-*").Order().First()))
        {
            old.Append(new Entry(EntryKind.Custody, clock.GetUtcNow(), "", new HoldPlaced("CASE", start, start).Encode()));
            old.Commit();
            old.Seal(RecordFolder.Key);
        }

        Assert.Equal(0, Verify("--earlier").Exit);
    }

    [Fact]
    public void An_earlier_record_that_was_rewritten_or_cut_off_is_found_by_the_one_after_it()
    {
        ThreeRecords();
        string newest = Directory.GetDirectories(folder.Path, "until-*").Order().Last();
        foreach (string file in Directory.GetFiles(newest)) File.Delete(file);
        using (SqliteJournal forged = SqliteJournal.Create(newest))
        {
            for (int entry = 0; entry < 9; entry++) forged.Append(new Entry(EntryKind.Tick, clock.GetUtcNow(), "", default));
            forged.Commit();
            forged.Seal(RecordFolder.Key);
        }

        (int exit, string said) = Verify();
        Assert.Equal(1, exit);
        Assert.Contains("NOT INTACT: the earlier record until-", said, StringComparison.Ordinal);
        Assert.Contains("another root", said, StringComparison.Ordinal);
    }

    [Fact]
    public void An_earlier_record_that_is_not_here_is_said_and_a_fault_where_the_whole_chain_is_asked_for()
    {
        ThreeRecords();
        Directory.Delete(Directory.GetDirectories(folder.Path, "until-*").Order().Last(), recursive: true);
        (int exit, string said) = Verify();
        Assert.True(exit == 0 && said.Contains("which is not here", StringComparison.Ordinal), said);
        Assert.Equal(1, Verify("--earlier").Exit);
    }

    [Fact]
    public void A_record_that_begins_after_one_was_lost_names_the_newest_that_is_left()
    {
        ThreeRecords();
        foreach (string file in Directory.GetFiles(folder.Path)) File.Delete(file);
        clock.Advance(TimeSpan.FromDays(1));
        RecordOpening.Open(exercise, folder.Path, clock).Dispose();
        Assert.Equal(Path.GetFileName(Directory.GetDirectories(folder.Path, "until-*").Order().Last()), EarlierRecords.Before(folder.Path)!.Before);
    }

    /// <summary>One after the other, each closed and sealed.</summary>
    void ThreeRecords()
    {
        for (int record = 0; record < 3; record++)
        {
            using SqliteJournal journal = RecordOpening.Open(exercise with { Title = $"record {record}" }, folder.Path, clock);
            journal.Append(new Entry(EntryKind.Tick, clock.GetUtcNow(), "", default));
            journal.Commit();
            journal.Seal(RecordFolder.Key);
            clock.Advance(TimeSpan.FromDays(1));
        }
    }

    (int Exit, string Said) Verify(params string[] options)
    {
        StringWriter said = new();
        int exit = VerifyCommand.Create().Parse([folder.Path, .. options]).Invoke(new InvocationConfiguration { Output = said, Error = said });
        return (exit, said.ToString());
    }
}
