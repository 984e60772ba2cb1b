using System.Collections.Immutable;
using Nadhir.Geodesy;

namespace Nadhir.Simulation.Movements;

/// <summary>A corner of a path and the height above the ellipsoid there, metres.</summary>
public readonly record struct PathPoint(GeoPoint Point, double HeightMetres);

/// <summary>Where something is, and where to and how fast it goes.</summary>
public readonly record struct TargetState(
    GeoPosition Position, double CourseDegrees, double SpeedMetresPerSecond, double ClimbMetresPerSecond);

/// <summary>The way something goes, by the seconds since it started.</summary>
public interface IPath
{
    double DurationSeconds { get; }

    /// <summary>The state some seconds after the start; the ends hold outside the path.</summary>
    TargetState At(double seconds);
}

/// <summary>
/// A line of geodesics flown at one ground speed; height changes evenly along each leg. Turns are legs of a few degrees
/// (<see cref="Arcs"/>), so that one kind of path serves jets, racetracks and birds.
/// </summary>
public sealed class FlightPath : IPath
{
    readonly ImmutableArray<Leg> legs;

    public FlightPath(IReadOnlyList<PathPoint> corners, double speedMetresPerSecond)
    {
        Invariant.Require(corners.Count >= 2 && speedMetresPerSecond > 0, "a path has two corners and a speed");
        Speed = speedMetresPerSecond;
        ImmutableArray<Leg>.Builder built = ImmutableArray.CreateBuilder<Leg>(corners.Count - 1);
        double along = 0;
        for (int i = 1; i < corners.Count; i++)
        {
            (double length, double azimuth) = Geodesic.Inverse(corners[i - 1].Point, corners[i].Point);
            if (length < 0.01) continue;
            built.Add(new(along, length, azimuth, corners[i - 1], corners[i]));
            along += length;
        }

        legs = built.DrainToImmutable();
        LengthMetres = along;
    }

    public double Speed { get; }
    public double LengthMetres { get; }
    public double DurationSeconds => LengthMetres / Speed;

    public TargetState At(double seconds)
    {
        double along = Math.Clamp(seconds * Speed, 0, LengthMetres);
        Leg leg = legs[LegAt(along)];
        double share = Math.Clamp((along - leg.Along) / leg.Length, 0, 1);
        GeoPoint point = Geodesic.Direct(leg.From.Point, leg.Azimuth, along - leg.Along);
        double rise = leg.To.HeightMetres - leg.From.HeightMetres;
        double course = leg.Length - (along - leg.Along) > 1
            ? Geodesic.Inverse(point, leg.To.Point).AzimuthDegrees
            : leg.Azimuth;
        return new(
            new(point.LatitudeDegrees, point.LongitudeDegrees, leg.From.HeightMetres + (share * rise)),
            course, Speed, rise / leg.Length * Speed);
    }

    int LegAt(double along)
    {
        int low = 0, high = legs.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (legs[middle].Along <= along) low = middle;
            else high = middle - 1;
        }

        return low;
    }

    readonly record struct Leg(double Along, double Length, double Azimuth, PathPoint From, PathPoint To);
}
