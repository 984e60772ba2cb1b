using Nadhir.Core.Tests.Watching;
using Nadhir.Incidents;

namespace Nadhir.Core.Tests.Incidents;

/// <summary>The border is a circle of 100 km.</summary>
public sealed class IncursionTests
{
    readonly Scene scene = new();

    [Fact]
    public void A_flight_in_and_out_is_one_record_with_every_item_states_report()
    {
        scene.FlyIn(1, 110, 60);
        scene.FlyOut(1, 60, 112);
        IncursionRow row = Assert.Single(Rows);
        Assert.Equal(IncursionState.Left, row.State);
        Assert.Equal(Enum.GetValues<IncursionItem>(), row.Lines.Select(line => line.Item));
        Assert.InRange(row.DepthMetres, 38_500, 40_100);
        Assert.InRange((row.Out!.Value - row.In!.Value).TotalSeconds, 310, 330);
        Assert.Equal(2, row.Crossings.Length);
        // The scene gives its tracks a course of zero, whichever way they move.
        Assert.Equal("course 0°, towards the north", Value(row, IncursionItem.EntryDirection));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 12, 0, 40, TimeSpan.Zero), row.In.Value, TimeSpan.FromSeconds(6));
        Assert.Equal("no record found", Value(row, IncursionItem.FlightPlan));
        Assert.Equal("not reported", Value(row, IncursionItem.RadioContact));
        Assert.All(row.Lines, line => Assert.NotEmpty(line.Source));
        Assert.InRange(row.Lines.Single(line => line.Item == IncursionItem.TimeIn).Probability!.Value, 0.98, 1);
        Assert.InRange(row.Path.Length, 10, 64);
    }

    [Fact]
    public void Two_that_cross_together_are_one_record_of_two_aircraft()
    {
        for (double km = 110; km > 80; km -= 0.25)
        {
            scene.See(1, km, 0, -250, 0);
            scene.See(2, km, 2, -250, 0);
            scene.Tick();
        }

        IncursionRow row = Assert.Single(Rows);
        Assert.Equal("2", Value(row, IncursionItem.Aircraft));
        Assert.StartsWith("2 together: within 2.0 km", Value(row, IncursionItem.Formation), StringComparison.Ordinal);
        Assert.Equal(IncursionState.Inside, row.State);
        Assert.Equal("still inside", Value(row, IncursionItem.TimeOut));
    }

    [Fact]
    public void Two_at_different_hours_are_two_records()
    {
        scene.FlyIn(1, 110, 90);
        scene.Tick(600);
        scene.FlyIn(2, 110, 90);
        Assert.Equal(["I-B-1", "I-B-2"], Rows.Select(row => row.Id));
    }

    [Fact]
    public void A_flight_with_an_authorisation_is_none()
    {
        scene.FlyIn(1, 110, 90, Convert.ToInt16("4301", 8));
        Assert.Single(scene.Watch.Snapshot().Crossings);
        Assert.Empty(Rows);
    }

    [Fact]
    public void One_that_is_lost_inside_is_not_said_to_have_left()
    {
        scene.FlyIn(1, 110, 90);
        scene.Tracker.Lose(1);
        scene.Tick();
        Assert.Equal(IncursionState.LostInside, Assert.Single(Rows).State);
        Assert.Contains("last seen at", Value(Rows[0], IncursionItem.Landing), StringComparison.Ordinal);
        Assert.Equal("not seen to leave", Value(Rows[0], IncursionItem.TimeOut));
    }

    [Fact]
    public void One_first_seen_inside_has_an_exit_and_no_entry()
    {
        scene.FlyOut(1, 60, 112);
        IncursionRow row = Assert.Single(Rows);
        Assert.Null(row.In);
        Assert.Equal("first seen inside", Value(row, IncursionItem.TimeIn));
        Assert.Equal(IncursionState.Left, row.State);
    }

    [Fact]
    public void A_person_adds_what_was_heard_and_what_was_measured_stays()
    {
        scene.FlyIn(1, 110, 90);
        scene.Order(new AmendIncursion("I-B-1", IncursionItem.RadioContact, "called on 121.5 MHz, no answer", "area control") { By = "duty" });
        IncursionRow row = Assert.Single(Rows);
        Assert.Equal("not reported", Value(row, IncursionItem.RadioContact));
        Assert.Equal("called on 121.5 MHz, no answer", Assert.Single(row.Amendments).Value);
        scene.Order(new AmendIncursion("I-B-2", IncursionItem.RadioContact, "x", "y") { By = "duty" });
        Assert.IsType<CommandRefused>(scene.Decisions[^1]);
    }

    static string Value(IncursionRow row, IncursionItem item) => row.Lines.Single(line => line.Item == item).Value;

    System.Collections.Immutable.ImmutableArray<IncursionRow> Rows => scene.Watch.Snapshot().Incursions;
}
