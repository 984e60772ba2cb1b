using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Nadhir.Identification;
using Nadhir.PublicPage;
using Nadhir.Tests.Console;
using Nadhir.Tests.Demo;
using Nadhir.Tracking;
using Nadhir.Warning;

namespace Nadhir.Tests.PublicPage;

/// <summary>What the public is told of a zone, asked for and listened to.</summary>
public sealed class ZoneApiTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_zone_without_an_alert_says_so_and_as_of_when()
    {
        await using PublicHost host = await PublicHost.Start();
        JsonElement state = await Get(host, "/api/zones/T");
        Assert.Equal("None", state.GetProperty("state").GetString());
        Assert.Equal(["D", "P"], state.GetProperty("parents").EnumerateArray().Select(one => one.GetProperty("zone").GetString()!));
        Assert.Equal(45, state.GetProperty("secondsToShelter").GetInt32());
        Assert.InRange(state.GetProperty("asOf").GetDateTimeOffset(), PublicWatch.Start.AddSeconds(-2), PublicWatch.Start.AddMinutes(5));
        Assert.False(state.TryGetProperty("distanceKilometres", out _));
    }

    [Fact]
    public async Task Who_listens_is_told_a_new_state_and_hears_signs_of_life()
    {
        await using PublicHost host = await PublicHost.Start(new() { HeartbeatEvery = TimeSpan.FromMilliseconds(100) });
        using EventListener listener = await EventListener.Open(host.Client, "/api/zones/T/events");
        Assert.Equal("None", (await listener.Next("state")).GetProperty("state").GetString());
        host.Watch.Show(host.Watch.Alert("T", AlertState.Warning));
        JsonElement warned = await listener.Next("state");
        Assert.Equal("Warning", warned.GetProperty("state").GetString());
        Assert.Equal("nadhir-A-T-1-1", warned.GetProperty("message").GetString());
        Assert.Contains("Take shelter now. You have 45 seconds", warned.GetProperty("texts").GetProperty("en").GetProperty("instruction").GetString());
        Assert.Contains("البلدة القديمة", warned.GetProperty("texts").GetProperty("ar").GetProperty("headline").GetString());
        JsonElement first = await listener.Next("heartbeat"), later = await listener.Next("heartbeat");
        Assert.True(later.GetProperty("at").GetDateTimeOffset() > first.GetProperty("at").GetDateTimeOffset());
        host.Watch.Show();
        Assert.Equal("None", (await listener.Next("state")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task An_alert_of_a_larger_zone_holds_in_it_and_the_graver_comes_first()
    {
        await using PublicHost host = await PublicHost.Start();
        host.Watch.Show(host.Watch.Alert("P", AlertState.Watch), host.Watch.Alert("D", AlertState.Warning), host.Watch.Alert("T", AlertState.AllClear));
        await Until(async () => (await Get(host, "/api/zones/T")).GetProperty("state").GetString() == "Warning");
        JsonElement town = await Get(host, "/api/zones/T"), village = await Get(host, "/api/zones/V"), province = await Get(host, "/api/zones/P");
        Assert.Equal("D", town.GetProperty("holdsFrom").GetProperty("zone").GetString());
        Assert.Equal("Watch", village.GetProperty("state").GetString());
        Assert.Equal("P", village.GetProperty("holdsFrom").GetProperty("zone").GetString());
        Assert.False(province.TryGetProperty("holdsFrom", out _));
        JsonElement inside = Assert.Single(province.GetProperty("within").EnumerateArray());
        Assert.Equal(("D", "Warning"), (inside.GetProperty("zone").GetString(), inside.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task What_has_not_been_said_to_the_public_is_not_told()
    {
        await using PublicHost host = await PublicHost.Start();
        host.Watch.Show(host.Watch.Alert("T", AlertState.Watch, messages: 0), host.Watch.Alert("V", AlertState.Watch));
        await Until(async () => (await Get(host, "/api/zones/V")).GetProperty("state").GetString() == "Watch");
        Assert.Equal("None", (await Get(host, "/api/zones/T")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Figures_that_were_not_told_do_not_trickle_out_and_news_do()
    {
        await using PublicHost host = await PublicHost.Start();
        AlertRow told = host.Watch.Alert("T", AlertState.Watch);
        host.Watch.Show(told);
        using EventListener listener = await EventListener.Open(host.Client, "/api/zones/T/events");
        DateTimeOffset first;
        while (true)
        {
            JsonElement state = await listener.Next("state");
            if (state.GetProperty("state").GetString() != "Watch") continue;
            first = state.GetProperty("arrival").GetProperty("earliest").GetDateTimeOffset();
            break;
        }

        host.Watch.Show(told with { Arrival = new(first.AddSeconds(40), first.AddSeconds(90)) });
        await Task.Delay(300, Cancellation);
        Assert.Equal(first, (await Get(host, "/api/zones/T")).GetProperty("arrival").GetProperty("earliest").GetDateTimeOffset());
        host.Watch.Show(host.Watch.Alert("T", AlertState.Watch, messages: 2) with { Arrival = new(first.AddSeconds(40), first.AddSeconds(90)) });
        Assert.Equal(first.AddSeconds(40), (await listener.Next("state")).GetProperty("arrival").GetProperty("earliest").GetDateTimeOffset());
    }

    [Fact]
    public async Task Distance_is_told_only_where_it_is_released_and_in_steps()
    {
        await using PublicHost host = await PublicHost.Start(new() { Distance = true });
        Track track = SyntheticBoards.Make(1, new(33.25, 44.5), 200, 270, 3000, PublicWatch.Start, TrackStatus.Confirmed);
        host.Watch.Show(host.Watch.Current with { Alerts = [host.Watch.Alert("T", AlertState.Warning)], Tracks = [new TrackRow(track, Identity.None)] });
        await Until(async () => (await Get(host, "/api/zones/T")).GetProperty("state").GetString() == "Warning");
        // 46.6 km to the centre, 5 km of radius: 41.6 km to the edge.
        Assert.Equal(40, (await Get(host, "/api/zones/T")).GetProperty("distanceKilometres").GetInt32());
    }

    [Fact]
    public async Task A_zone_whose_sensors_are_silent_says_so_unless_that_is_withheld()
    {
        CoverageBoard blind = new(3, [new CoverageRow("T", Coverage.Blind)]);
        await using PublicHost host = await PublicHost.Start();
        host.Watch.Show(host.Watch.Current with { Coverage = blind });
        await Until(async () => (await Get(host, "/api/zones/T")).GetProperty("coverage").GetString() == "Blind");
        Assert.Equal("Full", (await Get(host, "/api/zones/V")).GetProperty("coverage").GetString());
        Assert.Contains("no alert does not mean no danger", await host.Client.GetStringAsync("/zone/T?lang=en", Cancellation));
        await using PublicHost closed = await PublicHost.Start(new() { Coverage = false });
        closed.Watch.Show(closed.Watch.Current with { Coverage = blind });
        await Task.Delay(200, Cancellation);
        Assert.False((await Get(closed, "/api/zones/T")).TryGetProperty("coverage", out _));
    }

    [Fact]
    public async Task An_answer_may_be_kept_for_seconds_and_is_named()
    {
        await using PublicHost host = await PublicHost.Start();
        foreach (string path in (string[])["/api/zones", "/api/zones/T", "/api/zone-outlines"])
        {
            using HttpResponseMessage answer = await host.Client.GetAsync(path, Cancellation);
            Assert.True(answer.Headers.CacheControl!.Public);
            Assert.InRange(answer.Headers.CacheControl.MaxAge!.Value.TotalSeconds, 1, 3600);
            Assert.NotNull(answer.Headers.ETag);
        }

        using HttpResponseMessage outlines = await host.Client.GetAsync("/api/zone-outlines", Cancellation);
        using HttpRequestMessage again = new(HttpMethod.Get, "/api/zone-outlines");
        again.Headers.IfNoneMatch.Add(outlines.Headers.ETag!);
        using HttpResponseMessage same = await host.Client.SendAsync(again, Cancellation);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        using HttpResponseMessage none = await host.Client.GetAsync("/api/zones/nowhere", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task One_listener_too_many_is_told_when_to_come_back_and_a_place_that_is_left_is_given_again()
    {
        await using PublicHost host = await PublicHost.Start(new() { MaximumStreams = 2, HeartbeatEvery = TimeSpan.FromMilliseconds(100) });
        EventListener first = await EventListener.Open(host.Client, "/api/zones/T/events");
        using EventListener second = await EventListener.Open(host.Client, "/api/zones/V/events");
        using HttpResponseMessage third = await host.Client.GetAsync("/api/zones/T/events", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, third.StatusCode);
        Assert.Equal(30, third.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        first.Dispose();
        await Until(async () =>
        {
            using HttpResponseMessage answer = await host.Client.GetAsync("/api/zones/T/events", HttpCompletionOption.ResponseHeadersRead, Cancellation);
            return answer.IsSuccessStatusCode;
        });
    }

    [Fact]
    public async Task A_listener_that_takes_nothing_is_let_go_and_holds_up_nobody()
    {
        PublicOptions options = new()
        {
            HeartbeatEvery = TimeSpan.FromMilliseconds(100), LongestSend = TimeSpan.FromMilliseconds(500),
        };
        await using PublicHost host = await PublicHost.Start(options);
        using Socket asleep = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await asleep.ConnectAsync("127.0.0.1", host.Address.Port, Cancellation);
        await asleep.SendAsync(Encoding.ASCII.GetBytes("GET /api/zones/T/events HTTP/1.1\r\nHost: localhost\r\n\r\n"), Cancellation);
        using EventListener awake = await EventListener.Open(host.Client, "/api/zones/T/events");
        ZoneStreams streams = (ZoneStreams)host.Services.GetService(typeof(ZoneStreams))!;
        await Until(() => Task.FromResult(streams.Open == 2));
        int messages = 1;
        await Until(() =>
        {
            host.Watch.Show(host.Watch.Alert("T", AlertState.Warning, messages: ++messages));
            return Task.FromResult(streams.Open == 1);
        }, seconds: 60);
        host.Watch.Show(host.Watch.Alert("T", AlertState.AllClear, messages: ++messages));
        while ((await awake.Next("state")).GetProperty("state").GetString() != "AllClear")
        {
            // Every state before it: none was lost to the one who reads.
        }
    }

    [Fact]
    public async Task The_public_port_answers_the_public_paths_and_nothing_else()
    {
        int port = Ports.Free();
        await using PublicHost host = await PublicHost.Start(new() { Port = port });
        using HttpClient outside = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new($"http://127.0.0.1:{port}") };
        foreach (string path in (string[])["/zone/", "/zone/T", "/api/zones", "/api/zones/T", "/api/zone-outlines"])
            Assert.Equal(HttpStatusCode.OK, (await outside.GetAsync(path, Cancellation)).StatusCode);
        foreach (string path in (string[])["/api/boards", "/api/configuration", "/api/tracks", "/api/health", "/openapi/v1.json", "/index.html", "/report"])
            Assert.Equal(HttpStatusCode.NotFound, (await outside.GetAsync(path, Cancellation)).StatusCode);
        using HttpResponseMessage root = await outside.GetAsync("/", Cancellation);
        Assert.Equal("/zone/", root.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/api/boards", Cancellation)).StatusCode);
    }

    internal static async Task<JsonElement> Get(PublicHost host, string path) =>
        JsonDocument.Parse(await host.Client.GetStringAsync(path, Cancellation)).RootElement;

    internal static async Task Until(Func<Task<bool>> holds, int seconds = 20)
    {
        for (long end = TimeProvider.System.GetTimestamp() + (seconds * TimeProvider.System.TimestampFrequency);
             TimeProvider.System.GetTimestamp() < end; await Task.Delay(50, Cancellation))
        {
            if (await holds()) return;
        }

        Assert.Fail("it did not come about");
    }
}
