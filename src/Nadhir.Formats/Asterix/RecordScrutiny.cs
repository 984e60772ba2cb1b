namespace Nadhir.Formats.Asterix;

/// <summary>Looks closely at records of one edition: what is odd about them.</summary>
sealed class RecordScrutiny(CategoryDefinition category)
{
    /// <summary>The source's clock may be so far from where it should be by its last word.</summary>
    static readonly TimeSpan clockSlack = TimeSpan.FromSeconds(60);
    const int TicksPerSecond = 128, TicksPerDay = 86_400 * TicksPerSecond;

    readonly RequiredItems required = new(category);
    readonly int timePlace = SourceHabit.TimePlaceOf(category);
    readonly HashSet<(Oddity, string)> found = [];

    /// <summary>The first item that is missing though the standard asks for it and the source has sent it; else null.</summary>
    public string? Missing(in AsterixRecord record, SourceHabit habit)
    {
        found.Clear();
        required.Check(record, Take);
        foreach ((Oddity oddity, string item) in found)
            if (oddity == Oddity.Missing && habit.HasSent(record.Profile.PlaceOf(item))) return item;
        return null;
    }

    /// <summary>How much is odd about a record.</summary>
    public int Count(in AsterixRecord record, SourceHabit habit, DateTimeOffset arrived)
    {
        found.Clear();
        required.Check(record, Take);
        ReadOnlySpan<byte> bytes = record.Bytes;
        int specification = 0;
        while ((bytes[specification] & 1) != 0) specification++;
        if (specification > 0 && bytes[specification] == 0) Take(Oddity.Extension, "");
        for (int place = record.NextPlace(0); place >= 0; place = record.NextPlace(place + 1))
        {
            ItemDefinition item = record.Profile.Items[place]!;
            ItemScrutiny.Of(item, record.Item(place), item.Id, Take);
        }

        if (habit.ToldTime >= 0 && record.Has(timePlace) && IsFar(record.From(timePlace), habit, arrived))
            Take(Oddity.Clock, "");
        return found.Count;
    }

    void Take(Oddity oddity, string item) => found.Add((oddity, item));

    static bool IsFar(ReadOnlySpan<byte> time, SourceHabit habit, DateTimeOffset arrived)
    {
        int told = (time[0] << 16) | (time[1] << 8) | time[2];
        double apart = Math.Abs(told - habit.ToldTime);
        double seconds = Math.Min(apart, TicksPerDay - apart) / TicksPerSecond;
        return seconds > (clockSlack + (arrived - habit.ToldAt).Duration()).TotalSeconds;
    }
}
