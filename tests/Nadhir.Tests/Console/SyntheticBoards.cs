using System.Collections.Immutable;
using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Identification;
using Nadhir.Incidents;
using Nadhir.Posture;
using Nadhir.Sensing;
using Nadhir.Tracking;
using Nadhir.Tracking.Trust;
using Nadhir.Warning;

namespace Nadhir.Tests.Console;

/// <summary>Boards that show every kind of row at once.</summary>
static class SyntheticBoards
{
    static readonly DateTimeOffset Start = SyntheticWatch.Start;
    static readonly Cause unanswered =
        Cause.Saying(CauseCode.Several, Cause.Of(CauseCode.TheyAnswered, "503 Service Unavailable"), Cause.Of(CauseCode.TriedAgain));
    static readonly Cause outside = Cause.Of(CauseCode.OnFileButOutside, "AUTH-1"), silent = Cause.Of(CauseCode.SilentForMoreThan, 30);
    static readonly Cause someTracks = Cause.Of(CauseCode.TracksOf, "1, 2"), notReported = Cause.Of(CauseCode.NotReported), forPeople = Cause.Of(CauseCode.PeopleSay);
    static readonly Cause cut = Cause.Saying(CauseCode.Several, Cause.Of(CauseCode.Plain, "CAT 048 block"), Cause.Of(CauseCode.AtByte, 117));
    static readonly Identity onFile = Identity.By(IdentityKind.Authorised, "FPL-1",
        [Cause.Of(CauseCode.SaysCallsign, "DEMO101"), Cause.Of(CauseCode.InsideArea), Cause.Of(CauseCode.WithinTime, "2026-03-01 11:00", "2026-03-01 12:00")]);
    static readonly Identity notOnFile = Identity.By(IdentityKind.Cooperative, null,
        [Cause.Of(CauseCode.SaysCallsign, "DEMO100"), outside]);

    public static Boards At(WatchConfiguration configuration, DateTimeOffset now, long sequence, int crowd = 0) => new()
    {
        Now = now,
        Sequence = sequence,
        Tracks = [.. Tracks(now), .. Crowd(now, crowd)],
        Alerts =
        [
            Alert("A-1", "Z-JURF", AlertState.Warning, 0.86, now, 95, 160,
                "Two non-cooperative tracks approach at 250 m/s; the edge of the zone can be reached in less than 300 s.") with
            {
                Arrival = new(now.AddSeconds(95), now.AddSeconds(150)), SeenBy = ["SIM-1", "SIM-4"], AcknowledgedBy = ["duty officer"],
                Released = ["duty officer", "shift leader"], Messages = ["M-1", "M-2"],
                Deliveries =
                [
                    new("cap-file", "M-2", true, "M-2.xml", now), new("cap-webhook:civil-protection", "M-2", false, unanswered.Words, now) { Cause = unanswered },
                    new("push", "M-1", true, "12 of 12", now),
                ],
            },
            Alert("A-2", "Z-MUSAYYIB", AlertState.Watch, 0.31, now, 240, 420, "The course of track 1 passes within 9 km of the zone.") with
                { AwaitsRelease = true, Released = ["duty officer"], SeenBy = ["SIM-1"], Escalated = 1 },
            Alert("A-4", "Z-BAGHDAD", AlertState.Warning, 0, now, 0, 0, "2 tracks, probability 0.00") with { AwaitsAllClear = true },
            Alert("A-3", "Z-ASAD", AlertState.AllClear, 0.01, now, 0, 0, "The all-clear was given."),
        ],
        Coverage = new(2, [new("Z-MUSAYYIB", Coverage.Thinned, Start), new("Z-ASAD", Coverage.Blind, Start)])
        {
            Low = [new("Z-BAGHDAD", Coverage.Full, Start) { SeenFromMetres = 420 }],
        },
        Drills =
        [
            new("December", DrillState.Announced, Start.AddHours(2), Start.AddHours(3), ["Z-JURF"],
                [new("en", "Drill", "DRILL", "This is a drill.", ""), new("ar", "تمرين", "تمرين", "هذا تمرين.", "")], "configuration"),
        ],
        Crossings =
        [
            new BorderCrossed("X-1", 1, "IQ", CrossingDirection.Inbound)
            {
                Probability = 0.98, Time = Start, Earliest = Start.AddSeconds(-6), Latest = Start.AddSeconds(6),
                Point = new(31.18, 42.02), SigmaMetres = 1600, Identity = Identity.None,
            },
        ],
        Sites = [.. configuration.Sites.Select(SiteBoard)],
        SirenOutlet = new(now, Lost: false, "connected"),
        SirenGroups =
        [
            new(configuration.Zones[0].Id, "A-1", SirenAction.Sound, "warning", now, Ordered: 2, Done: 2, []),
        ],
        Sirens = [.. configuration.Sirens.Select((siren, i) => new SirenRow(
            siren.Id, siren.Zone, i == 0 ? SirenState.Sounding : i == 3 ? SirenState.LinkDown : SirenState.Ready, Start,
            now.AddSeconds(i == 3 ? -95 : -1), i == 3 ? silent.Words : "", i == 0 ? "C-1" : null)
        {
            Cause = i == 3 ? silent : null,
            Order = i < 3 ? new($"C-{i}", "A-1", SirenAction.Sound, "warning", 120, Start) { Done = i < 2 ? Start.AddSeconds(2) : null } : null,
        })],
        Sensors = [.. configuration.Sensors.Select((sensor, i) => i == 2
            ? new SensorRow(sensor.Id, SensorState.Lost, now.AddSeconds(-140), 4120, silent.Words) { Cause = silent }
            : new SensorRow(sensor.Id, SensorState.Working, now.AddSeconds(-2), 18230 + sequence, ""))],
        Feeds = [new("radar-net", now, 6_412_003 + (sequence * 40), 40_210 + sequence, [new("Truncated", 3, cut.Words) { LastCause = cut }])],
        Directives =
        [
            new()
            {
                Id = "D-1", By = "desk", ContentNotReported = true, Count = "a number of", Attribution = "government statement", IssuedAt = Start,
                Formations = [new("Operations command", DirectiveState.Acknowledged, Start, ""), new("Civil defence", DirectiveState.Overdue, Start, "no answer")
                        { Overdue = DirectiveDuty.Acknowledgement, OverdueSince = Start, Missing = ["head of the south"], Through = "Operations command" },
                    new("Harbour police", DirectiveState.NotPossible, Start, "no boats") { By = "harbour police", AwaitsApproval = true }],
            },
        ],
        Shift = new("day officer", Start, new("H-1", "day officer", "night officer", now,
            [new("alert:A-2", OpenItem.Alert, "Z-MUSAYYIB is in Watch, waits for its release") { Acknowledged = now }, new("siren:SR-04", OpenItem.Siren, "link down")]), []),
        Incidents =
        [
            new()
            {
                Id = "I-1", Title = "Reported strike north of Babil Governorate", Zone = "Z-JURF", OpenedAt = Start, Tracks = [1, 2],
                Claims = [new("C-1", "casualties", "4 people were killed and 3 others injured", "press report", "desk", Start, 4, 3, "")],
            },
        ],
        Statements =
        [
            new("ST-1", "Spokesman", Start, ["C-1"]),
            new("ST-2", "Press office", Start, ["C-1"])
            {
                State = StatementState.Draft, Sentences = [new("Four people are reported killed.", ["C-1"], [], false, false, true), new("We regret it.", [], [], true, false, false)],
            },
        ],
        Claims =
        [
            new("P-1", "event", "a loud noise was heard", "witness (unnamed)", "nadhir ingest", Start, null, null, "")
            {
                State = ClaimState.Proposed, Chain = ["press report", "witness (unnamed)"], Time = new("yesterday"), Conflicts = [new("P-2", "time", "yesterday", "today")],
                Revisions = [new(Start, "desk", "heard again", "a noise was heard", "witness", null, null, "", null, null)],
            },
            new("P-2", "event", "said in confidence", "a source", "desk", Start, null, null, "B2") { ProtectedSource = "src-7f3a" },
        ],
        Documents = [new("D-1", "Report", "press", "read", new string('a', 64), "desk", Start) { Text = "The text of the report." }],
        Incursions =
        [
            new("I-IQ-1", "IQ", IncursionState.Left, [1, 2])
            {
                Lines =
                [
                    new(IncursionItem.Aircraft, "2", 0.99, someTracks.Words) { Cause = Cause.Of(CauseCode.Plain, 2), Basis = someTracks },
                    new(IncursionItem.RadioContact, notReported.Words, null, forPeople.Words) { Cause = notReported, Basis = forPeople },
                ],
                Amendments = [new(IncursionItem.RadioContact, "no answer on 121.5 MHz", "area control", "desk", Start)],
            },
        ],
        Cases =
        [
            new("K-1", CaseTrack.Legal, "Letters", "I-1", "desk", Start)
            {
                Deadlines = [new("letter", "identical letters", Start, "the Council", "desk", true)], Items = 1,
                Contents = new([new(CaseItemKind.Note, "called the mission", null, "desk", Start)], []),
            },
        ],
        Papers = PaperBoard.Empty with { Conformity = [new(13, Conformity.OnFileButDiffers, outside.Words, Start) { Causes = [outside] }] },
        Log =
        [
            new(Start, "observer.report", "observer 7", "Loud noise to the south-west, two objects, fast."),
            new(Start, "observation", "observer 7", "Drone ×2, direction 45°") { Cause = Cause.Saying(CauseCode.Several, Cause.Of(CauseCode.SawSoMany, "Drone", 2), Cause.Of(CauseCode.SeenTowards, 45)) },
            new(Start, "outlet", "cap-webhook:civil-protection", $"message M-2 did not leave: {unanswered.Words}")
                { Cause = Cause.Saying(CauseCode.Several, Cause.Of(CauseCode.DidNotLeave, "M-2"), unanswered) },
        ],
    };

    static AlertRow Alert(
        string id, string zone, AlertState state, double probability, DateTimeOffset now, double earliest, double latest, string reason) => new()
    {
        Id = id, Zone = zone, State = state, Kind = ThreatKind.Aircraft, Since = Start, Updated = now, Probability = probability,
        Arrival = latest > 0 ? new(now.AddSeconds(earliest), now.AddSeconds(latest)) : null, Tracks = [1, 2], Reason = reason,
    };

    static SiteRow SiteBoard(Site site) => new()
    {
        Id = site.Id, Phase = "C", Since = Start, By = "base command", Reason = "precaution",
        Threat = new("raised", "assessment cell", "several reports", "analyst", Start, Start.AddHours(6), Expired: false, Restricted: true),
        SustainableUntil = Start.AddHours(12),
        Measures =
        [
            new("doors", MeasureState.UnderWay, "warden", Start, "", "", Restricted: true)
                { Role = "warden", Phase = "C", OrderedBy = "base command", OrderedAt = Start, Due = Start, OverdueSince = Start, Escalated = 1 },
            new("rosters", MeasureState.Done, "adjutant", Start, "", "", Restricted: true)
                { Role = "adjutant", DoneBy = "adjutant", CheckRole = "duty officer", CheckDue = Start.AddHours(1) },
            new("trenches", MeasureState.Reported, "security source", Start, "yesterday", "single source", Restricted: false),
            new("guard rota", MeasureState.Done, "base command", Start, "", "", Restricted: true),
        ],
        Readiness = [new("missile defence", ReadinessStatus.Active, "security source", Start, "yesterday morning", "single source", Restricted: true) { Reported = ReadinessStatus.Active }],
    };

    static IEnumerable<TrackRow> Tracks(DateTimeOffset now)
    {
        double seconds = (now - Start).TotalSeconds % 600;
        for (int jet = 0; jet < 2; jet++)
        {
            GeoPoint at = Geodesic.Direct(new(31.4 + (jet * 0.03), 42.4), 46, seconds * 250);
            yield return new(Make(1 + jet, at, 250, 46, 6000, now, TrackStatus.Confirmed) with { Class = new(0.9, 0.02, 0.01, 0.06, 0.01) }, Identity.None);
        }

        for (int flight = 0; flight < 30; flight++)
        {
            double course = flight % 2 == 0 ? 132 : 312;
            GeoPoint start = Geodesic.Direct(new(30.4 + (flight % 6), 40.5 + (flight / 6 * 1.3)), 90, flight % 3 * 20_000);
            GeoPoint at = Geodesic.Direct(start, course, seconds * 225);
            bool authorised = flight % 3 != 0;
            Track track = Make(10 + flight, at, 225, course, 9000 + (flight % 5 * 600), now, flight == 7 ? TrackStatus.Coasting : TrackStatus.Confirmed) with
            {
                Callsign = Callsign.From($"DEMO{100 + flight}"), Mode3A = (short)(0x200 + flight), ModeSAddress = 0x710000u + (uint)flight,
            };
            if (flight == 3)
            {
                Cause why = Cause.Saying(CauseCode.SelfReported, Cause.Of(CauseCode.RadarContradicts, "SIM-1 SIM-4", "12 km"), Cause.Of(CauseCode.InTwoPlaces));
                track = track with { ReportDoubt = new(ReportTrust.Refuted, why.Words) { Cause = why } };
            }

            yield return new(track, authorised ? onFile with { Authorisation = $"FPL-{flight}" } : notOnFile);
        }

        yield return new(Make(90, new(35.6, 43.1), 40, 200, double.NaN, now, TrackStatus.Tentative), Identity.None);
    }

    static IEnumerable<TrackRow> Crowd(DateTimeOffset now, int count)
    {
        double seconds = (now - Start).TotalSeconds;
        for (int i = 0; i < count; i++)
        {
            double course = i * 137.5 % 360;
            GeoPoint at = Geodesic.Direct(new(29.5 + (i * 0.618034 % 1 * 7.5), 39 + (i * 0.754878 % 1 * 9)), course, seconds * 200);
            yield return new(
                Make(1000 + i, at, 200, course, 8000, now, TrackStatus.Confirmed) with { Callsign = Callsign.From($"C{i}") },
                new((IdentityKind)(i % 3), null, ["crowd"]));
        }
    }

    public static Track Make(
        int id, GeoPoint at, double speed, double course, double height, DateTimeOffset time, TrackStatus status) => new()
    {
        Id = id, Status = status, Position = new(at.LatitudeDegrees, at.LongitudeDegrees, height), GroundSpeed = speed, CourseDegrees = course,
        AccuracyMetres = 120, ExistenceProbability = 0.99, FirstSeen = Start, LastSeen = time.AddSeconds(-3), Sensors = [0, 3],
        State = new()
        {
            Time = time, East = 0, North = 0, VelocityEast = 0, VelocityNorth = 0, Covariance = default, HeightMetres = height, ClimbRate = 0,
        },
    };
}
