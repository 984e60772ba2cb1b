namespace Nadhir.Ingest;

/// <summary>Cuts what somebody says into the things said: a clause each.</summary>
static class ClaimSplitter
{
    const int Look = 8;
    static readonly HashSet<string> participles = new(StringComparer.Ordinal)
    {
        "fearing", "expecting", "hoping", "believing", "killing", "wounding", "injuring", "causing", "leaving", "destroying", "damaging",
    };

    /// <summary>Where the words of the one who tells the news begin again after what is reported; <paramref name="to"/> when they do not.</summary>
    public static int Background(ReportText text, int from, int to)
    {
        // ", after an attack ...": it dates what was said. ", after they ..." may be part of it and stays.
        for (int i = from + 1; i + 2 < to; i++)
        {
            if (text.Tokens[i].Kind != TokenKind.Comma || text.Tokens[i].InQuote) continue;
            int j = i + 1;
            if (text.Tokens[j].Lower is "a" or "an" or "two" or "three" or "just" && SpeechWords.Background.Contains(text.Tokens[j + 1].Lower)) j++;
            if (text.Tokens[j].Lower is "hours" or "days" or "weeks" or "day" && j + 1 < to) j++;
            if (text.Tokens[j].Lower is "after" or "following" or "amid" && j + 1 < to && text.Tokens[j + 1].Lower is "a" or "an") return i;
        }

        return to;
    }

    public static List<(int From, int To)> Split(ReportText text, int from, int to)
    {
        List<(int From, int To)> pieces = [];
        int start = from;
        for (int i = from; i < to; i++)
        {
            if (NextBegins(text, i, start, to) is not { } next) continue;
            if (i - start < 6 && !SpeechFrames.HasFinite(text, start, i)) continue;
            pieces.Add((start, i));
            start = next;
            i = Math.Max(i, next - 1);
        }

        pieces.Add((start, to));
        return pieces;
    }

    /// <summary>The first token of the next thing said, when the one before ends at <paramref name="i"/>.</summary>
    static int? NextBegins(ReportText text, int i, int start, int to)
    {
        Token token = text.Tokens[i];
        if (i + 1 >= to) return null;
        Token next = text.Tokens[i + 1];
        if (token.Kind == TokenKind.Pause) return i + 1;
        if (token.Kind == TokenKind.Stop && next.Kind is TokenKind.Word or TokenKind.QuoteOpen && next.Capital) return i + 1;
        if (token.Lower == "and" && next.Lower == "that") return i + 2;
        if (token.Lower is "while" or "whereas" && i > start && Finite(text, i + 1, to)) return i + 1;
        if (token.Lower is "after" or "before" or "by" && i - start >= 6 && next.Lower.Length > 5 && next.Lower.EndsWith("ing", StringComparison.Ordinal)) return i;
        if (token.Kind != TokenKind.Comma) return null;
        bool and = next.Lower is "and" or "but";
        int j = and ? i + 2 : i + 1;
        if (j >= to) return null;
        Token first = text.Tokens[j];
        if (and && first.Lower == "that") return j + 1;
        if (first.Lower == "which") return j;
        if (participles.Contains(first.Lower) || (and && first.Lower.EndsWith("ing", StringComparison.Ordinal))) return j;
        if (and && (SpeechWords.BareVerbs.Contains(first.Lower) || SpeechWords.Auxiliaries.Contains(first.Lower))) return j;
        bool subject = and || first.Capital || SpeechWords.Determiners.Contains(first.Lower) || SpeechWords.Pronouns.Contains(first.Lower)
            || SpeechWords.FirstPerson.Contains(first.Lower);
        return subject && first.Kind == TokenKind.Word && Finite(text, j, to) ? j : null;
    }

    static bool Finite(ReportText text, int from, int to)
    {
        for (int i = from; i < to && i < from + Look; i++)
        {
            if (text.Tokens[i].Kind is not (TokenKind.Word or TokenKind.Other)) return false;
            if (SpeechWords.IsFiniteAt(text.Tokens, i, from)) return true;
        }

        return false;
    }

    /// <summary>Without the marks and joining words at either end.</summary>
    public static (int From, int To) Trim(ReportText text, int from, int to)
    {
        while (from < to && (text.Tokens[from].Kind is not TokenKind.Word || text.Tokens[from].Lower is "and" or "that" or "but" or "while" or "whereas")
            && !(text.Tokens[from].Kind == TokenKind.Other && text.Text[text.Tokens[from].Start] is '(' or '$' or '€')) from++;
        while (to > from && (text.Tokens[to - 1].Kind is not (TokenKind.Word or TokenKind.Other) || text.Tokens[to - 1].Lower is "and" or "but" or "while")) to--;
        return (from, to);
    }
}
