using System.Text;
using System.Text.Json;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Dossiers;

/// <summary>
/// <c>entries.jsonl</c>: every journal entry a dossier quotes, with the proof that it stands in the signed journal. Shown
/// whole, or as its leaf hash only when the profile withholds something of it.
/// </summary>
static class QuotedEntries
{
    public static byte[] Write(
        SortedDictionary<long, Entry> quoted, HashSet<long> shown, JournalTree tree, long size)
    {
        StringBuilder lines = new();
        foreach ((long seq, Entry entry) in quoted)
        {
            lines.Append($"{{\"seq\":{CanonicalJson.Number(seq)},");
            if (shown.Contains(seq))
            {
                lines.Append($"\"kind\":{(byte)entry.Kind},\"timeUs\":{CanonicalJson.Number(EntryEncoding.ToMicroseconds(entry.Time))},")
                    .Append($"\"source\":{CanonicalJson.Text(entry.Source)},\"payload\":\"{Convert.ToBase64String(entry.Payload.Span)}\",");
            }
            else
            {
                lines.Append($"\"leaf\":\"{Convert.ToHexStringLower(LeafOf(entry))}\",");
            }
            lines.Append($"\"proof\":[{string.Join(',', tree.InclusionProof(seq, size).Select(hash => $"\"{Convert.ToBase64String(hash)}\""))}]}}\n");
        }
        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    public static byte[] LeafOf(Entry entry) => MerkleHash.Leaf(EntryEncoding.Encode(entry));

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
            return entry is null ? throw new FormatException($"entry {seq}: {fault}") : (seq, entry, LeafOf(entry), proof);
        }
        catch (Exception unread) when (unread is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException(unread.Message, unread);
        }
    }
}
