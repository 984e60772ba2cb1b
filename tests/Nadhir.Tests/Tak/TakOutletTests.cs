using System.Net;
using System.Net.Sockets;
using Nadhir.Formats.CursorOnTarget;
using Nadhir.Outlets;
using Nadhir.Outlets.Tak;
using Nadhir.Sensing;
using Nadhir.Tak;
using Nadhir.Tests.Outlets.Sirens;
using Nadhir.Warning;

namespace Nadhir.Tests.Tak;

/// <summary>Who is told what, how often, and what happens when nobody listens.</summary>
public sealed class TakOutletTests
{
    static readonly TakPartner partner = new()
    {
        Name = "peer", Transport = new TakTransport.Feed("tak"), Release = Tells(Telling.Alerts | Telling.Zones | Telling.Tracks),
    };

    readonly TakScene scene = new();

    [Fact]
    public void A_track_is_told_at_most_once_a_period_and_then_as_it_is()
    {
        TakTold told = Told(partner with { Release = Tells(Telling.Alerts | Telling.Tracks) });
        scene.ShowTracks(TakScene.TrackAt(7, 33.5));
        DateTimeOffset now = TakScene.Now;
        CotEvent first = Assert.Single(told.Next(scene.Boards, [], now));
        Assert.Equal((33.5, now.AddSeconds(15)), (first.Point.LatitudeDegrees, first.Stale));
        scene.ShowTracks(TakScene.TrackAt(7, 33.6));
        Assert.Empty(told.Next(scene.Boards, [], now.AddSeconds(4.9)));
        scene.ShowTracks(TakScene.TrackAt(7, 33.7));
        Assert.Equal(33.7, Assert.Single(told.Next(scene.Boards, [], now.AddSeconds(5))).Point.LatitudeDegrees);
    }

    [Fact]
    public void When_there_is_more_than_a_turn_holds_everybody_has_their_turn()
    {
        TakTold told = Told(partner with { Release = Tells(Telling.Alerts | Telling.Tracks) });
        scene.ShowTracks([.. Enumerable.Range(1, 150).Select(id => TakScene.TrackAt(id, 33.5))]);
        DateTimeOffset now = TakScene.Now;
        List<string> uids = [];
        for (int i = 0; i < 4; i++) uids.AddRange(told.Next(scene.Boards, [], now.AddMilliseconds(i)).Select(one => one.Uid));
        Assert.Equal(150, uids.Count);
        Assert.Equal(150, uids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void An_alert_goes_before_everything_else()
    {
        TakTold told = Told(partner);
        scene.ShowTracks([.. Enumerable.Range(1, 150).Select(id => TakScene.TrackAt(id, 33.5))]);
        CotEvent first = told.Next(scene.Boards, [scene.Message(AlertState.Warning, "M")], TakScene.Now)[0];
        Assert.Equal("b-a-o-tbl", first.Type);
        Assert.Equal((33.1, 44.1), (first.Point.LatitudeDegrees, first.Point.LongitudeDegrees));
    }

    [Theory]
    [InlineData(Telling.Tracks, "a-u-A")]
    [InlineData(Telling.Zones, "u-d-")]
    [InlineData(Telling.Alerts, "b-a-o-tbl")]
    public void A_partner_is_told_nothing_that_is_not_released_to_it(Telling released, string only)
    {
        scene.ShowTracks(TakScene.TrackAt(7, 33.5));
        List<CotEvent> next = Told(partner with { Release = Tells(released) })
            .Next(scene.Boards, [scene.Message(AlertState.Warning, "M")], TakScene.Now);
        Assert.NotEmpty(next);
        Assert.All(next, one => Assert.StartsWith(only, one.Type, StringComparison.Ordinal));
    }

    [Fact]
    public void A_partner_of_one_zone_is_told_its_shape_its_alerts_and_the_tracks_near_it()
    {
        ReleaseRule square = Tells(Telling.Alerts | Telling.Zones | Telling.Tracks) with { Zones = ["square"], TracksWithinMetres = 60_000 };
        scene.ShowTracks(TakScene.TrackAt(7, 33.2), TakScene.TrackAt(8, 34.5));
        CotEvent[] next = [.. Told(partner with { Release = square }).Next(scene.Boards, [scene.Message(AlertState.Warning, "M")], TakScene.Now)];
        Assert.Equal(["a-u-A", "u-d-f"], next.Select(one => one.Type).Order(StringComparer.Ordinal)); // the message is of another zone
        Assert.EndsWith("track.7", next.Single(one => one.Type == "a-u-A").Uid, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_was_told_of_an_alert_is_told_its_end_and_who_was_not_hears_nothing_of_it()
    {
        ReleaseRule grave = Tells(Telling.Alerts) with { States = [AlertState.Warning] };
        TakTold told = Told(partner with { Release = grave }), other = Told(partner with { Release = grave });
        Assert.Empty(told.Next(scene.Boards, [scene.Message(AlertState.Watch, "M1")], TakScene.Now));
        Assert.Single(told.Next(scene.Boards, [scene.Message(AlertState.Warning, "M2")], TakScene.Now));
        PublicMessage end = scene.Message(AlertState.AllClear, "M3");
        Assert.Equal("b-a-o-can", Assert.Single(told.Next(scene.Boards, [end], TakScene.Now)).Type);
        Assert.Empty(other.Next(scene.Boards, [end], TakScene.Now));
    }

    [Fact]
    public void Nothing_of_an_exercise_goes_where_the_rule_says_so()
    {
        TakScene drill = new(exercise: true);
        drill.ShowTracks(TakScene.TrackAt(7, 33.5));
        TakPartner live = partner with { Release = partner.Release with { Exercises = false } };
        Assert.Empty(Told(live, drill).Next(drill.Boards, [drill.Message(AlertState.Warning, "M")], TakScene.Now));
    }

    [Theory]
    [InlineData(AlertState.Warning, -65536)]
    [InlineData(AlertState.Watch, -256)]
    [InlineData(AlertState.AllClear, -16732080)]
    public void A_zone_is_drawn_in_the_colour_of_its_alert(AlertState state, int colour)
    {
        scene.Boards = scene.Boards with
        {
            Alerts =
            [
                new()
                {
                    Id = "A-1", Zone = "square", State = state, Kind = ThreatKind.Aircraft, Since = TakScene.Now,
                    Updated = TakScene.Now, Probability = 1, Reason = "because",
                },
            ],
        };
        List<CotEvent> next = Told(partner with { Release = Tells(Telling.Zones | Telling.Tracks) }).Next(scene.Boards, [], TakScene.Now);
        CotEvent square = Assert.Single(next, one => one.Type == "u-d-f");
        Assert.Equal(colour, int.Parse(CotDetailXml.Attribute(square.Detail.Xml, "strokeColor", "value")!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("5000", CotDetailXml.Attribute(Assert.Single(next, one => one.Type == "u-d-c-c").Detail.Xml, "ellipse", "major"));
    }

    [Fact]
    public void An_alert_whose_message_is_not_at_hand_is_told_all_the_same()
    {
        scene.Boards = scene.Boards with
        {
            Alerts =
            [
                new()
                {
                    Id = "A-1", Zone = "square", State = AlertState.Warning, Kind = ThreatKind.Aircraft, Since = TakScene.Now,
                    Updated = TakScene.Now, Probability = 1, Reason = "two tracks approach",
                },
            ],
        };
        CotEvent alert = Told(partner with { Release = Tells(Telling.Alerts | Telling.Tracks) }).Next(scene.Boards, [], TakScene.Now)[0];
        Assert.Equal("b-a-o-tbl", alert.Type);
        Assert.Contains("two tracks approach", alert.Detail.Xml, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_an_exercise_says_is_marked_and_every_event_can_be_read_back()
    {
        TakScene drill = new(exercise: true);
        drill.ShowTracks(TakScene.TrackAt(7, 33.5));
        TakTold told = Told(partner, drill);
        List<CotEvent> all = told.Next(drill.Boards, [drill.Message(AlertState.Warning, "M")], TakScene.Now);
        drill.ShowTracks();
        all.AddRange(told.Next(drill.Boards, [drill.Message(AlertState.Correction, "N", MessageType.Cancel)], TakScene.Now.AddSeconds(9)));
        Assert.Equal(["a-u-A", "b-a-o-can", "b-a-o-tbl", "t-x-d-d", "u-d-c-c", "u-d-f"], all.Select(one => one.Type).Order(StringComparer.Ordinal));
        foreach (CotEvent one in all)
        {
            Assert.Equal("e-nadhir", one.Opex);
            if (one.Type != CotTypes.Delete) Assert.StartsWith("EXERCISE ", one.Detail.Contact!.Callsign, StringComparison.Ordinal);
            Assert.Equal(DecodeFault.None, CotXmlReader.TryRead(CotXmlWriter.Write(one), out CotEvent? xml, out string fault));
            Assert.Equal(DecodeFault.None, TakProtobuf.TryRead(TakProtobuf.Write(new(null, one)), out TakMessage? message, out fault));
            Assert.Equal(xml, message!.Event);
        }
    }

    [Fact]
    public async Task What_we_say_is_not_taken_for_what_another_says()
    {
        int port = TestPorts.Free();
        scene.ShowTracks(TakScene.TrackAt(7, 33.5));
        await using TakOutlet outlet = scene.Outlet(partner with
        {
            Transport = new TakTransport.Client("127.0.0.1", port, new(null, Protobuf: true)),
        });
        // Our own feed, of the same installation, at the other end.
        using TakServer server = new(new(IPAddress.Loopback, port), null, true, scene.OwnPrefix, TimeProvider.System, scene.Heard);
        await using Running running = new(server);
        await outlet.StartAsync(CancellationToken.None);
        await TakScene.Until(() => scene.OwnEventsReturned >= 3, 20, () => $"{scene.OwnEventsReturned} own events");
        Assert.Empty(scene.Seen);
        Assert.Empty(scene.Faults);
    }

    [Fact]
    public async Task A_dead_link_is_reported_once_and_so_is_each_message_that_waits_for_it()
    {
        int port = TestPorts.Free();
        TakTransport transport = new TakTransport.Client("127.0.0.1", port, new(null, Protobuf: false));
        await using TakOutlet outlet = scene.Outlet(partner with { Transport = transport });
        await outlet.StartAsync(CancellationToken.None);
        MessageReceipt down = await scene.Receipts.Wait<MessageReceipt>(one => one is { Ok: false, Message: "link" });
        Assert.Contains("the link is down", down.Detail, StringComparison.Ordinal);
        outlet.Offer(TakScene.Durable(scene.Message(AlertState.Warning, "M-1")));
        await scene.Receipts.Wait<MessageReceipt>(one => one is { Ok: false, Message: "M-1" });
        // The other side comes to life: what waited is told.
        using TakServer server = new(new(IPAddress.Loopback, port), null, false, "other.", TimeProvider.System, _ => { });
        await using Running running = new(server);
        await scene.Receipts.Wait<MessageReceipt>(one => one is { Ok: true, Message: "M-1" });
        await scene.Receipts.Wait<MessageReceipt>(one => one is { Ok: true, Message: "link" });
    }

    [Fact]
    public async Task A_partner_that_stops_reading_is_let_go_and_costs_the_others_nothing()
    {
        int port = TestPorts.Free();
        scene.ShowTracks([.. Enumerable.Range(1, 4000).Select(id => TakScene.TrackAt(id, 33.5))]);
        await using TakOutlet outlet = scene.Outlet(partner with { Every = TimeSpan.FromSeconds(1) });
        using TakServer server = new(new(IPAddress.Loopback, port), null, true, scene.OwnPrefix, TimeProvider.System, _ => { });
        List<string> down = [];
        server.LinkChanged += (isUp, why) =>
        {
            lock (down) if (!isUp) down.Add(why.Words);
        };
        outlet.SpeakOver("tak", server);
        await using Running running = new(server);
        using TcpClient deaf = new() { ReceiveBufferSize = 4096 };
        await deaf.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        using TcpClient good = new();
        await good.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        byte[] buffer = new byte[1 << 16];
        long got = 0;
        using CancellationTokenSource enough = new();
        Task reading = Task.Run(async () =>
        {
            while (await good.GetStream().ReadAsync(buffer, enough.Token) is > 0 and var n) Interlocked.Add(ref got, n);
        }, enough.Token);
        DateTimeOffset begin = TakScene.Now;
        while (Count() == 0 && TakScene.Now - begin < TimeSpan.FromSeconds(60))
        {
            scene.ShowTracks([.. Enumerable.Range(1, 4000).Select(id => TakScene.TrackAt(id, 33.5))]);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Contains("took nothing", Assert.Single(down), StringComparison.Ordinal);
        Assert.True(Interlocked.Read(ref got) > 5_000_000, $"{got} bytes");
        Assert.True(outlet.IsUp("peer"));
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);

        int Count()
        {
            lock (down) return down.Count;
        }
    }

    static ReleaseRule Tells(Telling what) => new() { Tells = what };

    TakTold Told(TakPartner to, TakScene? of = null)
    {
        TakScene shown = of ?? scene;
        TakPicture picture = new(shown.OwnPrefix, shown.Configuration.Exercise);
        return new(to, new(to.Release, shown.Configuration.Zones, []), picture, new(picture, shown.OwnPrefix), shown.Configuration);
    }
}
