namespace Nadhir.Tracking.Engine;

/// <summary>
/// Joins two tracks of one object. They share its measurements, so neither is sure to exist: two tracks in one place
/// whose existence adds up to little more than one. Two objects in one place each have detections of their own, and
/// their existence adds up to two.
/// </summary>
static class Duplicates
{
    const double MostTogether = 1.6, SamePlace = 6, SameVelocity = 8, SameHeight = 9;
    const int KnownAfterHits = 3;

    /// <summary>Looks at tracks that claimed the same measurement of this scan; the older one lives on.</summary>
    public static void Join(ScanWork work, TrackTable table)
    {
        for (int i = 0; i < work.LookCount; i++)
        {
            ref Look look = ref work.LookAt(i);
            if (look.Next < 0 && look.Parent == i) continue; // shares nothing
            for (int e = work.EntryAt(look.FirstEntry).FirstEdge; e < work.EntryAt(look.EndEntry - 1).EndEdge; e++)
            {
                if (work.EdgeAt(e).Marginal < 0.02) continue;
                ref int claimant = ref work.ClaimantOf(work.EdgeAt(e).Observation);
                int earlier = claimant;
                claimant = i;
                if (earlier < 0 || earlier == i) continue;
                int row = look.Row, other = work.LookAt(earlier).Row;
                bool isOlder = table.BirthNumber[row] < table.BirthNumber[other];
                if (TryJoin(table, isOlder ? row : other, isOlder ? other : row)) break;
            }
        }
    }

    static bool TryJoin(TrackTable table, int older, int younger)
    {
        double together = table.Existence[older] + table.Existence[younger];
        if (table.ClusterOf[older] >= 0 || table.ClusterOf[younger] >= 0) return false; // being decided
        if (together > MostTogether || table.Existence[older] <= 0 || table.Existence[younger] <= 0) return false;
        if (table.Hits[older] < KnownAfterHits || table.Hits[younger] < KnownAfterHits) return false;
        if (ProvenApart(table, older, younger)) return false;
        if (!AreAlike(table.MeanOf(older), table.MeanOf(younger), table.TimeOf(older) - table.TimeOf(younger),
            table.HasHeight[older] && table.HasHeight[younger])) return false;
        if (table.Existence[younger] > table.Existence[older])
        {
            table.CopyBranch(table.BranchOf[younger], table.BranchOf[older]);
        }

        table.Existence[older] = Math.Min(together, 0.9999);
        table.LastSeen[older] = Math.Max(table.LastSeen[older], table.LastSeen[younger]);
        table.Existence[younger] = 0;
        return true;
    }

    /// <summary>
    /// Both went on having measurements of their own after each had had three: the sensors resolved two objects. When one
    /// of them is then missed for a while, its uncertainty grows over the other; that makes them no duplicates.
    /// </summary>
    static bool ProvenApart(TrackTable table, int older, int younger)
    {
        double both = Math.Max(table.ProvenAt[older], table.ProvenAt[younger]);
        return table.LastSole[older] >= both && table.LastSole[younger] >= both;
    }

    static bool AreAlike(in GaussianState a, in GaussianState b, double later, bool byHeight)
    {
        double dx = a.X - b.X - (later * b.U), dy = a.Y - b.Y - (later * b.V);
        if (Distance(dx, dy, a.Xx + b.Xx, a.Xy + b.Xy, a.Yy + b.Yy) > SamePlace) return false;
        if (Distance(a.U - b.U, a.V - b.V, a.Uu + b.Uu, a.Uv + b.Uv, a.Vv + b.Vv) > SameVelocity) return false;
        return !byHeight || (a.Z - b.Z) * (a.Z - b.Z) <= SameHeight * (a.Zz + b.Zz);
    }

    static double Distance(double dx, double dy, double xx, double xy, double yy) =>
        ((yy * dx * dx) - (2 * xy * dx * dy) + (xx * dy * dy)) / ((xx * yy) - (xy * xy));
}
