using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nadhir.Warning;

namespace Nadhir.Formats.Sirens;

/// <summary>A command to a siren. Obeyed only when of the device's world, newer than the last, and not expired.</summary>
public sealed record SirenCommandMessage
{
    public required string CommandId { get; init; }
    /// <summary>Rises when another node takes over; compared before <see cref="Seq"/>.</summary>
    public required int Epoch { get; init; }
    /// <summary>Rises with every command of the epoch; the same for every repetition of one command.</summary>
    public required long Seq { get; init; }
    public required SirenAction Action { get; init; }
    public string Tone { get; init => field = value ?? ""; } = "";
    /// <summary>Seconds.</summary>
    public int Duration { get; init; }
    public required DateTimeOffset Expires { get; init; }
    public required bool Exercise { get; init; }
    /// <summary>Answer, and stay silent.</summary>
    public bool Test { get; init; }
    /// <summary>Proof of <see cref="SirenKey"/>, 64 hexadecimal digits; absent where no secret is shared.</summary>
    public string? Mac { get; init; }
}

/// <summary>What a device says of a command.</summary>
public enum SirenAnswerStep : byte { Status, Acknowledged, Sounding, Silent, Refused }

/// <summary>
/// A device's state: the answer to a command, or, with step <see cref="SirenAnswerStep.Status"/>, its sign of life.
/// </summary>
public sealed record SirenStateMessage
{
    public const string On = "ON";
    public const string Off = "OFF";
    /// <summary>"ON" while it sounds, else "OFF": what Home Assistant shows.</summary>
    public required string State { get; init; }
    public SirenAnswerStep Step { get; init; }
    /// <summary>The command it is about; the last accepted one in a status.</summary>
    public string? CommandId { get; init; }
    public int? Epoch { get; init; }
    public long? Seq { get; init; }
    /// <summary>The device's clock.</summary>
    public required DateTimeOffset At { get; init; }
    public bool? Exercise { get; init; }
    /// <summary>Whether the device hears our heartbeat; absent when it does not listen to it.</summary>
    public bool? HostHeard { get; init; }
    public string? Detail { get; init; }
    /// <summary>Proof of <see cref="SirenKey"/>; absent where no secret is shared.</summary>
    public string? Mac { get; init; }
}

/// <summary>Our sign of life to all devices.</summary>
public sealed record HostHeartbeatMessage(DateTimeOffset At, bool Exercise);

/// <summary>Home Assistant's discovery of an MQTT siren (home-assistant.io/integrations/siren.mqtt).</summary>
public sealed record SirenDiscoveryMessage
{
    public required string Name { get; init; }
    public required string UniqueId { get; init; }
    public required string CommandTopic { get; init; }
    public required string StateTopic { get; init; }
    /// <summary>Picks ON or OFF: Home Assistant refuses attributes that it does not know.</summary>
    public string StateValueTemplate { get; init; } = "{{ value_json.state }}";
    public string StateOn { get; init; } = SirenStateMessage.On;
    public string StateOff { get; init; } = SirenStateMessage.Off;
    public required string AvailabilityTopic { get; init; }
    public string PayloadAvailable { get; init; } = SirenTopics.Online;
    public string PayloadNotAvailable { get; init; } = SirenTopics.Offline;
    public ImmutableArray<string> AvailableTones { get; init; } = [];
    public bool SupportDuration { get; init; } = true;
    public bool SupportVolumeSet { get; init; }
    public bool Optimistic { get; init; }
    public int Qos { get; init; } = 1;
    public bool Retain { get; init; }
}

/// <summary>The JSON of sirens. Reading never throws: what cannot be read is a fault with a reason.</summary>
public static class SirenWire
{
    /// <summary>Longer payloads are refused unread.</summary>
    public const int LongestPayload = 4096;

    public static byte[] Encode(SirenCommandMessage value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, SirenJson.Default.SirenCommandMessage);

    public static byte[] Encode(SirenStateMessage value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, SirenJson.Default.SirenStateMessage);

    public static byte[] Encode(HostHeartbeatMessage value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, SirenJson.Default.HostHeartbeatMessage);

    public static byte[] Encode(SirenDiscoveryMessage value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, SirenDiscoveryJson.Default.SirenDiscoveryMessage);

    public static bool TryDecode(ReadOnlySpan<byte> payload, out SirenCommandMessage? value, out string fault) =>
        TryRead(payload, SirenJson.Default.SirenCommandMessage, out value, out fault);

    public static bool TryDecode(ReadOnlySpan<byte> payload, out SirenStateMessage? value, out string fault) =>
        TryRead(payload, SirenJson.Default.SirenStateMessage, out value, out fault);

    public static bool TryDecode(ReadOnlySpan<byte> payload, out HostHeartbeatMessage? value, out string fault) =>
        TryRead(payload, SirenJson.Default.HostHeartbeatMessage, out value, out fault);

    static bool TryRead<T>(
        ReadOnlySpan<byte> payload, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, out T? value,
        out string fault) where T : class
    {
        value = null;
        fault = "";
        if (payload.Length > LongestPayload)
        {
            fault = $"longer than {LongestPayload} bytes";
            return false;
        }

        try
        {
            value = JsonSerializer.Deserialize(payload, type);
        }
        catch (JsonException bad)
        {
            fault = $"not understood: {bad.Path ?? "$"}";
        }

        if (value is null && fault.Length == 0) fault = "not understood: null";
        return value is not null;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    Converters = [typeof(SirenActionName), typeof(SirenAnswerStepName)])]
[JsonSerializable(typeof(SirenCommandMessage))]
[JsonSerializable(typeof(SirenStateMessage))]
[JsonSerializable(typeof(HostHeartbeatMessage))]
sealed partial class SirenJson : JsonSerializerContext;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SirenDiscoveryMessage))]
sealed partial class SirenDiscoveryJson : JsonSerializerContext;

/// <summary>"sound", "silence"; a number is refused.</summary>
sealed class SirenActionName()
    : JsonStringEnumConverter<SirenAction>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

/// <summary>"acknowledged", "sounding"…; a number is refused.</summary>
sealed class SirenAnswerStepName()
    : JsonStringEnumConverter<SirenAnswerStep>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
