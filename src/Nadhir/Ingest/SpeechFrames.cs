namespace Nadhir.Ingest;

/// <summary>"The mayor said on Monday that": who speaks, and the words that say so.</summary>
/// <param name="From">First token of the frame.</param>
/// <param name="To">After its last token.</param>
/// <param name="SpeakerFrom">First token of who speaks; with <paramref name="SpeakerTo"/> equal, the one before goes on.</param>
/// <param name="Follows">What is said comes after it, else before it.</param>
readonly record struct SpeechFrame(int From, int To, int SpeakerFrom, int SpeakerTo, bool Follows)
{
    public bool GoesOn => SpeakerFrom == SpeakerTo;
}

/// <summary>Finds the frames of one sentence, outside its quotations.</summary>
static class SpeechFrames
{
    const int LongestAdjunct = 14;
    const int LongestSubject = 40;

    public static List<SpeechFrame> Of(ReportText text, Sentence sentence)
    {
        List<SpeechFrame> frames = [];
        int free = sentence.From;
        for (int i = sentence.From; i < sentence.To; i++)
        {
            Token token = text.Tokens[i];
            if (token.Kind != TokenKind.Word || token.InQuote) continue;
            SpeechFrame? found = token.Lower == "according" && Next(text, i, sentence).Lower == "to" ? According(text, i, free, sentence)
                : SpeechWords.Going.Contains(token.Lower) && !IsQuotedAs(text, i) ? Going(text, i, sentence, frames.Count > 0)
                : SpeechWords.Plain.Contains(token.Lower) || SpeechWords.Other.Contains(token.Lower) || IsQuotedAs(text, i)
                    ? Spoken(text, i, free, sentence) : null;
            if (found is not { } frame) continue;
            frames.Add(frame);
            free = frame.To;
            i = Math.Max(i, frame.To - 1);
        }

        return frames;
    }

    /// <summary>"was quoted as saying": found at "saying".</summary>
    static bool IsQuotedAs(ReportText text, int i) => text.Tokens[i].Lower == "saying" && i >= 3
        && text.Tokens[i - 1].Lower == "as" && text.Tokens[i - 2].Lower is "quoted" or "cited";

    static SpeechFrame? Going(ReportText text, int i, Sentence sentence, bool afterFrame)
    {
        int to = That(text, i + 1, sentence, 2);
        if (to < 0) return null;
        int from = i > sentence.From && text.Tokens[i - 1].Kind == TokenKind.Comma ? i - 1 : i;
        return afterFrame ? new(from, to, i, i, true) : null;
    }

    static SpeechFrame? According(ReportText text, int i, int free, Sentence sentence)
    {
        int to = i + 2;
        while (to < sentence.To && text.Tokens[to].Kind is TokenKind.Word or TokenKind.Other) to++;
        // "according to Ali Hassan, the governor of the district, ..." keeps the apposition.
        if (to + 1 < sentence.To && text.Tokens[to].Kind == TokenKind.Comma && text.Tokens[to + 1].Lower is "a" or "an" or "the"
            && (Segment(text, to + 1, sentence.To) is var end) && !HasFinite(text, to + 1, end) && text.Tokens[to - 1].Capital) to = end;
        if (to == i + 2) return null;
        bool opens = i <= free || text.Tokens[i - 1].Kind is TokenKind.Pause;
        return new(i, to, i + 2, to, opens && to < sentence.To - 1);
    }

    static SpeechFrame? Spoken(ReportText text, int verb, int free, Sentence sentence)
    {
        bool plain = SpeechWords.Plain.Contains(text.Tokens[verb].Lower);
        int phrase = verb;
        if (IsQuotedAs(text, verb)) (phrase, plain) = (verb - 3, true);
        else if (verb > free && text.Tokens[verb - 1].Lower is "was" or "were" or "been" or "is" or "being")
            return Next(text, verb, sentence).Lower == "by" ? Passive(text, verb, free, sentence) : null;
        while (phrase > free && (SpeechWords.Adverbs.Contains(text.Tokens[phrase - 1].Lower) || text.Tokens[phrase - 1].Lower is "has" or "have" or "had")) phrase--;
        int that = That(text, verb + 1, sentence, LongestAdjunct);
        bool quoteBefore = verb > free && text.Tokens[verb - 1].Kind == TokenKind.QuoteClose;
        if ((quoteBefore || IsInverted(text, verb, free, sentence, that)) && verb + 1 < sentence.To) return Inverted(text, verb, sentence);

        bool ends = that < 0 && EndsSoon(text, verb + 1, sentence, told: text.Tokens[verb].Lower is "told" or "tells");
        (int from, int to) = ends ? After(text, phrase, free) : Before(text, phrase, free);
        if (to <= from || to - from > LongestSubject || !IsNoun(text, from, to)) return null;
        if (ends && from > free) return new(from, Rest(text, verb + 1, sentence), from, to, false);
        if (that < 0 && (ends || (!plain && !IsClause(text, verb + 1, sentence)))) return null;
        // "and added that": the one before goes on.
        if (that < 0) that = verb + 1;
        return new(from, that, from, to, true);
    }

    static SpeechFrame? Passive(ReportText text, int verb, int free, Sentence sentence)
    {
        int to = verb + 2;
        while (to < sentence.To && text.Tokens[to].Kind == TokenKind.Word && text.Tokens[to].Lower != "that") to++;
        if (to == verb + 2) return null;
        return to < sentence.To && text.Tokens[to].Lower == "that" ? new(free, to + 1, verb + 2, to, true) : new(verb + 1, to, verb + 2, to, false);
    }

    static SpeechFrame? Inverted(ReportText text, int verb, Sentence sentence)
    {
        int to = Segment(text, verb + 1, sentence.To);
        int speakerTo = to;
        // "said Ali Hassan, the governor, adding that": one apposition belongs to the speaker.
        if (to + 1 < sentence.To && text.Tokens[to].Kind == TokenKind.Comma && text.Tokens[to + 1].Lower is "a" or "an" or "the" or "who")
        {
            int end = Segment(text, to + 1, sentence.To);
            if (end == sentence.To || text.Tokens[end].Kind != TokenKind.QuoteOpen || end > to + 2) speakerTo = to = end;
        }

        return speakerTo > verb + 1 && IsNoun(text, verb + 1, speakerTo) ? new(verb, to, verb + 1, speakerTo, false) : null;
    }

    /// <summary>"Four were hurt, said the mayor": nothing but a comma before the verb, and nothing said after it.</summary>
    static bool IsInverted(ReportText text, int verb, int free, Sentence sentence, int that)
    {
        if (verb <= free || text.Tokens[verb - 1].Kind != TokenKind.Comma || that >= 0) return false;
        if (!HasFinite(text, free, verb - 1)) return false;
        int end = Segment(text, verb + 1, sentence.To);
        return !HasFinite(text, verb + 2, end) && end - verb < 15;
    }

    /// <summary>Who speaks, standing before what is said: back to the beginning of the clause.</summary>
    static (int From, int To) Before(ReportText text, int verb, int free)
    {
        int from = free;
        bool relative = false;
        for (int i = free; i < verb; i++)
        {
            Token token = text.Tokens[i];
            if (token.Lower is "who" or "whose") relative = true;
            if (token.Kind is TokenKind.Pause or TokenKind.QuoteClose || token.Lower == "that" || (!relative && SpeechWords.Clauses.Contains(token.Lower))) (from, relative) = (i + 1, false);
            // "... were hurt and the ministry said": what stands before "and" is a clause of its own.
            else if (token.Lower == "and" && (HasFinite(text, from, i) || i == from)) (from, relative) = (i + 1, false);
        }

        if (SpeechWords.Openers.Contains(text.Tokens[from].Lower) && Segment(text, from, verb) is var comma && comma < verb - 1) from = comma + 1;
        while (from < verb && text.Tokens[from].Kind != TokenKind.Word) from++;
        return (from, verb);
    }

    /// <summary>Who speaks, standing after what was said: back to the comma, or two when the last closes an apposition.</summary>
    static (int From, int To) After(ReportText text, int verb, int free)
    {
        int commas = text.Tokens[Math.Max(free, verb - 1)].Kind == TokenKind.Comma ? 3 : 1;
        int from = verb;
        while (from > free)
        {
            Token before = text.Tokens[from - 1];
            if (before.Kind is TokenKind.QuoteClose or TokenKind.Pause || before.InQuote) break;
            if (before.Kind == TokenKind.Comma && --commas == 0) break;
            from--;
        }

        return (from, verb);
    }

    /// <summary>After "that" or before a quotation, within so many words and no clause between; negative when there is neither.</summary>
    static int That(ReportText text, int from, Sentence sentence, int most)
    {
        int commas = 0;
        for (int i = from; i < sentence.To && i < from + most; i++)
        {
            Token token = text.Tokens[i];
            if (token.Kind == TokenKind.QuoteOpen) return i;
            if (token.Lower == "that" && token.Kind == TokenKind.Word) return i + 1;
            if (token.Kind is TokenKind.Stop or TokenKind.QuoteClose || (token.Kind == TokenKind.Comma && ++commas > 1)) return -1;
            if (i > from && SpeechWords.IsFiniteAt(text.Tokens, i, from)) return -1;
        }

        return -1;
    }

    /// <summary>Nothing but an adjunct ("in a statement on Monday") follows before the sentence ends or a quotation opens.</summary>
    /// <param name="told">Whom it was told follows too.</param>
    static bool EndsSoon(ReportText text, int from, Sentence sentence, bool told)
    {
        int end = Segment(text, from, sentence.To);
        return end - from <= 8 && !HasFinite(text, from, end)
            && (told || end == from || text.Tokens[from].Lower is "in" or "on" or "at" or "by" or "late" or "early" or "yesterday" or "today" or "to" or "reporters" or "during" or "later" or "earlier"
                or "monday" or "tuesday" or "wednesday" or "thursday" or "friday" or "saturday" or "sunday" or "afterwards");
    }

    /// <summary>"claimed the runway was damaged": "that" is left out.</summary>
    static bool IsClause(ReportText text, int from, Sentence sentence) =>
        from < sentence.To && text.Tokens[from] is var first
        && (first.Capital || SpeechWords.Determiners.Contains(first.Lower) || SpeechWords.Pronouns.Contains(first.Lower))
        && HasFinite(text, from, Segment(text, from, sentence.To));

    static int Rest(ReportText text, int from, Sentence sentence) => Segment(text, from, sentence.To);

    /// <summary>To the next mark.</summary>
    static int Segment(ReportText text, int from, int to)
    {
        while (from < to && text.Tokens[from].Kind is TokenKind.Word or TokenKind.Other) from++;
        return from;
    }

    internal static bool HasFinite(ReportText text, int from, int to)
    {
        bool relative = false;
        for (int i = from; i < to; i++)
        {
            if (text.Tokens[i].Lower is "who" or "whose") relative = true;
            else if (text.Tokens[i].Kind == TokenKind.Comma) relative = false;
            if (!relative && SpeechWords.IsFiniteAt(text.Tokens, i, from)) return true;
        }

        return false;
    }

    static bool IsNoun(ReportText text, int from, int to)
    {
        Token first = text.Tokens[from];
        return first.Kind == TokenKind.Word
            && (first.Capital || SpeechWords.Determiners.Contains(first.Lower) || SpeechWords.Pronouns.Contains(first.Lower)
                || SpeechWords.Anonymous.Contains(first.Lower) || (to - from == 1 && first.Lower.Length > 3) || text.Tokens[to - 1].Capital
                || SpeechWords.Anonymous.Contains(text.Tokens[to - 1].Lower))
            && !SpeechWords.FirstPerson.Contains(first.Lower) && !HasFinite(text, from, to);
    }

    static Token Next(ReportText text, int i, Sentence sentence) => i + 1 < sentence.To ? text.Tokens[i + 1] : default;
}
