using Nadhir.Sensing;

namespace Nadhir.Core.Tests.Watching;

/// <summary>
/// Sensors whose clock or alignment goes wrong under a whole watch: nothing is lost, and people are told.
/// </summary>
public sealed class SensorHealthTests
{
    [Theory]
    [InlineData(123)]
    [InlineData(-123)]
    [InlineData(86_400)]
    [InlineData(-86_400)]
    public void A_radar_whose_clock_leaps_keeps_feeding_the_tracks_and_is_reported(double leap)
    {
        RadarScene scene = new(2);
        scene.Run(120);
        Assert.Equal(scene.Flights, scene.Watch.Tracks.Count());
        scene.Clocks[1] = t => t < 120 ? t : t + leap;
        scene.Run(180);
        AssertSameFlights(scene);
        SensorClockChanged told = Assert.Single(
            scene.Decisions.OfType<SensorClockChanged>(), d => d.State == ClockState.Offset);
        Assert.Equal("R1", told.Sensor);
        Assert.InRange(told.AheadSeconds, leap - 1, leap + 1);
        ClockRow clock = scene.Watch.Snapshot().Sensors[1].Clock!;
        Assert.Equal((ClockState.Offset, 1), (clock.State, clock.Leaps));
        Assert.Equal(ClockState.Right, scene.Watch.Snapshot().Sensors[0].Clock!.State);
    }

    [Fact]
    public void A_radar_whose_time_runs_backwards_keeps_feeding_the_tracks_and_is_reported()
    {
        RadarScene scene = new(2);
        scene.Clocks[1] = t => t < 120 ? t : 240 - t;
        scene.Run(300);
        AssertSameFlights(scene);
        Assert.Equal(ClockState.Unclear, scene.Watch.Snapshot().Sensors[1].Clock!.State);
        Assert.Contains(scene.Decisions, d => d is SensorClockChanged { Sensor: "R1", State: ClockState.Unclear });
    }

    [Fact]
    public void A_radar_turned_by_a_third_of_a_degree_is_told_once_with_what_is_off_and_shown_on_the_board()
    {
        RadarScene scene = new(4);
        scene.AzimuthErrors[2] = 0.3 * Math.PI / 180;
        scene.Run(600);
        SensorBiasFound found = Assert.Single(scene.Decisions.OfType<SensorBiasFound>());
        Assert.Equal("R2", found.Sensor);
        Assert.Contains("clockwise", found.Reason, StringComparison.Ordinal);
        BiasRow row = scene.Watch.Snapshot().Sensors[2].Bias!;
        Assert.True(row is { Settled: true, Corrected: true });
        Assert.InRange(row.AzimuthDegrees, 0.27, 0.33);
        AssertSameFlights(scene);
    }

    [Fact]
    public void The_same_inputs_lead_to_the_same_decisions_about_sensors()
    {
        static byte[][] Once()
        {
            RadarScene scene = new(3);
            scene.AzimuthErrors[1] = -0.005;
            scene.Clocks[2] = t => t < 60 ? t : t - 123;
            scene.Run(300);
            return [.. scene.Decisions.Select(WatchJson.Encode)];
        }

        byte[][] first = Once();
        Assert.Contains(first, json =>
            System.Text.Encoding.UTF8.GetString(json).Contains("sensor.clock", StringComparison.Ordinal));
        Assert.Equal(first, Once());
    }

    /// <summary>Every flight is one track from first to last, and both radars speak of all that they see.</summary>
    static void AssertSameFlights(RadarScene scene)
    {
        Assert.Equal(scene.Flights, scene.Watch.Tracks.Count());
        Assert.Equal(scene.Flights, scene.Decisions.OfType<TrackConfirmed>().Count());
        Assert.DoesNotContain(scene.Decisions, decision => decision is TrackDropped);
        Assert.All(scene.Watch.Tracks, row => Assert.Contains(1, row.Track.Sensors));
    }
}
