using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Nadhir.Warning;

/// <summary>
/// Turns the state of an alert into the complete message for the public and for partners. Pure: the same arguments give
/// the same message. The words state what is known and what to do; they attribute nothing to anyone.
/// </summary>
public static class MessageComposer
{
    /// <summary>
    /// A warning stays in force on receivers so long after the last moment of arrival, unless an update comes first: the
    /// end of a danger is said, not inferred from a message running out.
    /// </summary>
    public static readonly TimeSpan WarningOutlastsArrival = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Composes the next message of an alert.
    /// </summary>
    /// <param name="configuration">Sender, exercise or live, and the zone in which people read times.</param>
    /// <param name="zone">Whom it is for.</param>
    /// <param name="alertId">The alert; part of the identifier.</param>
    /// <param name="state">What is said.</param>
    /// <param name="kind">What moves towards the zone.</param>
    /// <param name="arrival">When it may arrive, if known.</param>
    /// <param name="earlier">All earlier messages of this alert, oldest first: their number makes the identifier.</param>
    /// <param name="sent">When it is issued.</param>
    /// <param name="addendum">What people have added to it.</param>
    public static PublicMessage Compose(
        WatchConfiguration configuration, Zone zone, string alertId, AlertState state, ThreatKind kind,
        ArrivalInterval? arrival, ImmutableArray<MessageReference> earlier, DateTimeOffset sent, Addendum addendum = default)
    {
        earlier = earlier.IsDefault ? [] : earlier;
        bool ahead = state is AlertState.Watch or AlertState.Warning;
        MessageFacts facts = new(zone, state, kind, ahead ? Clock(configuration, arrival) : null,
            ahead ? addendum.Advice : Advice.None, ahead && addendum.Keeps(sent) ? Clock(configuration, addendum.KeptUntil!.Value) : null);
        (string urgency, string severity, string certainty, string response) = Grades(state);
        return new()
        {
            Identifier = Identifier(configuration, alertId, earlier.Length + 1),
            Sender = configuration.Sender,
            Sent = sent,
            Exercise = configuration.Exercise,
            Type = TypeOf(state, earlier.Length),
            Alert = alertId,
            State = state,
            Kind = kind,
            References = earlier,
            Urgency = urgency,
            Severity = severity,
            Certainty = certainty,
            Response = response,
            Effective = sent,
            Onset = ahead ? arrival?.Earliest : null,
            Expires = Expiry(configuration.Warning, state, arrival, ahead && addendum.Keeps(sent) ? addendum.KeptUntil : null, sent),
            SenderName = configuration.SenderName,
            Web = configuration.Web,
            Contact = configuration.Contact,
            Texts = [.. (configuration.Languages ?? ["en", "ar"]).Select(tag => Say(tag, facts, configuration.Exercise))],
            Areas = [new(zone.Id, NamesOf(zone), zone.Area) { Geocodes = zone.Geocodes }],
        };
    }

    /// <summary>Whether we have words in a language (RFC 5646 tag, its region aside).</summary>
    public static bool Speaks(string language) => Language(language) is "en" or "ar";

    static string Language(string tag) => tag.Split('-')[0];

    static MessageText Say(string tag, MessageFacts facts, bool exercise) => (Language(tag) == "ar"
        ? Marked(ArabicWords.Say(facts), exercise, ArabicWords.Exercise)
        : Marked(EnglishWords.Say(facts), exercise, EnglishWords.Exercise)) with { Language = tag };

    /// <summary>Urgency and severity of what is said in a state.</summary>
    public static (string Urgency, string Severity) GradesOf(AlertState state) => (Grades(state).Urgency, Grades(state).Severity);

    /// <summary>CAP 1.2 §3.2.2: urgency, severity, certainty, responseType.</summary>
    static (string Urgency, string Severity, string Certainty, string Response) Grades(AlertState state) => state switch
    {
        AlertState.Watch => ("Expected", "Severe", "Possible", "Prepare"),
        AlertState.Warning => ("Immediate", "Extreme", "Likely", "Shelter"),
        AlertState.AllClear => ("Past", "Minor", "Observed", "AllClear"),
        AlertState.Closed => ("Past", "Minor", "Observed", "None"),
        AlertState.Correction => ("Past", "Minor", "Unlikely", "AllClear"),
        _ => throw new InvariantBrokenException($"no grades for {state}"),
    };

    /// <summary>An Update or Cancel must name what it changes (CAP 1.2 §3.2.1); the first message is an Alert.</summary>
    static MessageType TypeOf(AlertState state, int earlier) => (state, earlier) switch
    {
        (_, 0) => MessageType.Alert,
        (AlertState.Correction, _) => MessageType.Cancel,
        _ => MessageType.Update,
    };

    static DateTimeOffset Expiry(WarningPolicy policy, AlertState state, ArrivalInterval? arrival, DateTimeOffset? kept, DateTimeOffset sent)
    {
        DateTimeOffset last = arrival is { } known && known.Latest > sent ? known.Latest : sent;
        if (kept > last) last = kept.Value;
        return state switch
        {
            AlertState.Watch => last + policy.WatchHorizon,
            AlertState.Warning => last + WarningOutlastsArrival,
            _ => sent + policy.CloseAfter,
        };
    }

    /// <summary>Unique with the sender; exercise and live never share one. Safe in CAP, as a file name, in a URL.</summary>
    static string Identifier(WatchConfiguration configuration, string alertId, int number)
    {
        StringBuilder text = new(configuration.Exercise ? "nadhir-exercise-" : "nadhir-");
        AppendSafe(text, configuration.Name);
        text.Append('-');
        AppendSafe(text, alertId);
        return text.Append('-').Append(number.ToString(CultureInfo.InvariantCulture)).ToString();
    }

    static void AppendSafe(StringBuilder text, string name)
    {
        foreach (char c in name)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') text.Append(c);
            else if (c == ' ') text.Append('-');
            else text.Append('_').Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }
    }

    static MessageText Marked(MessageText text, bool exercise, string mark) => !exercise ? text : text with
    {
        Headline = $"{mark} {text.Headline}",
        Description = $"{mark} {text.Description}",
        Instruction = $"{mark} {text.Instruction}",
    };

    static ImmutableSortedDictionary<string, string> NamesOf(Zone zone) =>
        zone.Names.ContainsKey("en") ? zone.Names : zone.Names.Add("en", zone.Name);

    /// <summary>A time of day as people read it, to the minute.</summary>
    static string Clock(WatchConfiguration configuration, DateTimeOffset time)
    {
        (TimeZoneInfo zone, string mark) = ZoneOf(configuration);
        return TimeZoneInfo.ConvertTime(time, zone).ToString("HH:mm", CultureInfo.InvariantCulture) + mark;
    }

    static (string From, string To)? Clock(WatchConfiguration configuration, ArrivalInterval? arrival)
    {
        if (arrival is null) return null;
        (TimeZoneInfo zone, string mark) = ZoneOf(configuration);
        (string from, string to) = ClockInterval.Read(arrival, zone);
        return (from + mark, to + mark);
    }

    /// <summary>The time zone, and what is put behind its times: one that this machine does not know is UTC, and says so.</summary>
    static (TimeZoneInfo Zone, string Mark) ZoneOf(WatchConfiguration configuration) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(configuration.TimeZone, out TimeZoneInfo? zone) ? (zone, "") : (TimeZoneInfo.Utc, " UTC");
}
