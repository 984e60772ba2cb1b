using Nadhir.Geodesy;
using Nadhir.Simulation.Truth;

namespace Nadhir.Simulation.Movements;

/// <summary>How the reported jets are simulated; every number is invented.</summary>
public sealed record JetPlan
{
    public required int Count { get; init; }
    public required double SpacingMetres { get; init; }
    public required double SpeedMetresPerSecond { get; init; }
    public required double HeightMetres { get; init; }
    public required double TurnG { get; init; }
    public required double StartOutsideBorderMetres { get; init; }
    /// <summary>The zone whose centre is reached at the anchor.</summary>
    public required string TargetZone { get; init; }
}

/// <summary>
/// Jets abreast along a great circle from outside the border to a point reached at the anchor, a turn of 180°, and the
/// reciprocal way out.
/// </summary>
public static class JetPair
{
    const double StandardGravity = 9.80665;
    const double FarthestMetres = 1_500_000;

    /// <summary>How far from an inner point, along an azimuth, the home territory first ends; within half a metre.</summary>
    public static double BorderDistance(Outline home, GeoPoint from, double azimuthDegrees)
    {
        Invariant.Require(home.Contains(from), "the target lies at home");
        const double step = 500;
        double inside = 0;
        while (home.Contains(Geodesic.Direct(from, azimuthDegrees, inside + step)))
        {
            inside += step;
            Invariant.Require(inside < FarthestMetres, "the border is within 1500 km");
        }

        double outside = inside + step;
        while (outside - inside > 0.5)
        {
            double middle = (inside + outside) / 2;
            if (home.Contains(Geodesic.Direct(from, azimuthDegrees, middle))) inside = middle;
            else outside = middle;
        }

        return (inside + outside) / 2;
    }

    public static IEnumerable<Movement> Create(JetPlan plan, GeoPoint target, double azimuthDegrees, double borderMetres)
    {
        double length = borderMetres + plan.StartOutsideBorderMetres;
        double radius = plan.SpeedMetresPerSecond * plan.SpeedMetresPerSecond / (plan.TurnG * StandardGravity);
        GeoPoint far = Geodesic.Direct(target, azimuthDegrees, length);
        double inboundAtStart = Geodesic.Inverse(far, target).AzimuthDegrees, inbound = azimuthDegrees + 180;
        for (int i = 0; i < plan.Count; i++)
        {
            // Each next jet flies further to the left of the first, so that the turn to the right leads nobody into another.
            double aside = i * plan.SpacingMetres;
            GeoPoint start = Geodesic.Direct(far, inboundAtStart - 90, aside);
            GeoPoint reached = Geodesic.Direct(target, inbound - 90, aside);
            GeoPoint turnCentre = Geodesic.Direct(reached, inbound + 90, radius);
            GeoPoint exit = Geodesic.Direct(far, inboundAtStart + 90, (2 * radius) - aside);
            PathPoint[] corners =
            [
                At(start), At(reached),
                .. Arcs.Around(turnCentre, radius, inbound - 90, 180).Skip(1).Select(At),
                At(exit),
            ];
            FlightPath path = new(corners, plan.SpeedMetresPerSecond);
            yield return new()
            {
                Id = $"JET-{i + 1}",
                Kind = MovementKind.Jet,
                Path = path,
                StartSeconds = -Geodesic.Inverse(start, reached).DistanceMetres / plan.SpeedMetresPerSecond,
            };
        }

        PathPoint At(GeoPoint point) => new(point, plan.HeightMetres);
    }
}
