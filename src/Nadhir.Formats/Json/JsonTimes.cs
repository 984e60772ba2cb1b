using System.Globalization;
using System.Text.Json;

namespace Nadhir.Formats.Json;

/// <summary>
/// When a document was written, by its own word, where no standard says how: a member of one of the usual names, as ISO
/// 8601 text (UTC when it tells no zone) or as seconds, milli-, micro- or nanoseconds since 1970, by their size.
/// </summary>
static class JsonTimes
{
    static readonly string[] names = ["time", "timestamp", "ts", "received", "received_at", "now"];

    public static DateTimeOffset? Of(JsonElement document)
    {
        if (document.ValueKind == JsonValueKind.Array && document.GetArrayLength() > 0) document = document[0];
        foreach (string name in names)
        {
            DateTimeOffset? told = document.Member(name) switch
            {
                { ValueKind: JsonValueKind.String } text => Read(text.GetString()!),
                { ValueKind: JsonValueKind.Number } number => SinceEpoch(number.Number()),
                _ => null,
            };
            if (told is not null) return told;
        }

        return null;
    }

    static DateTimeOffset? Read(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset told)
            && told.Year is > 1999 and < 2120 ? told : null;

    /// <summary>Null for what is no time from 2000 to 2100 in any of the units.</summary>
    internal static DateTimeOffset? SinceEpoch(double number)
    {
        const double earliest = 946_684_800, latest = 4_102_444_800;
        for (double unit = 1; unit <= 1e9; unit *= 1000)
            if (number / unit is >= earliest and < latest)
                return DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(number / unit * TimeSpan.TicksPerSecond));
        return null;
    }
}
