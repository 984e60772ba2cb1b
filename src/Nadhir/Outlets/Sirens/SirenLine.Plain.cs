using Nadhir.Formats.Sirens;
using Nadhir.Warning;

namespace Nadhir.Outlets.Sirens;

/// <summary>What differs when the siren is a device off the shelf.</summary>
sealed partial class SirenLine
{
    /// <summary>Null for a siren that speaks our own protocol.</summary>
    public PlainSiren? Plain { get; init; }

    /// <summary>The bare state of the device.</summary>
    public void HearPlain(bool on, DateTimeOffset now)
    {
        PendingCommand? waiting = real ?? test;
        SirenCommanded? told = waiting?.FirstTried is null ? null : waiting.Command;
        IEnumerable<SirenStateMessage> answers = Plain!.Hear(on, told, now, out bool unbidden);
        foreach (SirenStateMessage said in answers) Hear(said, now);
        if (unbidden) Doubt(SirenDoubt.SoundsUnbidden, "it is on, and was not told to be, or does not go off", now);
    }

    /// <summary>A command cannot be put into the device's words: it is said at once.</summary>
    public void CannotSay(PendingCommand pending, Cause why, DateTimeOffset now)
    {
        (real, test) = (real == pending ? null : real, test == pending ? null : test);
        Report(pending.Command.CommandId, SirenStep.Failed, now, why);
    }
}
