using System.Globalization;

namespace Nadhir.Paper;

/// <summary>
/// The order of mixed Arabic and Latin text: the Unicode bidirectional algorithm (UAX #9) with isolates (LRI, RLI, FSI,
/// PDI) and paired brackets. Embeddings and overrides of the older kind are passed over as if they were not there.
/// </summary>
static class Bidi
{
    enum Kind : byte { L, R, AL, EN, AN, ES, ET, CS, NSM, ON, Isolate }

    /// <summary>The embedding level of every UTF-16 unit: even runs left to right, odd right to left.</summary>
    public static byte[] Levels(string text, bool rightToLeft)
    {
        byte[] levels = new byte[text.Length];
        Resolve(text, 0, text.Length, (byte)(rightToLeft ? 1 : 0), levels);
        return levels;
    }

    /// <summary>Runs of one level in the order they are seen, left to right (rule L2).</summary>
    public static List<(int Start, int End, byte Level)> Visual(byte[] levels, int start, int end)
    {
        List<(int Start, int End, byte Level)> runs = [];
        for (int i = start; i < end;)
        {
            int from = i;
            while (i < end && levels[i] == levels[from]) i++;
            runs.Add((from, i, levels[from]));
        }
        if (runs.Count == 0) return runs;
        for (int level = runs.Max(run => run.Level); level > 0; level--)
            for (int i = 0; i < runs.Count; i++)
            {
                if (runs[i].Level < level) continue;
                int until = i;
                while (until < runs.Count && runs[until].Level >= level) until++;
                runs.Reverse(i, until - i);
                i = until;
            }
        return runs;
    }

    /// <summary>Whether the first strong letter reads right to left (rules P2, P3).</summary>
    public static bool StartsRightToLeft(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (Of(c) is Kind.L) return false;
            if (Of(c) is Kind.R or Kind.AL) return true;
        }
        return false;
    }

    public static bool IsControl(char c) => c is (>= '\u2066' and <= '\u2069') or (>= '\u202A' and <= '\u202E') or '\u200E' or '\u200F' or '\u061C';

    /// <summary>One isolating run sequence: what stands in isolates inside is resolved on its own, and is a neutral here.</summary>
    static void Resolve(string text, int start, int end, byte level, byte[] levels)
    {
        List<int> places = [];
        for (int i = start; i < end; i++)
        {
            places.Add(i);
            if (text[i] is not (>= '\u2066' and <= '\u2068')) continue;
            int close = Closing(text, i, end);
            bool inner = text[i] switch
            {
                '\u2066' => false,
                '\u2067' => true,
                _ => StartsRightToLeft(text.AsSpan(i + 1, close - i - 1)),
            };
            Resolve(text, i + 1, close, (byte)(inner ? (level + 1) | 1 : (level + 2) & ~1), levels);
            i = close - 1; // The PDI, when there is one, comes next.
        }
        Kind[] kinds = [.. places.Select(i => Of(text[i]))];
        Kind edge = (level & 1) == 1 ? Kind.R : Kind.L;
        Weak(kinds, edge);
        Brackets(text, places, kinds, edge);
        Neutral(kinds, edge);
        for (int k = 0; k < places.Count; k++)
            levels[places[k]] = (level & 1) == 0
                ? (byte)(level + (kinds[k] == Kind.R ? 1 : kinds[k] is Kind.AN or Kind.EN ? 2 : 0))
                : (byte)(level + (kinds[k] is Kind.L or Kind.EN or Kind.AN ? 1 : 0));
    }

    static int Closing(string text, int open, int end)
    {
        int depth = 1;
        for (int i = open + 1; i < end; i++)
        {
            if (text[i] is >= '\u2066' and <= '\u2068') depth++;
            else if (text[i] == '\u2069' && --depth == 0) return i;
        }
        return end;
    }

    /// <summary>Rules W1 to W7.</summary>
    static void Weak(Kind[] kinds, Kind edge)
    {
        Kind before = edge, strong = edge;
        for (int i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] == Kind.NSM) kinds[i] = before == Kind.Isolate ? Kind.ON : before;
            before = kinds[i];
            if (kinds[i] is Kind.L or Kind.R or Kind.AL) strong = kinds[i];
            else if (kinds[i] == Kind.EN && strong == Kind.AL) kinds[i] = Kind.AN;
        }
        for (int i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] == Kind.AL) kinds[i] = Kind.R;
            if (i == 0 || i == kinds.Length - 1 || kinds[i] is not (Kind.ES or Kind.CS)) continue;
            if (kinds[i - 1] == Kind.EN && kinds[i + 1] == Kind.EN) kinds[i] = Kind.EN;
            else if (kinds[i] == Kind.CS && kinds[i - 1] == Kind.AN && kinds[i + 1] == Kind.AN) kinds[i] = Kind.AN;
        }
        for (int i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] != Kind.ET) continue;
            int until = i;
            while (until < kinds.Length && kinds[until] == Kind.ET) until++;
            bool beside = (i > 0 && kinds[i - 1] == Kind.EN) || (until < kinds.Length && kinds[until] == Kind.EN);
            Array.Fill(kinds, beside ? Kind.EN : Kind.ON, i, until - i);
            i = until - 1;
        }
        strong = edge;
        for (int i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] is Kind.ES or Kind.CS) kinds[i] = Kind.ON;
            else if (kinds[i] is Kind.L or Kind.R) strong = kinds[i];
            else if (kinds[i] == Kind.EN && strong == Kind.L) kinds[i] = Kind.L;
        }
    }

    /// <summary>
    /// Rule N0: both brackets of a pair go one way, that of the text around when anything inside goes it, else that of
    /// what is inside when the words before go it too.
    /// </summary>
    static void Brackets(string text, List<int> places, Kind[] kinds, Kind edge)
    {
        foreach ((int open, int close) in Pairs(text, places, kinds))
        {
            bool same = false, other = false;
            for (int i = open + 1; i < close; i++)
                if (Strong(kinds[i]) is { } inside)
                    (same, other) = (same || inside == edge, other || inside != edge);
            if (!same && !other) continue;
            Kind before = edge;
            for (int i = open - 1; i >= 0 && !same; i--)
                if (Strong(kinds[i]) is { } strong)
                {
                    before = strong;
                    break;
                }

            kinds[open] = kinds[close] = same || before == edge ? edge : before;
        }
    }

    /// <summary>Places of brackets that belong together (BD16), in the order of the opening ones; 63 open at once at most.</summary>
    static IEnumerable<(int Open, int Close)> Pairs(string text, List<int> places, Kind[] kinds)
    {
        List<(char Closing, int At)> open = [];
        List<(int Open, int Close)> pairs = [];
        for (int i = 0; i < places.Count; i++)
        {
            if (kinds[i] != Kind.ON) continue;
            char c = text[places[i]];
            if (Opening.IndexOf(c, StringComparison.Ordinal) is >= 0 and var kind)
            {
                if (open.Count == 63) return pairs.Order();
                open.Add((Closings[kind], i));
            }
            else if (Closings.Contains(c, StringComparison.Ordinal) && open.FindLastIndex(each => each.Closing == c) is >= 0 and var last)
            {
                pairs.Add((open[last].At, i));
                open.RemoveRange(last, open.Count - last);
            }
        }

        return pairs.Order();
    }

    const string Opening = "([{", Closings = ")]}";

    static Kind? Strong(Kind kind) => kind switch
    {
        Kind.L => Kind.L,
        Kind.R or Kind.EN or Kind.AN => Kind.R,
        _ => null,
    };

    /// <summary>Rules N1 and N2; digits count as right to left beside neutrals.</summary>
    static void Neutral(Kind[] kinds, Kind edge)
    {
        for (int i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] is not (Kind.ON or Kind.Isolate)) continue;
            int until = i;
            while (until < kinds.Length && kinds[until] is Kind.ON or Kind.Isolate) until++;
            Kind left = i == 0 ? edge : Side(kinds[i - 1]), right = until == kinds.Length ? edge : Side(kinds[until]);
            Array.Fill(kinds, left == right ? left : edge, i, until - i);
            i = until - 1;
        }

        static Kind Side(Kind kind) => kind == Kind.L ? Kind.L : Kind.R;
    }

    static Kind Of(char c) => c switch
    {
        >= '0' and <= '9' or (>= '\u06F0' and <= '\u06F9') => Kind.EN,
        (>= '\u0660' and <= '\u0669') or '\u066B' or '\u066C' => Kind.AN,
        '+' or '-' or '\u2212' => Kind.ES,
        '#' or '$' or '%' or '°' or '±' or '€' or '\u066A' or '‰' => Kind.ET,
        ',' or '.' or '/' or ':' or '\u00A0' or '\u060C' => Kind.CS,
        >= '\u2066' and <= '\u2069' => Kind.Isolate,
        >= '\u0590' and <= '\u05FF' or '\u200F' => IsMark(c) ? Kind.NSM : Kind.R,
        (>= '\u0600' and <= '\u07BF') or (>= '\u0860' and <= '\u08FF') or (>= '\uFB50' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFE') =>
            IsMark(c) ? Kind.NSM : char.IsLetter(c) ? Kind.AL : Kind.ON,
        _ when IsMark(c) => Kind.NSM,
        _ when char.IsLetter(c) || char.IsDigit(c) || char.IsSurrogate(c) || c == '\u200E' => Kind.L,
        _ => Kind.ON,
    };

    static bool IsMark(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
}
