using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Nadhir;

/// <summary>Why something stands as it does, where a rule or an outlet of ours says so.</summary>
public enum CauseCode : byte
{
    // Sensors.
    NoDataYet, FirstData, DataAgain, SilentForMoreThan, AnnouncedOn,
    // Links of sirens.
    NeverHeardOf, NotHeardYet, NotHeardSinceStart, LinkUp, Heard, SilentFor, SaidOffline, DoesNotHearUs, NoBroker, OutletIsBack,
    // Sirens and what they were ordered.
    Ordered, NotAcknowledged, NotDone, ExpiredUnsent, NoAnswer, BrokerUnreachable, Replaced, SeenAlive, ByStateOfDevice,
    // Phases of sites.
    AtStart, AlertIn, ThreatLevelIs, TrackCrossed,
}

/// <summary>
/// A cause as a code and what fills its blanks: ids, figures and words of others. A console says it in the words of its
/// language; the record has <see cref="Words"/> beside it.
/// </summary>
public sealed record Cause(CauseCode Code, ImmutableArray<string> Figures)
{
    public ImmutableArray<string> Figures { get; init; } = Figures.IsDefault ? [] : Figures;

    public static Cause Of(CauseCode code, params string[] figures) => new(code, [.. figures]);

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
        CauseCode.Ordered => Figure(0),
        CauseCode.NotAcknowledged => $"no acknowledgement of {Figure(0)} before it expired",
        CauseCode.NotDone => $"acknowledged {Figure(0)}, and has not said that it did it",
        CauseCode.ExpiredUnsent => "expired before it could be sent",
        CauseCode.NoAnswer => "the siren did not answer",
        CauseCode.BrokerUnreachable => "the broker could not be reached",
        CauseCode.Replaced => $"replaced by {Figure(0)} before the siren answered",
        CauseCode.SeenAlive => "seen in its sign of life",
        CauseCode.ByStateOfDevice => "by the state of the device",
        CauseCode.AtStart => "at start",
        CauseCode.AlertIn => $"{Figure(0)} is in {Figure(1)}",
        CauseCode.ThreatLevelIs => $"the threat level is {Figure(0)}",
        CauseCode.TrackCrossed => $"track {Figure(0)} crossed {Figure(1)}, {Figure(2)}",
        _ => "",
    };

    string Figure(int at) => at < Figures.Length ? Figures[at] : "";
}
