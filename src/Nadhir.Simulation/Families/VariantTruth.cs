using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Simulation.Radars;
using Nadhir.Simulation.Scenarios;
using Nadhir.Warning;

namespace Nadhir.Simulation.Families;

/// <summary>A threat in a zone, or so near that a warning is neither right nor wrong; seconds from the start.</summary>
/// <param name="Inside">In the zone; else only near.</param>
public sealed record Contact(
    string Mover, string Zone, ThreatKind Kind, bool Inside, double FromSeconds, double UntilSeconds);

/// <summary>The first arrival in a zone, in one run, of a threat that working sensors could have tracked before.</summary>
/// <param name="VisibleSeconds">From when they could (<see cref="Sightline"/>).</param>
public sealed record ZoneEvent(
    string Zone, int Level, string Mover, ThreatKind Kind, double ArrivalSeconds, double VisibleSeconds);

/// <summary>A zone as scores count it.</summary>
public sealed record ZoneTruth(string Zone, int Level, double AreaSquareKilometres, int SecondsToShelter);

/// <summary>What truly happens in a run, for scoring. Nothing of it reaches the watch.</summary>
public sealed record VariantTruth
{
    public const string SchemaName = "nadhir-variant-truth/1";
    const double Step = 1;

    public string Schema { get; init; } = SchemaName;
    public required string Family { get; init; }
    public required string Variant { get; init; }
    public required ulong Seed { get; init; }
    public required DateTimeOffset Start { get; init; }
    /// <summary>When the last mover is gone.</summary>
    public required double LastSeconds { get; init; }
    public required ImmutableArray<ZoneTruth> Zones { get; init; }
    public required ImmutableArray<Contact> Contacts { get; init; }
    public required ImmutableArray<ZoneEvent> Events { get; init; }
    /// <summary>Arrivals that no working sensor could have tracked before: they count for nothing.</summary>
    public required int Undetectable { get; init; }

    internal static VariantTruth Of(PreparedVariant run)
    {
        Country country = run.Family.Country;
        // Larger zones are warned by people: the rule speaks for places, and is held to them.
        ImmutableArray<ZoneShape> shapes =
        [
            .. country.Zones.Where(zone => country.Zones.All(other => other.Parent != zone.Id))
                .Select(zone => new ZoneShape(zone, country.LevelOf(zone))),
        ];
        List<Contact> contacts = [];
        Dictionary<string, Sightline> sightlines = new(StringComparer.Ordinal);
        foreach (Mover mover in run.Movers)
        {
            if (mover.Threat is null) continue;
            contacts.AddRange(ContactsOf(mover, shapes));
            sightlines[mover.Movement.Id] = Sightline.Of(mover, run);
        }

        List<ZoneEvent> events = [];
        int undetectable = 0;
        foreach (ZoneShape shape in shapes)
        {
            Contact[] arrivals = [.. contacts.Where(contact => contact.Inside && contact.Zone == shape.Zone.Id)
                .OrderBy(contact => contact.FromSeconds)];
            if (arrivals.Length == 0) continue;
            ZoneEvent? first = arrivals
                .Select(contact => sightlines[contact.Mover].Before(contact.FromSeconds) is { } seen
                    ? new ZoneEvent(shape.Zone.Id, shape.Level, contact.Mover, contact.Kind, contact.FromSeconds, seen)
                    : null)
                .FirstOrDefault(arrival => arrival is not null);
            if (first is null) undetectable++;
            else events.Add(first);
        }

        return new()
        {
            Family = run.Family.Id,
            Variant = run.Variant.Id,
            Seed = run.Seed,
            Start = run.Start,
            LastSeconds = run.LastSeconds,
            Zones =
            [
                .. shapes.Select(shape => new ZoneTruth(
                    shape.Zone.Id, shape.Level, shape.AreaSquareKilometres, shape.Zone.SecondsToShelter)),
            ],
            Contacts = [.. contacts],
            Events = [.. events],
            Undetectable = undetectable,
        };
    }

    /// <summary>Where a threat is in a zone or near it. A falling object is only where it comes down.</summary>
    public static IEnumerable<Contact> ContactsOf(Mover mover, IReadOnlyList<ZoneShape> zones)
    {
        double from = Math.Max(mover.Movement.StartSeconds, mover.ThreatFromSeconds), until = mover.Movement.LastSeconds;
        if (mover.Threat is not { } kind || !(from <= until)) yield break;
        if (mover.Falls) from = until;
        GeoPoint[] way = [.. Moments(from, until).Select(seconds => mover.Movement.At(seconds)!.Value.Position.Point)];
        double[] times = [.. Moments(from, until)];
        double[] outside = new double[way.Length];
        foreach (ZoneShape shape in zones)
        {
            bool any = false;
            for (int i = 0; i < way.Length; i++)
            {
                outside[i] = shape.Outside(way[i], mover.NearMetres);
                any |= outside[i] <= mover.NearMetres;
            }

            if (!any) continue;
            foreach ((double begin, double end) in Stays(times, outside, mover.NearMetres))
                yield return new(mover.Movement.Id, shape.Zone.Id, kind, Inside: false, begin, end);
            foreach ((double begin, double end) in Stays(times, outside, 0))
                yield return new(mover.Movement.Id, shape.Zone.Id, kind, Inside: true, begin, end);
        }
    }

    static IEnumerable<double> Moments(double from, double until)
    {
        for (double seconds = from; seconds < until; seconds += Step) yield return seconds;
        yield return until;
    }

    /// <summary>When the distance is not above a limit, between the samples by its slope.</summary>
    static IEnumerable<(double From, double Until)> Stays(double[] times, double[] outside, double limit)
    {
        double? begun = null;
        for (int i = 0; i < times.Length; i++)
        {
            bool holds = outside[i] <= limit;
            if (holds && begun is null) begun = i == 0 ? times[0] : Passage(i);
            if (!holds && begun is { } began)
            {
                yield return (began, Passage(i));
                begun = null;
            }
        }

        if (begun is { } last) yield return (last, times[^1]);

        double Passage(int i)
        {
            double a = outside[i - 1], b = outside[i];
            return double.IsFinite(a) && double.IsFinite(b)
                ? times[i - 1] + ((limit - a) / (b - a) * (times[i] - times[i - 1]))
                : times[i];
        }
    }
}
