namespace Nadhir.Warning;

/// <summary>What people order of alerts. A refusal says why and changes nothing.</summary>
sealed partial class AlertDesk
{
    public void Handle(RaiseAlert order, DateTimeOffset now, List<Decision> decisions)
    {
        int zone = tree.IndexOf(order.Zone);
        if (zone < 0)
        {
            decisions.Refuse("alert.raise", Cause.Of(CauseCode.NoSuch, "zone", order.Zone));
            return;
        }

        if (!drills.IsOpen)
        {
            decisions.Refuse("alert.raise", Cause.Of(CauseCode.NoDrillRuns));
            return;
        }

        Alert? alert = alerts.Of(zone);
        if (alert is { State: AlertState.Warning } || (alert is { State: AlertState.Watch } && order.State == AlertState.Watch))
        {
            decisions.Refuse("alert.raise", Cause.Of(CauseCode.IsInAlready, alert.Id, alert.State));
            return;
        }

        if (alert is { State: AlertState.Correction })
        {
            Close(alert, now, decisions);
            alert = null;
        }

        alert ??= alerts.Open(zone);
        Release release = risks.Risks[zone].Rules[(int)order.Kind].Release;
        bool alone = order.State == AlertState.Watch || release != Release.TwoPersons;
        (alert.RaisedBy, alert.Remark, alert.Kind, alert.CalmSince) = (order.By, order.Reason, order.Kind, null);
        alert.Reason = $"raised by {order.By}: {order.Reason}";
        alert.Released.Clear();
        if (!alert.IsActive || alone)
            Change(alert, alone ? order.State : AlertState.Watch, release, order.By, now, decisions);
        if (order.State == AlertState.Watch) return;
        alert.Released.Add(order.By.Trim());
        if (!alone) AskRelease(alert, release, now, decisions);
    }

    public void Handle(ReleaseAlert order, DateTimeOffset now, List<Decision> decisions)
    {
        if (alerts.Find(order.Alert) is not { State: AlertState.Watch } alert)
        {
            decisions.Refuse("alert.release", Cause.Of(CauseCode.NotInWatch, order.Alert));
            return;
        }

        if (PersonName.IsAmong(alert.Released, order.By))
        {
            decisions.Refuse("alert.release", Cause.Of(CauseCode.SecondPerson, order.By));
            return;
        }

        Release release = risks.Risks[alert.Place].Rules[(int)alert.Kind].Release;
        alert.Released.Add(order.By.Trim());
        if (alert.Released.Count < (release == Release.TwoPersons ? 2 : 1))
        {
            AskRelease(alert, release, now, decisions);
            return;
        }

        Change(alert, AlertState.Warning, release, string.Join(" and ", alert.Released), now, decisions);
    }

    public void Handle(UpdateAlert order, DateTimeOffset now, List<Decision> decisions)
    {
        if (alerts.Find(order.Alert) is not { IsActive: true } alert)
        {
            decisions.Refuse("alert.update", Cause.Of(CauseCode.NotAlive, order.Alert));
            return;
        }

        if (order is { KeepForSeconds: null, Advice: null, SoundAgain: false })
        {
            decisions.Refuse("alert.update", Cause.Of(CauseCode.AddsNothing));
            return;
        }

        if (order.SoundAgain && alert.State != AlertState.Warning)
        {
            decisions.Refuse("alert.update", Cause.Of(CauseCode.ShelterOnly, alert.Id, alert.State!));
            return;
        }

        alert.Addendum = new(order.By.Trim(), order.Advice ?? alert.Addendum.Advice,
            order.KeepForSeconds is { } seconds ? now.AddSeconds(seconds) : alert.Addendum.KeptUntil);
        alert.Arrival = risks.Risks[alert.Place].Arrival(now);
        teller.Add(alert, order.SoundAgain, order.By, now, decisions);
    }

    public void Handle(EndAlert order, DateTimeOffset now, List<Decision> decisions)
    {
        if (alerts.Find(order.Alert) is not { IsActive: true } alert)
        {
            decisions.Refuse("alert.allClear", Cause.Of(CauseCode.NotAlive, order.Alert));
            return;
        }

        (alert.RaisedBy, alert.Remark) = (null, null);
        Change(alert, AlertState.AllClear, Release.OnePerson, order.By, now, decisions);
    }

    public void Handle(CorrectAlert order, DateTimeOffset now, List<Decision> decisions)
    {
        if (alerts.Find(order.Alert) is not { IsActive: true } alert)
        {
            decisions.Refuse("alert.correct", Cause.Of(CauseCode.NotAlive, order.Alert));
            return;
        }

        risks.Mute(alert.Place, alert.Tracks);
        (alert.RaisedBy, alert.Remark) = (null, order.Reason);
        alert.Reason = $"false alarm: {order.Reason}";
        Change(alert, AlertState.Correction, Release.OnePerson, order.By, now, decisions);
    }

    public void Handle(AcknowledgeAlert order, List<Decision> decisions)
    {
        if (alerts.Find(order.Alert) is not { } alert) decisions.Refuse("alert.acknowledge", Cause.Of(CauseCode.NoSuch, "alert", order.Alert));
        else if (alert.AcknowledgedBy.Count >= CommandCheck.MostAcknowledgements)
            decisions.Refuse("alert.acknowledge", Cause.Of(CauseCode.HasSoMany, alert.Id, CommandCheck.MostAcknowledgements, "acknowledgements"));
        else if (!PersonName.IsAmong(alert.AcknowledgedBy, order.By))
        {
            alert.AcknowledgedBy.Add(order.By);
            if (alert.Question == Question.Acknowledge) alert.Answered();
            decisions.Add(new Recorded("acknowledgement", $"{alert.Id}/{order.By}"));
        }
    }

    /// <summary>An outlet says what became of a message.</summary>
    public void Handle(MessageReceipt receipt, DateTimeOffset now) =>
        alerts.FindByMessage(receipt.Message)?.Delivered(receipt, now);
}
