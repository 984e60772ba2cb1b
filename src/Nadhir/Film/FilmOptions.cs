namespace Nadhir.Film;

/// <summary>How the film is kept.</summary>
public sealed record FilmOptions
{
    /// <summary>A moment a second of the watch's own time, and one whenever an alert changes its state.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Bytes of all moments together, 4 GiB: some days at a thousand tracks. Beyond it the oldest reels keep one moment
    /// each; once those thinned ones fill a quarter, the oldest are dropped.
    /// </summary>
    public long MostBytes { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Moments of a reel: what must be unpacked at most to show one of them.</summary>
    public int ReelMoments { get; init; } = 60;

    /// <summary>Unpacked bytes of a reel, so that a crowded sky is found as fast as an empty one.</summary>
    public long ReelBytes { get; init; } = 24 * 1024 * 1024;

    /// <summary>Moments that may wait to be written; what comes beyond is left out and made later from the journal.</summary>
    public int MostWaiting { get; init; } = 32;

    /// <summary>Marks kept; the oldest go first.</summary>
    public int MostMarks { get; init; } = 100_000;

    /// <summary>While a system runs, what is missing is made at half a processor's speed: warning comes first.</summary>
    public bool Gently { get; init; } = true;
}
