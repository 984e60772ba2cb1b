using System.Collections.Immutable;
using System.Globalization;
using Nadhir.Geodesy;
using Nadhir.Units;

namespace Nadhir.Sensing;

/// <summary>What a person took it for.</summary>
public enum ObservedKind : byte { Unknown, Jet, Helicopter, Propeller, Drone, Rocket, Explosion }

/// <summary>How far a person took it to be: overhead; up to 1 km; up to 5 km; further.</summary>
public enum ObservedDistance : byte { Overhead, Near, Middle, Far }

/// <summary>
/// What signed-in people report. A report with a place and a direction, or overhead, is a measurement of a configured
/// sensor of kind observer: with a distance a sighting as far out as that is uncertain, without one a bearing from
/// where the person stands. People are dealt out to these sensors in the order in which they first report, as the
/// tracker confirms nothing by sightings of one sensor alone. A report that comes again (a phone that heard no
/// answer) is taken once.
/// </summary>
sealed class ObserverDesk(ImmutableArray<Sensor> sensors)
{
    /// <summary>Ids of reports that are remembered; the oldest is forgotten for a further one.</summary>
    public const int MostIds = 4096;
    /// <summary>People that are told apart; further ones share the first sensor.</summary>
    public const int MostPeople = 4096;
    /// <summary>What was seen longer ago is noted and is no measurement of now.</summary>
    public static readonly TimeSpan OldestMeasurement = TimeSpan.FromMinutes(1);
    /// <summary>Half of a point of the compass of sixteen, as a sigma.</summary>
    const double SigmaDegrees = 11.25;
    /// <summary>Distance at which an uncertain place of the observer turns the direction by as much; metres.</summary>
    const double TypicalDistance = 5000;

    readonly HashSet<string> known = new(StringComparer.Ordinal);
    readonly Queue<string> order = new();
    readonly ImmutableArray<int> observers =
        [.. Enumerable.Range(0, sensors.Length).Where(i => sensors[i].Kind == SensorKind.Observer)];
    readonly Dictionary<string, int> sensorOf = new(StringComparer.Ordinal);

    /// <summary>Whether a report of this id was taken before; it is remembered from now on.</summary>
    public bool IsRepeated(string? id)
    {
        if (string.IsNullOrEmpty(id)) return false;
        if (!known.Add(id)) return true;
        order.Enqueue(id);
        if (order.Count > MostIds) known.Remove(order.Dequeue());
        return false;
    }

    /// <summary>Null when it holds no direction or place, is too old, or there is no sensor of observers.</summary>
    public Measurement? Measure(ReportObservation report, DateTimeOffset now)
    {
        if (observers.IsEmpty || report.Position is not { IsValid: true } place
            || report.What == ObservedKind.Explosion) return null;
        TimeSpan age = report.SecondsAgo is { } seconds ? TimeSpan.FromSeconds(seconds)
            : report.SeenAt is { } told ? now - told : TimeSpan.Zero;
        if (age > OldestMeasurement || age < -OldestMeasurement) return null;
        Measurement seen = new()
        {
            Kind = MeasurementKind.Sighting, Sensor = SensorOf(report.By),
                Time = now - (age > TimeSpan.Zero ? age : TimeSpan.Zero),
            ReportedAs = new(report.What switch
            {
                ObservedKind.Jet => ObjectClass.Jet,
                ObservedKind.Helicopter => ObjectClass.Helicopter,
                ObservedKind.Propeller => ObjectClass.Propeller,
                ObservedKind.Drone => ObjectClass.Uav,
                ObservedKind.Rocket => ObjectClass.Rocket,
                _ => ObjectClass.None,
            }),
        };
        double own = report.PositionSigmaMetres ?? 0;
        if (report.Distance == ObservedDistance.Overhead) return At(seen, place, 500, own);
        if (report.DirectionDegrees is not { } direction) return null;
        double sigma = (report.DirectionSigmaDegrees ?? SigmaDegrees) * Angles.DegreesToRadians;
        switch (report.Distance)
        {
            case ObservedDistance.Near: return At(seen, Geodesic.Direct(place, direction, 600), 400, own);
            case ObservedDistance.Middle: return At(seen, Geodesic.Direct(place, direction, 3000), 1500, own);
            case ObservedDistance.Far: return At(seen, Geodesic.Direct(place, direction, 9000), 4000, own);
            default:
                return seen with
                {
                    Kind = MeasurementKind.Bearing,
                    LatitudeDegrees = place.LatitudeDegrees,
                    LongitudeDegrees = place.LongitudeDegrees,
                    AzimuthRadians = direction * Angles.DegreesToRadians,
                    SigmaAzimuthRadians = double.Hypot(sigma, Math.Atan(own / TypicalDistance)),
                };
        }
    }

    /// <summary>The report in a line, for the log.</summary>
    public static string Words(ReportObservation report)
    {
        string line = string.Join(", ", Said(report).Select(one => one.Words));
        return report.Zone is null ? line : $"{report.Zone}: {line}";
    }

    /// <summary>The same in codes, the zone before it where one is named.</summary>
    public static Cause Causes(ReportObservation report) =>
        Cause.Saying(CauseCode.Several, report.Zone is { } zone ? [Cause.Of(CauseCode.SeenIn, zone), .. Said(report)] : [.. Said(report)]);

    static IEnumerable<Cause> Said(ReportObservation report)
    {
        if (report.What is { } what) yield return report.Count is { } count ? Cause.Of(CauseCode.SawSoMany, what, count) : Cause.Of(CauseCode.Saw, what);
        if (report.DirectionDegrees is { } direction) yield return Cause.Of(CauseCode.SeenTowards, Say($"{direction:0}"));
        if (report.Distance is { } distance)
        {
            yield return Cause.Of(distance switch
            {
                ObservedDistance.Overhead => CauseCode.SeenOverhead,
                ObservedDistance.Near => CauseCode.SeenNear,
                ObservedDistance.Middle => CauseCode.SeenMiddle,
                _ => CauseCode.SeenFar,
            });
        }

        if (report.MovingDegrees is { } moving) yield return Cause.Of(CauseCode.SeenMoving, Say($"{moving:0}"));
        if (report.Position is { } place)
            yield return Cause.Of(CauseCode.SeenFrom, Say($"{place.LatitudeDegrees:0.0000}"), Say($"{place.LongitudeDegrees:0.0000}"));
        if (report.SecondsAgo is > 60 and var ago) yield return Cause.Of(CauseCode.MinutesAgo, Say($"{ago / 60:0}"));
        if (report.Text.Length > 0) yield return Cause.Of(CauseCode.Quoted, report.Text);
    }

    static Measurement At(in Measurement seen, GeoPoint place, double sigmaMetres, double own) => seen with
    {
        LatitudeDegrees = place.LatitudeDegrees,
        LongitudeDegrees = place.LongitudeDegrees,
        SigmaHorizontalMetres = double.Hypot(sigmaMetres, own),
    };

    int SensorOf(string person)
    {
        if (sensorOf.TryGetValue(person, out int sensor)) return sensor;
        if (sensorOf.Count >= MostPeople) return observers[0];
        return sensorOf[person] = observers[sensorOf.Count % observers.Length];
    }

    static string Say(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
