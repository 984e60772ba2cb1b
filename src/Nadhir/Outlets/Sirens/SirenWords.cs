using System.Collections.Frozen;

namespace Nadhir.Outlets.Sirens;

/// <summary>What our own siren writes into its answers, known again as a cause; the words of other makers stay theirs.</summary>
static class SirenWords
{
    static readonly FrozenDictionary<string, Cause> whole = new[]
    {
        CauseCode.SilentTest, CauseCode.SaidAgain, CauseCode.DurationOver, CauseCode.DeviceSaysExpired, CauseCode.NoDuration,
        CauseCode.LiveCommand, CauseCode.ExerciseCommand, CauseCode.NotAuthenticated, CauseCode.SwitchedOff,
    }.Select(code => Cause.Of(code)).ToFrozenDictionary(cause => cause.Words, StringComparer.Ordinal);

    static readonly CauseCode[] withFigure = [CauseCode.NotNewerThan, CauseCode.RelayFails];

    public static Cause? CauseOf(string? detail)
    {
        if (detail is null) return null;
        if (whole.TryGetValue(detail, out Cause? known)) return known;
        foreach (CauseCode code in withFigure)
        {
            string beginning = Cause.Of(code).Words;
            if (detail.StartsWith(beginning, StringComparison.Ordinal)) return Cause.Of(code, detail[beginning.Length..]);
        }

        return null;
    }
}
