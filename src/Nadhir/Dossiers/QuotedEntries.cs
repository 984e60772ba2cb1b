using System.Text;
using System.Text.Json;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Dossiers;

/// <summary>A journal entry with its salt, which is shown with it only; empty in a record of an older build.</summary>
readonly record struct SaltedEntry(Entry Entry, byte[] Salt)
{
    public byte[] Leaf() => MerkleHash.Leaf(EntryEncoding.Encode(Entry, Salt));
}

/// <summary>
/// <c>entries.jsonl</c>: every journal entry a dossier quotes, with the proof that it stands in the signed journal. Shown
/// whole, or as its leaf hash only when the profile withholds something of it.
/// </summary>
static class QuotedEntries
{
    public static byte[] Write(
        SortedDictionary<long, SaltedEntry> quoted, HashSet<long> shown, JournalTree tree, long size)
    {
        StringBuilder lines = new();
        foreach ((long seq, SaltedEntry salted) in quoted)
        {
            Entry entry = salted.Entry;
            lines.Append($"{{\"seq\":{CanonicalJson.Number(seq)},");
            if (shown.Contains(seq))
            {
                lines.Append($"\"kind\":{(byte)entry.Kind},\"timeUs\":{CanonicalJson.Number(EntryEncoding.ToMicroseconds(entry.Time))},")
                    .Append(salted.Salt.Length == 0 ? "" : $"\"salt\":\"{Convert.ToBase64String(salted.Salt)}\",")
                    .Append($"\"source\":{CanonicalJson.Text(entry.Source)},\"payload\":\"{Convert.ToBase64String(entry.Payload.Span)}\",");
            }
            else
            {
                lines.Append($"\"leaf\":\"{Convert.ToHexStringLower(salted.Leaf())}\",");
            }
            lines.Append($"\"proof\":[{string.Join(',', tree.InclusionProof(seq, size).Select(hash => $"\"{Convert.ToBase64String(hash)}\""))}]}}\n");
        }
        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    /// <summary>One line read again: the entry, or null when it is withheld; its leaf hash and proof.</summary>
    /// <exception cref="FormatException">The line is not as we write them.</exception>
    public static (long Seq, Entry? Entry, byte[] Leaf, byte[][] Proof) Read(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            long seq = root.GetProperty("seq").GetInt64();
            byte[][] proof = [.. root.GetProperty("proof").EnumerateArray().Select(hash => hash.GetBytesFromBase64())];
            if (root.TryGetProperty("leaf", out JsonElement leaf)) return (seq, null, Convert.FromHexString(leaf.GetString()!), proof);
            EntryFault fault = EntryEncoding.TryMake(root.GetProperty("kind").GetInt64(), root.GetProperty("timeUs").GetInt64(),
                Encoding.UTF8.GetBytes(root.GetProperty("source").GetString()!), root.GetProperty("payload").GetBytesFromBase64(), out Entry? entry);
            byte[] salt = root.TryGetProperty("salt", out JsonElement salted) ? salted.GetBytesFromBase64() : [];
            if (entry is null || salt.Length is not (0 or EntryEncoding.SaltSize)) throw new FormatException($"entry {seq}: {fault}");
            return (seq, entry, new SaltedEntry(entry, salt).Leaf(), proof);
        }
        catch (Exception unread) when (unread is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException(unread.Message, unread);
        }
    }
}
