using Nadhir.Tracking.Engine;

namespace Nadhir.Tracking.Trust;

/// <summary>
/// Compares a self-reported position with what the same identity reported before: does any motion lead from there to
/// here, and does it move as it tells? Limits lie beyond what any aircraft in service does, so that only reports that
/// cannot be true are contradicted.
/// </summary>
static class ClaimPhysics
{
    /// <summary>Evidence of one contradiction, nats; at most so much in all: motion alone refutes nothing.</summary>
    public const double OfJump = 8, OfDisplacement = 6, Most = 8;
    /// <summary>
    /// So many reports that their own motion explains, one after the other, undo the evidence of the motion.
    /// </summary>
    public const int ReportsToTrustAgain = 20;

    /// <summary>Metres per second; and for small craft (Remote ID: EU 2019/945 classes are far slower).</summary>
    const double FastestReporter = 600, FastestSmallCraft = 120;
    /// <summary>Metres per second squared: about three g, either way.</summary>
    const double HardestTurn = 30;
    /// <summary>
    /// What the time of a report may be off, seconds, and what positions may be off beyond their sigma, metres.
    /// </summary>
    const double TimeError = 1, PositionSlack = 100, JumpSlack = 500;
    const double ShortestComparison = 3, LongestComparison = 20, LongestGap = 10;
    /// <summary>After a longer silence, seconds, so much is reachable that a place proves nothing.</summary>
    const double LongestSilence = 15;
    const double SlowestCompared = 15;

    /// <summary>
    /// Whether an object that was where the claim has it may be where the report says; and how far it is off.
    /// </summary>
    public static bool Continues(Claim claim, in Observation o, bool smallCraft, out double off)
    {
        double step = o.Time - claim.Time, lasting = Math.Abs(step),
            sigma = Math.Sqrt(claim.Variance + Math.Max(o.Xx, o.Yy));
        double dx = o.X - claim.X, dy = o.Y - claim.Y;
        off = Math.Sqrt((dx * dx) + (dy * dy));
        double fastest = smallCraft ? FastestSmallCraft : FastestReporter;
        bool reachable = off <= (fastest * (lasting + TimeError)) + (5 * sigma) + JumpSlack;
        if (!claim.HasVelocity) return reachable;
        dx -= step * claim.U;
        dy -= step * claim.V;
        double unexplained = Math.Sqrt((dx * dx) + (dy * dy)),
            speed = Math.Sqrt((claim.U * claim.U) + (claim.V * claim.V));
        // A source may tell velocities that are wrong and stand still: that is the other comparison's matter.
        double explained = (5 * sigma) + PositionSlack + (speed * TimeError) + (0.5 * HardestTurn * lasting * lasting);
        return reachable && unexplained <= explained + (off < speed * lasting ? speed * lasting : 0);
    }

    /// <summary>Moves the claim on to a report that continues it, and compares told with actual displacement.</summary>
    public static void Follow(Claim claim, in Observation o)
    {
        double step = o.Time - claim.Time;
        if (step <= 0) return;
        bool told = claim.HasVelocity && o.HasVelocity && step <= LongestGap;
        double u = 0.5 * (claim.U + o.U), v = 0.5 * (claim.V + o.V);
        claim.Place(o);
        claim.Consistent = step <= LongestSilence ? claim.Consistent + 1 : 1;
        if (!told)
        {
            claim.Anchor();
            return;
        }

        claim.ToldX += step * u;
        claim.ToldY += step * v;
        double since = claim.Time - claim.AnchorTime;
        if (since < ShortestComparison) return;
        double dx = claim.X - claim.AnchorX, dy = claim.Y - claim.AnchorY;
        double ex = dx - claim.ToldX, ey = dy - claim.ToldY, off = Math.Sqrt((ex * ex) + (ey * ey));
        double toldWay = Math.Sqrt((claim.ToldX * claim.ToldX) + (claim.ToldY * claim.ToldY)),
            way = Math.Sqrt((dx * dx) + (dy * dy));
        double allowed = (2 * PositionSlack) + (7 * Math.Sqrt(claim.Variance)) + (0.3 * Math.Max(way, toldWay));
        if (off > allowed && Math.Max(way, toldWay) > SlowestCompared * since)
        {
            bool frozen = way < 0.1 * toldWay;
            claim.Grounds |= frozen ? DoubtGrounds.Frozen : DoubtGrounds.Velocity;
            claim.Physics = Math.Min(Most, claim.Physics + OfDisplacement);
            claim.Consistent = 0;
            claim.Anchor();
        }
        else if (since >= LongestComparison)
        {
            claim.Anchor();
        }
    }
}
