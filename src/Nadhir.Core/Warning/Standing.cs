namespace Nadhir.Warning;

/// <summary>How a track that is held against the zones stands towards them.</summary>
enum Standing : byte
{
    /// <summary>Says nothing of itself, or what it says has been refuted.</summary>
    Unannounced,
    /// <summary>It has fallen silent, but keeps to where it was allowed to fly: a Watch, no Warning by rule.</summary>
    Expected,
    /// <summary>A drone that says over Remote ID where it is: what it may raise is each zone's policy.</summary>
    AnnouncedDrone,
}
