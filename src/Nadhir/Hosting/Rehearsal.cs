using Nadhir.Formats.CursorOnTarget;
using Nadhir.Geodesy;
using Nadhir.Journal;
using Nadhir.Outlets.Cap;
using Nadhir.Outlets.Push;
using Nadhir.Outlets.Tak;
using Nadhir.Warning;

namespace Nadhir.Hosting;

/// <summary>
/// Code is compiled when it is first used, which would make the first warning the slowest (half a second). So before the
/// start a warning is raised and taken back in a watch of its own, over a place that is not configured, and written in
/// every form; nothing of it is kept or leaves.
/// </summary>
static class Rehearsal
{
    const string Place = "rehearsal";
    /// <summary>The runtime looks at what was called so often.</summary>
    const int Times = 3;

    /// <param name="configuration">Whose world, words and policy are rehearsed.</param>
    /// <param name="issuer">Writes and signs; null: there is no CAP.</param>
    public static void Run(WatchConfiguration configuration, CapIssuer? issuer, DateTimeOffset now)
    {
        Watch watch = Engine.Build(new WatchConfiguration
        {
            Name = configuration.Name,
            Exercise = configuration.Exercise,
            Sender = configuration.Sender,
            Origin = configuration.Origin,
            TimeZone = configuration.TimeZone,
            Languages = configuration.Languages,
            Zones = [new Zone { Id = Place, Name = Place, Area = new Area { Centre = configuration.Origin, RadiusMetres = 1000 } }],
            Sirens = [new Siren { Id = Place, Name = Place, Zone = Place, Position = configuration.Origin }],
        }, now);
        TakPicture picture = new(CotTypes.OwnPrefix(configuration.Sender), configuration.Exercise);
        for (int i = 0; i < Times; i++)
        {
            Order(new RaiseAlert(Place, AlertState.Warning, ThreatKind.Unknown, Place) { By = Place });
            Order(new RaiseAlert(Place, AlertState.Warning, ThreatKind.Unknown, Place) { By = $"{Place} too" });
            if (watch.Snapshot().Alerts.FirstOrDefault(alert => alert.State != AlertState.Correction) is { } alert)
                Order(new CorrectAlert(alert.Id, Place) { By = Place });
        }

        void Order(Command order)
        {
            foreach (Decision decision in watch.Apply(new Entry(EntryKind.Command, now, Place, WatchJson.Encode(order))))
            {
                WatchJson.Encode(decision);
                if (decision is not MessageIssued { Message: var message }) continue;
                issuer?.Issue(message);
                PushMessage.From(message);
                CotXmlWriter.Write(picture.Alert(message, now));
            }
        }
    }
}
