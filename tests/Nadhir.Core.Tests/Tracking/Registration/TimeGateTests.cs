using Nadhir.Tracking.Registration;

namespace Nadhir.Core.Tests.Tracking.Registration;

public sealed class TimeGateTests
{
    readonly TimeGate gate = new(60);

    [Fact]
    public void A_leap_that_another_sensor_confirms_is_believed()
    {
        Assert.False(gate.Admits(0, 5000, 100));
        Assert.True(gate.Admits(1, 5010, 100));
    }

    [Fact]
    public void Two_wild_times_that_differ_confirm_nothing()
    {
        Assert.False(gate.Admits(0, 5000, 100));
        Assert.False(gate.Admits(1, 9000, 100));
        Assert.False(gate.Admits(0, 5000, 100));
    }

    [Fact]
    public void A_sensor_alone_is_believed_the_fifth_time_and_never_while_others_speak_of_the_present()
    {
        for (int k = 0; k < 4; k++) Assert.False(gate.Admits(0, 5000 + k, 100));
        Assert.True(gate.Admits(0, 5004, 100));
        for (int k = 0; k < 100; k++)
        {
            Assert.False(gate.Admits(0, 5000 + k, 100 + k));
            Assert.True(gate.Admits(1, 101 + k, 100 + k));
        }
    }

    [Fact]
    public void The_first_scan_of_all_and_scans_of_the_past_pass() =>
        Assert.True(gate.Admits(0, 1e9, double.NegativeInfinity) && gate.Admits(0, 1, 100) && gate.Admits(0, 160, 100));
}
