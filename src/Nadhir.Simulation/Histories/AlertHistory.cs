using System.Globalization;
using Nadhir.Warning;

namespace Nadhir.Simulation.Histories;

/// <summary>That a place was warned, once, as people recorded it.</summary>
public sealed record HistoricAlert(string Place, ThreatKind Kind, DateTimeOffset From, DateTimeOffset To);

/// <summary>
/// Histories of real alerts, to play the load of real days through the system. Two forms of CSV are known by their first
/// line: intervals (<c>oblast,raion,hromada,…</c> or <c>region,…</c> with <c>started_at</c> and <c>finished_at</c>, UTC),
/// and rows of places with a local date and time but no end (<c>data,date,time,…,category,…</c>).
/// </summary>
public static class AlertHistory
{
    /// <summary>Where a history names no end: how long people stay sheltered after the last row.</summary>
    static readonly TimeSpan shelter = TimeSpan.FromMinutes(10);
    const string LocalZone = "Asia/Jerusalem";

    /// <summary>All alerts in order of their start, and how many lines could not be read.</summary>
    /// <exception cref="FormatException">The first line is of neither form.</exception>
    public static (IReadOnlyList<HistoricAlert> Alerts, int Unreadable) Read(TextReader reader)
    {
        using IEnumerator<string[]> lines = CsvLines.Read(reader).GetEnumerator();
        if (!lines.MoveNext()) throw new FormatException("the file is empty");
        string[] head = lines.Current;
        Func<string[], IEnumerable<HistoricAlert>> form = Form(head);
        List<HistoricAlert> alerts = [];
        int unreadable = 0;
        while (lines.MoveNext())
        {
            if (lines.Current.Length != head.Length)
            {
                unreadable++;
                continue;
            }

            try
            {
                alerts.AddRange(form(lines.Current));
            }
            catch (FormatException)
            {
                unreadable++;
            }
        }

        // A stable sort: rows of one moment stay in the order of the file.
        return ([.. alerts.OrderBy(alert => alert.From)], unreadable);
    }

    static Func<string[], IEnumerable<HistoricAlert>> Form(string[] head)
    {
        int from = Array.IndexOf(head, "started_at"), to = Array.IndexOf(head, "finished_at");
        if (from >= 0 && to >= 0)
        {
            int[] names = [.. new[] { "oblast", "raion", "hromada", "region" }.Select(name => Array.IndexOf(head, name)).Where(i => i >= 0)];
            return line => [new(string.Join(" / ", names.Select(i => line[i]).Where(name => name.Length > 0)), ThreatKind.Unknown,
                Utc(line[from]), Utc(line[to]))];
        }

        int places = Array.IndexOf(head, "data"), date = Array.IndexOf(head, "date"), time = Array.IndexOf(head, "time");
        int category = Array.IndexOf(head, "category");
        if (places < 0 || date < 0 || time < 0 || category < 0)
            throw new FormatException("neither started_at and finished_at, nor data, date, time and category");
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(LocalZone);
        return line =>
        {
            DateTime local = DateTime.ParseExact($"{line[date]} {line[time]}", "dd.MM.yyyy HH:mm:ss", CultureInfo.InvariantCulture);
            DateTimeOffset at = new(local, zone.GetUtcOffset(local));
            ThreatKind kind = line[category] switch { "1" => ThreatKind.Ballistic, "2" => ThreatKind.LowSlow, _ => ThreatKind.Unknown };
            return line[places].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(place => new HistoricAlert(place, kind, at.ToUniversalTime(), at.ToUniversalTime() + shelter));
        };
    }

    static DateTimeOffset Utc(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
