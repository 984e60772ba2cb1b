namespace Nadhir;

/// <summary>Why something stands as it does, where a rule or an outlet of ours says so.</summary>
public enum CauseCode : byte
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
    NoSuch, LimitReached,
    // Parts of the system that do not work.
    JournalUnwritable, InputsLost, PushUnsent, WitnessesSilent, StandbySilent, AlarmsUnread, PublicPageFails, RetentionFails,
    FilmFails, ConsoleFails,
    // Phases of sites.
    AtStart, AlertIn, ThreatLevelIs, TrackCrossed,
}
