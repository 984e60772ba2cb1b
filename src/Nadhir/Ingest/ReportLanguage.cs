using System.Globalization;

namespace Nadhir.Ingest;

/// <summary>A paragraph that the rules cannot read, and so took nothing from.</summary>
/// <param name="Number">Of the paragraph, from 1; blank lines are not counted.</param>
/// <param name="Begins">How it begins.</param>
sealed record UnreadParagraph(int Number, string Begins, string Why);

/// <summary>
/// Tells paragraphs the English and the Arabic rules may read from those they must leave alone: an attribution found by rules of another
/// language would be a wrong one.
/// </summary>
static class ReportLanguage
{
    /// <summary>Fewer tell nothing of the language.</summary>
    const int FewWords = 8;
    /// <summary>Shorter paragraphs are judged together with the long one before them.</summary>
    const int EnoughWords = 16;
    /// <summary>Of the words of English prose a quarter are among these; of other languages' next to none.</summary>
    const double LeastShare = 0.12;
    const int BeginsWords = 6;

    /// <summary>Frequent in English and not a word of its neighbours, as "in", "was" and "a" are.</summary>
    static readonly HashSet<string> common = new(StringComparer.Ordinal)
    {
        "the", "of", "and", "to", "that", "were", "are", "been", "has", "have", "with", "by", "from", "for", "it", "he", "she", "they",
        "his", "her", "their", "its", "this", "these", "which", "who", "would", "will", "not", "but", "said", "after", "there", "what",
        "when", "about", "into", "people", "one", "two", "could", "should", "than", "between", "during", "because",
    };

    /// <summary>The paragraphs not to be read, by their index in the text, and those that are Arabic.</summary>
    public static (Dictionary<int, UnreadParagraph> Unread, HashSet<int> Arabic) Of(ReportText text)
    {
        Dictionary<int, UnreadParagraph> unread = [];
        HashSet<int> arabic = [];
        Count before = default;
        int number = 0;
        foreach (IGrouping<int, Sentence> paragraph in text.Sentences.GroupBy(sentence => sentence.Paragraph))
        {
            number++;
            (int from, int to) = (paragraph.First().From, paragraph.Last().To);
            Count own = CountWords(text, from, to, quoted: false);
            Count judged = own.Words >= EnoughWords || before.Words == 0 ? own : own with
            {
                Words = own.Words + before.Words, Latin = own.Latin + before.Latin, Common = own.Common + before.Common,
            };
            if (own.Arabic * 2 > own.Words)
            {
                if (IsArabic(text, from, to)) arabic.Add(paragraph.Key);
                else Leave("it is written in Arabic letters and does not read as Arabic");
                continue;
            }

            if (own.Words >= EnoughWords) before = own;
            if (Why(own, judged) is { } why) Leave(why);

            void Leave(string because)
            {
                int end = Math.Min(to, from + BeginsWords);
                unread[paragraph.Key] = new(number, text.Of(from, end) + (end < to ? " …" : ""), because);
            }
        }

        return (unread, arabic);
    }

    /// <summary>Persian, Urdu, Kurdish and others have letters that Arabic has not; its article and small words stand in any paragraph.</summary>
    static bool IsArabic(ReportText text, int from, int to)
    {
        int words = 0, usual = 0;
        for (int i = from; i < to; i++)
        {
            if (text.Tokens[i].Kind != TokenKind.Word || char.IsDigit(text.Tokens[i].Lower[0])) continue;
            if (!text.Tokens[i].InQuote && text.Tokens[i].Lower.AsSpan().IndexOfAny(Others) >= 0) return false;
            words++;
            string plain = ArabicWords.Plain(text.Tokens[i].Lower);
            if (ArabicWords.Common.Contains(plain) || plain.StartsWith("ال", StringComparison.Ordinal)) usual++;
        }

        return usual * 8 >= words || words < FewWords;
    }

    static readonly System.Buffers.SearchValues<char> Others = System.Buffers.SearchValues.Create("پچژگکیےہھڈٹڑںۆێەڕڵۀۇۈېڭ");

    /// <summary>Words of other letters are another language however few they are; of Latin ones it takes some to tell.</summary>
    static string? Why(Count own, Count judged) =>
        own.Words > 0 && own.Latin * 2 < own.Words ? "it is written in letters that are neither Latin nor Arabic"
        : judged.Words >= FewWords && judged.Common < LeastShare * judged.Words ? "it does not read as English"
        : null;

    /// <summary>What stands between quotation marks may be of any language: who said it is told outside of them.</summary>
    static Count CountWords(ReportText text, int from, int to, bool quoted)
    {
        int words = 0, latin = 0, arabic = 0, usual = 0;
        for (int i = from; i < to; i++)
        {
            Token token = text.Tokens[i];
            if (token.Kind != TokenKind.Word || token.InQuote != quoted || char.IsDigit(token.Lower[0])) continue;
            words++;
            if (IsLatin(token.Lower)) latin++;
            else if (token.Lower[0] is >= '\u0600' and <= '\u06FF') arabic++;
            if (common.Contains(token.Lower)) usual++;
        }

        return words == 0 && !quoted ? CountWords(text, from, to, quoted: true) : new(words, latin, usual, arabic);
    }

    static bool IsLatin(string word) => word.All(c => c < '\u0250' || (c >= '\u1E00' && c < '\u1F00')
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.FinalQuotePunctuation);

    readonly record struct Count(int Words, int Latin, int Common, int Arabic);
}
