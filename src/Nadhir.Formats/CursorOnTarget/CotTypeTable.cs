using System.Collections.Immutable;

namespace Nadhir.Formats.CursorOnTarget;

/// <summary>What a kind of event is taken for.</summary>
public enum CotUse : byte
{
    /// <summary>Counted, and a sign of life; nothing more.</summary>
    Nothing,
    /// <summary>Another system's track of something in the air.</summary>
    Track,
    /// <summary>What a person saw.</summary>
    Sighting,
}

/// <summary>
/// Tells by an event's type what it is taken for. A pattern is the beginning of a type, part by part; <c>*</c> stands
/// for any one part, so that it does not matter whom somebody thinks it belongs to. Of several patterns the one with
/// most parts goes first, and of those the one with fewest asterisks.
/// </summary>
public sealed class CotTypeTable
{
    /// <summary>Patterns a configuration may give.</summary>
    public const int MostPatterns = 256;

    /// <summary>Anything in the air is a track; a spot on the map is a sighting.</summary>
    public static readonly ImmutableSortedDictionary<string, string> Standard =
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
        [
            KeyValuePair.Create("a-*-A", "track"),
            KeyValuePair.Create("b-m-p-s-m", "sighting"),
        ]);

    readonly (string[] Parts, CotUse Use)[] patterns;

    /// <param name="changes">
    /// By pattern: <c>track</c>, <c>sighting</c> or <c>nothing</c>; on top of the standard ones.
    /// </param>
    public CotTypeTable(ImmutableSortedDictionary<string, string>? changes = null) => patterns =
    [
        .. Standard.SetItems(changes ?? Standard).Select(pair => (Parts: pair.Key.Split('-'), Use: UseOf(pair.Value)))
            .Where(pattern => pattern.Use is not null).Select(pattern => (pattern.Parts, pattern.Use!.Value))
            .OrderByDescending(pattern => pattern.Parts.Length)
            .ThenBy(pattern => pattern.Parts.Count(part => part == "*")),
    ];

    /// <summary>Null when there is no such use.</summary>
    public static CotUse? UseOf(string word) => word switch
    {
        "track" => CotUse.Track,
        "sighting" => CotUse.Sighting,
        "nothing" => CotUse.Nothing,
        _ => null,
    };

    public CotUse Of(string type)
    {
        foreach ((string[] parts, CotUse use) in patterns)
            if (Begins(type, parts)) return use;
        return CotUse.Nothing;
    }

    static bool Begins(ReadOnlySpan<char> type, string[] parts)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            if (i > 0)
            {
                if (type.IsEmpty) return false;
                type = type[1..];
            }

            int end = type.IndexOf('-');
            ReadOnlySpan<char> part = end < 0 ? type : type[..end];
            if (part.IsEmpty || (parts[i] != "*" && !part.SequenceEqual(parts[i]))) return false;
            type = type[part.Length..];
        }

        return true;
    }
}
