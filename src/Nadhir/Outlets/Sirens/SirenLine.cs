using Nadhir.Formats.Sirens;
using Nadhir.Warning;

namespace Nadhir.Outlets.Sirens;

/// <summary>A command on its way to one siren.</summary>
sealed class PendingCommand(SirenCommanded command, DateTimeOffset durableAt, byte[] payload)
{
    public SirenCommanded Command => command;
    public DateTimeOffset DurableAt => durableAt;
    public byte[] Payload => payload;
    /// <summary>The broker took it at least once.</summary>
    public bool IsSent { get; set; }
    /// <summary>When it was first and last tried, on the link's clock.</summary>
    public TimeSpan? FirstTried { get; set; }
    public TimeSpan? Tried { get; set; }
    /// <summary>The siren spoke of it, without having acknowledged it: so often it was asked again.</summary>
    public int? AskedAgain { get; set; }
    /// <summary>The last try, still under way unless completed.</summary>
    public Task Trying { get; set; } = Task.CompletedTask;
}

/// <summary>
/// All we say to one siren and hear of it, apart from wires and clocks. At most two commands wait: a real one, and a
/// silent test behind it, since a device refuses what is older than the newest it took. A newer real command takes the
/// place of both. Reports each step of a command once. One owner.
/// </summary>
/// <param name="key">Proves our commands and its answers; null where no secret is shared.</param>
sealed partial class SirenLine(Siren siren, bool exercise, Action<Receipt> report, SirenKey? key = null)
{
    /// <summary>Of so many commands we remember which steps were reported.</summary>
    const int Remembered = 8;
    /// <summary>A siren that tells of sounding is asked so often for the acknowledgement that came before.</summary>
    const int AskedEnough = 2;

    readonly List<(string CommandId, SirenStep Step)> steps = [];
    PendingCommand? real;
    PendingCommand? test;

    public string Id => siren.Id;

    /// <summary>Takes a durable decision. Offered again, it is the same command.</summary>
    public void Command(SirenCommanded command, DateTimeOffset durableAt, DateTimeOffset now)
    {
        if (real?.Command.CommandId == command.CommandId || test?.Command.CommandId == command.CommandId) return;
        Remember(command);
        if (now >= command.Expires)
        {
            Report(command.CommandId, SirenStep.Expired, now, Cause.Of(CauseCode.ExpiredUnsent));
            return;
        }

        PendingCommand pending = new(command, durableAt, Encode(command));
        PendingCommand? newest = IsNewer(test, real) ? test : real;
        if (newest is not null && !IsNewer(pending, newest))
        {
            Fail(pending, newest, now);
            return;
        }

        if (test is not null) Fail(test, pending, now);
        test = command.SilentTest ? pending : null;
        if (command.SilentTest) return;
        if (real is not null) Fail(real, pending, now);
        real = pending;
    }

    /// <summary>What to send now, if anything; drops what has expired.</summary>
    public PendingCommand? Due(TimeSpan at, DateTimeOffset now, TimeSpan retryEvery)
    {
        if (real is not null && now >= real.Command.Expires) Expire(ref real, now);
        if (test is not null && now >= test.Command.Expires) Expire(ref test, now);
        PendingCommand? next = real ?? test;
        if (next is null || !next.Trying.IsCompleted || (next.Tried is { } tried && at - tried < retryEvery)) return null;
        if (next.AskedAgain is { } asked && (next.AskedAgain = asked + 1) > AskedEnough)
        {
            NeverAcknowledged(next.Command.CommandId, now);
            (real, test) = (next == real ? null : real, next == test ? null : test);
            return null;
        }

        next.FirstTried ??= at;
        next.Tried = at;
        return next;
    }

    /// <summary>A connection is new: no need to wait for the next repetition.</summary>
    public void Hurry()
    {
        if (real is not null) real.Tried = null;
        if (test is not null) test.Tried = null;
    }

    /// <summary>The broker took a command.</summary>
    public void Sent(PendingCommand pending, DateTimeOffset now)
    {
        if (pending.IsSent) return;
        pending.IsSent = true;
        report(new SirenReceipt(siren.Id, pending.Command.CommandId, SirenStep.Sent)
        {
            At = now, DurableAt = pending.DurableAt,
        });
    }

    /// <summary>An answer or a sign of life.</summary>
    public void Hear(SirenStateMessage state, DateTimeOffset now)
    {
        bool on = state.State == SirenStateMessage.On;
        if (on && state.Step == SirenAnswerStep.Status) Suspect(now);
        if (state.CommandId is not { Length: > 0 } command || !MayTellOf(command, now)) return;
        SirenStep step = state.Step switch
        {
            SirenAnswerStep.Acknowledged => SirenStep.Acknowledged,
            SirenAnswerStep.Sounding => SirenStep.Sounding,
            SirenAnswerStep.Silent => SirenStep.Silent,
            SirenAnswerStep.Refused => SirenStep.Refused,
            _ => on ? SirenStep.Sounding : SirenStep.Silent,
        };
        // A plain device says nothing itself: its words are ours, made from its state.
        Cause? cause = Plain is not null ? Cause.Of(CauseCode.ByStateOfDevice)
            : state.Detail is null && state.Step == SirenAnswerStep.Status ? Cause.Of(CauseCode.SeenAlive)
            : SirenWords.CauseOf(state.Detail);
        string detail = state.Detail ?? cause?.Words ?? "";
        Settle(ref real, command, step, now, detail, cause);
        Settle(ref test, command, step, now, detail, cause);
        Report(command, step, now, detail, cause);
    }

    void Settle(ref PendingCommand? pending, string command, SirenStep step, DateTimeOffset now, string detail, Cause? cause)
    {
        if (pending?.Command.CommandId != command) return;
        Sent(pending, now);
        // That it sounds says that it heard us. Yet an honest siren acknowledges when it is asked again.
        if (step == SirenStep.Sounding) pending.AskedAgain ??= 0;
        else pending = null;
        if (step != SirenStep.Refused) Report(command, SirenStep.Acknowledged, now, detail, cause);
        if (step != SirenStep.Refused) Heeded(command, now);
    }

    void Expire(ref PendingCommand? pending, DateTimeOffset now)
    {
        if (pending!.AskedAgain is not null)
            NeverAcknowledged(pending.Command.CommandId, now);
        Report(pending.Command.CommandId, SirenStep.Expired, now,
            Cause.Of(pending.IsSent ? CauseCode.NoAnswer : CauseCode.BrokerUnreachable));
        pending = null;
    }

    void NeverAcknowledged(string command, DateTimeOffset now) =>
        Doubt(SirenDoubt.NeverAcknowledged, $"tells of {command}, and never acknowledged it", now, command);

    void Fail(PendingCommand old, PendingCommand newer, DateTimeOffset now) => Report(
        old.Command.CommandId, SirenStep.Failed, now, Cause.Of(CauseCode.Replaced, newer.Command.CommandId));

    /// <summary>Reports a step unless it, or a later one, was reported of this command.</summary>
    void Report(string command, SirenStep step, DateTimeOffset now, string detail, Cause? cause = null)
    {
        int known = steps.FindIndex(one => one.CommandId == command);
        if (known >= 0 && Rank(steps[known].Step) >= Rank(step)) return;
        if (known >= 0) steps.RemoveAt(known);
        steps.Add((command, step));
        if (steps.Count > Remembered) steps.RemoveAt(0);
        report(new SirenReceipt(siren.Id, command, step) { At = now, Detail = detail, Cause = cause });
    }

    void Report(string command, SirenStep step, DateTimeOffset now, Cause cause) => Report(command, step, now, cause.Words, cause);

    /// <summary>An answer that comes after we gave up still counts; what follows an end does not.</summary>
    static int Rank(SirenStep step) => step switch
    {
        SirenStep.Sent => 0,
        SirenStep.Failed or SirenStep.Expired => 1,
        SirenStep.Acknowledged => 2,
        SirenStep.Sounding => 3,
        _ => 4,
    };

    static bool IsNewer(PendingCommand? one, PendingCommand? other) => one is not null && (other is null
        || (one.Command.Epoch, one.Command.Sequence).CompareTo((other.Command.Epoch, other.Command.Sequence)) > 0);

    byte[] Encode(SirenCommanded command)
    {
        SirenCommandMessage message = new()
        {
            CommandId = command.CommandId,
            Epoch = command.Epoch,
            Seq = command.Sequence,
            Action = command.Action,
            Tone = command.Tone,
            Duration = command.DurationSeconds,
            Expires = command.Expires,
            Exercise = exercise,
            Test = command.SilentTest,
        };
        return SirenWire.Encode(key?.Sign(message) ?? message);
    }
}
