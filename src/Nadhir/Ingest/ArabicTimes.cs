using System.Globalization;

namespace Nadhir.Ingest;

/// <summary>Times as Arabic reports tell them ("صباح أمس", "فجر الاثنين", "30 تموز/يوليو"), laid against the day of publication.</summary>
static class ArabicTimes
{
    static readonly string[] days = ["الاحد", "الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعة", "السبت"];

    /// <summary>In the order of the year, as they are called east and west of Sinai.</summary>
    static readonly string[][] months =
    [
        ["كانون الثاني", "يناير"], ["شباط", "فبراير"], ["اذار", "مارس"], ["نيسان", "ابريل"], ["ايار", "مايو"], ["حزيران", "يونيو"],
        ["تموز", "يوليو"], ["اب", "اغسطس"], ["ايلول", "سبتمبر"], ["تشرين الاول", "اكتوبر"], ["تشرين الثاني", "نوفمبر"], ["كانون الاول", "ديسمبر"],
    ];

    /// <summary>Hours of the day; a night "of" a day may be the one before it or after.</summary>
    static (double Begin, double End)? PartOf(string word) => word switch
    {
        "فجر" => (2, 7),
        "صباح" => (5, 12),
        "ظهر" => (11, 15),
        "عصر" => (14, 18),
        "مساء" => (16, 24),
        "ليل" => (18, 30),
        "ليلة" => (-6, 30),
        _ => null,
    };

    public static ToldTime? Of(ArabicText text, int from, int to, DateOnly? published, TimeZoneInfo zone)
    {
        for (int i = from; i < to; i++)
        {
            if (!text.IsWord(i)) continue;
            int at = i;
            (double Begin, double End)? part = PartOf(text[at]);
            if (part is not null && text.At(++at, to) == "يوم") at++;
            if (Day(text, at, to, published) is not { } day) continue;
            string words = text.Report.Of(i, day.To);
            if (day.Date is not { } date || date.Year is < 2 or > 9990) return new ToldTime(words);
            (double begin, double end) = part ?? (0, 24);
            DateTime midnight = date.ToDateTime(TimeOnly.MinValue);
            return new ToldTime(words) { Earliest = In(midnight.AddHours(begin)), Latest = In(midnight.AddHours(end)) };
        }

        return null;

        DateTimeOffset In(DateTime local) => new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>A day with its month: for the head of a report.</summary>
    public static DateOnly? Date(ArabicText text, int from, int to)
    {
        for (int i = from; i < to; i++)
            if (text.IsWord(i) && Calendar(text, i, to, null) is { Date: { } date }) return date;
        return null;
    }

    static (int To, DateOnly? Date)? Day(ArabicText text, int i, int to, DateOnly? published)
    {
        string word = text.At(i, to);
        if (word == "امس") return (text.At(i + 1, to) == "الاول" ? i + 2 : i + 1, published?.AddDays(text.At(i + 1, to) == "الاول" ? -2 : -1));
        if (word == "اول" && text.At(i + 1, to) == "امس") return (i + 2, published?.AddDays(-2));
        if (word == "اليوم") return (Array.IndexOf(days, text.At(i + 1, to)) >= 0 ? i + 2 : i + 1, published);
        if (word == "يوم" && Array.IndexOf(days, text.At(i + 1, to)) >= 0) return (i + 2, Named(text[i + 1], published));
        if (Array.IndexOf(days, word) >= 0) return (i + 1, Named(word, published));
        return Calendar(text, i, to, published);
    }

    /// <summary>The day of publication or the latest of that name before it.</summary>
    static DateOnly? Named(string day, DateOnly? published) =>
        published?.AddDays(-((((int)published.Value.DayOfWeek - Array.IndexOf(days, day)) % 7 + 7) % 7));

    /// <summary>"30 تموز/يوليو 2024".</summary>
    static (int To, DateOnly? Date)? Calendar(ArabicText text, int i, int to, DateOnly? published)
    {
        if (DateOnly.TryParseExact(text.At(i, to), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly exact)) return (i + 1, exact);
        if (text.At(i, to) is not { Length: 1 or 2 } figures || !int.TryParse(figures, CultureInfo.InvariantCulture, out int day)) return null;
        if (Month(text, i + 1, to) is not var (month, end)) return null;
        if (text.At(end, to) == "/" && Month(text, end + 1, to) is { } again && again.Month == month) end = again.To;
        int? year = null;
        if (text.At(end, to) is { Length: 4 } digits && int.TryParse(digits, CultureInfo.InvariantCulture, out int told)) (year, end) = (told, end + 1);
        // Without a year: the latest such day that is not after the report.
        int? full = year ?? (published is { } p ? ((month, day).CompareTo((p.Month, p.Day)) > 0 ? p.Year - 1 : p.Year) : null);
        if (full is not { } known) return (end, null);
        return known is < 1 or > 9999 || day < 1 || day > DateTime.DaysInMonth(known, month) ? null : (end, new DateOnly(known, month, day));
    }

    public static (int Month, int To)? Month(ArabicText text, int i, int to)
    {
        for (int month = 0; month < months.Length; month++)
            foreach (string name in months[month])
            {
                string[] words = name.Split(' ');
                if (words.Index().All(word => text.At(i + word.Index, to) == word.Item)) return (month + 1, i + words.Length);
            }

        return null;
    }
}
