using Nadhir.Commands;

namespace Nadhir.Tests.Outlets.Sirens;

public sealed class SirenTrialTests
{
    /// <summary>As <c>nadhir bench sirens</c>, smaller; how long it took is written, since machines are busy.</summary>
    [Fact]
    public async Task The_board_is_right_about_every_siren_be_it_dead_slow_or_lying()
    {
        SirenMeasurement result = await SirenTrial.Run(120, null, TimeSpan.FromSeconds(25), TimeProvider.System);
        TestContext.Current.TestOutputHelper?.WriteLine($"{result.Bad}: right after {result.Right?.TotalSeconds:0.0} s");
        Assert.Empty(result.Wrong);
        Assert.NotNull(result.Right);
        Assert.Equal("6 dead, 6 slow, 6 lying", result.Bad);
    }
}
