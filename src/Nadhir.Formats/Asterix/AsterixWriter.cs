namespace Nadhir.Formats.Asterix;

/// <summary>
/// Builds a data block from values by the same definitions that decode it. Made for tests, tools and odd messages; for
/// plots in numbers there is <see cref="PlotBlockWriter"/>. Not thread safe.
/// </summary>
/// <remarks>
/// <code>
/// writer.BeginRecord();
/// writer.Set("010", ("SAC", 25), ("SIC", 2));
/// writer.Set("140", 43200.5);
/// writer.Set("130/SRL", 1.4);                     // a subitem by its path
/// writer.Set("250", ("MBDATA", "A0…"), ("BDS1", 4), ("BDS2", 0)); // each call adds one repetition
/// </code>
/// </remarks>
public sealed class AsterixWriter
{
    readonly CategoryDefinition category;
    readonly List<byte> block = [];
    readonly ItemBuilder?[] items = new ItemBuilder?[AsterixRecord.MostItems];
    readonly Dictionary<string, int> profileNames;
    UserApplicationProfile profile;
    bool recordOpen;

    /// <param name="category">Its newest edition is written.</param>
    public AsterixWriter(int category)
        : this(AsterixCatalogue.Newest(category) ?? throw new ArgumentOutOfRangeException(nameof(category)))
    {
    }

    public AsterixWriter(CategoryDefinition category)
    {
        this.category = category;
        profile = category.Profiles[0];
        profileNames = category.Profiles.Select((each, i) => (each.Name, i)).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Closes the record before, if any, and starts one.</summary>
    /// <param name="profileName">For categories with several profiles (CAT 001: plot, track); else empty.</param>
    public void BeginRecord(string profileName = "")
    {
        CloseRecord();
        profile = profileName.Length == 0 ? category.Profiles[0] : category.Profiles[profileNames[profileName]];
        recordOpen = true;
    }

    /// <summary>Sets elements of an item or subitem. What is not set is zero. A repetitive item gets one more group.</summary>
    /// <param name="path">Item number; below it subitems, as in "130/SRL".</param>
    public void Set(string path, params ReadOnlySpan<(string Element, AsterixValue Value)> elements) =>
        Open(path).SetElements(elements);

    /// <summary>Sets an item that has only one, unnamed element.</summary>
    public void Set(string path, AsterixValue value) => Set(path, ("", value));

    /// <summary>The contents of an explicit item, without its length octet.</summary>
    public void SetBytes(string path, ReadOnlySpan<byte> contents) => Open(path).SetBytes(contents);

    /// <summary>The block: category, length, records. The writer is empty afterwards.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        CloseRecord();
        int length = block.Count + AsterixBlock.HeaderOctets;
        Invariant.Require(length <= ushort.MaxValue, "a block is shorter than 64 KiB");
        byte[] whole = [(byte)category.Number, (byte)(length >> 8), (byte)length, .. block];
        block.Clear();
        return whole;
    }

    ItemBuilder Open(string path)
    {
        Invariant.Require(recordOpen, "a record has begun");
        string[] steps = path.Split('/');
        int place = profile.PlaceOf(steps[0]);
        if (place < 0) throw new ArgumentException($"CAT {category.Number:000} has no item {steps[0]}", nameof(path));
        ItemBuilder builder = items[place] ??= new(profile.Items[place]!);
        foreach (string step in steps.AsSpan(1)) builder = builder.Subitem(step);
        return builder;
    }

    void CloseRecord()
    {
        if (!recordOpen) return;
        recordOpen = false;
        int last = Array.FindLastIndex(items, item => item is not null);
        Invariant.Require(last >= 0, "a record has an item");
        ItemBuilder.WriteSpecification(block, items.AsSpan(0, last + 1), headerOctets: 0);
        for (int place = 0; place <= last; place++) items[place]?.WriteTo(block);
        Array.Clear(items);
    }
}
