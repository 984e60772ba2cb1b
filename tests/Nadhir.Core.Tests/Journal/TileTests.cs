using CsCheck;
using Nadhir.Journal;

namespace Nadhir.Tests.Journal;

public class TileTests
{
    static byte[] LeafHash(long index) => MerkleHash.Leaf(BitConverter.GetBytes(index));

    [Theory]
    [InlineData(0, 1234067, 256, "tile/0/x001/x234/067")] // The example of the C2SP tlog-tiles text.
    [InlineData(0, 273, 112, "tile/0/273.p/112")]
    [InlineData(2, 0, 1, "tile/2/000.p/1")]
    [InlineData(1, 999, 256, "tile/1/999")]
    [InlineData(1, 1000, 256, "tile/1/x001/000")]
    [InlineData(Tile.Entries, 1067, 255, "tile/entries/x001/067.p/255")]
    public void A_tile_has_the_path_of_the_standard(int level, long index, int width, string path)
    {
        Assert.Equal(path, new Tile(level, index, width).Path());
        Assert.Equal(new Tile(level, index, width), Tile.Read(path["tile/".Length..]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0/")]
    [InlineData("00/000")]
    [InlineData("64/000")]
    [InlineData("-1/000")]
    [InlineData("0/1")]
    [InlineData("0/0001")]
    [InlineData("0/x000/001")]
    [InlineData("0/001/067")]
    [InlineData("0/x001/x067")]
    [InlineData("0/000.p/0")]
    [InlineData("0/000.p/256")]
    [InlineData("0/000.p/01")]
    [InlineData("0/000.p")]
    [InlineData("0/000/")]
    [InlineData("0/../000")]
    [InlineData("entries/x999/x999/x999/x999/x999/x999/x999/999")]
    public void What_is_not_exactly_a_path_is_none(string path) => Assert.Null(Tile.Read(path));

    [Fact]
    public void Every_tile_comes_back_from_its_path() =>
        Gen.Select(Gen.Int[-1, 63], Gen.Long[0, 1L << 40], Gen.Int[1, 256]).Sample((level, index, width) =>
            Tile.Read(new Tile(level, index, width).Path()["tile/".Length..]) == new Tile(level, index, width));

    [Fact]
    public void No_text_makes_the_reading_of_a_path_throw() => Gen.String.Sample(text => Tile.Read(text) is null or { Width: > 0 });

    [Fact]
    public void A_tree_of_seventy_thousand_has_the_tiles_of_the_standards_example()
    {
        Assert.Equal((112, 17, 1), (Tile.Holding(0, 69_999, 70_000).Width, Tile.Holding(1, 272, 70_000).Width, Tile.Holding(2, 0, 70_000).Width));
        Assert.Equal(273, Tile.Holding(0, 69_999, 70_000).Index);
        Assert.True(new Tile(0, 272, 256).IsIn(70_000));
        Assert.False(new Tile(0, 273, 113).IsIn(70_000));
        Assert.False(new Tile(3, 0, 1).IsIn(70_000));
    }

    [Fact]
    public void Kept_subtrees_give_every_root_and_proof_that_the_leaves_give()
    {
        const long most = 70_000;
        Dictionary<(int, long), byte[]> kept = [];
        CompactRange growing = new();
        for (long leaf = 0; leaf < most; leaf++) growing.Append(LeafHash(leaf), (level, number, hash) => kept.Add((level, number), hash));
        Assert.Equal(273 + 1, kept.Count);
        Func<long, int, byte[]> subtrees = TileSubtrees.Over((level, first, count) =>
        {
            Assert.True(Tile.Holding(level, first, long.MaxValue) == Tile.Holding(level, first + count - 1, long.MaxValue), "all in one tile");
            return Enumerable.Range(0, count).SelectMany(at => level == 0 ? LeafHash(first + at) : kept[(level, first + at)]).ToArray();
        });
        MerkleTree fromTiles = new(subtrees), fromLeaves = new(LeafHash);
        Gen.Select(Gen.Long[1, most], Gen.Long[0, most]).Sample((size, at) =>
        {
            long index = at % size;
            Assert.Equal(fromLeaves.Root(size), CompactRange.At(size, subtrees).Root());
            Assert.Equal(fromLeaves.InclusionProof(index, size), fromTiles.InclusionProof(index, size));
            Assert.Equal(fromLeaves.ConsistencyProof(index + 1, size), fromTiles.ConsistencyProof(index + 1, size));
        }, iter: 100, threads: 1);
    }
}
