using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;

namespace Nadhir.Formats.Asterix;

/// <summary>The category editions we hold, read from their embedded definitions when first asked for.</summary>
public static class AsterixCatalogue
{
    const string Prefix = "Asterix.Definitions.";

    static readonly ImmutableSortedDictionary<int, ImmutableArray<string>> editions = FindEditions();
    static readonly ConcurrentDictionary<(int Category, string Edition), CategoryDefinition> read = new();

    /// <summary>Categories we hold, with their editions, oldest first.</summary>
    public static ImmutableSortedDictionary<int, ImmutableArray<string>> Editions => editions;

    /// <summary>The newest edition of a category, or null.</summary>
    public static CategoryDefinition? Newest(int category) =>
        editions.TryGetValue(category, out ImmutableArray<string> held) ? Find(category, held[^1]) : null;

    /// <summary>
    /// An edition of a category. An edition we do not hold is read by the next newer one we hold of the same major
    /// number, since editions of a major number only add; null when there is none.
    /// </summary>
    public static CategoryDefinition? Find(int category, string edition)
    {
        if (!editions.TryGetValue(category, out ImmutableArray<string> held) || !Version.TryParse(edition, out Version? asked))
            return null;
        string? suited = held.FirstOrDefault(each => Version.Parse(each) is var v && v.Major == asked.Major && v >= asked);
        return suited is null ? null : read.GetOrAdd((category, suited), Read);
    }

    static CategoryDefinition Read((int Category, string Edition) key)
    {
        string name = $"{Prefix}cat{key.Category:000}-{key.Edition}.txt";
        using Stream? stream = typeof(AsterixCatalogue).Assembly.GetManifestResourceStream(name);
        Invariant.Require(stream is not null, $"{name} is embedded");
        using StreamReader text = new(stream);
        return DefinitionReader.Read(text);
    }

    static ImmutableSortedDictionary<int, ImmutableArray<string>> FindEditions() =>
        typeof(AsterixCatalogue).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix + "cat", StringComparison.Ordinal))
            .Select(name => name[(Prefix.Length + 3)..^4].Split('-', 2))
            .GroupBy(pair => int.Parse(pair[0]), pair => pair[1])
            .ToImmutableSortedDictionary(group => group.Key, group => group.OrderBy(Version.Parse).ToImmutableArray());
}
