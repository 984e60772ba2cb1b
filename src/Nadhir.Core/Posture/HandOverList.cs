using System.Collections.Immutable;
using System.Globalization;
using Nadhir.Warning;

namespace Nadhir.Posture;

/// <summary>What the incoming person must know of: all that waits for somebody, and all that does not work.</summary>
static class HandOverList
{
    /// <summary>The items, most pressing kinds first, and how many more there are than the list holds.</summary>
    public static (ImmutableArray<HandOverItem> Items, int More) Of(Boards boards)
    {
        HandOverItem[] all = [.. All(boards)];
        int held = Math.Min(all.Length, CommandCheck.MostHandOverItems);
        return ([.. all.AsSpan(0, held)], all.Length - held);
    }

    static IEnumerable<HandOverItem> All(Boards boards)
    {
        foreach (AlertRow alert in boards.Alerts)
        {
            bool active = alert.State is AlertState.Watch or AlertState.Warning;
            if (!active || (!alert.AcknowledgedBy.IsEmpty && !alert.AwaitsRelease && !alert.AwaitsAllClear)) continue;
            AlertWait wait = alert.AwaitsRelease ? AlertWait.Release : alert.AwaitsAllClear ? AlertWait.AllClear : AlertWait.Acknowledgement;
            string waits = wait switch
            {
                AlertWait.Release => "waits for its release",
                AlertWait.AllClear => "waits for the all-clear",
                _ => "not acknowledged",
            };
            yield return new($"alert:{alert.Id}", OpenItem.Alert, $"{alert.Zone} is in {alert.State}, {waits}")
            {
                Figures = [alert.Zone, alert.State.ToString(), wait.ToString()],
            };
        }

        foreach (SirenRow siren in boards.Sirens)
            if (boards.SirenOutlet is not { Lost: false } || !siren.LinkUp
                || siren.Doubt is not null || siren.State == SirenState.Failed)
                yield return new($"siren:{siren.Id}", OpenItem.Siren, $"{siren.Zone}: {siren.State}{Aside(siren.Detail)}")
                {
                    Figures = [siren.Zone, siren.State.ToString()], Cause = siren.Cause, Aside = Words(siren.Cause, siren.Detail),
                };
        foreach (SensorRow sensor in boards.Sensors)
            if (sensor.State != SensorState.Working)
                yield return new($"sensor:{sensor.Id}", OpenItem.Sensor, $"{sensor.State}{Aside(sensor.Reason)}")
                {
                    Figures = [sensor.State.ToString()], Cause = sensor.Cause, Aside = Words(sensor.Cause, sensor.Reason),
                };
        foreach (SiteRow site in boards.Sites)
            foreach (HandOverItem item in OfSite(site)) yield return item;
        foreach (DirectiveRow directive in boards.Directives)
        {
            int open = directive.Formations.Count(row => row.IsOpen);
            int overdue = directive.Formations.Count(row => row.Overdue is not null || row.State == DirectiveState.Overdue);
            if (open > 0)
                yield return new($"directive:{directive.Id}", OpenItem.Directive,
                    $"{open} of {directive.Formations.Length} formations not done, {overdue} overdue")
                {
                    Figures = [Say(open), Say(directive.Formations.Length), Say(overdue)],
                };
        }
    }

    static IEnumerable<HandOverItem> OfSite(SiteRow site)
    {
        if (site.Standing != PhaseStanding.Sustained)
            yield return new($"phase:{site.Id}", OpenItem.Phase, $"phase {site.Phase}: {site.Standing}") { Figures = [site.Phase, site.Standing.ToString()] };
        if (site.Threat is { Expired: true } threat)
            yield return new($"threat:{site.Id}", OpenItem.ThreatLevel, $"threat level {threat.Level} has expired") { Figures = [threat.Level] };
        foreach (MeasureRow row in site.Measures)
            if (row.OverdueSince is not null)
                yield return new($"measure:{site.Id}/{row.Kind}", OpenItem.Measure,
                    row.State == MeasureState.Done ? "check is overdue" : $"{row.State}, overdue") { Figures = [row.State.ToString()] };
        foreach (ReadinessRow row in site.Readiness)
            if (row.Stale)
                yield return new($"readiness:{site.Id}/{row.System}", OpenItem.Readiness, $"last reported {row.Reported}, too old") { Figures = [row.Reported.ToString()] };
    }

    static string Say(int count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>What is not ours to say.</summary>
    static string? Words(Cause? cause, string detail) => cause is null && detail.Length > 0 ? CommandCheck.Shortened(detail) : null;

    static string Aside(string detail) => detail.Length > 0 ? $", {CommandCheck.Shortened(detail)}" : "";
}
