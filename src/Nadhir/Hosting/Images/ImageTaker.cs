using System.Diagnostics;

namespace Nadhir.Hosting.Images;

/// <summary>
/// Takes an image of the running watch every <see cref="Every"/>, between two turns of its loop, and stores it beside. One that
/// cannot be taken or stored is said in the log and changes nothing else: a restart then takes longer.
/// </summary>
sealed partial class ImageTaker(ImageShelf shelf, ILogger<ImageTaker> logger)
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    DateTimeOffset last = DateTimeOffset.MinValue;
    Task storing = Task.CompletedTask;

    /// <summary>Compiles what writing needs, away from the loop, by an image of a watch that has seen nothing yet.</summary>
    public void Prepare(WatchConfiguration configuration, DateTimeOffset now)
    {
        last = now;
        storing = Task.Run(() =>
        {
            try
            {
                WatchImage.Take(Engine.Build(configuration, now));
            }
            catch (ImageException fault)
            {
                LogNotTaken(logger, fault.Message);
            }
        });
    }

    /// <summary>On the loop's thread, when all that was applied is on the disk.</summary>
    public void TakeIfDue(Recorder recorder, DateTimeOffset now)
    {
        if (now - last < Every || !storing.IsCompleted || recorder.Watch is not Watch watch) return;
        last = now;
        long began = Stopwatch.GetTimestamp();
        ReadOnlyMemory<byte> image;
        try
        {
            image = WatchImage.Take(watch);
        }
        catch (ImageException fault)
        {
            LogNotTaken(logger, fault.Message);
            return;
        }

        TimeSpan took = Stopwatch.GetElapsedTime(began);
        long sequence = recorder.Journal.CommittedCount;
        byte[] root = recorder.Journal.Root();
        LogTaken(logger, sequence, image.Length, took.TotalMilliseconds);
        storing = Task.Run(() => Store(image, sequence, now, root));
    }

    void Store(ReadOnlyMemory<byte> image, long sequence, DateTimeOffset now, byte[] root)
    {
        try
        {
            shelf.Put(image, sequence, now, root);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogNotStored(logger, fault.Message);
        }
    }

    [LoggerMessage(1011, LogLevel.Debug, "An image at entry {Sequence}: {Bytes} bytes in {Milliseconds:0.0} ms")]
    static partial void LogTaken(ILogger logger, long sequence, int bytes, double milliseconds);

    [LoggerMessage(1012, LogLevel.Warning, "No image of the watch could be taken; a restart will replay more of the record: {Fault}")]
    static partial void LogNotTaken(ILogger logger, string fault);

    [LoggerMessage(1013, LogLevel.Warning, "An image of the watch could not be stored: {Fault}")]
    static partial void LogNotStored(ILogger logger, string fault);
}
