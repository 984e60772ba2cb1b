using System.Collections.Immutable;

namespace Nadhir.Sensing;

/// <summary>
/// Where the fields we need stand in JSON that somebody else designed. Part of what the watch decides with: a record is
/// decoded again by the mapping it was made with.
/// </summary>
public sealed record PayloadMapping
{
    /// <summary>JSON pointer (RFC 6901) of the list of detections; empty when the document itself is one.</summary>
    public string Detections { get; init; } = "";
    /// <summary>By our name of the field.</summary>
    public required ImmutableSortedDictionary<string, MappedField> Fields { get; init; }
    /// <summary>Detections of less confidence are passed over; 0 to 1.</summary>
    public double LeastConfidence { get; init; }
    /// <summary>When not empty, detections of other classes are passed over.</summary>
    public ImmutableArray<string> Classes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>A field stands in the topic: the transport has to keep it.</summary>
    public bool NeedsTopic => Fields.Values.Any(mapped => mapped.TopicLevel > 0);
}

/// <summary>One field: by pointer, by a level of the topic, or fixed.</summary>
public sealed record MappedField
{
    /// <summary>JSON pointer into the detection or, when nothing is there, into the document.</summary>
    public string? Pointer { get; init; }
    /// <summary>Level of the MQTT topic, the first being 1; 0 when it does not stand there.</summary>
    public int TopicLevel { get; init; }
    /// <summary>The same for all.</summary>
    public string? Value { get; init; }
    /// <summary>Empty for our own unit.</summary>
    public string Unit { get; init => field = value ?? ""; } = "";
    /// <summary>Added to an angle after its sense is ours: what a node's zero is from true north.</summary>
    public double OffsetDegrees { get; init; }
    /// <summary>The angle grows against the clock.</summary>
    public bool Counterclockwise { get; init; }
}
