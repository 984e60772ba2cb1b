namespace Nadhir.Replays;

/// <summary>
/// Everything that a set of recordings tells of itself, and all arrivals in the order of their time. A recording of
/// ASTERIX without any time is played by the times its records tell, which never run backwards.
/// </summary>
sealed class Survey
{
    readonly SortedDictionary<string, FeedSurvey> feeds = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, ReportSurvey> reports = new(StringComparer.Ordinal);

    Survey(IReadOnlyList<RecordedArrival> arrivals) => Arrivals = arrivals;

    /// <summary>Those of ASTERIX.</summary>
    public IReadOnlyCollection<FeedSurvey> Feeds => feeds.Values;
    /// <summary>Those of all other formats; empty where only times were asked for.</summary>
    public IReadOnlyCollection<ReportSurvey> Reports => reports.Values;
    public IReadOnlyList<RecordedArrival> Arrivals { get; private set; }

    /// <param name="day">Of recordings that tell none.</param>
    /// <param name="reports">Whether other formats than ASTERIX are surveyed too.</param>
    public static Survey Of(IReadOnlyList<RecordedInput> inputs, DateTimeOffset day, bool reports)
    {
        Survey survey = new([]);
        foreach (RecordedInput input in inputs)
            foreach (RecordedArrival arrival in input.Arrivals)
                if (arrival.Format == RecordingGuess.Asterix) survey.FeedOf(arrival.Feed).Observe(arrival.Bytes.Span);
                else if (reports) survey.ReportsOf(arrival).Observe(arrival);
        List<RecordedArrival> timed = [];
        foreach (RecordedInput input in inputs) survey.Time(input, day, timed);
        // OrderBy is stable: what arrived at one moment stays in the order of the files.
        survey.Arrivals = [.. timed.OrderBy(arrival => arrival.At)];
        if (!reports) return survey;
        foreach (RecordedArrival arrival in survey.Arrivals)
            if (arrival.Format != RecordingGuess.Asterix) survey.ReportsOf(arrival).Take(arrival);
        return survey;
    }

    void Time(RecordedInput input, DateTimeOffset day, List<RecordedArrival> timed)
    {
        DateTimeOffset at = day;
        bool begun = false;
        foreach (RecordedArrival arrival in input.Arrivals)
        {
            double told = arrival.Format == RecordingGuess.Asterix ? FeedOf(arrival.Feed).Take(arrival) : double.NaN;
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

    ReportSurvey ReportsOf(RecordedArrival arrival) => reports.TryGetValue(arrival.Feed, out ReportSurvey? feed)
        ? feed
        : reports[arrival.Feed] = new(arrival.Feed, arrival.Format);
}
