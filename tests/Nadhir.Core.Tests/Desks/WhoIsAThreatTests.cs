using Nadhir.Identification;
using Nadhir.Geodesy;
using Nadhir.Tracking;
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
    public void A_mover_that_may_be_a_bird_raises_nothing()
    {
        WatchBench bench = new();
        bench.See(1, 20, 28);
        Assert.Empty(bench.Wait(60).OfType<AlertChanged>());
        bench.See(1, 20, 30);
        Assert.NotEmpty(bench.Wait(60).OfType<AlertChanged>());
    }

    [Fact]
    public void A_time_zone_this_machine_does_not_know_is_read_as_utc()
    {
        WatchBench bench = new(_ => With(OnFile) with { TimeZone = "Nowhere/None" });
        bench.See(1, 80, 250, t => t with { Mode3A = 0x11 });
        Assert.Contains("within 2026-03-01 11:00 to 2026-03-01 12:10", IdentityOf(bench).Evidence);
    }
}
