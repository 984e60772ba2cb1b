using System.Globalization;
using Nadhir.Formats.Asterix;
using Nadhir.Journal;

namespace Nadhir.Hosting;

/// <summary>
/// Arrivals that one feed lost, and of whom they were. Only ASTERIX tells its source before it is decoded;
/// <see cref="MostSources"/> are told apart, the rest together.
/// </summary>
sealed class FeedLosses(bool isAsterix)
{
    const int MostSources = 64, MostTold = 16, Others = int.MaxValue;

    readonly SortedDictionary<int, long> bySource = [];

    public long Count { get; private set; }

    public void Add(Entry lost)
    {
        Count++;
        if (!isAsterix || !AsterixBlock.TryPeekSource(lost.Payload.Span, out int sac, out int sic)) return;
        int source = (sac << 8) | sic;
        if (bySource.Count >= MostSources && !bySource.ContainsKey(source)) source = Others;
        bySource[source] = bySource.GetValueOrDefault(source) + 1;
    }

    /// <summary>How many, and those who lost most first.</summary>
    public string Detail
    {
        get
        {
            string lost = $"more came than could be held: the oldest {Count} arrivals were lost";
            if (bySource.Count == 0) return lost;
            IEnumerable<string> told = bySource.OrderByDescending(pair => pair.Value).Take(MostTold).Select(pair =>
                string.Create(CultureInfo.InvariantCulture, $"{Name(pair.Key)} ×{pair.Value}"));
            return $"{lost}, by SAC/SIC: {string.Join(", ", told)}{(bySource.Count > MostTold ? ", …" : "")}";
        }
    }

    static string Name(int source) => source == Others ? "others" : $"{source >> 8}/{source & 0xFF}";
}
