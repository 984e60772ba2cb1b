using Nadhir.Configuration;
using Nadhir.Sensing;

namespace Nadhir.Replays;

/// <summary>What is told about recordings beyond what they tell themselves.</summary>
sealed record ReplayOptions
{
    /// <summary>The day of recordings that name none.</summary>
    public static readonly DateTimeOffset NominalDay = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The format of all files that are no packet captures; null: found out file by file.</summary>
    public string? Format { get; init; }
    /// <summary>
    /// The day of recordings that tell a time of day, and the beginning of those that tell neither day nor time.
    /// </summary>
    public DateTimeOffset Start { get; init; } = NominalDay;
    /// <summary>The pace of recordings that tell no time; null for the usual one of their format.</summary>
    public double? MessagesPerSecond { get; init; }
    /// <summary>The host whose feeds the recordings are of; null when there is none.</summary>
    public HostConfiguration? Host { get; init; }

    public DateTimeOffset Day => new(Start.UtcDateTime.Date, TimeSpan.Zero);

    public FeedConfiguration? FeedOf(string? id) => Host?.Watch.Feeds.FirstOrDefault(feed => feed.Id == id);
}

/// <summary>A recording cannot be replayed for want of something that only people know.</summary>
sealed class RecordingUnclearException(string what) : IOException(what);
