using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Nadhir.Formats.Cap.Checking;

/// <summary>A place in the order of an element's children.</summary>
/// <param name="Most">1 or <see cref="int.MaxValue"/>.</param>
/// <param name="Kind">A kind of text, or a name of the grammar when the child has children of its own.</param>
/// <param name="Words">The only words allowed; empty when the kind says what is.</param>
sealed record CapSlot(string Name, int Least, int Most, string Kind, FrozenSet<string> Words);

/// <summary>
/// What the schemas of CAP 1.0, 1.1 and 1.2 allow, in a notation of our own. Children come in the order written:
/// <c>name</c> once, <c>name?</c> at most once, <c>name+</c> and <c>name*</c> repeated. After <c>=</c> stands what is
/// inside: alternatives parted by <c>|</c> (<c>~</c> is a blank), a kind of text, or another line of the grammar.
/// <c>@</c> is any element of XML-DSig.
/// </summary>
sealed class CapGrammar
{
    const string Common = """
        pair: valueName value
        """;

    const string Urgency = "urgency=Immediate|Expected|Future|Past|Unknown";
    const string Severity = "severity=Extreme|Severe|Moderate|Minor|Unknown";
    const string Certainty = "certainty=Observed|Likely|Possible|Unlikely|Unknown";
    const string Scope = "=Public|Restricted|Private restriction? addresses? code* note?";
    const string MessageTypes = "msgType=Alert|Update|Cancel|Ack|Error";
    const string Categories = "Geo|Met|Safety|Security|Rescue|Fire|Health|Env|Transport|Infra";

    /// <summary>OASIS CAP 1.2 (1 July 2010), §3.4 XML schema.</summary>
    static readonly CapGrammar V12 = new($"""
        {Common}
        alert: identifier sender sent=offsetTime status=Actual|Exercise|System|Test|Draft {MessageTypes} source?
          scope{Scope} references? incidents? info*=info @*
        info: language?=language category+={Categories}|CBRNE|Other event
          responseType*=Shelter|Evacuate|Prepare|Execute|Avoid|Monitor|Assess|AllClear|None {Urgency} {Severity}
          {Certainty} audience? eventCode*=pair effective?=offsetTime onset?=offsetTime expires?=offsetTime
          senderName? headline? description? instruction? web?=uri contact? parameter*=pair resource*=resource
          area*=area
        resource: resourceDesc mimeType size?=integer uri?=uri derefUri? digest?
        area: areaDesc polygon* circle* geocode*=pair altitude?=decimal ceiling?=decimal
        """);

    /// <summary>OASIS CAP 1.1 (October 2005, errata of 2007).</summary>
    static readonly CapGrammar V11 = new($"""
        {Common}
        alert: identifier sender sent=time status=Actual|Exercise|System|Test|Draft {MessageTypes} source?
          scope{Scope} references? incidents? info*=info
        info: language?=language category+={Categories}|CBRNE|Other event
          responseType*=Shelter|Evacuate|Prepare|Execute|Monitor|Assess|None {Urgency} {Severity} {Certainty}
          audience? eventCode*=pair effective?=time onset?=time expires?=time senderName? headline? description?
          instruction? web?=uri contact? parameter*=pair resource*=resource area*=area
        resource: resourceDesc mimeType? size?=integer uri?=uri derefUri? digest?
        area: areaDesc polygon* circle* geocode*=pair altitude? ceiling?
        """);

    /// <summary>OASIS CAP 1.0 (April 2004).</summary>
    static readonly CapGrammar V10 = new($"""
        alert: identifier sender sent=time status=Actual|Exercise|System|Test {MessageTypes} password? source?
          scope?{Scope} references? incidents? info*=info
        info: language?=language category*={Categories}|Other event {Urgency} {Severity}
          certainty=Very~Likely|Likely|Possible|Unlikely|Unknown audience? eventCode* effective?=time onset?=time
          expires?=time senderName? headline? description? instruction? web?=uri contact? parameter*
          resource*=resource area*=area
        resource: resourceDesc mimeType? size?=integer uri?=uri digest?
        area: areaDesc polygon* circle* geocode* altitude? ceiling?
        """);

    readonly FrozenDictionary<string, ImmutableArray<CapSlot>> lines;

    /// <summary>A line that begins with blanks goes on with the one before.</summary>
    CapGrammar(string text) => lines = text.Replace("\n  ", " ", StringComparison.Ordinal).Split('\n').Select(line => line.Split(": ", 2))
        .ToFrozenDictionary(line => line[0], line => line[1].Split(' ').Select(Slot).ToImmutableArray());

    /// <summary>The order of an element's children; null when a kind is of text.</summary>
    public ImmutableArray<CapSlot>? Inside(string kind) => lines.TryGetValue(kind, out var slots) ? slots : null;

    /// <summary>The grammar of a name space and the version it stands for.</summary>
    public static (CapGrammar Grammar, string Version)? For(string space) => space switch
    {
        CapWriter.Namespace => (V12, "1.2"),
        "urn:oasis:names:tc:emergency:cap:1.1" => (V11, "1.1"),
        "http://www.incident.com/cap/1.0" => (V10, "1.0"),
        _ => null,
    };

    static CapSlot Slot(string text)
    {
        string[] sides = text.Split('=', 2);
        char mark = sides[0][^1];
        (int least, int most) = mark switch
        {
            '?' => (0, 1),
            '*' => (0, int.MaxValue),
            '+' => (1, int.MaxValue),
            _ => (1, 1),
        };
        string name = (least, most) is (1, 1) ? sides[0] : sides[0][..^1];
        string inside = sides.Length > 1 ? sides[1] : "text";
        return inside.Contains('|', StringComparison.Ordinal)
            ? new(name, least, most, "word", inside.Split('|').Select(word => word.Replace('~', ' ')).ToFrozenSet())
            : new(name, least, most, inside, []);
    }
}
