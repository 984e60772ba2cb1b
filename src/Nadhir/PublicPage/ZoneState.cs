using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Nadhir.Warning;

namespace Nadhir.PublicPage;

using Names = ImmutableSortedDictionary<string, string>;

/// <summary>What holds for a zone; <see cref="None"/> says that no alert is known, not that it is safe.</summary>
public enum PublicState : byte { None, Watch, Warning, AllClear, Correction }

/// <summary>Everything the public is told of one zone. The JSON of the stream and of <c>/api/zones/ID</c>.</summary>
public sealed record ZoneState
{
    public required string Zone { get; init; }
    /// <summary>By language; at least those of the page.</summary>
    public required Names Names { get; init; }
    /// <summary>What it lies in, outward.</summary>
    public ImmutableArray<ZoneName> Parents { get; init; } = [];
    public required int SecondsToShelter { get; init; }
    /// <summary>A drill: nothing of it is real.</summary>
    public required bool Exercise { get; init; }
    public required PublicState State { get; init; }
    public string? Alert { get; init; }
    /// <summary>Identifier of the message whose words these are; its CAP file has the same name.</summary>
    public string? Message { get; init; }
    /// <summary>The larger zone whose alert holds here too; absent when the alert is the zone's own.</summary>
    public ZoneName? HoldsFrom { get; init; }
    public ThreatKind? Kind { get; init; }
    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? Updated { get; init; }
    public ArrivalInterval? Arrival { get; init; }
    /// <summary>Of the nearest track to the edge of the alert's zone, rounded down to 5 km; absent when it is not released.</summary>
    public int? DistanceKilometres { get; init; }
    /// <summary>By language.</summary>
    public ImmutableSortedDictionary<string, ZoneWords>? Texts { get; init; }

    /// <summary>
    /// What is said, in the language nearest to one. A person who reads another language must not be shown that there is nothing.
    /// </summary>
    internal (string Language, ZoneWords Words)? Said(string language) =>
        Texts is { } texts && PublicLanguages.Nearest(texts.Keys, language) is { } tag ? (tag, texts[tag]) : null;


    /// <summary>Zones within this one that have an alert of their own, at most <see cref="ZoneBook.MostWithin"/>.</summary>
    public ImmutableArray<ZoneWithin>? Within { get; init; }
    /// <summary>Whether anything watches over the zone; absent when it is not released.</summary>
    public Coverage? Coverage { get; init; }
}

public sealed record ZoneName(string Zone, Names Names);

public sealed record ZoneWithin(string Zone, Names Names, PublicState State);

public sealed record ZoneWords(string Headline, string Description, string Instruction);

/// <summary>A zone in the list of all.</summary>
public sealed record ZoneListed(string Zone, Names Names, string? Parent, int SecondsToShelter, PublicState State);

/// <param name="At">When this was written.</param>
/// <param name="AsOf">What is said is known as of then.</param>
public sealed record ZoneList(DateTimeOffset At, DateTimeOffset AsOf, bool Exercise, ImmutableArray<ZoneListed> Zones);

/// <summary>An outline for finding one's zone on the phone itself: a circle or rings (even-odd), [latitude, longitude].</summary>
public sealed record ZoneOutline(string Zone, Names Names)
{
    public double[]? Centre { get; init; }
    public double? RadiusMetres { get; init; }
    public double[][][]? Rings { get; init; }
}

/// <summary>A browser asks to be told of a zone's alerts, or not any more.</summary>
public sealed record PushRequest
{
    public required string Endpoint { get; init; }
    /// <summary>Absent when it is not to be told any more.</summary>
    public PushKeys? Keys { get; init; }
    public string? Zone { get; init; }
    /// <summary>One of the page's.</summary>
    public string? Language { get; init; }
    /// <summary>True to end the subscription.</summary>
    public bool Remove { get; init; }
}

/// <summary>Base64url, as a browser gives them.</summary>
public sealed record PushKeys(string P256dh, string Auth);

/// <summary>The JSON of the public's shapes; the same conventions as <see cref="WatchJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ZoneState))]
[JsonSerializable(typeof(ZoneList))]
[JsonSerializable(typeof(ImmutableArray<ZoneOutline>))]
[JsonSerializable(typeof(PushRequest))]
[JsonSerializable(typeof(Dictionary<string, string>))]
sealed partial class PublicJson : JsonSerializerContext;

/// <summary>A language's file, strictly.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PublicWords))]
sealed partial class PublicWordsJson : JsonSerializerContext;
