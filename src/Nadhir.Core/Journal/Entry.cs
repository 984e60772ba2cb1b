namespace Nadhir.Journal;

public enum EntryKind : byte
{
    /// <summary>First entry: the whole configuration the decisions were made with (canonical JSON).</summary>
    Configuration = 1,
    /// <summary>Bytes as they came from a feed.</summary>
    Received = 2,
    /// <summary>Time passed.</summary>
    Tick = 3,
    /// <summary>What a person or a partner system ordered or reported (JSON of a <c>Command</c>).</summary>
    Command = 4,
    /// <summary>What an outlet reports back (JSON of a <c>Receipt</c>).</summary>
    Receipt = 5,
    /// <summary>What the watch decided because of the input before it (JSON of a <c>Decision</c>).</summary>
    Decision = 6,
}

/// <summary>
/// One line of the journal. <see cref="Time"/> is when it arrived (inputs) or the arrival time of the input that caused
/// it (decisions); whole microseconds. <see cref="Source"/> names the feed, operator or outlet; empty for ticks.
/// </summary>
public sealed record Entry(EntryKind Kind, DateTimeOffset Time, string Source, ReadOnlyMemory<byte> Payload)
{
    public bool IsInput => Kind != EntryKind.Decision;
}
