using Nadhir.Assessment;
using Nadhir.Warning;

namespace Nadhir.Core.Tests.Warning;

public sealed class ClockIntervalTests
{
    static readonly DateTimeOffset midnight = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(2645, 2690, "00:44:05", "00:44:50")]
    [InlineData(2645.2, 2689.1, "00:44:05", "00:44:50")]
    [InlineData(2640, 2699.5, "00:44:00", "00:45:00")]
    [InlineData(2645, 2645, "00:44:05", "00:44:05")]
    [InlineData(2645, 2705, "00:44", "00:46")]
    [InlineData(2699, 2701, "00:44", "00:46")]
    [InlineData(2640, 2700, "00:44", "00:45")]
    [InlineData(86390, 86399, "23:59:50", "23:59:59")]
    public void It_is_read_in_minutes_that_contain_it_and_within_one_minute_in_seconds(double from, double to, string first, string last) =>
        Assert.Equal((first, last), ClockInterval.Read(new(midnight.AddSeconds(from), midnight.AddSeconds(to)), TimeZoneInfo.Utc));
}
