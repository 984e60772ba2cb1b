using System.Globalization;

namespace Nadhir.Warning;

/// <summary>
/// Carries a change of an alert outward: the decision, the sirens, the message. It decides nothing itself.
/// </summary>
sealed class AlertTeller(
    WatchConfiguration configuration, ZoneTree tree, AlertBook book, SirenDesk sirens, IAlertSurroundings surroundings)
{
    /// <summary>A message is renewed so long before it runs out.</summary>
    static readonly TimeSpan renewal = TimeSpan.FromMinutes(5);
    /// <summary>A shift of the arrival that is worth telling: this, and this share of the time that is left.</summary>
    static readonly TimeSpan shift = TimeSpan.FromSeconds(60);
    const double ShiftShare = 0.3;

    WarningPolicy Policy => configuration.Warning;

    public void Change(Alert alert, AlertState state, Release policy, string by, DateTimeOffset now, List<Decision> decisions)
    {
        AlertState? before = alert.State;
        (alert.State, alert.Since, alert.Updated) = (state, now, now);
        if (before == AlertState.AllClear && alert.IsActive) alert.Repeats++;
        Say(alert, before, policy, by, now, decisions);
        if (state == AlertState.Closed) return;
        Sound(alert, before, now, decisions);
        Publish(alert, now, decisions);
        surroundings.OnAlertState(alert.Zone, state, alert.Kind);
    }

    /// <summary>New figures of an alert go out when they are news, and no more often than the policy allows.</summary>
    public void Update(Alert alert, DateTimeOffset now, List<Decision> decisions)
    {
        if (!alert.IsActive || now - alert.Told.At < Policy.UpdateEvery) return;
        bool runsOut = now >= alert.Told.Expires - renewal;
        bool otherKind = alert.Kind != alert.Told.Kind && alert.Risk.Pressure > 0;
        if (!runsOut && !otherKind && !HasShifted(alert, now)) return;
        ThreatKind before = alert.Told.Kind;
        Say(alert, alert.State, Policy.WarningRelease, "rule", now, decisions);
        Publish(alert, now, decisions);
        if (alert.Kind != before) surroundings.OnAlertKind(alert.Zone, alert.State!.Value, alert.Kind);
    }

    /// <summary>What a person adds to an alert goes out at once; its sirens only if that is ordered.</summary>
    public void Add(Alert alert, bool sound, string by, DateTimeOffset now, List<Decision> decisions)
    {
        Say(alert, alert.State, Release.OnePerson, by, now, decisions);
        if (sound) Sound(alert, alert.State, now, decisions);
        Publish(alert, now, decisions);
    }

    static bool HasShifted(Alert alert, DateTimeOffset now)
    {
        if (alert.Arrival is not { } fresh) return false;
        if (alert.Told.Arrival is not { } told) return true;
        // What has arrived, or should have by now, needs no new time.
        if (told.Earliest <= now && fresh.Earliest <= now.AddSeconds(1)) return false;
        TimeSpan left = told.Latest - now;
        TimeSpan enough = left * ShiftShare > shift ? left * ShiftShare : shift;
        return (fresh.Earliest - told.Earliest).Duration() > enough || (fresh.Latest - told.Latest).Duration() > enough;
    }

    static void Say(Alert alert, AlertState? before, Release policy, string by, DateTimeOffset now, List<Decision> decisions)
    {
        alert.Updated = now;
        decisions.Add(new AlertChanged(alert.Id, alert.Zone, alert.State!.Value, alert.Kind)
        {
            Before = before,
            Since = alert.Since,
            Probability = alert.Risk.Probability,
            Arrival = alert.IsActive ? alert.Arrival : null,
            Tracks = [.. alert.Tracks],
            Reason = alert.Reason,
            Policy = policy,
            By = by,
            Advice = alert.Addendum.Advice is Advice.None ? null : alert.Addendum.Advice,
            KeptUntil = alert.Addendum.KeptUntil,
        });
    }

    void Sound(Alert alert, AlertState? before, DateTimeOffset now, List<Decision> decisions)
    {
        // Sirens speak of shelter only: a Watch is silent, and so is its end.
        (SirenAction Action, string Tone, TimeSpan Duration)? order = (before, alert.State) switch
        {
            (_, AlertState.Warning) => (SirenAction.Sound, "warning", Policy.SirenDuration),
            (AlertState.Warning, AlertState.AllClear) => (SirenAction.Sound, "all-clear", TimeSpan.FromSeconds(30)),
            (AlertState.Warning, AlertState.Correction) => (SirenAction.Silence, "", TimeSpan.Zero),
            _ => null,
        };
        if (order is not { } sound) return;
        foreach (int zone in tree.Within(alert.Place))
            sirens.Command(configuration.Zones[zone].Id, alert.Id, sound.Action, sound.Tone, sound.Duration, now, decisions);
    }

    void Publish(Alert alert, DateTimeOffset now, List<Decision> decisions)
    {
        PublicMessage message = MessageComposer.Compose(configuration, configuration.Zones[alert.Place], alert.Id,
            alert.State!.Value, alert.Kind, alert.IsActive ? alert.Arrival : null, [.. alert.Messages], now, alert.Addendum);
        alert.Messages.Add(new MessageReference(message.Sender, message.Identifier, message.Sent));
        book.Told(alert);
        alert.Told = (now, alert.Kind, alert.Arrival, message.Expires);
        decisions.Add(new MessageIssued(message));
    }

    /// <summary>Why the rule speaks, in plain words, English.</summary>
    public static string Words(Alert alert, IEnumerable<string> seenBy)
    {
        string tracks = alert.Tracks.Count == 1 ? "1 track" : $"{alert.Tracks.Count} tracks";
        string arrival = alert.Arrival is { } a
            ? string.Create(CultureInfo.InvariantCulture, $", arrival {a.Earliest:HH:mm:ss}–{a.Latest:HH:mm:ss} UTC")
            : "";
        string alone = alert.Risk is { Pressure: > 0, CorroboratedPressure: 0 } ? ", seen by one source only" : "";
        string sensors = string.Join(' ', seenBy);
        string seen = sensors.Length == 0 ? "" : $", seen by {sensors}";
        return string.Create(CultureInfo.InvariantCulture,
            $"{tracks}, probability {alert.Risk.Probability:0.00}{arrival}, track {string.Join(' ', alert.Tracks)}{seen}{alone}");
    }
}
