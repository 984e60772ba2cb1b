using Nadhir.Geodesy;
using Nadhir.Units;

namespace Nadhir.Core.Tests.Tracking.Capabilities;

/// <summary>
/// A rocket over the turning ellipsoid: gravity with its second zonal harmonic, centrifugal and Coriolis acceleration,
/// quadratic drag in an exponential atmosphere, in earth-fixed coordinates. Shares nothing with the predictor.
/// </summary>
sealed class RocketOverEarth
{
    const double Mu = 3.986004418e14, J2 = 1.08263e-3, Turning = 7.292115e-5, Step = 0.05;

    readonly List<GeoPosition> way = [];
    readonly double launched;

    /// <param name="azimuthDegrees">True azimuth and elevation of the launch, and what the motor gives in how long.</param>
    /// <param name="drag">One over the ballistic coefficient, m²/kg.</param>
    public RocketOverEarth(double launched, GeoPoint from, double azimuthDegrees, double elevationDegrees,
        double acceleration, double burnSeconds, double drag)
    {
        this.launched = launched;
        GeoPosition at = new(from.LatitudeDegrees, from.LongitudeDegrees, 1);
        (double se, double ce) = Math.SinCos(elevationDegrees * Angles.DegreesToRadians);
        (double sa, double ca) = Math.SinCos(azimuthDegrees * Angles.DegreesToRadians);
        Ecef origin = Ecef.From(at), tip = Ecef.From(new TangentFrame(at).FromLocal(1000 * ce * sa, 1000 * ce * ca, 1000 * se));
        double[] thrust = [(tip.X - origin.X) / 1000, (tip.Y - origin.Y) / 1000, (tip.Z - origin.Z) / 1000];
        double[] state = [origin.X, origin.Y, origin.Z, 0, 0, 0];
        for (double t = 0; at.HeightMetres > 0 || t < 1; t += Step)
        {
            way.Add(at);
            double push = t < burnSeconds ? acceleration : 0;
            double[] k1 = Slope(state, thrust, push, drag), k2 = Slope(Moved(state, k1, Step / 2), thrust, push, drag);
            double[] k3 = Slope(Moved(state, k2, Step / 2), thrust, push, drag);
            double[] k4 = Slope(Moved(state, k3, Step), thrust, push, drag);
            for (int i = 0; i < 6; i++) state[i] += Step / 6 * (k1[i] + (2 * (k2[i] + k3[i])) + k4[i]);
            at = new Ecef(state[0], state[1], state[2]).ToGeodetic();
        }

        way.Add(at);
        GeoPosition last = way[^2];
        double share = last.HeightMetres / (last.HeightMetres - at.HeightMetres);
        ImpactSeconds = launched + ((way.Count - 2 + share) * Step);
        Impact = new(last.LatitudeDegrees + (share * (at.LatitudeDegrees - last.LatitudeDegrees)),
            last.LongitudeDegrees + (share * (at.LongitudeDegrees - last.LongitudeDegrees)));
    }

    public double ImpactSeconds { get; }
    public GeoPoint Impact { get; }

    /// <summary>Where it is; null before the launch and after the impact.</summary>
    public GeoPosition? At(double seconds)
    {
        double steps = (seconds - launched) / Step;
        if (steps < 0 || steps >= way.Count - 1) return null;
        int i = (int)steps;
        double share = steps - i;
        GeoPosition a = way[i], b = way[i + 1];
        return new(a.LatitudeDegrees + (share * (b.LatitudeDegrees - a.LatitudeDegrees)),
            a.LongitudeDegrees + (share * (b.LongitudeDegrees - a.LongitudeDegrees)),
            a.HeightMetres + (share * (b.HeightMetres - a.HeightMetres)));
    }

    static double[] Slope(double[] s, double[] thrust, double push, double drag)
    {
        double r2 = (s[0] * s[0]) + (s[1] * s[1]) + (s[2] * s[2]), r = Math.Sqrt(r2);
        double a = Wgs84.SemiMajorAxisMetres, oblate = 1.5 * J2 * a * a / r2, z2 = s[2] * s[2] / r2;
        double pull = -Mu / (r2 * r), equatorial = 1 + (oblate * (1 - (5 * z2))), polar = 1 + (oblate * (3 - (5 * z2)));
        double height = new Ecef(s[0], s[1], s[2]).ToGeodetic().HeightMetres;
        double speed = Math.Sqrt((s[3] * s[3]) + (s[4] * s[4]) + (s[5] * s[5]));
        double slowing = 0.5 * 1.225 * Math.Exp(-Math.Max(0, height) / 8500) * drag * speed;
        return
        [
            s[3], s[4], s[5],
            (pull * equatorial * s[0]) + (Turning * Turning * s[0]) + (2 * Turning * s[4]) - (slowing * s[3]) + (push * thrust[0]),
            (pull * equatorial * s[1]) + (Turning * Turning * s[1]) - (2 * Turning * s[3]) - (slowing * s[4]) + (push * thrust[1]),
            (pull * polar * s[2]) - (slowing * s[5]) + (push * thrust[2]),
        ];
    }

    static double[] Moved(double[] state, double[] slope, double seconds) =>
        [.. state.Select((value, i) => value + (seconds * slope[i]))];
}
