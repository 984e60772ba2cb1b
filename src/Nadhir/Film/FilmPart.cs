using Nadhir.Storage;

namespace Nadhir.Film;

/// <summary>
/// The film of one record: opened and tied to its journal, recorded while the watch runs, mended from the journal where
/// something is missing. A film of another journal or another build, or a damaged one, is thrown away and made anew.
/// </summary>
sealed partial class FilmPart : IDisposable
{
    static readonly TimeSpan lookEvery = TimeSpan.FromSeconds(1), rangeHolds = TimeSpan.FromSeconds(1);
    /// <summary>So long after something was left out it is made up for: whatever caused it should be over.</summary>
    static readonly TimeSpan calm = TimeSpan.FromSeconds(30);

    readonly string folder;
    readonly WatchConfiguration configuration;
    readonly FilmOptions options;
    readonly ILogger logger;
    FilmRecorder? recorder;
    volatile FilmBuilder? builder;
    volatile string? brokenBecause, buildFault;
    volatile KnownRange? range;

    FilmPart(string folder, FilmFile file, WatchConfiguration configuration, FilmOptions options, ILogger logger) =>
        (this.folder, File, this.configuration, this.options, this.logger) = (folder, file, configuration, options, logger);

    public FilmFile File { get; }

    /// <summary>A closed record is looked at; nothing is recorded.</summary>
    public bool IsReview => recorder is null;

    /// <summary>Nothing is being made and nothing is known to be damaged.</summary>
    public bool LooksWhole => builder is null && brokenBecause is null;

    /// <summary>Why the film is not being kept; null when it is.</summary>
    public string? Fault => recorder?.Fault ?? buildFault;

    /// <param name="folder">The record.</param>
    /// <param name="place">Where the film lies; beside the record when null.</param>
    /// <exception cref="IOException">Neither the journal can be read nor a film be begun.</exception>
    public static FilmPart Open(string folder, WatchConfiguration configuration, FilmOptions options, ILogger logger, string? place = null)
    {
        FilmFile file = FilmFile.Open(place ?? folder);
        FilmPart part = new(folder, file, configuration, options, logger);
        try
        {
            part.Tie();
            return part;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Records from these boards on.</summary>
    public void Record(Boards first)
    {
        long shown = File.Reels() is [.., var last] ? last.LastSequence : 0;
        // The configuration alone shows nothing: with it alone before them, nothing is missing.
        recorder = new(folder, File, configuration, options, first, shown == first.Sequence || first.Sequence <= 1 ? shown : -1, Damaged);
    }

    public void Offer(Boards boards) => recorder?.Offer(boards);

    /// <summary>Any thread: the film is not what was written.</summary>
    public void Damaged(FilmDamagedException broken)
    {
        if (brokenBecause is null) LogDamaged(logger, broken.Message);
        brokenBecause = broken.Message;
    }

    /// <summary>Mends what is missing, for as long as the system runs; for a closed record until it is whole.</summary>
    public async Task Run(CancellationToken stopping)
    {
        using PeriodicTimer looks = new(lookEvery);
        do
        {
            try
            {
                if (brokenBecause is not null)
                {
                    File.Renew();
                    Tie();
                    brokenBecause = null;
                }

                if (recorder?.SinceGap < calm) continue;
                List<(long, long)> missing = File.Missing(IsReview ? Entries() : 0);
                if (missing.Count > 0)
                    await Task.Factory.StartNew(() => Fill(missing, stopping), stopping, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                buildFault = null;
            }
            catch (FilmDamagedException broken)
            {
                Damaged(broken);
            }
            catch (IOException fault)
            {
                if (buildFault is null) LogBuild(logger, fault.Message);
                buildFault = fault.Message;
            }
        }
        while (await looks.WaitForNextTickAsync(stopping));
    }

    /// <summary>What there is of the film; looked up once a second at most, however many ask.</summary>
    public FilmRange Range()
    {
        if (range is { } known && TimeProvider.System.GetElapsedTime(known.At) < rangeHolds) return known.Range;
        FilmRange now = LookUp();
        range = new(TimeProvider.System.GetTimestamp(), now);
        return now;
    }

    FilmRange LookUp()
    {
        List<FilmFile.Reel> reels = File.Reels();
        List<(long After, long Before)> missing = File.Missing(IsReview ? Entries() : 0);
        return new()
        {
            From = reels is [var first, ..] ? first.First : null,
            To = reels is [.., var last] ? last.Last : null,
            Sequence = reels is [.., var newest] ? newest.LastSequence : 0,
            Review = IsReview,
            Building = builder?.Progress ?? (missing.Count > 0 ? 0 : null),
            Missing = [.. missing.Select(gap => new FilmGap(
                reels.FindLast(reel => reel.LastSequence <= gap.After) is { Id: > 0 } before ? before.Last : null,
                reels.Find(reel => reel.FirstSequence >= gap.Before) is { Id: > 0 } after ? after.First : null))],
            ThinnedUntil = File.ThinnedUntil,
            DroppedUntil = File.Dropped?.Time,
            Fault = brokenBecause is { } broken ? $"{broken}; it is made anew" : Fault,
        };
    }

    void Fill(IReadOnlyList<(long After, long Before)> missing, CancellationToken stopping)
    {
        FilmBuilder work = new(folder, File, configuration, options);
        builder = work;
        try
        {
            work.Fill(missing, stopping);
        }
        finally
        {
            builder = null;
        }
    }

    /// <summary>Makes sure that this is the film of this journal, made by this build.</summary>
    void Tie()
    {
        using JournalLeaves leaves = new(folder);
        string whose = $"{FilmFile.FormatVersion} {Program} {Convert.ToHexStringLower(leaves[0])}";
        try
        {
            if (File.Meta("of") == whose && File.Ties().All(tie => leaves.Find(tie.Sequence - 1) is { } leaf && leaf.AsSpan().SequenceEqual(tie.Leaf)))
                return;
            if (File.Meta("of") is not null) LogAnew(logger);
        }
        catch (FilmDamagedException broken)
        {
            LogDamaged(logger, broken.Message);
        }

        File.Renew();
        File.SetMeta("of", whose);
    }

    long Entries()
    {
        using JournalLeaves leaves = new(folder);
        return leaves.Count();
    }

    /// <summary>Boards are shown as this very build makes them.</summary>
    static string Program => string.Join('-',
        new[] { typeof(Watch), typeof(Formats.Asterix.AsterixWriter), typeof(FilmPart) }.Select(type => type.Module.ModuleVersionId.ToString("N")[..12]));

    sealed record KnownRange(long At, FilmRange Range);

    public void Dispose()
    {
        recorder?.Dispose();
        File.Dispose();
    }

    [LoggerMessage(4301, LogLevel.Warning, "The film is damaged and is made anew from the journal: {Why}")]
    static partial void LogDamaged(ILogger logger, string why);

    [LoggerMessage(4302, LogLevel.Information, "The film is of another journal or another build and is made anew")]
    static partial void LogAnew(ILogger logger);

    [LoggerMessage(4303, LogLevel.Error, "What is missing of the film cannot be made: {Why}")]
    static partial void LogBuild(ILogger logger, string why);
}
