namespace Nadhir.Ingest;

/// <summary>One who is quoted.</summary>
/// <param name="Name">As the report first called them, in full.</param>
sealed record Speaker(string Name, bool IsUnnamed)
{
    /// <summary>The report itself: no one else is named for it.</summary>
    public static Speaker Report { get; } = new("report", false);
}

/// <summary>Who has been quoted so far, so that "he", "the source" and a surname find whom they mean.</summary>
sealed class SpeakerBook
{
    /// <summary>A report quotes few; beyond, the oldest are no longer looked for.</summary>
    const int Most = 64;
    readonly List<(Speaker Speaker, string[] Words, string? Surname)> known = [];

    public Speaker? Last { get; private set; }

    /// <summary>Somebody else may have spoken where nothing was read: "he" is nobody known any more.</summary>
    public void Interrupt() => Last = null;

    /// <summary>The speaker a phrase names, or null when it is a pronoun and nobody has spoken.</summary>
    public Speaker? Resolve(ReportText text, int from, int to)
    {
        while (from < to && text.Tokens[from].Kind != TokenKind.Word) from++;
        while (from < to && text.Tokens[to - 1].Kind != TokenKind.Word) to--;
        if (from >= to) return null;
        if (to - from == 1 && SpeechWords.Pronouns.Contains(text.Tokens[from].Lower)) return Last;
        string[] words = [.. Words(text, from, to)];
        if (text.Tokens[from].Capital || text.Tokens[from].Lower is "the" or "this" or "that")
            for (int i = known.Count - 1; i >= 0; i--)
                if (IsSame(text, from, to, words, known[i]))
                    return Last = known[i].Speaker;

        string name = Shortened(text, from, to);
        bool unnamed = IsUnnamed(text, from, to);
        Speaker speaker = new(unnamed ? $"{name} (unnamed)" : name, unnamed);
        if (known.Count == Most) known.RemoveAt(0);
        known.Add((speaker, words, unnamed ? null : Surname(text, from, to)));
        return Last = speaker;
    }

    static bool IsSame(ReportText text, int from, int to, string[] words, (Speaker Speaker, string[] Words, string? Surname) one)
    {
        // A surname alone, with or without a title before it.
        if (one.Surname is { } surname && words[^1] == surname && words.Length <= 3 && text.Tokens[to - 1].Capital) return true;
        // "The source", "the spokesman", "the ministry": the head of the phrase was in the first one's.
        return text.Tokens[from].Lower is "the" or "this" or "that" && words.Length <= 3
            && words.Skip(1).All(word => one.Words.Contains(word, StringComparer.Ordinal));
    }

    static bool IsUnnamed(ReportText text, int from, int to)
    {
        bool head = false, person = false;
        for (int i = from; i < to; i++)
        {
            Token token = text.Tokens[i];
            if (SpeechWords.Anonymous.Contains(token.Lower)) head = true;
            // Two capitals in a row are a name; a single one may be an adjective ("an Iraqi officer").
            if (i > from && token.Capital && text.Tokens[i - 1].Capital && i - 1 > from) person = true;
        }

        return head && !person && text.Tokens[from].Lower is not ("the" or "this" or "that");
    }

    /// <summary>Without "who asked not to be named", "speaking on condition of ...".</summary>
    static string Shortened(ReportText text, int from, int to)
    {
        int end = to;
        for (int i = from + 1; i < to; i++)
            if (text.Tokens[i].Lower is "who" or "speaking" or "requesting" or "whose" or "which")
            {
                end = text.Tokens[i - 1].Kind == TokenKind.Comma ? i - 1 : i;
                break;
            }

        while (end > from + 1 && text.Tokens[end - 1].Kind != TokenKind.Word) end--;
        string name = text.Of(from, end);
        // The article is no part of a name.
        return text.Tokens[from].Lower is "the" or "a" or "an" && end > from + 1 ? name[(text.Tokens[from + 1].Start - text.Tokens[from].Start)..] : name;
    }

    static string? Surname(ReportText text, int from, int to)
    {
        // The last word of the last run of capitals of two words and more.
        string? found = null;
        for (int i = from + 1; i < to; i++)
            if (text.Tokens[i].Capital && text.Tokens[i - 1].Capital && !(i + 1 < to && text.Tokens[i + 1].Capital)) found = text.Tokens[i].Lower;
        return found;
    }

    static IEnumerable<string> Words(ReportText text, int from, int to)
    {
        for (int i = from; i < to; i++)
            if (text.Tokens[i].Kind == TokenKind.Word) yield return text.Tokens[i].Lower;
    }
}
