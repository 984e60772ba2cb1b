using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Tracking.Engine;

namespace Nadhir.Warning;

/// <summary>Whether anything watches over a zone.</summary>
public enum Coverage : byte
{
    /// <summary>No configured sensor reaches its middle.</summary>
    None,
    /// <summary>Those that would reach it are silent, off, or not heard yet.</summary>
    Blind,
    /// <summary>Some that would reach it are not working.</summary>
    Thinned,
    Full,
}

/// <summary>
/// Which zones are watched over: silence is not calm, so a zone whose sensors are lost says so. What counts is the
/// horizontal range of sensors that see what does not want to be seen (radars, acoustic nodes). How low they see is told
/// beside it: a radar's horizon hides what flies low, far out.
/// </summary>
sealed class CoverageDesk
{
    /// <summary>What flies low flies below this: a zone seen only from higher up is told. Metres above ground.</summary>
    public const double LowMetres = 150;

    readonly ImmutableArray<Zone> zones;
    readonly ImmutableArray<Watcher>[] watchers;
    readonly Coverage[] states;
    readonly double[] seenFrom;
    readonly DateTimeOffset?[] since, lowSince;
    readonly bool[] blind;
    ImmutableArray<SensorState> last;
    bool started;

    public CoverageDesk(WatchConfiguration configuration)
    {
        zones = configuration.Zones;
        StereographicPlane plane = new(configuration.Origin);
        watchers = [.. zones.Select(zone => Watchers(configuration, Middle(zone.Area, plane)))];
        states = [.. watchers.Select(some => some.IsEmpty ? Coverage.None : Coverage.Blind)];
        blind = new bool[zones.Length];
        seenFrom = [.. zones.Select(_ => double.PositiveInfinity)];
        (since, lowSince) = (new DateTimeOffset?[zones.Length], new DateTimeOffset?[zones.Length]);
        last = [.. configuration.Sensors.Select(_ => SensorState.NotSeen)];
    }

    /// <summary>The zone was watched over, and its sensors fell silent.</summary>
    public bool IsBlind(int zone) => blind[zone];

    public CoverageBoard Board() => new(
        states.Count(state => state == Coverage.Full),
        [.. Rows(i => states[i] != Coverage.Full, since)])
    {
        Low = [.. Rows(i => states[i] is Coverage.Full or Coverage.Thinned && seenFrom[i] > LowMetres, lowSince)],
    };

    IEnumerable<CoverageRow> Rows(Func<int, bool> listed, DateTimeOffset?[] from)
    {
        for (int i = 0; i < zones.Length; i++)
            if (listed(i)) yield return new(zones[i].Id, states[i], from[i]) { SeenFromMetres = SeenFrom(i) };
    }

    /// <summary>To ten metres: the ground is not smooth to less.</summary>
    double? SeenFrom(int zone) => double.IsFinite(seenFrom[zone]) ? Math.Round(seenFrom[zone] / 10) * 10 : null;

    public void Tick(ImmutableArray<SensorState> sensors, DateTimeOffset now, List<Decision> decisions)
    {
        if (started && sensors.AsSpan().SequenceEqual(last.AsSpan())) return;
        last = sensors;
        SortedDictionary<Coverage, List<string>> news = [];
        for (int i = 0; i < zones.Length; i++)
        {
            Coverage state = Of(watchers[i], sensors);
            bool low = seenFrom[i] > LowMetres;
            seenFrom[i] = Lowest(watchers[i], sensors);
            if (!started || low != seenFrom[i] > LowMetres) lowSince[i] = now;
            if (!started || state != states[i]) since[i] = now;
            // A zone nobody has watched yet, and one whose sensors are off on purpose, were not robbed of anything.
            blind[i] = state == Coverage.Blind && watchers[i].Any(watcher => sensors[watcher.Sensor] == SensorState.Lost);
            if (state == states[i]) continue;
            states[i] = state;
            if (!news.TryGetValue(state, out List<string>? list)) news[state] = list = [];
            list.Add(zones[i].Id);
        }

        started = true;
        foreach ((Coverage state, List<string> changed) in news) decisions.Add(new CoverageChanged(state, [.. changed]));
    }

    static Coverage Of(ImmutableArray<Watcher> watchers, ImmutableArray<SensorState> sensors)
    {
        if (watchers.IsEmpty) return Coverage.None;
        int working = watchers.Count(watcher => sensors[watcher.Sensor] == SensorState.Working);
        return working == 0 ? Coverage.Blind : working == watchers.Length ? Coverage.Full : Coverage.Thinned;
    }

    static double Lowest(ImmutableArray<Watcher> watchers, ImmutableArray<SensorState> sensors)
    {
        double lowest = double.PositiveInfinity;
        foreach (Watcher watcher in watchers)
            if (sensors[watcher.Sensor] == SensorState.Working) lowest = Math.Min(lowest, watcher.LowestMetres);
        return lowest;
    }

    static ImmutableArray<Watcher> Watchers(WatchConfiguration configuration, GeoPoint middle) =>
    [
        .. configuration.Sensors.Select((sensor, i) => (sensor, i, metres: Geodesic.Inverse(sensor.Position.Point, middle).DistanceMetres))
            .Where(p => p.sensor.Kind is SensorKind.Radar or SensorKind.Radar3D or SensorKind.Acoustic && p.metres <= p.sensor.RangeMetres)
            .Select(p => new Watcher(p.i, p.sensor.Kind == SensorKind.Acoustic ? 0 : SensorGeometry.LowestSeen(
                Math.Max(5, p.sensor.AntennaMetres), p.metres))),
    ];

    static GeoPoint Middle(Area area, StereographicPlane plane)
    {
        if (area.Centre is { } centre) return centre;
        (double east, double north, _) = new PlaneArea(area, plane).Bounds;
        return plane.FromPlane(east, north);
    }

    /// <summary>A sensor that reaches the zone's middle.</summary>
    /// <param name="LowestMetres">How low it sees there, above smooth ground.</param>
    readonly record struct Watcher(int Sensor, double LowestMetres);
}
