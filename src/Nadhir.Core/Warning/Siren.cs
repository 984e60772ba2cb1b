using Nadhir.Geodesy;

namespace Nadhir.Warning;

/// <summary>A siren and the zone it serves.</summary>
public sealed record Siren
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Zone { get; init; }
    public string? Site { get; init; }
    public required GeoPoint Position { get; init; }
    /// <summary>A link silent for longer is down: the site is uncovered, never "ready".</summary>
    public TimeSpan LinkTimeout { get; init; } = TimeSpan.FromSeconds(3);
}

public enum SirenAction : byte { Sound, Silence }

/// <summary>What we know of a siren. Only <see cref="Ready"/> means that a command would be heard.</summary>
public enum SirenState : byte { Unknown, Ready, Commanded, Acknowledged, Sounding, Failed, LinkDown }
