using System.Globalization;
using System.Text;

namespace Nadhir.Warning;

/// <summary>
/// Whether two names are one person's, wherever two persons are asked for. It errs towards "the same": letters' case,
/// width (U+FF01 to U+FF5E), accents and vowel signs, invisible characters and the number of blanks make no second person.
/// The compatibility forms that matter are folded here, since the runtime normalises nothing in its invariant mode.
/// </summary>
static class PersonName
{
    /// <summary>The letter without its accent, U+00C0 to U+017F (Unicode canonical decompositions).</summary>
    const string Unaccented =
        "AAAAAAÆCEEEEIIIIÐNOOOOO×ØUUUUYÞßaaaaaaæceeeeiiiiðnooooo÷øuuuuyþy"
        + "AaAaAaCcCcCcCcDdĐđEeEeEeEeEeGgGgGgGgHhĦħIiIiIiIiIıĲĳJjKkĸLlLlLlĿ"
        + "ŀŁłNnNnNnŉŊŋOoOoOoŒœRrRrRrSsSsSsSsTtTtŦŧUuUuUuUuUuUuWwYyYZzZzZzſ";
    const char FirstAccented = '\u00c0', Tatweel = '\u0640';

    public static bool Same(string one, string other) => string.Equals(Folded(one), Folded(other), StringComparison.Ordinal);

    public static bool IsAmong(IEnumerable<string> names, string name) => names.Any(known => Same(known, name));

    static string Folded(string name)
    {
        StringBuilder folded = new(name.Length);
        foreach (Rune rune in name.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
                continue;
            }

            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format || rune.Value == Tatweel) continue;
            folded.Append(Rune.ToUpperInvariant(Rune.ToLowerInvariant(Letter(rune))));
        }

        return folded.ToString().TrimEnd();
    }

    static Rune Letter(Rune rune) => rune.Value switch
    {
        >= 0xFF01 and <= 0xFF5E => new(rune.Value - 0xFEE0),
        >= FirstAccented and <= 0x17F => new(Unaccented[rune.Value - FirstAccented]),
        // Alef, waw and ya with what is written above or below them.
        0x0622 or 0x0623 or 0x0625 => new(0x0627),
        0x0624 => new(0x0648),
        0x0626 => new(0x064A),
        _ => rune,
    };
}
