namespace Nadhir.Ingest;

enum TokenKind : byte { Word, Comma, Pause, Stop, QuoteOpen, QuoteClose, Other }

/// <summary>A word or mark of a text, and where it stands.</summary>
/// <param name="Lower">In small letters, with straight apostrophes.</param>
/// <param name="InQuote">Between quotation marks.</param>
readonly record struct Token(int Start, int End, TokenKind Kind, string Lower, bool Capital, bool InQuote);

/// <summary>Tokens [From, To) of one sentence; a quotation is never cut in two.</summary>
readonly record struct Sentence(int From, int To, int Paragraph);

/// <summary>A report cut into words, sentences and paragraphs, in one pass.</summary>
sealed class ReportText
{
    static readonly HashSet<string> abbreviations = new(StringComparer.Ordinal)
    {
        "mr", "mrs", "ms", "dr", "gen", "maj", "lt", "col", "sgt", "capt", "brig", "adm", "st", "prof", "u.s", "u.k", "u.n", "e.g",
        "i.e", "no", "vs", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "a.m", "p.m", "hon",
    };

    readonly List<Token> tokens = [];
    readonly List<Sentence> sentences = [];

    public ReportText(string text)
    {
        Text = text;
        int paragraph = 0;
        for (int at = 0; at <= text.Length; paragraph++)
        {
            int end = text.IndexOf('\n', at);
            if (end < 0) end = text.Length;
            int from = tokens.Count;
            Cut(at, end);
            Split(from, paragraph);
            at = end + 1;
        }
    }

    public string Text { get; }
    public IReadOnlyList<Token> Tokens => tokens;
    public IReadOnlyList<Sentence> Sentences => sentences;

    /// <summary>The text of tokens [from, to), as it stands.</summary>
    public string Of(int from, int to) => from >= to ? "" : Text[tokens[from].Start..tokens[to - 1].End];

    void Cut(int at, int end)
    {
        bool quoted = false;
        while (at < end)
        {
            char c = Text[at];
            if (char.IsWhiteSpace(c))
            {
                at++;
                continue;
            }

            int start = at;
            if (IsWordPart(c))
            {
                while (at < end && (IsWordPart(Text[at]) || IsInner(at, end))) at++;
                string word = Text[start..at];
                tokens.Add(new(start, at, TokenKind.Word, word.Replace('’', '\'').ToLowerInvariant(), char.IsUpper(c), quoted));
                continue;
            }

            at++;
            TokenKind kind = c switch
            {
                ',' or '،' => TokenKind.Comma,
                ';' or ':' or '—' or '–' or '؛' => TokenKind.Pause,
                '.' or '!' or '?' or '؟' => TokenKind.Stop,
                '“' or '«' or '„' => TokenKind.QuoteOpen,
                '”' or '»' => TokenKind.QuoteClose,
                '"' => quoted ? TokenKind.QuoteClose : TokenKind.QuoteOpen,
                _ => TokenKind.Other,
            };
            if (kind == TokenKind.QuoteClose) quoted = false;
            tokens.Add(new(start, at, kind, c.ToString(), false, quoted));
            if (kind == TokenKind.QuoteOpen) quoted = true;
        }
    }

    static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || c is '%' || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark;

    /// <summary>A mark inside a word: al-Assad, Iraq’s, 3.5, 1,200, 03:15, U.S.</summary>
    bool IsInner(int at, int end)
    {
        if (at + 1 >= end || !IsWordPart(Text[at + 1])) return false;
        char before = Text[at - 1], after = Text[at + 1];
        return Text[at] switch
        {
            '-' or '\'' or '’' => true,
            '.' => (char.IsDigit(before) && char.IsDigit(after)) || (char.IsUpper(before) && char.IsUpper(after)) || (before is 'a' or 'p' && after == 'm'),
            ',' or ':' => char.IsDigit(before) && char.IsDigit(after),
            _ => false,
        };
    }

    void Split(int from, int paragraph)
    {
        int start = from;
        bool open = false;
        for (int i = from; i < tokens.Count; i++)
        {
            if (tokens[i].Kind == TokenKind.QuoteOpen) open = true;
            else if (tokens[i].Kind == TokenKind.QuoteClose) open = false;
            bool stops = tokens[i].Kind == TokenKind.Stop && !open && !IsAbbreviation(i);
            // A quotation that ends with its sentence, and after which no small letter goes on.
            bool closes = tokens[i].Kind == TokenKind.QuoteClose && i > from && tokens[i - 1].Kind == TokenKind.Stop;
            if ((!stops && !closes) || (i + 1 < tokens.Count && !Begins(i + 1))) continue;
            sentences.Add(new(start, i + 1, paragraph));
            start = i + 1;
        }

        if (start < tokens.Count) sentences.Add(new(start, tokens.Count, paragraph));
    }

    bool Begins(int i) => tokens[i].Kind == TokenKind.QuoteOpen
        || (tokens[i].Kind == TokenKind.Word && (tokens[i].Capital || !char.IsLower(Text[tokens[i].Start])));

    bool IsAbbreviation(int stop) => Text[tokens[stop].Start] == '.' && stop > 0 && tokens[stop - 1].Kind == TokenKind.Word
        && tokens[stop - 1].End == tokens[stop].Start && (tokens[stop - 1].Lower.Length == 1 || abbreviations.Contains(tokens[stop - 1].Lower))
        && stop + 1 < tokens.Count;
}
