using Nadhir.Warning;

namespace Nadhir.Reports;

/// <summary>What an outlet did about an alert's change of state: seconds from the decision, on the record's own clock.</summary>
/// <param name="Outlet">A siren, or the name of an outlet for messages.</param>
/// <param name="AcknowledgedSeconds">Until it answered; null while it has not.</param>
sealed record OutletLine(string Outlet, double? SentSeconds, double? AcknowledgedSeconds, bool Ok);

/// <summary>
/// Follows each change of an alert from the first measurement of its tracks to the answers of the outlets.
/// </summary>
sealed class AlertLatency
{
    readonly Dictionary<int, DateTimeOffset> firstSeen = [];
    readonly Dictionary<string, (string Alert, DateTimeOffset At)> commands = new(StringComparer.Ordinal);
    readonly Dictionary<string, (string Alert, DateTimeOffset At)> messages = new(StringComparer.Ordinal);
    readonly Dictionary<(string Alert, DateTimeOffset At), SortedDictionary<string, OutletLine>> answers = [];

    public void Take(DateTimeOffset time, Decision decision)
    {
        switch (decision)
        {
            case TrackConfirmed confirmed:
                firstSeen[confirmed.Track] = confirmed.FirstSeen;
                break;
            case SirenCommanded command:
                commands[command.CommandId] = (command.Alert, time);
                break;
            case MessageIssued issued:
                messages[issued.Message.Identifier] = (issued.Message.Alert, time);
                break;
        }
    }

    public void Take(Receipt receipt)
    {
        switch (receipt)
        {
            case SirenReceipt siren when commands.TryGetValue(siren.CommandId, out var command):
                double after = (siren.At - command.At).TotalSeconds;
                OutletLine known = Of(command, siren.Siren);
                Put(command, siren.Step switch
                {
                    SirenStep.Sent => known with { SentSeconds = known.SentSeconds ?? after },
                    SirenStep.Acknowledged => known with { AcknowledgedSeconds = known.AcknowledgedSeconds ?? after, Ok = true },
                    SirenStep.Failed or SirenStep.Refused or SirenStep.Expired => known with { Ok = false },
                    _ => known,
                });
                break;
            case MessageReceipt message when messages.TryGetValue(message.Message, out var issue):
                double taken = (message.At - issue.At).TotalSeconds;
                Put(issue, new(message.Outlet, null, taken, message.Ok));
                break;
        }
    }

    /// <summary>The alert's line with when its tracks were first measured, and what the outlets said.</summary>
    public AlertLine Fill(AlertLine alert)
    {
        DateTimeOffset[] seen = [.. alert.Tracks.Where(firstSeen.ContainsKey).Select(track => firstSeen[track])];
        return alert with
        {
            MeasurementToDecisionSeconds = seen.Length == 0 || alert.State is not (AlertState.Watch or AlertState.Warning)
                ? null : Math.Round((alert.Time - seen.Min()).TotalSeconds, 3),
            Outlets = answers.TryGetValue((alert.Id, alert.Time), out var said) ? [.. said.Values] : [],
        };
    }

    OutletLine Of((string Alert, DateTimeOffset At) change, string outlet) =>
        answers.TryGetValue(change, out var said) && said.TryGetValue(outlet, out OutletLine? line)
            ? line : new(outlet, null, null, Ok: false);

    void Put((string Alert, DateTimeOffset At) change, OutletLine line)
    {
        if (!answers.TryGetValue(change, out var said)) answers[change] = said = new(StringComparer.Ordinal);
        said[line.Outlet] = line;
    }
}
