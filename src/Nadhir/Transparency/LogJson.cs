using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nadhir.Transparency;

/// <summary>That a leaf stands in the tree of a size; hashes in base 64, the proof as RFC 9162, section 2.1.3 orders it.</summary>
sealed record InclusionProof(long Leaf, long Size, byte[] LeafHash, byte[] Root, IReadOnlyList<byte[]> Proof);

/// <summary>That the tree of a size begins with an older one (RFC 9162, section 2.1.4).</summary>
sealed record ConsistencyProof(long Old, long Size, byte[] OldRoot, byte[] Root, IReadOnlyList<byte[]> Proof);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(InclusionProof))]
[JsonSerializable(typeof(ConsistencyProof))]
sealed partial class LogJson : JsonSerializerContext;
