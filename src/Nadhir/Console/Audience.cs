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
            Incidents = [.. boards.Incidents.Select(PublicPart)],
            Statements = [.. boards.Statements.Select(PublicPart).OfType<StatementRow>()],
            Claims = PublicPart(boards.Claims),
            Documents = [],
            Papers = PaperBoard.Empty,
            Cases = [],
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

    static IncidentRow PublicPart(IncidentRow incident)
    {
        ImmutableArray<ClaimRow> open = PublicPart(incident.Claims);
        return incident with { Claims = open, Casualties = CasualtyRow.Of(open) };
    }

    /// <summary>A claim that is kept back does not shine through in what contradicts it.</summary>
    static ImmutableArray<ClaimRow> PublicPart(ImmutableArray<ClaimRow> claims)
    {
        if (claims.All(claim => IsPublic(claim) && claim.Conflicts.IsEmpty)) return claims;
        HashSet<string> open = [.. claims.Where(IsPublic).Select(claim => claim.Id)];
        return
        [
            .. claims.Where(IsPublic).Select(claim => claim with { Conflicts = [.. claim.Conflicts.Where(conflict => open.Contains(conflict.With))] }),
        ];
    }

    /// <summary>What a person has taken into the books, unless its source is protected.</summary>
    static bool IsPublic(ClaimRow claim) => claim is { State: ClaimState.Accepted, ProtectedSource: null };

    /// <summary>As it was published last; while a correction is on its way that is the version before. Who wrote it is not told.</summary>
    static StatementRow? PublicPart(StatementRow statement)
    {
        StatementRow? published = statement.State is StatementState.Recorded or StatementState.Published ? statement
            : statement.Earlier is [.. var before, var last]
            ? statement with
            {
                State = StatementState.Published, Version = last.Version, Sentences = last.Sentences, Published = last.Published,
                At = last.Published?.At ?? statement.At, CorrectionReason = last.CorrectionReason, Earlier = before, Embargo = null, Unlinked = 0,
                Claims = [.. last.Sentences.SelectMany(sentence => sentence.Claims).Distinct(StringComparer.Ordinal)],
            }
            : null;
        return published is null ? null : published with
        {
            DraftedBy = [], Approved = null, Earlier = [.. published.Earlier.Select(version => version with { DraftedBy = [], Approved = null })],
        };
    }

    static HashSet<string> ClosedSites(WatchConfiguration configuration) =>
        [.. configuration.Sites.Where(site => site.Restricted).Select(site => site.Id)];

    static bool IsClosed(string? site, HashSet<string> closed) => site is not null && closed.Contains(site);

    static int CountOfRows(Boards boards) =>
        boards.Sites.Sum(site => 1 + site.Measures.Length + site.Readiness.Length + (site.Threat is null ? 0 : 1))
        + boards.Sirens.Length + boards.Directives.Length + boards.Log.Length + boards.Statements.Length + boards.Claims.Length
        + boards.Shift.Earlier.Length + (boards.Shift.By is null ? 0 : 1) + (boards.Shift.HandOver?.Items.Length ?? 0)
        + boards.Incidents.Sum(incident => incident.Claims.Length) + boards.Documents.Length + boards.Cases.Length
        + boards.Papers.Mandates.Length + boards.Papers.Authorisations.Length + boards.Papers.Conformity.Length;
}
