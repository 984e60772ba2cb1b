using Nadhir.Sensing;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// One walk over a block that finds where all items of all its records start, so that a block can be checked whole before
/// anything of it is used, and need not be walked again. Reused from block to block; grows to what the largest block needs,
/// at most 4 MB (32,766 records of two octets).
/// </summary>
sealed class BlockWalk
{
    readonly record struct Kept(UserApplicationProfile Profile, int Start, int Length, int Offsets, ulong Present);

    ushort[] offsets = new ushort[32 * AsterixRecord.MostItems];
    Kept[] records = new Kept[32];
    int used;

    /// <summary>Records that fit.</summary>
    public int Count { get; private set; }
    /// <summary>Where in the block the first record starts that does not fit.</summary>
    public int FaultOffset { get; private set; }

    /// <summary>Walks a block; what was kept of the last one is gone.</summary>
    /// <param name="sourced">A record that does not tell its source is a fault.</param>
    public DecodeFault Take(AsterixBlock block, CategoryDefinition category, bool sourced = false)
    {
        Count = used = 0;
        int whole = block.Whole.Length;
        ReadOnlySpan<byte> rest = block.Records;
        while (!rest.IsEmpty)
        {
            if (used + AsterixRecord.MostItems > offsets.Length) Array.Resize(ref offsets, 2 * offsets.Length);
            if (Count == records.Length) Array.Resize(ref records, 2 * records.Length);
            int start = whole - rest.Length;
            DecodeFault fault = AsterixRecord.TryTake(category, ref rest, offsets.AsSpan(used), out AsterixRecord record);
            if (fault == DecodeFault.None && sourced && !category.HasSource(record, Count == 0))
                fault = DecodeFault.BadFieldSpecification;
            if (fault != DecodeFault.None)
            {
                FaultOffset = start;
                return fault;
            }

            records[Count++] = new(record.Profile, start, record.Bytes.Length, used, record.Present);
            used += record.Profile.Items.Length;
        }

        return DecodeFault.None;
    }

    /// <summary>Where a record of the block starts.</summary>
    public int StartOf(int index) => records[index].Start;

    /// <summary>A record of the block walked last.</summary>
    public AsterixRecord Record(AsterixBlock block, int index)
    {
        ref readonly Kept kept = ref records[index];
        return new(kept.Profile, block.Whole.Slice(kept.Start, kept.Length), offsets.AsSpan(kept.Offsets), kept.Present);
    }
}
