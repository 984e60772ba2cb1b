using Nadhir.Core.Tests.Desks;
using Nadhir.Tracking;
using Nadhir.Warning;

namespace Nadhir.Core.Tests.Warning;

public sealed class FormationsTests
{
    readonly Formations formations = new();

    [Fact]
    public void Those_in_a_row_have_one_leader_however_they_are_told()
    {
        foreach (int id in (int[])[3, 1, 2, 3, 2, 1]) Place(id, east: id * 6000, speed: 250);
        Assert.Equal([1, 1, 1], [Place(1, 6000, 250), Place(2, 12_000, 250), Place(3, 18_000, 250)]);
    }

    [Fact]
    public void Who_is_far_off_or_flies_elsewhere_flies_alone()
    {
        Place(1, 0, 250);
        Assert.Equal(2, Place(2, 9000, 250));
        Assert.Equal(3, Place(3, 1000, 220));
    }

    [Fact]
    public void A_formation_that_parts_is_two_and_one_whose_leader_is_gone_has_another()
    {
        for (int id = 1; id <= 4; id++) Place(id, id * 1000, 50);
        Assert.Equal(1, Place(4, 4000, 50));
        // Little by little, each pair in sight of one another all the time.
        for (int kilometres = 1; kilometres <= 60; kilometres++)
        {
            Place(3, 3000 + (kilometres * 1000), 60);
            Place(4, 4000 + (kilometres * 1000), 60);
        }

        Assert.Equal([1, 1], [Place(1, 1000, 50), Place(2, 2000, 50)]);
        Assert.Equal([3, 3], [Place(3, 63_000, 60), Place(4, 64_000, 60)]);
        formations.Forget(1);
        Assert.Equal(2, Place(2, 2000, 50));
    }

    int Place(int id, double east, double speed) => formations.Place(new WatchBench().At(id, east, speed));
}
