using System.Collections.Immutable;
using Nadhir.Posture;
using Nadhir.Warning;

namespace Nadhir.DutyConsole;

/// <summary>Takes from the boards and the configuration what only operators may see, and counts it: an omission is told.</summary>
static class Audience
{
    /// <summary>The public part and the number of rows kept back.</summary>
    public static (Boards Boards, int Withheld) PublicPart(Boards boards, WatchConfiguration configuration)
    {
        HashSet<string> closed = ClosedSites(configuration);
        HashSet<string> closedSirens = [.. configuration.Sirens.Where(siren => IsClosed(siren.Site, closed)).Select(siren => siren.Id)];
        ImmutableArray<SiteRow> sites =
        [
            .. boards.Sites.Where(site => !closed.Contains(site.Id)).Select(site => site with
            {
                Measures = [.. site.Measures.Where(measure => !measure.Restricted)],
                Readiness = [.. site.Readiness.Where(readiness => !readiness.Restricted)],
                Threat = site.Threat is { Restricted: true } ? null : site.Threat,
            }),
        ];
        ImmutableArray<SirenRow> sirens = [.. boards.Sirens.Where(siren => !closedSirens.Contains(siren.Id))];
        Boards open = boards with
        {
            Sites = sites,
            Sirens = sirens,
            SirenGroups = SirenGroups.Of(configuration.Zones, sirens, boards.Now),
            Directives = [],
            Shift = ShiftBoard.Nobody,
            Log = [],
        };
        return (open, CountOfRows(boards) - CountOfRows(open));
    }

    public static WatchConfiguration PublicPart(WatchConfiguration configuration)
    {
        HashSet<string> closed = ClosedSites(configuration);
        ImmutableArray<Site> open = [.. configuration.Sites.Where(site => !site.Restricted)];
        return configuration with
        {
            Sites = open,
            Sirens = [.. configuration.Sirens.Where(siren => !IsClosed(siren.Site, closed))],
            Ladder = PublicPart(configuration.Ladder),
            Ladders = [.. configuration.Ladders.Where(ladder => open.Any(site => site.Ladder == ladder.Id)).Select(PublicPart)],
            Formations = [],
        };
    }

    /// <summary>Who is called, and who has to do what by when, is for those who work here.</summary>
    static PhaseLadder PublicPart(PhaseLadder ladder) => ladder with { Duties = [], Escalation = [] };

    static HashSet<string> ClosedSites(WatchConfiguration configuration) =>
        [.. configuration.Sites.Where(site => site.Restricted).Select(site => site.Id)];

    static bool IsClosed(string? site, HashSet<string> closed) => site is not null && closed.Contains(site);

    static int CountOfRows(Boards boards) =>
        boards.Sites.Sum(site => 1 + site.Measures.Length + site.Readiness.Length + (site.Threat is null ? 0 : 1))
        + boards.Sirens.Length + boards.Directives.Length + boards.Log.Length
        + boards.Shift.Earlier.Length + (boards.Shift.By is null ? 0 : 1) + (boards.Shift.HandOver?.Items.Length ?? 0);
}
