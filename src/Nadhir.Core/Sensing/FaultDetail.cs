using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Nadhir.Sensing;

/// <summary>
/// What is wrong with bytes of a feed, as a code: decoders say it in words, for the record. What none of the readings fits, such as
/// what a parser of others says, stands in its own words; ids and numbers alone need none.
/// </summary>
static class FaultDetail
{
    const string Node = "[0-9a-fA-F-]{36}";

    static readonly ImmutableArray<(Regex Words, CauseCode Code)> readings =
    [
        .. new (string, CauseCode)[]
        {
            (@"no sensor is configured on this feed|the feed has no sensor of kind \w+", CauseCode.FeedHasNoSensor),
            ("(message|Beast frame) cut off", CauseCode.CutOff),
            ("bytes outside an? (AVR|Beast) frame", CauseCode.OutsideFrame),
            (@"(?:line )?longer than (\d+) bytes", CauseCode.LongerThan),
            (@"(?:message|event) of \d+ bytes; (\d+) are read at most", CauseCode.LongerThan),
            (@"a message of \d+ bytes, at most (\d+)", CauseCode.LongerThan),
            (@"more than (\d+) (?:in a list|detections)", CauseCode.TooManyThere),
            (@"not UTF-8|(?:detection \d+: )?a text holds half a character", CauseCode.NotText),
            ("neither an object nor a list|an element of the list is no object|a detection is not an object", CauseCode.NotAnObject),
            (@"no shape of Remote ID that is known here|no list of aircraft|no line of BaseStation|no whole event|no event|message or pack"
                + @"|\d+ bytes are no message and no pack|data is not the hexadecimal digits of a message or pack", CauseCode.ShapeUnknown),
            (@"(?:Location|System): no such place|position .+|\S+ at 0, 0: no position", CauseCode.NoSuchPlace),
            ("no (uid|type|time|stale time|point)", CauseCode.LacksItem),
            (@"(.*I\d{3}) is missing", CauseCode.LacksItem),
            (@"CAT \d{3} without (I\d{3})", CauseCode.LacksItem),
            ("it does not say which (node) it is of", CauseCode.LacksItem),
            ("(BaseStation) (?:field|line with a wrong number of fields)", CauseCode.DamagedThere),
            ("(TAK)(?: protocol version \\d+)|.+ of (TAK) protocol cannot be read", CauseCode.DamagedThere),
            ("damaged (aircraft)|too many damaged (aircraft): .+|(aircraft) without an address or with an impossible place", CauseCode.DamagedThere),
            (@"(\S+) came (-?\d+) s after it went stale", CauseCode.CameLate),
            (@"(\S+) of the live world|(\S+) of an exercise|(simulated), or of an exercise, and this is the live system", CauseCode.FromOtherWorld),
            ($"node ({Node})", CauseCode.NodeUnknown),
            ("the node said goodbye", CauseCode.NodeSaidGoodbye),
            (@"more came than could be held: the oldest (\d+) arrivals were lost", CauseCode.OldestLost),
            (@"more came than could be held: the oldest (\d+) arrivals were lost, by SAC/SIC: (.+)", CauseCode.OldestLostBy),
        }.Select(one => (new Regex($"^(?:{one.Item1})$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)), one.Item2)),
    ];

    static readonly Regex place = new(
        @"^(?<what>.*) at byte (?<byte>\d+)$", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
    static readonly Regex sentence = new("[a-z]{2,} [a-z]{2,}", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The detail, and at which byte it was found where that is said.</summary>
    public static Cause Of(string detail) => place.Match(detail) is { Success: true } found
        ? Cause.Saying(CauseCode.Several, Read(found.Groups["what"].Value), Cause.Of(CauseCode.AtByte, found.Groups["byte"].Value)) : Read(detail);

    /// <summary>Null where no reading fits.</summary>
    public static Cause? Known(string words) => Read(words) is { Code: not (CauseCode.AsSaid or CauseCode.Plain) } known ? known : null;

    static Cause Read(string words)
    {
        foreach ((Regex reading, CauseCode code) in readings)
            if (reading.Match(words) is { Success: true } found)
                return new(code, [.. found.Groups.Values.Skip(1).Where(group => group.Success).Select(group => group.Value)]);
        return Cause.Of(sentence.IsMatch(words) ? CauseCode.AsSaid : CauseCode.Plain, words);
    }
}
