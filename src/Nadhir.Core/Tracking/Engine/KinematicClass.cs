namespace Nadhir.Tracking.Engine;

/// <summary>
/// What kind of mover has this speed, height and climb: Bayes with a Gaussian speed and a height band for each class. The
/// track's own uncertainty widens the bands, so a young track says little. Bands from open figures of flight envelopes.
/// </summary>
static class KinematicClass
{
    readonly record struct Band(double Prior, double Speed, double SpeedSigma, double Low, double High, double Edge);

    static readonly Band Aircraft = new(0.70, 210, 75, 600, 13_500, 400);
    static readonly Band Helicopter = new(0.08, 55, 22, 0, 2500, 300);
    static readonly Band SlowDrone = new(0.08, 45, 18, 0, 2500, 300);
    static readonly Band CruiseType = new(0.10, 230, 45, 0, 700, 200);
    static readonly Band Ballistic = new(0.04, 1100, 450, 0, 200_000, 2000);

    /// <param name="ballisticShare">Weight of the ballistic motion models; NaN when the bank has none.</param>
    public static ClassProbabilities Of(in GaussianState s, bool hasHeight, double ballisticShare)
    {
        double speed = Math.Sqrt((s.U * s.U) + (s.V * s.V) + (hasHeight ? s.W * s.W : 0));
        double speedVariance = GaussianState.LargestEigenvalue(s.Uu, s.Uv, s.Vv);
        double height = hasHeight ? s.Z : double.NaN, sigma = Math.Sqrt(s.Zz);
        double aircraft = Weigh(Aircraft, speed, speedVariance, height, sigma);
        double helicopter = Weigh(Helicopter, speed, speedVariance, height, sigma);
        double slow = Weigh(SlowDrone, speed, speedVariance, height, sigma);
        double cruise = Weigh(CruiseType, speed, speedVariance, height, sigma);
        double ballistic = Weigh(Ballistic, speed, speedVariance, height, sigma);
        if (double.IsFinite(ballisticShare))
        {
            double free = aircraft + helicopter + slow + cruise;
            ballistic = ballisticShare >= 1 ? 1 : Math.Min(1e12, free * ballisticShare / Math.Max(1e-12, 1 - ballisticShare));
        }

        double sum = aircraft + helicopter + slow + cruise + ballistic;
        return new(aircraft / sum, helicopter / sum, slow / sum, cruise / sum, ballistic / sum);
    }

    /// <summary>Moves a running average a part of the way to what was just found.</summary>
    public static ClassProbabilities Blend(in ClassProbabilities old, in ClassProbabilities fresh, double part) => new(
        old.Aircraft + (part * (fresh.Aircraft - old.Aircraft)),
        old.Helicopter + (part * (fresh.Helicopter - old.Helicopter)),
        old.SlowDrone + (part * (fresh.SlowDrone - old.SlowDrone)),
        old.CruiseType + (part * (fresh.CruiseType - old.CruiseType)),
        old.Ballistic + (part * (fresh.Ballistic - old.Ballistic)));

    static double Weigh(in Band band, double speed, double speedVariance, double height, double heightSigma)
    {
        double variance = (band.SpeedSigma * band.SpeedSigma) + speedVariance, off = speed - band.Speed;
        double weight = band.Prior * Math.Exp(-0.5 * off * off / variance) / Math.Sqrt(variance);
        if (double.IsNaN(height)) return weight + 1e-12;
        double edge = Math.Sqrt((band.Edge * band.Edge) + (heightSigma * heightSigma));
        double within = Rise((height - band.Low) / edge) * Rise((band.High - height) / edge);
        return (weight * within / (band.High - band.Low) * 10_000) + 1e-12;
    }

    /// <summary>Smooth step from 0 to 1 (logistic close to the normal distribution function).</summary>
    static double Rise(double deviations) => 1 / (1 + Math.Exp(-1.702 * deviations));
}
