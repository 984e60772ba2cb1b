using System.Globalization;
using System.Text.Json;
using Nadhir.Journal;

namespace Nadhir.Tests.Journal;

/// <summary>The proof vectors of transparency-dev/merkle, those that must hold and those that must not.</summary>
public class MerkleVectorTests
{
    [Theory]
    [InlineData("inclusion", 98, 6)]
    [InlineData("consistency", 98, 6)]
    [InlineData("subtreeinclusion", 204, 12)]
    [InlineData("subtreeconsistency", 118, 12)]
    public void Every_published_vector_is_judged_as_published(string family, int vectors, int holding)
    {
        string[] files = Directory.GetFiles(Path.Combine(SharedData.Find("merkle/testdata"), family), "*.json", SearchOption.AllDirectories);
        int held = 0;
        foreach (string file in files)
        {
            using JsonDocument vector = JsonDocument.Parse(File.ReadAllBytes(file));
            bool holds = Holds(family, vector.RootElement);
            Assert.True(holds != vector.RootElement.GetProperty("wantErr").GetBoolean(), $"judged wrongly: {file}");
            if (holds) held++;
        }
        Assert.Equal((vectors, holding), (files.Length, held));
    }

    static bool Holds(string family, JsonElement vector)
    {
        ulong Number(string name) => ulong.Parse(vector.GetProperty(name).GetRawText(), CultureInfo.InvariantCulture);
        byte[] Hash(string name) => vector.GetProperty(name) is { ValueKind: JsonValueKind.String } hash ? hash.GetBytesFromBase64() : [];
        byte[][] proof = vector.GetProperty("proof") is { ValueKind: JsonValueKind.Array } hashes
            ? [.. hashes.EnumerateArray().Select(hash => hash.GetBytesFromBase64())]
            : [];
        return family switch
        {
            "inclusion" => MerkleProof.Includes(Number("leafIdx"), Number("treeSize"), Hash("leafHash"), proof, Hash("root")),
            "subtreeinclusion" => MerkleProof.SubtreeIncludes(
                Number("leafIdx"), Number("start"), Number("end"), Hash("leafHash"), proof, Hash("root")),
            "consistency" => MerkleProof.IsConsistent(Number("size1"), Number("size2"), proof, Hash("root1"), Hash("root2")),
            _ => MerkleProof.SubtreeIsConsistent(Number("start"), Number("end"), Number("size"), proof, Hash("root1"), Hash("root2")),
        };
    }
}
