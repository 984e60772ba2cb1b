using System.Collections.Frozen;
using System.Globalization;

namespace Nadhir.Ingest;

/// <summary>Numbers in figures and in words, and which of them count the dead and the hurt.</summary>
static class FigureWords
{
    const int Reach = 5;
    static readonly string[] small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    static readonly string[] tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    static readonly FrozenSet<string> killed = WordSet.Of("killed killing killings kill kills dead died deaths death die perished");
    static readonly FrozenSet<string> injured = WordSet.Of("injured injuring injury injuries wounded wounding hurt wounds");

    /// <summary>The number a word stands for, or null: "4", "1,200", "four", "twenty-one", "dozen".</summary>
    public static double? Number(string word)
    {
        if (word.Length > 0 && char.IsAsciiDigit(word[0]))
            return word.Length <= 12 && word.All(c => char.IsAsciiDigit(c) || c is ',' or '.')
                && double.TryParse(word.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out double figure) && figure < 1e9 ? figure : null;
        if (Array.IndexOf(small, word) is var unit and >= 0) return unit;
        if (word == "dozen") return 12;
        if (word == "hundred") return 100;
        int hyphen = word.IndexOf('-', StringComparison.Ordinal);
        if (Array.IndexOf(tens, hyphen < 0 ? word : word[..hyphen]) is not (var ten and >= 0)) return null;
        if (hyphen < 0) return 20 + (10 * ten);
        return Array.IndexOf(small, word[(hyphen + 1)..]) is var rest and > 0 and < 10 ? 20 + (10 * ten) + rest : null;
    }

    public static (int? Killed, int? Injured, List<ClaimFigure> Others) Of(ReportText text, int from, int to)
    {
        int? dead = null, hurt = null;
        List<ClaimFigure> others = [];
        for (int i = from; i < to; i++)
        {
            if (text.Tokens[i].Kind != TokenKind.Word || Number(text.Tokens[i].Lower) is not { } number) continue;
            if (IsOfTime(text, i, to)) continue;
            switch (Counts(text, i, from, to))
            {
                case true: dead ??= (int)number; break;
                case false: hurt ??= (int)number; break;
                default:
                    // "one" is more often a pronoun than a count.
                    if (text.Tokens[i].Lower != "one" && Noun(text, i + 1, to) is { } noun && others.Count < 20) others.Add(new(noun, number));
                    break;
            }
        }

        return (dead, hurt, others);
    }

    /// <summary>True when it counts the dead, false the hurt, null neither: the nearest such word in its own part of the sentence.</summary>
    static bool? Counts(ReportText text, int at, int from, int to)
    {
        bool? found = null;
        int best = Reach + 1;
        for (int step = -1; step <= 1; step += 2)
            for (int i = at + step, distance = 1; i >= from && i < to && distance < best; i += step, distance++)
            {
                Token token = text.Tokens[i];
                if (token.Kind is TokenKind.Comma or TokenKind.Pause or TokenKind.Stop) break;
                if (step > 0 && token.Lower == "and") break;
                // "three were wounded and one killed": the verb before the "and" is the other's.
                if (step < 0 && token.Lower == "and" && HasVerbAfter(text, at, to)) break;
                if (!killed.Contains(token.Lower) && !injured.Contains(token.Lower)) continue;
                (found, best) = (killed.Contains(token.Lower), distance);
            }

        return found;
    }

    static bool HasVerbAfter(ReportText text, int at, int to)
    {
        for (int i = at + 1; i < to && i <= at + Reach; i++)
        {
            if (text.Tokens[i].Kind is TokenKind.Comma or TokenKind.Pause or TokenKind.Stop || text.Tokens[i].Lower == "and") return false;
            if (killed.Contains(text.Tokens[i].Lower) || injured.Contains(text.Tokens[i].Lower)) return true;
        }

        return false;
    }

    static bool IsOfTime(ReportText text, int i, int to) => i + 1 < to && text.Tokens[i + 1].Lower is
        "ago" or "days" or "day" or "hours" or "hour" or "minutes" or "weeks" or "years" or "a.m" or "p.m" or "january" or "february" or "march"
        or "april" or "may" or "june" or "july" or "august" or "september" or "october" or "november" or "december";

    /// <summary>What it counts: the last of the small-letter words that follow, at most three.</summary>
    static string? Noun(ReportText text, int from, int to)
    {
        int end = from;
        while (end < to && end < from + 3 && text.Tokens[end].Kind == TokenKind.Word && !text.Tokens[end].Lower.EndsWith("ed", StringComparison.Ordinal)
            && text.Tokens[end].Lower is not ("and" or "of" or "in" or "at" or "were" or "was" or "on" or "from" or "to" or "had" or "near" or "which" or "who" or "crossed")) end++;
        return end > from ? text.Of(from, end).ToLowerInvariant() : null;
    }
}
