using System.Text.Json.Serialization;

namespace Nadhir.PublicPage;

/// <summary>
/// The words of the public's page around the messages themselves, in one language, as its file in <c>Languages/</c> gives
/// them. Blanks are in braces. A word too few or too many is refused; a test holds blanks and letters.
/// </summary>
sealed record PublicWords
{
    /// <summary>BCP 47; the name of its file.</summary>
    [JsonIgnore]
    public string Language { get; init; } = "";
    /// <summary>What the language calls itself.</summary>
    public required string Name { get; init; }
    /// <summary>ltr or rtl.</summary>
    public required string Direction { get; init; }
    /// <summary>Between the parts of a list.</summary>
    public required string Comma { get; init; }
    public required string Title { get; init; }
    public required string Exercise { get; init; }
    public required string None { get; init; }
    public required string Watch { get; init; }
    public required string Warning { get; init; }
    public required string AllClear { get; init; }
    public required string Correction { get; init; }
    public required string Part { get; init; }
    public required string Unknown { get; init; }
    public required string NoneHeadline { get; init; }
    public required string NoneAdvice { get; init; }
    public required string PartHeadline { get; init; }
    public required string UnknownHeadline { get; init; }
    public required string UnknownAdvice { get; init; }
    public required string LastKnown { get; init; }
    public required string Lost { get; init; }
    public required string LostDetail { get; init; }
    public required string Stale { get; init; }
    public required string Cached { get; init; }
    public required string NotUpdating { get; init; }
    public required string Reload { get; init; }
    public required string AsOf { get; init; }
    public required string Arrival { get; init; }
    public required string ArrivedMaybe { get; init; }
    public required string Distance { get; init; }
    public required string Kilometres { get; init; }
    public required string Shelter { get; init; }
    public required string Seconds { get; init; }
    public required string Since { get; init; }
    public required string HoldsFrom { get; init; }
    public required string LiesIn { get; init; }
    public required string Within { get; init; }
    public required string Blind { get; init; }
    public required string Thinned { get; init; }
    public required string Unwatched { get; init; }
    public required string AllZones { get; init; }
    public required string Search { get; init; }
    public required string Find { get; init; }
    public required string Nothing { get; init; }
    public required string More { get; init; }
    public required string WhereAmI { get; init; }
    public required string Locating { get; init; }
    public required string NoPlace { get; init; }
    public required string InNoZone { get; init; }
    public required string YouAreIn { get; init; }
    public required string StaysHere { get; init; }
    public required string TellMe { get; init; }
    public required string TellMeNot { get; init; }
    public required string Told { get; init; }
    public required string NotTold { get; init; }
    public required string NotFound { get; init; }

    public string Say(PublicState state) => state switch
    {
        PublicState.None => None,
        PublicState.Watch => Watch,
        PublicState.Warning => Warning,
        PublicState.AllClear => AllClear,
        PublicState.Correction => Correction,
        _ => throw new InvariantBrokenException($"no words for {state}"),
    };

    /// <summary>ISO 22324 asks that colour never speaks alone.</summary>
    public static string Shape(PublicState state) => state switch
    {
        PublicState.Warning => "▲",
        PublicState.Watch => "◆",
        PublicState.AllClear => "●",
        PublicState.Correction => "■",
        _ => "○",
    };

    /// <summary>What the page's script needs to say by itself.</summary>
    public Dictionary<string, string> ForScript() => new(StringComparer.Ordinal)
    {
        ["None"] = None, ["Watch"] = Watch, ["Warning"] = Warning, ["AllClear"] = AllClear, ["Correction"] = Correction,
        ["exercise"] = Exercise, ["Part"] = Part, ["Unknown"] = Unknown, ["noneHeadline"] = NoneHeadline, ["noneAdvice"] = NoneAdvice,
        ["partHeadline"] = PartHeadline, ["unknownHeadline"] = UnknownHeadline, ["unknownAdvice"] = UnknownAdvice,
        ["lastKnown"] = LastKnown, ["lost"] = Lost, ["lostDetail"] = LostDetail, ["stale"] = Stale, ["cached"] = Cached,
        ["asOf"] = AsOf, ["arrivedMaybe"] = ArrivedMaybe, ["kilometres"] = Kilometres, ["holdsFrom"] = HoldsFrom,
        ["Blind"] = Blind, ["Thinned"] = Thinned, ["Unwatched"] = Unwatched, ["locating"] = Locating,
        ["noPlace"] = NoPlace, ["inNoZone"] = InNoZone, ["youAreIn"] = YouAreIn, ["tellMe"] = TellMe,
        ["tellMeNot"] = TellMeNot, ["told"] = Told, ["notTold"] = NotTold,
    };
}
