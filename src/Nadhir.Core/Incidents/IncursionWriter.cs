using System.Collections.Immutable;
using System.Globalization;
using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Tracking;

namespace Nadhir.Incidents;

/// <summary>Writes an incursion's items: UTC, metres and degrees in figures, each with its probability and source.</summary>
static class IncursionWriter
{
    static readonly Cause unknown = Cause.Of(CauseCode.NotKnown), firstInside = Cause.Of(CauseCode.FirstSeenInside),
        notMeasured = Cause.Of(CauseCode.NotMeasured);
    static readonly string[] winds = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];

    public static IncursionRow Row(Incursion incursion, bool hasFirs)
    {
        List<IncursionFlight> flights = incursion.Flights;
        IncursionFlight deepest = flights.MaxBy(flight => flight.DepthMetres)!;
        IncursionState state = flights.Exists(flight => !flight.IsOver) ? IncursionState.Inside
            : flights.TrueForAll(flight => flight.Out is not null) ? IncursionState.Left : IncursionState.LostInside;
        return new IncursionRow(incursion.Id, incursion.Border, state, [.. flights.Select(flight => flight.Track).Distinct()])
        {
            Crossings = [.. flights.SelectMany(flight => new[] { flight.In?.Crossing, flight.Out?.Crossing }).OfType<string>()],
            In = flights.Min(flight => flight.In?.Time),
            Out = state == IncursionState.Left ? flights.Max(flight => flight.Out?.Time) : null,
            DepthMetres = Math.Round(deepest.DepthMetres),
            DepthSigmaMetres = Math.Round(deepest.DepthSigmaMetres),
            Deepest = deepest.Deepest,
            Path = [.. flights[0].Path],
            Firs = [.. flights.SelectMany(flight => flight.Firs)],
            Lines = Lines(incursion, deepest, state, hasFirs),
            Amendments = [.. incursion.Amendments],
        };
    }

    static ImmutableArray<IncursionLine> Lines(Incursion incursion, IncursionFlight deepest, IncursionState state, bool hasFirs)
    {
        List<IncursionFlight> flights = incursion.Flights;
        BorderCrossed? entry = flights.Select(flight => flight.In).OfType<BorderCrossed>().MinBy(crossing => crossing.Time);
        BorderCrossed? exit = state == IncursionState.Left
            ? flights.Select(flight => flight.Out).OfType<BorderCrossed>().MaxBy(crossing => crossing.Time) : null;
        string numbers = string.Join(", ", flights.Select(flight => flight.Track).Distinct());
        Cause tracks = Cause.Of(CauseCode.TracksOf, numbers), forPeople = Cause.Of(CauseCode.PeopleSay);
        double probability = flights.Max(flight => flight.Probability);
        Cause unseenExit = Cause.Of(state == IncursionState.Inside ? CauseCode.StillInside : CauseCode.NotSeenToLeave);
        var lines = ImmutableArray.CreateBuilder<IncursionLine>();

        BorderCrossed? dated = entry ?? exit;
        Add(IncursionItem.Date, dated is null ? unknown : Plain(Text($"{dated.Time:yyyy-MM-dd}")), dated?.Probability, Of(dated));
        Add(IncursionItem.TimeIn, entry is null ? firstInside : Moment(entry), entry?.Probability, Of(entry));
        Add(IncursionItem.TimeOut, exit is null ? unseenExit : Moment(exit), exit?.Probability, Of(exit));
        Add(IncursionItem.Duration, entry is null || exit is null ? unknown : Cause.Of(CauseCode.Minutes, Text($"{(exit.Time - entry.Time).TotalMinutes:0.0}")),
            entry is null || exit is null ? null : probability, Of(entry), Of(exit));
        Add(IncursionItem.Aircraft, Plain(Text($"{flights.Select(flight => flight.Track).Distinct().Count()}")),
            flights.Aggregate(1.0, (product, flight) => product * flight.Existence), tracks);
        (Cause kind, double likely) = Kind(flights[0].Class);
        Add(IncursionItem.Type, kind, likely > 0 ? likely : null, likely > 0 ? Cause.Of(CauseCode.MovementOf, numbers) : forPeople);
        Add(IncursionItem.Formation, Formation(flights), flights.Count > 1 ? probability : null, tracks);
        Add(IncursionItem.NationalAirspace, Plain(incursion.BorderName), probability, Of(dated));
        Add(IncursionItem.FlightInformationRegion, Regions(flights, hasFirs),
            flights.SelectMany(flight => flight.Firs).Select(passage => (double?)passage.Probability).Min(),
            hasFirs ? tracks : Cause.Of(CauseCode.ByConfiguration));
        string[] over = [.. flights.SelectMany(flight => flight.Zones).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Add(IncursionItem.AreaOverflown, over.Length == 0 ? Cause.Of(CauseCode.NoZone) : Plain(string.Join(", ", over)), probability, tracks);
        double low = flights.Select(flight => flight.LowestMetres).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
        double high = flights.Select(flight => flight.HighestMetres).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();
        Add(IncursionItem.Altitude, double.IsNaN(low) ? notMeasured : Cause.Of(CauseCode.AboveEllipsoid, Text($"{low:0}"), Text($"{high:0}")),
            double.IsNaN(low) ? null : probability, tracks);
        Add(IncursionItem.EntryDirection, Course(entry), entry?.Probability, Of(entry));
        Add(IncursionItem.EntryPoint, Place(entry), entry?.Probability, Of(entry));
        Add(IncursionItem.ExitDirection, exit is null ? unseenExit : Course(exit), exit?.Probability, Of(exit));
        Add(IncursionItem.ExitPoint, exit is null ? unseenExit : Place(exit), exit?.Probability, Of(exit));
        Add(IncursionItem.Depth, deepest.Deepest is not { } point ? notMeasured
            : Cause.Of(CauseCode.DepthAt, Text($"{deepest.DepthMetres / 1000:0.0}"), Text($"{deepest.DepthSigmaMetres / 1000:0.0}"), Point(point)),
            probability, Cause.Of(CauseCode.TracksOf, deepest.Track));
        string[] codes = [.. flights.SelectMany(flight => flight.Mode3A).Distinct(StringComparer.Ordinal)];
        Add(IncursionItem.Transponder, codes.Length == 0 ? Cause.Of(CauseCode.NoReplySeen) : Cause.Of(CauseCode.SaysMode3A, string.Join(", ", codes)), probability, tracks);
        Add(IncursionItem.FlightPlan, Cause.All([.. flights.SelectMany(Papers).DistinctBy(one => one.Words, StringComparer.Ordinal)]), null, Cause.Of(CauseCode.PapersOnFile));
        Add(IncursionItem.RadioContact, Cause.Of(CauseCode.NotReported), null, forPeople);
        Cause[] lost = [.. flights.Select(flight => flight.LostAs).OfType<Cause>()];
        Add(IncursionItem.Landing, lost.Length == 0 ? Cause.Of(CauseCode.NoneSeen) : Cause.All(lost), null, Cause.Saying(CauseCode.Several, tracks, forPeople));
        return lines.DrainToImmutable();

        void Add(IncursionItem item, Cause value, double? p, params ReadOnlySpan<Cause> source) =>
            lines.Add(new(item, value.Words, p is { } number ? Rounded(number) : null,
                source.Length == 1 ? source[0].Words : $"{source[0].Words}, {source[1].Words}")
            {
                Cause = value,
                Basis = source.Length == 1 ? source[0] : Cause.Saying(CauseCode.Several, source),
            });
    }

    static IEnumerable<Cause> Papers(IncursionFlight flight) =>
        flight.Identity.Kind == Identification.IdentityKind.Authorised ? [Cause.Of(CauseCode.WithinPaper, flight.Identity.Authorisation ?? "")]
        : flight.Identity.Differences.IsEmpty ? [Cause.Of(CauseCode.NoRecordFound)] : flight.Identity.Differences;

    /// <summary>Four figures; what is not certain is not rounded to certainty.</summary>
    static double Rounded(double p) => p < 1 ? Math.Min(Math.Round(p, 4), 0.9999) : 1;

    static Cause Plain(string figure) => Cause.Of(CauseCode.Plain, figure);

    static Cause Of(BorderCrossed? crossing) => crossing is null ? Cause.Of(CauseCode.NoCrossing) : Plain(crossing.Crossing);

    static Cause Moment(BorderCrossed c) =>
        Cause.Of(CauseCode.Within90, Text($"{c.Time:yyyy-MM-dd HH:mm:ss}Z"), Text($"{c.Earliest:HH:mm:ss}"), Text($"{c.Latest:HH:mm:ss}"));

    static Cause Place(BorderCrossed? c) =>
        c is null ? firstInside : Cause.Of(CauseCode.PlaceWithin, Point(c.Point), Text($"{c.SigmaMetres / 1000:0.0}"));

    static Cause Course(BorderCrossed? c) => c is null ? firstInside
        : Cause.Of(CauseCode.CourseTowards, Text($"{c.CourseDegrees:0}"), winds[(int)Math.Round(c.CourseDegrees / 45) & 7]);

    static string Point(GeoPoint p) =>
        Text($"{Math.Abs(p.LatitudeDegrees):0.00}°{(p.LatitudeDegrees < 0 ? 'S' : 'N')} {Math.Abs(p.LongitudeDegrees):0.00}°{(p.LongitudeDegrees < 0 ? 'W' : 'E')}");

    static (Cause Kind, double Probability) Kind(in ClassProbabilities c)
    {
        (CauseCode, double)[] kinds =
        [
            (CauseCode.MovesAsAircraft, c.Aircraft), (CauseCode.MovesAsHelicopter, c.Helicopter), (CauseCode.MovesAsSlowDrone, c.SlowDrone),
            (CauseCode.MovesAsCruise, c.CruiseType), (CauseCode.FallsFreely, c.Ballistic),
        ];
        (CauseCode kind, double likely) = kinds.MaxBy(each => each.Item2);
        return likely > 0 ? (Cause.Of(kind), likely) : (unknown, 0);
    }

    static Cause Formation(List<IncursionFlight> flights)
    {
        BorderCrossed[] entries = [.. flights.Select(flight => flight.In).OfType<BorderCrossed>()];
        if (entries.Length < 2) return Cause.Of(CauseCode.Alone);
        double apart = entries.Skip(1).Max(each => Geodesic.Inverse(entries[0].Point, each.Point).DistanceMetres);
        TimeSpan between = entries.Max(each => each.Time) - entries.Min(each => each.Time);
        return Cause.Of(CauseCode.Together, entries.Length, Text($"{apart / 1000:0.0}"), Text($"{between.TotalSeconds:0}"));
    }

    static Cause Regions(List<IncursionFlight> flights, bool hasFirs)
    {
        if (!hasFirs) return Cause.Of(CauseCode.NoRegions);
        Cause[] passed =
        [
            .. flights.SelectMany(flight => flight.Firs).Select(p => Cause.Of(
                p.Direction == CrossingDirection.Inbound ? CauseCode.RegionIn : CauseCode.RegionOut,
                p.Fir, Text($"{p.Earliest:HH:mm:ss}"), Text($"{p.Latest:HH:mm:ss}Z"), p.Track)),
        ];
        return passed.Length == 0 ? Cause.Of(CauseCode.NoRegionEdge) : Cause.All(passed);
    }

    static string Text(FormattableString text) => FormattableString.Invariant(text);
}
