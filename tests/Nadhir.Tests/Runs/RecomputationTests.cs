using System.Text;
using Nadhir.Geodesy;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Sensing;
using Nadhir.Storage;

namespace Nadhir.Tests.Runs;

/// <summary>A record whose hashes are all right but whose decisions are not is found out by deciding again.</summary>
public sealed class RecomputationTests
{
    static readonly DateTimeOffset start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("none", null)]
    [InlineData("changed", "decision differs")]
    [InlineData("left out", "missing")]
    [InlineData("made up", "do not lead to")]
    public void A_forged_decision_is_named(string forgery, string? complaint)
    {
        string folder = Directory.CreateTempSubdirectory("nadhir-forged-").FullName;
        try
        {
            WatchConfiguration configuration = new()
            {
                Name = "forgery", Exercise = true, Sender = "test@nadhir.invalid", Origin = new GeoPoint(33, 44),
                Feeds = [new FeedConfiguration { Id = "radar", Format = "asterix" }],
                Sensors = [new Sensor { Id = "R", Kind = SensorKind.Radar, Feed = "radar", Position = new GeoPosition(33, 44, 0) }],
            };
            Entry outage = new(EntryKind.Command, start.AddSeconds(1), "test",
                WatchJson.Encode(new AnnounceOutage("R", Off: true, "maintenance") { By = "test" }));
            byte[] decision = Assert.Single(Engine.Build(configuration, start).Apply(outage).Select(WatchJson.Encode));
            using (SqliteJournal journal = SqliteJournal.Create(folder))
            {
                journal.Append(new Entry(EntryKind.Configuration, start, "", WatchJson.Encode(configuration)));
                journal.Append(outage);
                byte[] written = forgery == "changed"
                    ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(decision).Replace("maintenance", "sabotage", StringComparison.Ordinal))
                    : decision;
                if (forgery != "left out") journal.Append(new Entry(EntryKind.Decision, outage.Time, "", written));
                if (forgery == "made up") journal.Append(new Entry(EntryKind.Decision, outage.Time, "", decision));
                journal.Append(new Entry(EntryKind.Tick, start.AddSeconds(2), "", default));
                journal.Seal(SigningKey.ForExercise("exercise/forgery"));
            }

            RecordVerdict verdict = RecordVerifier.Verify(folder, () => new Recomputation());
            if (complaint is null) Assert.True(verdict.Intact, string.Join('\n', verdict.Faults));
            else Assert.Contains(verdict.Faults, fault => fault.What.Contains(complaint, StringComparison.Ordinal) && fault.Seq is 2 or 3);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
