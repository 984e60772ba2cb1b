using System.Collections.Immutable;
using System.Globalization;
using Nadhir.Formats.Sapient;
using Nadhir.Geodesy;
using Nadhir.Sensing;

namespace Nadhir.Replays;

/// <summary>
/// A watch over what a survey found: a feed for every destination or file, a sensor for every source that speaks on it.
/// It warns nobody: it knows no zones and no borders. It is an exercise, since a replay is never live.
/// </summary>
static class FoundConfiguration
{
    /// <summary>Where a radar is put whose place nobody knows, when nothing else in the recordings has a place either.</summary>
    static readonly GeoPoint nowhere = new(0, 0);

    /// <summary>The clock of a source is corrected only when it is further off than a message's way can explain.</summary>
    static readonly TimeSpan usualDelay = TimeSpan.FromSeconds(2);

    /// <param name="at">Where radars, receivers and nodes stand that do not tell their place.</param>
    /// <param name="notes">What a person must know of the guesses made.</param>
    /// <exception cref="RecordingUnclearException">Something is missing that cannot be guessed.</exception>
    public static WatchConfiguration Build(string name, Survey survey, GeoPosition? at, ICollection<string> notes)
    {
        GeoPoint origin = OriginOf(survey, at);
        ImmutableArray<Sensor>.Builder sensors = ImmutableArray.CreateBuilder<Sensor>();
        HashSet<(int, int)> shared = [.. survey.Feeds.SelectMany(feed => feed.Sources).GroupBy(source => (source.Sac, source.Sic))
            .Where(group => group.Count() > 1).Select(group => group.Key)];
        foreach (FeedSurvey feed in survey.Feeds)
            foreach (SourceSurvey source in feed.Sources)
            {
                string id = string.Create(CultureInfo.InvariantCulture, $"{source.Sac}/{source.Sic}");
                // A radar's place told on one feed holds for the same radar on another.
                GeoPosition? told = survey.Feeds.SelectMany(each => each.Sources)
                    .FirstOrDefault(each => each.Sac == source.Sac && each.Sic == source.Sic && each.Position is not null)?.Position;
                sensors.Add(SensorOf(shared.Contains((source.Sac, source.Sic)) ? $"{id}@{feed.Feed}" : id, feed.Feed, source, told, at, origin, notes));
            }

        foreach (FeedSurvey feed in survey.Feeds.Where(feed => feed.Sources.Count == 0))
            notes.Add($"{feed.Feed}: nothing in it could be read as ASTERIX, and no other format was recognised; a file's can be told: --as FORMAT");
        foreach (ReportSurvey reports in survey.Reports) sensors.AddRange(FoundReceivers.Of(reports, at, origin, notes));
        return new()
        {
            Name = name,
            Exercise = true,
            Sender = "replay@nadhir.invalid",
            Origin = origin,
            Feeds =
            [
                .. survey.Feeds.Select(feed => new FeedConfiguration
                {
                    Id = feed.Feed, Format = RecordingGuess.Asterix, Editions = feed.Editions, TrailingBytes = feed.TrailingBytes,
                }),
                .. survey.Reports.Select(feed => new FeedConfiguration { Id = feed.Feed, Format = feed.Format }),
            ],
            Sensors = sensors.ToImmutable(),
        };
    }

    static Sensor SensorOf(
        string id, string feed, SourceSurvey source, GeoPosition? told, GeoPosition? at, GeoPoint origin, ICollection<string> notes)
    {
        SensorKind kind = KindOf(source);
        // Plots and places on a plane lie around their source, wherever that is.
        bool needsPlace = kind == SensorKind.Radar || source.IsLocal;
        string name = "found in the capture";
        GeoPosition position = told ?? at ?? new(origin.LatitudeDegrees, origin.LongitudeDegrees, 0);
        if (!needsPlace && source.Reported.Count > 0)
            position = new(source.Reported.Mean.LatitudeDegrees, source.Reported.Mean.LongitudeDegrees, 0);
        else if (needsPlace && told is null && at is null)
        {
            name += "; position unknown: plots are placed around the nominal point";
            notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"{id}: POSITION UNKNOWN, the recording does not tell it: its plots are placed around the nominal point {origin.LatitudeDegrees:0.0000},{origin.LongitudeDegrees:0.0000}; say --at LAT,LON"));
        }
        else if (needsPlace && told is null) name += "; position as given by --at";

        double period = Math.Clamp(kind == SensorKind.Radar ? source.RotationSeconds ?? 10 : source.UpdateSeconds ?? 5, 1, 30);
        TimeSpan offset = TimeSpan.FromMilliseconds(Math.Round(source.ClockOffsetSeconds * 1000));
        if (offset.Duration() <= usualDelay) offset = TimeSpan.Zero;
        else notes.Add(string.Create(CultureInfo.InvariantCulture, $"{id}: its clock is {offset.TotalSeconds:0.0} s off the recording's; its times are corrected by that"));
        return new()
        {
            Id = id, Name = name, Kind = kind, Feed = feed, Sac = source.Sac, Sic = source.Sic, Position = position,
            RangeMetres = kind == SensorKind.Radar || source.Reported.Count == 0 ? 370_000 : Math.Max(370_000, source.Reported.ReachMetres),
            Period = TimeSpan.FromSeconds(period),
            ClockOffset = offset,
            LostAfter = TimeSpan.FromSeconds(Math.Max(15, 3 * period)),
        };
    }

    /// <summary>A surface radar (CAT 010) and multilateration (CAT 020) tell places they have worked out: systems.</summary>
    static SensorKind KindOf(SourceSurvey source)
    {
        if (source.Categories.Overlaps([1, 2, 34, 48]) || source.IsPlotting) return SensorKind.Radar;
        return source.Categories.Contains(21) ? SensorKind.Adsb : SensorKind.System;
    }

    /// <summary>The mean of the positions seen; without any, of the radars that tell theirs; without any, what was given.</summary>
    static GeoPoint OriginOf(Survey survey, GeoPosition? at)
    {
        PositionBox seen = new(), radars = new();
        foreach (SourceSurvey source in survey.Feeds.SelectMany(feed => feed.Sources))
        {
            if (source.Reported.Count > 0) seen.Add(source.Reported.Mean);
            if (source.Position is { } stands) radars.Add(stands.Point);
        }

        foreach (ReportSurvey reports in survey.Reports)
        {
            if (reports.HasPlaces) seen.Add(reports.Middle);
            foreach (SapientSurvey.Heard node in reports.SapientNodes)
                if (node.Node.Reported is { } stands) radars.Add(stands.Point);
        }

        return seen.Count > 0 ? seen.Mean : radars.Count > 0 ? radars.Mean : at?.Point ?? nowhere;
    }
}
