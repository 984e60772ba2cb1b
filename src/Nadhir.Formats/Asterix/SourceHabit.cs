namespace Nadhir.Formats.Asterix;

/// <summary>
/// What one source has sent in one category: the sets of items, what its clock showed, and with which octets its items begin.
/// </summary>
sealed class SourceHabit(CategoryDefinition category)
{
    /// <summary>Beginnings are learned from so many records, then from every so many-th.</summary>
    const int LearnsAll = 4096, LearnsEvery = 16;

    /// <summary>Open addressing; its length is a power of two, and it is at most half full.</summary>
    ulong[] sets = new ulong[16];
    int count;
    ulong last;
    readonly int timePlace = TimePlaceOf(category);
    readonly Dictionary<ulong, (int Times, long At)> refused = [];
    readonly Beginnings?[] beginnings = new Beginnings?[AsterixRecord.MostItems];
    long believed;

    /// <summary>Time of day that it last told, in 128ths of a second, and when; −1 before.</summary>
    public int ToldTime { get; private set; } = -1;
    public DateTimeOffset ToldAt { get; private set; }

    /// <summary>The sets of items that have come from it; places that are 0 hold none.</summary>
    public ReadOnlySpan<ulong> Sets => sets;

    /// <summary>The set of items has come from it before.</summary>
    public bool Knows(in AsterixRecord record)
    {
        ulong set = SetOf(record);
        if (set == last) return true;
        int mask = sets.Length - 1;
        for (int at = Slot(set, mask); sets[at] != 0; at = (at + 1) & mask)
        {
            if (sets[at] != set) continue;
            last = set;
            return true;
        }

        return false;
    }

    public void Take(in AsterixRecord record, DateTimeOffset arrived, bool mayBeNew)
    {
        believed++;
        if (record.Has(timePlace))
        {
            ReadOnlySpan<byte> time = record.From(timePlace);
            (ToldTime, ToldAt) = ((time[0] << 16) | (time[1] << 8) | time[2], arrived);
        }

        if (believed <= LearnsAll || believed % LearnsEvery == 0) LearnBeginnings(record);
        if (mayBeNew && count < SourceHabits.MostSets && !Knows(record)) Add(SetOf(record));
    }

    public bool HasSent(int place) => place >= 0 && beginnings[place] is not null;

    /// <summary>In how much its items begin as they have never begun; items that are new do not count.</summary>
    public int Unfamiliar(in AsterixRecord record)
    {
        int unfamiliar = 0;
        for (int place = record.NextPlace(0); place >= 0; place = record.NextPlace(place + 1))
            unfamiliar += beginnings[place]?.Unfamiliar(record.Profile.Items[place]!, record.Item(place)) ?? 0;
        return unfamiliar;
    }

    void LearnBeginnings(in AsterixRecord record)
    {
        for (int place = record.NextPlace(0); place >= 0; place = record.NextPlace(place + 1))
            (beginnings[place] ??= new()).Learn(record.Profile.Items[place]!, record.Item(place));
    }

    /// <summary>
    /// Counts a set that was not believed. True from the <see cref="SourceHabits.Patience"/>rd time on, unless
    /// <see cref="SourceHabits.Forgets"/> good records lie between: what comes again and again is no damage.
    /// </summary>
    public bool Insists(in AsterixRecord record)
    {
        ulong set = SetOf(record);
        (int times, long at) = refused.GetValueOrDefault(set);
        times = believed - at > SourceHabits.Forgets ? 1 : times + 1;
        if (refused.Count >= SourceHabits.MostSets) refused.Clear();
        refused[set] = (times, believed);
        return times >= SourceHabits.Patience;
    }

    /// <summary>Where the edition tells the time of day; −1 when nowhere.</summary>
    public static int TimePlaceOf(CategoryDefinition category)
    {
        UserApplicationProfile profile = category.Profiles[0];
        for (int i = 0; i < profile.Items.Length; i++)
            if (profile.Items[i] is { FixedOctets: 3, Parts: [{ Elements: [{ Bits: 24, Unit: "s" }] }] }) return i;
        return -1;
    }

    /// <summary>The last bit is free, since a field specification names at most 63 items: it tells the profile.</summary>
    static ulong SetOf(in AsterixRecord record) => record.Present | (record.Profile.Name == "track" ? 1UL : 0);

    static int Slot(ulong set, int mask) => (int)((set * 0x9E3779B97F4A7C15) >> 40) & mask;

    void Add(ulong set)
    {
        if (++count * 2 > sets.Length)
        {
            ulong[] before = sets;
            sets = new ulong[2 * before.Length];
            foreach (ulong each in before)
                if (each != 0) Put(each);
        }

        Put(set);
    }

    void Put(ulong set)
    {
        int mask = sets.Length - 1, at = Slot(set, mask);
        while (sets[at] != 0) at = (at + 1) & mask;
        sets[at] = set;
    }
}
