using Nadhir.Geodesy;
using Nadhir.Simulation.Families;
using Nadhir.Simulation.Movements;
using Nadhir.Simulation.Radars;
using Nadhir.Warning;

namespace Nadhir.Simulation.Tests.Families;

/// <summary>Truth of cases small enough to be reckoned by hand.</summary>
public sealed class VariantTruthTests
{
    [Fact]
    public void A_jet_over_the_middle_of_a_round_zone_is_in_it_for_its_diameter_and_near_it_five_kilometres_more()
    {
        Mover jet = Invented.Straight(Invented.At(270, 30_000), Invented.At(90, 30_000), 200, 5000, ThreatKind.Aircraft, start: 10);
        Contact[] contacts = [.. VariantTruth.ContactsOf(jet, Invented.Shapes).Where(contact => contact.Zone == "TOWN")];
        Contact inside = Assert.Single(contacts, contact => contact.Inside), near = Assert.Single(contacts, contact => !contact.Inside);
        Assert.Equal(10 + (25_000 / 200.0), inside.FromSeconds, 0.2);
        Assert.Equal(10 + (35_000 / 200.0), inside.UntilSeconds, 0.2);
        Assert.Equal(10 + (20_000 / 200.0), near.FromSeconds, 0.2);
        Assert.Equal(10 + (40_000 / 200.0), near.UntilSeconds, 0.2);
    }

    [Theory]
    [InlineData(ThreatKind.Aircraft, 9500, 1)] // 4.5 km outside: near for an aircraft
    [InlineData(ThreatKind.LowSlow, 9500, 0)]
    [InlineData(ThreatKind.LowSlow, 7500, 1)]
    [InlineData(ThreatKind.CruiseType, 7500, 1)]
    [InlineData(ThreatKind.Aircraft, 10_500, 0)]
    public void One_that_passes_beside_a_zone_is_near_it_or_not_by_its_kind(ThreatKind kind, double asideMetres, int near)
    {
        GeoPoint beside = Invented.At(0, asideMetres);
        Mover mover = Invented.Straight(
            Geodesic.Direct(beside, 270, 30_000), Geodesic.Direct(beside, 90, 30_000), 100, 500, kind);
        Contact[] contacts = [.. VariantTruth.ContactsOf(mover, Invented.Shapes).Where(contact => contact.Zone == "TOWN")];
        Assert.Equal(near, contacts.Length);
        Assert.All(contacts, contact => Assert.False(contact.Inside));
    }

    [Fact]
    public void A_falling_object_counts_where_it_comes_down_and_not_where_it_passes()
    {
        Mover over = Invented.Straight(Invented.At(270, 20_000), Invented.At(90, 30_000), 500, 8000, ThreatKind.Ballistic);
        Assert.DoesNotContain(VariantTruth.ContactsOf(over, Invented.Shapes), contact => contact.Zone == "TOWN");
        Mover into = Invented.Straight(Invented.At(270, 20_000), Invented.At(0, 1000), 500, 8000, ThreatKind.Ballistic);
        Contact hit = Assert.Single(VariantTruth.ContactsOf(into, Invented.Shapes), contact => contact is { Zone: "TOWN", Inside: true });
        Assert.Equal(into.Movement.LastSeconds, hit.FromSeconds, 1e-9);
        Assert.Equal(hit.FromSeconds, hit.UntilSeconds);
        Mover beside = Invented.Straight(Invented.At(270, 20_000), Invented.At(0, 7500), 500, 8000, ThreatKind.Ballistic);
        Assert.False(Assert.Single(VariantTruth.ContactsOf(beside, Invented.Shapes), contact => contact.Zone == "TOWN").Inside);
    }

    [Fact]
    public void What_is_no_threat_has_no_contacts_and_one_that_becomes_a_threat_has_them_from_then_on()
    {
        Mover quiet = Invented.Straight(Invented.At(270, 30_000), Invented.At(90, 30_000), 200, 5000, null);
        Assert.Empty(VariantTruth.ContactsOf(quiet, Invented.Shapes));
        Mover later = quiet with { Threat = ThreatKind.Aircraft, ThreatFromSeconds = 150 };
        Contact inside = Assert.Single(VariantTruth.ContactsOf(later, Invented.Shapes), contact => contact is { Zone: "TOWN", Inside: true });
        Assert.Equal(150, inside.FromSeconds);
    }

    [Fact]
    public void An_event_arrives_with_the_first_that_could_be_seen_and_is_visible_from_the_horizon_on()
    {
        Family family = Family(AttackFrom(270, height: 100), []);
        PreparedVariant run = new(family, family.Variants[0], 3);
        ZoneEvent town = Assert.Single(run.Truth.Events, each => each.Zone == "TOWN");
        Movement mover = run.Movers[0].Movement;
        double distance = Geodesic.Inverse(Invented.Middle, mover.At(town.VisibleSeconds)!.Value.Position.Point).DistanceMetres;
        Assert.Equal(Horizon.Metres(30, 100), distance, 250.0); // a second of flight at 200 m/s, and the horizon's edge
        Assert.Equal(5000, Geodesic.Inverse(Invented.Middle, mover.At(town.ArrivalSeconds)!.Value.Position.Point).DistanceMetres, 50.0);
        Assert.Equal(0, run.Truth.Undetectable);
        // The land around it is warned by people, and nothing is asked of the rule there.
        Assert.DoesNotContain(run.Truth.Events, each => each.Zone == "LAND");
    }

    [Fact]
    public void What_no_working_sensor_could_see_before_it_arrives_counts_for_nothing()
    {
        Family family = Family(AttackFrom(270, height: 100), [new("R", new(0, 3000))]);
        PreparedVariant run = new(family, family.Variants[0], 3);
        Assert.Empty(run.Truth.Events);
        Assert.Equal(1, run.Truth.Undetectable);
        Assert.Contains(run.Truth.Contacts, contact => contact.Inside);
    }

    static MoverPlan AttackFrom(double azimuth, double height) => new()
    {
        Id = "A", Pattern = MovePattern.Attack, Threat = ThreatKind.CruiseType, Azimuth = new(azimuth, azimuth), Distance = new(40_000, 40_000),
        Speed = new(200, 200), Height = new(height, height), Start = new(10, 10), Aims = ["TOWN"],
    };

    static Family Family(MoverPlan plan, SensorOutage[] outages) => new()
    {
        Id = "F", Title = "F", Country = Invented.Small,
        Variants = [new() { Id = "V", Movers = [plan], Outages = [.. outages] }],
    };
}
