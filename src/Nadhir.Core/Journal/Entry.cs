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
    /// <summary>About the record itself: keys, holds, what retention withheld (JSON of a <c>CustodyNote</c>). The watch only counts it.</summary>
    Custody = 7,
}

/// <summary>
/// One line of the journal. <see cref="Time"/> is when it arrived (inputs) or the arrival time of the input that caused
/// it (decisions). <see cref="Source"/> names the feed, operator or outlet; empty for ticks.
/// </summary>
public sealed record Entry(EntryKind Kind, DateTimeOffset Time, string Source, ReadOnlyMemory<byte> Payload)
{
    /// <summary>
    /// UTC, whole microseconds: cut when the entry is made, so that what is acted upon now and what is read back
    /// from the journal later are the same to the last bit.
    /// </summary>
    public DateTimeOffset Time { get; init => field = Recorded(value); } = Recorded(Time);

    public bool IsInput => Kind != EntryKind.Decision;

    static DateTimeOffset Recorded(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
