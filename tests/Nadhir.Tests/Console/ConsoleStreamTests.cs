using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Nadhir.DutyConsole;
using Nadhir.Sensing;
using Nadhir.Tracking;
using Nadhir.Tracking.Ballistics;

namespace Nadhir.Tests.Console;

/// <summary>The two streams, over real connections.</summary>
public sealed class ConsoleStreamTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_listener_gets_everything_first_and_then_what_changed()
    {
        await using ConsoleHost host = await ConsoleHost.Start();
        using EventListener listener = await EventListener.Open(host.Client, "/api/events");
        JsonElement first = await listener.Next("boards");
        foreach (string section in BoardsFrame.SectionNames) Assert.True(first.TryGetProperty(section, out _), section);

        Boards before = host.Watch.Current;
        host.Watch.Show(before with { Sequence = 5, Alerts = [before.Alerts[1]] });
        JsonElement second = await listener.Next("boards");
        Assert.Equal(5, second.GetProperty("sequence").GetInt64());
        Assert.Equal("A-2", second.GetProperty("alerts")[0].GetProperty("id").GetString());
        Assert.False(second.TryGetProperty("sirens", out _), "sirens did not change");
    }

    [Fact]
    public async Task The_line_speaks_every_second_even_when_nothing_happens()
    {
        await using ConsoleHost host = await ConsoleHost.Start();
        host.Watch.Health = new([Cause.Of(CauseCode.Malformed, "siren link: broker gone")]);
        using EventListener listener = await EventListener.Open(host.Client, "/api/events");
        await listener.Next("heartbeat");
        JsonElement second = await listener.Next("heartbeat");
        Assert.Equal(SyntheticWatch.Start, second.GetProperty("now").GetDateTimeOffset());
        Assert.Equal("siren link: broker gone", second.GetProperty("faults")[0].GetString());
    }

    [Fact]
    public async Task A_crowd_is_refused_rather_than_carried()
    {
        await using ConsoleHost host = await ConsoleHost.Start(new() { MaximumStreams = 1 });
        using EventListener first = await EventListener.Open(host.Client, "/api/events");
        await first.Next("boards");
        HttpResponseMessage second = await host.Client.GetAsync("/api/events", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
    }

    [Fact]
    public async Task Tracks_come_as_binary_frames_with_their_descriptions_as_text()
    {
        await using ConsoleHost host = await ConsoleHost.Start();
        using ClientWebSocket socket = await OpenTracks(host);
        (WebSocketMessageType type, byte[] bytes) = await Receive(socket);
        Assert.Equal(WebSocketMessageType.Text, type);
        using JsonDocument said = JsonDocument.Parse(bytes);
        Assert.Equal(33, said.RootElement.GetArrayLength());
        for (int i = 0; i < 3; i++)
        {
            (type, bytes) = await Receive(socket);
            Assert.Equal(WebSocketMessageType.Binary, type);
            Assert.Equal(33u, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)));
            Assert.Equal(TrackFrame.HeaderBytes + (33 * TrackFrame.RecordBytes), bytes.Length);
        }
    }

    [Fact]
    public void Where_a_track_comes_down_is_told_in_its_description_and_again_only_when_it_moves()
    {
        SyntheticWatch watch = new();
        TrackRow row = watch.Current.Tracks[0];
        Assert.Null(TrackDescriptions.Describe(row, watch.Configuration).Impact);
        TrackDescriptions descriptions = new(watch.Configuration);
        TrackRow falling = row with { Track = row.Track with { Impact = Falling(33.1) } };
        descriptions.Look([row]);
        long before = descriptions.Number;
        descriptions.Look([falling]);
        (long number, byte[] json) = descriptions.ChangedSince(before);
        using JsonDocument said = JsonDocument.Parse(json);
        JsonElement impact = said.RootElement[0].GetProperty("impact");
        Assert.Equal(33.1, impact.GetProperty("latitudeDegrees").GetDouble());
        Assert.Equal(1600, impact.GetProperty("semiMajorMetres").GetDouble());
        Assert.Equal(SyntheticWatch.Start.AddSeconds(95), impact.GetProperty("latest").GetDateTimeOffset());
        descriptions.Look([row with { Track = row.Track with { Impact = Falling(33.1) } }]);
        Assert.Equal(number, descriptions.Number);
        descriptions.Look([row with { Track = row.Track with { Impact = Falling(33.2) } }]);
        Assert.NotEqual(number, descriptions.Number);

        static ImpactPrediction Falling(double latitude) => new()
        {
            Position = new(latitude, 44.5, 0), East = 0, North = 0, Time = SyntheticWatch.Start.AddSeconds(80),
            Earliest = SyntheticWatch.Start.AddSeconds(60), Latest = SyntheticWatch.Start.AddSeconds(95),
            SemiMajorMetres = 1600, SemiMinorMetres = 550, BearingDegrees = 40, EastEast = 1, EastNorth = 0, NorthNorth = 1,
        };
    }

    [Fact]
    public void The_ways_ahead_are_told_of_a_track_that_puts_a_zone_at_risk_and_again_only_when_one_would_see_it()
    {
        SyntheticWatch watch = new();
        TrackRow row = watch.Current.Tracks[0];
        TrackRow flying = row with { Track = Turned(row.Track, 46) };
        TrackDescriptions descriptions = new(watch.Configuration);
        descriptions.Look([flying]);
        long before = descriptions.Number;
        descriptions.Look([flying], Only(row));
        (long number, byte[] json) = descriptions.ChangedSince(before);
        using JsonDocument said = JsonDocument.Parse(json);
        JsonElement ahead = said.RootElement[0].GetProperty("ahead");
        Assert.Equal(46, ahead.GetProperty("courseDegrees").GetDouble(), 0.1);
        double half = ahead.GetProperty("halfDegrees").GetDouble(), most = ahead.GetProperty("mostDegrees").GetDouble();
        Assert.InRange(half, 0.1, 10);
        Assert.InRange(most, half * 1.5, 180);
        descriptions.Look([row with { Track = Turned(row.Track, 47) }], Only(row));
        Assert.Equal(number, descriptions.Number);
        descriptions.Look([row with { Track = Turned(row.Track, 49) }], Only(row));
        Assert.NotEqual(number, number = descriptions.Number);
        descriptions.Look([flying]);
        Assert.NotEqual(number, descriptions.Number);

        static FrozenSet<int> Only(TrackRow row) => new[] { row.Track.Id }.ToFrozenSet();
        static Track Turned(Track track, double degrees) => track with
        {
            CourseDegrees = degrees,
            State = track.State with
            {
                VelocityEast = 250 * Math.Sin(degrees * Math.PI / 180), VelocityNorth = 250 * Math.Cos(degrees * Math.PI / 180),
                Covariance = new(2500, 0, 0, 0, 2500, 0, 0, 4, 0, 4),
            },
        };
    }

    [Fact]
    public void What_sensors_take_a_track_for_is_told_with_whose_word_it_is_and_again_only_when_it_changes()
    {
        SyntheticWatch watch = new();
        TrackRow row = watch.Current.Tracks[0];
        Assert.Empty(TrackDescriptions.Describe(row, watch.Configuration).ReportedAs);
        TrackDescriptions descriptions = new(watch.Configuration);
        descriptions.Look([Reported(ObjectClass.Uav, 0.8)]);
        (long number, byte[] json) = descriptions.ChangedSince(0);
        using JsonDocument said = JsonDocument.Parse(json);
        JsonElement report = Assert.Single(said.RootElement[0].GetProperty("reportedAs").EnumerateArray());
        Assert.Equal((watch.Configuration.Sensors[0].Id, "Uav", 0.8),
            (report.GetProperty("sensor").GetString(), report.GetProperty("class").GetString(), report.GetProperty("confidence").GetDouble()));
        Assert.False(report.TryGetProperty("levelDecibels", out _));
        descriptions.Look([Reported(ObjectClass.Uav, 0.75)]);
        Assert.Equal(number, descriptions.Number);
        descriptions.Look([Reported(ObjectClass.Uav, 0.5)]);
        Assert.NotEqual(number, number = descriptions.Number);
        descriptions.Look([Reported(ObjectClass.Bird, 0.5)]);
        Assert.NotEqual(number, descriptions.Number);

        TrackRow Reported(ObjectClass what, double confidence) =>
            row with { Track = row.Track with { ReportedAs = [new SensorReport(0, new(what, confidence))] } };
    }

    [Fact]
    public async Task A_track_that_says_its_name_is_described_anew_and_the_others_are_not()
    {
        await using ConsoleHost host = await ConsoleHost.Start();
        using ClientWebSocket socket = await OpenTracks(host);
        await Receive(socket);
        Boards before = host.Watch.Current;
        TrackRow named = before.Tracks[0] with { Track = before.Tracks[0].Track with { Callsign = Nadhir.Sensing.Callsign.From("HELLO1") } };
        host.Watch.Show(before with { Tracks = before.Tracks.SetItem(0, named) });
        while (true)
        {
            (WebSocketMessageType type, byte[] bytes) = await Receive(socket);
            if (type != WebSocketMessageType.Text) continue;
            using JsonDocument said = JsonDocument.Parse(bytes);
            Assert.Equal("HELLO1", Assert.Single(said.RootElement.EnumerateArray()).GetProperty("callsign").GetString());
            return;
        }
    }

    [Fact]
    public async Task A_page_of_another_site_gets_no_tracks()
    {
        await using ConsoleHost host = await ConsoleHost.Start();
        using ClientWebSocket socket = new();
        socket.Options.SetRequestHeader("Origin", "https://other.example");
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(TracksAddress(host), Cancellation));
    }

    [Fact]
    public async Task A_listener_that_stops_reading_holds_up_nobody()
    {
        await using ConsoleHost host = await ConsoleHost.Start();
        using ClientWebSocket asleep = await OpenTracks(host);
        using ClientWebSocket awake = await OpenTracks(host);
        long last = 0;
        for (int i = 0; i < 20; i++)
        {
            (WebSocketMessageType type, byte[] bytes) = await Receive(awake);
            if (type != WebSocketMessageType.Binary) continue;
            host.Watch.Now += TimeSpan.FromSeconds(1);
            long now = (long)BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(8));
            Assert.True(now >= last);
            last = now;
        }

        Assert.True(last > SyntheticWatch.Start.ToUnixTimeMilliseconds() + 10_000);
    }

    static Uri TracksAddress(ConsoleHost host) => new UriBuilder(host.Address) { Scheme = "ws", Path = "/api/tracks/live" }.Uri;

    static async Task<ClientWebSocket> OpenTracks(ConsoleHost host)
    {
        ClientWebSocket socket = new();
        await socket.ConnectAsync(TracksAddress(host), Cancellation);
        return socket;
    }

    static async Task<(WebSocketMessageType Type, byte[] Bytes)> Receive(ClientWebSocket socket)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        using MemoryStream whole = new();
        byte[] buffer = new byte[4096];
        while (true)
        {
            WebSocketReceiveResult part = await socket.ReceiveAsync(buffer, patience.Token);
            whole.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return (part.MessageType, whole.ToArray());
        }
    }
}
