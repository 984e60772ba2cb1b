using System.Collections.Immutable;
using Nadhir.Sensing;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// Counts by which of the held editions the blocks of a source can be read to the last byte. Compared are the first
/// <see cref="FirstBlocks"/> blocks of a source and every <see cref="Every"/>th after them, whatever became of them, so
/// that the counts are fair. Holds <see cref="MostSources"/> pairs of source and category; further ones are not compared.
/// </summary>
sealed class EditionLedger
{
    const int MostSources = 1024, FirstBlocks = 64, Every = 256;
    /// <summary>Fewer blocks than this say nothing.</summary>
    const int LeastBlocks = 5;
    const int MostTold = 64;

    readonly Dictionary<int, Row> rows = [];
    int lastKey = -1;
    Row? lastRow;

    /// <param name="inUse">The edition by which blocks of this source are read first.</param>
    public void Observe(AsterixBlock block, CategoryDefinition inUse)
    {
        ImmutableArray<CategoryDefinition> held = BlockSearch.Held(block.Category);
        if (held.Length < 2 || !BlockSearch.TryPeekSource(block.Records, out int sac, out int sic)) return;
        int key = (block.Category << 16) | (sac << 8) | sic;
        if (key != lastKey)
        {
            if (!rows.TryGetValue(key, out Row? found) && rows.Count < MostSources)
                rows[key] = found = new(held.Length);
            (lastKey, lastRow) = (key, found);
        }

        if (lastRow is not { } row) return;
        long seen = row.Seen++;
        if (seen >= FirstBlocks && seen % Every != 0) return;
        row.InUse = inUse;
        row.Compared++;
        for (int i = 0; i < held.Length; i++)
            if (BlockSearch.Fits(block, held[i])) row.Fitting[i]++;
    }

    /// <summary>Where another edition fits more blocks than the one in use.</summary>
    public ImmutableArray<EditionProposal> Proposals =>
    [
        .. rows.Where(pair => pair.Value.Compared >= LeastBlocks).OrderBy(pair => pair.Key)
            .Select(pair => Proposal(pair.Key, pair.Value)).OfType<EditionProposal>(),
    ];

    /// <summary>By which editions sources are read, as far as we hold several: "048 1.32: 25/1 25/2"; at most 64 sources.</summary>
    public IEnumerable<string> InUse => rows.OrderBy(pair => pair.Key).Take(MostTold)
        .GroupBy(pair => (Category: pair.Key >> 16, pair.Value.InUse!.Edition))
        .Select(group => $"{group.Key.Category:000} {group.Key.Edition}: "
            + string.Join(' ', group.Select(pair => $"{(pair.Key >> 8) & 0xFF}/{pair.Key & 0xFF}")));

    static EditionProposal? Proposal(int key, Row row)
    {
        ImmutableArray<CategoryDefinition> held = BlockSearch.Held(key >> 16);
        int best = Array.IndexOf(row.Fitting, row.Fitting.Max());
        int used = held.IndexOf(row.InUse!);
        if (row.Fitting[best] <= row.Fitting[used]) return null;
        return new(key >> 16, (key >> 8) & 0xFF, key & 0xFF, held[used].Edition, held[best].Edition, row.Compared,
            row.Fitting[used], row.Fitting[best]);
    }

    sealed class Row(int editions)
    {
        public long Seen, Compared;
        public CategoryDefinition? InUse;
        /// <summary>In the order of the editions held, the newest first.</summary>
        public readonly long[] Fitting = new long[editions];
    }
}
