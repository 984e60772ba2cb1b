using Nadhir.Documents;
using Nadhir.Simulation.Movements;
using Nadhir.Simulation.Scenarios;

namespace Nadhir.Simulation.Tests;

public sealed class ScenarioLoaderTests
{
    [Fact]
    public void The_acceptance_scenario_loads_with_all_it_names()
    {
        Scenario scenario = Babil.Scenario;
        Assert.Equal(["Z-JURF", "Z-MUSAYYIB", "Z-ASAD", "Z-BAGHDAD"], scenario.Zones.Select(zone => zone.Id), StringComparer.Ordinal);
        Assert.Equal(5, scenario.Sensors.Length);
        Assert.Equal(8, scenario.Variants.Length);
        Assert.Equal(30, scenario.Flights.Count(flight => flight.Kind == MovementKind.Civil));
        Assert.Equal(5, scenario.Flights.Count(flight => flight.Kind == MovementKind.Birds));
        Assert.True(scenario.Source.SingleSource);
        Assert.All(scenario.Zones, zone => Assert.True(scenario.Sirens.Count(siren => siren.Zone == zone.Id) >= 3));
        Assert.True(scenario.Configuration(Babil.Border()).Exercise);
    }

    [Fact]
    public void Every_civil_flight_has_a_flight_plan_in_force_while_it_flies()
    {
        Scenario scenario = Babil.Scenario;
        foreach (Movement flight in scenario.Flights.Where(flight => flight.Kind is MovementKind.Civil or MovementKind.Medical))
        {
            Identification.Authorisation plan = Assert.Single(
                scenario.Authorisations, each => each.Callsigns.Contains(flight.Transponder!.Callsign.ToString(), StringComparer.Ordinal));
            Assert.True(plan.ValidFrom <= scenario.Anchor.AddSeconds(flight.StartSeconds));
            Assert.True(plan.ValidTo >= scenario.Anchor.AddSeconds(flight.LastSeconds));
        }

        Assert.Equal(32, scenario.Authorisations.SelectMany(each => each.Addresses).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void All_twenty_claims_are_recorded_once_with_who_said_them_and_no_directive_gets_a_text()
    {
        Command[] commands = [.. Babil.Scenario.Timeline.Select(item => item.Command)];
        RecordClaim[] claims = [.. commands.OfType<RecordClaim>().Where(claim => claim.Claim.StartsWith('C'))];
        Assert.Equal(20, claims.Select(claim => claim.Claim).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(20, claims.Length);
        Assert.All(claims, claim => Assert.NotEmpty(claim.Attribution));
        RecordClaim casualties = claims.Single(claim => claim.Claim == "C02");
        Assert.Equal((4, 3), (casualties.Killed, casualties.Injured));
        IssueDirective directive = Assert.Single(commands.OfType<IssueDirective>());
        Assert.Null(directive.Content);
        Assert.True(directive.ContentNotReported);
        RecordStatement statement = Assert.Single(commands.OfType<RecordStatement>());
        Assert.All(statement.Claims, id => Assert.Contains(claims, claim => claim.Claim == id));
    }

    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "      lat: 32.9\n      lon: 44.2\n", "      lat: 32.94\n      lon: 44.2\n", "is finer than the 0.1°" },
        { "[33.4, 44.0]", "[33.45, 44.0]", "is finer than the 0.1°" },
        { "  precision_deg: 0.1 ", "  precision_deg: 0.01 ", "must be between 0.1 and 10" },
        { "position_sigma_km: 3, tag: S}", "position_sigma_km: 3}", "every item must say its provenance" },
        { "position_sigma_km: 3, tag: S}", "position_sigma_km: 3, tag: X}", "must be R, RI or S" },
        { "    target_zone: Z-JURF", "    target_zone: Z-JURFF", "did you mean 'Z-JURF'" },
        { "  - {t: 60, do: observer.report,", "  - {t: 60, do: observer.repot,", "did you mean 'observer.report'" },
        { "claims: [C02], tag: R", "claims: [C99], tag: R", "there is no claim 'C99'" },
        { "content_not_reported: true,", "content_not_reported: true, content: made up,", "no text is made up" },
        { "    system_position: none", "    system_position: agrees", "takes no position" },
        { "schema: nadhir-scenario/1", "schema: nadhir-scenario/0.1", "must be nadhir-scenario/1" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void A_mistake_is_refused(string right, string wrong, string message)
    {
        Assert.Contains(right, Babil.Text, StringComparison.Ordinal);
        int at = Babil.Text.IndexOf(right, StringComparison.Ordinal);
        string text = Babil.Text[..at] + wrong + Babil.Text[(at + right.Length)..];
        ScenarioReading.Faulty faulty = Assert.IsType<ScenarioReading.Faulty>(ScenarioLoader.Load(text));
        DocumentFault fault = Assert.Single(faulty.Faults, each => each.Message.Contains(message, StringComparison.Ordinal));
        int line = 1 + Babil.Text[..at].Count(letter => letter == '\n');
        Assert.InRange(fault.Line, line, line + 2);
    }
}
