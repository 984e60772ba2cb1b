using System.Collections.Frozen;
using System.Numerics;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// ASTERIX has no checksum: a wrong octet in a field specification can leave a block that is read to its last byte and means
/// something else. What gives it away is habit. A sender uses few sets of items, again and again; a wrong bit makes a set
/// that this source has never sent. A block with a set that is new is not believed when one other octet in its field
/// specification would make it a block of sets that are all known from this source, again read to the last byte, and with
/// less that is odd about it; nor when it lacks what the standard asks of every record and the source has sent before. What
/// is known costs one look.
/// </summary>
/// <remarks>
/// A new set that is refused and comes again is believed from the <see cref="Patience"/>rd time on, unless
/// <see cref="Forgets"/> good records of the source lie between. Holds <see cref="MostSources"/> pairs of source and category
/// and <see cref="MostSets"/> sets of each; sets beyond are looked at every time, sources beyond not at all. One block is
/// read again at most <see cref="MostReadings"/> times.
/// </remarks>
sealed class SourceHabits
{
    public const int MostSources = 1024, MostSets = 512, MostReadings = 32, Patience = 3, Forgets = 64;

    /// <summary>So much less must be odd about the other reading, when it takes one bit and when it takes more.</summary>
    const int OneBitMargin = 1, OctetMargin = 3;

    readonly Dictionary<int, SourceHabit> habits = [];
    readonly Dictionary<CategoryDefinition, RecordScrutiny> scrutinies = [];
    readonly BlockWalk other = new();
    int lastKey = -1;
    SourceHabit? last;

    /// <summary>Whether a block that fits may be believed; what is believed becomes habit.</summary>
    /// <param name="walk">Has walked it.</param>
    /// <param name="known">Sources that are configured; null when any may speak.</param>
    /// <param name="detail">Why not, for people.</param>
    public bool Believe(
        AsterixBlock block, BlockWalk walk, CategoryDefinition category, FrozenDictionary<int, int>? known,
        DateTimeOffset arrived, out string? detail)
    {
        detail = null;
        if (category.SourcePlace < 0) return true;
        bool isNew = false;
        int source = -1, readings = 0;
        for (int i = 0; i < walk.Count; i++)
        {
            AsterixRecord record = walk.Record(block, i);
            source = SourceOf(record, category, source);
            if (HabitOf(category, source, known) is not { } habit || habit.Knows(record)) continue;
            isNew = true;
            if (Doubt(block, walk, i, category, known, habit, arrived, ref readings) is not { } doubt) continue;
            if (habit.Insists(record)) continue;
            detail = doubt;
            return false;
        }

        source = -1;
        for (int i = 0; i < walk.Count; i++)
        {
            AsterixRecord record = walk.Record(block, i);
            source = SourceOf(record, category, source);
            HabitOf(category, source, known)?.Take(record, arrived, isNew);
        }

        return true;
    }

    string? Doubt(
        AsterixBlock block, BlockWalk walk, int index, CategoryDefinition category, FrozenDictionary<int, int>? known,
        SourceHabit habit, DateTimeOffset arrived, ref int readings)
    {
        if (!scrutinies.TryGetValue(category, out RecordScrutiny? scrutiny))
            scrutinies[category] = scrutiny = new(category);
        AsterixRecord record = walk.Record(block, index);
        if (scrutiny.Missing(record, habit) is { } missing) return $"I{missing} is missing";
        Span<byte> specification = stackalloc byte[9];
        int oddAsItStands = -1;
        byte[]? copy = null;
        foreach (ulong set in habit.Sets)
        {
            if (set == 0) continue;
            int length = Specification(set, specification);
            int wrong = OnlyDifference(record.Bytes, specification[..length]);
            if (wrong < 0 || ++readings > MostReadings) continue;
            copy ??= block.Whole.ToArray();
            int at = walk.StartOf(index) + wrong;
            copy[at] = specification[wrong];
            ReadOnlySpan<byte> input = copy;
            AsterixBlock.TryTake(ref input, out AsterixBlock changed);
            if (IsAllKnown(changed, category, known))
            {
                if (oddAsItStands < 0) oddAsItStands = Odd(scrutiny, block, walk, index, habit, arrived);
                int margin = BitOperations.IsPow2(record.Bytes[wrong] ^ specification[wrong]) ? OneBitMargin : OctetMargin;
                if (Odd(scrutiny, changed, other, index, habit, arrived) + margin <= oddAsItStands)
                    return $"record {index + 1}: items new for {Name(record, category)}, and a set that is known fits better";
            }

            copy[at] = record.Bytes[wrong];
        }

        return null;
    }

    bool IsAllKnown(AsterixBlock block, CategoryDefinition category, FrozenDictionary<int, int>? known)
    {
        if (other.Take(block, category, sourced: true) != Sensing.DecodeFault.None) return false;
        int source = -1;
        for (int i = 0; i < other.Count; i++)
        {
            AsterixRecord record = other.Record(block, i);
            source = SourceOf(record, category, source);
            if (HabitOf(category, source, known) is not { } habit || !habit.Knows(record)) return false;
        }

        return true;
    }

    static int Odd(
        RecordScrutiny scrutiny, AsterixBlock block, BlockWalk walk, int from, SourceHabit habit, DateTimeOffset arrived)
    {
        int odd = 0;
        for (int i = from; i < walk.Count; i++)
        {
            AsterixRecord record = walk.Record(block, i);
            odd += scrutiny.Count(record, habit, arrived) + habit.Unfamiliar(record);
        }

        return odd;
    }

    /// <summary>The octets of a field specification, as short as it can be.</summary>
    static int Specification(ulong set, Span<byte> octets)
    {
        int length = 0;
        for (ulong left = set & ~1UL; length == 0 || left != 0; left <<= 7)
        {
            octets[length++] = (byte)((left >> 56) & 0xFE);
            if (length == octets.Length) break;
        }

        for (int i = 0; i < length - 1; i++) octets[i] |= 1;
        return length;
    }

    /// <summary>The one octet in which a record's beginning differs; −1 when none or several do.</summary>
    static int OnlyDifference(ReadOnlySpan<byte> record, ReadOnlySpan<byte> specification)
    {
        if (record.Length <= specification.Length) return -1;
        int found = -1;
        for (int i = 0; i < specification.Length; i++)
        {
            if (record[i] == specification[i]) continue;
            if (found >= 0) return -1;
            found = i;
        }

        return found;
    }

    static string Name(in AsterixRecord record, CategoryDefinition category)
    {
        int source = SourceOf(record, category, -1);
        return source < 0 ? "its source" : $"{source >> 8}/{source & 0xFF}";
    }

    static int SourceOf(in AsterixRecord record, CategoryDefinition category, int before)
    {
        if (!record.Has(category.SourcePlace)) return before;
        ReadOnlySpan<byte> source = record.From(category.SourcePlace);
        return (source[0] << 8) | source[1];
    }

    SourceHabit? HabitOf(CategoryDefinition category, int source, FrozenDictionary<int, int>? known)
    {
        int key = (category.Number << 16) | (source & 0xFFFF);
        if (key == lastKey) return last;
        if (!habits.TryGetValue(key, out SourceHabit? habit) && habits.Count < MostSources &&
            (known is null || known.ContainsKey(source)))
        {
            habits[key] = habit = new(category);
        }

        (lastKey, last) = (key, habit);
        return habit;
    }
}
