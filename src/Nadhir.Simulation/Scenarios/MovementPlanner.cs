using System.Collections.Immutable;
using Nadhir.Documents;
using Nadhir.Geodesy;
using Nadhir.Simulation.Movements;
using Nadhir.Simulation.Truth;

namespace Nadhir.Simulation.Scenarios;

/// <summary>Everything that flies in one variant of a scenario.</summary>
static class MovementPlanner
{
    const double TakeOffHeightMetres = 300, SecondsBetweenTakeOffs = 120;

    public static ImmutableArray<Movement> Plan(Scenario scenario, Outline home, int azimuth, out double borderMetres)
    {
        int variant = scenario.Variants.IndexOf(scenario.Variants.FirstOrDefault(each => each.AzimuthDegrees == azimuth));
        Invariant.Require(variant >= 0, $"the scenario has a variant {azimuth}°");
        double flown = scenario.Variants[variant].FlownDegrees;
        GeoPoint target = CentreOf(scenario, scenario.Jets.TargetZone);
        borderMetres = JetPair.BorderDistance(home, target, flown);
        return
        [
            .. JetPair.Create(scenario.Jets, target, flown, borderMetres),
            .. Reconnaissance(scenario.Reconnaissance, CentreOf(scenario, scenario.Reconnaissance.Zone)),
            Parallel(scenario.Parallel, home),
            .. scenario.Flights,
        ];
    }

    public static GeoPoint CentreOf(Scenario scenario, string zone) =>
        scenario.Zones.First(each => each.Id == zone).Area.Centre
        ?? throw new InvariantBrokenException($"zone {zone} of a scenario is a circle");

    /// <summary>Each climbs from the zone's centre to its own side of the racetrack and flies it until the end.</summary>
    static IEnumerable<Movement> Reconnaissance(ReconnaissancePlan plan, GeoPoint centre)
    {
        for (int i = 0; i < plan.Mode3A.Length; i++)
        {
            double axis = 90 + (360.0 * i / plan.Mode3A.Length);
            PathPoint[] lap =
            [
                .. Arcs.Racetrack(centre, plan.ReachMetres, plan.TurnRadiusMetres, axis)
                    .Select(point => new PathPoint(point, plan.HeightMetres)),
            ];
            double start = plan.StartSeconds + (i * SecondsBetweenTakeOffs);
            double needed = (plan.EndSeconds - start) * plan.SpeedMetresPerSecond;
            double lapMetres = new FlightPath([.. lap, lap[0]], plan.SpeedMetresPerSecond).LengthMetres;
            int laps = (int)Math.Ceiling(needed / lapMetres);
            PathPoint[] corners =
                [new(centre, TakeOffHeightMetres), .. Enumerable.Repeat(lap, laps).SelectMany(each => each)];
            yield return new()
            {
                Id = $"RECON-{i + 1}",
                Kind = MovementKind.Reconnaissance,
                Path = new FlightPath(corners, plan.SpeedMetresPerSecond),
                StartSeconds = start,
                EndSeconds = plan.EndSeconds,
                Transponder = new() { Mode3A = Codes.Mode3ABits(plan.Mode3A[i]), HeightStepFeet = 100 },
            };
        }
    }

    static Movement Parallel(ParallelPlan plan, Outline home)
    {
        ImmutableArray<GeoPoint> points = BorderParallel.Create(
            home, plan.Near, plan.Towards, plan.DurationSeconds * plan.SpeedMetresPerSecond * 1.05, plan.OffsetMetres);
        return new()
        {
            Id = "BORDER-PARALLEL",
            Kind = MovementKind.BorderParallel,
            Path = new FlightPath([.. points.Select(point => new PathPoint(point, plan.HeightMetres))], plan.SpeedMetresPerSecond),
            StartSeconds = plan.StartSeconds,
            EndSeconds = plan.StartSeconds + plan.DurationSeconds,
            Transponder = plan.Transponder,
        };
    }
}
