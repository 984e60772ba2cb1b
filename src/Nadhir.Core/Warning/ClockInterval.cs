using System.Globalization;
using Nadhir.Assessment;

namespace Nadhir.Warning;

/// <summary>An interval of arrival as people read it on a clock.</summary>
public static class ClockInterval
{
    /// <summary>
    /// From the first minute it can be to the end of the last. Within one minute, from the second it begins to the end of
    /// the last second: "00:44–00:44" would say nothing, and "00:44–00:45" less than is known.
    /// </summary>
    public static (string From, string To) Read(ArrivalInterval arrival, TimeZoneInfo zone)
    {
        bool seconds = arrival.Earliest.Ticks / TimeSpan.TicksPerMinute == arrival.Latest.Ticks / TimeSpan.TicksPerMinute;
        long unit = seconds ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMinute;
        long over = arrival.Latest.Ticks % unit;
        return (Say(arrival.Earliest), Say(arrival.Latest.AddTicks(over == 0 ? 0 : unit - over)));

        string Say(DateTimeOffset time) =>
            TimeZoneInfo.ConvertTime(time, zone).ToString(seconds ? "HH:mm:ss" : "HH:mm", CultureInfo.InvariantCulture);
    }
}
