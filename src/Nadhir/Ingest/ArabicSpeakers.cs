namespace Nadhir.Ingest;

/// <summary>Who has been quoted so far in Arabic, so that "المصدر", "المتحدث" and a name said again find whom they mean.</summary>
sealed class ArabicSpeakers
{
    /// <summary>A report quotes few; beyond, the oldest are no longer looked for.</summary>
    const int Most = 64;
    readonly List<(Speaker Speaker, string[] Words)> known = [];

    public Speaker? Last { get; private set; }

    /// <summary>Somebody else may have spoken where nothing was read.</summary>
    public void Interrupt() => Last = null;

    /// <summary>The one before, when the verb may be theirs; null when it may not, or nobody has spoken.</summary>
    public Speaker? GoOn(VerbForm form) =>
        Last is { } last && (form == VerbForm.Any || form == ArabicWords.FormOf(WordsOf(last)[0])) ? last : null;

    /// <summary>Whom a phrase names.</summary>
    public Speaker Resolve(ArabicText text, int from, int to)
    {
        string name = text.Report.Of(from, to);
        if (name.StartsWith("لل", StringComparison.Ordinal)) name = "ال" + name[2..];
        else if (from > 0 && text[from - 1] is "وفقا" or "طبقا" or "ووفقا" && name.StartsWith('ل')) name = name[1..].TrimStart('ـ');
        string[] words = [.. name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => ArabicWords.Plain(word.Trim('،', '«', '»', '"')))];
        bool pointed = words.Length > 1 && words[^1] is "نفسه" or "ذاته" or "نفسها" or "ذاتها" or "عينه";
        string[] said = pointed ? words[..^1] : words;
        for (int i = known.Count - 1; i >= 0; i--)
            if (IsSame(said, known[i].Words))
                return Last = known[i].Speaker;
        bool unnamed = (ArabicWords.Anonymous.Contains(words[0]) && !name.Contains('،', StringComparison.Ordinal))
            || (ArabicWords.AnonymousAlone.Contains(words[0]) && words.Length <= 2);
        Speaker speaker = new(unnamed ? $"{name} (غير مسمّى)" : name, unnamed);
        if (known.Count == Most) known.RemoveAt(0);
        known.Add((speaker, words));
        return Last = speaker;
    }

    string[] WordsOf(Speaker speaker) => known.Last(each => each.Speaker == speaker).Words;

    /// <summary>The same words, the head again with the article ("مصدر أمني", then "المصدر"), or the last word of a name again.</summary>
    static bool IsSame(string[] said, string[] before)
    {
        if (said.SequenceEqual(before, StringComparer.Ordinal)) return true;
        if (said.Length > 2) return false;
        if (said[0].StartsWith("ال", StringComparison.Ordinal))
            return Array.TrueForAll(said, word => before.Contains(word, StringComparer.Ordinal) || before.Contains(word[Math.Min(2, word.Length)..], StringComparer.Ordinal))
                && (before[0] == said[0] || before[0] == said[0][2..]);
        return said.Length == 1 && before.Length >= 2 && before[^1] == said[0] && said[0].Length > 2;
    }
}
