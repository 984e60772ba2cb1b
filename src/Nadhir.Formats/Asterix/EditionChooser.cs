using Nadhir.Sensing;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// The edition is not on the wire. For a recording whose sender is unknown, the edition of a category is that by which
/// most of its blocks can be read to the last byte; of equals, the newest. For looking at files: a live feed is told.
/// </summary>
public sealed class EditionChooser
{
    readonly Dictionary<int, CategoryDefinition> told = [];
    readonly Dictionary<int, Dictionary<string, int>> fitting = [];
    readonly CategoryDefinition?[] chosen = new CategoryDefinition?[256];

    /// <summary>Says which edition to use, whatever fits.</summary>
    /// <returns>False when we hold none for it.</returns>
    public bool Tell(int category, string edition)
    {
        if (AsterixCatalogue.Find(category, edition) is not { } definition) return false;
        told[category] = definition;
        chosen[category & 0xFF] = null;
        return true;
    }

    /// <summary>Tries a block against every edition held.</summary>
    public void Observe(AsterixBlock block)
    {
        if (told.ContainsKey(block.Category)) return;
        if (!AsterixCatalogue.Editions.TryGetValue(block.Category, out var editions) || editions.Length == 1) return;
        chosen[block.Category] = null;
        if (!fitting.TryGetValue(block.Category, out Dictionary<string, int>? counts))
            fitting[block.Category] = counts = [];
        foreach (string edition in editions)
        {
            CategoryDefinition definition = AsterixCatalogue.Find(block.Category, edition)!;
            if (BlockSearch.Fits(block, definition))
                counts[edition] = counts.GetValueOrDefault(edition) + 1;
        }
    }

    /// <summary>The edition to read a category by; null when we hold none.</summary>
    public CategoryDefinition? Choose(int category) => chosen[category & 0xFF] ??= Compare(category);

    CategoryDefinition? Compare(int category)
    {
        if (told.TryGetValue(category, out CategoryDefinition? definition)) return definition;
        if (!fitting.TryGetValue(category, out Dictionary<string, int>? counts) || counts.Count == 0)
            return AsterixCatalogue.Newest(category);
        int most = counts.Values.Max();
        string newest = AsterixCatalogue.Editions[category].Last(edition => counts.GetValueOrDefault(edition) == most);
        return AsterixCatalogue.Find(category, newest);
    }
}
