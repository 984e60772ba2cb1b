using Nadhir.Commands;
using Nadhir.Formats.CursorOnTarget;
using Nadhir.Replays;
using Nadhir.Tests.Outlets;

namespace Nadhir.Tests.Replays;

/// <summary>Recordings of every format that a feed may speak, through the whole chain without a configuration.</summary>
public sealed class FormatReplayTests
{
    public static TheoryData<string, byte[]> Recordings => new()
    {
        { "beast", Flights.Beast() },
        { "avr", Flights.Avr(counted: true) },
        { "sbs", Flights.Sbs() },
        { "cot", Flights.Cot() },
        { "remote-id-json", Flights.RemoteIdJson() },
        { "sapient", Flights.Sapient(ranged: false) },
    };

    [Theory]
    [MemberData(nameof(Recordings))]
    public void A_flight_is_found_in_its_time_and_its_record_can_be_decided_again(string format, byte[] recording)
    {
        using TemporaryFile file = new("flight.rec", recording);
        using Replayed replayed = Replayed.From(file.Path), again = Replayed.From(file.Path);
        FeedSummary feed = Assert.Single(replayed.Summary.Feeds);
        Assert.Equal(format, feed.Format);
        // The ends of lines between documents are not theirs.
        Assert.InRange(feed.Bytes, recording.Length - Flights.Seconds, recording.Length);
        Assert.Empty(feed.Faults);
        Assert.Equal(1, replayed.Summary.Tracks.Confirmed);
        Assert.InRange((replayed.Summary.To - replayed.Summary.From).TotalSeconds, Flights.Seconds - 1, Flights.Seconds);
        if (format is not ("beast" or "avr")) Assert.Equal(Flights.Start, replayed.Summary.From);
        Assert.True(replayed.Verify() is { Intact: true, Sealed: true, DecisionsRecomputed: true });
        Assert.Equal(replayed.Summary.Root, again.Summary.Root);
    }

    [Fact]
    public void Files_of_one_snapshot_each_are_one_recording()
    {
        byte[][] snapshots = Flights.AircraftJson();
        List<TemporaryFile> files = [.. snapshots.Select((bytes, i) => new TemporaryFile($"aircraft_{i}.json", bytes))];
        try
        {
            using Replayed replayed = Replayed.From([.. files.Select(file => file.Path)]);
            FeedSummary feed = Assert.Single(replayed.Summary.Feeds);
            Assert.Equal(("aircraft_0", "aircraft-json", snapshots.Length), (feed.Id, feed.Format, feed.Arrivals));
            Assert.Equal(1, replayed.Summary.Tracks.Confirmed);
            Assert.Equal(Flights.Start, replayed.Summary.From);
        }
        finally
        {
            foreach (TemporaryFile file in files) file.Dispose();
        }
    }

    [Theory]
    [InlineData(null, 40 / 5.0)]
    [InlineData(1.0, 40.0)]
    public void Messages_without_any_time_come_at_a_steady_pace(double? pace, double seconds)
    {
        using TemporaryFile file = new("drone.hex", Flights.RemoteIdHex());
        using Replayed replayed = Replayed.From([file.Path], null, options: new() { MessagesPerSecond = pace });
        FeedSummary feed = Assert.Single(replayed.Summary.Feeds);
        Assert.Equal(("remote-id", Flights.Seconds, 40L), (feed.Format, feed.Arrivals, feed.PositionReports));
        Assert.Equal(seconds - (seconds / 40), (replayed.Summary.To - replayed.Summary.From).TotalSeconds, 3);
    }

    [Fact]
    public void A_recording_begins_at_the_moment_that_is_told_when_it_knows_none()
    {
        using TemporaryFile file = new("roof.beast", Flights.Beast());
        using Replayed replayed = Replayed.From([file.Path], null, options: new() { Start = Flights.Start });
        Assert.Equal(Flights.Start, replayed.Summary.From);
        Assert.Contains("does not tell where its receiver stands: taken to be amid what it heard, 33.30,44.", replayed.Notes,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Directions_are_heard_from_the_place_that_was_told()
    {
        using TemporaryFile file = new("ears.json", Flights.Acoustic("b-17"));
        using Replayed replayed = Replayed.From([file.Path], Flights.Receiver);
        FeedSummary feed = Assert.Single(replayed.Summary.Feeds);
        Assert.Equal(("acoustic-json", (long)Flights.Seconds), (feed.Format, feed.Bearings));
        Assert.Equal("Acoustic", Assert.Single(replayed.Summary.Sensors).Kind);
    }

    [Theory]
    [InlineData("one ear", "say --at LAT,LON")]
    [InlineData("two ears", "sensor of kind acoustic for b-17, b-18")]
    [InlineData("ranged node", "tells range or direction and never where it is: say --at")]
    public void What_cannot_be_guessed_is_asked_for(string what, string asked)
    {
        byte[] recording = what switch
        {
            "one ear" => Flights.Acoustic("b-17"),
            "two ears" => Flights.Acoustic("b-17", "b-18"),
            _ => Flights.Sapient(ranged: true),
        };
        using TemporaryFile file = new("unclear.rec", recording);
        List<string> arguments = ["replay", file.Path, "--out", file.Path + ".record"];
        if (what == "two ears") arguments.AddRange(["--at", "33,44"]);
        StringWriter output = new(), errors = new();
        int code = ReplayCommand.Create().Parse([.. arguments.Skip(1)]).Invoke(
            new System.CommandLine.InvocationConfiguration { Output = output, Error = errors });
        Assert.Equal(2, code);
        Assert.Contains(asked, errors.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(file.Path + ".record"));
    }

    [Fact]
    public void A_node_that_tells_ranges_is_tracked_from_the_place_that_was_told()
    {
        using TemporaryFile file = new("node.sapient", Flights.Sapient(ranged: true));
        using Replayed replayed = Replayed.From([file.Path], Flights.Receiver);
        Assert.Equal(Flights.Seconds, Assert.Single(replayed.Summary.Feeds).SystemTracks);
        Assert.Equal(1, replayed.Summary.Tracks.Confirmed);
    }

    [Fact]
    public void Datagrams_of_a_capture_say_by_what_they_hold_what_they_are()
    {
        double start = Flights.Start.ToUnixTimeSeconds();
        byte[] capture = PacketFile.Udp([.. Enumerable.Range(0, Flights.Seconds).SelectMany(second => new[]
        {
            (start + second, 6969, TakProtobuf.WriteMesh(new(null, Flights.Event(second)))),
            (start + second, 8610, Flights.RemoteId(second)),
        })]);
        using Replayed replayed = Replayed.Of(capture, "net.pcap");
        Assert.Equal(["cot", "remote-id"], replayed.Summary.Feeds.Select(feed => feed.Format).Order());
        Assert.All(replayed.Summary.Feeds, feed => Assert.Empty(feed.Faults));
        Assert.Equal((40L, 40L), (replayed.Summary.Feeds.Sum(feed => feed.SystemTracks),
            replayed.Summary.Feeds.Sum(feed => feed.PositionReports)));
    }

    [Fact]
    public void A_stream_over_TCP_is_put_together_and_says_by_what_it_holds_what_it_is()
    {
        using Replayed replayed = Replayed.Of(PacketFile.Tcp(Flights.Start, Flights.Beast(), from: 30005, to: 50000), "net.pcap");
        FeedSummary feed = Assert.Single(replayed.Summary.Feeds);
        Assert.Equal(("10.0.0.1:30005/tcp", "beast", (long)Flights.Beast().Length), (feed.Id, feed.Format, feed.Bytes));
        Assert.Empty(feed.Faults);
        Assert.Equal(1, replayed.Summary.Tracks.Confirmed);
        Assert.Equal(Flights.Start, replayed.Summary.From);
    }

    [Fact]
    public void A_stream_over_TCP_of_something_else_is_passed_over_and_said()
    {
        byte[] web = [.. Enumerable.Repeat("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), 40).SelectMany(each => each)];
        byte[] capture = [.. PacketFile.Udp([(Flights.Start.ToUnixTimeSeconds(), 8610, Flights.RemoteId(0))]),
            .. PacketFile.Tcp(Flights.Start, web, from: 50000, to: 80)[PacketFile.HeaderOctets..]];
        using Replayed replayed = Replayed.Of(capture, "net.pcap");
        Assert.Equal("remote-id", Assert.Single(replayed.Summary.Feeds).Format);
        Assert.Contains("1 streams over TCP of 720 bytes passed over: none of our formats", replayed.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_and_lines_of_one_receiver_give_the_same_aircraft()
    {
        using Replayed bytes = Replayed.From(SharedFiles.Find("modes/beastblackbox/ulss7.beast"));
        using Replayed lines = Replayed.From(SharedFiles.Find("modes/beastblackbox/beast_decoded_sbs.txt"));
        Assert.Equal((1456L, 1456L), (bytes.Summary.Feeds[0].PositionReports, lines.Summary.Feeds[0].PositionReports));
        Assert.Equal((11, 11), (bytes.Summary.Tracks.Confirmed, lines.Summary.Tracks.Confirmed));
        Assert.InRange((bytes.Summary.To - bytes.Summary.From).TotalSeconds, 60, 62);
        Assert.True(bytes.Verify() is { Intact: true, DecisionsRecomputed: true });
    }

    [Fact]
    public void Published_samples_of_SAPIENT_are_one_network_of_two_nodes()
    {
        string[] files = Directory.GetFiles(SharedFiles.Find("sapient/True"), "*.json");
        using Replayed replayed = Replayed.From(files.Order(StringComparer.Ordinal).ToArray(), new Geodesy.GeoPosition(50, 1, 0));
        Assert.Equal(files.Length, Assert.Single(replayed.Summary.Feeds).Arrivals);
        Assert.Equal(2, replayed.Summary.Sensors.Count);
        Assert.True(replayed.Verify() is { Intact: true, DecisionsRecomputed: true });
    }

    [Theory]
    [InlineData("asterix/croatia/cat_001_002.pcap", "Radar", 7)]
    [InlineData("asterix/jasterix/cat010ed0.31.bin", "System", 1)]
    [InlineData("asterix/jasterix/cat020ed1.5.bin", "System", 1)]
    [InlineData("asterix/jasterix/cat021ed2.1.bin", "Adsb", 1)]
    public void Sources_of_the_older_and_local_categories_become_sensors_too(string file, string kind, int measurements)
    {
        using Replayed replayed = Replayed.From(SharedFiles.Find(file));
        SensorSummary sensor = Assert.Single(replayed.Summary.Sensors);
        Assert.Equal((kind, (long)measurements), (sensor.Kind, sensor.Measurements));
        Assert.Empty(Assert.Single(replayed.Summary.Feeds).Faults);
    }
}
