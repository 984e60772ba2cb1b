using System.Text;
using Nadhir.Sensing;

namespace Nadhir.Formats.Sapient;

/// <summary>What a detection takes the object for: the class it is surest of, by its part that says more.</summary>
static class SapientClassification
{
    /// <summary>Classes, and parts of a class, that are looked at.</summary>
    const int Most = 64;

    public static ObjectReport Read(SapientDocument document, int report)
    {
        int best = Surest(
            document, report, SapientFields.Detected.Classification, SapientFields.Detected.ClassConfidence);
        if (best < 0) return default;
        ObjectClass whole = Class(document, best, SapientFields.Detected.ClassType);
        double sure = document.Number(best, SapientFields.Detected.ClassConfidence);
        int part = Surest(document, best, SapientFields.Detected.ClassParts, SapientFields.Detected.SubConfidence);
        ObjectClass told = part < 0 ? ObjectClass.None : Class(document, part, SapientFields.Detected.SubType);
        if (told is ObjectClass.None or ObjectClass.Other) return new(whole, sure);
        double partSure = document.Number(part, SapientFields.Detected.SubConfidence);
        return new(told, double.IsNaN(partSure) ? sure : partSure);
    }

    /// <summary>The first when none tells how sure it is; −1 when there is none.</summary>
    static int Surest(SapientDocument document, int message, SapientField list, SapientField confidence)
    {
        int best = -1, count = 0;
        double most = double.NegativeInfinity;
        for (int i = document.Find(message, list); i >= 0 && count++ < Most; i = document.FindNext(i))
        {
            double sure = document.Number(i, confidence);
            if (best >= 0 && !(sure > most)) continue;
            (best, most) = (i, double.IsNaN(sure) ? double.NegativeInfinity : sure);
        }

        return best;
    }

    static ObjectClass Class(SapientDocument document, int message, SapientField type)
    {
        ReadOnlySpan<byte> told = document.Bytes(message, type);
        Span<char> text = stackalloc char[64];
        return told.Length > text.Length ? ObjectClass.Other
            : ObjectWords.Read(text[..Encoding.UTF8.GetChars(told, text)]);
    }
}
