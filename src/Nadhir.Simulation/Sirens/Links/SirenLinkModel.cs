using Nadhir.Warning;

namespace Nadhir.Simulation.Sirens;

/// <summary>A receipt and when it reaches the journal.</summary>
public readonly record struct TimedReceipt(DateTimeOffset At, Receipt Receipt);

/// <summary>
/// Sirens at the other end of links with a delay, for runs without a broker: answers each command as a device would.
/// Sirens named as down never come up; a command to one is sent and fails for want of an acknowledgement. Not thread safe.
/// </summary>
public sealed class SirenLinkModel(IReadOnlyList<Siren> sirens, ulong seed, IReadOnlyCollection<string>? down = null)
{
    static readonly TimeSpan silenceBeforeFailure = TimeSpan.FromSeconds(2);

    readonly Chance chance = new(seed, "siren links");
    readonly HashSet<string> down = down is null ? [] : [.. down];
    readonly Dictionary<string, string> latest = new(StringComparer.Ordinal);

    /// <summary>The links come up one after another within the first second.</summary>
    public IEnumerable<TimedReceipt> AtStart(DateTimeOffset start)
    {
        foreach (Siren siren in sirens)
        {
            if (down.Contains(siren.Id)) continue;
            DateTimeOffset at = After(start, 0.05, 0.9);
            yield return new(at, new SirenLinkReceipt(siren.Id, Up: true) { At = at, Detail = "link up (simulated)" });
        }
    }

    /// <summary>What the decision leads to at the sirens, in order; nothing for decisions of another kind.</summary>
    public IEnumerable<TimedReceipt> OnDecision(DateTimeOffset durableAt, Decision decision)
    {
        if (decision is not SirenCommanded command) return [];
        if (!command.SilentTest) latest[command.Siren] = command.CommandId;
        return Answer(durableAt, command);
    }

    /// <summary>
    /// False for the end of a sounding that a later command has overtaken: the device would not say it. Ask before a
    /// receipt is journalled.
    /// </summary>
    public bool StillHolds(in TimedReceipt timed) =>
        timed.Receipt is not SirenReceipt { Step: SirenStep.Silent } receipt
        || !latest.TryGetValue(receipt.Siren, out string? commandId)
        || commandId == receipt.CommandId;

    List<TimedReceipt> Answer(DateTimeOffset durableAt, SirenCommanded command)
    {
        DateTimeOffset sent = After(durableAt, 0.001, 0.004);
        List<TimedReceipt> receipts =
            [new(sent, new SirenReceipt(command.Siren, command.CommandId, SirenStep.Sent) { At = sent, DurableAt = durableAt })];
        if (down.Contains(command.Siren))
        {
            Say(SirenStep.Failed, sent + silenceBeforeFailure, "no acknowledgement (simulated: link down)");
            return receipts;
        }

        DateTimeOffset heard = After(sent, 0.030, 0.080);
        if (heard > command.Expires)
        {
            Say(SirenStep.Expired, heard);
            return receipts;
        }

        Say(SirenStep.Acknowledged, heard);
        if (command.SilentTest) return receipts;
        DateTimeOffset acted = After(heard, 0.100, 0.300); // the relay and the horn
        if (command.Action == SirenAction.Silence)
        {
            Say(SirenStep.Silent, acted);
            return receipts;
        }

        Say(SirenStep.Sounding, acted);
        Say(SirenStep.Silent, acted + TimeSpan.FromSeconds(command.DurationSeconds));
        return receipts;

        void Say(SirenStep step, DateTimeOffset at, string detail = "") =>
            receipts.Add(new(at, new SirenReceipt(command.Siren, command.CommandId, step) { At = at, Detail = detail }));
    }

    DateTimeOffset After(DateTimeOffset time, double least, double most) =>
        time.AddTicks((long)(chance.Uniform(least, most) * 1e6) * 10);
}
