using Nadhir.Formats.ModeS.Squitters;
using Nadhir.Geodesy;

namespace Nadhir.Formats.ModeS;

/// <summary>Where a receiver stands and how far it can hear: what a first position is measured by.</summary>
readonly record struct Reception(GeoPoint Receiver, double RangeMetres)
{
    /// <summary>
    /// A recording whose receiver nobody told: any place in the air will do, and on the surface none.
    /// </summary>
    public static readonly Reception Unknown = new(new(double.NaN, double.NaN), double.PositiveInfinity);

    public bool IsUnknown => double.IsNaN(Receiver.LatitudeDegrees);
}

/// <summary>
/// Turns the compact positions of one aircraft into places (DO-260B 2.2.10.3, appendix A.1.7): a pair gives a place
/// when it is young enough, a single message one near the last place. A first place must be within reception; a later
/// one must be reachable from the last at a believable speed, or two in a row that agree with each other take over.
/// </summary>
struct PositionFinder
{
    /// <summary>A pair may be so far apart: in the air, slow on the surface, and fast there (A.1.7.7).</summary>
    const long AirbornePair = 10 * TimeSpan.TicksPerSecond;
    const long SlowSurfacePair = 50 * TimeSpan.TicksPerSecond, FastSurfacePair = 25 * TimeSpan.TicksPerSecond;
    const double SlowKnots = 25;
    /// <summary>A last place serves as reference and for the test of speed for so long.</summary>
    const long ReferenceFor = 120 * TimeSpan.TicksPerSecond;
    /// <summary>
    /// A place may be so far off the last one, metres, and further with time at these speeds, m/s: faster than any
    /// aircraft that carries a transponder, or vehicle.
    /// </summary>
    const double Slack = 1000, AirborneSpeed = 1000, SurfaceSpeed = 120;
    /// <summary>Further than 45 NM a single message on the surface is ambiguous.</summary>
    const double SurfaceReach = 83_000;

    public static readonly PositionFinder New = new()
    {
        evenAt = AircraftState.Never,
        oddAt = AircraftState.Never,
        lastAt = AircraftState.Never,
        rivalAt = AircraftState.Never,
    };

    CompactPosition even, odd;
    bool evenOnSurface, oddOnSurface;
    long evenAt, oddAt, lastAt, rivalAt;
    GeoPoint last, rival;

    /// <summary>Places that were not believed.</summary>
    public int Rejected { get; private set; }

    /// <summary>False when there is no place yet, or none to be believed.</summary>
    /// <param name="knots">On the surface, NaN when not told.</param>
    public bool TryPlace(
        CompactPosition told, bool surface, double knots, long ticks, in Reception reception, out GeoPoint place)
    {
        if (told.IsOdd) (odd, oddAt, oddOnSurface) = (told, ticks, surface);
        else (even, evenAt, evenOnSurface) = (told, ticks, surface);
        bool hasLast = Since(lastAt, ticks) <= ReferenceFor;
        long pair = !surface ? AirbornePair : knots <= SlowKnots ? SlowSurfacePair : FastSurfacePair;
        bool paired = evenOnSurface == oddOnSurface && evenAt != AircraftState.Never && oddAt != AircraftState.Never
            && Math.Abs(evenAt - oddAt) <= pair;
        GeoPoint near = hasLast ? last : reception.Receiver;
        place = default;
        bool found = paired && !(surface && !hasLast && reception.IsUnknown)
            && CompactPositionReporting.TryGlobal(even, odd, told.IsOdd, surface, near, out place);
        if (!found && (!hasLast || !CompactPositionReporting.TryLocal(told, surface, last, out place)))
            return None(out place);
        if (hasLast ? CanReach(last, lastAt, place, surface, ticks) : IsReceived(place, surface, reception))
            return Take(place, ticks);

        Rejected++;
        if (!hasLast || !found) return None(out place);
        // Twice elsewhere and both times the same elsewhere: then it was the last place that was wrong.
        bool agrees = Since(rivalAt, ticks) <= AirbornePair && CanReach(rival, rivalAt, place, surface, ticks)
            && IsReceived(place, surface, reception);
        (rival, rivalAt) = (place, ticks);
        return agrees ? Take(place, ticks) : None(out place);
    }

    bool Take(GeoPoint place, long ticks)
    {
        (last, lastAt, rivalAt) = (place, ticks, AircraftState.Never);
        return true;
    }

    static bool None(out GeoPoint place)
    {
        place = default;
        return false;
    }

    static bool IsReceived(GeoPoint place, bool surface, in Reception reception) =>
        reception.IsUnknown
        || Distance(reception.Receiver, place)
            <= (surface ? Math.Min(SurfaceReach, reception.RangeMetres) : reception.RangeMetres);

    static bool CanReach(GeoPoint from, long at, GeoPoint to, bool surface, long ticks)
    {
        double seconds = Math.Abs(ticks - at) / (double)TimeSpan.TicksPerSecond;
        return Distance(from, to) <= Slack + (seconds * (surface ? SurfaceSpeed : AirborneSpeed));
    }

    static long Since(long at, long ticks) => at == AircraftState.Never ? long.MaxValue : Math.Abs(ticks - at);

    /// <summary>Metres on a sphere: good to half a percent, which is enough to tell what is possible.</summary>
    internal static double Distance(GeoPoint one, GeoPoint other)
    {
        const double radius = 6_371_000, radians = Math.PI / 180;
        double north = Math.Sin((other.LatitudeDegrees - one.LatitudeDegrees) * radians / 2);
        double east = Math.Sin((other.LongitudeDegrees - one.LongitudeDegrees) * radians / 2);
        double half = (north * north) + (Math.Cos(one.LatitudeDegrees * radians)
            * Math.Cos(other.LatitudeDegrees * radians) * east * east);
        return 2 * radius * Math.Asin(Math.Sqrt(Math.Min(1, half)));
    }
}
