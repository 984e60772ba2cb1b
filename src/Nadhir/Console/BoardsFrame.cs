using System.Collections.Immutable;
using System.Text.Json;

namespace Nadhir.DutyConsole;

/// <summary>
/// The boards as JSON, a section at a time, each with the number of the frame in which it last changed. A listener that
/// missed frames is given just the sections that changed since the one it has.
/// </summary>
sealed class BoardsFrame
{
    public static readonly ImmutableArray<string> SectionNames =
    [
        "alerts", "coverage", "drills", "crossings", "sites", "sirens", "sirenGroups", "sirenOutlet", "sensors", "feeds",
        "directives", "shift", "incidents", "statements", "log", "claims", "documents", "incursions", "papers", "cases",
    ];

    readonly byte[][] sections;
    readonly long[] changedIn;
    readonly DateTimeOffset now;
    readonly long sequence;
    readonly int withheld;

    BoardsFrame(long number, Boards boards, int withheld, byte[][] sections, long[] changedIn)
    {
        Number = number;
        now = boards.Now;
        sequence = boards.Sequence;
        this.withheld = withheld;
        this.sections = sections;
        this.changedIn = changedIn;
    }

    /// <summary>Rises by one a frame, from 1.</summary>
    public long Number { get; }

    public static BoardsFrame After(BoardsFrame? before, Boards boards, int withheld)
    {
        long number = (before?.Number ?? 0) + 1;
        byte[][] newest = Encode(boards);
        long[] numbers = new long[newest.Length];
        for (int i = 0; i < newest.Length; i++)
        {
            bool same = before is not null && newest[i].AsSpan().SequenceEqual(before.sections[i]);
            numbers[i] = same ? before!.changedIn[i] : number;
            if (same) newest[i] = before!.sections[i];
        }

        return new(number, boards, withheld, newest, numbers);
    }

    /// <summary>One JSON object: time, sequence, and each section changed after frame <paramref name="seen"/>; all for 0.</summary>
    public byte[] ChangedSince(long seen)
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
                if (changedIn[i] <= seen) continue;
                writer.WritePropertyName(SectionNames[i]);
                writer.WriteRawValue(sections[i], skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    static byte[][] Encode(Boards boards) =>
    [
        JsonSerializer.SerializeToUtf8Bytes(boards.Alerts, WatchJson.Default.ImmutableArrayAlertRow),
        JsonSerializer.SerializeToUtf8Bytes(boards.Coverage, WatchJson.Default.CoverageBoard),
        JsonSerializer.SerializeToUtf8Bytes(boards.Drills, WatchJson.Default.ImmutableArrayDrillRow),
        JsonSerializer.SerializeToUtf8Bytes(boards.Crossings, WatchJson.Default.ImmutableArrayBorderCrossed),
        JsonSerializer.SerializeToUtf8Bytes(boards.Sites, WatchJson.Default.ImmutableArraySiteRow),
        JsonSerializer.SerializeToUtf8Bytes(boards.Sirens, WatchJson.Default.ImmutableArraySirenRow),
        JsonSerializer.SerializeToUtf8Bytes(boards.SirenGroups, WatchJson.Default.ImmutableArraySirenGroupRow),
        JsonSerializer.SerializeToUtf8Bytes(boards.SirenOutlet, WatchJson.Default.SirenOutletRow),
        JsonSerializer.SerializeToUtf8Bytes(boards.Sensors, WatchJson.Default.ImmutableArraySensorRow),
        JsonSerializer.SerializeToUtf8Bytes(boards.Feeds, WatchJson.Default.ImmutableArrayFeedRow),
        JsonSerializer.SerializeToUtf8Bytes(boards.Directives, WatchJson.Default.ImmutableArrayDirectiveRow),
        JsonSerializer.SerializeToUtf8Bytes(boards.Shift, WatchJson.Default.ShiftBoard),
        JsonSerializer.SerializeToUtf8Bytes(boards.Incidents, WatchJson.Default.ImmutableArrayIncidentRow),
        JsonSerializer.SerializeToUtf8Bytes(boards.Statements, WatchJson.Default.ImmutableArrayStatementRow),
        JsonSerializer.SerializeToUtf8Bytes(boards.Log, WatchJson.Default.ImmutableArrayLogRow),
        JsonSerializer.SerializeToUtf8Bytes(boards.Claims, WatchJson.Default.ImmutableArrayClaimRow),
        JsonSerializer.SerializeToUtf8Bytes(boards.Documents, WatchJson.Default.ImmutableArrayDocumentRow),
        JsonSerializer.SerializeToUtf8Bytes(boards.Incursions, WatchJson.Default.ImmutableArrayIncursionRow),
        JsonSerializer.SerializeToUtf8Bytes(boards.Papers, WatchJson.Default.PaperBoard),
        JsonSerializer.SerializeToUtf8Bytes(boards.Cases, WatchJson.Default.ImmutableArrayCaseRow),
    ];
}
