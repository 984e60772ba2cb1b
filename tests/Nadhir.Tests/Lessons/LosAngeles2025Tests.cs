using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using Microsoft.Extensions.Time.Testing;
using Nadhir.Core.Tests.Desks;
using Nadhir.Formats.Cap;
using Nadhir.Geodesy;
using Nadhir.Outlets;
using Nadhir.Outlets.Cap;
using Nadhir.Outlets.Push;
using Nadhir.PublicPage;
using Nadhir.Tests.Outlets.Push;
using Nadhir.Tests.Outlets.Sirens;
using Nadhir.Tests.Storage;
using Nadhir.Warning;

namespace Nadhir.Tests.Lessons;

/// <summary>
/// In January 2025 an evacuation message for one neighbourhood went to all ten million people of Los Angeles county: its
/// polygon was lost on the way. For days after, echoes of old messages were sent again as phone networks came back.
/// </summary>
public sealed class LosAngeles2025Tests : IDisposable
{
    static readonly XNamespace cap = CapWriter.Namespace;
    readonly RecordFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The zone at risk, and neighbours 60 km to the north and south of it: squares of 20 km.</summary>
    static WatchConfiguration WithNeighbours(WatchConfiguration plain) => plain with
    {
        Zones = [Square("z", plain.Origin, 0), Square("north", plain.Origin, 0.55), Square("south", plain.Origin, -0.55)],
    };

    static Zone Square(string id, GeoPoint origin, double north)
    {
        return new() { Id = id, Name = id, Area = new() { Rings = [[Corner(-1, -1), Corner(-1, 1), Corner(1, 1), Corner(1, -1), Corner(-1, -1)]] } };

        GeoPoint Corner(int up, int right) => new(origin.LatitudeDegrees + north + (up * 0.09), origin.LongitudeDegrees + (right * 0.1));
    }

    [Fact]
    public void Every_message_carries_the_outline_of_the_zone_at_risk_and_of_no_neighbour()
    {
        WatchBench bench = new(WithNeighbours);
        bench.See(1, 120);
        bench.Wait(16);
        bench.See(1, 80);
        bench.WarnThenTurnAway();
        bench.Wait(70);
        bench.Give(new EndAlert("A-z-1") { By = "duty" });
        PublicMessage[] told = [.. bench.All.OfType<MessageIssued>().Select(one => one.Message)];
        Assert.Equal([AlertState.Watch, AlertState.Warning, AlertState.AllClear], told.Select(one => one.State).Distinct());
        CapIssuer issuer = new(exercise: false);
        Assert.All(told, message =>
        {
            XElement alert = XDocument.Load(new MemoryStream(Assert.IsType<CapIssue.Ready>(issuer.Issue(message)).Xml)).Root!;
            string[] outlines = [.. alert.Descendants(cap + "polygon").Select(one => one.Value)];
            Assert.Equal(alert.Elements(cap + "info").Count(), outlines.Length);
            Assert.All(outlines, outline =>
            {
                (double North, double East)[] corners = [.. outline.Split(' ').Select(pair => pair.Split(',')).Select(pair => (Number(pair[0]), Number(pair[1])))];
                Assert.InRange(corners.Max(corner => corner.North), 26.05, 26.15);
                Assert.InRange(corners.Min(corner => corner.North), 25.85, 25.95);
                Assert.InRange(corners.Max(corner => corner.East), 50.55, 50.65);
            });
        });
        Assert.All(bench.All.OfType<AlertChanged>(), change => Assert.Equal("z", change.Zone));

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_message_whose_outline_was_lost_does_not_leave()
    {
        WatchBench bench = new();
        bench.See(1, 80);
        PublicMessage message = bench.All.OfType<MessageIssued>().Single().Message;
        CapIssuer issuer = new(exercise: false);
        Assert.IsType<CapIssue.Ready>(issuer.Issue(message));
        foreach (PublicMessage lost in (PublicMessage[])
            [message with { Areas = [] }, message with { Areas = [message.Areas[0] with { Area = new() }] }])
            Assert.Contains("area", Assert.IsType<CapIssue.Refused>(issuer.Issue(lost)).Why.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_message_offered_again_after_a_restart_is_nowhere_news()
    {
        WatchBench bench = new();
        bench.See(1, 80);
        PublicMessage message = bench.All.OfType<MessageIssued>().Single().Message;
        DurableDecision old = new(1, bench.Now, bench.Now, new MessageIssued(message));
        CapStore store = new(folder.File("cap"), exercise: false, "bench");
        store.Add(message);
        byte[] feed = store.Feed()!, kept = store.Message(message.Identifier)!;
        CapStore restarted = new(folder.File("cap"), exercise: false, "bench");
        Assert.IsType<CapOutcome.AlreadyThere>(restarted.Add(message));
        Assert.Equal(1, restarted.Count);
        Assert.Equal(feed, restarted.Feed());
        Assert.Equal(kept, restarted.Message(message.Identifier));

        FakeTimeProvider later = new(message.Expires);
        await using FakePushService phones = await FakePushService.Start();
        using VapidKey key = VapidKey.LoadOrCreate(folder.Path, exercise: false, new("mailto:warnings@centre.example"));
        PushSubscriptions subscribed = new(folder.Path, exercise: false, most: 5);
        subscribed.Add(phones.Phone("phone", "z"));
        ReceiptLog log = new();
        await using PushOutlet push = new(bench.Configuration, new ZoneDirectory(bench.Configuration.Zones), subscribed, new PushSender(key), log, later, TimeProvider.System);
        await push.StartAsync(TestContext.Current.CancellationToken);
        push.Offer(old);
        Assert.Contains("no phone is told", (await log.Wait<MessageReceipt>(one => !one.Ok)).Detail, StringComparison.Ordinal);
        Assert.Equal(0, phones.Asked);
    }

    [Fact]
    public void Every_message_says_until_when_it_is_in_force_and_one_that_still_holds_is_renewed_as_an_update()
    {
        WatchBench bench = new();
        bench.Give(new RaiseAlert("z", AlertState.Warning, ThreatKind.Aircraft, "x") { By = "duty" });
        bench.Wait(2 * 3600);
        PublicMessage[] told = [.. bench.All.OfType<MessageIssued>().Select(one => one.Message)];
        Assert.True(told.Length > 2);
        foreach ((PublicMessage earlier, PublicMessage next) in told.Zip(told.Skip(1)))
        {
            Assert.True(next.Sent < earlier.Expires && next.Expires > earlier.Expires);
            Assert.Equal(MessageType.Update, next.Type);
            Assert.Contains(earlier.Identifier, next.References.Select(one => one.Identifier));
        }

        Assert.Single(bench.All.OfType<SirenCommanded>());
    }
}
