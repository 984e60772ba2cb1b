using System.Text.Json;
using Nadhir.Tracking.Ballistics;

namespace Nadhir.Simulation.Scoring;

/// <summary>A state in space of one truth or track at an evaluation time.</summary>
public readonly record struct ScoredState(string Id, double X, double Y, double Z, double Vx, double Vy, double Vz)
{
    /// <summary>Position covariance xx, xy, xz, yy, yz, zz; none when not given.</summary>
    public double[]? Covariance { get; init; }

    public double DistanceTo(in ScoredState other)
    {
        double x = X - other.X, y = Y - other.Y, z = Z - other.Z;
        return Math.Sqrt((x * x) + (y * y) + (z * z));
    }

    public double VelocityErrorTo(in ScoredState other)
    {
        double x = Vx - other.Vx, y = Vy - other.Vy, z = Vz - other.Vz;
        return Math.Sqrt((x * x) + (y * y) + (z * z));
    }
}

/// <summary>Where a falling object is predicted to come down, or did.</summary>
public readonly record struct Impact(string Id, double ReportedAt, double X, double Y, double Time)
{
    /// <summary>With its ellipse and its interval of time, when they were told.</summary>
    public FlatImpact? Told { get; init; }
}

/// <summary>Everything a score is made from: truth and tracks by evaluation time.</summary>
public sealed record ScoringInput
{
    public required string Scenario { get; init; }
    public required int Seed { get; init; }
    public required double CutOff { get; init; }
    public required double Order { get; init; }
    public required double[] Times { get; init; }
    public required List<ScoredState>[] Truth { get; init; }
    public required List<ScoredState>[] Tracks { get; init; }
    public int IgnoredRows { get; init; }
    public List<Impact> TrueImpacts { get; init; } = [];
    public List<Impact> PredictedImpacts { get; init; } = [];
    /// <summary>Least area of an impact ellipse, m², by truth and time; none when it cannot be reckoned.</summary>
    public Func<string, double, double?>? LeastImpactArea { get; init; }

    /// <summary>Reads a truth folder (meta.json, truth.jsonl, impacts.jsonl) and a tracks file.</summary>
    /// <exception cref="InvalidDataException">A row that cannot be scored, with its file and line.</exception>
    public static ScoringInput Read(string folder, string tracksPath, string? impactsPath = null)
    {
        using JsonDocument meta = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "meta.json")));
        JsonElement root = meta.RootElement;
        double[] times = [.. root.GetProperty("eval_times").EnumerateArray().Select(t => t.GetDouble())];
        Dictionary<long, int> key = [];
        for (int k = 0; k < times.Length; k++) key[Milliseconds(times[k])] = k;
        List<ScoredState>[] truth = Rows(times), tracks = Rows(times);
        HashSet<(int, string)> present = [];
        int ignored = 0;
        JsonLines.Each(Path.Combine(folder, "truth.jsonl"), row =>
        {
            if (!key.TryGetValue(Milliseconds(row.GetProperty("t").GetDouble()), out int k))
                throw new InvalidDataException("a truth row is at no evaluation time");
            truth[k].Add(State(row));
        });
        JsonLines.Each(tracksPath, row =>
        {
            if (!key.TryGetValue(Milliseconds(row.GetProperty("t").GetDouble()), out int k))
            {
                ignored++;
                return;
            }

            ScoredState state = State(row);
            if (!present.Add((k, state.Id))) throw new InvalidDataException($"two rows for track {state.Id} at t={times[k]}");
            tracks[k].Add(state);
        });
        List<Impact> happened = [], predicted = [];
        if (impactsPath is not null)
        {
            JsonLines.Each(Path.Combine(folder, "impacts.jsonl"), row => happened.Add(new(Name(row), 0,
                row.GetProperty("x").GetDouble(), row.GetProperty("y").GetDouble(), row.GetProperty("t").GetDouble())));
            JsonLines.Each(impactsPath, row => predicted.Add(Predicted(row)));
        }

        return new()
        {
            Scenario = root.GetProperty("scenario").GetString() ?? "",
            Seed = root.GetProperty("seed").GetInt32(),
            CutOff = root.GetProperty("gospa_c").GetDouble(),
            Order = root.GetProperty("gospa_p").GetDouble(),
            Times = times,
            Truth = truth,
            Tracks = tracks,
            IgnoredRows = ignored,
            TrueImpacts = happened,
            PredictedImpacts = predicted,
            LeastImpactArea = impactsPath is not null && ImpactBound.Read(folder, happened) is { } bound
                ? bound.AreaAt
                : null,
        };
    }

    public static long Milliseconds(double seconds) => (long)Math.Round(seconds * 1000);

    static List<ScoredState>[] Rows(double[] times) => [.. times.Select(_ => new List<ScoredState>())];

    static string Name(JsonElement row) =>
        row.GetProperty("id") is { ValueKind: JsonValueKind.String } id ? id.GetString()! : row.GetProperty("id").GetRawText();

    static Impact Predicted(JsonElement row)
    {
        double At(string name) => row.GetProperty(name).GetDouble();
        Impact impact = new(Name(row), At("t"), At("ix"), At("iy"), At("it"));
        if (!row.TryGetProperty("pp", out JsonElement pp) || pp.GetArrayLength() != 3) return impact;
        bool hasInterval = row.TryGetProperty("t05", out _) && row.TryGetProperty("t95", out _);
        return impact with
        {
            Told = new(impact.X, impact.Y, impact.Time, pp[0].GetDouble(), pp[1].GetDouble(), pp[2].GetDouble(),
                hasInterval ? At("t05") : double.NaN, hasInterval ? At("t95") : double.NaN),
        };
    }

    static ScoredState State(JsonElement row) => new(Name(row),
        row.GetProperty("x").GetDouble(), row.GetProperty("y").GetDouble(), row.GetProperty("z").GetDouble(),
        row.GetProperty("vx").GetDouble(), row.GetProperty("vy").GetDouble(), row.GetProperty("vz").GetDouble())
    {
        Covariance = row.TryGetProperty("pp", out JsonElement pp) ? [.. pp.EnumerateArray().Select(v => v.GetDouble())] : null,
    };
}
