using Nadhir.Geodesy;
using Nadhir.Units;

namespace Nadhir.Simulation.Movements;

/// <summary>What a rocket is and how it is fired; the motor's push is found so that it comes down where it is to.</summary>
/// <param name="ElevationDegrees">Of the launch, and of the push while the motor burns.</param>
/// <param name="BallisticCoefficient">Mass over drag area, kg/m².</param>
public readonly record struct RocketShape(double ElevationDegrees, double BurnSeconds, double BallisticCoefficient);

/// <summary>
/// An unguided rocket over the turning ellipsoid: a burn in one direction, then free fall; gravity with its second zonal
/// harmonic, centrifugal and Coriolis acceleration, quadratic drag in an exponential atmosphere, in earth-fixed
/// coordinates by Runge–Kutta. Shares nothing with the watch's predictor.
/// </summary>
public static class RocketFlight
{
    const double Mu = 3.986004418e14, J2 = 1.08263e-3, Turning = 7.292115e-5, Step = 0.1;
    const double LongestSeconds = 900, CloseEnoughMetres = 5;
    const int MostShots = 40;

    /// <summary>The flight that comes down within 5 m of a point at ground height; null when no push reaches it.</summary>
    public static SampledPath? To(GeoPoint from, GeoPoint aim, in RocketShape shape)
    {
        (double distance, double azimuth) = Geodesic.Inverse(from, aim);
        // In a vacuum over flat ground: the drag makes up for the rest, shot by shot.
        double elevation = shape.ElevationDegrees * Angles.DegreesToRadians;
        double speed = Math.Sqrt(9.81 * distance / Math.Max(0.1, Math.Sin(2 * elevation)));
        double turn = 0;
        for (int shot = 0; shot < MostShots; shot++)
        {
            if (Fly(from, azimuth + turn, speed / shape.BurnSeconds, shape) is not { } flight) return null;
            (double reached, double bearing) = Geodesic.Inverse(from, flight.End.Point);
            if (Geodesic.Inverse(flight.End.Point, aim).DistanceMetres < CloseEnoughMetres) return flight;
            speed *= Math.Pow(distance / Math.Max(1, reached), 0.45);
            turn += Math.IEEERemainder(azimuth - bearing, 360);
        }

        return null;
    }

    static SampledPath? Fly(GeoPoint from, double azimuthDegrees, double push, in RocketShape shape)
    {
        GeoPosition at = new(from.LatitudeDegrees, from.LongitudeDegrees, 1);
        (double sinUp, double cosUp) = Math.SinCos(shape.ElevationDegrees * Angles.DegreesToRadians);
        (double sin, double cos) = Math.SinCos(azimuthDegrees * Angles.DegreesToRadians);
        Ecef origin = Ecef.From(at);
        Ecef tip = Ecef.From(new TangentFrame(at).FromLocal(1000 * cosUp * sin, 1000 * cosUp * cos, 1000 * sinUp));
        Motion now = new(origin.X, origin.Y, origin.Z, 0, 0, 0);
        Motion thrust = new(0, 0, 0, (tip.X - origin.X) / 1000, (tip.Y - origin.Y) / 1000, (tip.Z - origin.Z) / 1000);
        List<GeoPosition> way = [at];
        for (double t = 0; t < LongestSeconds; t += Step)
        {
            // The last step of the burn pushes for what is left of it: the range must not jump with the step.
            Motion force = thrust * (push * Math.Clamp((shape.BurnSeconds - t) / Step, 0, 1));
            Motion k1 = Slope(now, force, shape), k2 = Slope(now + (k1 * (Step / 2)), force, shape);
            Motion k3 = Slope(now + (k2 * (Step / 2)), force, shape), k4 = Slope(now + (k3 * Step), force, shape);
            now += (k1 + (k2 * 2) + (k3 * 2) + k4) * (Step / 6);
            GeoPosition before = at;
            at = new Ecef(now.X, now.Y, now.Z).ToGeodetic();
            if (at.HeightMetres > 0 || t < 0.5)
            {
                way.Add(at);
                continue;
            }

            double share = Math.Clamp(before.HeightMetres / (before.HeightMetres - at.HeightMetres), 1e-6, 1);
            way.Add(new(before.LatitudeDegrees + (share * (at.LatitudeDegrees - before.LatitudeDegrees)),
                before.LongitudeDegrees + (share * (at.LongitudeDegrees - before.LongitudeDegrees)), 0));
            return new(way, Step, ((way.Count - 2) * Step) + (share * Step));
        }

        return null;
    }

    static Motion Slope(in Motion s, in Motion force, in RocketShape shape)
    {
        double r2 = (s.X * s.X) + (s.Y * s.Y) + (s.Z * s.Z), r = Math.Sqrt(r2), a = Wgs84.SemiMajorAxisMetres;
        double oblate = 1.5 * J2 * a * a / r2, z2 = s.Z * s.Z / r2, pull = -Mu / (r2 * r);
        double equatorial = pull * (1 + (oblate * (1 - (5 * z2)))), polar = pull * (1 + (oblate * (3 - (5 * z2))));
        double height = r - (a * (1 - (Wgs84.Flattening * z2))); // within metres of the ellipsoidal height: air does not care
        double speed = Math.Sqrt((s.Vx * s.Vx) + (s.Vy * s.Vy) + (s.Vz * s.Vz));
        double slowing = 0.5 * 1.225 * Math.Exp(-Math.Max(0, height) / 8500) * speed / shape.BallisticCoefficient;
        return new(s.Vx, s.Vy, s.Vz,
            (equatorial * s.X) + (Turning * Turning * s.X) + (2 * Turning * s.Vy) - (slowing * s.Vx) + force.Vx,
            (equatorial * s.Y) + (Turning * Turning * s.Y) - (2 * Turning * s.Vx) - (slowing * s.Vy) + force.Vy,
            (polar * s.Z) - (slowing * s.Vz) + force.Vz);
    }

    /// <summary>Earth-fixed position and velocity, or their slope.</summary>
    readonly record struct Motion(double X, double Y, double Z, double Vx, double Vy, double Vz)
    {
        public static Motion operator +(in Motion a, in Motion b) =>
            new(a.X + b.X, a.Y + b.Y, a.Z + b.Z, a.Vx + b.Vx, a.Vy + b.Vy, a.Vz + b.Vz);

        public static Motion operator *(in Motion a, double k) => new(a.X * k, a.Y * k, a.Z * k, a.Vx * k, a.Vy * k, a.Vz * k);
    }
}
