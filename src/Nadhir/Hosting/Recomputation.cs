using System.Text;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Hosting;

/// <summary>Decides everything again from the inputs of a record and compares byte for byte.</summary>
sealed class Recomputation : IRecomputation
{
    readonly Queue<byte[]> expected = new();
    Watch? watch;

    public string? Check(long seq, Entry entry)
    {
        if (entry.Kind == EntryKind.Decision)
        {
            if (!expected.TryDequeue(out byte[]? due)) return "a decision that the inputs do not lead to";
            return entry.Payload.Span.SequenceEqual(due) ? null : $"decision differs: expected {Encoding.UTF8.GetString(due)}";
        }

        if (expected.TryPeek(out byte[]? missing)) return $"a decision is missing before it: {Encoding.UTF8.GetString(missing)}";
        if (entry.Kind == EntryKind.Configuration)
        {
            if (watch is not null) return "a second configuration";
            try
            {
                watch = Engine.Build(Restorer.ReadConfiguration(entry), entry.Time);
            }
            catch (Exception fault) when (fault is System.Text.Json.JsonException or IOException or InvariantBrokenException)
            {
                return $"the configuration cannot be used: {fault.Message}";
            }
        }

        if (watch is null) return "the record does not begin with a configuration";
        foreach (Decision decision in watch.Apply(entry)) expected.Enqueue(WatchJson.Encode(decision));
        return null;
    }

    public string? End() => expected.TryPeek(out byte[]? missing)
        ? $"the last decisions are missing: {Encoding.UTF8.GetString(missing)}"
        : null;
}
