using System.Collections.Immutable;
using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Identification;
using Nadhir.Tracking;
using Nadhir.Warning;

namespace Nadhir.Incidents;

/// <summary>
/// Keeps the record of flights across a border that have no authorisation on file, as states report them. Those that
/// cross within two minutes and twenty kilometres of each other are one record. It decides nothing and warns nobody.
/// </summary>
sealed class IncursionDesk
{
    /// <summary>Records on the board; beyond, the oldest leave it. All crossings are in the journal.</summary>
    const int MostRows = 1000;
    const double TogetherMetres = 20_000;
    static readonly TimeSpan together = TimeSpan.FromMinutes(2);
    /// <summary>Passages of regions that a track may have; kept for as long as it is seen.</summary>
    const int MostPassages = 32;

    readonly Dictionary<string, (Border Border, PlaneArea Home)> homes = new(StringComparer.Ordinal);
    readonly CrossingMonitor[] firs;
    readonly ZoneIndex index;
    readonly PlaneArea[] zoneAreas;
    readonly ImmutableArray<Zone> zones;
    readonly List<int> near = [];
    readonly List<Incursion> incursions = [];
    readonly Dictionary<(int Track, string Border), (Incursion Incursion, IncursionFlight Flight)> open = [];
    readonly Dictionary<int, List<FirPassage>> passages = [];
    /// <summary>Flights of tracks that are still seen, over or not: a region often ends beyond the border.</summary>
    readonly Dictionary<int, List<(Incursion Incursion, IncursionFlight Flight)>> seen = [];
    readonly bool hasFirs;
    ImmutableArray<IncursionRow>? shown;
    int count;

    public IncursionDesk(WatchConfiguration configuration, StereographicPlane plane)
    {
        foreach (Border border in configuration.Borders) homes[border.Id] = (border, new PlaneArea(border.Home, plane));
        firs = [.. (configuration.Firs ?? []).Select(fir => new CrossingMonitor(
            new Border { Id = fir.Id, Name = fir.Name, Home = fir.Area, UncertaintyMetres = fir.UncertaintyMetres }, plane))];
        hasFirs = firs.Length > 0;
        zones = configuration.Zones;
        zoneAreas = [.. zones.Select(zone => new PlaneArea(zone.Area, plane))];
        index = new ZoneIndex(zoneAreas, _ => true);
    }

    public ImmutableArray<IncursionRow> Rows => shown ??= [.. incursions.Select(each => each.Row ??= IncursionWriter.Row(each, hasFirs))];

    public bool Has(string id) => incursions.Exists(each => each.Id == id);

    public void OnCrossing(BorderCrossed crossing, Identity identity)
    {
        if (identity.Kind == IdentityKind.Authorised && !open.ContainsKey((crossing.Track, crossing.Border))) return;
        if (crossing.Direction == CrossingDirection.Inbound) Enter(new IncursionFlight(crossing.Track, crossing.Border) { In = crossing }, crossing);
        else
        {
            if (!open.ContainsKey((crossing.Track, crossing.Border))) Enter(new IncursionFlight(crossing.Track, crossing.Border), crossing);
            if (!open.Remove((crossing.Track, crossing.Border), out (Incursion Incursion, IncursionFlight Flight) known)) return;
            known.Flight.Out = crossing;
            known.Incursion.Row = null;
            shown = null;
        }
    }

    public void OnTrack(Track track, Identity identity)
    {
        foreach (CrossingMonitor fir in firs)
        {
            if (fir.Update(track, identity) is not { } passed) continue;
            if (!passages.TryGetValue(track.Id, out List<FirPassage>? list)) passages[track.Id] = list = [];
            if (list.Count == MostPassages) continue;
            FirPassage passage = new(passed.Border, track.Id, passed.Direction, passed.Probability, passed.Earliest, passed.Latest);
            list.Add(passage);
            foreach ((Incursion incursion, IncursionFlight flight) in seen.GetValueOrDefault(track.Id) ?? [])
            {
                flight.Firs.Add(passage);
                incursion.Row = null;
                shown = null;
            }
        }

        if (open.Count == 0) return;
        foreach ((string id, (Border border, PlaneArea home)) in homes)
        {
            if (!open.TryGetValue((track.Id, id), out (Incursion Incursion, IncursionFlight Flight) known)) continue;
            if (!known.Flight.Take(track, identity, home, border.UncertaintyMetres, AddZones)) continue;
            known.Incursion.Row = null;
            shown = null;
        }
    }

    public void OnDropped(Track track)
    {
        passages.Remove(track.Id);
        seen.Remove(track.Id);
        foreach (CrossingMonitor fir in firs) fir.Forget(track.Id);
        foreach (string border in homes.Keys)
        {
            if (!open.Remove((track.Id, border), out (Incursion Incursion, IncursionFlight Flight) known)) continue;
            known.Flight.Lose(track);
            known.Incursion.Row = null;
            shown = null;
        }
    }

    public Cause? Handle(AmendIncursion order, DateTimeOffset now)
    {
        if (incursions.Find(each => each.Id == order.Incursion) is not { } incursion) return Cause.Of(CauseCode.NoSuch, "incursion", order.Incursion);
        if (incursion.Amendments.Count >= CommandCheck.MostAmendments) return Cause.Of(CauseCode.HasSoMany, incursion.Id, CommandCheck.MostAmendments, "amendments");
        incursion.Amendments.Add(new(order.Item, order.Value, order.Basis, order.By, now));
        incursion.Row = null;
        shown = null;
        return null;
    }

    void Enter(IncursionFlight flight, BorderCrossed crossing)
    {
        Incursion? with = incursions.FindLast(each => each.Border == crossing.Border && each.Flights.Exists(other =>
            other.In is { } entry && flight.In is not null && other.Track != flight.Track && (entry.Time - crossing.Time).Duration() <= together
            && Geodesic.Inverse(entry.Point, crossing.Point).DistanceMetres <= TogetherMetres));
        if (with is null)
        {
            if (incursions.Count == MostRows) incursions.RemoveAt(0);
            incursions.Add(with = new Incursion($"I-{crossing.Border}-{++count}", crossing.Border, homes[crossing.Border].Border.Name));
        }

        with.Flights.Add(flight);
        if (hasFirs)
        {
            flight.Firs.AddRange(passages.GetValueOrDefault(flight.Track) ?? []);
            if (!seen.TryGetValue(flight.Track, out List<(Incursion Incursion, IncursionFlight Flight)>? flights)) seen[flight.Track] = flights = [];
            if (flights.Count < MostPassages) flights.Add((with, flight));
        }

        with.Row = null;
        open[(flight.Track, flight.Border)] = (with, flight);
        shown = null;
    }

    void AddZones(PlaneState state, ISet<string> over)
    {
        near.Clear();
        index.Near(state.East, state.North, 0, near);
        foreach (int zone in near)
            if (over.Count < CommandCheck.MostRows && zoneAreas[zone].Contains(state.East, state.North)) over.Add(zones[zone].Id);
    }
}

/// <summary>One record under way.</summary>
sealed class Incursion(string id, string border, string borderName)
{
    public string Id => id;
    public string Border => border;
    public string BorderName => borderName;
    public List<IncursionFlight> Flights { get; } = [];
    public List<IncursionAmendment> Amendments { get; } = [];
    /// <summary>As shown last; null when something has changed since.</summary>
    public IncursionRow? Row { get; set; }
}
