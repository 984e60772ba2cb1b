using System.Collections.Immutable;
using Nadhir.Formats.Sirens;
using Nadhir.Warning;

namespace Nadhir.Simulation.Sirens;

/// <summary>What a device must not forget when its power fails: the newest command it accepted.</summary>
public readonly record struct SirenMark(int Epoch, long Sequence, string CommandId);

/// <summary>
/// The logic of a siren, apart from wires and clocks: bytes and the time in, answers out. It sounds only for a command of
/// its own world that is newer than all it accepted and not expired; a repetition is answered again without sounding
/// again. With a key it obeys nobody who cannot prove that he has it too. Not thread safe.
/// </summary>
public sealed class SirenDevice(
    string id, bool exercise, ImmutableArray<string> tones, SirenMark? remembered = null, SirenKey? key = null)
{
    /// <summary>It never sounds longer in one go, whatever is asked.</summary>
    public static readonly TimeSpan LongestSound = TimeSpan.FromMinutes(10);

    static readonly Cause durationOver = Cause.Of(CauseCode.DurationOver), silentTest = Cause.Of(CauseCode.SilentTest),
        saidAgain = Cause.Of(CauseCode.SaidAgain);

    SirenMark? mark = remembered;
    SirenMark? soundsFor;
    DateTimeOffset soundsUntil;

    public string Id => id;
    public bool Exercise => exercise;
    public ImmutableArray<string> Tones => tones;
    /// <summary>The newest command it accepted.</summary>
    public SirenMark? Mark => mark;
    public bool IsSounding => soundsFor is not null;
    /// <summary>What it plays while it sounds: the tone asked for, or its first when it has no such tone.</summary>
    public string Tone { get; private set; } = "";
    /// <summary>How often it began to sound.</summary>
    public int Soundings { get; private set; }

    /// <summary>An answer as it goes out, with proof where there is a key.</summary>
    public SirenStateMessage Prove(SirenStateMessage said) => key?.Sign(said) ?? said;

    /// <summary>Takes a command; the answers, in order.</summary>
    public ImmutableArray<SirenStateMessage> Accept(ReadOnlySpan<byte> payload, DateTimeOffset now)
    {
        ImmutableArray<SirenStateMessage> ended = Advance(now);
        if (!SirenWire.TryDecode(payload, out SirenCommandMessage? command, out string fault))
            return ended.Add(Refuse(null, now, Cause.Of(CauseCode.Malformed, fault)));
        // Whoever cannot prove himself gets no command named: an answer must not end what the host is still waiting for.
        if (key is not null && !key.Verifies(command!)) return ended.Add(Refuse(null, now, Cause.Of(CauseCode.NotAuthenticated)));
        if (command!.Exercise != exercise)
            return ended.Add(Refuse(command, now, Cause.Of(exercise ? CauseCode.LiveCommand : CauseCode.ExerciseCommand)));
        if (mark is { } last)
        {
            int order = (command.Epoch, command.Seq).CompareTo((last.Epoch, last.Sequence));
            if (order == 0 && command.CommandId == last.CommandId) return ended.AddRange(Again(last, now));
            if (order <= 0)
                return ended.Add(Refuse(command, now, Cause.Of(CauseCode.NotNewerThan, $"{last.Epoch}/{last.Sequence}")));
        }

        if (now >= command.Expires) return ended.Add(Refuse(command, now, Cause.Of(CauseCode.DeviceSaysExpired)));
        if (command is { Action: SirenAction.Sound, Test: false, Duration: <= 0 })
            return ended.Add(Refuse(command, now, Cause.Of(CauseCode.NoDuration)));

        return ended.AddRange(Obey(command, now));
    }

    /// <summary>Lets time pass: falls silent when the duration is over.</summary>
    public ImmutableArray<SirenStateMessage> Advance(DateTimeOffset now) =>
        IsSounding && now >= soundsUntil ? Silence(now, durationOver) : [];

    /// <summary>Its sign of life: the command it sounds for, or, when silent, the newest it accepted.</summary>
    public SirenStateMessage Status(DateTimeOffset now) => Answer(SirenAnswerStep.Status, soundsFor ?? mark, now, null);

    /// <summary>It cannot do what it was told, or no longer: silent, and says so.</summary>
    public ImmutableArray<SirenStateMessage> Fail(DateTimeOffset now, Cause why)
    {
        SirenMark? about = soundsFor ?? mark;
        soundsFor = null;
        return [Answer(SirenAnswerStep.Refused, about, now, why)];
    }

    /// <summary>Told by somebody beside it to be silent: a person, or its own end.</summary>
    public ImmutableArray<SirenStateMessage> Silence(DateTimeOffset now, Cause why)
    {
        if (soundsFor is not { } over) return [];
        soundsFor = null;
        return [Answer(SirenAnswerStep.Silent, over, now, why)];
    }

    ImmutableArray<SirenStateMessage> Obey(SirenCommandMessage command, DateTimeOffset now)
    {
        SirenMark accepted = MarkOf(command);
        mark = accepted;
        if (command.Test)
        {
            // A link test leaves a sounding siren alone.
            SirenStateMessage heard = Answer(SirenAnswerStep.Acknowledged, accepted, now, silentTest);
            return IsSounding ? [heard] : [heard, Answer(SirenAnswerStep.Silent, accepted, now, silentTest)];
        }

        if (command.Action == SirenAction.Silence)
        {
            SirenStateMessage acknowledged = Answer(SirenAnswerStep.Acknowledged, accepted, now, null);
            soundsFor = null;
            return [acknowledged, Answer(SirenAnswerStep.Silent, accepted, now, null)];
        }

        SirenStateMessage willing = Answer(SirenAnswerStep.Acknowledged, accepted, now, null);
        soundsUntil = now + TimeSpan.FromSeconds(Math.Min(command.Duration, LongestSound.TotalSeconds));
        Tone = tones.Contains(command.Tone, StringComparer.Ordinal) || tones.IsEmpty ? command.Tone : tones[0];
        soundsFor = accepted;
        Soundings++;
        return [willing, Answer(SirenAnswerStep.Sounding, accepted, now, null)];
    }

    /// <summary>The answer may have been lost: it is given again, as things stand now.</summary>
    ImmutableArray<SirenStateMessage> Again(SirenMark accepted, DateTimeOffset now)
    {
        SirenStateMessage acknowledged = Answer(SirenAnswerStep.Acknowledged, accepted, now, saidAgain);
        if (soundsFor == accepted) return [acknowledged, Answer(SirenAnswerStep.Sounding, accepted, now, saidAgain)];
        return IsSounding ? [acknowledged] : [acknowledged, Answer(SirenAnswerStep.Silent, accepted, now, saidAgain)];
    }

    static SirenMark MarkOf(SirenCommandMessage command) => new(command.Epoch, command.Seq, command.CommandId);

    SirenStateMessage Refuse(SirenCommandMessage? command, DateTimeOffset now, Cause why) =>
        Answer(SirenAnswerStep.Refused, command is null ? null : MarkOf(command), now, why);

    SirenStateMessage Answer(SirenAnswerStep step, SirenMark? about, DateTimeOffset now, Cause? detail) => new()
    {
        State = IsSounding ? SirenStateMessage.On : SirenStateMessage.Off,
        Step = step,
        CommandId = about?.CommandId,
        Epoch = about?.Epoch,
        Seq = about?.Sequence,
        At = now,
        Exercise = exercise,
        Detail = detail?.Words,
    };
}
