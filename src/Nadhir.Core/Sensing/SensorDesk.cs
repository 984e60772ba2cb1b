using System.Collections.Immutable;
using System.Globalization;
using Nadhir.Tracking.Registration;

namespace Nadhir.Sensing;

/// <summary>
/// Knows which sensors and feeds are alive. A silent sensor is lost coverage, and an announced outage is lost coverage
/// too: silence is not calm.
/// </summary>
sealed class SensorDesk
{
    /// <summary>Names nobody configured that get a row of their own; further ones share <see cref="OtherFeeds"/>.</summary>
    const int MostUnknownFeeds = 100;
    const string OtherFeeds = "(others)";
    /// <summary>What the board calls arrivals that were lost because more came than could be held.</summary>
    const string Overload = "Overload";

    readonly ImmutableArray<Sensor> sensors;
    readonly SensorBook[] books;
    readonly SortedDictionary<string, FeedBook> feeds = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> indexOf;
    readonly int mostFeeds;

    public SensorDesk(WatchConfiguration configuration)
    {
        sensors = configuration.Sensors;
        books = [.. sensors.Select(_ => new SensorBook())];
        indexOf = sensors.Select((sensor, i) => (sensor.Id, i)).ToDictionary(p => p.Id, p => p.i, StringComparer.Ordinal);
        foreach (FeedConfiguration feed in configuration.Feeds) feeds[feed.Id] = new FeedBook();
        mostFeeds = feeds.Count + MostUnknownFeeds;
    }

    public void Arrived(string feed, int bytes, DateTimeOffset now)
    {
        FeedBook book = BookOf(feed);
        book.LastSeen = now;
        book.Bytes += bytes;
        book.Arrivals++;
    }

    public void Heard(int sensor, DateTimeOffset now, bool plot, List<Decision> decisions)
    {
        SensorBook book = books[sensor];
        book.LastSeen = now;
        if (plot) book.Plots++;
        if (book.State == SensorState.Working) return;
        Change(sensor, SensorState.Working, Cause.Of(book.State == SensorState.NotSeen ? CauseCode.FirstData : CauseCode.DataAgain), decisions);
    }

    public void Fault(string feed, DecodeFault fault, string detail, List<Decision> decisions)
    {
        FeedBook book = BookOf(feed);
        (long count, string _) = book.Faults.GetValueOrDefault(fault);
        count++;
        book.Faults[fault] = (count, detail);
        if (IsPowerOfTen(count)) decisions.Add(new FeedFaulted(feed, fault.ToString(), count, detail));
    }

    /// <summary>More came than the inbox could hold.</summary>
    public void Handle(FeedLossReceipt loss, List<Decision> decisions)
    {
        FeedBook book = BookOf(loss.Feed);
        long before = book.Lost;
        book.Lost += loss.Lost;
        book.LossDetail = loss.Detail;
        if (before == 0 || Digits(book.Lost) > Digits(before)) decisions.Add(new FeedFaulted(loss.Feed, Overload, book.Lost, loss.Detail));
    }

    /// <summary>A sensor has said that it goes.</summary>
    public void Gone(int sensor, string reason, List<Decision> decisions)
    {
        if (books[sensor].State is SensorState.Working or SensorState.NotSeen)
            Change(sensor, SensorState.Lost, reason, decisions, FaultDetail.Known(reason));
    }

    /// <summary>What a feed's decoder has found out by now, and what its sensors say of themselves.</summary>
    public void Note(string feed, IFeedDecoder decoder)
    {
        BookOf(feed).Findings = [.. decoder.Findings];
        foreach ((int sensor, SensorWord word) in decoder.SensorWords) books[sensor].Word = word;
    }

    public void Tick(DateTimeOffset now, List<Decision> decisions)
    {
        foreach (FeedBook book in feeds.Values) book.Rate.Measure(book.Arrivals, now);
        foreach (SensorBook book in books) book.Rate.Measure(book.Plots, now);
        for (int i = 0; i < books.Length; i++)
        {
            SensorBook book = books[i];
            // People who see nothing report nothing: no coverage is claimed by them that could be lost.
            if (sensors[i].Kind == SensorKind.Observer) continue;
            if (book.State != SensorState.Working || now - book.LastSeen <= sensors[i].SilenceLimit) continue;
            Change(i, SensorState.Lost,
                Cause.Of(CauseCode.SilentForMoreThan, sensors[i].SilenceLimit.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)), decisions);
        }
    }

    public void Handle(AnnounceOutage outage, List<Decision> decisions)
    {
        if (!indexOf.TryGetValue(outage.Sensor, out int sensor))
        {
            decisions.Refuse("sensor.outage", Cause.Of(CauseCode.NoSuch, "sensor", outage.Sensor));
            return;
        }

        if (outage.Off) Change(sensor, SensorState.Off, outage.Reason, decisions);
        else if (books[sensor].State == SensorState.Off)
            Change(sensor, SensorState.NotSeen, Cause.Of(CauseCode.AnnouncedOn, outage.Reason), decisions);
    }

    /// <param name="clocks">What is known of the sensors' clocks.</param>
    /// <param name="registrations">What the tracks tell of the sensors; in their order, or empty.</param>
    public ImmutableArray<SensorRow> Rows(SensorClocks clocks, IReadOnlyList<SensorRegistration> registrations) =>
    [
        .. sensors.Select((sensor, i) => new SensorRow(sensor.Id, books[i].State,
            books[i].LastSeen == default ? null : books[i].LastSeen,
            books[i].Plots, books[i].Reason)
        {
            Cause = books[i].Cause,
            Word = books[i].Word,
            PlotsPerSecond = Math.Round(books[i].Rate.PerSecond, 1),
            Clock = books[i].LastSeen == default ? null : clocks.Row(i),
            Bias = i < registrations.Count ? BiasDesk.Row(registrations[i]) : null,
        }),
    ];

    public ImmutableArray<SensorState> States() => [.. books.Select(book => book.State)];

    public ImmutableArray<FeedRow> FeedRows() =>
    [
        .. feeds.Select(feed => new FeedRow(feed.Key, feed.Value.Arrivals == 0 ? null : feed.Value.LastSeen,
            feed.Value.Bytes, feed.Value.Arrivals,
            [.. FaultsOf(feed.Value)])
        {
            ArrivalsPerSecond = Math.Round(feed.Value.Rate.PerSecond, 1),
            Lost = feed.Value.Lost,
            Findings = feed.Value.Findings,
        }),
    ];

    static IEnumerable<FaultCount> FaultsOf(FeedBook book)
    {
        if (book.Lost > 0) yield return new(Overload, book.Lost, book.LossDetail) { LastCause = FaultDetail.Of(book.LossDetail) };
        foreach ((DecodeFault fault, (long count, string detail)) in book.Faults) yield return new(fault.ToString(), count, detail) { LastCause = FaultDetail.Of(detail) };
    }

    FeedBook BookOf(string feed)
    {
        if (!feeds.ContainsKey(feed) && feeds.Count >= mostFeeds) feed = OtherFeeds;
        if (!feeds.TryGetValue(feed, out FeedBook? book)) feeds[feed] = book = new FeedBook();
        return book;
    }

    void Change(int sensor, SensorState state, Cause cause, List<Decision> decisions) =>
        Change(sensor, state, cause.Words, decisions, cause);

    void Change(int sensor, SensorState state, string reason, List<Decision> decisions, Cause? cause = null)
    {
        SensorBook book = books[sensor];
        (book.State, book.Reason, book.Cause) = (state, reason, cause);
        decisions.Add(new SensorStateChanged(sensors[sensor].Id, state,
            book.LastSeen == default ? null : book.LastSeen, reason));
    }

    static bool IsPowerOfTen(long count)
    {
        while (count % 10 == 0) count /= 10;
        return count == 1;
    }

    static int Digits(long count)
    {
        int digits = 0;
        for (; count > 0; count /= 10) digits++;
        return digits;
    }

    static readonly Cause noDataYet = Cause.Of(CauseCode.NoDataYet);

    sealed class SensorBook
    {
        public SensorState State;
        public DateTimeOffset LastSeen;
        public long Plots;
        public string Reason = noDataYet.Words;
        /// <summary>The same, where it is ours to say.</summary>
        public Cause? Cause = noDataYet;
        public SensorWord? Word;
        public readonly RateMeter Rate = new();
    }

    sealed class FeedBook
    {
        public DateTimeOffset LastSeen;
        public long Bytes;
        public long Arrivals, Lost;
        public string LossDetail = "";
        public ImmutableArray<FeedFinding> Findings = [];
        public readonly RateMeter Rate = new();
        public readonly SortedDictionary<DecodeFault, (long Count, string Detail)> Faults = [];
    }
}
