using System.Text;
using CsCheck;
using Nadhir.Journal;

namespace Nadhir.Tests.Journal;

public class MerkleTreeTests
{
    static byte[] LeafHash(long index) => MerkleHash.Leaf(BitConverter.GetBytes(index));

    /// <summary>RFC 6962, section 2.1, word for word.</summary>
    static byte[] Definition(long start, long end)
    {
        if (end - start == 0) return MerkleHash.EmptyRoot;
        if (end - start == 1) return LeafHash(start);
        long split = 1;
        while (split * 2 < end - start) split *= 2;
        return MerkleHash.Node(Definition(start, start + split), Definition(start + split, end));
    }

    [Fact]
    public void The_roots_are_those_of_the_certificate_transparency_reference()
    {
        // Leaves and roots as published with RFC 6962's reference implementation.
        string[] leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        CompactRange range = new();
        Assert.Equal("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855", Convert.ToHexString(range.Root()));
        foreach (string leaf in leaves) range.Append(MerkleHash.Leaf(Convert.FromHexString(leaf)));
        Assert.Equal("5DC9DA79A70659A9AD559CB701DED9A2AB9D823AAD2F4960CFE370EFF4604328", Convert.ToHexString(range.Root()));
    }

    [Fact]
    public void Growing_leaf_by_leaf_and_building_at_once_give_the_root_of_the_definition()
    {
        CompactRange range = new();
        MerkleTree tree = new(LeafHash);
        for (long size = 0; size <= 600; size++)
        {
            byte[] root = range.Root();
            if (size < 70 || size % 37 == 0) Assert.Equal(Definition(0, size), root);
            Assert.Equal(root, tree.Root(size));
            range.Append(LeafHash(size));
        }
    }

    [Fact]
    public void A_copy_of_the_range_is_not_moved_by_the_original()
    {
        CompactRange range = new();
        for (long index = 0; index < 13; index++) range.Append(LeafHash(index));
        CompactRange copy = range.Copy();
        byte[] before = copy.Root();
        range.Append(LeafHash(13));
        Assert.Equal((13L, 14L), (copy.Size, range.Size));
        Assert.Equal(before, copy.Root());
        copy.Append(LeafHash(13));
        Assert.Equal(range.Root(), copy.Root());
    }

    [Fact]
    public void Every_leaf_of_every_small_tree_can_be_proved()
    {
        MerkleTree tree = new(LeafHash);
        for (long size = 1; size <= 40; size++)
            for (long index = 0; index < size; index++)
                Assert.True(MerkleProof.Includes(
                    (ulong)index, (ulong)size, LeafHash(index), tree.InclusionProof(index, size), tree.Root(size)));
    }

    [Fact]
    public void Every_small_tree_is_proved_to_begin_with_every_older_one()
    {
        MerkleTree tree = new(LeafHash);
        for (long size = 1; size <= 40; size++)
            for (long older = 1; older <= size; older++)
                Assert.True(MerkleProof.IsConsistent(
                    (ulong)older, (ulong)size, tree.ConsistencyProof(older, size), tree.Root(older), tree.Root(size)));
    }

    [Fact]
    public void Every_aligned_subtree_of_a_small_tree_can_be_proved()
    {
        MerkleTree tree = new(LeafHash);
        int proved = 0;
        for (long size = 1; size <= 24; size++)
            for (long start = 0; start < size; start++)
                for (long end = start + 1; end <= size; end++)
                {
                    if (!MerkleProof.IsSubtree((ulong)start, (ulong)end)) continue;
                    Assert.True(MerkleProof.SubtreeIsConsistent(
                        (ulong)start, (ulong)end, (ulong)size, tree.SubtreeConsistencyProof(start, end, size),
                        Definition(start, end), tree.Root(size)));
                    proved++;
                }
        Assert.True(proved > 500);
    }

    [Fact]
    public void A_proof_in_a_large_tree_holds_and_with_one_bit_changed_does_not() =>
        Gen.Select(Gen.Long[1, 5000], Gen.Long[0, 4999], Gen.Int[0, 1 << 20]).Sample((size, pick, change) =>
        {
            MerkleTree tree = new(LeafHash);
            long index = pick % size;
            byte[] root = tree.Root(size);
            byte[][] proof = [.. tree.InclusionProof(index, size)];
            Assert.True(MerkleProof.Includes((ulong)index, (ulong)size, LeafHash(index), proof, root));
            if (proof.Length == 0) return;
            byte[] changed = [.. proof[change % proof.Length]];
            changed[change / 8 % 32] ^= (byte)(1 << (change % 8));
            proof[change % proof.Length] = changed;
            Assert.False(MerkleProof.Includes((ulong)index, (ulong)size, LeafHash(index), proof, root));
        }, iter: 60);

    [Fact]
    public void A_leaf_cannot_pass_for_a_node()
    {
        byte[] left = MerkleHash.Leaf(Encoding.UTF8.GetBytes("a")), right = MerkleHash.Leaf(Encoding.UTF8.GetBytes("b"));
        Assert.NotEqual(MerkleHash.Node(left, right), MerkleHash.Leaf([.. left, .. right]));
    }
}
