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
            foreach (int sensor in sensors) left *= 1 - visibility.Look(0, sensor, Detection);
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
        visibility.Hit(0, 1);
        Assert.InRange(LeftAfterMisses(visibility, 5, 2, 3, 4), 0, 0.012);
    }

    [Fact]
    public void A_look_that_turns_out_to_be_a_hit_is_no_miss()
    {
        Visibility plain = SeenByTheFirst(), looked = SeenByTheFirst();
        plain.Hit(0, 1);
        looked.Look(0, 1, Detection);
        looked.Hit(0, 1);
        Assert.Equal(plain.Look(0, 2, Detection), looked.Look(0, 2, Detection));
    }

    [Fact]
    public void A_new_track_in_the_row_begins_as_any_other()
    {
        Visibility visibility = SeenByTheFirst();
        double first = visibility.Look(0, 3, Detection);
        LeftAfterMisses(visibility, 4, 1, 2, 3);
        visibility.Begin(0, 0);
        Assert.Equal(first, visibility.Look(0, 3, Detection));
    }
}
