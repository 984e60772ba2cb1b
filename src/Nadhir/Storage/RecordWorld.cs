using System.Text.Json;
using Nadhir.Journal;

namespace Nadhir.Storage;

/// <summary>Which world a record is of: its configuration, the first entry, says so.</summary>
static class RecordWorld
{
    public static string Name(bool exercise) => exercise ? "of an exercise" : "of the live system";

    /// <summary>True for an exercise, false for live, null when the entry does not say.</summary>
    public static bool? Of(Entry first)
    {
        if (first.Kind != EntryKind.Configuration) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(first.Payload);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("exercise", out JsonElement said)
                && said.ValueKind is JsonValueKind.True or JsonValueKind.False ? said.GetBoolean() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Before a folder's record is gone on with, moved aside or removed: it must be of this world.</summary>
    /// <exception cref="JournalOpenException">It is of the other world.</exception>
    public static void RequireSame(string folder, bool exercise)
    {
        if (!File.Exists(Path.Combine(folder, RecordFiles.Journal))) return;
        if (JournalReading.Read(folder, from: 0).Select(one => Of(one.Entry)).FirstOrDefault() is not { } found || found == exercise) return;
        string here = exercise ? "an exercise" : "the live system";
        throw new JournalOpenException($"the record in {folder} is {Name(found)}, and this is {here}: each has a folder of its own");
    }
}
