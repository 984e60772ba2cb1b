using Nadhir.Formats.CursorOnTarget;

namespace Nadhir.Tests.Replays;

/// <summary>Recordings replayed into the configuration of a host.</summary>
public sealed class ConfiguredReplayTests : IDisposable
{
    const string Configuration =
        """
        name: valley
        exercise: false
        sender: test@nadhir.invalid
        storage: {folder: record}
        mqtt:
          embedded: {address: 127.0.0.1, port: 1883}
        feeds:
          - {id: roof, transport: tcp-client, host: 127.0.0.1, port: 30005, format: beast}
          - {id: mesh, transport: udp, port: 6969, format: cot}
          - {id: drones, transport: udp, port: 8610, format: remote-id}
          - {id: east, transport: udp, port: 8611, format: remote-id-json}
          - {id: west, transport: udp, port: 8612, format: remote-id-json}
          - {id: ears, transport: mqtt, topics: ["ears/#"], format: acoustic-json, mapping: ears.map.yaml}
          - {id: radar, transport: udp, port: 8600, format: asterix}
        sensors:
          - {id: ROOF, kind: adsb, feed: roof, lat: 33.3, lon: 44.4}
          - {id: MESH, kind: system, feed: mesh, lat: 33.3, lon: 44.4}
          - {id: DRONES, kind: remote_id, feed: drones, lat: 33.3, lon: 44.4, range_km: 20, period_s: 1}
          - {id: EAST, kind: remote_id, feed: east, lat: 33.3, lon: 44.4, range_km: 20, period_s: 1}
          - {id: WEST, kind: remote_id, feed: west, lat: 33.3, lon: 44.4, range_km: 20, period_s: 1}
          - {id: EAR, kind: acoustic, feed: ears, node: b-17, lat: 33.3, lon: 44.4}
          - {id: RADAR, kind: radar, feed: radar, sac: 7, sic: 9, lat: 33.3, lon: 44.4}
        zones:
          - {id: town, name: Town, lat: 33.3, lon: 44.5, radius_km: 3}
        """;

    readonly string folder = Directory.CreateTempSubdirectory("nadhir-replay-config-").FullName;
    readonly string configuration;

    public ConfiguredReplayTests()
    {
        configuration = Put("nadhir.yaml", System.Text.Encoding.UTF8.GetBytes(Configuration));
        Put("ears.map.yaml", "fields:\n  node: {pointer: /n}\n  time: {pointer: /ts, unit: ms}\n  bearing: {pointer: /doa}\n"u8.ToArray());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Each_recording_goes_to_its_feed_and_the_record_can_be_decided_again()
    {
        double start = Flights.Start.ToUnixTimeSeconds();
        string capture = Put("net.pcap", PacketFile.Udp([.. Enumerable.Range(0, Flights.Seconds).SelectMany(second => new[]
        {
            (start + second, 6969, TakProtobuf.WriteMesh(new(null, Flights.Event(second)))),
            (start + second, 8610, Flights.RemoteId(second)),
        })]));
        string[] inputs = [capture, Put("morning.beast", Flights.Beast())];
        using Replayed replayed = Replay(inputs), again = Replay(inputs);
        Assert.Empty(replayed.Notes);
        foreach ((string id, long reports) in new[] { ("mesh", 40L), ("drones", 40L), ("roof", 79L) })
        {
            var feed = replayed.Summary.Feeds.Single(each => each.Id == id);
            Assert.Empty(feed.Faults);
            Assert.Equal(reports, feed.PositionReports + feed.SystemTracks);
        }

        Assert.Equal(1, replayed.Summary.Tracks.Confirmed);
        Assert.True(replayed.Verify() is { Intact: true, Sealed: true, DecisionsRecomputed: true });
        Assert.Equal(replayed.Summary.Root, again.Summary.Root);
    }

    [Fact]
    public void A_captured_stream_is_of_the_feed_that_would_have_read_it()
    {
        byte[] capture = PacketFile.Tcp(Flights.Start, Flights.Beast(), from: 30005, to: 50000, host: 127);
        using Replayed replayed = Replay(Put("link.pcap", capture));
        Assert.Equal(79, replayed.Summary.Feeds.Single(feed => feed.Id == "roof").PositionReports);
        using Replayed elsewhere = Replay(Put("other.pcap", [.. PacketFile.Udp([(Flights.Start.ToUnixTimeSeconds(), 8610, Flights.RemoteId(0))]),
            .. PacketFile.Tcp(Flights.Start, Flights.Beast(), from: 30006, to: 50000)[PacketFile.HeaderOctets..]]));
        Assert.Contains("no feed of the configuration reads them", elsewhere.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_feeds_of_a_format_a_file_is_of_the_one_whose_name_it_has()
    {
        using Replayed named = Replay(Put("west.jsonl", Flights.RemoteIdJson()));
        Assert.Equal(Flights.Seconds, named.Summary.Feeds.Single(feed => feed.Id == "west").PositionReports);
        using Replayed unnamed = Replay(Put("drones-of-monday.jsonl", Flights.RemoteIdJson()));
        Assert.Contains("the feeds east, west have the format remote-id-json: give the file the name of one", unnamed.Notes,
            StringComparison.Ordinal);
        Assert.Equal(Flights.Seconds, unnamed.Summary.Feeds.Single(feed => feed.Id == "drones-of-monday").Faults["UnknownSensor"]);
    }

    [Fact]
    public void Foreign_JSON_is_cut_by_the_times_that_its_mapping_finds()
    {
        long noon = Flights.Start.ToUnixTimeMilliseconds();
        string[] lines = [.. Enumerable.Range(0, 10).Select(i =>
            FormattableString.Invariant($$"""{"n":"b-17","ts":{{noon + (i * 2000)}},"doa":90}"""))];
        using Replayed replayed = Replayed.From([Put("ears.jsonl", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines)))],
            null, configuration, new() { Format = "acoustic-json" });
        Assert.Equal((Flights.Start, Flights.Start.AddSeconds(18)), (replayed.Summary.From, replayed.Summary.To));
        Assert.Equal(10, replayed.Summary.Feeds.Single(feed => feed.Id == "ears").Bearings);
    }

    [Fact]
    public void ASTERIX_goes_where_its_sources_are_known_and_what_nobody_knows_is_said()
    {
        byte[] north = [34, 0, 10, 0b1110_0000, 7, 9, 1, 0x54, 0x60, 0], stranger = [34, 0, 10, 0b1110_0000, 1, 1, 1, 0x54, 0x60, 0];
        using Replayed replayed = Replay(Put("a.ast", north), Put("b.ast", stranger));
        Assert.Equal(1, replayed.Summary.Feeds.Single(feed => feed.Id == "radar").ScanMarks);
        Assert.Contains("b: no feed of the configuration listens there or knows its sources", replayed.Notes, StringComparison.Ordinal);
    }

    Replayed Replay(params string[] inputs) => Replayed.From(inputs, null, configuration, new() { Start = Flights.Start });

    string Put(string name, byte[] bytes)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
