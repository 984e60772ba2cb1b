using System.Collections.Immutable;

namespace Nadhir.Warning;

/// <summary>A drill that is planned: when it runs, and for whom.</summary>
public sealed record Drill
{
    public required string Id { get; init; }
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset To { get; init; }
    /// <summary>The public is told so long before.</summary>
    public TimeSpan AnnounceBefore { get; init; } = TimeSpan.FromHours(24);
    /// <summary>Zones in which sirens may sound; all when empty.</summary>
    public ImmutableArray<string> Zones { get; init; } = [];
}

public enum DrillState : byte { Planned, Announced, Running, Over, CalledOff }
