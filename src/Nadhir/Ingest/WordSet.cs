using System.Collections.Frozen;

namespace Nadhir.Ingest;

/// <summary>Words parted by blanks, as a set.</summary>
static class WordSet
{
    public static FrozenSet<string> Of(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
