using System.Globalization;
using Nadhir.Formats.CursorOnTarget;
using Nadhir.Geodesy;
using Nadhir.Identification;
using Nadhir.Tracking;
using Nadhir.Warning;

namespace Nadhir.Outlets.Tak;

/// <summary>
/// What partners are told, as events: tracks, alerts, and that one is gone. Says no more of a track than what was
/// measured and what it says of itself; never whose it is. Every event of an exercise is marked as one.
/// </summary>
sealed class TakPicture(string ownPrefix, bool exercise)
{
    /// <summary>What stands in texts of an exercise.</summary>
    public const string ExerciseMark = "EXERCISE";
    /// <summary>
    /// √(−2 ln 0.05): radius of 95 % over the standard deviation per axis; and the same of one dimension.
    /// </summary>
    const double RadiusPerSigma = 2.4477468306808166, HalfWidthPerSigma = 1.959963984540054;

    public string UidOfTrack(int track) => string.Create(CultureInfo.InvariantCulture, $"{ownPrefix}track.{track}");

    public string UidOfAlert(string alert) => $"{ownPrefix}alert.{alert}";

    /// <summary>A track, good until so long after now.</summary>
    public CotEvent Track(TrackRow row, DateTimeOffset now, TimeSpan goodFor)
    {
        Track track = row.Track;
        string says = row.Identity.Kind switch
        {
            IdentityKind.Authorised => $"authorised: {row.Identity.Authorisation}",
            IdentityKind.Cooperative => "says who it is; nothing on file",
            _ => "does not say who it is",
        };
        string seen = CotTextOf(track.LastSeen);
        string type = row.Identity.Kind == IdentityKind.NonCooperative ? "a-u-A" : "a-n-A";
        return Event(UidOfTrack(track.Id), type, now, now + goodFor) with
        {
            Time = track.State.Time,
            Start = track.State.Time,
            Point = new(track.Position.LatitudeDegrees, track.Position.LongitudeDegrees,
                Known(track.State.HeightMetres), Known(track.AccuracyMetres * RadiusPerSigma),
                Known(track.State.SigmaHeightMetres * HalfWidthPerSigma)),
            Detail = new()
            {
                Contact = new(Marked(track.Callsign.IsNone ? $"track {track.Id}" : track.Callsign.ToString()), ""),
                Motion = double.IsFinite(track.CourseDegrees) && double.IsFinite(track.GroundSpeed)
                    ? new(Math.Round(track.CourseDegrees, 1), Math.Round(track.GroundSpeed, 1))
                    : null,
                Xml = Remarks($"Track {track.Id}, {(track.Status == TrackStatus.Coasting ? "not seen now" : "seen")}"
                    + $", last at {seen}; {says}."),
            },
        };
    }

    /// <summary>An event is withdrawn: the partner may take it off the map.</summary>
    public CotEvent Gone(string uid, string type, DateTimeOffset now) =>
        Event($"{uid}.gone", CotTypes.Delete, now, now.AddMinutes(1)) with
        {
            Detail = new()
            {
                Xml = CotDetailXml.Compose(writer =>
                {
                    writer.WriteStartElement("link");
                    writer.WriteAttributeString("uid", uid);
                    writer.WriteAttributeString("relation", "none");
                    writer.WriteAttributeString("type", type);
                    writer.WriteEndElement();
                }),
            },
        };

    /// <summary>A public message: a new alert, or the end of one.</summary>
    public CotEvent Alert(PublicMessage message, DateTimeOffset now)
    {
        bool isOver = message.Type == MessageType.Cancel
            || message.State is AlertState.AllClear or AlertState.Closed or AlertState.Correction;
        string type = isOver ? "b-a-o-can" : message.State == AlertState.Warning ? "b-a-o-tbl" : "b-a-o-pan";
        MessageText? words = message.Texts.FirstOrDefault();
        string headline = Marked(words?.Headline ?? message.State.ToString());
        string text = string.Join("\n\n", message.Texts.Select(one =>
            string.Join('\n', one.Headline, one.Description, one.Instruction)));
        return Event(UidOfAlert(message.Alert), type, now, message.Expires) with
        {
            How = "h-g-i-g-o",
            Point = Centre(message.Areas.FirstOrDefault()?.Area),
            Detail = new()
            {
                Contact = new(headline, ""),
                Xml = CotDetailXml.Compose(writer =>
                {
                    writer.WriteStartElement("emergency");
                    if (isOver) writer.WriteAttributeString("cancel", "true");
                    else writer.WriteAttributeString("type", CotText.AsXmlText(words?.Event ?? "Air warning"));
                    writer.WriteString(headline);
                    writer.WriteEndElement();
                }) + Remarks(text),
            },
        };
    }

    /// <summary>An alert whose message is not at hand, as after a restart.</summary>
    public CotEvent Alert(AlertRow row, Zone zone, DateTimeOffset now, TimeSpan goodFor)
    {
        string headline = Marked($"{row.State}: {zone.Name}");
        string type = row.State == AlertState.Warning ? "b-a-o-tbl" : "b-a-o-pan";
        return Event(UidOfAlert(row.Id), type, now, now + goodFor) with
        {
            How = "h-g-i-g-o",
            Point = Centre(zone.Area),
            Detail = new()
            {
                Contact = new(headline, ""),
                Xml = CotDetailXml.Compose(writer =>
                {
                    writer.WriteStartElement("emergency");
                    writer.WriteAttributeString("type", "Air warning");
                    writer.WriteString(headline);
                    writer.WriteEndElement();
                }) + Remarks($"{headline}. {row.Reason}"),
            },
        };
    }

    /// <summary>An event of ours with nothing in it yet.</summary>
    public CotEvent Event(string uid, string type, DateTimeOffset now, DateTimeOffset stale) => new()
    {
        Uid = CotText.AsXmlText(uid),
        Type = type,
        How = "m-f",
        Opex = exercise ? "e-nadhir" : "o-nadhir",
        Time = now,
        Start = now,
        Stale = stale,
        Point = CotPoint.Nowhere,
    };

    public string Marked(string text) => CotText.AsXmlText(exercise ? $"{ExerciseMark} {text}" : text);

    public string Remarks(string text) =>
        CotDetailXml.Compose(writer => writer.WriteElementString("remarks", Marked(text)));

    static CotPoint Centre(Area? area)
    {
        if (area?.Centre is { } centre)
        {
            return CotPoint.Nowhere with
            {
                LatitudeDegrees = centre.LatitudeDegrees,
                LongitudeDegrees = centre.LongitudeDegrees,
                CircularError = area.RadiusMetres,
            };
        }

        if (area is null || area.Rings.IsDefaultOrEmpty || area.Rings[0].IsEmpty) return CotPoint.Nowhere;
        return TakZones.Middle(area.Rings[0]);
    }

    static double Known(double value) => double.IsFinite(value) ? Math.Round(value, 1) : CotPoint.Unknown;

    static string CotTextOf(DateTimeOffset time) =>
        time.UtcDateTime.ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
