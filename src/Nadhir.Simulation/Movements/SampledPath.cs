using Nadhir.Geodesy;
using Nadhir.Units;

namespace Nadhir.Simulation.Movements;

/// <summary>
/// A way given by where it is every so often, straight in between: at steps of a quarter second a jet in a turn of 5 g is
/// less than half a metre off. For ways that are reckoned step by step, and for many looks at the same one.
/// </summary>
public sealed class SampledPath : IPath
{
    readonly GeoPosition[] samples;
    readonly double step;

    /// <param name="samples">At 0, one step, two steps …; the last at <paramref name="durationSeconds"/>.</param>
    public SampledPath(IReadOnlyList<GeoPosition> samples, double step, double durationSeconds)
    {
        double last = durationSeconds - ((samples.Count - 2) * step);
        Invariant.Require(samples.Count >= 2 && step > 0 && last > 0 && last <= step * (1 + 1e-9), "samples a step apart");
        (this.samples, this.step, DurationSeconds) = ([.. samples], step, durationSeconds);
    }

    public double DurationSeconds { get; }

    public GeoPosition End => samples[^1];

    public TargetState At(double seconds)
    {
        double at = Math.Clamp(seconds, 0, DurationSeconds);
        int i = Math.Min((int)(at / step), samples.Length - 2);
        double begins = i * step, length = i == samples.Length - 2 ? DurationSeconds - begins : step;
        double share = Math.Clamp((at - begins) / length, 0, 1);
        GeoPosition a = samples[i], b = samples[i + 1];
        double north = (b.LatitudeDegrees - a.LatitudeDegrees) * Angles.DegreesToRadians * Wgs84.MeanRadiusMetres;
        double east = (b.LongitudeDegrees - a.LongitudeDegrees) * Angles.DegreesToRadians * Wgs84.MeanRadiusMetres
            * Math.Cos(a.LatitudeDegrees * Angles.DegreesToRadians);
        return new(
            new(a.LatitudeDegrees + (share * (b.LatitudeDegrees - a.LatitudeDegrees)),
                a.LongitudeDegrees + (share * (b.LongitudeDegrees - a.LongitudeDegrees)),
                a.HeightMetres + (share * (b.HeightMetres - a.HeightMetres))),
            Angles.WrapDegrees360(Math.Atan2(east, north) * Angles.RadiansToDegrees),
            Math.Sqrt((east * east) + (north * north)) / length, (b.HeightMetres - a.HeightMetres) / length);
    }
}
