using System.Text.Json;
using Nadhir.Tracking.Ballistics;

namespace Nadhir.Simulation.Scoring;

/// <summary>
/// The least 95 % impact ellipse that any estimator could give: posterior Cramér–Rao bound (Tichavský, Muravchik and
/// Nehorai, IEEE Trans. Signal Processing 46(5), 1998) over position, velocity and an unknown constant drag along the
/// true flight, with the true origin of each radar detection, exact dynamics and no noise. It begins when the burn has
/// ended, with almost nothing known.
/// </summary>
sealed class ImpactBound
{
    const int FewestDetections = 3;
    const double FirstPosition = 1000, FirstVelocity = 300, FirstDrag = 1e-4, HighestDrag = 0.002;

    static readonly BallisticEnvironment World = BallisticEnvironment.Flat with { AccelerationNoise = 0 };

    readonly Dictionary<(string Truth, long Milliseconds), double> areas = [];

    /// <summary>Square metres; none before the third detection after the burn.</summary>
    public double? AreaAt(string truth, double time) =>
        areas.TryGetValue((truth, ScoringInput.Milliseconds(time)), out double area) ? area : null;

    /// <summary>From a truth folder; null where it lacks the labels or the detections.</summary>
    public static ImpactBound? Read(string folder, IReadOnlyList<Impact> impacts)
    {
        string labels = Path.Combine(folder, "labels.jsonl"), detections = Path.Combine(folder, "detections.jsonl");
        if (!File.Exists(labels) || !File.Exists(detections)) return null;
        Dictionary<string, List<Sight>> seen = Sights(folder, labels, detections);
        Dictionary<string, List<FreeFall>> flights = [];
        JsonLines.Each(Path.Combine(folder, "truth.jsonl"), row =>
        {
            if (!row.TryGetProperty("phase", out JsonElement phase) || phase.GetString() != "ballistic") return;
            string id = row.GetProperty("id").GetString()!;
            double At(string name) => row.GetProperty(name).GetDouble();
            if (!flights.TryGetValue(id, out List<FreeFall>? flight)) flights[id] = flight = [];
            flight.Add(new(At("t"), At("x"), At("y"), At("z"), At("vx"), At("vy"), At("vz")));
        });
        ImpactBound bound = new();
        foreach (Impact impact in impacts)
            if (flights.TryGetValue(impact.Id, out List<FreeFall>? flight)
                && seen.TryGetValue(impact.Id, out List<Sight>? sights))
                bound.Follow(impact, flight, sights);
        return bound;
    }

    readonly record struct FreeFall(double Time, double X, double Y, double Z, double Vx, double Vy, double Vz);

    readonly record struct Sight(double Time, double FromX, double FromY, double FromZ,
        double Sr, double Saz, double Sel);

    static Dictionary<string, List<Sight>> Sights(string folder, string labels, string detections)
    {
        Dictionary<string, double[]> radars = new(StringComparer.Ordinal);
        using (JsonDocument meta = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "meta.json"))))
            foreach (JsonElement sensor in meta.RootElement.GetProperty("sensors").EnumerateArray())
                radars[sensor.GetProperty("id").GetString()!] =
                    [.. sensor.GetProperty("pos").EnumerateArray().Select(v => v.GetDouble())];
        Dictionary<long, string> origin = [];
        JsonLines.Each(labels, row =>
        {
            if (row.GetProperty("id") is { ValueKind: JsonValueKind.String } id)
                origin[row.GetProperty("i").GetInt64()] = id.GetString()!;
        });
        Dictionary<string, List<Sight>> seen = new(StringComparer.Ordinal);
        JsonLines.Each(detections, row =>
        {
            if (!row.TryGetProperty("r", out _)) return;
            if (!origin.TryGetValue(row.GetProperty("i").GetInt64(), out string? id)) return;
            double[] from = radars[row.GetProperty("sensor").GetString()!];
            if (!seen.TryGetValue(id, out List<Sight>? sights)) seen[id] = sights = [];
            double At(string name) => row.GetProperty(name).GetDouble();
            sights.Add(new(At("t"), from[0], from[1], from[2], At("sr"), At("saz"), At("sel")));
        });
        foreach (List<Sight> sights in seen.Values) sights.Sort((a, b) => a.Time.CompareTo(b.Time));
        return seen;
    }

    void Follow(Impact impact, List<FreeFall> flight, List<Sight> sights)
    {
        double drag = DragThatLands(flight[0], impact);
        BallisticState s = default;
        for (int i = 0; i < 3; i++)
        {
            s.Covariance[i, i] = FirstPosition * FirstPosition;
            s.Covariance[i + 3, i + 3] = FirstVelocity * FirstVelocity;
        }

        s.Covariance[BallisticState.DragAt, BallisticState.DragAt] = FirstDrag * FirstDrag;
        double time = flight[0].Time;
        Place(ref s, flight[0], drag);
        int next = sights.FindIndex(sight => sight.Time >= time), used = 0;
        foreach (FreeFall row in flight)
        {
            while (next >= 0 && next < sights.Count && sights[next].Time <= row.Time + 1e-9)
            {
                FallingFilter.Predict(ref s, sights[next].Time - time, World);
                time = Math.Max(time, sights[next].Time);
                FallingFilter.Correct(ref s, SeenAt(s, sights[next++]), gate: 1, widen: 1, out _);
                used++;
            }

            FallingFilter.Predict(ref s, row.Time - time, World);
            time = row.Time;
            Place(ref s, row, drag);
            if (used < FewestDetections) continue;
            BallisticHypothesis known = new() { State = s, Weight = 1 };
            if (ImpactPredictor.Predict(new(in known), 0, time, World, out FlatImpact least))
                areas[(impact.Id, ScoringInput.Milliseconds(time))] = least.Area;
        }
    }

    static void Place(ref BallisticState s, in FreeFall at, double drag) =>
        (s.X, s.Y, s.Z, s.U, s.V, s.W, s.Drag) = (at.X, at.Y, at.Z, at.Vx, at.Vy, at.Vz, drag);

    /// <summary>A measurement without error of where it is, with the covariance of the radar's noise there.</summary>
    static PositionFix SeenAt(in BallisticState s, in Sight sight)
    {
        double x = s.X - sight.FromX, y = s.Y - sight.FromY, z = s.Z - sight.FromZ;
        double ground = Math.Max(1, Math.Sqrt((x * x) + (y * y))), range = Math.Sqrt((ground * ground) + (z * z));
        double along = sight.Sr * sight.Sr, across = ground * sight.Saz, up = range * sight.Sel;
        across *= across;
        up *= up;
        (double ax, double ay, double az) = (x / range, y / range, z / range);
        (double cx, double cy) = (y / ground, -x / ground);
        (double ux, double uy, double uz) = (-z * x / (range * ground), -z * y / (range * ground), ground / range);
        return new(s.X, s.Y, s.Z,
            (along * ax * ax) + (across * cx * cx) + (up * ux * ux),
            (along * ax * ay) + (across * cx * cy) + (up * ux * uy),
            (along * ax * az) + (up * ux * uz),
            (along * ay * ay) + (across * cy * cy) + (up * uy * uy),
            (along * ay * az) + (up * uy * uz), (along * az * az) + (up * uz * uz));
    }

    /// <summary>The drag with which a flight ends as far away as it did: more drag, less far.</summary>
    static double DragThatLands(in FreeFall from, Impact impact)
    {
        double far = Math.Sqrt(Square(impact.X - from.X) + Square(impact.Y - from.Y)), low = 0, high = HighestDrag;
        for (int i = 0; i < 40; i++)
        {
            BallisticHypothesis tried = new() { Weight = 1 };
            Place(ref tried.State, from, 0.5 * (low + high));
            if (!ImpactPredictor.Predict(new(in tried), 0, 0, World, out FlatImpact there)) return low;
            if (Square(there.X - from.X) + Square(there.Y - from.Y) > far * far) low = tried.State.Drag;
            else high = tried.State.Drag;
        }

        return low;
    }

    static double Square(double v) => v * v;
}
