namespace Nadhir;

/// <summary>Why something stands as it does, where a rule or an outlet of ours says so.</summary>
public enum CauseCode : short
{
    // Sensors.
    NoDataYet, FirstData, DataAgain, SilentForMoreThan, AnnouncedOn,
    // Links of sirens.
    NeverHeardOf, NotHeardYet, NotHeardSinceStart, LinkUp, Heard, SilentFor, SaidOffline, DoesNotHearUs, NoBroker, OutletIsBack,
    OutletIsSilent, OverPaths,
    // Sirens and what they were ordered.
    Ordered, NotAcknowledged, NotDone, ExpiredUnsent, NoAnswer, BrokerUnreachable, Replaced, SeenAlive, ByStateOfDevice,
    StillSounding, NoSuchSiren, NameIsNoTopic, OutletIsFull,
    // What our own siren says of a command.
    SilentTest, SaidAgain, DurationOver, DeviceSaysExpired, NotNewerThan, NoDuration, LiveCommand, ExerciseCommand, NotAuthenticated,
    SwitchedOff, RelayFails,
    // Devices off the shelf that cannot be told.
    NotDiscovered, DiscoveryWithdrawn, DiscoveryTooLong, DiscoveryNotJson, DiscoveryNotAnObject, NoDiscoveryTopic, SeveralAvailabilities,
    NoCommandTopic, NoStateTopic, NoSignOfLife, NotOneTopic, TopicNotOfExercise, TopicOfExercise, TemplateNotUnderstood,
    TemplateHasStatements, NoQueryTopic, TemplateAsksForMore,
    // What a track says of itself, and what is on file for it.
    SaysMode3A, SaysAddress, SaysCallsign, NoReply, NoneOnFile, SilentSince, KeepsToArea, NoAreaLimit, InsideArea, WithinTime,
    OnFileButSilent, OnFileButValid, OnFileButOutside, WithinPaper, NoRecordFound,
    // What speaks against the position that a track reports of itself.
    SelfReported, ToldByTisB, RadarContradicted, RadarContradicts, RadarMisses, InTwoPlaces, JumpedTooFar, StandsStill,
    MovesOtherwise,
    // What is wrong with the bytes of a feed.
    FeedHasNoSensor, CutOff, OutsideFrame, LongerThan, TooManyThere, NotText, NotAnObject, ShapeUnknown, NoSuchPlace, LacksItem,
    DamagedThere, CameLate, FromOtherWorld, NodeUnknown, NodeSaidGoodbye, AtByte, OldestLost,
    OldestLostBy,
    // Items of a flight across the border.
    Plain, NotKnown, FirstSeenInside, StillInside, NotSeenToLeave, Within90, Minutes, TracksOf, MovementOf, PeopleSay, MovesAsAircraft,
    MovesAsHelicopter, MovesAsSlowDrone, MovesAsCruise, FallsFreely, Alone, Together, NoRegions, NoRegionEdge, RegionIn, RegionOut,
    NoZone, NotMeasured, AboveEllipsoid, CourseTowards, PlaceWithin, DepthAt, NoReplySeen, PapersOnFile, NotReported, NoneSeen,
    LastSeenAt, LastSeenSomewhere, ByConfiguration, NoCrossing,
    // What became of a message, by the outlet.
    OtherWorld, OutletStopped, GaveWay, NotPushed, ExpiredWaiting, ExpiredAfter, AtTry, TriedAgain, TheyAnswered, NoAnswerInTime,
    BrokerDidNotTake, PublishedOn, OurFault, NotInFeed, WrittenAs, WasThere, LiveAtExercise, ExerciseAtLive, NoFileName, WrittenUnreadable,
    IdentifierTaken, NoLinkYet, LinkDown, NobodyAsked, HandedOver, Unsubscribed, PhonesRefused, PhonesNotReached, PhonesTriedAgain,
    RanOut, NoWordsIn, TooLongForPush, PhonesKeyUnusable, DidNotLeave, MessageFinding,
    // Connections of all kinds.
    ConnectedWith, ConnectionRefused, ConnectionClosed, ConnectionReset, HostNotFound, HostUnreachable, NotTrusted, NothingHeardFor, TookNothingFor,
    NoProtocolAgreed, TooManyPartners, TurnedAway, BrokerRefuses, BrokerEnds, OwnBrokerStopped,
    // What the log tells: of people, of the system itself.
    TonesHeard, DossierOf, ClaimOf, Saw, SawSoMany, SeenIn, SeenTowards, SeenOverhead, SeenNear, SeenMiddle, SeenFar, SeenMoving,
    SeenFrom, MinutesAgo, Quoted,
    // Several things, one after the other; and what a device, a partner or the machine says in its own words.
    Several, AsSaid,
    // What cannot be read, and why, in English.
    Malformed,
    // Refusals: why an order is not carried out.
    Exists, NeedsTaker, HandToAnother, HasTheWatch, NoOpenHandOver, AnotherTakesIt, NoItemIn, HasItAlready, SayWhyTaken,
    GiveContent, NoDirectiveFor, IsAlreadyAt, NotToReport, NotAmongThem, SayWhyImpossible, NotSaidImpossible, IsFor,
    NotOwnImpossible, SayWhyDone, NoMeasure, NotOrderedAt, NotReportedDone, NotOwnCheck, NoPhase, LoweringNeedsReason,
    NoThreatLevel, ThreatNeedsSource, ExpiredAlready, StatusToCome, NoDrillRuns, IsInAlready, NotInWatch, SecondPerson,
    NotAlive, AddsNothing, ShelterOnly, IsStateAlready, HasAlarm, ReviseIt, QuotedWords, ShorterThanThat, NotItsWords,
    SomebodyElses, CorrectIt, PublishedAsOf, NoDraft, NotOwnApproval, NotApproved, NotBefore, RestOnNothing, NotPublished,
    NoDeadline, DeadlineMet, FieldMissing, FieldTooLong, FieldNotBetween, FieldUnknown, NoPlace, EndsBefore, TimeEndsBefore,
    BelowNought, NotOctal, NoCircle, NoGrading, ByWhom, NameTooLong, TooManyBytes, NotSignedIn, Overloaded, RecordIsClosed,
    NoSuch, ThereAre, HasSoMany, AddresseesFull, MeasuresFull, SetSoOften, DocumentsFull, TooManyRows, ProtectedHandle,
    ProtectedSpeaker, NotSha256, OneDossierAtATime, DossierNotMade, DossierGone, NoFonts, NoFilmNow, NoSuchMoment, KeyFileMissing,
    NotTheKey, GiveTimes, NotItsText,
    // Parts of the system that do not work.
    JournalUnwritable, InputsLost, PushUnsent, WitnessesSilent, StandbySilent, AlarmsUnread, PublicPageFails, RetentionFails,
    FilmFails, ConsoleFails,
    // Phases of sites.
    AtStart, AlertIn, ThreatLevelIs, TrackCrossed,
}
