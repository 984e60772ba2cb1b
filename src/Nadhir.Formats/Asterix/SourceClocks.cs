namespace Nadhir.Formats.Asterix;

/// <summary>
/// The last full time that each sensor told (CAT 002, CAT 034), so that a truncated time (I001/141: the low sixteen bits,
/// which come round every 512 s) can be completed. Without one the arrival stands in for it.
/// </summary>
sealed class SourceClocks(int sensors)
{
    const double Turn = 512;
    /// <summary>An older reference says nothing of a clock that may have been set since.</summary>
    static readonly TimeSpan goodFor = TimeSpan.FromHours(1);

    readonly (DateTimeOffset Told, DateTimeOffset Arrived)[] last = new (DateTimeOffset, DateTimeOffset)[sensors];

    public void Hear(int sensor, DateTimeOffset told, DateTimeOffset arrived) => last[sensor] = (told, arrived);

    /// <summary>The instant nearest to the sensor's clock at arrival whose time of day ends in these bits.</summary>
    /// <param name="seconds">0 to 512.</param>
    public DateTimeOffset Complete(int sensor, double seconds, DateTimeOffset arrived)
    {
        (DateTimeOffset told, DateTimeOffset heard) = last[sensor];
        bool usable = heard != default && (arrived - heard).Duration() <= goodFor;
        DateTimeOffset near = usable ? told + (arrived - heard) : arrived;
        double sinceMidnight = near.UtcTicks % TimeSpan.TicksPerDay / (double)TimeSpan.TicksPerSecond;
        double best = double.PositiveInfinity;
        // The count begins anew at midnight, which is no multiple of 512 s: yesterday and tomorrow count for themselves.
        for (double day = -TimeOfDay.SecondsOfDay; day <= TimeOfDay.SecondsOfDay; day += TimeOfDay.SecondsOfDay)
        {
            double turns = Math.Round((sinceMidnight - day - seconds) / Turn);
            double mostTurns = Math.Floor((TimeOfDay.SecondsOfDay - 1e-3 - seconds) / Turn);
            double ofDay = (Math.Clamp(turns, 0, mostTurns) * Turn) + seconds;
            double away = day + ofDay - sinceMidnight;
            if (Math.Abs(away) < Math.Abs(best)) best = away;
        }

        long ticks = near.UtcTicks + (long)Math.Round(best * TimeSpan.TicksPerSecond);
        return ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks ? arrived : new(ticks, TimeSpan.Zero);
    }
}
