using System.Collections.Immutable;
using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Simulation.Movements;
using Nadhir.Simulation.Radars;
using Nadhir.Simulation.Scenarios;
using Nadhir.Warning;

namespace Nadhir.Simulation.Truth;

/// <summary>A true passage of the border, to a hundredth of a second.</summary>
/// <param name="AngleDegrees">Between the course and the line: 90 straight across, 0 along it.</param>
public sealed record TrueCrossing(
    string Movement, CrossingDirection Direction, double Seconds, GeoPoint Point, double AngleDegrees);

/// <summary>When a movement truly enters a zone and comes nearest to its centre.</summary>
public sealed record TrueArrival(
    string Movement, string Zone, double EdgeSeconds, double NearestSeconds, double NearestMetres);

/// <summary>
/// What truly happens, for scoring. Times in seconds from the anchor. Nothing of it reaches the watch.
/// </summary>
public sealed record ScenarioTruth
{
    /// <summary>From the target to the border along the variant's azimuth.</summary>
    public required double BorderMetres { get; init; }
    /// <summary>When a jet first stands above any radar's horizon and within its range.</summary>
    public required double FirstVisibilitySeconds { get; init; }
    public required string FirstVisibleBy { get; init; }
    public required double FirstVisibilityMetresFromTarget { get; init; }
    /// <summary>L_phys: the longest warning that physics allows, from first visibility to the anchor.</summary>
    public double PhysicalLeadSeconds => -FirstVisibilitySeconds;
    /// <summary>Of the jets only; no other movement crosses unless it is a civil flight on its plan.</summary>
    public required ImmutableArray<TrueCrossing> JetCrossings { get; init; }
    public required ImmutableArray<TrueCrossing> OtherCrossings { get; init; }
    /// <summary>Of the jets at each zone they enter.</summary>
    public required ImmutableArray<TrueArrival> Arrivals { get; init; }
    /// <summary>The jets' nearest approach to each zone's centre, metres, whether they enter it or not.</summary>
    public required ImmutableSortedDictionary<string, double> NearestMetres { get; init; }

    internal static ScenarioTruth Of(Scenario scenario, ImmutableArray<Movement> movements, Outline home, double borderMetres)
    {
        Movement[] jets = [.. movements.Where(movement => movement.Kind == MovementKind.Jet)];
        (double seconds, string by, GeoPoint point) = FirstVisibility(scenario.Sensors, jets);
        GeoPoint target = MovementPlanner.CentreOf(scenario, scenario.Jets.TargetZone);
        Approach[] approaches = [.. from jet in jets from zone in scenario.Zones select Approach.Of(jet, zone)];
        return new()
        {
            BorderMetres = borderMetres,
            FirstVisibilitySeconds = seconds,
            FirstVisibleBy = by,
            FirstVisibilityMetresFromTarget = Geodesic.Inverse(target, point).DistanceMetres,
            JetCrossings = [.. jets.SelectMany(jet => Crossings.Of(jet, home, 1)).OrderBy(crossing => crossing.Seconds)],
            OtherCrossings =
            [
                .. movements.Except(jets).Where(other => other.Kind is MovementKind.Civil or MovementKind.BorderParallel)
                    .SelectMany(other => Crossings.Of(other, home, 5)).OrderBy(crossing => crossing.Seconds),
            ],
            Arrivals = [.. approaches.Where(each => each.Arrival is not null).Select(each => each.Arrival!)],
            NearestMetres = approaches.GroupBy(each => each.Zone, StringComparer.Ordinal)
                .ToImmutableSortedDictionary(
                    group => group.Key, group => group.Min(each => each.NearestMetres), StringComparer.Ordinal),
        };
    }

    static (double Seconds, string By, GeoPoint Point) FirstVisibility(ImmutableArray<Sensor> sensors, Movement[] jets)
    {
        double start = jets.Min(jet => jet.StartSeconds);
        for (double seconds = start; seconds <= 0; seconds += 0.5)
            foreach (Movement jet in jets)
                if (jet.At(seconds) is { } state)
                    foreach (Sensor sensor in sensors)
                        if (Horizon.Sees(sensor, state.Position)) return (seconds, sensor.Id, state.Position.Point);
        return (0, "", jets[0].At(0)!.Value.Position.Point);
    }

    sealed record Approach(string Zone, double NearestMetres, TrueArrival? Arrival)
    {
        public static Approach Of(Movement jet, Zone zone)
        {
            GeoPoint centre = zone.Area.Centre!.Value;
            double nearest = double.PositiveInfinity, nearestAt = 0, edge = double.NaN, before = double.NaN;
            for (double seconds = jet.StartSeconds; seconds <= jet.LastSeconds; seconds += 1)
            {
                double distance = Geodesic.Inverse(jet.At(seconds)!.Value.Position.Point, centre).DistanceMetres;
                if (distance < nearest) (nearest, nearestAt) = (distance, seconds);
                if (double.IsNaN(edge) && distance <= zone.Area.RadiusMetres)
                    edge = double.IsNaN(before) ? seconds : seconds - ((zone.Area.RadiusMetres - distance) / (before - distance));
                before = distance;
            }

            return new(zone.Id, nearest,
                double.IsNaN(edge) ? null : new(jet.Id, zone.Id, edge, nearestAt, nearest));
        }
    }
}
