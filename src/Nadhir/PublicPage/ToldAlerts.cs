using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Warning;

namespace Nadhir.PublicPage;

/// <summary>An alert as the public has been told of it. The same object for as long as what is told stays the same.</summary>
sealed record ToldAlert(string Id, int Zone, PublicState State, ThreatKind Kind)
{
    public required string Message { get; init; }
    public required DateTimeOffset Since { get; init; }
    public required DateTimeOffset Updated { get; init; }
    public ArrivalInterval? Arrival { get; init; }
    public int? DistanceKilometres { get; init; }
    public DateTimeOffset DistanceAt { get; init; }
    public required ImmutableSortedDictionary<string, ZoneWords> Texts { get; init; }
}

/// <summary>
/// Reads from the boards what has been said to the public: alerts with a message, in the words of that message, with the
/// figures of the moment it was issued. What only waits for its release is not told. One owner.
/// </summary>
sealed class ToldAlerts(WatchConfiguration configuration, ZoneDirectory directory, bool tellsDistance)
{
    const int StepKilometres = 5;

    /// <summary>A distance is told anew no more often than this.</summary>
    static readonly TimeSpan distanceEvery = TimeSpan.FromSeconds(10);

    readonly StereographicPlane plane = new(configuration.Origin);
    readonly Dictionary<int, PlaneArea> areas = [];
    Dictionary<string, (ToldAlert Alert, int Messages)> told = new(StringComparer.Ordinal);

    /// <summary>All that are told now.</summary>
    public ImmutableArray<ToldAlert> Read(Boards boards)
    {
        Dictionary<string, (ToldAlert Alert, int Messages)> next = new(StringComparer.Ordinal);
        foreach (AlertRow row in boards.Alerts)
        {
            if (StateOf(row.State) is not { } state || row.Messages.IsDefaultOrEmpty) continue;
            int zone = directory.IndexOf(row.Zone);
            if (zone < 0) continue;
            bool known = told.TryGetValue(row.Id, out (ToldAlert Alert, int Messages) before)
                && before.Messages == row.Messages.Length && before.Alert.State == state && before.Alert.Since == row.Since;
            ToldAlert alert = known ? before.Alert : Compose(row, zone, state);
            next[row.Id] = (WithDistance(alert, row, boards), row.Messages.Length);
        }

        told = next;
        return [.. next.Values.Select(one => one.Alert)];
    }

    ToldAlert Compose(AlertRow row, int zone, PublicState state)
    {
        ArrivalInterval? arrival = state is PublicState.Watch or PublicState.Warning ? row.Arrival : null;
        PublicMessage message = MessageComposer.Compose(
            configuration, configuration.Zones[zone], row.Id, row.State, row.Kind, arrival, [], row.Updated,
            new(row.UpdatedBy, row.Advice ?? Advice.None, row.KeptUntil));
        return new(row.Id, zone, state, row.Kind)
        {
            Message = row.Messages[^1],
            Since = row.Since,
            Updated = row.Updated,
            Arrival = arrival,
            Texts = message.Texts.ToImmutableSortedDictionary(
                text => text.Language, text => new ZoneWords(text.Headline, text.Description, text.Instruction), StringComparer.Ordinal),
        };
    }

    ToldAlert WithDistance(ToldAlert alert, AlertRow row, Boards boards)
    {
        if (!tellsDistance || alert.State is not (PublicState.Watch or PublicState.Warning)) return alert;
        if (alert.DistanceKilometres is not null && boards.Now - alert.DistanceAt < distanceEvery) return alert;
        double nearest = double.PositiveInfinity;
        foreach (TrackRow track in boards.Tracks)
        {
            if (!row.Tracks.Contains(track.Track.Id)) continue;
            (double east, double north) = plane.ToPlane(track.Track.Position.Point);
            nearest = Math.Min(nearest, Math.Max(0, -AreaOf(alert.Zone).Nearest(east, north).SignedMetres));
        }

        int? kilometres = double.IsFinite(nearest) ? (int)(nearest / 1000 / StepKilometres) * StepKilometres : null;
        return kilometres == alert.DistanceKilometres
            ? alert : alert with { DistanceKilometres = kilometres, DistanceAt = boards.Now };
    }

    PlaneArea AreaOf(int zone) => areas.TryGetValue(zone, out PlaneArea? area)
        ? area : areas[zone] = new PlaneArea(configuration.Zones[zone].Area, plane);

    static PublicState? StateOf(AlertState state) => state switch
    {
        AlertState.Watch => PublicState.Watch,
        AlertState.Warning => PublicState.Warning,
        AlertState.AllClear => PublicState.AllClear,
        AlertState.Correction => PublicState.Correction,
        AlertState.Closed => null,
        _ => throw new InvariantBrokenException($"no public state for {state}"),
    };
}
