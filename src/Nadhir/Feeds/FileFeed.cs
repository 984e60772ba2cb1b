using Nadhir.Formats.Captures;
using Nadhir.Hosting;
using Nadhir.Journal;

namespace Nadhir.Feeds;

/// <summary>
/// Plays a recording into the running system once, at the pace at which it was captured; what has no times follows
/// without a pause. The bytes arrive now: their time on record is the present.
/// </summary>
sealed partial class FileFeed(string id, string path, WatchLoop loop, TimeProvider clock, ILogger<FileFeed> logger)
{
    public async Task Run(CancellationToken stopping)
    {
        try
        {
            DateTimeOffset begin = clock.GetUtcNow();
            DateTimeOffset? first = null;
            foreach (CaptureItem item in Capture.Open(path).Items())
            {
                if (item.Time is { } captured)
                {
                    first ??= captured;
                    TimeSpan wait = begin + (captured - first.Value) - clock.GetUtcNow();
                    if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, stopping);
                }

                while (!loop.TryOffer(new Entry(EntryKind.Received, clock.GetUtcNow(), id, item.Bytes.ToArray())))
                    await Task.Delay(TimeSpan.FromMilliseconds(20), clock, stopping);
            }

            LogEnd(logger, id, path);
        }
        catch (OperationCanceledException)
        {
            // The system stops.
        }
        catch (IOException fault)
        {
            LogFault(logger, id, path, fault.Message);
        }
    }

    [LoggerMessage(1103, LogLevel.Information, "Feed {Feed}: {Path} is played to its end")]
    static partial void LogEnd(ILogger logger, string feed, string path);

    [LoggerMessage(1104, LogLevel.Error, "Feed {Feed}: {Path} cannot be read: {Fault}")]
    static partial void LogFault(ILogger logger, string feed, string path, string fault);
}
