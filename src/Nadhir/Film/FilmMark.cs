using System.Collections.Immutable;
using Nadhir.Warning;

namespace Nadhir.Film;

public enum FilmMarkKind : byte { Alert, Crossing, Phase }

/// <summary>
/// Something a person looks for on the time bar: an alert that changed its state, a track that crossed a border, a site
/// that changed its phase.
/// </summary>
public sealed record FilmMark
{
    /// <summary>When it happened; a crossing, its most likely moment.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>From which moment of the film on the boards tell of it.</summary>
    public required DateTimeOffset KnownAt { get; init; }
    public required FilmMarkKind Kind { get; init; }
    /// <summary>The alert, the crossing, the site.</summary>
    public required string Id { get; init; }
    /// <summary>The zone, the border, the site.</summary>
    public required string Place { get; init; }
    /// <summary>What it became: a state, a direction, a phase.</summary>
    public required string State { get; init; }
    public int? Track { get; init; }
    public DateTimeOffset? Earliest { get; init; }
    public DateTimeOffset? Latest { get; init; }
    public double? Probability { get; init; }
    public double? LatitudeDegrees { get; init; }
    public double? LongitudeDegrees { get; init; }
    /// <summary>For operators only.</summary>
    public bool Restricted { get; init; }

    /// <summary>What happened between two moments; nothing before the first.</summary>
    public static ImmutableArray<FilmMark> Between(Boards? before, Boards after, WatchConfiguration configuration)
    {
        if (before is null) return [];
        var marks = ImmutableArray.CreateBuilder<FilmMark>();
        if (before.Alerts != after.Alerts) Alerts(before, after, marks);
        if (before.Crossings.Length != after.Crossings.Length || before.Crossings.LastOrDefault() != after.Crossings.LastOrDefault())
            Crossings(before, after, marks);
        if (before.Sites != after.Sites) Phases(before, after, configuration, marks);
        return marks.ToImmutable();
    }

    static void Alerts(Boards before, Boards after, ImmutableArray<FilmMark>.Builder marks)
    {
        Dictionary<string, AlertState> known = before.Alerts.ToDictionary(alert => alert.Id, alert => alert.State, StringComparer.Ordinal);
        foreach (AlertRow alert in after.Alerts)
        {
            if (known.TryGetValue(alert.Id, out AlertState state) && state == alert.State) continue;
            marks.Add(new()
            {
                // The state is since then; what was raised again keeps its first moment on the board.
                At = alert.Since > before.Now ? alert.Since : after.Now, KnownAt = after.Now, Kind = FilmMarkKind.Alert, Id = alert.Id,
                Place = alert.Zone, State = alert.State.ToString(), Probability = alert.Probability,
            });
        }
    }

    static void Crossings(Boards before, Boards after, ImmutableArray<FilmMark>.Builder marks)
    {
        HashSet<string> known = [.. before.Crossings.Select(one => one.Crossing)];
        foreach (BorderCrossed one in after.Crossings)
        {
            if (known.Contains(one.Crossing)) continue;
            marks.Add(new()
            {
                At = one.Time, KnownAt = after.Now, Kind = FilmMarkKind.Crossing, Id = one.Crossing, Place = one.Border,
                State = one.Direction.ToString(), Track = one.Track, Earliest = one.Earliest, Latest = one.Latest,
                Probability = one.Probability, LatitudeDegrees = one.Point.LatitudeDegrees, LongitudeDegrees = one.Point.LongitudeDegrees,
            });
        }
    }

    static void Phases(Boards before, Boards after, WatchConfiguration configuration, ImmutableArray<FilmMark>.Builder marks)
    {
        Dictionary<string, string> known = before.Sites.ToDictionary(site => site.Id, site => site.Phase, StringComparer.Ordinal);
        foreach (SiteRow site in after.Sites)
        {
            if (!known.TryGetValue(site.Id, out string? phase) || phase == site.Phase) continue;
            marks.Add(new()
            {
                At = site.Since > before.Now ? site.Since : after.Now, KnownAt = after.Now, Kind = FilmMarkKind.Phase, Id = site.Id,
                Place = site.Id, State = site.Phase,
                Restricted = configuration.Sites.FirstOrDefault(one => one.Id == site.Id)?.Restricted ?? true,
            });
        }
    }
}
