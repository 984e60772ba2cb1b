using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Nadhir.DutyConsole;

/// <summary>A board that is sent apart from the others: its name, its JSON, and whether two moments share the very rows.</summary>
sealed record BoardsSection(string Name, Func<Boards, byte[]> Json, Func<Boards, Boards, bool> IsShared)
{
    public static readonly ImmutableArray<BoardsSection> All =
    [
        Rows("alerts", boards => boards.Alerts, WatchJson.Default.ImmutableArrayAlertRow),
        One("coverage", boards => boards.Coverage, WatchJson.Default.CoverageBoard),
        Rows("drills", boards => boards.Drills, WatchJson.Default.ImmutableArrayDrillRow),
        Rows("crossings", boards => boards.Crossings, WatchJson.Default.ImmutableArrayBorderCrossed),
        Rows("sites", boards => boards.Sites, WatchJson.Default.ImmutableArraySiteRow),
        Rows("sirens", boards => boards.Sirens, WatchJson.Default.ImmutableArraySirenRow),
        Rows("sirenGroups", boards => boards.SirenGroups, WatchJson.Default.ImmutableArraySirenGroupRow),
        One("sirenOutlet", boards => boards.SirenOutlet, WatchJson.Default.SirenOutletRow),
        Rows("sensors", boards => boards.Sensors, WatchJson.Default.ImmutableArraySensorRow),
        Rows("feeds", boards => boards.Feeds, WatchJson.Default.ImmutableArrayFeedRow),
        Rows("directives", boards => boards.Directives, WatchJson.Default.ImmutableArrayDirectiveRow),
        One("shift", boards => boards.Shift, WatchJson.Default.ShiftBoard),
        Rows("incidents", boards => boards.Incidents, WatchJson.Default.ImmutableArrayIncidentRow),
        Rows("statements", boards => boards.Statements, WatchJson.Default.ImmutableArrayStatementRow),
        Rows("log", boards => boards.Log, WatchJson.Default.ImmutableArrayLogRow),
        Rows("claims", boards => boards.Claims, WatchJson.Default.ImmutableArrayClaimRow),
        Rows("documents", boards => boards.Documents, WatchJson.Default.ImmutableArrayDocumentRow),
        Rows("incursions", boards => boards.Incursions, WatchJson.Default.ImmutableArrayIncursionRow),
        One("papers", boards => boards.Papers, WatchJson.Default.PaperBoard),
        Rows("cases", boards => boards.Cases, WatchJson.Default.ImmutableArrayCaseRow),
    ];

    static BoardsSection Rows<T>(string name, Func<Boards, ImmutableArray<T>> rows, JsonTypeInfo<ImmutableArray<T>> type) =>
        new(name, boards => JsonSerializer.SerializeToUtf8Bytes(rows(boards), type), (one, other) => rows(one) == rows(other));

    static BoardsSection One<T>(string name, Func<Boards, T?> board, JsonTypeInfo<T> type) where T : class =>
        new(name, boards => JsonSerializer.SerializeToUtf8Bytes(board(boards)!, type), (one, other) => ReferenceEquals(board(one), board(other)));
}
