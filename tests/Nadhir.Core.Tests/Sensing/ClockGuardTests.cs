using CsCheck;
using Nadhir.Sensing;

namespace Nadhir.Core.Tests.Sensing;

public sealed class ClockGuardTests
{
    readonly ClockGuard guard = new();
    double worst, sigma;
    int byArrival;

    /// <summary>
    /// Messages every 0.3 s, measured half a second before they arrive, told by a clock of some kind.
    /// </summary>
    void Run(double from, double to, Func<double, double> clock, double every = 0.3,
        Func<double, double>? arrival = null)
    {
        worst = byArrival = 0;
        for (double measured = from; measured < to; measured += every)
        {
            double arrived = arrival?.Invoke(measured) ?? measured + 0.5;
            double believed = guard.Believe(clock(measured), arrived, out sigma);
            if (double.IsFinite(sigma)) byArrival++;
            worst = Math.Max(worst, Math.Abs(believed - measured));
        }
    }

    [Fact]
    public void A_right_clock_is_used_as_told()
    {
        Run(0, 600, t => t);
        Assert.Equal((0, 0, ClockState.Right, ""), (worst, byArrival, guard.State, guard.Reason));
        Assert.Equal((0, 0, 0), (guard.AheadCount, guard.LateCount, guard.Leaps));
    }

    [Theory]
    [InlineData(123)]
    [InlineData(-123)]
    [InlineData(3600)]
    [InlineData(86_400)]
    [InlineData(-86_400)]
    public void A_clock_that_leaps_is_corrected_within_six_messages_half_a_second_apart(double leap)
    {
        Run(0, 60, t => t);
        Run(60, 64, t => t + leap, every: 0.5);
        Assert.Equal(5, byArrival);
        Assert.InRange(worst, 0, 0.01);
        Run(64, 300, t => t + leap);
        Assert.Equal((0, ClockState.Offset, 1), (byArrival, guard.State, guard.Leaps));
        Assert.InRange(guard.AheadSeconds, leap - 0.01, leap + 0.01);
        Assert.InRange(worst, 0, 0.01);
        Assert.Equal(Math.Abs(leap) == 86_400, guard.Reason.Contains("a day", StringComparison.Ordinal));
        Run(300, 400, t => t);
        Assert.Equal((ClockState.Right, 0.0, 2), (guard.State, guard.AheadSeconds, guard.Leaps));
    }

    [Fact]
    public void A_clock_that_was_wrong_from_the_start_is_corrected_too()
    {
        Run(0, 100, t => t + 123);
        Assert.Equal(ClockState.Offset, guard.State);
        Assert.InRange(guard.AheadSeconds, 122, 123); // the delay on the way is not known yet
        Assert.InRange(worst, 0, 1);
    }

    [Fact]
    public void A_clock_restarted_wrong_after_a_silence_is_corrected_and_its_plots_are_not_lost()
    {
        Run(0, 60, t => t);
        Run(260, 320, t => t - 123);
        Assert.Equal(ClockState.Offset, guard.State);
        Run(320, 400, t => t - 123);
        Assert.InRange(worst, 0, 0.6);
    }

    [Fact]
    public void A_clock_that_runs_backwards_is_replaced_by_the_time_of_arrival()
    {
        Run(0, 60, t => t);
        Run(60, 75, t => 120 - t);
        Run(75, 300, t => 120 - t);
        Assert.Equal(ClockState.Unclear, guard.State);
        Assert.Equal(1.0, sigma);
        Assert.InRange(worst, 0, 0.01);
    }

    [Fact]
    public void A_clock_that_stands_still_is_replaced_by_the_time_of_arrival()
    {
        Run(0, 60, t => t);
        Run(60, 72, _ => 60);
        Run(72, 300, _ => 60);
        Assert.Equal(ClockState.Unclear, guard.State);
        Assert.InRange(worst, 0, 0.01);
        Run(300, 330, t => t);
        Run(330, 400, t => t);
        Assert.Equal((ClockState.Right, 0.0), (guard.State, worst));
    }

    [Fact]
    public void A_clock_that_drifts_is_followed()
    {
        Run(0, 60, t => t);
        Run(60, 3660, t => t + ((t - 60) * 0.01));
        Assert.InRange(guard.AheadSeconds, 35, 37);
        Assert.InRange(worst, 0, 3);
    }

    [Fact]
    public void One_wild_time_is_counted_and_changes_nothing()
    {
        Run(0, 60, t => t);
        double believed = guard.Believe(60 + 40_000, 60.5, out sigma);
        Assert.InRange(believed, 59.9, 60.1);
        Assert.True(double.IsFinite(sigma));
        Run(60.3, 120, t => t);
        Assert.Equal((0, 0, ClockState.Right, 0), (worst, byArrival, guard.State, guard.Leaps));
        Assert.Equal(1, guard.AheadCount);
    }

    [Fact]
    public void A_backlog_after_a_stall_keeps_its_own_times()
    {
        Run(0, 60, t => t);
        Run(60, 90, t => t, arrival: t => 90.5 + ((t - 60) * 0.1)); // thirty seconds of data within three
        Assert.Equal((0, 0), (worst, byArrival));
        Assert.InRange(guard.LateCount, 60, 100);
        Run(93, 200, t => t);
        Assert.Equal((0, 0, ClockState.Right, 0), (worst, byArrival, guard.State, guard.Leaps));
    }

    [Fact]
    public void A_constant_delay_that_can_be_used_is_left_alone()
    {
        Run(0, 300, t => t, arrival: t => t + 6);
        Assert.Equal((0, ClockState.Right), (worst, guard.State));
    }

    [Fact]
    public void No_sequence_of_times_makes_it_answer_with_anything_but_a_time_near_the_arrival_or_the_one_told() =>
        Gen.Select(Gen.Double[-1e9, 1e9], Gen.Double[0, 1e6]).List[1, 60].Sample(messages =>
        {
            ClockGuard any = new();
            double arrived = 0;
            foreach ((double told, double step) in messages)
            {
                arrived += step;
                double believed = any.Believe(told, arrived, out double uncertain);
                Assert.True(double.IsFinite(believed));
                Assert.True(believed - arrived <= ClockGuard.MostAhead + 1e-3 || double.IsFinite(uncertain));
            }
        });
}
