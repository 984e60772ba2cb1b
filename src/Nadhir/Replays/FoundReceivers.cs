using System.Globalization;
using Nadhir.Formats.Sapient;
using Nadhir.Geodesy;
using Nadhir.Sensing;

namespace Nadhir.Replays;

/// <summary>The sensors of a surveyed feed that is not ASTERIX: a receiver, a system and its people, or
/// nodes.</summary>
static class FoundReceivers
{
    const string Found = "found in the recording";
    const double UsualRange = 370_000;

    /// <exception cref="RecordingUnclearException">Where they stand must be known and is not.</exception>
    public static IEnumerable<Sensor> Of(
        ReportSurvey survey, GeoPosition? at, GeoPoint origin, ICollection<string> notes) =>
        survey.Format switch
        {
            "acoustic-json" => Ears(survey, at),
            "sapient" => Nodes(survey, at, origin),
            "cot" => System(survey, at, origin),
            _ => [Receiver(survey, at, origin, notes)],
        };

    static Sensor Receiver(ReportSurvey survey, GeoPosition? at, GeoPoint origin, ICollection<string> notes)
    {
        bool isModeS = survey.Format is "beast" or "avr";
        Sensor receiver = Any(survey, at, origin, survey.Feed) with
        {
            Kind = survey.Format is "remote-id" or "remote-id-json" ? SensorKind.RemoteId : SensorKind.Adsb,
        };
        if (at is not null || !isModeS) return receiver;
        string guess = survey.HasPlaces ? "taken to be amid what it heard," : "no position could be found, so at";
        string place = string.Create(
            CultureInfo.InvariantCulture,
            $"{receiver.Position.LatitudeDegrees:0.00},{receiver.Position.LongitudeDegrees:0.00}");
        notes.Add($"{survey.Feed}: the recording does not tell where its receiver stands: {guess} {place}; "
            + "positions on the ground need it: say --at LAT,LON");
        return receiver;
    }

    static IEnumerable<Sensor> System(ReportSurvey survey, GeoPosition? at, GeoPoint origin)
    {
        Sensor any = Any(survey, at, origin, survey.Feed);
        if (survey.HasTracks || !survey.HasSightings) yield return any with { Kind = SensorKind.System };
        if (survey.HasSightings) yield return any with { Id = $"{survey.Feed}/people", Kind = SensorKind.Observer };
    }

    static IEnumerable<Sensor> Ears(ReportSurvey survey, GeoPosition? at)
    {
        if (at is not { } stands)
            throw new RecordingUnclearException(
                $"{survey.Feed}: a direction needs the place it was heard from, which the recording does not tell: "
                + $"say --at LAT,LON[,HEIGHT], or --config with a sensor of kind acoustic for {Named(survey)}");
        if (survey.Nodes.Count > 1)
            throw new RecordingUnclearException(
                $"{survey.Feed}: {survey.Nodes.Count} nodes speak in it, and --at is the place of one: "
                + $"give --config with a sensor of kind acoustic for {Named(survey)}");
        string node = survey.Nodes.FirstOrDefault() ?? survey.Feed;
        return [Any(survey, at, stands.Point, node) with { Kind = SensorKind.Acoustic, NodeId = node }];
    }

    static string Named(ReportSurvey survey)
    {
        const int most = 8;
        if (survey.Nodes.Count == 0) return "its node";
        string more = survey.Nodes.Count > most ? " …" : "";
        return string.Join(", ", survey.Nodes.Take(most)) + more;
    }

    /// <summary>Most nodes stare or tell tracks, so that their silence says nothing of a direction: systems.</summary>
    static IEnumerable<Sensor> Nodes(ReportSurvey survey, GeoPosition? at, GeoPoint origin)
    {
        foreach (SapientSurvey.Heard heard in survey.SapientNodes)
        {
            if (heard is { TellsRange: true, Node.Reported: null } && at is null)
                throw new RecordingUnclearException(
                    $"{survey.Feed}: node {heard.Id} tells range or direction and never where it is: "
                    + "say --at LAT,LON[,HEIGHT], or --config with a sensor for it");
            yield return Any(survey, heard.Node.Reported ?? at, origin, heard.Id) with
            {
                Name = heard.Node.Name.Length > 0 ? $"{heard.Node.Name}; {Found}" : Found,
                Kind = SensorKind.System,
                NodeId = heard.Id,
            };
        }
    }

    static Sensor Any(ReportSurvey survey, GeoPosition? at, GeoPoint origin, string id)
    {
        GeoPoint amid = survey.HasPlaces ? survey.Middle : origin;
        double period = Math.Clamp(survey.UpdateSeconds ?? 5, 1, 30);
        return new()
        {
            Id = id,
            Name = at is null ? Found : $"{Found}; place as told",
            Kind = SensorKind.System,
            Feed = survey.Feed,
            Position = at ?? new(amid.LatitudeDegrees, amid.LongitudeDegrees, 0),
            RangeMetres = survey.HasPlaces ? Math.Max(UsualRange, survey.ReachMetres) : UsualRange,
            Period = TimeSpan.FromSeconds(period),
            LostAfter = TimeSpan.FromSeconds(Math.Max(15, 3 * period)),
        };
    }
}
