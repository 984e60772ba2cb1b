using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Nadhir.Simulation.Scoring;

namespace Nadhir.Commands;

/// <summary><c>nadhir score</c>: how well tracks follow a scenario's truth.</summary>
static class ScoreCommand
{
    static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    public static Command Create()
    {
        Argument<DirectoryInfo> truth = new("truthdir") { Description = "Folder with meta.json and truth.jsonl." };
        Argument<FileInfo> tracks = new("tracks") { Description = "Tracks, one row a track and evaluation time (JSON lines)." };
        Option<FileInfo?> impacts = new("--impacts") { Description = "Predicted impacts to score as well (JSON lines)." };
        Option<bool> json = new("--json") { Description = "Print JSON." };
        Command command = new("score", "GOSPA with its parts, SIAP, identity switches, latency and consistency.")
        {
            truth, tracks, impacts, json,
        };
        command.SetAction(parsed => Run(parsed.GetValue(truth)!, parsed.GetValue(tracks)!, parsed.GetValue(impacts),
            parsed.GetValue(json)));
        return command;
    }

    static int Run(DirectoryInfo truth, FileInfo tracks, FileInfo? impacts, bool json)
    {
        TrackScore score;
        try
        {
            score = TrackScorer.Score(ScoringInput.Read(truth.FullName, tracks.FullName, impacts?.FullName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or JsonException
            or KeyNotFoundException or InvalidOperationException)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }

        string written = JsonSerializer.Serialize(score, Format);
        if (json)
        {
            Console.WriteLine(written);
            return 0;
        }

        using JsonDocument rows = JsonDocument.Parse(written);
        foreach (JsonProperty row in rows.RootElement.EnumerateObject())
            if (row.Value.ValueKind != JsonValueKind.Null) Console.WriteLine($"{row.Name,-20} {Text(row.Value)}");
        return 0;
    }

    static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Number && !value.TryGetInt64(out _)
        ? value.GetDouble().ToString("F4", CultureInfo.InvariantCulture)
        : value.ToString();
}
