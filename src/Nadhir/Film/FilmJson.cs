using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nadhir.Film;

/// <summary>What there is of the film, for the time bar.</summary>
public sealed record FilmRange
{
    /// <summary>Times of the first and the last moment; absent while there is none.</summary>
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }
    /// <summary>Entries of the journal the last moment stands for.</summary>
    public long Sequence { get; init; }
    /// <summary>A closed record is looked at: there is no live picture.</summary>
    public bool Review { get; init; }
    /// <summary>How much of what is missing has been made from the journal, 0 to 1; absent when nothing is missing.</summary>
    public double? Building { get; init; }
    /// <summary>Stretches that are not on film yet.</summary>
    public ImmutableArray<FilmGap> Missing { get; init; } = [];
    /// <summary>Until when one moment a reel is kept, and until when none, because of the limit.</summary>
    public DateTimeOffset? ThinnedUntil { get; init; }
    public DateTimeOffset? DroppedUntil { get; init; }
    /// <summary>Why no moment is being kept now; absent when all is well.</summary>
    public string? Fault { get; init; }
}

/// <summary>Between these moments the film does not show what the journal holds.</summary>
public sealed record FilmGap(DateTimeOffset? From, DateTimeOffset? To);

public sealed record FilmMarks(ImmutableArray<FilmMark> Marks, bool More);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FilmMark))]
[JsonSerializable(typeof(FilmRange))]
[JsonSerializable(typeof(FilmMarks))]
public sealed partial class FilmJson : JsonSerializerContext
{
    public static byte[] Encode(FilmMark mark) => JsonSerializer.SerializeToUtf8Bytes(mark, Default.FilmMark);
}
