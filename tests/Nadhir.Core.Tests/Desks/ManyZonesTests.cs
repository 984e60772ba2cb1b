using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Tracking;
using Nadhir.Warning;

namespace Nadhir.Core.Tests.Desks;

public sealed class ManyZonesTests
{
    const int Side = 100;

    /// <summary>Ten thousand places of 2 km, 6 km apart, in a district each hundred, the districts in one region.</summary>
    static ImmutableArray<Zone> TenThousand()
    {
        StereographicPlane plane = new(WatchBench.Plain.Origin);
        Area at(double east, double north, double radius) => new() { Centre = plane.FromPlane(east, north), RadiusMetres = radius };
        List<Zone> zones = [new Zone { Id = "region", Name = "Region", Area = at(0, 0, 450_000) }];
        for (int column = 0; column < Side; column++)
        {
            double east = (column - (Side / 2)) * 6_000;
            zones.Add(new Zone { Id = $"d{column}", Name = $"D{column}", Parent = "region", Area = at(east, 0, 300_000) });
            for (int row = 0; row < Side; row++)
                zones.Add(new Zone { Id = $"p{column}-{row}", Name = "P", Parent = $"d{column}", Area = at(east, (row - (Side / 2)) * 6_000, 2_000) });
        }

        return [.. zones];
    }

    [Fact]
    public void Of_ten_thousand_places_in_districts_those_ahead_of_a_track_are_warned_and_no_district_is()
    {
        WatchBench bench = new(plain => plain with { Zones = TenThousand() });
        // Flies west along the row of the origin, 20 km east of it.
        bench.See(1, 20, 250, track => track with { State = track.State with { Time = bench.Now } });
        bench.Wait(1);
        string[] warned = [.. bench.Watch.Snapshot().Alerts.Where(alert => alert.State == AlertState.Warning).Select(alert => alert.Zone)];
        Assert.Contains("p53-50", warned);
        Assert.All(warned, zone => Assert.StartsWith("p", zone));
        int[][] places = [.. warned.Select(zone => zone[1..].Split('-').Select(int.Parse).ToArray())];
        Assert.All(places, place => Assert.True(place[0] <= 54, $"column {place[0]} lies behind"));
        Assert.All(places, place => Assert.InRange(place[1], 44, 56));
    }
}
