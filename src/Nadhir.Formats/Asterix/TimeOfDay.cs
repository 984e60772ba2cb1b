namespace Nadhir.Formats.Asterix;

/// <summary>ASTERIX tells the time since midnight UTC; the day comes from when the bytes arrived.</summary>
static class TimeOfDay
{
    public const double SecondsOfDay = 86400;

    /// <summary>The instant with this time of day that is nearest to the arrival: never more than twelve hours away.</summary>
    /// <returns>False when it is no time of day.</returns>
    public static bool TryResolve(double seconds, DateTimeOffset arrived, out DateTimeOffset time)
    {
        time = arrived;
        if (!(seconds is >= 0 and < SecondsOfDay)) return false;
        long sinceMidnight = (long)Math.Round(seconds * TimeSpan.TicksPerSecond);
        long away = sinceMidnight - (arrived.UtcTicks % TimeSpan.TicksPerDay);
        if (away > TimeSpan.TicksPerDay / 2) away -= TimeSpan.TicksPerDay;
        else if (away < -TimeSpan.TicksPerDay / 2) away += TimeSpan.TicksPerDay;
        long ticks = arrived.UtcTicks + away;
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks) return false;
        time = new(ticks, TimeSpan.Zero);
        return true;
    }
}
