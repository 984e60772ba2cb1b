using Nadhir.Configuration;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Replays;
using Nadhir.Sensing;

namespace Nadhir.Feeds;

/// <summary>
/// Plays a recording into the running system once, at the pace at which it was captured. A pause of more than
/// <see cref="LongestPause"/> is shortened to that. The bytes arrive now: their time on record is the present.
/// </summary>
sealed partial class FileFeed(
    FeedConfiguration feed, FeedTransport.File file, WatchLoop loop, TimeProvider clock, ILogger<FileFeed> logger)
{
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    public async Task Run(CancellationToken stopping)
    {
        try
        {
            IReadOnlyList<RecordedArrival> arrivals = await Task.Run(Read, stopping);
            DateTimeOffset due = clock.GetUtcNow();
            DateTimeOffset? before = null;
            foreach (RecordedArrival arrival in arrivals)
            {
                TimeSpan pause = arrival.At - before ?? TimeSpan.Zero;
                before = arrival.At;
                due += pause < LongestPause ? pause : LongestPause;
                TimeSpan wait = due - clock.GetUtcNow();
                if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, stopping);
                while (!loop.TryOffer(new Entry(EntryKind.Received, clock.GetUtcNow(), feed.Id, arrival.Bytes.ToArray())))
                    await Task.Delay(TimeSpan.FromMilliseconds(20), clock, stopping);
            }

            LogEnd(logger, feed.Id, file.Path);
        }
        catch (OperationCanceledException)
        {
            // The system stops.
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogFault(logger, feed.Id, file.Path, fault.Message);
        }
    }

    IReadOnlyList<RecordedArrival> Read()
    {
        ReplayOptions options = new() { MessagesPerSecond = file.MessagesPerSecond };
        return Survey.Of([RecordedInput.Of(file.Path, feed, options)], options.Day, reports: false).Arrivals;
    }

    [LoggerMessage(1103, LogLevel.Information, "Feed {Feed}: {Path} is played to its end")]
    static partial void LogEnd(ILogger logger, string feed, string path);

    [LoggerMessage(1104, LogLevel.Error, "Feed {Feed}: {Path} cannot be read: {Fault}")]
    static partial void LogFault(ILogger logger, string feed, string path, string fault);
}
