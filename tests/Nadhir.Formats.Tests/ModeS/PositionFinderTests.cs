using Nadhir.Formats.ModeS;
using Nadhir.Formats.ModeS.Squitters;
using Nadhir.Geodesy;

namespace Nadhir.Formats.Tests.ModeS;

public sealed class PositionFinderTests
{
    static readonly Reception baghdad = new(new(33.3, 44.4), 400_000);
    static readonly GeoPoint here = new(33.5, 44.6);
    PositionFinder finder = PositionFinder.New;

    [Fact]
    public void One_message_alone_gives_no_first_place() => Assert.Null(Tell(here, odd: false, 0));

    [Fact]
    public void A_pair_gives_a_place_while_it_is_ten_seconds_apart_and_none_after()
    {
        Tell(here, odd: false, 0);
        Assert.Null(Tell(here, odd: true, 10.1));
        Assert.NotNull(Tell(here, odd: false, 20.0));
    }

    [Fact]
    public void After_the_first_place_each_message_gives_one_for_two_minutes()
    {
        Settle();
        Assert.NotNull(Tell(here, odd: true, 100));
        Assert.Null(Tell(here, odd: true, 221));
    }

    [Fact]
    public void A_first_place_beyond_reception_is_not_believed()
    {
        Tell(new(50, 10), odd: false, 0);
        Assert.Null(Tell(new(50, 10), odd: true, 1));
        Assert.Equal(1, finder.Rejected);
    }

    [Fact]
    public void A_leap_is_not_believed_and_the_next_place_is()
    {
        Settle();
        Assert.Null(Tell(new(34.6, 44.6), odd: false, 2));
        Assert.NotNull(Tell(here, odd: true, 12.5));
    }

    [Fact]
    public void Two_leaps_to_the_same_place_take_over()
    {
        Settle();
        GeoPoint there = new(34.6, 44.6);
        Tell(there, odd: false, 20);
        Tell(there, odd: true, 21);
        Assert.NotNull(Tell(there, odd: false, 22));
        Assert.NotNull(Tell(there, odd: true, 23));
    }

    [Fact]
    public void An_airborne_and_a_surface_message_are_no_pair()
    {
        Tell(here, odd: false, 0);
        Assert.Null(Tell(here, odd: true, 1, surface: true));
    }

    [Fact]
    public void A_pair_on_the_surface_is_placed_in_the_quarter_of_the_receiver()
    {
        Tell(here, odd: false, 0, surface: true);
        GeoPoint found = Tell(here, odd: true, 20, surface: true)!.Value;
        Assert.InRange(PositionFinder.Distance(here, found), 0, 2);
    }

    void Settle()
    {
        Tell(here, odd: false, 0);
        Assert.NotNull(Tell(here, odd: true, 1));
    }

    GeoPoint? Tell(GeoPoint place, bool odd, double seconds, bool surface = false)
    {
        CompactPosition told = CompactPositionReporting.Encode(place, odd, surface);
        long ticks = 1_000_000_000 + (long)(seconds * TimeSpan.TicksPerSecond);
        return finder.TryPlace(told, surface, 10, ticks, baghdad, out GeoPoint found) ? found : null;
    }
}
