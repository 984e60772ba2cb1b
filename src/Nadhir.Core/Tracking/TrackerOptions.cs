using Nadhir.Tracking.Registration;

namespace Nadhir.Tracking;

/// <summary>What the tracker believes before it has seen anything, and when it says so.</summary>
public sealed record TrackerOptions
{
    /// <summary>Rows of the track table, tentative tracks included. When full, the least probable tentative ones are shed.</summary>
    public int Capacity { get; init; } = 8192;
    /// <summary>A track is shown when its existence is at least this and it was detected <see cref="ConfirmDetections"/> times.</summary>
    public double ConfirmExistence { get; init; } = 0.99;
    public int ConfirmDetections { get; init; } = 3;
    /// <summary>
    /// And when it is so sure which of several objects close together it is, or was detected once more.
    /// </summary>
    public double ConfirmCertainty { get; init; } = 0.9;
    /// <summary>A confirmed track less probable than this is dropped.</summary>
    public double DropExistence { get; init; } = 0.05;
    /// <summary>
    /// A confirmed track is not dropped for misses alone before it was unseen for so long: several radars may miss the
    /// same object in a row, and a track that keeps its number keeps its warning.
    /// </summary>
    public TimeSpan HoldConfirmed { get; init; } = TimeSpan.FromSeconds(45);
    /// <summary>New objects expected per sensor and rotation in its whole coverage: the odds against <c>FalsePlotsPerScan</c>.</summary>
    public double NewObjectsPerScan { get; init; } = 0.05;
    /// <summary>Mean time an object stays in the picture.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(20);
    /// <summary>A confirmed track that no sensor saw for so long is dropped, wherever it is: by likeliest class.</summary>
    public TimeSpan AircraftLimit { get; init; } = TimeSpan.FromSeconds(60);
    public TimeSpan SlowLimit { get; init; } = TimeSpan.FromSeconds(60);
    public TimeSpan BallisticLimit { get; init; } = TimeSpan.FromSeconds(20);
    /// <summary>The same for tentative tracks.</summary>
    public TimeSpan TentativeLimit { get; init; } = TimeSpan.FromSeconds(35);
    /// <summary>
    /// A measurement older than a track's state by more than this does not concern it: how late a sensor may deliver
    /// and still be used.
    /// </summary>
    public TimeSpan OldestLag { get; init; } = TimeSpan.FromSeconds(10);
    /// <summary>Height assumed for a plot that tells none, and its one sigma: they decide the ground range.</summary>
    public double AssumedHeightMetres { get; init; } = 5000;
    public double AssumedHeightSigmaMetres { get; init; } = 3000;
    /// <summary>Height above the ellipsoid of the ground on which falling objects are predicted to come down.</summary>
    public double GroundHeightMetres { get; init; }
    /// <summary>
    /// A scan further ahead of the last one than this is put aside until another sensor, or its own next scans, say the
    /// same: one wild time does not age the whole picture.
    /// </summary>
    public TimeSpan FurthestAhead { get; init; } = TimeSpan.FromSeconds(60);
    /// <summary>Whether measurements are corrected by the biases and clock offsets found from common tracks.</summary>
    public bool CorrectsBias { get; init; } = true;
    public RegistrationOptions Registration { get; init; } = new();
    /// <summary>Whether measurements that their sensor calls simulated are tracked; in a live system they are not.</summary>
    public bool TracksSimulated { get; init; }
}
