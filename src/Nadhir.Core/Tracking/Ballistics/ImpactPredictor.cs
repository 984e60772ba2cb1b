namespace Nadhir.Tracking.Ballistics;

/// <summary>
/// Predicts where and when a falling object reaches the ground, so that the people there can be warned in time. A
/// belief in several hypotheses (drag, still burning) becomes one place with an ellipse that holds 95 % and an interval
/// of time. Allocates nothing; no state, no clock.
/// </summary>
static class ImpactPredictor
{
    public const int MostHypotheses = 32;

    const double LeastWeight = 1e-4;

    /// <param name="hypotheses">The belief; those past <see cref="MostHypotheses"/> are left out.</param>
    /// <param name="ground">Height of the ground where it lands, metres, in the frame of the states.</param>
    /// <param name="time">Time of the states, seconds; the impact's times are on the same clock.</param>
    /// <param name="doubt">Factor ≥ 1 on the variances, for a belief known to be too sure of itself.</param>
    /// <returns>False when nothing in the belief comes down.</returns>
    public static bool Predict(ReadOnlySpan<BallisticHypothesis> hypotheses, double ground, double time,
        BallisticEnvironment world, out FlatImpact impact, double doubt = 1)
    {
        impact = default;
        if (hypotheses.Length > MostHypotheses) hypotheses = hypotheses[..MostHypotheses];
        Span<Landing> landings = stackalloc Landing[MostHypotheses];
        double sum = 0;
        foreach (ref readonly BallisticHypothesis h in hypotheses)
            if (h.Weight > 0) sum += h.Weight;
        int count = 0;
        foreach (ref readonly BallisticHypothesis h in hypotheses)
            if (h.Weight > LeastWeight * sum && Fall.TryLand(h, ground, world, out Landing landing))
                landings[count++] = landing.Widened(doubt);
        if (count == 0 || !double.IsFinite(sum)) return false;
        impact = LandingMixture.Conclude(landings[..count], time);
        return double.IsFinite(impact.X + impact.Y + impact.Time + impact.Xx + impact.Xy + impact.Yy
            + impact.Earliest + impact.Latest);
    }
}
