using System.Collections.Concurrent;
using System.Net;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;
using Nadhir.Formats.Cap;
using Nadhir.Outlets;
using Nadhir.Outlets.Cap;
using Nadhir.Tests.Outlets.Sirens;
using Nadhir.Warning;

namespace Nadhir.Tests.Outlets.Cap;

public sealed class CapOutletTests : IDisposable
{
    static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-cap-").FullName;
    readonly ReceiptLog log = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    CapStore Open(bool exercise = false) => new(folder, exercise, "warning@civil-protection.example");

    static DurableDecision Durable(PublicMessage message) => new(1, message.Sent, message.Sent, new MessageIssued(message));

    [Fact]
    public async Task A_message_becomes_a_file_a_feed_entry_and_a_receipt()
    {
        PublicMessage message = CapMessages.Compose(AlertState.Warning);
        await using CapOutlet outlet = new(Open(), log, TimeProvider.System);
        await outlet.StartAsync(CancellationToken.None);
        outlet.Offer(Durable(message));
        MessageReceipt receipt = await log.Wait<MessageReceipt>(one => one.Message == message.Identifier);
        Assert.Equal((true, "cap-file"), (receipt.Ok, receipt.Outlet));
        Assert.True(File.Exists(Path.Combine(folder, $"{message.Identifier}.xml")));
        XElement feed = XElement.Load(Path.Combine(folder, "feed.atom"));
        Assert.Equal($"{message.Identifier}.xml", feed.Element(Atom + "entry")!.Element(Atom + "link")!.Attribute("href")!.Value);
        Assert.Empty(Directory.GetFiles(folder, "*.tmp"));
    }

    [Fact]
    public void Offered_again_after_a_restart_nothing_changes()
    {
        PublicMessage message = CapMessages.Compose(AlertState.Warning);
        Assert.IsType<CapOutcome.Written>(Open().Add(message));
        byte[] feed = File.ReadAllBytes(Path.Combine(folder, "feed.atom"));
        CapStore restarted = Open();
        Assert.IsType<CapOutcome.AlreadyThere>(restarted.Add(message));
        Assert.Equal(1, restarted.Count);
        Assert.Equal(feed, File.ReadAllBytes(Path.Combine(folder, "feed.atom")));
    }

    [Fact]
    public void Another_message_with_the_same_identifier_is_refused_and_the_first_kept()
    {
        PublicMessage message = CapMessages.Compose(AlertState.Warning);
        CapStore store = Open();
        store.Add(message);
        byte[] before = store.Message(message.Identifier)!;
        Assert.IsType<CapOutcome.Refused>(store.Add(message with { Sent = message.Sent.AddSeconds(1) }));
        Assert.Equal(before, store.Message(message.Identifier));
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    public void An_identifier_cannot_lead_out_of_the_folder(string identifier) => Assert.IsType<CapOutcome.Refused>(
        Open().Add(CapMessages.Compose(AlertState.Warning) with { Identifier = identifier }));

    [Fact]
    public void The_feed_shows_the_latest_hundred_and_archives_hold_every_other()
    {
        CapStore store = Open();
        for (int i = 0; i < 250; i++) store.Add(CapMessages.Compose(AlertState.Watch, number: i));
        Assert.Null(store.Feed(3));
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (byte[] bytes in new[] { store.Feed()!, store.Feed(2)!, store.Feed(1)! })
        {
            XElement feed = XElement.Load(new MemoryStream(bytes));
            string[] ids = [.. feed.Elements(Atom + "entry").Select(entry => entry.Element(Atom + "id")!.Value)];
            Assert.Equal((100, 100), (ids.Length, ids.Distinct(StringComparer.Ordinal).Count()));
            seen.UnionWith(ids);
        }

        Assert.Equal(250, seen.Count);
        Assert.Equal(store.Feed(1), File.ReadAllBytes(Path.Combine(folder, "archive-1.atom")));
        Assert.Equal("archive-2.atom", XElement.Load(new MemoryStream(store.Feed()!)).Elements(Atom + "link")
            .Single(link => link.Attribute("rel")!.Value == "prev-archive").Attribute("href")!.Value);
        // By the links alone a reader meets every message once.
        seen.Clear();
        for (byte[]? page = store.Feed(); page is not null;)
        {
            XElement feed = XElement.Load(new MemoryStream(page));
            Assert.InRange(feed.Elements(Atom + "entry").Count(), 1, CapStore.FeedLength);
            foreach (XElement entry in feed.Elements(Atom + "entry")) seen.Add(entry.Element(Atom + "id")!.Value);
            string? next = feed.Elements(Atom + "link").SingleOrDefault(link => link.Attribute("rel")!.Value == "next")?.Attribute("href")!.Value;
            page = next is null ? null : File.ReadAllBytes(Path.Combine(folder, next));
        }

        Assert.Equal(250, seen.Count);
        Assert.Equal(store.Feed(), Open().Feed());
    }

    [Fact]
    public void Of_several_messages_one_that_the_disk_refuses_takes_no_other_along()
    {
        CapStore store = Open();
        PublicMessage[] messages = [.. Enumerable.Range(0, 8).Select(i => CapMessages.Compose(AlertState.Warning, number: i))];
        Directory.CreateDirectory(Path.Combine(folder, $"{messages[3].Identifier}.xml.tmp"));
        ConcurrentBag<string> kept = [];
        CapOutcome[] outcomes = store.Add(messages, (message, xml) =>
        {
            Assert.Equal(xml, File.ReadAllBytes(Path.Combine(folder, $"{message.Identifier}.xml")));
            kept.Add(message.Identifier);
        });
        Assert.IsAssignableFrom<UnauthorizedAccessException>(Assert.IsType<CapOutcome.Failed>(outcomes[3]).Fault);
        Assert.Equal(7, outcomes.OfType<CapOutcome.Written>().Count());
        Assert.Equal(messages.Where((_, i) => i != 3).Select(one => one.Identifier).Order(), kept.Order());
        Assert.Equal((7, Open().Feed()!.Length), (store.Count, store.Feed()!.Length));
    }

    [Fact]
    public void What_the_feeds_rule_keeps_out_is_for_partners_only()
    {
        PublicMessage message = CapMessages.Compose(AlertState.Warning);
        CapStore store = new(folder, exercise: false, "warning@civil-protection.example") { Shows = _ => false };
        List<string> kept = [];
        Assert.IsType<CapOutcome.Withheld>(store.Add([message], (one, _) => kept.Add(one.Identifier))[0]);
        Assert.Equal([message.Identifier], kept);
        Assert.Empty(Directory.GetFiles(folder, "*.xml"));
        Assert.Null(store.Message(message.Identifier));
    }

    [Fact]
    public async Task A_failing_disk_is_said_once_and_tried_again()
    {
        CapStore store = Open();
        PublicMessage message = CapMessages.Compose(AlertState.Warning) with { Expires = DateTimeOffset.MaxValue };
        string blocked = Path.Combine(folder, $"{message.Identifier}.xml.tmp");
        Directory.CreateDirectory(blocked);
        await using CapOutlet outlet = new(store, log, TimeProvider.System);
        await outlet.StartAsync(CancellationToken.None);
        outlet.Offer(Durable(message));
        await log.Wait<MessageReceipt>(one => !one.Ok);
        Directory.Delete(blocked);
        await log.Wait<MessageReceipt>(one => one.Ok);
        Assert.Equal([false, true], log.All.OfType<MessageReceipt>().Select(one => one.Ok));
    }

    [Fact]
    public async Task Over_http_the_feed_and_messages_have_types_and_tags()
    {
        CapStore store = Open();
        PublicMessage message = CapMessages.Compose(AlertState.Warning);
        store.Add(message);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        await using WebApplication app = builder.Build();
        app.MapCap(store);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using HttpClient http = app.GetTestClient();
        CancellationToken cancel = TestContext.Current.CancellationToken;

        using HttpResponseMessage feed = await http.GetAsync("/cap/feed.atom", cancel);
        Assert.Equal((HttpStatusCode.OK, "application/atom+xml"), (feed.StatusCode, feed.Content.Headers.ContentType!.MediaType));
        using HttpResponseMessage cap = await http.GetAsync($"/cap/{message.Identifier}.xml", cancel);
        Assert.Equal((HttpStatusCode.OK, AtomFeed.CapMediaType), (cap.StatusCode, cap.Content.Headers.ContentType!.MediaType));
        Assert.Equal(store.Message(message.Identifier), await cap.Content.ReadAsByteArrayAsync(cancel));

        using HttpRequestMessage again = new(HttpMethod.Get, "/cap/feed.atom");
        again.Headers.IfNoneMatch.Add(feed.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await http.SendAsync(again, cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/cap/nothing.xml", cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/cap/..%2Ffeed.atom.xml", cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/cap/archive-1.atom", cancel)).StatusCode);
    }
}
