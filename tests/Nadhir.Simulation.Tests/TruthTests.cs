using System.Globalization;
using Nadhir.Assessment;
using Nadhir.Simulation.Movements;
using Nadhir.Simulation.Scenarios;
using Nadhir.Simulation.Truth;

namespace Nadhir.Simulation.Tests;

public sealed class TruthTests(ITestOutputHelper output)
{
    /// <summary>
    /// Figures computed by others on a 1:50m border: azimuth, border km, first visibility km, L_phys s, nearest to
    /// Baghdad km, nearest to the base km.
    /// </summary>
    public static TheoryData<int, double, double, double, double, double> Reference => new()
    {
        { 0, 480.0, 570, 2280, 19, 167 },
        { 45, 163.5, 314, 1254, 18, 195 },
        { 90, 213.2, 363, 1453, 44, 195 },
        { 135, 435.0, 585, 2340, 48, 195 },
        { 180, 371.8, 500, 2000, 48, 195 },
        { 225, 284.8, 435, 1739, 48, 189 },
        { 270, 490.5, 543, 2172, 48, 101 },
        { 315, 383.2, 479, 1917, 45, 46 },
    };

    [Theory, MemberData(nameof(Reference))]
    public void Each_variant_has_the_geometry_of_the_reference(
        int azimuth, double borderKm, double visibleKm, double leadSeconds, double baghdadKm, double baseKm)
    {
        ScenarioTruth truth = Babil.Prepared(azimuth).Truth;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{azimuth}: border {truth.BorderMetres / 1000:F1} km, visible {truth.FirstVisibilityMetresFromTarget / 1000:F1} km by {truth.FirstVisibleBy}, L {truth.PhysicalLeadSeconds:F0} s, baghdad {truth.NearestMetres["Z-BAGHDAD"] / 1000:F1}, base {truth.NearestMetres["Z-ASAD"] / 1000:F1}"));
        Assert.Equal(borderKm, truth.BorderMetres / 1000, 0.03 * borderKm);
        Assert.Equal(visibleKm, truth.FirstVisibilityMetresFromTarget / 1000, 0.03 * visibleKm);
        Assert.Equal(leadSeconds, truth.PhysicalLeadSeconds, 0.03 * leadSeconds);
        Assert.Equal(baghdadKm, truth.NearestMetres["Z-BAGHDAD"] / 1000, 6.0); // the pair is 2 km wide, its turn 3.2 km, variant 0 flies a degree aside
        Assert.Equal(baseKm, truth.NearestMetres["Z-ASAD"] / 1000, 6.0);
    }

    [Theory, MemberData(nameof(Reference))]
    public void Each_jet_crosses_once_in_and_once_out(int azimuth, double borderKm, double _1, double _2, double _3, double _4)
    {
        PreparedScenario prepared = Babil.Prepared(azimuth);
        foreach (Movement jet in prepared.Movements.Where(movement => movement.Kind == MovementKind.Jet))
        {
            TrueCrossing[] crossings = [.. prepared.Truth.JetCrossings.Where(crossing => crossing.Movement == jet.Id)];
            Assert.Equal([CrossingDirection.Inbound, CrossingDirection.Outbound], crossings.Select(each => each.Direction));
            Assert.InRange(crossings[0].Seconds, -1.1 * borderKm / 0.25, -0.9 * borderKm / 0.25);
        }
    }

    [Fact]
    public void A_jet_is_at_the_centre_of_its_zone_at_the_anchor_and_both_enter_it_forty_seconds_before()
    {
        ScenarioTruth truth = Babil.Prepared(225).Truth;
        TrueArrival first = Assert.Single(truth.Arrivals, each => each is { Movement: "JET-1", Zone: "Z-JURF" });
        Assert.Equal(0, first.NearestSeconds, 2.0);
        Assert.True(first.NearestMetres < 600);
        Assert.Equal(-40, first.EdgeSeconds, 0.5);
        Assert.Equal(2, truth.Arrivals.Count(each => each.Zone == "Z-JURF"));
    }

    [Fact]
    public void The_parallel_flight_stays_outside_at_its_distance_and_never_crosses()
    {
        PreparedScenario prepared = Babil.Prepared(90);
        Movement flight = Assert.Single(prepared.Movements, movement => movement.Kind == MovementKind.BorderParallel);
        Outline home = new(prepared.Configuration.Borders[0].Home, prepared.Configuration.Origin);
        Assert.Equal(2400, flight.LastSeconds - flight.StartSeconds, 60.0);
        List<double> distances = [];
        for (double seconds = flight.StartSeconds; seconds <= flight.LastSeconds; seconds += 2)
            distances.Add(home.Outside(flight.At(seconds)!.Value.Position.Point));
        output.WriteLine($"{distances.Min():F0} .. {distances.Average():F0} .. {distances.Max():F0} m");
        Assert.True(distances.Min() >= 1000, $"{distances.Min():F0} m");
        Assert.Equal(1500, distances.Average(), 50.0);
        Assert.DoesNotContain(prepared.Truth.OtherCrossings, crossing => crossing.Movement == flight.Id);
    }

    [Fact]
    public void The_reconnaissance_stays_within_its_authorised_area_and_time()
    {
        PreparedScenario prepared = Babil.Prepared(0);
        Identification.Authorisation authorisation = prepared.Configuration.Authorisations.Single(each => each.Id == "AUTH-001");
        Movement[] pair = [.. prepared.Movements.Where(movement => movement.Kind == MovementKind.Reconnaissance)];
        Assert.Equal(2, pair.Length);
        foreach (Movement movement in pair)
        {
            Assert.True(prepared.InstantOf(movement.StartSeconds) >= authorisation.ValidFrom);
            Assert.True(prepared.InstantOf(movement.LastSeconds) <= authorisation.ValidTo);
            Assert.True(movement.LastSeconds >= 36_899);
            for (double seconds = movement.StartSeconds; seconds <= movement.LastSeconds; seconds += 20)
            {
                double distance = Geodesy.Geodesic.Inverse(
                    authorisation.Area!.Centre!.Value, movement.At(seconds)!.Value.Position.Point).DistanceMetres;
                Assert.True(distance <= 35_100, $"{distance:F0} m at {seconds} s");
            }
        }
    }

    [Fact]
    public void The_jets_never_exceed_their_turn_limit_nor_meet()
    {
        Movement[] jets = [.. Babil.Prepared(315).Movements.Where(movement => movement.Kind == MovementKind.Jet)];
        for (double seconds = -100; seconds < 100; seconds += 0.5)
        {
            TargetState one = jets[0].At(seconds)!.Value, next = jets[0].At(seconds + 1)!.Value, two = jets[1].At(seconds)!.Value;
            double turn = Math.Abs(Units.Angles.WrapRadians(
                (next.CourseDegrees - one.CourseDegrees) * Units.Angles.DegreesToRadians));
            Assert.True(turn * 250 <= 4 * 9.81 * 1.35, $"{turn * 250 / 9.81:F2} g at {seconds} s"); // corners are 2° steps
            Assert.Equal(2000, Geodesy.Geodesic.Inverse(one.Position.Point, two.Position.Point).DistanceMetres, 60.0);
        }
    }
}
