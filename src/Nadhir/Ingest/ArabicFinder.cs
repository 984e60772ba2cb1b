namespace Nadhir.Ingest;

/// <summary>
/// Finds in Arabic paragraphs who says what. Fewer rules than the English ones, each for a form that names its speaker
/// plainly; whatever fits none is proposed as the report's own, with the doubt said.
/// </summary>
/// <param name="propose">Takes a claim that was found, unless there are too many; its number is given there.</param>
sealed class ArabicFinder(ArabicText text, string publisher, TimeZoneInfo zone, Action<Func<ProposedClaim>> propose)
{
    const int ShortestClaim = 2, ShortestBefore = 6;
    readonly ArabicSpeakers speakers = new();
    /// <summary>Words of nobody's stood since the last one spoke.</summary>
    bool between;

    public DateOnly? Published { get; set; }

    public void Interrupt() => speakers.Interrupt();

    /// <summary>The line with the place and the date says nothing else.</summary>
    public DateOnly? Head(Sentence sentence) =>
        sentence.To - sentence.From <= 12 && !ArabicFrames.Speaks(text, sentence.From, sentence.To) ? ArabicTimes.Date(text, sentence.From, sentence.To) : null;

    /// <summary>Returns who speaks in the paragraph after this sentence, or null.</summary>
    public Speaker? Take(Sentence sentence, Speaker? before)
    {
        List<ArabicFrame> frames = ArabicFrames.Of(text, sentence);
        if (frames.Count == 0)
        {
            Unframed(sentence, before);
            return before;
        }

        Speaker? current = null;
        IReadOnlyList<string> chain = [];
        string? doubt = null;
        int at = sentence.From;
        for (int i = 0; i < frames.Count; i++)
        {
            ArabicFrame frame = frames[i];
            bool nested = i > 0 && frames[i - 1].Follows && !frame.GoesOn && frame.From <= frames[i - 1].To;
            (Speaker? outer, IReadOnlyList<string> outerChain, string? outerDoubt) = (current, chain, doubt);
            // "The mayor came and said that": nobody who spoke before.
            if (frame.Unknown || (frame.Loose && frame.GoesOn && i == 0)) speakers.Interrupt();
            Speaker speaker = (frame.GoesOn ? speakers.GoOn(frame.Form) : speakers.Resolve(text, frame.SpeakerFrom, frame.SpeakerTo)) ?? Speaker.Report;
            doubt = speaker == Speaker.Report ? "the report does not say who this is"
                : frame.GoesOn && (frame.Loose || between) ? "another may be meant: nobody is named beside the verb" : null;
            between = false;
            string outlet = text.Report.Of(frame.Outlet.From, frame.Outlet.To);
            chain = speaker == Speaker.Report ? [publisher]
                : nested ? [.. outerChain.Take(ClaimFinder.LongestChain - 1), speaker.Name]
                : outlet.Length > 0 ? [publisher, outlet, speaker.Name] : [publisher, speaker.Name];
            // What stands before belongs to the frame before it; behind "…، بحسب المصدر" it is this one's.
            if (i > 0 && frames[i - 1].Follows && frame.Follows) Add(at, frame.From, outer!, outerChain, outerDoubt);
            else if (!frame.Follows) Add(at, frame.From, i > 0 && frames[i - 1].Follows ? outer! : speaker, i > 0 && frames[i - 1].Follows ? outerChain : chain,
                i > 0 && frames[i - 1].Follows ? $"may be what {speaker.Name} said" : doubt);
            else if (WordsIn(at, frame.From) >= ShortestBefore) Add(at, frame.From, Speaker.Report, [publisher], "the words before who says it");
            (current, at) = (speaker, frame.To);
        }

        if (frames[^1].Follows) Add(at, sentence.To, current!, chain, doubt);
        else if (text.Tokens[Math.Min(at + 1, sentence.To - 1)].Kind == TokenKind.QuoteOpen) Add(at, sentence.To, current!, chain, doubt);
        else if (WordsIn(at, sentence.To) >= ShortestBefore)
            Add(at, sentence.To, Speaker.Report, [publisher], $"may go on with what {current!.Name} said");
        return current;
    }

    void Unframed(Sentence sentence, Speaker? before)
    {
        bool quoted = text.Tokens[sentence.From].Kind == TokenKind.QuoteOpen;
        if (quoted && before is not null)
            Add(sentence.From, sentence.To, before, [publisher, before.Name], "a quotation with nobody named beside it: the one who spoke last");
        else
        {
            between = true;
            bool somebody = ArabicFrames.Speaks(text, sentence.From, sentence.To);
            if (somebody) speakers.Interrupt(); // "He added" after it is nobody known.
            Add(sentence.From, sentence.To, Speaker.Report, [publisher],
                somebody ? "somebody may say this; who was not told apart" : before is not null ? $"may go on with what {before.Name} said" : null);
        }
    }

    int WordsIn(int from, int to) => Enumerable.Range(from, Math.Max(0, to - from)).Count(text.IsWord);

    void Add(int from, int to, Speaker speaker, IReadOnlyList<string> chain, string? doubt)
    {
        int start = from;
        for (int i = from; i < to; i++)
        {
            bool meanwhile = text.IsWord(i) && i > start && ArabicWords.Meanwhile.Contains(text[i]) && text[i] != "كما" && !text.Tokens[i].InQuote;
            bool andThat = text.IsWord(i) && i > start && text[i].StartsWith('و') && ArabicWords.IsThat(text[i][1..]);
            bool stop = text.Tokens[i].Kind is TokenKind.Stop or TokenKind.Pause && text[i] != ":" && i > start;
            if (!meanwhile && !andThat && !stop) continue;
            Propose(start, i, speaker, chain, doubt);
            start = stop ? i + 1 : i;
            // "فيما …" after what somebody said may be the report's own again.
            if (meanwhile && speaker != Speaker.Report) doubt ??= $"may not be part of what {speaker.Name} said";
        }

        Propose(start, to, speaker, chain, doubt);
    }

    void Propose(int from, int to, Speaker speaker, IReadOnlyList<string> chain, string? doubt)
    {
        while (from < to && (!text.IsWord(from) || ArabicWords.Joining.Contains(text[from]) || ArabicWords.Meanwhile.Contains(text[from])
            || (text[from].StartsWith('و') && ArabicWords.Joining.Contains(text[from][1..])))) from++;
        while (to > from && (!text.IsWord(to - 1) || ArabicWords.Meanwhile.Contains(text[to - 1]) || text[to - 1] is "و" or "حين" or "في")) to--;
        if (WordsIn(from, to) < ShortestClaim) return;
        propose(() => Claim(from, to, speaker, chain, doubt));
    }

    ProposedClaim Claim(int from, int to, Speaker speaker, IReadOnlyList<string> chain, string? doubt)
    {
        (int? killed, int? injured, List<ClaimFigure> figures) = ArabicFigures.Of(text, from, to);
        (int first, int last) = (text.Tokens[from].Start, text.Tokens[to - 1].End);
        string kind = ArabicPlaces.Kind(text, from, to, killed is not null || injured is not null);
        return new("", text.Report.Text[first..last], first, last, kind, speaker.Name)
        {
            Chain = chain,
            Unnamed = speaker.IsUnnamed,
            Verbatim = text.Tokens[from].InQuote,
            Time = ArabicTimes.Of(text, from, to, Published, zone),
            Place = ArabicPlaces.Of(text, from, to),
            Killed = killed,
            Injured = injured,
            Figures = figures,
            Doubt = doubt,
        };
    }
}
