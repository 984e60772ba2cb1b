using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Nadhir.DutyConsole;

namespace Nadhir.Alarms;

/// <summary><c>/api/alarms</c>: what was called out, in one zone or anywhere, and how much that was for one person.</summary>
static class AlarmEndpoints
{
    /// <summary>Rows of one answer.</summary>
    const int Most = 1000;

    public static void MapAlarms(this RouteGroupBuilder api) => api.MapGet("/alarms", Alarms)
        .WithSummary("Alerts and losses of sight as they were called out, newest first, and the alarm load; zone, since and most narrow it.");

    static Ok<AlarmAnswer> Alarms(
        HttpContext context, AlarmHistory history, IConsoleSource source, string? zone, DateTimeOffset? since, int? most)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(history.Ask(zone, since, Math.Clamp(most ?? 100, 0, Most), source.Now));
    }
}

/// <param name="Complete">False while the record is still being read, or when it could not be.</param>
/// <param name="Read">Entries of the record at the start that have been read, of <paramref name="Entries"/>.</param>
/// <param name="Forgotten">Rows that were too many; all are in the journal.</param>
/// <param name="More">Rows that fit the question and found no room in the answer.</param>
public sealed record AlarmAnswer(
    DateTimeOffset Now, bool Complete, long Read, long Entries, long Forgotten, AlarmLoad Load, ImmutableArray<AlarmRow> Rows, int More);

/// <summary>The JSON of these shapes; the same conventions as <see cref="WatchJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(AlarmAnswer))]
sealed partial class AlarmJson : JsonSerializerContext;
