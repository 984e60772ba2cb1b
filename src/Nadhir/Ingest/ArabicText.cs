namespace Nadhir.Ingest;

/// <summary>A report with its words in plain Arabic beside them.</summary>
sealed class ArabicText(ReportText text)
{
    readonly string[] plain = [.. text.Tokens.Select(token => token.Kind == TokenKind.Word ? ArabicWords.Plain(token.Lower) : token.Lower)];

    public ReportText Report => text;
    public IReadOnlyList<Token> Tokens => text.Tokens;

    /// <summary>The plain form of a token; empty beyond <paramref name="to"/>.</summary>
    public string At(int i, int to) => i >= 0 && i < to ? plain[i] : "";

    public string this[int i] => plain[i];

    public bool IsWord(int i) => text.Tokens[i].Kind == TokenKind.Word;

    /// <summary>The token as a verb of speech, "and" before it or not; null when it is none, or is told to be passive by its vowels.</summary>
    public string? Verb(int i)
    {
        if (!IsWord(i) || text.Tokens[i].InQuote) return null;
        string verb = ArabicWords.Bare(plain[i], ArabicWords.Verbs.ContainsKey);
        return ArabicWords.Verbs.ContainsKey(verb) && !text.Tokens[i].Lower.Contains('\u064F', StringComparison.Ordinal) ? verb : null;
    }
}
