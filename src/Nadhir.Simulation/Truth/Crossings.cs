using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Simulation.Movements;

namespace Nadhir.Simulation.Truth;

/// <summary>Finds where a true path passes a border: sampled at a step, then halved down to a hundredth.</summary>
static class Crossings
{
    public static IEnumerable<TrueCrossing> Of(Movement movement, Outline home, double stepSeconds)
    {
        double before = movement.StartSeconds;
        bool wasHome = IsHome(before);
        for (double seconds = before + stepSeconds; seconds <= movement.LastSeconds; before = seconds, seconds += stepSeconds)
        {
            bool isHome = IsHome(seconds);
            if (isHome == wasHome) continue;
            double low = before, high = seconds;
            while (high - low > 0.01)
            {
                double middle = (low + high) / 2;
                if (IsHome(middle) == wasHome) low = middle;
                else high = middle;
            }

            wasHome = isHome;
            TargetState at = movement.At(high)!.Value;
            yield return new(movement.Id, isHome ? CrossingDirection.Inbound : CrossingDirection.Outbound, high,
                at.Position.Point, Angle(at, home));
        }

        bool IsHome(double seconds) => home.Contains(movement.At(seconds)!.Value.Position.Point);
    }

    /// <summary>From how fast the distance to the line changes over the 200 m on each side of it.</summary>
    static double Angle(TargetState at, Outline home)
    {
        const double reach = 200;
        double behind = home.Outside(Geodesic.Direct(at.Position.Point, at.CourseDegrees + 180, reach));
        double ahead = home.Outside(Geodesic.Direct(at.Position.Point, at.CourseDegrees, reach));
        return Math.Asin(Math.Clamp(Math.Abs(ahead - behind) / (2 * reach), 0, 1)) * Units.Angles.RadiansToDegrees;
    }
}
