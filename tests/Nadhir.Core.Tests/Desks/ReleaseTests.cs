using Nadhir.Warning;

namespace Nadhir.Core.Tests.Desks;

public sealed class ReleaseTests
{
    [Fact]
    public void One_person_releases_a_warning()
    {
        WatchBench bench = new(_ => WatchBench.ReleasedBy(Release.OnePerson));
        IReadOnlyList<Decision> first = bench.See(1, 80);
        Assert.Contains(first, d => d is AlertChanged { State: AlertState.Watch });
        Assert.Single(first.OfType<ReleaseRequested>());
        Assert.DoesNotContain(first, d => d is SirenCommanded);
        Assert.True(bench.Alert.AwaitsRelease);
        IReadOnlyList<Decision> released = bench.Give(new ReleaseAlert("A-z-1") { By = "duty" });
        Assert.Equal("duty", Assert.Single(released.OfType<AlertChanged>()).By);
        Assert.Single(released.OfType<SirenCommanded>());
    }

    [Fact]
    public void The_same_person_is_not_two_persons()
    {
        WatchBench bench = new(_ => WatchBench.ReleasedBy(Release.TwoPersons));
        bench.See(1, 80);
        Assert.Equal(["first"], Assert.Single(bench.Give(new ReleaseAlert("A-z-1") { By = "first" }).OfType<ReleaseRequested>()).Given);
        Assert.IsType<CommandRefused>(Assert.Single(bench.Give(new ReleaseAlert("A-z-1") { By = "first" })));
        Assert.Equal(AlertState.Watch, bench.Alert.State);
        Assert.Equal("first and second", Assert.Single(bench.Give(new ReleaseAlert("A-z-1") { By = "second" }).OfType<AlertChanged>()).By);
        Assert.Equal(AlertState.Warning, bench.Alert.State);
    }

    [Fact]
    public void A_release_is_asked_for_once()
    {
        WatchBench bench = new(_ => WatchBench.ReleasedBy(Release.OnePerson));
        bench.See(1, 80);
        Assert.DoesNotContain(bench.Wait(30), d => d is ReleaseRequested);
    }
}
