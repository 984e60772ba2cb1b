using System.Collections.Immutable;

namespace Nadhir.Formats.Cap;

/// <summary>What profiles and partners want in every message beside what the message says itself.</summary>
public sealed record CapAdditions
{
    public static readonly CapAdditions None = new();

    /// <summary>Codes of the alert, such as those that claim a profile.</summary>
    public ImmutableArray<string> Codes { get; init; } = [];
    /// <summary>The event in lists of events, by the list's name.</summary>
    public ImmutableSortedDictionary<string, string> EventCodes { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
