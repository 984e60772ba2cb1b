using Nadhir.Tracking.Engine;

namespace Nadhir.Core.Tests.Tracking;

public sealed class VisibilityTests
{
    const double Detection = 0.9;

    /// <summary>How much less likely the object is to exist after some looks of each of these sensors that all missed it.</summary>
    static double LeftAfterMisses(Visibility visibility, int looks, params int[] sensors)
    {
        double left = 1;
        for (int look = 0; look < looks; look++)
            foreach (int sensor in sensors) left *= 1 - visibility.Look(0, sensor, Detection, isAtEdge: false);
        return left;
    }

    static Visibility SeenByTheFirst()
    {
        Visibility visibility = new(sensors: 9, capacity: 1);
        visibility.Begin(0, sensor: 0);
        return visibility;
    }

    [Fact]
    public void Six_that_never_saw_it_disprove_it_little_more_than_two()
    {
        double two = LeftAfterMisses(SeenByTheFirst(), 5, 1, 2), six = LeftAfterMisses(SeenByTheFirst(), 5, 1, 2, 3, 4, 5, 6);
        Assert.InRange(two, 0.03, 0.08);
        Assert.InRange(six / two, 0.2, 1); // were they independent, it would be less than a hundredth
    }

    [Fact]
    public void One_that_saw_it_before_and_no_longer_does_disproves_it()
    {
        Assert.InRange(LeftAfterMisses(SeenByTheFirst(), 3, 0), 0, 0.01);
    }

    [Fact]
    public void What_a_second_one_sees_too_is_easy_to_see_and_the_others_count_again()
    {
        Visibility visibility = SeenByTheFirst();
        visibility.Hit(0, 1, probability: 1);
        Assert.InRange(LeftAfterMisses(visibility, 5, 2, 3, 4), 0, 0.012);
    }

    [Fact]
    public void A_look_that_turns_out_to_be_a_hit_is_no_miss()
    {
        Visibility plain = SeenByTheFirst(), looked = SeenByTheFirst();
        plain.Hit(0, 1, probability: 1);
        looked.Look(0, 1, Detection, isAtEdge: false);
        looked.Hit(0, 1, probability: 1);
        Assert.Equal(plain.Look(0, 2, Detection, isAtEdge: false), looked.Look(0, 2, Detection, isAtEdge: false));
    }

    [Fact]
    public void A_new_track_in_the_row_begins_as_any_other()
    {
        Visibility visibility = SeenByTheFirst();
        double first = visibility.Look(0, 3, Detection, isAtEdge: false);
        LeftAfterMisses(visibility, 4, 1, 2, 3);
        visibility.Begin(0, 0);
        Assert.Equal(first, visibility.Look(0, 3, Detection, isAtEdge: false));
    }

    [Fact]
    public void A_sensor_that_missed_it_over_and_over_lends_little_to_what_it_reports_there_but_never_nothing()
    {
        Visibility visibility = SeenByTheFirst();
        double before = visibility.ChanceOf(0, 0);
        LeftAfterMisses(visibility, 4, 0);
        Assert.InRange(before, 0.99, 1);
        Assert.InRange(visibility.ChanceOf(0, 0), 0.05, 0.35);
    }

    [Fact]
    public void A_report_that_was_as_likely_false_restores_half_of_the_chance()
    {
        Visibility sure = SeenByTheFirst(), unsure = SeenByTheFirst();
        LeftAfterMisses(sure, 4, 0);
        LeftAfterMisses(unsure, 4, 0);
        sure.Hit(0, 0, probability: 1);
        unsure.Hit(0, 0, probability: 0.5);
        Assert.InRange(sure.ChanceOf(0, 0), 0.99, 1);
        Assert.InRange(unsure.ChanceOf(0, 0), 0.4, 0.6);
    }

    [Fact]
    public void At_the_edge_of_its_sight_a_sensor_is_soon_taken_to_have_lost_it()
    {
        Visibility edge = SeenByTheFirst(), midst = SeenByTheFirst();
        edge.Look(0, 0, Detection, isAtEdge: true);
        midst.Look(0, 0, Detection, isAtEdge: false);
        Assert.InRange(edge.ChanceOf(0, 0), 0.1, 0.3);
        Assert.InRange(midst.ChanceOf(0, 0), 0.9, 1);
    }
}
