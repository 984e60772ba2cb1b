using System.Globalization;
using Nadhir.Formats.Sirens;
using Nadhir.Warning;

namespace Nadhir.Outlets.Sirens;

/// <summary>Whether what is said in a siren's name can be true.</summary>
sealed partial class SirenLine
{
    /// <summary>Where words are proven, one whose clock is so far from ours is not believed: it may be a repetition.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(15);
    /// <summary>Two paths may overtake each other by so much.</summary>
    static readonly TimeSpan Overtaking = TimeSpan.FromSeconds(2);
    /// <summary>After its end a sound may be told of for so long.</summary>
    static readonly TimeSpan Afterglow = TimeSpan.FromSeconds(10);
    /// <summary>The same doubt is told no more often.</summary>
    static readonly TimeSpan DoubtEvery = TimeSpan.FromSeconds(60);
    /// <summary>Of commands we know nothing of, a siren may tell so many times in <see cref="DoubtEvery"/>.</summary>
    const int StrangeCommands = 4;
    /// <summary>Signs of life without a word of whether it hears us.</summary>
    const int DeafAfter = 3;

    readonly Queue<SirenCommanded> given = new();
    readonly Dictionary<SirenDoubt, DateTimeOffset> doubts = [];
    DateTimeOffset newestWord = DateTimeOffset.UnixEpoch;
    DateTimeOffset maySoundUntil = DateTimeOffset.MinValue;
    DateTimeOffset strangeSince = DateTimeOffset.MinValue;
    DateTimeOffset? suspectSince;
    int strange, wordless;

    public SirenGuard Guard => Plain is not null ? SirenGuard.Unfenced
        : key is not null ? SirenGuard.Authenticated : SirenGuard.Unauthenticated;

    /// <summary>Whether the siren itself said this, now. Without a key everybody is believed.</summary>
    public bool Believes(SirenStateMessage state, DateTimeOffset now)
    {
        if (key is null) return true;
        if (!key.Verifies(state))
        {
            Doubt(SirenDoubt.Forged, state.Mac is null ? "an answer without proof" : "an answer with a wrong proof", now);
            return false;
        }

        if ((state.At - now).Duration() > ClockTolerance || state.At < newestWord - Overtaking)
        {
            Doubt(SirenDoubt.Stale, $"a word of {state.At:HH:mm:ss} UTC: repeated by somebody, or its clock is wrong", now,
                state.At.ToString("HH:mm:ss", CultureInfo.InvariantCulture));
            return false;
        }

        if (state.At > newestWord) newestWord = state.At;
        return true;
    }

    /// <summary>A sign of life must say whether the siren hears us.</summary>
    public void HearSignOfLife(SirenStateMessage state, DateTimeOffset now)
    {
        if (state.Step != SirenAnswerStep.Status) return;
        wordless = state.HostHeard is null ? Math.Min(wordless + 1, DeafAfter + 1) : 0;
        if (wordless == DeafAfter) Doubt(SirenDoubt.Deaf, "its signs of life do not say whether it hears us", now);
    }

    void Doubt(SirenDoubt doubt, string detail, DateTimeOffset now, string? figure = null)
    {
        if (doubts.TryGetValue(doubt, out DateTimeOffset told) && now - told < DoubtEvery) return;
        doubts[doubt] = now;
        report(new SirenDoubtReceipt(siren.Id, doubt) { At = now, Detail = detail, Figure = figure });
    }

    void Remember(SirenCommanded command)
    {
        given.Enqueue(command);
        if (given.Count > Remembered) given.Dequeue();
        Plain?.Remember(command);
        if (command.SilentTest || command.Action != SirenAction.Sound) return;
        DateTimeOffset until = command.Expires.AddSeconds(command.DurationSeconds) + Afterglow;
        if (until > maySoundUntil) maySoundUntil = until;
    }

    /// <summary>The siren took a command: from an order to be silent on, it may not sound.</summary>
    void Heeded(string commandId, DateTimeOffset now)
    {
        SirenCommanded? heeded = given.FirstOrDefault(one => one.CommandId == commandId);
        if (heeded is { Action: SirenAction.Silence }) maySoundUntil = now + Overtaking;
    }

    void Suspect(DateTimeOffset now)
    {
        if (now <= maySoundUntil)
        {
            suspectSince = null;
            return;
        }

        // One word may cross with our order; and after a restart we hear the siren before we have read what it was told.
        suspectSince ??= now;
        if (now - suspectSince >= Overtaking) Doubt(SirenDoubt.SoundsUnbidden, "says that it sounds, and was not told to", now);
    }

    /// <summary>What it tells of commands we never gave is passed on, a little of it: the journal is not its to fill.</summary>
    bool MayTellOf(string commandId, DateTimeOffset now)
    {
        if (given.Any(one => one.CommandId == commandId)) return true;
        if (now - strangeSince >= DoubtEvery) (strangeSince, strange) = (now, 0);
        return strange < StrangeCommands && ++strange > 0;
    }
}
