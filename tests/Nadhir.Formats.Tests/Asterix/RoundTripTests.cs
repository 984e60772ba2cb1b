using CsCheck;
using Nadhir.Formats.Asterix;
using Nadhir.Sensing;

namespace Nadhir.Formats.Tests.Asterix;

public sealed class RoundTripTests
{
    public static TheoryData<int, string> EveryEdition()
    {
        TheoryData<int, string> editions = [];
        foreach ((int category, var held) in AsterixCatalogue.Editions)
        {
            foreach (string edition in held) editions.Add(category, edition);
        }

        return editions;
    }

    [Theory]
    [MemberData(nameof(EveryEdition))]
    public void Writing_what_was_read_gives_the_same_bytes(int number, string edition)
    {
        CategoryDefinition category = AsterixCatalogue.Find(number, edition)!;
        foreach (UserApplicationProfile profile in category.Profiles) CheckProfile(category, profile);
    }

    static void CheckProfile(CategoryDefinition category, UserApplicationProfile profile)
    {
        HashSet<string> used = [];
        Gen.UInt.Sample(
            seed =>
            {
                byte[] original = new AnyRecord(new((int)seed)).Of(category, profile, used);
                Assert.Equal(Convert.ToHexString(original), Convert.ToHexString(Rewritten(category, original)));
            },
            iter: 200, threads: 1);
        // Nothing was left out by chance: every item of the profile was written at least once.
        Assert.Empty(profile.Items.Where(item => item is not null && !used.Contains(item.Id)).Select(item => item!.Id));
    }

    [Theory]
    [MemberData(nameof(EveryEdition))]
    public void No_item_names_two_elements_alike(int number, string edition)
    {
        foreach (ItemDefinition item in AsterixCatalogue.Find(number, edition)!.Items.Values) CheckNames(item);

        static void CheckNames(ItemDefinition item)
        {
            string[] names = [.. item.Parts.SelectMany(part => part.Elements).Select(element => element.Name)];
            Assert.Equal(names.Length, names.Distinct(StringComparer.Ordinal).Count());
            foreach (ItemDefinition? subitem in item.Subitems)
            {
                if (subitem is not null) CheckNames(subitem);
            }
        }
    }

    [Theory]
    [MemberData(nameof(EveryEdition))]
    public void Every_item_defined_has_a_place_in_a_profile(int number, string edition)
    {
        CategoryDefinition category = AsterixCatalogue.Find(number, edition)!;
        Assert.Equal((number, edition), (category.Number, category.Edition));
        Assert.All(category.Items.Keys, id => Assert.Contains(category.Profiles, each => each.PlaceOf(id) >= 0));
    }

    static byte[] Rewritten(CategoryDefinition category, byte[] original)
    {
        ReadOnlySpan<byte> rest = original;
        DecodeFault fault = AsterixRecord.TryTake(category, ref rest, new ushort[AsterixRecord.MostItems], out AsterixRecord record);
        Assert.Equal(DecodeFault.None, fault);
        Assert.True(rest.IsEmpty);
        AsterixWriter writer = new(category);
        writer.BeginRecord(record.Profile.Name);
        ItemReader.Read(record, new Reencoder(writer));
        return writer.Finish()[3..].ToArray();
    }
}
