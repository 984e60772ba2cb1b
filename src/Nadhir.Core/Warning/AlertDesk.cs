using System.Collections.Immutable;
using System.Globalization;
using Nadhir.Geodesy;
using Nadhir.Tracking;

namespace Nadhir.Warning;

/// <summary>What the desk asks of the rest of the watch.</summary>
interface IAlertSurroundings
{
    /// <summary>The track came in over a border and has not left again.</summary>
    bool IsInsideAfterCrossing(int track);

    void OnAlertState(string zone, AlertState state);
}

/// <summary>
/// Decides who is warned. Each zone has at most one alert alive: <c>Watch → Warning → AllClear → Closed</c>, or
/// <c>Correction</c>. A Warning is latched: it ends by rule and person, never by silence. A zone's alert carries all
/// tracks that threaten it.
/// </summary>
sealed class AlertDesk
{
    /// <summary>Closed alerts kept on the board.</summary>
    const int ClosedRows = 100;

    readonly WatchConfiguration configuration;
    readonly WarningPolicy policy;
    readonly SirenDesk sirens;
    readonly IAlertSurroundings surroundings;
    readonly ZoneRisk[] risks;
    readonly Corroboration corroboration;
    readonly Dictionary<string, Alert> current = new(StringComparer.Ordinal);
    readonly Queue<Alert> closed = new();
    readonly Dictionary<string, DateTimeOffset> risingSince = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
    readonly Dictionary<string, HashSet<int>> muted = new(StringComparer.Ordinal);

    public AlertDesk(
        WatchConfiguration configuration, StereographicPlane plane, SirenDesk sirens, IAlertSurroundings surroundings)
    {
        (this.configuration, policy, this.sirens, this.surroundings) =
            (configuration, configuration.Warning, sirens, surroundings);
        corroboration = new(configuration);
        risks = [.. configuration.Zones.Select(zone => new ZoneRisk(zone, plane, policy))];
        foreach (Zone zone in configuration.Zones) muted[zone.Id] = [];
    }

    public ImmutableArray<AlertRow> Rows() =>
        [.. closed.Concat(current.Values.OrderBy(a => a.Since).ThenBy(a => a.Id, StringComparer.Ordinal)).Select(a => a.ToRow())];

    public ImmutableArray<int> TracksOf(string zone) =>
        current.TryGetValue(zone, out Alert? alert) ? [.. alert.Tracks] : [];

    public void OnTrack(Track track, ThreatKind kind, DateTimeOffset now, List<Decision> decisions)
    {
        bool corroborated = corroboration.Holds(track);
        foreach (ZoneRisk risk in risks)
            if (risk.Update(track, kind, corroborated)) Evaluate(risk, now, decisions);
    }

    /// <summary>The track does not count (any more): authorised, or too slow to tell from a bird.</summary>
    public void Discount(int track)
    {
        foreach (ZoneRisk risk in risks) risk.Remove(track);
    }

    public void OnDropped(int track, DateTimeOffset now)
    {
        corroboration.Forget(track);
        foreach (ZoneRisk risk in risks)
        {
            // A false alarm that is lost is over: it latches nothing.
            if (muted[risk.Zone.Id].Remove(track)) risk.Remove(track);
            else risk.Lose(track, now);
        }
    }

    public void Tick(DateTimeOffset now, List<Decision> decisions)
    {
        foreach (ZoneRisk risk in risks) Evaluate(risk, now, decisions);
    }

    public void Handle(ReleaseAlert order, DateTimeOffset now, List<Decision> decisions)
    {
        if (Find(order.Alert) is not { State: AlertState.Watch } alert)
        {
            Refuse("alert.release", $"{order.Alert} is not an alert in Watch", decisions);
            return;
        }

        if (alert.Released.Contains(order.By, StringComparer.Ordinal))
        {
            Refuse("alert.release", $"{order.By} has already released it; a second person is needed", decisions);
            return;
        }

        alert.Released.Add(order.By);
        if (alert.Released.Count >= Needed) Change(alert, AlertState.Warning, string.Join(" and ", alert.Released), now, decisions);
        else decisions.Add(new ReleaseRequested(alert.Id, alert.Zone, policy.WarningRelease, [.. alert.Released]));
    }

    public void Handle(EndAlert order, DateTimeOffset now, List<Decision> decisions)
    {
        if (Find(order.Alert) is not { IsActive: true } alert) Refuse("alert.allClear", $"{order.Alert} is not alive", decisions);
        else Change(alert, AlertState.AllClear, order.By, now, decisions);
    }

    public void Handle(CorrectAlert order, DateTimeOffset now, List<Decision> decisions)
    {
        if (Find(order.Alert) is not { IsActive: true } alert)
        {
            Refuse("alert.correct", $"{order.Alert} is not alive", decisions);
            return;
        }

        // The tracks a person called a false alarm do not raise this zone again.
        muted[alert.Zone].UnionWith(alert.Tracks);
        alert.Reason = $"false alarm: {order.Reason}";
        Change(alert, AlertState.Correction, order.By, now, decisions);
    }

    public void Handle(AcknowledgeAlert order, List<Decision> decisions)
    {
        if (Find(order.Alert) is not { } alert) Refuse("alert.acknowledge", $"no alert {order.Alert}", decisions);
        else if (alert.AcknowledgedBy.Count >= CommandCheck.MostAcknowledgements)
            Refuse("alert.acknowledge", $"{alert.Id} has {CommandCheck.MostAcknowledgements} acknowledgements", decisions);
        else if (!alert.AcknowledgedBy.Contains(order.By, StringComparer.Ordinal))
        {
            alert.AcknowledgedBy.Add(order.By);
            decisions.Add(new Recorded("acknowledgement", $"{alert.Id}/{order.By}"));
        }
    }

    int Needed => policy.WarningRelease == Release.TwoPersons ? 2 : 1;

    Alert? Find(string id) => current.Values.FirstOrDefault(a => a.Id == id);

    void Evaluate(ZoneRisk zone, DateTimeOffset now, List<Decision> decisions)
    {
        RiskNow risk = zone.At(now, muted[zone.Zone.Id]);
        double warnAbove = zone.Zone.CostLossRatio;
        bool warn = risk.WarningProbability >= warnAbove;
        bool watch = warn || risk.Probability >= policy.WatchProbability;
        Alert? alert = current.GetValueOrDefault(zone.Zone.Id);
        if (alert is { IsActive: false } && (watch || now - alert.Since >= policy.CloseAfter))
        {
            Close(alert, now, decisions);
            alert = null;
        }

        if (alert is null)
        {
            if (!Holds(zone.Zone.Id, watch, warn, now)) return;
            alert = Open(zone.Zone.Id);
        }

        if (!alert.IsActive && alert.State is not null) return;
        alert.Risk = risk;
        alert.Updated = now;
        alert.Kind = risk.Probability > 0 ? risk.Kind : alert.Kind;
        double counted = Math.Min(policy.WatchProbability, warnAbove) * policy.EndingShare;
        foreach (int track in zone.TracksAbove(counted)) alert.Tracks.Add(track);
        if (alert.State is null)
        {
            alert.Reason = Words(alert, risk);
            Change(alert, warn && ReleaseOf(zone.Zone, risk) == Release.Automatic ? AlertState.Warning : AlertState.Watch,
                "rule", now, decisions);
        }

        if (warn && alert.State == AlertState.Watch) Raise(alert, ReleaseOf(zone.Zone, risk), risk, now, decisions);
        End(alert, zone, risk, now, decisions);
    }

    /// <summary>
    /// A Watch starts when its probability has held for a while: the first seconds of a track, or of a turn, point
    /// everywhere. A Warning does not wait.
    /// </summary>
    bool Holds(string zone, bool watch, bool warn, DateTimeOffset now)
    {
        if (!watch)
        {
            risingSince.Remove(zone);
            return false;
        }

        risingSince.TryAdd(zone, now);
        if (!warn && now - risingSince[zone] < policy.WatchHold) return false;
        risingSince.Remove(zone);
        return true;
    }

    /// <summary>Who must release a Warning; a person always, when it rests on one source that anyone could imitate.</summary>
    Release ReleaseOf(Zone zone, in RiskNow risk) =>
        policy.WarningRelease == Release.Automatic && risk.CorroboratedProbability < zone.CostLossRatio
            ? Release.OnePerson
            : policy.WarningRelease;

    void Raise(Alert alert, Release release, in RiskNow risk, DateTimeOffset now, List<Decision> decisions)
    {
        alert.Reason = Words(alert, risk);
        if (release == Release.Automatic) Change(alert, AlertState.Warning, "rule", now, decisions);
        else if (!alert.ReleaseAsked)
        {
            alert.ReleaseAsked = true;
            decisions.Add(new ReleaseRequested(alert.Id, alert.Zone, release, [.. alert.Released]));
        }
    }

    void End(Alert alert, ZoneRisk zone, in RiskNow risk, DateTimeOffset now, List<Decision> decisions)
    {
        double threshold = alert.State == AlertState.Warning ? zone.Zone.CostLossRatio : policy.WatchProbability;
        if (risk.Probability >= threshold * policy.EndingShare || risk.AnyLost)
        {
            alert.CalmSince = null;
            alert.AllClearAsked = false;
            return;
        }

        alert.CalmSince ??= now;
        if (now - alert.CalmSince < policy.EndingHold || alert.Tracks.Any(surroundings.IsInsideAfterCrossing)) return;
        if (alert.State == AlertState.Watch || !policy.AllClearByPerson)
        {
            alert.Reason = "the risk has passed";
            Change(alert, AlertState.AllClear, "rule", now, decisions);
        }
        else if (!alert.AllClearAsked)
        {
            alert.AllClearAsked = true;
            decisions.Add(new AllClearProposed(alert.Id, alert.Zone,
                $"risk below {threshold * policy.EndingShare:0.00} since {alert.CalmSince:HH:mm:ss} UTC and no track inside"));
        }
    }

    Alert Open(string zone)
    {
        int count = counts[zone] = counts.GetValueOrDefault(zone) + 1;
        return current[zone] = new Alert { Id = $"A-{zone}-{count}", Zone = zone };
    }

    void Close(Alert alert, DateTimeOffset now, List<Decision> decisions)
    {
        Change(alert, AlertState.Closed, "rule", now, decisions);
        current.Remove(alert.Zone);
        if (closed.Count == ClosedRows) closed.Dequeue();
        closed.Enqueue(alert);
    }

    void Change(Alert alert, AlertState state, string by, DateTimeOffset now, List<Decision> decisions)
    {
        AlertState? before = alert.State;
        (alert.State, alert.Since, alert.Updated) = (state, now, now);
        decisions.Add(new AlertChanged(alert.Id, alert.Zone, state, alert.Kind)
        {
            Before = before,
            Since = now,
            Probability = alert.Risk.Probability,
            Arrival = alert.IsActive ? alert.Risk.Arrival : null,
            Tracks = [.. alert.Tracks],
            Reason = alert.Reason,
            Policy = state == AlertState.Warning ? policy.WarningRelease : Release.Automatic,
            By = by,
        });
        if (state == AlertState.Closed) return;
        Sound(alert, before, now, decisions);
        Publish(alert, now, decisions);
        surroundings.OnAlertState(alert.Zone, state);
    }

    void Sound(Alert alert, AlertState? before, DateTimeOffset now, List<Decision> decisions)
    {
        // Sirens speak of shelter only: a Watch is silent, and so is its end.
        if (alert.State == AlertState.Warning)
            sirens.Command(alert.Zone, alert.Id, SirenAction.Sound, "warning", policy.SirenDuration, now, decisions);
        else if (before == AlertState.Warning && alert.State == AlertState.AllClear)
            sirens.Command(alert.Zone, alert.Id, SirenAction.Sound, "all-clear", TimeSpan.FromSeconds(30), now, decisions);
        else if (before == AlertState.Warning && alert.State == AlertState.Correction)
            sirens.Command(alert.Zone, alert.Id, SirenAction.Silence, "", TimeSpan.Zero, now, decisions);
    }

    void Publish(Alert alert, DateTimeOffset now, List<Decision> decisions)
    {
        Zone zone = configuration.Zones.First(z => z.Id == alert.Zone);
        PublicMessage message = MessageComposer.Compose(configuration, zone, alert.Id, alert.State!.Value, alert.Kind,
            alert.IsActive ? alert.Risk.Arrival : null, [.. alert.Messages], now);
        alert.Messages.Add(new MessageReference(message.Sender, message.Identifier, message.Sent));
        decisions.Add(new MessageIssued(message));
    }

    static string Words(Alert alert, in RiskNow risk)
    {
        string tracks = alert.Tracks.Count == 1 ? "1 track" : $"{alert.Tracks.Count} tracks";
        string arrival = risk.Arrival is { } a
            ? string.Create(CultureInfo.InvariantCulture, $", arrival {a.Earliest:HH:mm:ss}–{a.Latest:HH:mm:ss} UTC")
            : "";
        string alone = risk.WarningProbability > 0 && risk.CorroboratedProbability == 0 ? ", seen by one source only" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{tracks}, probability {risk.Probability:0.00}{arrival}, track {string.Join(' ', alert.Tracks)}{alone}");
    }

    static void Refuse(string command, string reason, List<Decision> decisions) =>
        decisions.Add(new CommandRefused(command, reason));
}
