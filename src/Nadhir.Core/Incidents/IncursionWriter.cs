using System.Collections.Immutable;
using System.Globalization;
using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Tracking;

namespace Nadhir.Incidents;

/// <summary>Writes an incursion's items: UTC, metres and degrees in figures, each with its probability and source.</summary>
static class IncursionWriter
{
    const string ForPeople = "for people to say";
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
        string tracks = $"track {string.Join(", ", flights.Select(flight => flight.Track).Distinct())}";
        double probability = flights.Max(flight => flight.Probability);
        string unseenExit = state == IncursionState.Inside ? "still inside" : "not seen to leave";
        var lines = ImmutableArray.CreateBuilder<IncursionLine>();

        BorderCrossed? dated = entry ?? exit;
        Add(IncursionItem.Date, dated is null ? "unknown" : dated.Time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), dated?.Probability, Of(dated));
        Add(IncursionItem.TimeIn, entry is null ? "first seen inside" : Moment(entry), entry?.Probability, Of(entry));
        Add(IncursionItem.TimeOut, exit is null ? unseenExit : Moment(exit), exit?.Probability, Of(exit));
        Add(IncursionItem.Duration, entry is null || exit is null ? "unknown"
            : Text($"{(exit.Time - entry.Time).TotalMinutes:0.0} min"), entry is null || exit is null ? null : probability, $"{Of(entry)}, {Of(exit)}");
        Add(IncursionItem.Aircraft, Text($"{flights.Select(flight => flight.Track).Distinct().Count()}"),
            flights.Aggregate(1.0, (product, flight) => product * flight.Existence), tracks);
        (string kind, double likely) = Kind(flights[0].Class);
        Add(IncursionItem.Type, kind, likely > 0 ? likely : null, likely > 0 ? $"movement of {tracks}" : ForPeople);
        Add(IncursionItem.Formation, Formation(flights), flights.Count > 1 ? probability : null, tracks);
        Add(IncursionItem.NationalAirspace, incursion.BorderName, probability, Of(dated));
        Add(IncursionItem.FlightInformationRegion, Regions(flights, hasFirs),
            flights.SelectMany(flight => flight.Firs).Select(passage => (double?)passage.Probability).Min(), hasFirs ? tracks : "configuration");
        string[] over = [.. flights.SelectMany(flight => flight.Zones).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Add(IncursionItem.AreaOverflown, over.Length == 0 ? "no zone" : string.Join(", ", over), probability, tracks);
        double low = flights.Select(flight => flight.LowestMetres).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
        double high = flights.Select(flight => flight.HighestMetres).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();
        Add(IncursionItem.Altitude, double.IsNaN(low) ? "not measured" : Text($"{low:0} to {high:0} m above the ellipsoid"),
            double.IsNaN(low) ? null : probability, tracks);
        Add(IncursionItem.EntryDirection, Course(entry), entry?.Probability, Of(entry));
        Add(IncursionItem.EntryPoint, Place(entry), entry?.Probability, Of(entry));
        Add(IncursionItem.ExitDirection, exit is null ? unseenExit : Course(exit), exit?.Probability, Of(exit));
        Add(IncursionItem.ExitPoint, exit is null ? unseenExit : Place(exit), exit?.Probability, Of(exit));
        Add(IncursionItem.Depth, deepest.Deepest is not { } point ? "not measured" : Text(
            $"{deepest.DepthMetres / 1000:0.0} km (one sigma {deepest.DepthSigmaMetres / 1000:0.0} km) at {Point(point)}"), probability, $"track {deepest.Track}");
        string[] codes = [.. flights.SelectMany(flight => flight.Mode3A).Distinct(StringComparer.Ordinal)];
        Add(IncursionItem.Transponder, codes.Length == 0 ? "no reply seen" : $"Mode 3/A {string.Join(", ", codes)}", probability, tracks);
        Add(IncursionItem.FlightPlan, string.Join("; ", flights.SelectMany(flight =>
            flight.Identity.Kind == Identification.IdentityKind.Authorised ? [$"within {flight.Identity.Authorisation}"]
            : flight.Identity.Differences.IsEmpty ? ["no record found"] : flight.Identity.Differences.Select(one => one.Words)).Distinct(StringComparer.Ordinal)),
            null, "authorisations on file");
        Add(IncursionItem.RadioContact, "not reported", null, ForPeople);
        Add(IncursionItem.Landing, string.Join("; ", flights.Select(flight => flight.LostAs).Where(lost => lost.Length > 0).DefaultIfEmpty("none seen")),
            null, $"{tracks}; {ForPeople}");
        return lines.DrainToImmutable();

        void Add(IncursionItem item, string value, double? p, string source) =>
            lines.Add(new(item, value, p is { } number ? Rounded(number) : null, source));
    }

    /// <summary>Four figures; what is not certain is not rounded to certainty.</summary>
    static double Rounded(double p) => p < 1 ? Math.Min(Math.Round(p, 4), 0.9999) : 1;

    static string Of(BorderCrossed? crossing) => crossing?.Crossing ?? "no crossing on record";

    static string Moment(BorderCrossed c) => Text($"{c.Time:yyyy-MM-dd HH:mm:ss}Z (90 %: {c.Earliest:HH:mm:ss} to {c.Latest:HH:mm:ss})");

    static string Place(BorderCrossed? c) => c is null ? "first seen inside" : Text($"{Point(c.Point)} (one sigma {c.SigmaMetres / 1000:0.0} km)");

    static string Course(BorderCrossed? c) => c is null ? "first seen inside"
        : Text($"course {c.CourseDegrees:0}°, towards the {winds[(int)Math.Round(c.CourseDegrees / 45) & 7]}");

    static string Point(GeoPoint p) =>
        Text($"{Math.Abs(p.LatitudeDegrees):0.00}°{(p.LatitudeDegrees < 0 ? 'S' : 'N')} {Math.Abs(p.LongitudeDegrees):0.00}°{(p.LongitudeDegrees < 0 ? 'W' : 'E')}");

    static (string Kind, double Probability) Kind(in ClassProbabilities c)
    {
        (string, double)[] kinds =
        [
            ("moves like an aircraft", c.Aircraft), ("moves like a helicopter", c.Helicopter), ("moves like a slow drone", c.SlowDrone),
            ("moves like a cruise type", c.CruiseType), ("falls freely", c.Ballistic),
        ];
        (string kind, double likely) = kinds.MaxBy(each => each.Item2);
        return likely > 0 ? (kind, likely) : ("unknown", 0);
    }

    static string Formation(List<IncursionFlight> flights)
    {
        BorderCrossed[] entries = [.. flights.Select(flight => flight.In).OfType<BorderCrossed>()];
        if (entries.Length < 2) return "alone";
        double apart = entries.Skip(1).Max(each => Geodesic.Inverse(entries[0].Point, each.Point).DistanceMetres);
        TimeSpan between = entries.Max(each => each.Time) - entries.Min(each => each.Time);
        return Text($"{entries.Length} together: within {apart / 1000:0.0} km and {between.TotalSeconds:0} s at the border");
    }

    static string Regions(List<IncursionFlight> flights, bool hasFirs)
    {
        if (!hasFirs) return "no region configured";
        string[] passed =
        [
            .. flights.SelectMany(flight => flight.Firs).Select(p => Text(
                $"{p.Fir} {(p.Direction == CrossingDirection.Inbound ? "in" : "out")} {p.Earliest:HH:mm:ss} to {p.Latest:HH:mm:ss}Z (track {p.Track})")),
        ];
        return passed.Length == 0 ? "no edge of a region passed while seen" : string.Join("; ", passed);
    }

    static string Text(FormattableString text) => FormattableString.Invariant(text);
}
