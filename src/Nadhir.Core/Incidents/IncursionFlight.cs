using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Identification;
using Nadhir.Tracking;

namespace Nadhir.Incidents;

/// <summary>One track inside one border: what was seen of it there.</summary>
sealed class IncursionFlight(int track, string border)
{
    const int MostPoints = 64;
    /// <summary>Of the track's own time between two looks: the outline of a country has thousands of corners.</summary>
    static readonly TimeSpan every = TimeSpan.FromSeconds(5);

    readonly SortedSet<string> mode3A = new(StringComparer.Ordinal);
    readonly SortedSet<string> zones = new(StringComparer.Ordinal);
    readonly List<GeoPoint> path = [];
    int stride = 1, skipped;
    DateTimeOffset last = DateTimeOffset.MinValue;

    public int Track => track;
    public string Border => border;
    public BorderCrossed? In { get; init; }
    public BorderCrossed? Out { get; set; }
    public DateTimeOffset? LostAt { get; private set; }
    public Cause? LostAs { get; private set; }
    public Identity Identity { get; private set; } = Identity.None;
    public double Existence { get; private set; } = 1;
    public ClassProbabilities Class { get; private set; }
    public double DepthMetres { get; private set; }
    public double DepthSigmaMetres { get; private set; }
    public GeoPoint? Deepest { get; private set; }
    public double LowestMetres { get; private set; } = double.NaN;
    public double HighestMetres { get; private set; } = double.NaN;
    public IEnumerable<string> Mode3A => mode3A;
    public IReadOnlyCollection<string> Zones => zones;
    public IReadOnlyList<GeoPoint> Path => path;
    public List<FirPassage> Firs { get; } = [];

    public bool IsOver => Out is not null || LostAt is not null;

    public double Probability => In is null ? Out?.Probability ?? 0 : Out is null ? In.Probability : Math.Min(In.Probability, Out.Probability);

    /// <summary>Whether there was anything new to note.</summary>
    public bool Take(Track seen, Identity identity, PlaneArea home, double lineSigma, Action<PlaneState, ISet<string>> addZones)
    {
        if (seen.State.Time - last < every) return false;
        last = seen.State.Time;
        Identity = identity;
        Existence = Math.Min(seen.ExistenceProbability, 1);
        Class = seen.Class;
        if (seen.Mode3A >= 0) mode3A.Add(Identifier.OctalCode(seen.Mode3A));
        double height = seen.State.HeightMetres;
        if (double.IsFinite(height))
        {
            LowestMetres = double.IsNaN(LowestMetres) ? height : Math.Min(LowestMetres, height);
            HighestMetres = double.IsNaN(HighestMetres) ? height : Math.Max(HighestMetres, height);
        }

        double depth = home.Nearest(seen.State.East, seen.State.North).SignedMetres;
        if (depth > DepthMetres)
        {
            DepthMetres = depth;
            DepthSigmaMetres = Math.Sqrt((lineSigma * lineSigma) + (seen.AccuracyMetres * seen.AccuracyMetres));
            Deepest = seen.Position.Point;
        }

        addZones(seen.State, zones);
        Add(seen.Position.Point);
        return true;
    }

    public void Lose(Track seen)
    {
        LostAt = seen.LastSeen;
        LostAs = double.IsFinite(seen.State.HeightMetres)
            ? Cause.Of(CauseCode.LastSeenAt, Math.Round(seen.State.HeightMetres), Math.Round(seen.GroundSpeed))
            : Cause.Of(CauseCode.LastSeenSomewhere, Math.Round(seen.GroundSpeed));
    }

    /// <summary>When the list is full every second point leaves it, and only every second one is taken from then on.</summary>
    void Add(GeoPoint point)
    {
        if (++skipped < stride) return;
        skipped = 0;
        if (path.Count == MostPoints)
        {
            for (int i = 0; i < MostPoints / 2; i++) path[i] = path[2 * i];
            path.RemoveRange(MostPoints / 2, MostPoints / 2);
            stride *= 2;
        }

        path.Add(point);
    }
}
