using Nadhir.Warning;

namespace Nadhir.Simulation.Families;

/// <summary>Compares what a watch said with what truly happened. The definitions stand in docs/scenarios.md.</summary>
public sealed class RunScorer
{
    /// <summary>A Warning that ended so long before a threat came was right all the same.</summary>
    const double AfterwardsSeconds = 600;
    /// <summary>One that began so long after the threat had come was late, not false.</summary>
    const double LateSeconds = 60;
    const double FlapSeconds = 600;
    /// <summary>A probability is sampled when the Warning begins and each so often.</summary>
    const double StatementSeconds = 60;
    /// <summary>Who has not the time to reach shelter must be given this share of what is possible.</summary>
    const double ShareOfPossible = 0.75;

    readonly VariantTruth truth;
    readonly WarningPolicy policy;
    readonly double endSeconds;
    readonly ILookup<string, Contact> contacts;
    readonly ILookup<string, Life> warnings, alerts;
    readonly ILookup<string, AlertSighting> sightings;
    readonly IReadOnlyDictionary<string, double> measured;

    /// <param name="log">What was said.</param>
    /// <param name="measuredSeconds">When each mover was first measured.</param>
    /// <param name="endSeconds">When the run ended; what is alive then ends then.</param>
    public RunScorer(VariantTruth truth, WarningLog log, WarningPolicy policy,
        IReadOnlyDictionary<string, double> measuredSeconds, double endSeconds)
    {
        (this.truth, this.policy, measured, this.endSeconds) = (truth, policy, measuredSeconds, endSeconds);
        contacts = truth.Contacts.ToLookup(contact => contact.Zone, StringComparer.Ordinal);
        warnings = Lives(log.Steps, state => state == AlertState.Warning).ToLookup(life => life.Zone, StringComparer.Ordinal);
        alerts = Lives(log.Steps, state => state is AlertState.Watch or AlertState.Warning)
            .ToLookup(life => life.Zone, StringComparer.Ordinal);
        sightings = log.Sightings.ToLookup(sighting => sighting.Zone, StringComparer.Ordinal);
    }

    public RunScore Score(int movers) => new()
    {
        Family = truth.Family,
        Variant = truth.Variant,
        Seed = truth.Seed,
        SimulatedSeconds = endSeconds,
        Movers = movers,
        Alerts = alerts.Sum(zone => zone.Count()),
        Undetectable = truth.Undetectable,
        Events = [.. truth.Events.Select(Of)],
        Warnings = [.. truth.Zones.SelectMany(zone => warnings[zone.Zone].Select(life => Of(zone, life)))],
        Statements = [.. truth.Zones.SelectMany(zone => Statements(zone.Zone))],
    };

    EventScore Of(ZoneEvent at)
    {
        double arrival = at.ArrivalSeconds, possible = Math.Min(arrival - at.VisibleSeconds, policy.WarningHorizon.TotalSeconds);
        Life? warning = warnings[at.Zone].FirstOrDefault(life => life.Holds(arrival));
        double? lead = arrival - warning?.From, watch = arrival - alerts[at.Zone].FirstOrDefault(life => life.Holds(arrival))?.From;
        double? first = measured.TryGetValue(at.Mover, out double seen) ? seen : null;
        double shelter = truth.Zones.First(zone => zone.Zone == at.Zone).SecondsToShelter;
        AlertSighting[] said =
        [
            .. sightings[at.Zone].Where(sighting => sighting.Seconds <= arrival && sighting.EarliestSeconds is not null
                && (warning is null || sighting.Alert == warning.Alert)),
        ];
        return new()
        {
            Zone = at.Zone,
            Level = at.Level,
            Mover = at.Mover,
            Kind = at.Kind,
            ArrivalSeconds = arrival,
            PossibleSeconds = possible,
            LeadSeconds = lead,
            WatchLeadSeconds = watch,
            LatencySeconds = warning is null || first is null ? null : Math.Max(0, warning.From - first.Value),
            DelaySeconds = warning is null || first is null ? null
                : Math.Max(0, warning.From - Math.Max(first.Value, arrival - policy.WarningHorizon.TotalSeconds)),
            OnTime = lead >= Math.Min(shelter, ShareOfPossible * possible),
            FirstIntervalHolds = warning?.Earliest is null ? null : warning.Earliest <= arrival && arrival <= warning.Latest,
            Intervals = said.Length,
            IntervalsHold = said.Count(sighting => sighting.EarliestSeconds <= arrival && arrival <= sighting.LatestSeconds),
        };
    }

    WarningScore Of(ZoneTruth zone, Life life)
    {
        Contact[] during = [.. contacts[zone.Zone].Where(contact =>
            contact.UntilSeconds >= life.From - LateSeconds && contact.FromSeconds <= life.Until + AfterwardsSeconds)];
        return new()
        {
            Zone = zone.Zone,
            Level = zone.Level,
            Alert = life.Alert,
            Kind = life.Kind,
            FromSeconds = life.From,
            UntilSeconds = life.Until,
            Probability = life.Probability,
            Outcome = during.Any(contact => contact.Inside) ? WarningOutcome.Right
                : during.Length > 0 ? WarningOutcome.Near : WarningOutcome.False,
            AreaSquareKilometres = zone.AreaSquareKilometres,
            IsFlap = warnings[zone.Zone].Any(other => other.From < life.From && life.From - other.Until < FlapSeconds),
        };
    }

    /// <summary>
    /// What was stated while nothing was in the zone yet, against whether a threat came within the watch horizon.
    /// </summary>
    IEnumerable<Statement> Statements(string zone)
    {
        double first = contacts[zone].Where(contact => contact.Inside).Select(contact => contact.FromSeconds)
            .DefaultIfEmpty(double.PositiveInfinity).Min();
        IEnumerable<(double Seconds, double Probability)> said = warnings[zone].Select(life => (life.From, life.Probability))
            .Concat(sightings[zone].Where(sighting => sighting.Seconds % StatementSeconds == 0)
                .Select(sighting => (sighting.Seconds, sighting.Probability)));
        foreach ((double seconds, double probability) in said)
        {
            if (seconds >= first) continue;
            double until = seconds + policy.WatchHorizon.TotalSeconds;
            bool happened = first <= until;
            bool near = contacts[zone].Any(contact => contact.UntilSeconds >= seconds && contact.FromSeconds <= until);
            yield return new(Math.Round(probability, 4), happened, happened || near);
        }
    }

    IEnumerable<Life> Lives(IReadOnlyList<AlertStep> steps, Func<AlertState, bool> counts)
    {
        foreach (IGrouping<string, AlertStep> alert in steps.GroupBy(step => step.Alert, StringComparer.Ordinal))
        {
            AlertStep? begun = null;
            foreach (AlertStep step in alert)
            {
                if (counts(step.State)) begun ??= step;
                else if (begun is not null)
                {
                    yield return new(begun, step.Seconds);
                    begun = null;
                }
            }

            if (begun is not null) yield return new(begun, Math.Max(endSeconds, begun.Seconds));
        }
    }

    sealed record Life(AlertStep Begun, double Until)
    {
        public string Zone => Begun.Zone;
        public string Alert => Begun.Alert;
        public ThreatKind Kind => Begun.Kind;
        public double From => Begun.Seconds;
        public double Probability => Begun.Probability;
        public double? Earliest => Begun.EarliestSeconds;
        public double? Latest => Begun.LatestSeconds;

        public bool Holds(double seconds) => From <= seconds && seconds <= Until;
    }
}
