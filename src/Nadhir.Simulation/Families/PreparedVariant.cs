using System.Collections.Immutable;
using Nadhir.Sensing;
using Nadhir.Simulation.Movements;
using Nadhir.Simulation.Radars;
using Nadhir.Simulation.Receivers;
using Nadhir.Simulation.Scenarios;
using Nadhir.Simulation.Sirens;

namespace Nadhir.Simulation.Families;

/// <summary>
/// One variant of a family drawn by one seed: everything a run needs. The same family, variant and seed give the same
/// bytes. Sensors run from the start to the end; times are seconds from <see cref="Start"/>.
/// </summary>
public sealed class PreparedVariant : IPreparedRun
{
    /// <summary>Sensors and clock go on at most so long after the last mover, for alerts to end.</summary>
    public const double LongestTailSeconds = 900;
    /// <summary>And at least so long.</summary>
    public const double ShortestTailSeconds = 60;
    const double TickSeconds = 1;
    /// <summary>A sector of a radar that turns fast comes at least every quarter second or so.</summary>
    const int FewestSectors = 8;

    static readonly DateTimeOffset anchor = new(2030, 1, 15, 12, 0, 0, TimeSpan.Zero);

    readonly Dictionary<Movement, double> firstSeen = new(ReferenceEqualityComparer.Instance);

    public PreparedVariant(Family family, FamilyVariant variant, ulong seed)
    {
        (Family, Variant, Seed) = (family, variant, seed);
        Country country = family.Country;
        MoverDraw draw = new(country, anchor);
        foreach (MoverPlan plan in variant.Movers) draw.Add(plan, new(seed, $"{family.Id}/{variant.Id}/{plan.Id}"));
        Movers = draw.Movers;
        LastSeconds = Math.Max(variant.LastsSeconds, Movers.Select(mover => mover.Movement.LastSeconds).DefaultIfEmpty(0).Max());
        Configuration = new()
        {
            Name = $"{family.Id}-{variant.Id}-{seed}",
            Title = family.Title,
            Names = family.Names,
            Exercise = true,
            Sender = "families@exercise.invalid",
            Origin = country.Origin,
            Feeds =
            [
                .. country.Sensors.Select(sensor => new FeedConfiguration
                {
                    Id = sensor.Feed,
                    Format = sensor.Kind == SensorKind.Adsb ? "beast" : "asterix",
                }).DistinctBy(feed => feed.Id, StringComparer.Ordinal),
            ],
            Sensors = country.Sensors,
            Borders = [country.Border],
            Zones = country.Zones,
            Authorisations = draw.FlightPlans,
            Sirens = country.Sirens,
            Warning = country.Warning,
        };
        Truth = VariantTruth.Of(this);
    }

    public Family Family { get; }
    public FamilyVariant Variant { get; }
    public ulong Seed { get; }
    public ImmutableArray<Mover> Movers { get; }
    public VariantTruth Truth { get; }
    public WatchConfiguration Configuration { get; }
    /// <summary>When the last mover is gone.</summary>
    public double LastSeconds { get; }
    public DateTimeOffset Start { get; } = anchor;
    public DateTimeOffset End => InstantOf(Math.Ceiling(LastSeconds) + LongestTailSeconds);
    public ImmutableArray<TimedCommand> Commands => [];

    /// <summary>When a radar first saw each movement that was seen so far in the present play, in seconds.</summary>
    public IReadOnlyDictionary<Movement, double> FirstSeen => firstSeen;

    public DateTimeOffset InstantOf(double seconds) => Start.AddTicks((long)Math.Round(seconds * 1e6) * 10);

    public double SecondsOf(DateTimeOffset time) => (time - Start).TotalSeconds;

    public IEnumerable<SensorWindow> OutagesOf(string sensor) =>
        Variant.Outages.Where(outage => outage.Sensor == sensor).Select(outage => outage.Window);

    public IEnumerable<SimulatedArrival> Arrivals()
    {
        firstSeen.Clear();
        double end = SecondsOf(End);
        Movement[] movements = [.. Movers.Select(mover => mover.Movement)];
        return Merging.ByTime([.. Family.Country.Sensors.Select(sensor => Of(sensor, movements, end))]);
    }

    public IEnumerable<DateTimeOffset> Ticks()
    {
        double end = SecondsOf(End);
        for (double seconds = 0; seconds <= end; seconds += TickSeconds) yield return InstantOf(seconds);
    }

    public DutyOfficer People() => new(Family.Country.People, []);

    public SirenLinkModel SirenLinks() => new(Family.Country.Sirens, Seed);

    IEnumerable<SimulatedArrival> Of(Sensor sensor, Movement[] movements, double end)
    {
        if (sensor.Kind == SensorKind.Adsb)
            return new ReceiverSimulator(sensor, movements, anchor, Seed) { Outages = [.. OutagesOf(sensor.Id)] }
                .Arrivals(0, end);
        Sensor simulated = sensor with { FalsePlotsPerScan = sensor.FalsePlotsPerScan * Variant.ClutterFactor };
        int sectors = Math.Clamp((int)(4 * sensor.Period.TotalSeconds), FewestSectors, RadarSimulator.UsualSectors);
        return new RadarSimulator(simulated, movements, anchor, Seed, sectorCount: sectors)
        {
            Patches = Variant.Clutter,
            Outages = [.. OutagesOf(sensor.Id)],
            OnSeen = (movement, seconds) =>
            {
                if (!firstSeen.TryGetValue(movement, out double known) || seconds < known) firstSeen[movement] = seconds;
            },
        }.Arrivals(0, end);
    }
}
