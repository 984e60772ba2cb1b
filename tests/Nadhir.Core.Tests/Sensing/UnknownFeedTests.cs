using Nadhir.Sensing;
using Nadhir.Core.Tests.Watching;
using Nadhir.Warning;

namespace Nadhir.Tests.Sensing;

public class UnknownFeedTests
{
    [Fact]
    public void Names_of_feeds_nobody_configured_share_a_row_when_there_are_too_many()
    {
        SensorDesk desk = new(Scene.Configure(new WarningPolicy()));
        for (int i = 0; i < 1000; i++) desk.Arrived($"unknown-{i}", 1, Scene.Start);
        Assert.InRange(desk.FeedRows().Length, 2, 200);
        Assert.Equal(1000, desk.FeedRows().Sum(f => f.Arrivals));
    }
}
