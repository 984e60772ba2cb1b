using System.Globalization;

namespace Nadhir.Ingest;

/// <summary>Times as reports tell them ("yesterday morning", "on Monday", "30 July"), laid against the day of publication.</summary>
static class TimeWords
{
    static readonly string[] days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
    static readonly string[] months =
    [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ];

    /// <summary>The first time told in tokens [from, to), or null. Without a day of publication relative words have no interval.</summary>
    public static ToldTime? Of(ReportText text, int from, int to, DateOnly? published, TimeZoneInfo zone)
    {
        for (int i = from; i < to; i++)
            if (At(text, i, to, published) is { } found) return Told(text, i, found.To, found.Day, found.Days, zone);
        return null;
    }

    /// <summary>A day of its own in the text: for the head of a report.</summary>
    public static DateOnly? Date(ReportText text, int from, int to)
    {
        for (int i = from; i < to; i++)
            if (Calendar(text, i, to, null) is { Day: { } day }) return day;
        return null;
    }

    static (int To, DateOnly? Day, int Days)? At(ReportText text, int i, int to, DateOnly? published)
    {
        string word = text.Tokens[i].Lower, next = i + 1 < to ? text.Tokens[i + 1].Lower : "";
        if (text.Tokens[i].Kind != TokenKind.Word) return null;
        (int to, int back)? relative = word switch
        {
            "yesterday" => (Part(text, i + 1, to), 1),
            "today" => (Part(text, i + 1, to), 0),
            "tonight" => (i + 1, 0),
            "this" when next is "morning" or "afternoon" or "evening" => (i + 2, 0),
            "last" when next == "night" => (i + 2, 1),
            _ => null,
        };
        if (relative is { } r) return (r.to, published?.AddDays(-r.back), 1);
        if (word == "overnight") return (i + 1, published?.AddDays(-1), 2);
        if (Array.IndexOf(days, word) is var day and >= 0 && text.Tokens[i].Capital)
        {
            // The day before publication or the day itself: the latest of that name.
            DateOnly? named = published?.AddDays(-((((int)published.Value.DayOfWeek - day) % 7 + 7) % 7));
            return (Part(text, i + 1, to), named, 1);
        }

        if (i + 2 < to && text.Tokens[i + 2].Lower == "ago" && FigureWords.Number(word) is { } many && many < 1000)
            return next is "day" or "days" ? (i + 3, published?.AddDays(-(int)many), 1)
                : next is "week" or "weeks" ? (i + 3, published?.AddDays(-7 * (int)many), 1)
                : next is "hour" or "hours" ? (i + 3, published?.AddDays(-1 - (int)(many / 24)), 2 + (int)(many / 24)) : null;
        return Calendar(text, i, to, published);
    }

    /// <summary>"2024-07-30", "30 July", "July 30, 2024".</summary>
    static (int To, DateOnly? Day, int Days)? Calendar(ReportText text, int i, int to, DateOnly? published)
    {
        string word = text.Tokens[i].Lower;
        if (DateOnly.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly exact)) return (i + 1, exact, 1);
        if (i + 1 >= to) return null;
        string next = text.Tokens[i + 1].Lower;
        bool monthFirst = Array.IndexOf(months, word) >= 0;
        int month = Array.IndexOf(months, monthFirst ? word : next);
        if (month < 0 || !text.Tokens[monthFirst ? i : i + 1].Capital || !int.TryParse((monthFirst ? next : word).TrimEnd('s', 't', 'n', 'd', 'r', 'h'), CultureInfo.InvariantCulture, out int day)) return null;
        int end = i + 2;
        int comma = end < to && text.Tokens[end].Kind == TokenKind.Comma ? 1 : 0;
        int? year = null;
        if (end + comma < to && text.Tokens[end + comma].Lower is { Length: 4 } digits && int.TryParse(digits, CultureInfo.InvariantCulture, out int told))
            (year, end) = (told, end + comma + 1);
        // Without a year: the latest such day that is not after the report.
        int? guessed = year ?? (published is { } p ? ((month + 1, day).CompareTo((p.Month, p.Day)) > 0 ? p.Year - 1 : p.Year) : null);
        if (guessed is not { } full) return (end, null, 1);
        if (full is < 1 or > 9999 || day < 1 || day > DateTime.DaysInMonth(full, month + 1)) return null;
        return (end, new DateOnly(full, month + 1, day), 1);
    }

    static int Part(ReportText text, int i, int to) =>
        i < to && text.Tokens[i].Lower is "morning" or "afternoon" or "evening" or "night" ? i + 1 : i;

    static ToldTime Told(ReportText text, int from, int to, DateOnly? day, int days, TimeZoneInfo zone)
    {
        string words = text.Of(from, to);
        if (day is not { } date || date.Year is < 2 or > 9990) return new ToldTime(words);
        (double begin, double end) = text.Tokens[to - 1].Lower switch
        {
            "morning" => (5, 12),
            "afternoon" => (12, 18),
            "evening" => (17, 22),
            "night" or "tonight" => (18, 30),
            _ => (0, 24.0 * days),
        };
        DateTime midnight = date.ToDateTime(TimeOnly.MinValue);
        return new ToldTime(words) { Earliest = In(midnight.AddHours(begin)), Latest = In(midnight.AddHours(end)) };

        DateTimeOffset In(DateTime local) => new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
