using System.Collections.Immutable;

namespace Nadhir.Sensing;

/// <summary>
/// The clocks of all sensors: what their times are worth, and who is told when one goes wrong or right.
/// </summary>
sealed class SensorClocks
{
    /// <summary>
    /// Changes of one clock are told at most so often; what it is like then is told, not each flicker.
    /// </summary>
    static readonly TimeSpan tellEvery = TimeSpan.FromSeconds(10);

    readonly ImmutableArray<Sensor> sensors;
    readonly ClockGuard[] guards;
    readonly Told[] told;
    readonly DateTimeOffset epoch;

    public SensorClocks(ImmutableArray<Sensor> sensors, DateTimeOffset epoch)
    {
        this.sensors = sensors;
        this.epoch = epoch;
        guards = [.. sensors.Select(_ => new ClockGuard())];
        told = [.. sensors.Select(_ => new Told())];
    }

    /// <summary>When a sensor measured something, by the time it tells and the time of arrival.</summary>
    public BelievedTime Believe(int sensor, DateTimeOffset time, DateTimeOffset now)
    {
        double believed = guards[sensor].Believe(
            (time - epoch - sensors[sensor].ClockOffset).TotalSeconds, (now - epoch).TotalSeconds, out double sigma);
        return new(epoch.AddTicks((long)Math.Round(believed * TimeSpan.TicksPerSecond)), sigma);
    }

    /// <summary>Tells what has changed and lasted until now; a single wild time is counted and not told.</summary>
    public void Tick(DateTimeOffset now, List<Decision> decisions)
    {
        for (int i = 0; i < guards.Length; i++)
        {
            bool drifted = Math.Abs(guards[i].AheadSeconds - told[i].AheadSeconds) > 2;
            if (guards[i].State != told[i].State || drifted) Tell(i, now, decisions);
        }
    }

    public ClockRow Row(int sensor) => new(guards[sensor].State, Math.Round(guards[sensor].AheadSeconds, 1),
        guards[sensor].LateCount, guards[sensor].AheadCount, guards[sensor].Leaps, guards[sensor].Reason);

    void Tell(int sensor, DateTimeOffset now, List<Decision> decisions)
    {
        Told before = told[sensor];
        if (before.At is { } at && now - at < tellEvery) return;
        ClockGuard guard = guards[sensor];
        (before.State, before.AheadSeconds, before.At) = (guard.State, guard.AheadSeconds, now);
        decisions.Add(new SensorClockChanged(sensors[sensor].Id, guard.State, Math.Round(guard.AheadSeconds, 3),
            guard.State == ClockState.Right ? "its times are right again" : guard.Reason));
    }

    sealed class Told
    {
        public ClockState State;
        public double AheadSeconds;
        public DateTimeOffset? At;
    }
}
