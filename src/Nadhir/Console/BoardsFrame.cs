using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;

namespace Nadhir.DutyConsole;

/// <summary>
/// The boards as JSON, a section at a time, each with the number of the frame in which it last changed. A listener that
/// missed frames is given just the sections that changed since the one it has; those who have the same are given the
/// same bytes, made once.
/// </summary>
sealed class BoardsFrame
{
    public static readonly ImmutableArray<string> SectionNames = [.. BoardsSection.All.Select(section => section.Name)];

    readonly byte[][] sections;
    readonly long[] changedIn;
    readonly Boards boards;
    readonly int withheld;
    readonly ConcurrentDictionary<long, byte[]> events = new();

    BoardsFrame(long number, Boards boards, int withheld, byte[][] sections, long[] changedIn) =>
        (Number, this.boards, this.withheld, this.sections, this.changedIn) = (number, boards, withheld, sections, changedIn);

    /// <summary>Rises by one a frame, from 1.</summary>
    public long Number { get; }

    /// <param name="whole">The frame of all these boards, when they are a part of them: what both share is not encoded twice.</param>
    public static BoardsFrame After(BoardsFrame? before, Boards boards, int withheld, BoardsFrame? whole = null)
    {
        long number = (before?.Number ?? 0) + 1;
        byte[][] newest = new byte[BoardsSection.All.Length][];
        long[] numbers = new long[newest.Length];
        for (int i = 0; i < newest.Length; i++)
        {
            BoardsSection section = BoardsSection.All[i];
            newest[i] = before is not null && section.IsShared(before.boards, boards) ? before.sections[i]
                : whole is not null && section.IsShared(whole.boards, boards) ? whole.sections[i]
                : section.Json(boards);
            bool same = before is not null && newest[i].AsSpan().SequenceEqual(before.sections[i]);
            numbers[i] = same ? before!.changedIn[i] : number;
            if (same) newest[i] = before!.sections[i];
        }

        return new(number, boards, withheld, newest, numbers);
    }

    /// <summary>One JSON object: time, sequence, and each section changed after frame <paramref name="seen"/>; all for 0.</summary>
    public byte[] ChangedSince(long seen) => Json(boards.Now, boards.Sequence, withheld, sections, i => changedIn[i] > seen);

    /// <summary>The same as a whole server-sent event; shared by all who have seen the same frame.</summary>
    public byte[] EventSince(long seen) => events.GetOrAdd(seen, since => EventStream.Event("boards", ChangedSince(since)));

    public static byte[][] Encode(Boards boards) => [.. BoardsSection.All.Select(section => section.Json(boards))];

    public static byte[] Json(DateTimeOffset now, long sequence, int withheld, byte[][] sections, Func<int, bool> isIncluded)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("now", now);
            writer.WriteNumber("sequence", sequence);
            writer.WriteNumber("withheld", withheld);
            for (int i = 0; i < sections.Length; i++)
            {
                if (!isIncluded(i)) continue;
                writer.WritePropertyName(SectionNames[i]);
                writer.WriteRawValue(sections[i], skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
