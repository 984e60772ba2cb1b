using System.Collections.Immutable;
using System.Globalization;

namespace Nadhir.Incidents;

/// <summary>Where claims of one subject say something else: another figure, another time, another place.</summary>
static class ClaimConflicts
{
    public const string Casualty = "casualty";
    const int Most = 20;

    public static ImmutableArray<ClaimConflict> Of(ClaimRow row, IEnumerable<ClaimRow> others)
    {
        if (row.State == ClaimState.Rejected) return [];
        ImmutableArray<ClaimConflict>.Builder found = ImmutableArray.CreateBuilder<ClaimConflict>();
        foreach (ClaimRow other in others)
        {
            if (found.Count >= Most) break;
            if (other.State == ClaimState.Rejected) continue;
            Number("killed", row.Killed, other.Killed);
            Number("injured", row.Injured, other.Injured);
            foreach (ClaimFigure figure in row.Figures)
                if (other.Figures.FirstOrDefault(each => each.What == figure.What) is { } there) Number(figure.What, figure.Value, there.Value);
            if (row.Time is { } time && other.Time is { } told && (time.Latest < told.Earliest || time.Earliest > told.Latest))
                found.Add(new(other.Id, "time", time.Words, told.Words));
            if (row.Place is { } here && other.Place is { } elsewhere && !here.Contains(elsewhere, StringComparison.OrdinalIgnoreCase)
                && !elsewhere.Contains(here, StringComparison.OrdinalIgnoreCase))
            {
                found.Add(new(other.Id, "place", here, elsewhere));
            }

            void Number(string about, double? mine, double? theirs)
            {
                if (mine is { } a && theirs is { } b && a != b)
                    found.Add(new(other.Id, about, a.ToString(CultureInfo.InvariantCulture), b.ToString(CultureInfo.InvariantCulture)));
            }
        }

        return found.Count > Most ? [.. found.Take(Most)] : found.DrainToImmutable();
    }

    /// <summary>The newest accepted figures, and every claim of casualties with its earlier tellings, in order of time.</summary>
    public static CasualtyRow? Casualties(ImmutableArray<ClaimRow> claims)
    {
        ClaimRow[] told = [.. claims.Where(claim => claim.Kind == Casualty && claim.State == ClaimState.Accepted)];
        if (told.Length == 0) return null;
        ClaimRow newest = told.LastOrDefault(claim => claim.Killed is not null || claim.Injured is not null) ?? told[^1];
        return new CasualtyRow(newest.Killed, newest.Injured, newest.Id, newest.Attribution)
        {
            Revisions = [.. told.SelectMany(Tellings).OrderBy(figure => figure.At)],
        };
    }

    static IEnumerable<CasualtyFigure> Tellings(ClaimRow claim)
    {
        DateTimeOffset at = claim.At;
        foreach (ClaimRevision before in claim.Revisions)
        {
            yield return new(at, claim.Id, before.Text, before.Attribution, before.Killed, before.Injured, before.Grading);
            at = before.At;
        }

        yield return new(at, claim.Id, claim.Text, claim.Attribution, claim.Killed, claim.Injured, claim.Grading);
    }
}
