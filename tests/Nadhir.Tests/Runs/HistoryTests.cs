using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Outlets.Cap;
using Nadhir.Runs;
using Nadhir.Simulation.Histories;
using Nadhir.Storage;
using Nadhir.Tests.Outlets;
using Nadhir.Warning;

namespace Nadhir.Tests.Runs;

public sealed class HistoryTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-history-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Intervals_are_read_with_the_place_they_name_most_finely()
    {
        (IReadOnlyList<HistoricAlert> alerts, int unreadable) = AlertHistory.Read(new StringReader(
            """
            oblast,raion,hromada,level,started_at,finished_at,source
            "North, upper",,,oblast,2022-03-15 16:10:34+00:00,2022-03-15 16:50:07+00:00,official
            South,Low,Town,hromada,2022-03-15 16:10:30+00:00,2022-03-15 16:20:00+00:00,official
            broken line
            South,,,oblast,yesterday,2022-03-15 16:20:00+00:00,official
            """));
        Assert.Equal(2, unreadable);
        Assert.Equal(["South / Low / Town", "North, upper"], alerts.Select(a => a.Place));
        Assert.Equal(TimeSpan.FromSeconds(2373), alerts[1].To - alerts[1].From);
    }

    [Fact]
    public void Rows_of_places_are_read_in_local_time_and_by_kind()
    {
        (IReadOnlyList<HistoricAlert> alerts, _) = AlertHistory.Read(new StringReader(
            "data,date,time,alertDate,category,category_desc,matrix_id,rid\n"
            + "\"A, B\",01.10.2024,19:39:00,2024-10-01T19:39:00,1,x,1,1\nC,02.01.2024,10:00:00,x,2,x,6,2\n"));
        Assert.Equal([("C", ThreatKind.LowSlow), ("A", ThreatKind.Ballistic), ("B", ThreatKind.Ballistic)], alerts.Select(a => (a.Place, a.Kind)));
        Assert.Equal(new DateTimeOffset(2024, 10, 1, 16, 39, 0, TimeSpan.Zero), alerts[1].From);
        Assert.Equal(8, alerts[0].From.Hour);
    }

    [Fact]
    public void What_is_no_history_is_said() => Assert.Throws<FormatException>(() => AlertHistory.Read(new StringReader("a,b\n1,2\n")));

    [Fact]
    public void Every_alert_is_issued_or_merged_delivered_heard_and_ended()
    {
        DateTimeOffset at = new(2024, 10, 1, 16, 0, 0, TimeSpan.Zero);
        HistoricAlert Of(string place, int minute, int minutes) =>
            new(place, ThreatKind.Ballistic, at.AddMinutes(minute), at.AddMinutes(minute + minutes));
        HistoryResult result = Play([Of("A", 0, 10), Of("B", 0, 10), Of("A", 5, 10), Of("A", 18, 45), Of("C", 90, 1)]);
        Assert.True(result.NothingLost);
        Assert.Equal((4, 1, 1, 2), (result.Issued, result.Merged, result.Repeated, result.MostAtOnce));
        Assert.True(result.Messages > 2 * result.Issued, "a long alert is renewed, and each is closed");
    }

    [Fact]
    public void An_all_clear_that_is_overtaken_by_the_next_warning_is_counted_as_that()
    {
        DateTimeOffset at = new(2024, 10, 1, 16, 0, 0, TimeSpan.Zero);
        HistoryResult result = Play([
            new("A", ThreatKind.Ballistic, at, at.AddMinutes(10)), new("A", ThreatKind.Ballistic, at.AddMinutes(10), at.AddMinutes(20))]);
        Assert.True(result.NothingLost);
        Assert.Equal((4, 3, 1), (result.SirenCommands, result.SirensSounded, result.SirensOvertaken));
    }

    [Fact]
    public void The_busiest_day_on_record_is_issued_delivered_and_ended()
    {
        using StreamReader reader = new(SharedFiles.Find("sirens/il-home-front-command/israel-alerts_2014-07_to_2024-10-12.csv"));
        DateTimeOffset day = new(2024, 10, 1, 0, 0, 0, TimeSpan.Zero);
        HistoryResult result = Play([.. AlertHistory.Read(reader).Alerts.Where(a => a.From >= day && a.From < day.AddDays(1))]);
        Assert.True(result.NothingLost);
        Assert.Equal(2133, result.Alerts);
        Assert.True(result.MostStartsAMinute > 200);
    }

    HistoryResult Play(IReadOnlyList<HistoricAlert> alerts)
    {
        WatchConfiguration configuration = HistoryRun.ConfigurationOf(alerts);
        DateTimeOffset start = alerts[0].From.AddSeconds(-10);
        using SqliteJournal journal = SqliteJournal.Create(Path.Combine(folder, "record"), new JournalOptions());
        Recorder recorder = new(journal, Engine.Build(configuration, start));
        recorder.Apply(new Entry(EntryKind.Configuration, start, "", WatchJson.Encode(configuration)));
        CapStore store = new(Path.Combine(folder, "cap"), exercise: true, configuration.Sender);
        return new HistoryRun(alerts, configuration, recorder, store, TimeSpan.FromSeconds(1)).Play(start, progress: null);
    }
}
