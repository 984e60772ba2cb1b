using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Nadhir.Configuration;
using Nadhir.Feeds;
using Nadhir.Formats.ModeS;
using Nadhir.Geodesy;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Sensing;
using Nadhir.Storage;

namespace Nadhir.Tests.Feeds;

/// <summary>Recordings played into a running system.</summary>
public sealed class FileFeedTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-file-feed-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Beast_is_played_as_fast_as_its_counter_ran_byte_for_byte()
    {
        List<byte> stream = [];
        for (ulong i = 1; i <= 8; i++) ModeSWriter.AppendBeast(stream, ModeSWriter.AllCall(0x4CA2AD), i * 600_000);
        IReadOnlyList<Entry> entries = await Play("beast", [.. stream]);
        Assert.Equal(8, entries.Count);
        Assert.Equal(stream, entries.SelectMany(entry => entry.Payload.ToArray()));
        Assert.True(entries[^1].Time - entries[0].Time >= TimeSpan.FromSeconds(0.3));
    }

    [Fact]
    public async Task What_tells_no_time_is_played_at_the_configured_pace()
    {
        StringBuilder text = new();
        for (int i = 0; i < 6; i++) ModeSWriter.AppendAvr(text, ModeSWriter.AllCall(0x4CA2AD));
        IReadOnlyList<Entry> entries = await Play("avr", Encoding.ASCII.GetBytes(text.ToString()), pace: 20);
        Assert.Equal(6, entries.Count);
        Assert.True(entries[^1].Time - entries[0].Time >= TimeSpan.FromSeconds(0.2));
    }

    [Fact]
    public async Task Bare_ASTERIX_is_played_by_the_times_that_its_records_tell()
    {
        byte[] bytes = [.. Enumerable.Range(0, 4).SelectMany(i => (byte[])
            [34, 0, 10, 0b1110_0000, 7, 9, 1, 0x54, 0x60, (byte)(i * 12)])];
        IReadOnlyList<Entry> entries = await Play("asterix", bytes);
        Assert.Equal(4, entries.Count);
        Assert.True(entries[^1].Time - entries[0].Time >= TimeSpan.FromSeconds(0.2));
    }

    [Fact]
    public async Task Messages_of_SAPIENT_are_played_each_in_its_frame()
    {
        byte[] first = SapientPeer.Framed(SapientPeer.Detection(1000), new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)),
            second = SapientPeer.Framed(SapientPeer.Detection(2000), new(2026, 3, 1, 12, 0, 0, 50, TimeSpan.Zero));
        IReadOnlyList<Entry> entries = await Play("sapient", [.. first, .. second]);
        Assert.Equal([first, second], entries.Select(entry => entry.Payload.ToArray()));
    }

    [Theory]
    [InlineData("format: sapient", true)]
    [InlineData("format: beast, pace: 100", true)]
    [InlineData("format: beast, pace: -1", false)]
    public void A_file_may_hold_any_format_and_its_pace_is_checked(string more, bool right)
    {
        string recording = Path.Combine(folder, "a.rec"), countries = Path.Combine(folder, "countries.geojson"),
            path = Path.Combine(folder, "nadhir.yaml");
        File.WriteAllBytes(recording, []);
        File.WriteAllText(countries, """{"type":"FeatureCollection","features":[]}""");
        File.WriteAllText(path,
            $$"""
            name: files
            exercise: true
            sender: test@nadhir.invalid
            storage: {folder: record}
            origin: {lat: 33, lon: 44}
            mqtt:
              embedded: {address: 127.0.0.1, port: 1883}
            feeds:
              - {id: old, transport: file, path: a.rec, {{more}}}
            """);
        ConfigurationReading reading = ConfigurationLoader.Load(path, countries);
        if (right && reading is ConfigurationReading.Faulty faulty) Assert.Fail(string.Join('\n', faulty.Faults));
        Assert.Equal(right, reading is ConfigurationReading.Loaded);
    }

    async Task<IReadOnlyList<Entry>> Play(string format, byte[] recording, double? pace = null)
    {
        string path = Path.Combine(folder, "recording");
        await File.WriteAllBytesAsync(path, recording, TestContext.Current.CancellationToken);
        FeedConfiguration feed = new() { Id = "old", Format = format };
        WatchConfiguration configuration = new()
        {
            Name = "files", Exercise = true, Sender = "test@nadhir.invalid", Origin = new GeoPoint(33, 44), Feeds = [feed],
        };
        DateTimeOffset start = TimeProvider.System.GetUtcNow();
        using SqliteJournal journal = SqliteJournal.Create(Path.Combine(folder, "record"), new JournalOptions());
        journal.Append(new Entry(EntryKind.Configuration, start, "", WatchJson.Encode(configuration)));
        journal.Commit();
        using CancellationTokenSource stopping = new();
        using (WatchLoop loop = new(new Recorder(journal, Engine.Build(configuration, start)), start,
            SigningKey.ForExercise("exercise/files"), TimeProvider.System, TimeSpan.FromHours(1), NullLogger<WatchLoop>.Instance))
        {
            Task running = Task.Run(() => loop.Run(stopping.Token), CancellationToken.None);
            FileFeed played = new(feed, new FeedTransport.File("old", path, pace), loop, TimeProvider.System,
                NullLogger<FileFeed>.Instance);
            await played.Run(TestContext.Current.CancellationToken);
            await stopping.CancelAsync();
            await running;
        }

        return [.. journal.Read().Select(each => each.Entry).Where(entry => entry.Kind == EntryKind.Received)];
    }
}
