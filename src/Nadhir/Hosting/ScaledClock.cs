namespace Nadhir.Hosting;

/// <summary>A clock that starts at a given moment and runs faster than the wall; timers on it run faster too.</summary>
sealed class ScaledClock(TimeProvider wall, DateTimeOffset start, double speed) : TimeProvider
{
    readonly long origin = wall.GetTimestamp();

    public double Speed => speed;

    public override DateTimeOffset GetUtcNow() => start + (wall.GetElapsedTime(origin) * speed);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => (wall.GetElapsedTime(origin) * speed).Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        wall.CreateTimer(callback, state, Scale(dueTime), Scale(period));

    TimeSpan Scale(TimeSpan time) => time <= TimeSpan.Zero ? time : TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerMillisecond, (long)(time.Ticks / speed)));
}
