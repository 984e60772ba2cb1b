namespace Nadhir.Replays;

/// <summary>Bytes of a recording as they once arrived.</summary>
/// <param name="Feed">The feed they arrived on: of the configuration, else the destination of a datagram, else the name of
/// the file.</param>
/// <param name="Format">What that feed speaks: a name of <c>FeedFormats</c>.</param>
/// <param name="At">When; null until the survey has read it off the records, where the file tells no time at all.</param>
sealed record RecordedArrival(string Feed, string Format, DateTimeOffset? At, ReadOnlyMemory<byte> Bytes);
