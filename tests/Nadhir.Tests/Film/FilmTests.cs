using Microsoft.Data.Sqlite;
using Nadhir.DutyConsole;
using Nadhir.Film;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Tests.Film;

/// <summary>What the film shows is what the journal leads to, whoever made it, and nothing is shown that is not.</summary>
public sealed class FilmTests(BabilFilm babil) : IClassFixture<BabilFilm>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void What_was_recorded_while_the_watch_ran_is_what_its_journal_leads_to()
    {
        string record = babil.Copy(film: true);
        using FilmPart film = babil.Open(record);
        // The camera came with the first tick: of the configuration alone there is no moment.
        Assert.Equal([(0L, 2L)], film.File.Missing(babil.Entries));
        (long moments, string? difference) = FilmCheck.Run(record, film.File, babil.Configuration);
        Assert.Null(difference);
        Assert.InRange(moments, babil.Offered - 1, babil.Offered + 5);
    }

    [Fact]
    public async Task A_film_that_is_not_there_is_made_from_the_journal()
    {
        string record = babil.Copy(film: false);
        using FilmPart film = babil.Open(record);
        Assert.NotNull(film.Range().Building);
        await Whole(film);
        (long moments, string? difference) = FilmCheck.Run(record, film.File, babil.Configuration);
        Assert.Null(difference);
        Assert.InRange(moments, 1400, 1700);
        Assert.Equal(babil.Entries, film.File.Reels()[^1].LastSequence);
    }

    [Fact]
    public void A_moment_is_the_boards_and_the_frame_of_the_journal_replayed_to_the_entry_it_stands_for()
    {
        string record = babil.Copy(film: true);
        using FilmPart film = babil.Open(record);
        using FilmReader reader = new(film.File);
        DateTimeOffset last = film.Range().To!.Value;
        FilmMoment moment = reader.Seek(last.AddMinutes(-3))!;
        Watch? watch = null;
        foreach ((long number, Entry entry) in JournalReading.Read(record, 0))
        {
            if (number >= moment.Sequence) break;
            if (entry.Kind == EntryKind.Decision) continue;
            watch ??= Engine.Build(Restorer.ReadConfiguration(entry), entry.Time);
            watch.Apply(entry);
        }

        Boards boards = watch!.Snapshot();
        Assert.NotEmpty(boards.Tracks);
        Assert.NotEmpty(boards.Alerts);
        Assert.Equal(BoardsFrame.After(null, boards, 0).ChangedSince(0), moment.Boards(isOperator: true));
        Assert.Equal(TrackFrame.Encode(boards.Tracks, babil.Configuration.Exercise, boards.Now, boards.Sequence), moment.Tracks);
        Assert.Equal(boards.Tracks.Length, moment.Descriptions.Count);
    }

    [Fact]
    public void Any_moment_is_the_last_one_at_or_before_the_time_asked_for_and_playing_goes_on_from_it()
    {
        using FilmPart film = babil.Open(babil.Copy(film: true));
        List<FilmMoment> all = [];
        using (FilmReader whole = new(film.File))
            for (FilmMoment? next = whole.Seek(DateTimeOffset.MinValue); next is not null; next = whole.Next()) all.Add(next);
        Assert.Equal(all.OrderBy(one => one.Sequence), all);
        for (int i = 0; i < all.Count; i += 97)
        {
            using FilmReader reader = new(film.File);
            Assert.True(reader.Seek(all[i].Time.AddMilliseconds(1))!.IsSameAs(all.Last(one => one.Time <= all[i].Time)));
            if (i + 1 < all.Count && all[i + 1].Time > all[i].Time) Assert.True(reader.Next()!.IsSameAs(all[i + 1]));
        }
    }

    [Fact]
    public void Crossings_alerts_and_phases_are_marked_and_a_crossing_at_the_second_it_happened()
    {
        using FilmPart film = babil.Open(babil.Copy(film: true));
        using FilmReader reader = new(film.File);
        List<FilmMark> marks = reader.Marks(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, restricted: true, most: 1000);
        FilmMark crossing = marks.First(mark => mark.Kind == FilmMarkKind.Crossing);
        Assert.InRange(crossing.At, crossing.Earliest!.Value, crossing.Latest!.Value);
        Assert.True(crossing.KnownAt >= crossing.At);
        Assert.Contains(crossing.Track!.Value, reader.Seek(crossing.At)!.Descriptions.Keys);
        Assert.Contains(marks, mark => mark is { Kind: FilmMarkKind.Alert, State: "Warning", Place: "Z-JURF" });
        Assert.DoesNotContain(reader.Marks(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, restricted: false, most: 1000), mark => mark.Restricted);
    }

    [Fact]
    public async Task What_was_left_out_is_made_later_and_then_nothing_is_missing()
    {
        string record = babil.Copy(film: true);
        using (FilmPart film = babil.Open(record))
        {
            // As if a hundred moments had found no room, and then all to the end.
            List<FilmFile.Reel> reels = film.File.Reels();
            Spoil(record, $"DELETE FROM moments WHERE reel IN ({reels[2].Id}, {reels[3].Id}, {reels[^1].Id}); "
                + $"DELETE FROM reels WHERE id IN ({reels[2].Id}, {reels[3].Id}, {reels[^1].Id})");
            Assert.Equal(3, film.File.Missing(babil.Entries).Count);
            Assert.Equal(3, film.Range().Missing.Length);
            await Whole(film);
            (long moments, string? difference) = FilmCheck.Run(record, film.File, babil.Configuration);
            Assert.Null(difference);
            Assert.InRange(moments, babil.Offered - 5, babil.Offered + 10);
        }
    }

    [Fact]
    public async Task Beyond_its_limit_the_oldest_is_thinned_and_then_dropped_and_the_film_says_so()
    {
        string record = babil.Copy(film: false);
        FilmOptions small = new() { Gently = false, MostBytes = 200_000, ReelMoments = 20 };
        using FilmPart film = babil.Open(record, small);
        await Whole(film);
        FilmRange range = film.Range();
        Assert.NotNull(range.ThinnedUntil);
        Assert.NotNull(range.DroppedUntil);
        Assert.True(range.From > range.DroppedUntil);
        Assert.Empty(film.File.Missing(babil.Entries));
        // What is left is still true, and the newest reels are whole.
        Assert.Null(FilmCheck.Run(record, film.File, babil.Configuration).Difference);
        Assert.False(film.File.Reels()[^2].IsThinned);
    }

    [Theory]
    [InlineData("UPDATE moments SET packed = zeroblob(length(packed)) WHERE seq = (SELECT seq FROM moments LIMIT 1 OFFSET 500)")]
    [InlineData("UPDATE moments SET time_us = time_us + 60000000 WHERE seq = (SELECT seq FROM moments LIMIT 1 OFFSET 500)")]
    [InlineData("DELETE FROM moments WHERE seq = (SELECT seq FROM moments WHERE reel = 9 LIMIT 1 OFFSET 5)")]
    public async Task A_damaged_film_is_noticed_when_it_is_read_and_made_anew(string damage)
    {
        string record = babil.Copy(film: true);
        using FilmPart film = babil.Open(record);
        Spoil(record, damage);
        FilmDamagedException noticed = Assert.Throws<FilmDamagedException>(() => ReadAll(film.File));
        film.Damaged(noticed);
        await Whole(film);
        ReadAll(film.File);
        Assert.Null(FilmCheck.Run(record, film.File, babil.Configuration).Difference);
    }

    [Fact]
    public async Task A_film_whose_file_is_garbage_is_made_anew()
    {
        string record = babil.Copy(film: false);
        await File.WriteAllBytesAsync(Path.Combine(record, FilmFile.Name), [.. Enumerable.Repeat((byte)'x', 9000)], Cancellation);
        using FilmPart film = babil.Open(record);
        await Whole(film);
        Assert.Null(FilmCheck.Run(record, film.File, babil.Configuration).Difference);
    }

    [Fact]
    public void A_film_of_another_journal_is_thrown_away()
    {
        string record = babil.Copy(film: true);
        Spoil(record, "UPDATE moments SET leaf = zeroblob(32) WHERE seq = (SELECT max(seq) FROM moments)");
        using FilmPart film = babil.Open(record);
        Assert.Null(film.Range().From);
        Assert.Single(film.File.Missing(babil.Entries));
    }

    [Fact]
    public void The_record_verifies_with_its_film_beside_it()
    {
        string record = babil.Copy(film: true);
        RecordVerdict verdict = RecordVerifier.Verify(record, () => new Recomputation());
        Assert.True(verdict.Intact, string.Join('\n', verdict.Faults));
    }

    static void ReadAll(FilmFile file)
    {
        using FilmReader reader = new(file);
        for (FilmMoment? next = reader.Seek(DateTimeOffset.MinValue); next is not null; next = reader.Next()) { }
    }

    static void Spoil(string record, string sql)
    {
        using SqliteConnection connection = new($"Data Source={Path.Combine(record, FilmFile.Name)};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs the part until nothing is missing.</summary>
    async Task Whole(FilmPart film)
    {
        using CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task running = Task.Run(() => film.Run(stopping.Token), Cancellation);
        using PeriodicTimer looks = new(TimeSpan.FromMilliseconds(100));
        for (int i = 0; i < 1200; i++)
        {
            await looks.WaitForNextTickAsync(Cancellation);
            if (film.File.Reels().Count > 0 && film.File.Missing(babil.Entries).Count == 0 && film.LooksWhole) break;
        }

        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.Empty(film.File.Missing(babil.Entries));
        Assert.Null(film.Fault);
    }
}
