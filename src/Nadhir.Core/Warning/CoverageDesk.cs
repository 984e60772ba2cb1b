using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Sensing;

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
/// horizontal range of sensors that see what does not want to be seen (radars, acoustic nodes).
/// </summary>
sealed class CoverageDesk
{
    readonly ImmutableArray<Zone> zones;
    readonly ImmutableArray<int>[] watchers;
    readonly Coverage[] states;
    readonly bool[] blind;
    ImmutableArray<SensorState> last;

    public CoverageDesk(WatchConfiguration configuration)
    {
        zones = configuration.Zones;
        StereographicPlane plane = new(configuration.Origin);
        watchers = [.. zones.Select(zone => Watchers(configuration, Middle(zone.Area, plane)))];
        states = [.. watchers.Select(some => some.IsEmpty ? Coverage.None : Coverage.Blind)];
        blind = new bool[zones.Length];
        last = [.. configuration.Sensors.Select(_ => SensorState.NotSeen)];
    }

    /// <summary>The zone was watched over, and its sensors fell silent.</summary>
    public bool IsBlind(int zone) => blind[zone];

    public CoverageBoard Board() => new(
        states.Count(state => state == Coverage.Full),
        [.. zones.Select((zone, i) => new CoverageRow(zone.Id, states[i])).Where(row => row.State != Coverage.Full)]);

    public void Tick(ImmutableArray<SensorState> sensors, List<Decision> decisions)
    {
        if (sensors.AsSpan().SequenceEqual(last.AsSpan())) return;
        last = sensors;
        SortedDictionary<Coverage, List<string>> news = [];
        for (int i = 0; i < zones.Length; i++)
        {
            Coverage state = Of(watchers[i], sensors);
            // A zone nobody has watched yet, and one whose sensors are off on purpose, were not robbed of anything.
            blind[i] = state == Coverage.Blind && watchers[i].Any(sensor => sensors[sensor] == SensorState.Lost);
            if (state == states[i]) continue;
            states[i] = state;
            if (!news.TryGetValue(state, out List<string>? list)) news[state] = list = [];
            list.Add(zones[i].Id);
        }

        foreach ((Coverage state, List<string> changed) in news) decisions.Add(new CoverageChanged(state, [.. changed]));
    }

    static Coverage Of(ImmutableArray<int> watchers, ImmutableArray<SensorState> sensors)
    {
        if (watchers.IsEmpty) return Coverage.None;
        int working = watchers.Count(sensor => sensors[sensor] == SensorState.Working);
        return working == 0 ? Coverage.Blind : working == watchers.Length ? Coverage.Full : Coverage.Thinned;
    }

    static ImmutableArray<int> Watchers(WatchConfiguration configuration, GeoPoint middle) =>
    [
        .. configuration.Sensors.Select((sensor, i) => (sensor, i))
            .Where(p => p.sensor.Kind is SensorKind.Radar or SensorKind.Radar3D or SensorKind.Acoustic
                && Geodesic.Inverse(p.sensor.Position.Point, middle).DistanceMetres <= p.sensor.RangeMetres)
            .Select(p => p.i),
    ];

    static GeoPoint Middle(Area area, StereographicPlane plane)
    {
        if (area.Centre is { } centre) return centre;
        (double east, double north, _) = new PlaneArea(area, plane).Bounds;
        return plane.FromPlane(east, north);
    }
}
