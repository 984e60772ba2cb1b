using Nadhir.Core.Tests.Desks;
using Nadhir.Geodesy;
using Nadhir.Warning;

namespace Nadhir.Tests.Lessons;

/// <summary>
/// Ukraine went from alerts for whole regions to alerts by district and community: people who are often warned of what is
/// not for them stop listening. A country is never warned for what threatens one place.
/// </summary>
public sealed class WarnedByDistrictTests
{
    static readonly string[] districts = ["z", "north", "south", "west"];

    /// <summary>A country with a region, in which the districts lie more than 100 km apart; a siren in each.</summary>
    static WatchConfiguration Country(WatchConfiguration plain) => plain with
    {
        Zones =
        [
            Round("country", plain.Origin, 400, null), Round("region", plain.Origin, 200, "country"), plain.Zones[0] with { Parent = "region" },
            Round("north", new(plain.Origin.LatitudeDegrees + 1.2, 50.5), 10, "region"),
            Round("south", new(plain.Origin.LatitudeDegrees - 1.2, 50.5), 10, "region"), Round("west", new(26, 49.2), 10, "region"),
        ],
        Sirens = [.. districts.Select(zone => new Siren { Id = $"siren-{zone}", Name = zone, Zone = zone, Position = plain.Origin })],
    };

    static Zone Round(string id, GeoPoint centre, double kilometres, string? parent) =>
        new() { Id = id, Name = id, Parent = parent, Area = new() { Centre = centre, RadiusMetres = kilometres * 1000 } };

    [Fact]
    public void Only_the_district_that_is_threatened_is_warned()
    {
        WatchBench bench = new(Country);
        for (double km = 80; km > 5; km -= 1)
        {
            bench.See(1, km);
            bench.Wait(4);
        }

        Assert.Equal("z", Assert.Single(bench.All.OfType<AlertChanged>().Where(one => one.State == AlertState.Warning).Select(one => one.Zone).Distinct()));
        Assert.Equal("siren-z", Assert.Single(bench.All.OfType<SirenCommanded>()).Siren);
        Assert.All(bench.All.OfType<MessageIssued>().Where(one => one.Message.State == AlertState.Warning),
            one => Assert.Equal("z", Assert.Single(one.Message.Areas).Zone));
        Assert.DoesNotContain(bench.All.OfType<AlertChanged>(), one => one.Zone is "region" or "country");
    }

    [Fact]
    public void What_flies_on_ends_the_alert_behind_it_district_by_district()
    {
        WatchBench bench = new(plain => Country(plain) with { Warning = new() { AllClearByPerson = false } });
        for (double km = 80; km > -160; km -= 1)
        {
            bench.See(1, km);
            bench.Wait(4);
        }

        AlertChanged warnedWest = bench.All.OfType<AlertChanged>().First(one => one is { Zone: "west", State: AlertState.Warning });
        AlertChanged clearedEast = bench.All.OfType<AlertChanged>().First(one => one is { Zone: "z", State: AlertState.AllClear });
        Assert.Equal(AlertState.Warning, bench.Watch.Snapshot().Alerts.Single(one => one.Zone == "west").State);
        Assert.True(clearedEast.Since > warnedWest.Since.AddMinutes(-10));
        Assert.Equal(["siren-west", "siren-z"], bench.All.OfType<SirenCommanded>().Where(one => one.Tone == "warning").Select(one => one.Siren).Distinct().Order());
    }

    [Fact]
    public void A_region_is_warned_by_a_person_only_and_then_as_one_message()
    {
        WatchBench bench = new(Country);
        bench.Give(new RaiseAlert("region", AlertState.Warning, ThreatKind.Aircraft, "x") { By = "duty" });
        Assert.Equal("region", Assert.Single(bench.All.OfType<MessageIssued>()).Message.Areas[0].Zone);
        Assert.Equal(districts.Length, bench.All.OfType<SirenCommanded>().Count());
    }
}
