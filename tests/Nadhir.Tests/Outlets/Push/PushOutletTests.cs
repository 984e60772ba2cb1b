using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using Nadhir.Outlets;
using Nadhir.Outlets.Push;
using Nadhir.PublicPage;
using Nadhir.Tests.Demo;
using Nadhir.Tests.PublicPage;
using Nadhir.Tests.Storage;
using Nadhir.Warning;

namespace Nadhir.Tests.Outlets.Push;

/// <summary>Push messages through a service that checks and decrypts them as a real one and its phones do.</summary>
public sealed class PushOutletTests : IAsyncDisposable
{
    static readonly Uri contact = new("mailto:warnings@centre.example");

    readonly RecordFolder folder = new();
    readonly Receipts receipts = new();
    readonly PublicWatch watch = new();
    readonly VapidKey key;
    readonly PushSubscriptions subscriptions;
    readonly PushOutlet outlet;
    int issued;

    public PushOutletTests()
    {
        key = VapidKey.LoadOrCreate(folder.Path, exercise: false, contact);
        subscriptions = new(folder.Path, exercise: false, most: 5);
        outlet = Outlet(subscriptions);
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    PushOutlet Outlet(PushSubscriptions over) => new(
        watch.Configuration, new ZoneDirectory(watch.Configuration.Zones), over, new PushSender(key), receipts, TimeProvider.System, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await outlet.DisposeAsync();
        key.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Phones_of_the_zone_and_of_all_in_it_are_told_in_their_language()
    {
        await using FakePushService service = await FakePushService.Start();
        subscriptions.Add(service.Phone("town", "T"));
        subscriptions.Add(service.Phone("district", "D", "ar"));
        subscriptions.Add(service.Phone("village", "V"));
        await outlet.StartAsync(Cancellation);
        outlet.Offer(Issue("D", AlertState.Warning));
        await ZoneApiTests.Until(() => Task.FromResult(service.Rung.Count == 2));
        Rung town = service.Rung.Single(one => one.Phone == "town"), district = service.Rung.Single(one => one.Phone == "district");
        Assert.Contains("Air threat warning for Northern district", town.Content.GetProperty("title").GetString());
        Assert.Contains("القضاء الشمالي", district.Content.GetProperty("title").GetString());
        Assert.Equal("rtl", district.Content.GetProperty("direction").GetString());
        Assert.Equal("/zone/D?lang=en", town.Content.GetProperty("url").GetString());
        Assert.Equal("high", town.Headers["Urgency"]);
        await Said("handed over for 2 of 2 phones", ok: true);
        Assert.Empty(service.Complaints);
        Assert.Null(outlet.Fault);
    }

    [Fact]
    public async Task A_later_message_of_an_alert_replaces_the_earlier_by_its_topic_and_another_alerts_does_not()
    {
        await using FakePushService service = await FakePushService.Start();
        subscriptions.Add(service.Phone("town", "T"));
        await outlet.StartAsync(Cancellation);
        outlet.Offer(Issue("T", AlertState.Warning));
        await ZoneApiTests.Until(() => Task.FromResult(service.Rung.Count == 1));
        outlet.Offer(Issue("T", AlertState.AllClear));
        await ZoneApiTests.Until(() => Task.FromResult(service.Rung.Count == 2));
        outlet.Offer(Issue("P", AlertState.Watch));
        await ZoneApiTests.Until(() => Task.FromResult(service.Rung.Count == 3));
        string[] topics = [.. service.Rung.Select(one => one.Headers["Topic"])];
        Assert.Equal(topics[0], topics[1]);
        Assert.NotEqual(topics[0], topics[2]);
        Assert.Equal("AllClear", service.Rung.ElementAt(1).Content.GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_phone_that_has_unsubscribed_is_forgotten()
    {
        await using FakePushService service = await FakePushService.Start();
        service.Answer = phone => phone == "gone" ? 410 : phone == "lost" ? 404 : null;
        foreach (string phone in (string[])["gone", "lost", "here"]) subscriptions.Add(service.Phone(phone, "T"));
        await outlet.StartAsync(Cancellation);
        outlet.Offer(Issue("T", AlertState.Warning));
        await Said("handed over for 1 of 3 phones; 2 have unsubscribed", ok: true);
        Assert.Equal("here", subscriptions.Of(["T"]).Single().Endpoint.Split('/')[^1]);
    }

    [Fact]
    public async Task A_service_that_is_busy_is_tried_again_and_one_that_refuses_is_not()
    {
        await using FakePushService service = await FakePushService.Start();
        int busy = 0;
        service.Answer = phone => phone == "refused" ? 403 : Interlocked.Increment(ref busy) < 3 ? 503 : null;
        subscriptions.Add(service.Phone("town", "T"));
        subscriptions.Add(service.Phone("refused", "T"));
        await outlet.StartAsync(Cancellation);
        outlet.Offer(Issue("T", AlertState.Warning));
        await ZoneApiTests.Until(() => Task.FromResult(service.Rung.Count == 1), seconds: 30);
        await Said("handed over for 1 of 2 phones; 1 were refused; they answered HTTP 403", ok: false);
        Assert.Equal(4, service.Asked);
    }

    [Fact]
    public async Task Without_a_way_to_the_service_it_says_so_and_goes_on_when_there_is_one()
    {
        int port = Ports.Free();
        FakePushService first = await FakePushService.Start(port);
        PushSubscription phone = first.Phone("town", "T");
        await first.DisposeAsync();
        subscriptions.Add(phone);
        await outlet.StartAsync(Cancellation);
        outlet.Offer(Issue("T", AlertState.Warning));
        await ZoneApiTests.Until(() => Task.FromResult(outlet.Fault is not null));
        Assert.Equal(CauseCode.ConnectionRefused, outlet.Fault!.Code);
        await Said("1 are tried again", ok: false);
        // Other things go on meanwhile; the next message of the alert takes the place of the one that waits.
        await using FakePushService service = await FakePushService.Start(port);
        subscriptions.Add(service.Phone("town", "T"));
        outlet.Offer(Issue("T", AlertState.AllClear));
        await ZoneApiTests.Until(() => Task.FromResult(!service.Rung.IsEmpty), seconds: 30);
        Assert.Null(outlet.Fault);
        await Task.Delay(2500, Cancellation);
        Assert.Equal("AllClear", Assert.Single(service.Rung).Content.GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_message_offered_again_after_a_restart_is_not_sent_twice()
    {
        await using FakePushService service = await FakePushService.Start();
        subscriptions.Add(service.Phone("town", "T"));
        await outlet.StartAsync(Cancellation);
        DurableDecision decision = Issue("T", AlertState.Warning);
        outlet.Offer(decision);
        await Said("handed over for 1 of 1 phones", ok: true);
        await outlet.DisposeAsync();
        PushOutlet again = Outlet(new PushSubscriptions(folder.Path, exercise: false, most: 5));
        await again.StartAsync(Cancellation);
        again.Offer(decision);
        again.Offer(Issue("T", AlertState.AllClear));
        await ZoneApiTests.Until(() => Task.FromResult(service.Rung.Count == 2));
        Assert.Equal(["Warning", "AllClear"], service.Rung.Select(one => one.Content.GetProperty("state").GetString()!));
        await again.DisposeAsync();
    }

    [Fact]
    public async Task A_phone_subscribes_changes_its_mind_and_leaves_through_the_api()
    {
        PushServices services = new(["https://push.example"]);
        PushSubscriptions table = new(folder.Path, exercise: true, most: 1);
        await using PublicHost host = await PublicHost.Start(
            new() { PushKey = key.PublicKey }, watch, app => app.MapPush(table, services, new ZoneDirectory(watch.Configuration.Zones)));
        Assert.Contains($"data-push-key=\"{key.PublicKey}\"", await host.Client.GetStringAsync("/zone/T?lang=en", Cancellation));
        using System.Security.Cryptography.ECDiffieHellman browser = System.Security.Cryptography.ECDiffieHellman.Create();
        string own = System.Buffers.Text.Base64Url.EncodeToString(PushEncryption.Point(
            System.Security.Cryptography.ECDiffieHellman.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256).ExportParameters(false).Q));
        object Wish(string zone, string endpoint = "https://push.example/1", string language = "ar", string? p256dh = null) =>
            new { endpoint, expirationTime = (long?)null, keys = new { p256dh = p256dh ?? own, auth = "BTBZMqHH6r4Tts7J_aSIgg" }, zone, language };
        Assert.Equal(HttpStatusCode.Created, await Post(host, Wish("T")));
        Assert.Equal(HttpStatusCode.NoContent, await Post(host, Wish("V")));
        Assert.Equal(("V", "ar"), (table.Of(["T", "V"]).Single().Zone, table.Of(["V"]).Single().Language));
        Assert.Equal(HttpStatusCode.InsufficientStorage, await Post(host, Wish("T", "https://push.example/2")));
        foreach (object wrong in (object[])
        [
            Wish("nowhere"), Wish("T", "http://127.0.0.1/"), Wish("T", language: "xx"), Wish("T", p256dh: own[..^4]), new { zone = "T" }, "words", new { endpoint = "" },
        ]) Assert.Equal(HttpStatusCode.BadRequest, await Post(host, wrong));
        Assert.Equal(HttpStatusCode.NoContent, await Post(host, new { endpoint = "https://push.example/1", remove = true }));
        Assert.Equal(0, table.Count);
        table.Dispose();
    }

    static async Task<HttpStatusCode> Post(PublicHost host, object body)
    {
        using HttpResponseMessage answer = await host.Client.PostAsJsonAsync("/api/push", body, Cancellation);
        return answer.StatusCode;
    }

    DurableDecision Issue(string zone, AlertState state, bool exercise = false)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        WatchConfiguration configuration = watch.Configuration with { Exercise = exercise };
        ImmutableArray<MessageReference> earlier =
            [.. Enumerable.Range(1, issued++).Select(i => new MessageReference("a", $"m-{i}", now))];
        PublicMessage message = MessageComposer.Compose(configuration, configuration.Zones.First(one => one.Id == zone), $"A-{zone}-1", state,
            ThreatKind.Aircraft, null, earlier, now);
        return new(1, now, now, new MessageIssued(message));
    }

    Task Said(string detail, bool ok) => ZoneApiTests.Until(() => Task.FromResult(
        receipts.All.OfType<MessageReceipt>().Any(one => one.Ok == ok && one.Outlet == "push" && one.Detail.Contains(detail, StringComparison.Ordinal))),
        seconds: 30);

    sealed class Receipts : IReceiptSink
    {
        public ConcurrentQueue<Receipt> All { get; } = [];

        public void Offer(string source, Receipt receipt) => All.Enqueue(receipt);
    }
}
