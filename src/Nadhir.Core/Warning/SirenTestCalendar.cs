namespace Nadhir.Warning;

/// <summary>
/// When silent tests are due: by the calendar of the watch's time zone, from nothing but the plan and the time, so that
/// every recomputation tests at the same moments.
/// </summary>
sealed class SirenTestCalendar
{
    static readonly TimeSpan shortest = TimeSpan.FromMinutes(10);

    readonly SirenTestPlan plan;
    readonly TimeZoneInfo zone;

    public SirenTestCalendar(SirenTestPlan plan, string timeZone, DateTimeOffset start)
    {
        this.plan = plan.Every < shortest ? plan with { Every = shortest } : plan;
        zone = TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out TimeZoneInfo? known) ? known : TimeZoneInfo.Utc;
        Next = After(start);
    }

    public DateTimeOffset Next { get; private set; }

    /// <summary>Whether a test has become due; asked again, it is not. What was missed meanwhile is made up once.</summary>
    public bool Take(DateTimeOffset now)
    {
        if (now < Next) return false;
        Next = After(now);
        return true;
    }

    DateTimeOffset After(DateTimeOffset time)
    {
        int days = Math.Max(1, (int)plan.Every.TotalDays);
        DateOnly today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, zone).DateTime);
        DateTimeOffset? next = null;
        for (int day = 0; day <= days + 1; day++)
        {
            DateOnly date = today.AddDays(day);
            if (date.DayNumber % days != 0) continue;
            foreach (TimeSpan clock in Clocks())
            {
                DateTimeOffset at = Instant(date.ToDateTime(TimeOnly.MinValue) + clock);
                if (at > time && (next is null || at < next)) next = at;
            }
        }

        return next ?? time.AddDays(days);
    }

    IEnumerable<TimeSpan> Clocks()
    {
        TimeSpan day = TimeSpan.FromDays(1);
        for (TimeSpan step = TimeSpan.Zero; step < day; step += plan.Every)
            yield return new TimeSpan((plan.At + step).Ticks % day.Ticks);
    }

    /// <summary>An hour that the clocks leave out in spring is taken an hour later.</summary>
    DateTimeOffset Instant(DateTime local)
    {
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
