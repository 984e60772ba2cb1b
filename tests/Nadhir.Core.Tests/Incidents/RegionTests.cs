using System.Collections.Immutable;
using Nadhir.Assessment;
using Nadhir.Core.Tests.Watching;
using Nadhir.Geodesy;
using Nadhir.Incidents;

namespace Nadhir.Core.Tests.Incidents;

/// <summary>
/// Flight information regions beside national airspace: the border is a circle of 100 km, one region reaches 20 km beyond
/// it, another ends 40 km inside, both about the same centre. A flight covers a quarter of a kilometre in a second.
/// </summary>
public sealed class RegionTests
{
    readonly Scene scene = new(change: configuration => configuration with { Firs = [Region("WIDE", 120), Region("NARROW", 60)] });

    static FlightInformationRegion Region(string id, double km, double uncertaintyMetres = 100) =>
        new()
        {
            Id = id, Name = id, Area = new Area { Centre = Scene.Origin, RadiusMetres = km * 1000 }, UncertaintyMetres = uncertaintyMetres,
        };

    ImmutableArray<IncursionRow> Rows => scene.Watch.Snapshot().Incursions;

    string Regions => Assert.Single(Rows).Lines.Single(line => line.Item == IncursionItem.FlightInformationRegion).Value;

    static string[] Passages(string regions) => [.. regions.Split("; ").Select(each => string.Join(' ', each.Split(' ')[..2]))];

    [Fact]
    public void Regions_and_airspace_are_told_apart_each_with_its_own_times()
    {
        scene.FlyIn(1, 130, 90);
        IncursionRow row = Assert.Single(Rows);
        Assert.Equal(["WIDE in"], Passages(Regions));
        IncursionLine line = row.Lines.Single(each => each.Item == IncursionItem.FlightInformationRegion);
        Assert.InRange(line.Probability!.Value, 0.98, 1);
        // The region 40 s after the start, the border 120 s after it.
        FirPassage passed = Assert.Single(Firs(line.Value));
        DateTimeOffset edge = Scene.Start.AddSeconds(40);
        Assert.True(passed.Earliest <= edge.AddSeconds(2) && passed.Latest >= edge.AddSeconds(-2), line.Value);
        Assert.Equal(Scene.Start.AddSeconds(120), row.In!.Value, TimeSpan.FromSeconds(6));
        Assert.Equal("border", row.Lines.Single(each => each.Item == IncursionItem.NationalAirspace).Value);

        scene.FlyIn(1, 90, 50);
        Assert.Equal(["WIDE in", "NARROW in"], Passages(Regions));
    }

    [Fact]
    public void A_region_left_after_the_border_belongs_to_the_flight_that_left()
    {
        scene.FlyIn(1, 130, 90);
        scene.FlyOut(1, 90, 135);
        Assert.Equal(IncursionState.Left, Assert.Single(Rows).State);
        Assert.Equal(["WIDE in", "WIDE out"], Passages(Regions));
    }

    [Fact]
    public void A_region_entered_in_the_last_seconds_before_a_flight_is_lost_is_told()
    {
        scene.FlyIn(1, 130, 59);
        scene.Tracker.Lose(1);
        scene.Tick();
        Assert.Equal(IncursionState.LostInside, Assert.Single(Rows).State);
        Assert.Equal(["WIDE in", "NARROW in"], Passages(Regions));
    }

    [Fact]
    public void A_flight_first_seen_inside_has_passed_no_edge_it_was_not_seen_to_pass()
    {
        scene.FlyOut(1, 80, 112);
        Assert.Equal("no edge of a region passed while seen", Regions);
        scene.FlyOut(1, 112, 130);
        Assert.Equal(["WIDE out"], Passages(Regions));
    }

    [Fact]
    public void A_flight_along_the_edge_of_a_region_passes_it_once_at_most()
    {
        Scene along = new(change: configuration => configuration with { Firs = [Region("EDGE", 90, uncertaintyMetres: 500)] });
        along.FlyIn(1, 110, 90);
        for (int second = 0; second < 600; second++)
        {
            // Around the circle of the edge, 200 m to either side of it.
            double angle = second * 0.25 / 90, km = 90 + (0.2 * Math.Sin(second / 20.0));
            along.See(1, km * Math.Cos(angle), km * Math.Sin(angle), -250 * Math.Sin(angle), 250 * Math.Cos(angle));
            along.Tick();
        }

        string told = Assert.Single(along.Watch.Snapshot().Incursions).Lines.Single(line => line.Item == IncursionItem.FlightInformationRegion).Value;
        Assert.True(told == "no edge of a region passed while seen" || Passages(told) is ["EDGE in"], told);
    }

    [Fact]
    public void A_region_on_the_border_itself_is_passed_with_it_and_two_flights_together_have_a_passage_each()
    {
        Scene same = new(change: configuration => configuration with { Firs = [Region("SAME", 100, uncertaintyMetres: 500)] });
        for (double km = 110; km > 80; km -= 0.25)
        {
            same.See(1, km, 0, -250, 0);
            same.See(2, km, 2, -250, 0);
            same.Tick();
        }

        IncursionRow row = Assert.Single(same.Watch.Snapshot().Incursions);
        string told = row.Lines.Single(line => line.Item == IncursionItem.FlightInformationRegion).Value;
        Assert.Equal(["SAME in", "SAME in"], Passages(told));
        Assert.Contains("(track 1)", told, StringComparison.Ordinal);
        Assert.Contains("(track 2)", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_regions_the_item_says_so()
    {
        Scene bare = new();
        bare.FlyIn(1, 110, 90);
        IncursionRow row = Assert.Single(bare.Watch.Snapshot().Incursions);
        Assert.Equal("no region configured", row.Lines.Single(line => line.Item == IncursionItem.FlightInformationRegion).Value);
    }

    /// <summary>Read back from the words, as a reader of the table has them.</summary>
    static IEnumerable<FirPassage> Firs(string told) => told.Split("; ").Select(each =>
    {
        string[] words = each.Split(' ');
        DateTimeOffset At(string clock) =>
            Scene.Start - Scene.Start.TimeOfDay + TimeSpan.Parse(clock.TrimEnd('Z'), System.Globalization.CultureInfo.InvariantCulture);
        return new FirPassage(
            words[0], 1, words[1] == "in" ? CrossingDirection.Inbound : CrossingDirection.Outbound, 1, At(words[2]), At(words[4]));
    });
}
