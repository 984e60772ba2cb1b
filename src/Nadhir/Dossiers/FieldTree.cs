using System.Security.Cryptography;
using System.Text;
using Nadhir.Journal;

namespace Nadhir.Dossiers;

/// <summary>
/// Commits to every field of a dossier on its own, so that one may be withheld and the rest still be proved. A leaf is
/// the RFC 6962 hash of salt (16 bytes), path, a zero byte and the value; the root stands in the signed manifest and is
/// the same whatever is withheld. Without its salt nobody can try out what a withheld value might be.
/// </summary>
static class FieldTree
{
    public const int SaltSize = 16;

    public static byte[] Leaf(ReadOnlySpan<byte> salt, string path, string json) =>
        MerkleHash.Leaf([.. salt, .. Encoding.UTF8.GetBytes(path), 0, .. Encoding.UTF8.GetBytes(json)]);

    public static byte[] Root(IEnumerable<byte[]> leaves)
    {
        CompactRange range = new();
        foreach (byte[] leaf in leaves) range.Append(leaf);
        return range.Root();
    }

    /// <summary>
    /// The secret that salts come from: a signature (Ed25519 signs the same text the same way) that only the holder of
    /// the key can make, so that the same dossier comes out again and nobody else can guess the salts.
    /// </summary>
    public static byte[] Secret(INoteSigner signer, string root, string incident) =>
        SHA256.HashData(signer.Sign(Encoding.UTF8.GetBytes($"nadhir-dossier-salts/1\n{root}\n{CanonicalJson.Text(incident)}\n")));

    public static byte[] Salt(byte[] secret, string path) =>
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(path))[..SaltSize];

    /// <summary><c>fields.json</c>: a salt for each shown field, a leaf hash for each withheld one; and the root.</summary>
    public static (byte[] Json, byte[] Root) Write(DossierContent content, byte[] secret)
    {
        StringBuilder json = new("{\"fields\":[\n");
        List<byte[]> leaves = [];
        foreach ((string path, Field field) in content.Fields)
        {
            byte[] salt = Salt(secret, path);
            leaves.Add(Leaf(salt, path, field.Json));
            json.Append(leaves.Count > 1 ? ",\n" : "").Append("{\"path\":").Append(CanonicalJson.Text(path)).Append(field.Withheld is { } why
                ? $",\"leaf\":\"{Convert.ToHexStringLower(leaves[^1])}\",\"withheld\":{CanonicalJson.Text(why)}}}"
                : $",\"salt\":\"{Convert.ToHexStringLower(salt)}\"}}");
        }
        byte[] root = Root(leaves);
        json.Append($"\n],\"root\":\"{Convert.ToHexStringLower(root)}\"}}\n");
        return (Encoding.UTF8.GetBytes(json.ToString()), root);
    }
}
