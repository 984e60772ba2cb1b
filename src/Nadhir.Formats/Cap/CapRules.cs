using System.Collections.Frozen;
using Nadhir.Formats.Cap.Drawing;
using Nadhir.Warning;

namespace Nadhir.Formats.Cap;

/// <summary>What CAP 1.2 and our own safety ask of a message beyond its shape.</summary>
static class CapRules
{
    public const string ExerciseMark = "EXERCISE";
    const string ArabicExerciseMark = "تمرين";

    static readonly FrozenSet<string> Urgencies =
        FrozenSet.ToFrozenSet(["Immediate", "Expected", "Future", "Past", "Unknown"]);
    static readonly FrozenSet<string> Severities =
        FrozenSet.ToFrozenSet(["Extreme", "Severe", "Moderate", "Minor", "Unknown"]);
    static readonly FrozenSet<string> Certainties =
        FrozenSet.ToFrozenSet(["Observed", "Likely", "Possible", "Unlikely", "Unknown"]);
    static readonly FrozenSet<string> Responses = FrozenSet.ToFrozenSet(
        ["Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None"]);

    /// <summary>The first reason not to send; null when there is none.</summary>
    public static string? FaultOf(PublicMessage message)
    {
        if (!CapText.IsName(message.Identifier)) return "the identifier is empty or has characters CAP forbids";
        if (!CapText.IsName(message.Sender)) return "the sender is empty or has characters CAP forbids";
        bool refers = !message.References.IsDefaultOrEmpty;
        if (message.Type != MessageType.Alert && !refers) return $"{message.Type} refers to no earlier message";
        if (refers && !message.References.All(one => CapText.IsName(one.Sender) && CapText.IsName(one.Identifier)))
            return "a reference has characters CAP forbids";
        if (refers && message.References.Any(earlier => earlier.Identifier == message.Identifier))
            return "the message refers to itself";
        if (!Urgencies.Contains(message.Urgency)) return $"unknown urgency {message.Urgency}";
        if (!Severities.Contains(message.Severity)) return $"unknown severity {message.Severity}";
        if (!Certainties.Contains(message.Certainty)) return $"unknown certainty {message.Certainty}";
        if (!Responses.Contains(message.Response)) return $"unknown response type {message.Response}";
        if (message.Expires <= message.Sent) return "it expires before it is sent";
        if (message.Texts.IsDefaultOrEmpty) return "it has no words";
        if (message.Texts.Any(text => !IsLanguage(text.Language))) return "a language tag is malformed";
        if (message.Areas.IsDefaultOrEmpty) return "it has no area";
        MessageArea? bare = message.Areas.FirstOrDefault(
            area => CapArea.Circle(area.Area) is null && CapArea.Polygons(area.Area).IsEmpty);
        return bare is null ? null : $"the area of {bare.Zone} cannot be drawn";
    }

    /// <summary>The headline; of a drill never without its mark, whoever wrote the words.</summary>
    public static string Headline(PublicMessage message, MessageText text)
    {
        if (!message.Exercise) return text.Headline;
        string mark = text.Language == "ar" || text.Language.StartsWith("ar-", StringComparison.Ordinal)
            ? ArabicExerciseMark
            : ExerciseMark;
        return text.Headline.StartsWith(mark, StringComparison.Ordinal) ? text.Headline : $"{mark}: {text.Headline}";
    }

    /// <summary>xs:language (RFC 3066): [a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*.</summary>
    public static bool IsLanguage(string tag)
    {
        string[] parts = tag.Split('-');
        return parts[0].All(char.IsAsciiLetter) && parts.All(part => part.Length is >= 1 and <= 8
            && part.All(char.IsAsciiLetterOrDigit));
    }
}
