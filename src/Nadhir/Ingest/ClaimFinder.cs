using System.Text.Json.Serialization;

namespace Nadhir.Ingest;

/// <summary>A claim that the rules found in a report. It is a proposal: a person takes it or leaves it.</summary>
/// <param name="From">Of <paramref name="Quote"/> in the text, characters.</param>
sealed record ProposedClaim(string Id, string Quote, int From, int To, string Kind, string Attribution)
{
    /// <summary>For the person who reviews it: true, false, or null while undecided.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool? Accept { get; init; }
    /// <summary>For the person: why not.</summary>
    public string? Reason { get; init; }
    public IReadOnlyList<string> Chain { get; init; } = [];
    [JsonIgnore]
    public bool Unnamed { get; init; }
    /// <summary>In the speaker's own words, between quotation marks.</summary>
    public bool Verbatim { get; init; }
    public ToldTime? Time { get; init; }
    public string? Place { get; init; }
    public int? Killed { get; init; }
    public int? Injured { get; init; }
    public IReadOnlyList<ClaimFigure> Figures { get; init; } = [];
    /// <summary>Why the attribution may be another; null when the words leave no doubt.</summary>
    public string? Doubt { get; init; }

    public RecordClaim Command(string by, string source, string? incident) => new(Id, Kind, Quote, Attribution)
    {
        By = by, Source = source, From = From, To = To, Incident = incident, Proposed = true,
        Chain = [.. Chain], Time = Time, Place = Place, Killed = Killed, Injured = Injured, Figures = [.. Figures],
    };
}

/// <summary>
/// Finds in an English or Arabic report who says what: by verbs of speech, "according to", quotations and who spoke last.
/// Rules of our own, no model and no network; it takes time in proportion to the text and never throws on one.
/// </summary>
sealed class ClaimFinder
{
    /// <summary>Of one report; the rest is counted.</summary>
    const int Most = 2000;
    /// <summary>Mouths a claim went through; of more, those in the middle are left out.</summary>
    internal const int LongestChain = 10;

    readonly ReportText text;
    readonly SpeakerBook speakers = new();
    readonly TimeZoneInfo zone;
    readonly string publisher;
    readonly List<ProposedClaim> found = [];

    ClaimFinder(ReportText text, string publisher, DateOnly? published, TimeZoneInfo zone)
    {
        (this.text, this.publisher, this.zone) = (text, publisher, zone);
        Published = published;
    }

    public DateOnly? Published { get; private set; }
    public int Left { get; private set; }

    /// <summary>Paragraphs that are neither English nor Arabic, as it seems: nothing was taken from them.</summary>
    public IReadOnlyList<UnreadParagraph> Unread { get; private init; } = [];
    public IReadOnlyList<ProposedClaim> Claims => found;

    /// <param name="published">When the report does not say so in its first line.</param>
    public static ClaimFinder Read(string report, string publisher = "report", DateOnly? published = null, TimeZoneInfo? zone = null)
    {
        ReportText read = new(report);
        (Dictionary<int, UnreadParagraph> unread, HashSet<int> inArabic) = ReportLanguage.Of(read);
        ClaimFinder finder = new(read, publisher, published, zone ?? TimeZoneInfo.Utc)
        {
            Unread = [.. unread.Values.OrderBy(each => each.Number)],
        };
        ArabicFinder arabic = new(new(read), publisher, finder.zone, finder.Keep) { Published = published };
        int paragraph = -1;
        Speaker? inParagraph = null;
        for (int i = 0; i < read.Sentences.Count; i++)
        {
            Sentence sentence = read.Sentences[i];
            bool isArabic = inArabic.Contains(sentence.Paragraph);
            if (i == 0 && isArabic && arabic.Head(sentence) is { } date)
            {
                arabic.Published = finder.Published ??= date;
                continue;
            }

            if (i == 0 && !isArabic && finder.IsHead(sentence))
            {
                arabic.Published = finder.Published;
                continue;
            }

            bool isRead = !unread.ContainsKey(sentence.Paragraph);
            if (!isRead || isArabic) finder.speakers.Interrupt();
            if (!isRead || !isArabic) arabic.Interrupt();
            if (!isRead) continue;
            if (sentence.Paragraph != paragraph) (paragraph, inParagraph) = (sentence.Paragraph, null);
            inParagraph = isArabic ? arabic.Take(sentence, inParagraph) : finder.Take(sentence, inParagraph);
        }

        return finder;
    }

    /// <summary>The line with the date and who wrote it says nothing else.</summary>
    bool IsHead(Sentence sentence)
    {
        if (SpeechFrames.HasFinite(text, sentence.From, sentence.To) || sentence.To - sentence.From > 25) return false;
        if (TimeWords.Date(text, sentence.From, sentence.To) is not { } date) return false;
        Published ??= date;
        return true;
    }

    /// <summary>Returns who speaks in the paragraph after this sentence, or null.</summary>
    Speaker? Take(Sentence sentence, Speaker? before)
    {
        List<SpeechFrame> frames = SpeechFrames.Of(text, sentence);
        if (frames.Count == 0)
        {
            Unframed(sentence, before);
            return before;
        }

        Speaker? current = null;
        IReadOnlyList<string> chain = [];
        int at = sentence.From;
        for (int i = 0; i < frames.Count; i++)
        {
            SpeechFrame frame = frames[i];
            bool goesOn = frame.GoesOn && current is not null;
            bool nested = i > 0 && frames[i - 1].Follows && !frame.GoesOn && frame.From <= frames[i - 1].To && current is not null;
            Speaker speaker = (frame.GoesOn ? current ?? speakers.Last : speakers.Resolve(text, frame.SpeakerFrom, frame.SpeakerTo)) ?? Speaker.Report;
            string? doubt = speaker == Speaker.Report ? "the report does not say who this is" : null;
            // What stands before a frame is the one's before it, when that one's words follow; else of this one, or the report's.
            if (i > 0 && (frames[i - 1].Follows || goesOn)) Add(at, frame.From, current!, chain, null, sentence);
            else if (!frame.Follows || EndsQuoted(at, frame.From)) Add(at, frame.From, speaker, Chain(speaker, []), doubt, sentence);
            else Add(at, frame.From, Speaker.Report, [publisher], null, sentence, onlyClauses: true);
            chain = goesOn ? chain : nested ? [.. chain.Take(LongestChain - 1), speaker.Name] : Chain(speaker, []);
            current = speaker;
            at = frame.To;
        }

        // After a frame that stands in the middle ("...," he said, "...") the same one goes on.
        Add(at, sentence.To, current!, chain, current == Speaker.Report ? "the report does not say who this is" : null, sentence,
            onlyClauses: !frames[^1].Follows && !Quoted(at, sentence.To));
        return current;
    }

    void Unframed(Sentence sentence, Speaker? before)
    {
        bool quoted = text.Tokens[sentence.From].Kind == TokenKind.QuoteOpen;
        bool first = Enumerable.Range(sentence.From, sentence.To - sentence.From).Any(i => SpeechWords.FirstPerson.Contains(text.Tokens[i].Lower)
            && text.Tokens[i].Kind == TokenKind.Word);
        Speaker? speaker = quoted || first ? before ?? (quoted ? speakers.Last : null) : null;
        string? doubt = speaker is not null
            ? before is null ? "a quotation with nobody named beside it: the one who spoke last" : quoted ? null : "in the first person after what this one said"
            : before is not null ? $"may go on with what {before.Name} said" : null;
        Add(sentence.From, sentence.To, speaker ?? Speaker.Report, Chain(speaker ?? Speaker.Report, []), doubt, sentence);
    }

    IReadOnlyList<string> Chain(Speaker speaker, IReadOnlyList<string> before) =>
        speaker == Speaker.Report ? [publisher] : [publisher, .. before, speaker.Name];

    /// <summary>A quotation that ends with a comma goes on after who says it; a name between quotation marks does not.</summary>
    bool EndsQuoted(int from, int to) => to - 2 >= from
        && ((text.Tokens[to - 1].Kind == TokenKind.QuoteClose && text.Tokens[to - 2].Kind is TokenKind.Comma or TokenKind.Stop)
            || (text.Tokens[to - 1].Kind == TokenKind.Comma && text.Tokens[to - 2].Kind == TokenKind.QuoteClose));

    bool Quoted(int from, int to)
    {
        for (int i = from; i < to; i++)
            if (text.Tokens[i].Kind == TokenKind.QuoteOpen) return true;
        return false;
    }

    /// <param name="onlyClauses">What has no verb of its own is left out: "Yesterday,".</param>
    void Add(int from, int to, Speaker speaker, IReadOnlyList<string> chain, string? doubt, Sentence sentence, bool onlyClauses = false)
    {
        int background = speaker == Speaker.Report ? to : ClaimSplitter.Background(text, from, to);
        foreach ((int start, int end) in ClaimSplitter.Split(text, from, background))
            Propose(start, end, speaker, chain, doubt, sentence, onlyClauses);
        if (background >= to) return;
        foreach ((int start, int end) in ClaimSplitter.Split(text, background, to))
            Propose(start, end, Speaker.Report, [publisher], $"may be part of what {speaker.Name} said", sentence, false);
    }

    void Propose(int start, int end, Speaker speaker, IReadOnlyList<string> chain, string? doubt, Sentence sentence, bool onlyClauses)
    {
        (int from, int to) = ClaimSplitter.Trim(text, start, end);
        if (to - from < 3 || (onlyClauses && !SpeechFrames.HasFinite(text, from, to))) return;
        Keep(() => Claim(from, to, speaker, chain, doubt, sentence));
    }

    ProposedClaim Claim(int from, int to, Speaker speaker, IReadOnlyList<string> chain, string? doubt, Sentence sentence)
    {
        (int first, int last) = (text.Tokens[from].Start, text.Tokens[to - 1].End);
        (int? killed, int? injured, List<ClaimFigure> figures) = FigureWords.Of(text, from, to);
        bool verbatim = text.Tokens[from].InQuote;
        return new ProposedClaim("", text.Text[first..last], first, last,
            ClaimKinds.Of(text, from, to, killed is not null || injured is not null), speaker.Name)
        {
            Chain = chain,
            Unnamed = speaker.IsUnnamed,
            Verbatim = verbatim,
            Time = TimeWords.Of(text, from, to, Published, zone),
            Place = PlaceWords.Of(text, from, to) ?? PlaceAfter(to, sentence),
            Killed = killed,
            Injured = injured,
            Figures = figures,
            Doubt = doubt,
        };
    }

    void Keep(Func<ProposedClaim> claim)
    {
        if (found.Count == Most) Left++;
        else found.Add(claim() with { Id = $"P{found.Count + 1:00}" });
    }

    /// <summary>"..., north of Babil": a place that the cut left just behind.</summary>
    string? PlaceAfter(int to, Sentence sentence) =>
        to + 1 < sentence.To && text.Tokens[to].Kind == TokenKind.Comma && text.Tokens[to + 1].Lower is "in" or "at" or "near" or "north" or "south" or "east" or "west"
            ? PlaceWords.Of(text, to + 1, Math.Min(sentence.To, to + 10)) : null;
}
