using Nadhir.Sensing;

namespace Nadhir.Tests.Console;

/// <summary>
/// The page for reports in a real browser of a phone's size; pictures go to <c>artifacts/screenshots</c>.
/// </summary>
public sealed class ReportBrowserTests
{
    [Fact]
    public async Task A_phone_reports_with_and_without_a_connection_in_both_languages()
    {
        string pictures = ConsoleBrowser.Pictures();
        await using ConsoleHost host =
            await ConsoleHost.Start(new() { OperatorToken = "of operators", ObserversToken = "of observers" });
        await ConsoleBrowser.Look("report", host.Address, "--token", "of observers", "--screenshots", pictures);
        // One that was on its way when the connection broke comes twice, under one id: the engine takes it once.
        ReportObservation[] reports = [.. host.Watch.Submitted.Cast<ReportObservation>().DistinctBy(each => each.Report)];
        Assert.Equal([ObservedKind.Drone, ObservedKind.Jet, ObservedKind.Helicopter],
            reports.Select(each => each.What!.Value));
        Assert.Equal((45, 2, ObservedDistance.Middle),
            (reports[0].DirectionDegrees!.Value, reports[0].Count!.Value, reports[0].Distance!.Value));
        Assert.Equal(202.5, reports[1].DirectionDegrees);
        Assert.All(reports, each =>
        {
            Assert.Equal("Post 7", each.By);
            Assert.Equal(33.3128, each.Position!.Value.LatitudeDegrees, 6);
            Assert.InRange(each.SecondsAgo!.Value, 0, 60);
        });
    }
}
