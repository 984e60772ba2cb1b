namespace Nadhir.Tracking.Engine;

/// <summary>A family of motion models between which one kind of object switches, and what is known of it at first sight.</summary>
sealed record MotionFamily
{
    public required string Name { get; init; }
    public required MotionModel[] Models { get; init; }
    /// <summary>Mean seconds a model lasts before another takes over; one per model.</summary>
    public required double[] Dwell { get; init; }
    /// <summary>Relative odds of being the next model; one per model.</summary>
    public required double[] NextOdds { get; init; }
    /// <summary>Odds of the models at first sight.</summary>
    public required double[] FirstOdds { get; init; }
    /// <summary>Probability that a new object belongs to this family.</summary>
    public required double Prior { get; init; }
    /// <summary>Standard deviations of horizontal velocity (per axis) and of climb at first sight, metres per second.</summary>
    public required double FirstSpeed { get; init; }
    public required double FirstClimb { get; init; }
}

/// <summary>
/// All motion models a track is tried against (interacting multiple models, Blom and Bar-Shalom 1988). Models switch
/// inside their family only, so the weight of a family is the evidence for that kind of object.
/// </summary>
sealed class MotionBank
{
    readonly double[] transition, nextShare, exitRate;
    double cachedStep = double.NaN;

    public MotionBank(params MotionFamily[] families)
    {
        Families = families;
        Models = [.. families.SelectMany(family => family.Models)];
        Invariant.Require(Models.Length is > 0 and <= 32, "a bank has 1 to 32 models");
        FamilyOf = new int[Models.Length];
        FirstOf = new int[families.Length + 1];
        BirthWeight = new double[Models.Length];
        exitRate = new double[Models.Length];
        nextShare = new double[Models.Length * Models.Length];
        transition = new double[Models.Length * Models.Length];
        double priorSum = families.Sum(family => family.Prior);
        int at = 0;
        for (int f = 0; f < families.Length; f++)
        {
            MotionFamily family = families[f];
            FirstOf[f] = at;
            int count = family.Models.Length;
            double firstSum = family.FirstOdds.Sum();
            for (int i = 0; i < count; i++)
            {
                FamilyOf[at + i] = f;
                BirthWeight[at + i] = family.Prior / priorSum * family.FirstOdds[i] / firstSum;
                double others = family.NextOdds.Sum() - family.NextOdds[i];
                exitRate[at + i] = count == 1 || others <= 0 ? 0 : 1 / family.Dwell[i];
                for (int j = 0; j < count; j++)
                    nextShare[((at + i) * Models.Length) + at + j] = i == j || others <= 0 ? 0 : family.NextOdds[j] / others;
            }

            at += count;
        }

        FirstOf[families.Length] = at;
    }

    public MotionFamily[] Families { get; }
    public MotionModel[] Models { get; }
    /// <summary>Family of each model; models of a family lie together from <see cref="FirstOf"/>.</summary>
    public int[] FamilyOf { get; }
    public int[] FirstOf { get; }
    public double[] BirthWeight { get; }

    /// <summary>Row-major probabilities of changing from one model to another over a step.</summary>
    public ReadOnlySpan<double> Transition(double step)
    {
        if (step == cachedStep) return transition;
        cachedStep = step;
        int n = Models.Length;
        for (int i = 0; i < n; i++)
        {
            double stay = Math.Exp(-exitRate[i] * step);
            for (int j = 0; j < n; j++)
                transition[(i * n) + j] = i == j ? stay : (1 - stay) * nextShare[(i * n) + j];
        }

        return transition;
    }

    /// <summary>
    /// Mixes and predicts all models with weight: <paramref name="from"/>, <paramref name="fromWeights"/> to
    /// <paramref name="to"/>, <paramref name="toWeights"/>. A model without weight is left out and stays out of reach
    /// only when its whole family is.
    /// </summary>
    public void Predict(ReadOnlySpan<GaussianState> from, ReadOnlySpan<double> fromWeights, double step,
        Span<GaussianState> to, Span<double> toWeights)
    {
        const double Negligible = 1e-6;
        int n = Models.Length;
        ReadOnlySpan<double> change = Transition(step);
        Span<double> share = stackalloc double[32];
        for (int f = 0; f < Families.Length; f++)
        {
            int first = FirstOf[f], end = FirstOf[f + 1];
            for (int j = first; j < end; j++)
            {
                double total = 0;
                for (int i = first; i < end; i++) total += share[i] = fromWeights[i] * change[(i * n) + j];
                toWeights[j] = total;
                if (total <= 0) continue;
                if (share[j] >= total * (1 - Negligible))
                {
                    to[j] = from[j];
                }
                else
                {
                    double scale = 1 / total;
                    GaussianState mixed = default;
                    for (int i = first; i < end; i++)
                        if ((share[i] *= scale) > Negligible) mixed.AddMean(from[i], share[i]);
                    for (int i = first; i < end; i++)
                        if (share[i] > Negligible) mixed.AddSpread(from[i], share[i]);
                    to[j] = mixed;
                }

                Models[j].Predict(ref to[j], step);
            }
        }
    }
}
