namespace Nadhir.Replays;

/// <summary>
/// Everything that a set of recordings tells of itself, and all arrivals in the order of their time. A recording
/// without any time is played by the times its records tell, which never run backwards.
/// </summary>
sealed class Survey
{
    readonly SortedDictionary<string, FeedSurvey> feeds = new(StringComparer.Ordinal);

    Survey(IReadOnlyList<RecordedArrival> arrivals) => Arrivals = arrivals;

    public IReadOnlyCollection<FeedSurvey> Feeds => feeds.Values;
    public IReadOnlyList<RecordedArrival> Arrivals { get; private set; }

    public static Survey Of(IReadOnlyList<RecordedInput> inputs, DateTimeOffset day)
    {
        Survey survey = new([]);
        foreach (RecordedInput input in inputs)
            foreach (RecordedArrival arrival in input.Arrivals) survey.FeedOf(arrival.Feed).Observe(arrival.Bytes.Span);
        List<RecordedArrival> timed = [];
        foreach (RecordedInput input in inputs) survey.Time(input, day, timed);
        // OrderBy is stable: what arrived at one moment stays in the order of the files.
        survey.Arrivals = [.. timed.OrderBy(arrival => arrival.At)];
        return survey;
    }

    void Time(RecordedInput input, DateTimeOffset day, List<RecordedArrival> timed)
    {
        DateTimeOffset at = day;
        bool begun = false;
        foreach (RecordedArrival arrival in input.Arrivals)
        {
            double told = FeedOf(arrival.Feed).Take(arrival);
            if (arrival.At is null && told is >= 0 and < 86_400)
            {
                // Within half a day of the one before; a record that tells of the past arrives now.
                double ahead = told - (at - day).TotalSeconds % 86_400;
                if (begun && ahead < -43_200) ahead += 86_400;
                if (!begun || ahead is > 0 and < 43_200) at = at.AddTicks((long)Math.Round(ahead * TimeSpan.TicksPerSecond));
                begun = true;
            }

            timed.Add(arrival.At is null ? arrival with { At = at } : arrival);
        }
    }

    FeedSurvey FeedOf(string id) => feeds.TryGetValue(id, out FeedSurvey? feed) ? feed : feeds[id] = new(id);
}
