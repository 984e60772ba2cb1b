using System.Runtime.Intrinsics;

namespace Nadhir.Tracking.Engine;

/// <summary>A family of motion models between which one kind of object switches, and what is known of it at first sight.</summary>
sealed record MotionFamily
{
    public required string Name { get; init; }
    /// <summary>One to eight.</summary>
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
    /// <summary>Whether such objects start like others from the same place.</summary>
    public bool StartsAsUsual { get; init; }
    /// <summary>Whether such objects may carry a transponder.</summary>
    public bool Replies { get; init; } = true;
}

/// <summary>
/// All motion models a track is tried against. Models switch inside their family only, so the weight of a family is the
/// evidence for that kind of object, and a family without evidence is given up.
/// </summary>
sealed class MotionBank
{
    /// <summary>Families with less weight than this are given up for a track.</summary>
    const double GiveUpBelow = 1e-4;
    /// <summary>How probable a reply is from what carries no transponder: garbled, or of another.</summary>
    const double StrangeReply = 0.01;

    readonly FamilyKernel[] kernels;
    readonly double[] prior;

    public MotionBank(params MotionFamily[] families)
    {
        Invariant.Require(families.Length is > 0 and <= 8, "a bank has 1 to 8 families");
        Families = families;
        kernels = [.. families.Select(family => new FamilyKernel(family))];
        double sum = families.Sum(family => family.Prior);
        prior = [.. families.Select(family => family.Prior / sum)];
    }

    public MotionFamily[] Families { get; }
    public int Count => kernels.Length;
    /// <summary>A bit for each family.</summary>
    public byte All => (byte)((1 << kernels.Length) - 1);

    /// <summary>Carries the families whose bits are set over a step of seconds ≥ 0.</summary>
    public void Predict(Span<ModelStates> states, byte families, double step)
    {
        if (step <= 0) return;
        double fell = 0, before = 0;
        for (int f = 0; f < kernels.Length; f++)
        {
            if ((families & (1 << f)) == 0) continue;
            double weight = Lanes.Sum(states[f].Weight);
            before += weight;
            kernels[f].Predict(ref states[f], step);
            if (kernels[f].Lands) fell += weight - Lanes.Sum(states[f].Weight);
        }

        // What may have come down has not, or it would not be looked for any more.
        if (!(fell > 1e-12 * before) || !(before - fell > 0)) return;
        double scale = before / (before - fell);
        for (int f = 0; f < kernels.Length; f++)
            if ((families & (1 << f)) != 0) states[f].Weight *= scale;
    }

    /// <summary>Sets all families to an object first seen by a position, where others may have started before it.</summary>
    public void Begin(Span<ModelStates> states, in Observation o, FirstMotion? usual)
    {
        double sum = 0;
        for (int f = 0; f < kernels.Length; f++)
        {
            MotionFamily family = Families[f];
            double speedVariance = family.FirstSpeed * family.FirstSpeed, weight = prior[f] * ReplyFactor(f, o.Tag);
            GaussianState s = new()
            {
                X = o.X,
                Y = o.Y,
                Xx = o.Xx,
                Xy = o.Xy,
                Yy = o.Yy,
                Uu = speedVariance,
                Vv = speedVariance,
                Z = o.HasHeight ? o.Z : Births.UnknownHeight,
                Zz = o.HasHeight ? o.Zz : Births.UnknownHeightSigma * Births.UnknownHeightSigma,
                Ww = family.FirstClimb * family.FirstClimb,
            };
            if (family.StartsAsUsual && usual is { } motion)
            {
                (s.U, s.V, s.W, s.Uu, s.Uv, s.Vv, s.Ww) = motion;
            }
            else if (o.HasVelocity)
            {
                double total = speedVariance + o.VelocityVariance;
                weight *= Math.Exp(-0.5 * ((o.U * o.U) + (o.V * o.V)) / total) / total;
                s.U = o.U * speedVariance / total;
                s.V = o.V * speedVariance / total;
                s.Uu = s.Vv = speedVariance * o.VelocityVariance / total;
            }

            states[f] = ModelStates.Of(s, kernels[f].FirstWeight * weight);
            sum += weight;
        }

        for (int f = 0; f < kernels.Length; f++)
            states[f].Weight = sum > 0 ? states[f].Weight * (1 / sum) : kernels[f].FirstWeight * prior[f];
    }

    /// <summary>How probable it is that an object of the family says of itself what it says.</summary>
    public double ReplyFactor(int family, in Tag said) =>
        Families[family].Replies || (said.ModeSAddress == 0 && said.Mode3A < 0) ? 1 : StrangeReply;

    /// <summary>Makes the weights sum to one and gives up families that have almost none; the bits of those that are left.</summary>
    public byte Normalise(Span<ModelStates> states, byte families)
    {
        Span<double> weight = stackalloc double[8];
        double sum = 0, kept = 0;
        for (int f = 0; f < kernels.Length; f++)
        {
            weight[f] = (families & (1 << f)) != 0 ? Lanes.Sum(states[f].Weight) : 0;
            sum += weight[f];
        }

        for (int f = 0; f < kernels.Length; f++)
        {
            if (weight[f] < GiveUpBelow * sum) families &= (byte)~(1 << f);
            else kept += weight[f];
        }

        double scale = 1 / kept;
        for (int f = 0; f < kernels.Length; f++)
            if ((families & (1 << f)) != 0) states[f].Weight *= scale;
        return families;
    }

    /// <summary>The Gaussian with the moments of the whole mixture.</summary>
    public GaussianState Merge(ReadOnlySpan<ModelStates> states, byte families)
    {
        GaussianState merged = default;
        for (int f = 0; f < kernels.Length; f++)
            if ((families & (1 << f)) != 0) states[f].AddMeanTo(ref merged);
        for (int f = 0; f < kernels.Length; f++)
            if ((families & (1 << f)) != 0) states[f].AddSpreadTo(ref merged);
        return merged;
    }

    /// <summary>Expected turn, radians per second.</summary>
    public double TurnRate(ReadOnlySpan<ModelStates> states, byte families)
    {
        double rate = 0;
        for (int f = 0; f < kernels.Length; f++)
            if ((families & (1 << f)) != 0) rate += kernels[f].TurnRate(states[f]);
        return rate;
    }
}
