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
    // Phases of sites.
    AtStart, AlertIn, ThreatLevelIs, TrackCrossed,
}
