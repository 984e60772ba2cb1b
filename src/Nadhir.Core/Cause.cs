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

    /// <summary>Causes of the parts that <see cref="Figures"/> names, in their order; null when there are none.</summary>
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
        CauseCode.NoBroker => $"no broker: {Figure(0)}",
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
        CauseCode.Malformed => Figure(0),
        CauseCode.JournalUnwritable => $"The journal cannot be written; alerts and sirens are held back: {Figure(0)}",
        CauseCode.InputsLost => $"{Figure(0)} inputs were lost because the queue was full",
        CauseCode.PushUnsent => $"push messages cannot be sent: {Figure(0)}",
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
        _ => Refusal.Words(Code, Figure),
    };

    string Figure(int at) => at < Figures.Length ? Figures[at] : "";
}
