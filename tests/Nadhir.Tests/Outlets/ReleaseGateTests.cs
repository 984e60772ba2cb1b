using System.Collections.Immutable;
using CsCheck;
using Nadhir.Geodesy;
using Nadhir.Outlets;
using Nadhir.Tests.Outlets.Cap;
using Nadhir.Warning;

namespace Nadhir.Tests.Outlets;

public sealed class ReleaseGateTests
{
    static readonly ImmutableArray<Zone> zones = [Zone("country", null), Zone("karbala", "country"), Zone("old town", "karbala"), Zone("basra", "country")];

    static Zone Zone(string id, string? parent) =>
        new() { Id = id, Name = id, Parent = parent, Area = new Area { Centre = new GeoPoint(33, 44), RadiusMetres = 1000 } };

    static ReleaseGate Gate(ReleaseRule rule, params string[] had) => new(rule, zones, had);

    static PublicMessage In(string zone, AlertState state, ThreatKind kind = ThreatKind.LowSlow, bool exercise = false, int alert = 0)
    {
        PublicMessage message = CapMessages.Compose(state, kind, exercise, number: alert);
        return message with { Areas = [message.Areas[0] with { Zone = zone }] };
    }

    [Theory]
    [InlineData("karbala", "karbala", true)]
    [InlineData("karbala", "old town", true)]
    [InlineData("karbala", "country", true)]
    [InlineData("karbala", "basra", false)]
    [InlineData("country", "basra", true)]
    public void A_partner_of_a_zone_is_told_of_all_that_concerns_it(string partner, string warned, bool told) =>
        Assert.Equal(told, Gate(new() { Zones = [partner] }).Releases(In(warned, AlertState.Warning)));

    [Fact]
    public void Kind_state_urgency_severity_and_exercise_are_asked_for()
    {
        Assert.False(Gate(new() { Kinds = [ThreatKind.Ballistic] }).Releases(In("karbala", AlertState.Warning)));
        Assert.True(Gate(new() { Kinds = [ThreatKind.Ballistic] }).Releases(In("karbala", AlertState.Warning, ThreatKind.Ballistic)));
        Assert.False(Gate(new() { States = [AlertState.Warning] }).Releases(In("karbala", AlertState.Watch)));
        Assert.False(Gate(new() { LeastUrgency = LeastUrgency.Immediate }).Releases(In("karbala", AlertState.Watch)));
        Assert.False(Gate(new() { LeastSeverity = LeastSeverity.Extreme }).Releases(In("karbala", AlertState.Watch)));
        Assert.True(Gate(new() { LeastUrgency = LeastUrgency.Immediate, LeastSeverity = LeastSeverity.Extreme }).Releases(In("karbala", AlertState.Warning)));
        Assert.False(Gate(new() { Exercises = false }).Releases(In("karbala", AlertState.Warning, exercise: true)));
        Assert.True(Gate(new() { Exercises = false }).Releases(In("karbala", AlertState.Warning)));
    }

    static readonly Gen<ReleaseRule> AnyRule = Gen.Select(
        Gen.Enum<ThreatKind>().Array[0, 2], Gen.Bool.Select(grave => grave ? AlertState.Warning : AlertState.Watch).Array[0, 2],
        Gen.Int[0, 2].Select(i => zones[new[] { 0, 1, 3 }[i]].Id).Array[0, 2], Gen.Enum<LeastUrgency>(), Gen.Enum<LeastSeverity>())
        .Select((kinds, states, places, urgency, severity) => new ReleaseRule
        {
            Kinds = [.. kinds], States = [.. states], Zones = [.. places], LeastUrgency = urgency, LeastSeverity = severity,
        });

    static readonly Gen<(AlertState State, ThreatKind Kind)[]> AnyLife =
        Gen.Select(Gen.Enum<AlertState>(), Gen.Enum<ThreatKind>()).Array[1, 8];

    [Fact]
    public void Whoever_had_an_alert_has_all_that_follows_and_nobody_else_hears_of_its_end() =>
        Gen.Select(AnyRule, AnyLife).Sample((rule, life) =>
        {
            ReleaseGate gate = Gate(rule);
            bool had = false;
            foreach ((AlertState state, ThreatKind kind) in life)
            {
                bool goes = gate.Releases(In("karbala", state, kind));
                if (had) Assert.True(goes);
                else if (state is not (AlertState.Watch or AlertState.Warning)) Assert.False(goes);
                had |= goes;
            }
        });

    [Fact]
    public void What_was_told_before_a_restart_is_ended_after_it()
    {
        PublicMessage end = In("karbala", AlertState.Correction, alert: 7);
        Assert.True(Gate(new() { Kinds = [ThreatKind.Ballistic] }, end.Alert).Releases(end));
        Assert.False(Gate(new() { Kinds = [ThreatKind.Ballistic] }, "another").Releases(end));
    }

    [Fact]
    public void Of_too_many_alerts_the_first_is_forgotten()
    {
        ReleaseGate gate = Gate(ReleaseRule.Everything);
        for (int i = 0; i <= ReleaseGate.MostAlerts; i++)
            Assert.True(gate.Releases(In("karbala", AlertState.Warning) with { Alert = $"alert {i}" }));
        Assert.False(gate.Releases(In("karbala", AlertState.AllClear) with { Alert = "alert 0" }));
        Assert.True(gate.Releases(In("karbala", AlertState.AllClear) with { Alert = "alert 1" }));
    }
}
