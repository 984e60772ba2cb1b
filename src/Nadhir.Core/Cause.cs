using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Nadhir;

/// <summary>
/// A cause as a code and what fills its blanks: ids, figures and words of others. A console says it in the words of its
/// language; the record has <see cref="Words"/> beside it.
/// </summary>
public sealed record Cause(CauseCode Code, ImmutableArray<string> Figures)
{
    public ImmutableArray<string> Figures { get; init; } = Figures.IsDefault ? [] : Figures;

    /// <summary>
    /// Causes of the parts that <see cref="Figures"/> names, in their order; where it names none, what stands for its first
    /// figure. Null when there are none.
    /// </summary>
    public ImmutableArray<Cause>? Parts { get; init; }

    public static Cause Of(CauseCode code, params ReadOnlySpan<object> figures)
    {
        string[] words = new string[figures.Length];
        for (int i = 0; i < words.Length; i++) words[i] = Convert.ToString(figures[i], CultureInfo.InvariantCulture) ?? "";
        return new(code, [.. words]);
    }

    /// <summary>What each of the parts says, such as the link to a siren over each of its brokers.</summary>
    public static Cause Over(ImmutableArray<string> names, IEnumerable<Cause> parts) =>
        new(CauseCode.OverPaths, names) { Parts = [.. parts] };

    /// <summary>One of which several things are to be said.</summary>
    public static Cause Saying(CauseCode code, params ReadOnlySpan<Cause> parts) => new(code, []) { Parts = [.. parts] };

    /// <summary>Why an order is refused: nothing that a record or a board tells.</summary>
    [JsonIgnore]
    public bool IsRefusal => Refusal.Of(this) is not null;

    /// <summary>Several as one.</summary>
    public static Cause All(IReadOnlyCollection<Cause> causes) => causes.Count == 1 ? causes.First() : Saying(CauseCode.Several, [.. causes]);

    /// <summary>In plain words, English.</summary>
    [JsonIgnore]
    public string Words => Code switch
    {
        CauseCode.NoDataYet => "no data yet",
        CauseCode.FirstData => "first data",
        CauseCode.DataAgain => "data again",
        CauseCode.SilentForMoreThan => $"silent for more than {Figure(0)} s",
        CauseCode.AnnouncedOn => $"announced on: {Figure(0)}",
        CauseCode.NeverHeardOf => "never heard of",
        CauseCode.NotHeardYet => "not heard yet",
        CauseCode.NotHeardSinceStart => "not heard since the start",
        CauseCode.LinkUp => "link up",
        CauseCode.Heard => "heard",
        CauseCode.SilentFor => $"silent for {Figure(0)} s",
        CauseCode.SaidOffline => "its will: offline",
        CauseCode.DoesNotHearUs => "the siren does not hear us",
        CauseCode.NoBroker => $"no broker: {Said}",
        CauseCode.OutletIsBack => "the outlet is back",
        CauseCode.OutletIsSilent => "the outlet itself is silent",
        CauseCode.OverPaths => string.Join("; ", Figures.Zip(Parts ?? [], (name, part) => $"{name}: {part.Words}")),
        CauseCode.Ordered => Figure(0),
        CauseCode.NotAcknowledged => $"no acknowledgement of {Figure(0)} before it expired",
        CauseCode.NotDone => $"acknowledged {Figure(0)}, and has not said that it did it",
        CauseCode.ExpiredUnsent => "expired before it could be sent",
        CauseCode.NoAnswer => "the siren did not answer",
        CauseCode.BrokerUnreachable => "the broker could not be reached",
        CauseCode.Replaced => $"replaced by {Figure(0)} before the siren answered",
        CauseCode.SeenAlive => "seen in its sign of life",
        CauseCode.ByStateOfDevice => "by the state of the device",
        CauseCode.StillSounding => "should be silent by now, and has not said that it is",
        CauseCode.NoSuchSiren => "no such siren is configured",
        CauseCode.NameIsNoTopic => "the siren's name cannot be part of a topic",
        CauseCode.OutletIsFull => $"the outlet is stopped, or its inbox of {Figure(0)} is full",
        CauseCode.SilentTest => "silent test",
        CauseCode.SaidAgain => "again",
        CauseCode.DurationOver => "the duration is over",
        CauseCode.DeviceSaysExpired => "expired",
        CauseCode.NotNewerThan => $"not newer than {Figure(0)}",
        CauseCode.NoDuration => "no duration",
        CauseCode.LiveCommand => "a live command",
        CauseCode.ExerciseCommand => "an exercise command",
        CauseCode.NotAuthenticated => "not authenticated",
        CauseCode.SwitchedOff => "switched off",
        CauseCode.RelayFails => $"the relay: {Figure(0)}",
        CauseCode.NotDiscovered => "its discovery message has not come",
        CauseCode.DiscoveryWithdrawn => "the device has withdrawn its discovery message",
        CauseCode.DiscoveryTooLong => $"the discovery message is longer than {Figure(0)} bytes",
        CauseCode.DiscoveryNotJson => "the discovery message is not JSON",
        CauseCode.DiscoveryNotAnObject => "the discovery message is not an object",
        CauseCode.NoDiscoveryTopic => $"'{Figure(0)}' is not the discovery topic of a siren or a switch",
        CauseCode.SeveralAvailabilities => "several availability topics are not understood",
        CauseCode.NoCommandTopic => $"{Figure(0)} is missing",
        CauseCode.NoStateTopic => $"{Figure(0)} is missing: a device that cannot say its state cannot be believed",
        CauseCode.NoSignOfLife => $"{Figure(0)} or {Figure(1)} is missing: nothing would say that it lives",
        CauseCode.NotOneTopic => $"'{Figure(0)}' is not one topic",
        CauseCode.TopicNotOfExercise =>
            $"{Figure(0)} '{Figure(1)}' is not an exercise's: it needs a level '{Figure(2)}', or a drill could switch a real device",
        CauseCode.TopicOfExercise => $"{Figure(0)} '{Figure(1)}' is an exercise's",
        CauseCode.TemplateNotUnderstood =>
            $"'{Figure(0)}' is not understood: {Figure(1)} are, filters and other expressions are not",
        CauseCode.TemplateHasStatements =>
            "statements ({% … %}), comments and unfinished expressions are not understood in a template",
        CauseCode.NoQueryTopic => $"the device has no {Figure(0)}: it cannot be tested in silence",
        CauseCode.TemplateAsksForMore => $"its {Figure(0)} asks for what a command has not",
        CauseCode.SaysMode3A => $"Mode 3/A {Figure(0)}",
        CauseCode.SaysAddress => $"Mode S address {Figure(0)}",
        CauseCode.SaysCallsign => $"callsign {Figure(0)}",
        CauseCode.NoReply => "no transponder reply",
        CauseCode.NoneOnFile => "no authorisation on file",
        CauseCode.SilentSince => $"silent since {Figure(0)}",
        CauseCode.KeepsToArea => $"still keeps to the area of {Figure(0)}",
        CauseCode.NoAreaLimit => "no area limit",
        CauseCode.InsideArea => "inside the area",
        CauseCode.WithinTime => $"within {Figure(0)} to {Figure(1)}",
        CauseCode.OnFileButSilent => $"{Figure(0)} on file, but silent since {Figure(1)}",
        CauseCode.OnFileButValid => $"{Figure(0)} on file, but valid {Figure(1)} to {Figure(2)}",
        CauseCode.OnFileButOutside => $"{Figure(0)} on file, but outside its area",
        CauseCode.WithinPaper => $"within {Figure(0)}",
        CauseCode.NoRecordFound => "no record found",
        CauseCode.SelfReported => $"self-reported position {Said}".TrimEnd(),
        CauseCode.ToldByTisB => $"position told by TIS-B {Said}".TrimEnd(),
        CauseCode.RadarContradicted => "was contradicted by radar",
        CauseCode.RadarContradicts => $"contradicted by {Figure(0)}, {Figure(1)} apart",
        CauseCode.RadarMisses => $"not seen by {Figure(0)} where it was seen before",
        CauseCode.InTwoPlaces => "reported in two places at once",
        CauseCode.JumpedTooFar => "jumped further than it can have flown",
        CauseCode.StandsStill => "stands still while it tells a speed",
        CauseCode.MovesOtherwise => "moves otherwise than it tells",
        CauseCode.Several or CauseCode.AsSaid => Said,
        CauseCode.Malformed => Figure(0),
        CauseCode.JournalUnwritable => $"The journal cannot be written; alerts and sirens are held back: {Figure(0)}",
        CauseCode.InputsLost => $"{Figure(0)} inputs were lost because the queue was full",
        CauseCode.PushUnsent => $"push messages cannot be sent: {Said}",
        CauseCode.WitnessesSilent => Figure(0),
        CauseCode.StandbySilent => $"standby: nothing heard of it for {Figure(0)} s; without it a restart replays the whole record",
        CauseCode.AlarmsUnread => $"the alarms of this record cannot be read: {Figure(0)}",
        CauseCode.PublicPageFails => $"the public's page: {Figure(0)}",
        CauseCode.RetentionFails => $"retention: {Figure(0)}",
        CauseCode.FilmFails => $"the film: {Figure(0)}",
        CauseCode.ConsoleFails => $"console: {Figure(0)}",
        CauseCode.AtStart => "at start",
        CauseCode.AlertIn => $"{Figure(0)} is in {Figure(1)}",
        CauseCode.ThreatLevelIs => $"the threat level is {Figure(0)}",
        CauseCode.TrackCrossed => $"track {Figure(0)} crossed {Figure(1)}, {Figure(2)}",
        _ => OutletWords.Of(this) ?? Incidents.IncursionWords.Of(this) ?? Refusal.Of(this) ?? "",
    };

    /// <summary>What its parts say, where it has some, in the place of its first figure.</summary>
    [JsonIgnore]
    internal string Said => Parts is { } parts ? string.Join("; ", parts.Select(part => part.Words)) : Figure(0);

    internal string Figure(int at) => at < Figures.Length ? Figures[at] : "";
}
