namespace Nadhir.Tracking.Trust;

/// <summary>What a position told on the open air is worth: self-reported (ADS-B, ADS-R, Remote ID), or TIS-B.</summary>
public enum ReportTrust : byte
{
    Trusted,
    /// <summary>Used with much less weight; it starts no track.</summary>
    Doubted,
    /// <summary>Radars see the object elsewhere: not used for its state, counted and shown.</summary>
    Refuted,
}

/// <summary>Why a track's reported position is doubted: facts, never a verdict on who sent it.</summary>
/// <param name="Reason">In plain words, English.</param>
public sealed record ReportDoubt(ReportTrust Trust, string Reason)
{
    /// <summary>The reason as a code, what speaks against the position as its parts.</summary>
    public Cause? Cause { get; init; }
}

/// <summary>What speaks against a reported position.</summary>
[Flags]
enum DoubtGrounds : byte
{
    None = 0,
    /// <summary>No motion leads from its last position to this one.</summary>
    Jump = 1,
    /// <summary>The same identity is reported in two places, again and again.</summary>
    TwoPlaces = 2,
    /// <summary>It tells a speed and stays where it is.</summary>
    Frozen = 4,
    /// <summary>It moves otherwise than it tells.</summary>
    Velocity = 8,
    /// <summary>Radars see the object elsewhere.</summary>
    Radar = 16,
    /// <summary>Radars that saw the object there see nothing there any more.</summary>
    Absence = 32,
}
