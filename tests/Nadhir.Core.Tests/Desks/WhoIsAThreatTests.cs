using Nadhir.Identification;
using Nadhir.Geodesy;
using Nadhir.Tracking;
using Nadhir.Tracking.Trust;
using Nadhir.Sensing;
using Nadhir.Warning;

namespace Nadhir.Core.Tests.Desks;

public sealed class WhoIsAThreatTests
{
    static WatchConfiguration With(Authorisation authorisation) => WatchBench.Plain with { Authorisations = [authorisation] };

    static Authorisation OnFile => new()
    {
        Id = "a", Holder = "h", ValidFrom = WatchBench.Start.AddHours(-1), ValidTo = WatchBench.Start.AddMinutes(10),
        Mode3A = ["21"], Addresses = ["abc"], Callsigns = ["gfa100 "],
    };

    static Identity IdentityOf(WatchBench bench) => bench.Watch.Tracks.Single().Identity;

    [Fact]
    public void A_mode_3a_code_an_address_or_a_callsign_on_file_makes_a_flight_authorised_however_it_was_typed()
    {
        Func<Track, Track>[] says =
        [
            t => t with { Mode3A = 0x11 }, t => t with { ModeSAddress = 0xABC }, t => t with { Callsign = Callsign.From("GFA100") },
            t => t with { Callsign = Callsign.From("gfa100") },
        ];
        foreach (Func<Track, Track> say in says)
        {
            WatchBench bench = new(_ => With(OnFile));
            bench.See(1, 80, 250, say);
            Assert.Equal((IdentityKind.Authorised, "a"), (IdentityOf(bench).Kind, IdentityOf(bench).Authorisation));
            Assert.DoesNotContain(bench.Wait(60), d => d is AlertChanged);
        }
    }

    [Fact]
    public void A_flight_out_of_its_time_or_its_area_is_cooperative_and_says_why()
    {
        WatchBench late = new(_ => With(OnFile with { ValidTo = WatchBench.Start.AddSeconds(-1) }));
        late.See(1, 80, 250, t => t with { Mode3A = 0x11 });
        Assert.Equal(IdentityKind.Cooperative, IdentityOf(late).Kind);
        Assert.Contains(IdentityOf(late).Evidence, e => e.StartsWith("a on file, but valid", StringComparison.Ordinal));
        WatchBench astray = new(_ => With(OnFile with { Area = new Area { Centre = WatchBench.Plain.Origin, RadiusMetres = 50_000 } }));
        astray.See(1, 80, 250, t => t with { Mode3A = 0x11 });
        Assert.Contains("a on file, but outside its area", IdentityOf(astray).Evidence);
        Assert.All([IdentityOf(late), IdentityOf(astray)], identity => Assert.Equal(identity.Evidence, identity.Causes.Select(one => one.Words)));
        Assert.Contains(IdentityOf(astray).Causes, one => one is { Code: CauseCode.OnFileButOutside, Figures: ["a"] });
        Assert.Empty(astray.Wait(60).OfType<AlertChanged>());
    }

    [Fact]
    public void An_authorisation_that_starts_to_hold_takes_the_track_off_the_zone()
    {
        WatchBench bench = new(_ => With(OnFile));
        bench.See(1, 80);
        Assert.Equal(AlertState.Warning, bench.Alert.State);
        Assert.Contains(bench.See(1, 80, 250, t => t with { Mode3A = 0x11 }), d => d is TrackIdentified { Identity.Kind: IdentityKind.Authorised });
        Assert.Single(bench.Wait(62).OfType<AllClearProposed>());
    }

    [Fact]
    public void Four_that_fly_together_are_no_likelier_to_come_than_one()
    {
        WatchBench one = new(), four = new();
        one.See(1, 80, 250, Aside);
        for (int id = 1; id <= 4; id++) four.See(id, 80, 250, Aside);
        one.Wait(20);
        four.Wait(20);
        Assert.InRange(one.Alert.Probability, 0.05, 0.7);
        Assert.Equal(one.Alert.Probability, four.Alert.Probability, 0.01);

        static Track Aside(Track track) => track with { State = track.State with { North = 15_500 + (track.Id * 300) } };
    }

    [Fact]
    public void A_flight_that_falls_silent_and_keeps_to_its_plan_is_a_watch_and_where_it_leaves_it_a_warning()
    {
        Authorisation plan = OnFile with { Area = new Area { Centre = WatchBench.Plain.Origin, RadiusMetres = 200_000 } };
        WatchBench bench = new(_ => With(plan));
        bench.See(1, 80, 250, t => Says(t, silent: 0, height: 9000));
        Assert.Equal(IdentityKind.Authorised, IdentityOf(bench).Kind);
        bench.Wait(70);
        bench.See(1, 62, 250, t => Says(t, silent: 70, height: 9000));
        Assert.Equal((IdentityKind.NonCooperative, "a"), (IdentityOf(bench).Kind, IdentityOf(bench).KeepsTo));
        Assert.StartsWith("a on file, but silent since", bench.Watch.Snapshot().Papers.Conformity.Single().Words, StringComparison.Ordinal);
        bench.Wait(30);
        Assert.Equal(AlertState.Watch, bench.Alert.State);
        bench.See(1, 55, 250, t => Says(t, silent: 100, height: 3000));
        bench.Wait(2);
        Assert.Null(IdentityOf(bench).KeepsTo);
        Assert.Equal(AlertState.Warning, bench.Alert.State);

        static Track Says(Track t, double silent, double height) => t with
        {
            Mode3A = 0x11, LastReply = t.LastSeen - TimeSpan.FromSeconds(silent), State = t.State with { HeightMetres = height },
        };
    }

    [Fact]
    public void What_radar_contradicts_for_a_moment_only_stays_authorised()
    {
        WatchBench bench = new(_ => With(OnFile));
        for (int look = 0; look < 6; look++)
        {
            bench.See(1, 80 - (look * 0.5), 250, Doubted);
            bench.Wait(2);
            if (look < 4) Assert.Empty(bench.All.OfType<AlertChanged>());
        }

        bench.Wait(2);
        Assert.NotEmpty(bench.All.OfType<AlertChanged>());

        static Track Doubted(Track track) => track with { Mode3A = 0x11, ReportDoubt = new(ReportTrust.Refuted, "elsewhere") };
    }

    [Fact]
    public void A_mover_that_may_be_a_bird_raises_nothing()
    {
        WatchBench bench = new();
        bench.See(1, 20, 28);
        Assert.Empty(bench.Wait(60).OfType<AlertChanged>());
        bench.See(1, 20, 30);
        Assert.NotEmpty(bench.Wait(60).OfType<AlertChanged>());
    }

    [Fact]
    public void A_slow_mover_whose_speed_stays_vague_counts_by_the_ground_it_covers_and_one_that_is_to_and_fro_does_not()
    {
        WatchBench straight = new(), circling = new();
        for (int look = 0; look < 8; look++)
        {
            straight.See(1, 18 - (look * 0.4), 40, Vague);
            circling.See(1, 18 - (look % 2 * 0.4), 40, Vague);
            straight.Wait(10);
            circling.Wait(10);
            if (look < 3) Assert.Empty(straight.All.OfType<AlertChanged>());
        }

        Assert.Equal(AlertState.Warning, straight.Alert.State);
        Assert.Empty(circling.All.OfType<AlertChanged>());

        static Track Vague(Track track) => track with { State = track.State with { Covariance = new(1e4, 0, 0, 0, 1e4, 0, 0, 81, 0, 81) } };
    }

    [Fact]
    public void A_time_zone_this_machine_does_not_know_is_read_as_utc()
    {
        WatchBench bench = new(_ => With(OnFile) with { TimeZone = "Nowhere/None" });
        bench.See(1, 80, 250, t => t with { Mode3A = 0x11 });
        Assert.Contains("within 2026-03-01 11:00 to 2026-03-01 12:10", IdentityOf(bench).Evidence);
    }

    [Fact]
    public void What_was_once_surely_faster_than_a_bird_counts_until_it_is_surely_slow()
    {
        static Track Vague(Track track) => track with { State = track.State with { Covariance = new(1e4, 0, 0, 0, 1e4, 0, 0, 81, 0, 81) } };
        WatchBench never = new();
        never.See(1, 15, 40, Vague);
        Assert.Empty(never.Wait(30).OfType<AlertChanged>());

        WatchBench once = new();
        once.See(1, 15, 40);
        Assert.Equal(AlertState.Warning, once.Alert.State);
        once.See(1, 15, 40, Vague);
        once.Wait(1);
        Assert.True(once.Alert.Probability > 0.5);
        once.See(1, 15, 10);
        once.Wait(1);
        Assert.Equal(0, once.Alert.Probability);
    }
}
