namespace Nadhir.Alarms;

/// <summary>How many alarms a duty officer had: in the last ten minutes, the last hour, and the worst ten minutes of a day.</summary>
public sealed record AlarmLoad(int LastTenMinutes, int LastHour, int WorstTenMinutes, DateTimeOffset? WorstFrom)
{
    static readonly TimeSpan Span = TimeSpan.FromMinutes(10);

    /// <param name="times">Of the alarms, oldest first.</param>
    public static AlarmLoad Of(IReadOnlyList<DateTimeOffset> times, DateTimeOffset now)
    {
        int ten = 0, hour = 0, worst = 0, first = 0;
        DateTimeOffset? worstFrom = null;
        for (int i = 0; i < times.Count; i++)
        {
            if (now - times[i] > TimeSpan.FromDays(1)) continue;
            if (now - times[i] <= Span) ten++;
            if (now - times[i] <= TimeSpan.FromHours(1)) hour++;
            while (times[i] - times[first] > Span || now - times[first] > TimeSpan.FromDays(1)) first++;
            if (i - first + 1 <= worst) continue;
            (worst, worstFrom) = (i - first + 1, times[first]);
        }

        return new(ten, hour, worst, worstFrom);
    }
}
