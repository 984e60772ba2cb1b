namespace Nadhir.Ingest;

/// <summary>"قال المتحدث إن": who speaks, through whom, and the words that say so.</summary>
/// <param name="From">First token of the frame.</param>
/// <param name="To">After its last token; what is said begins here, when it <paramref name="Follows"/>.</param>
/// <param name="SpeakerFrom">First token of who speaks; with <paramref name="SpeakerTo"/> equal, the one before goes on.</param>
readonly record struct ArabicFrame(int From, int To, int SpeakerFrom, int SpeakerTo, bool Follows)
{
    /// <summary>"نقلت وكالة … عن": through whom.</summary>
    public (int From, int To) Outlet { get; init; }
    /// <summary>Of the verb, when nobody is named beside it.</summary>
    public VerbForm Form { get; init; }
    /// <summary>The verb may speak of another than the one before.</summary>
    public bool Loose { get; init; }
    /// <summary>Somebody stands before the verb who cannot be told apart.</summary>
    public bool Unknown { get; init; }
    public bool GoesOn => SpeakerFrom == SpeakerTo;
}

/// <summary>Finds the frames of one Arabic sentence, outside its quotations. Where a frame cannot be bounded, there is none.</summary>
static class ArabicFrames
{
    const int Longest = 30, LongestHeadline = 7, LongestBefore = 8, LongestOutlet = 8;

    public static List<ArabicFrame> Of(ArabicText text, Sentence sentence)
    {
        List<ArabicFrame> frames = [];
        int free = sentence.From;
        if (Headline(text, sentence) is { } headline)
        {
            frames.Add(headline);
            free = headline.To;
        }

        for (int i = free; i < sentence.To; i++)
        {
            if (!text.IsWord(i) || text.Tokens[i].InQuote) continue;
            string according = ArabicWords.Bare(text[i], ArabicWords.According.Contains);
            ArabicFrame? found = ArabicWords.Quoting.Contains(ArabicWords.Bare(text[i], ArabicWords.Quoting.Contains)) ? Quoted(text, i, sentence)
                : ArabicWords.Going.Contains(ArabicWords.Bare(text[i], ArabicWords.Going.Contains)) && frames.Count > 0 ? Going(text, i, sentence)
                : ArabicWords.According.Contains(according) ? According(text, i, free, sentence, to: according is "وفقا" or "طبقا")
                : text.Verb(i) is { } verb ? Spoken(text, i, verb, free, sentence) : null;
            if (found is not { } frame) continue;
            frames.Add(frame);
            free = frame.To;
            i = Math.Max(i, frame.To - 1);
        }

        return frames;
    }

    /// <summary>Whether a verb of speech stands outside quotations.</summary>
    public static bool Speaks(ArabicText text, int from, int to)
    {
        for (int i = from; i < to; i++)
            if (text.Verb(i) is not null) return true;
        return false;
    }

    /// <summary>"مصدر أمني: …" at the beginning.</summary>
    static ArabicFrame? Headline(ArabicText text, Sentence sentence)
    {
        if (!ArabicWords.Speakers.Contains(text[sentence.From])) return null;
        for (int i = sentence.From; i < sentence.To && i <= sentence.From + LongestHeadline; i++)
        {
            if (IsColon(text, i)) return new(sentence.From, i + 1, sentence.From, i, true);
            if (!text.IsWord(i) || text.Verb(i) is not null) return null;
        }

        return null;
    }

    /// <summary>"نقلت وكالة … عن مصدر قوله إن".</summary>
    static ArabicFrame? Quoted(ArabicText text, int verb, Sentence sentence)
    {
        int from = verb + 1;
        while (from < sentence.To && from <= verb + LongestOutlet && text[from] != "عن") from++;
        if (text.At(from, sentence.To) != "عن") return null;
        for (int i = from + 1; i < sentence.To && i < from + Longest; i++)
        {
            if (text.Tokens[i].Kind is TokenKind.Stop || text.Verb(i) is not null) return null;
            bool his = ArabicWords.HisWords.Contains(text[i]);
            if (!his && !ArabicWords.IsThat(text[i]) && !IsColon(text, i)) continue;
            int to = his ? i + 1 : After(text, i);
            while (his && to < sentence.To && (text.Tokens[to].Kind is TokenKind.Comma or TokenKind.Pause || ArabicWords.Joining.Contains(text[to]))) to++;
            (int first, int last) = Name(text, from + 1, i);
            if (last <= first) return null;
            return new(verb, to, first, last, true) { Outlet = Name(text, verb + 1, from) };
        }

        return null;
    }

    static ArabicFrame? Going(ArabicText text, int i, Sentence sentence)
    {
        for (int that = i + 1; that < sentence.To && that <= i + 3; that++)
        {
            if (ArabicWords.IsThat(text[that]) || IsColon(text, that)) return new(i, After(text, that), i, i, true) { Form = VerbForm.Any };
            if (!ArabicWords.BeforeThat.Contains(text[that])) return null;
        }

        return null;
    }

    /// <summary>"بحسب المصدر" before what is told, with a comma after it, or behind it.</summary>
    /// <param name="to">"وفقا ل": the word after carries the preposition.</param>
    static ArabicFrame? According(ArabicText text, int i, int free, Sentence sentence, bool to)
    {
        int from = i + 1;
        if (to && !text.At(from, sentence.To).StartsWith('ل')) return null;
        if (text.At(from, sentence.To) is "ما" or "لما" or "ل") // "بحسب ما ذكر المصدر"
        {
            if (text[from] != "ل" && !IsTelling(text.At(++from, sentence.To))) return null;
            from++;
        }

        int end = from;
        while (end < sentence.To && text.IsWord(end) && !ArabicWords.IsThat(text[end]) && text.Verb(end) is null) end++;
        (int first, int last) = Name(text, from, end);
        if (last <= first || last - first > LongestBefore) return null;
        bool opens = i <= sentence.From + 1 && free == sentence.From;
        if (!opens) return new(i, last, first, last, false);
        while (end < sentence.To && text.Tokens[end].Kind != TokenKind.Comma && text.IsWord(end)) end++;
        return end < sentence.To - 2 && text.Tokens[end].Kind == TokenKind.Comma ? new(i, end + 1, first, last, true) : null;
    }

    static bool IsTelling(string word) => ArabicWords.Verbs.ContainsKey(word)
        || (word.EndsWith('ه') && ArabicWords.Verbs.ContainsKey(word[..^1])) || word is "اورد" or "اوردت" or "اوردته" or "نقلته" or "نقله";

    static ArabicFrame? Spoken(ArabicText text, int i, string verb, int free, Sentence sentence)
    {
        if (i > sentence.From && ArabicWords.Unsaid.Contains(text[i - 1])) return null;
        int that = That(text, i + 1, verb, sentence);
        if (that < 0) return Inverted(text, i, free, sentence);
        int end = that;
        while (end > i + 1 && (ArabicWords.BeforeThat.Contains(text[end - 1]) || !text.IsWord(end - 1))) end--;
        (int first, int last) = Name(text, i + 1, end);
        // What is denied keeps its denial: it is quoted from the verb on.
        int to = ArabicWords.Denials.Contains(verb) ? i : After(text, that);
        if (last > first) return new(i, to, first, last, true);
        if (end - (i + 1) > 6) return null; // Somebody may be named behind "in a statement".
        bool joined = text[i] != verb, open = i == sentence.From || text.Tokens[i - 1].Kind != TokenKind.Word || text.Tokens[i - 1].InQuote;
        if (!joined && Subject(text, i, free) is { } subject) return new(subject.From, to, subject.Name, i, true);
        return new(i, to, i, i, true) { Form = ArabicWords.Verbs[verb], Loose = !open, Unknown = !joined && !open };
    }

    /// <summary>"لكن مدير الدفاع المدني أكد أن": who stands before the verb, behind what parts it from the words of another.</summary>
    static (int From, int Name)? Subject(ArabicText text, int verb, int free)
    {
        for (int i = verb - 1; i >= free && i >= verb - LongestBefore && text.IsWord(i) && !text.Tokens[i].InQuote; i--)
        {
            if (ArabicWords.IsThat(text[i]) || text.Verb(i) is not null) return null;
            string head = ArabicWords.Bare(text[i], ArabicWords.Speakers.Contains);
            if (!ArabicWords.Speakers.Contains(head)) continue;
            if (i > free && ArabicWords.Boundaries.Contains(text[i - 1])) return (i - 1, i);
            if (i == free || !text.IsWord(i - 1)) return (i, i);
        }

        return null;
    }

    /// <summary>"«…»، قال رئيس البلدية".</summary>
    static ArabicFrame? Inverted(ArabicText text, int verb, int free, Sentence sentence)
    {
        int before = verb - 1;
        if (before > free && text.Tokens[before].Kind == TokenKind.Comma) before--;
        if (before <= free || text.Tokens[before].Kind != TokenKind.QuoteClose) return null;
        int end = verb + 1;
        while (end < sentence.To && text.IsWord(end)) end++;
        (int first, int last) = Name(text, verb + 1, end);
        return last > first && last - first <= LongestBefore ? new(verb, end, first, last, false) : null;
    }

    /// <summary>Where "that" or a colon ends the frame; -1 when it cannot be told: another verb of speech, or the end, comes first.</summary>
    static int That(ArabicText text, int from, string verb, Sentence sentence)
    {
        for (int i = from; i < sentence.To && i < from + Longest; i++)
        {
            if (IsColon(text, i)) return i;
            if (text.Tokens[i].Kind is TokenKind.Stop or TokenKind.Pause or TokenKind.QuoteOpen || text.Verb(i) is not null) return -1;
            if (text.IsWord(i) && (ArabicWords.IsThat(text[i]) || (i > from && Announces(text[i], verb)))) return i;
        }

        return -1;
    }

    static bool Announces(string word, string verb) =>
        (ArabicWords.Announcing.Contains(verb) && ArabicWords.Announced.Contains(word))
        || (ArabicWords.Informing.Contains(verb) && word.StartsWith('ب') && ArabicWords.Announced.Contains(word[1..]));

    /// <summary>Without "he said it in a statement yesterday": who, and no more.</summary>
    static (int From, int To) Name(ArabicText text, int from, int to)
    {
        if (text.At(from, to) == "من" && text.At(from + 1, to) is "جهته" or "جهتها" or "جانبه" or "جانبها" or "جهتهم") from += 2;
        while (from < to && !text.IsWord(from)) from++;
        int end = from;
        while (end < to && !Ends(text, end, to)) end++;
        while (end > from && !text.IsWord(end - 1)) end--;
        return (from, end);
    }

    static bool Ends(ArabicText text, int i, int to) => ArabicWords.Circumstances.Contains(text[i])
        || (text[i] == "في" && ArabicWords.Occasions.Contains(text.At(i + 1, to)))
        || text.Tokens[i].Kind is not (TokenKind.Word or TokenKind.Comma or TokenKind.Other)
        // A comma keeps a name ("المتحدث، أحمد كريم،") and nothing that begins otherwise.
        || (text.Tokens[i].Kind == TokenKind.Comma && (i + 1 >= to || !text.IsWord(i + 1) || text[i + 1] is "في" or "ان" || text[i + 1].StartsWith('و')));

    static bool IsColon(ArabicText text, int i) => text.Tokens[i].Kind == TokenKind.Pause && text[i] == ":" && !text.Tokens[i].InQuote;

    /// <summary>"إنه" belongs to what is said; "إن" does not.</summary>
    static int After(ArabicText text, int that) => ArabicWords.Joining.Contains(text[that]) || !text.IsWord(that) ? that + 1 : that;
}
