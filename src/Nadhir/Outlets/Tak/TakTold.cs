using Nadhir.Formats.CursorOnTarget;
using Nadhir.Tak;
using Nadhir.Tracking;
using Nadhir.Warning;

namespace Nadhir.Outlets.Tak;

/// <summary>
/// What one peer has been told, and what it is to be told next. Nothing queues up: each turn is made from the newest
/// state, so a slow link gets fewer updates, never old ones. One owner. Holds no more than the boards do.
/// </summary>
sealed class TakTold(TakPartner partner, ReleaseGate gate, TakPicture picture, TakZones zones, WatchConfiguration configuration)
{
    /// <summary>Events of one turn; then the newest state is looked at again.</summary>
    public const int MostEvents = 64;
    /// <summary>A track is stale so many periods after it was told; also when nothing of it changes.</summary>
    const int PeriodsToStale = 3;

    static readonly TimeSpan zonesEvery = TimeSpan.FromSeconds(60), alertsEvery = TimeSpan.FromSeconds(30);
    /// <summary>The end of an alert is told again for so long.</summary>
    static readonly TimeSpan endingFor = TimeSpan.FromMinutes(5);

    readonly TakNearby nearby = new(partner.Release, configuration);
    readonly Dictionary<int, (DateTimeOffset At, DateTimeOffset Of)> tracks = [];
    readonly Dictionary<string, (DateTimeOffset At, AlertState? State)> zoneStates = new(StringComparer.Ordinal);
    readonly Dictionary<string, (DateTimeOffset At, string Message)> alerts = new(StringComparer.Ordinal);

    /// <summary>
    /// The next events, most urgent first: alerts, tracks that are gone, zones, tracks told longest ago.
    /// </summary>
    /// <param name="boards">The newest.</param>
    /// <param name="messages">The latest public message of each alert.</param>
    /// <param name="now">By the watch's clock.</param>
    public List<CotEvent> Next(Boards boards, IReadOnlyCollection<PublicMessage> messages, DateTimeOffset now)
    {
        List<CotEvent> next = [];
        if (configuration.Exercise && !partner.Release.Exercises) return next;
        if (partner.Release.Tells.HasFlag(Telling.Alerts)) Alerts(boards, messages, now, next);
        if (partner.Release.Tells.HasFlag(Telling.Zones)) Zones(boards, now, next);
        if (partner.Release.Tells.HasFlag(Telling.Tracks)) Tracks(boards, now, next);
        return next;
    }

    /// <summary>The message of an alert that the peer was told last.</summary>
    public string? MessageOf(string alert) => alerts.TryGetValue(alert, out var told) ? told.Message : null;

    void Alerts(Boards boards, IReadOnlyCollection<PublicMessage> messages, DateTimeOffset now, List<CotEvent> next)
    {
        HashSet<string> said = new(StringComparer.Ordinal);
        foreach (PublicMessage message in messages)
        {
            if (message.Expires <= now) continue;
            said.Add(message.Alert);
            if (!gate.Releases(message)) continue;
            bool isEnd = message.State is not (AlertState.Watch or AlertState.Warning);
            if (isEnd && now - message.Sent > endingFor) continue;
            if (!IsDue(message.Alert, message.Identifier, now, next)) continue;
            next.Add(picture.Alert(message, now));
        }

        foreach (AlertRow row in boards.Alerts)
        {
            if (row.State is not (AlertState.Watch or AlertState.Warning) || said.Contains(row.Id)) continue;
            if (configuration.Zones.FirstOrDefault(zone => zone.Id == row.Zone) is not { } zone) continue;
            if (gate.Releases(row, configuration.Exercise) && IsDue(row.Id, row.State.ToString(), now, next))
                next.Add(picture.Alert(row, zone, now, 3 * alertsEvery));
        }

        HashSet<string> there = [.. messages.Select(message => message.Alert), .. boards.Alerts.Select(row => row.Id)];
        foreach (string gone in alerts.Keys.Where(alert => !there.Contains(alert)).ToArray()) alerts.Remove(gone);
    }

    bool IsDue(string alert, string message, DateTimeOffset now, List<CotEvent> next)
    {
        if (next.Count >= MostEvents) return false;
        if (alerts.TryGetValue(alert, out var told) && told.Message == message
            && now - told.At < alertsEvery) return false;
        alerts[alert] = (now, message);
        return true;
    }

    void Zones(Boards boards, DateTimeOffset now, List<CotEvent> next)
    {
        foreach (Zone zone in configuration.Zones)
        {
            if (!gate.Concerns(zone.Id)) continue;
            AlertState? state = null;
            foreach (AlertRow row in boards.Alerts)
            {
                bool isActive = row.Zone == zone.Id && row.State is AlertState.Watch or AlertState.Warning;
                if (isActive && (state is null || row.State > state)) state = row.State;
            }

            if (next.Count >= MostEvents) return;
            if (zoneStates.TryGetValue(zone.Id, out var told) && told.State == state
                && now - told.At < zonesEvery) continue;
            zoneStates[zone.Id] = (now, state);
            next.AddRange(zones.Shapes(zone, state, now, 3 * zonesEvery));
        }
    }

    void Tracks(Boards boards, DateTimeOffset now, List<CotEvent> next)
    {
        HashSet<int> there = [];
        List<(DateTimeOffset At, TrackRow Row)> due = [];
        foreach (TrackRow row in boards.Tracks)
        {
            if (row.Track.Status is not (TrackStatus.Confirmed or TrackStatus.Coasting) || !nearby.Has(row.Track.Position.Point)) continue;
            there.Add(row.Track.Id);
            bool isKnown = tracks.TryGetValue(row.Track.Id, out var told);
            bool isNews = !isKnown || row.Track.State.Time != told.Of;
            TimeSpan wait = isNews ? partner.Every : partner.Every * 2;
            if (!isKnown || now - told.At >= wait) due.Add((isKnown ? told.At : DateTimeOffset.MinValue, row));
        }

        foreach (int gone in tracks.Keys.Where(track => !there.Contains(track)).ToArray())
        {
            if (next.Count >= MostEvents) return;
            tracks.Remove(gone);
            next.Add(picture.Gone(picture.UidOfTrack(gone), "a-u-A", now));
        }

        due.Sort((one, other) => one.At != other.At
            ? one.At.CompareTo(other.At)
            : one.Row.Track.Id.CompareTo(other.Row.Track.Id));
        foreach ((DateTimeOffset _, TrackRow row) in due)
        {
            if (next.Count >= MostEvents) return;
            tracks[row.Track.Id] = (now, row.Track.State.Time);
            next.Add(picture.Track(row, now, PeriodsToStale * partner.Every));
        }
    }
}
