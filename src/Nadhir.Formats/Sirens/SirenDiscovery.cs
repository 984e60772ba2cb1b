using System.Collections.Immutable;
using System.Text.Json;

namespace Nadhir.Formats.Sirens;

/// <summary>
/// Reads a device's own discovery message (home-assistant.io/integrations/mqtt, MQTT discovery), with full or abbreviated
/// keys and "~" for the base topic.
/// </summary>
public static class SirenDiscovery
{
    /// <summary>Discovery messages list a device's features and may be long.</summary>
    public const int LongestPayload = 64 * 1024;

    static readonly (string Long, string Short)[] keys =
    [
        ("command_topic", "cmd_t"), ("state_topic", "stat_t"), ("availability_topic", "avty_t"), ("payload_on", "pl_on"),
        ("payload_off", "pl_off"), ("state_on", "stat_on"), ("state_off", "stat_off"), ("payload_available", "pl_avail"),
        ("payload_not_available", "pl_not_avail"), ("command_template", "cmd_tpl"), ("command_off_template", "cmd_off_tpl"),
        ("state_value_template", "stat_val_tpl"), ("value_template", "val_tpl"), ("availability_template", "avty_tpl"),
    ];

    /// <summary>Whether a topic can be a discovery topic of a siren or switch: PREFIX/siren/…/config.</summary>
    public static bool IsTopic(string topic) => Component(topic) is not null && topic.AsSpan().IndexOfAny('+', '#') < 0;

    public static bool TryRead(string topic, ReadOnlySpan<byte> payload, out SirenMapping? mapping, out Cause? fault)
    {
        (mapping, fault) = (null, null);
        if (Component(topic) is not { } component) fault = Cause.Of(CauseCode.NoDiscoveryTopic, topic);
        else if (payload.IsEmpty) fault = Cause.Of(CauseCode.DiscoveryWithdrawn);
        else if (payload.Length > LongestPayload) fault = Cause.Of(CauseCode.DiscoveryTooLong, LongestPayload);
        if (fault is not null) return false;
        try
        {
            using JsonDocument document = JsonDocument.Parse(payload.ToArray());
            mapping = Read(document.RootElement, Component(topic) == "switch", out fault);
        }
        catch (JsonException)
        {
            fault = Cause.Of(CauseCode.DiscoveryNotJson);
        }

        if (mapping is not null && mapping.Fault() is { } wrong) (mapping, fault) = (null, wrong);
        return mapping is not null;
    }

    static string? Component(string topic) => topic.Split('/') is [_, "siren" or "switch", .., "config"] levels ? levels[1] : null;

    static SirenMapping? Read(JsonElement root, bool isSwitch, out Cause? fault)
    {
        fault = null;
        if (root.ValueKind != JsonValueKind.Object)
        {
            fault = Cause.Of(CauseCode.DiscoveryNotAnObject);
            return null;
        }

        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        string root0 = Text(root, "~") ?? "";
        foreach ((string full, string brief) in keys)
            if ((Text(root, full) ?? Text(root, brief)) is { } text) texts[full] = WithBase(full, text, root0);
        if (Availability(root) is { } list)
        {
            if (list.GetArrayLength() != 1)
            {
                fault = Cause.Of(CauseCode.SeveralAvailabilities);
                return null;
            }

            JsonElement one = list[0];
            foreach ((string full, string key, string brief) in (ReadOnlySpan<(string, string, string)>)
            [
                ("availability_topic", "topic", "t"), ("payload_available", "payload_available", "pl_avail"),
                ("payload_not_available", "payload_not_available", "pl_not_avail"),
                ("availability_template", "value_template", "val_tpl"),
            ])
                if ((Text(one, key) ?? Text(one, brief)) is { } text) texts[full] = WithBase(full, text, root0);
        }

        return From(texts, isSwitch) with { Tones = Tones(root) };
    }

    /// <summary>From the keys of a discovery message, or of a configuration.</summary>
    public static SirenMapping From(IReadOnlyDictionary<string, string> texts, bool isSwitch) => new()
    {
        IsSwitch = isSwitch,
        CommandTopic = texts.GetValueOrDefault("command_topic", ""),
        StateTopic = texts.GetValueOrDefault("state_topic", ""),
        AvailabilityTopic = texts.GetValueOrDefault("availability_topic"),
        PayloadOn = texts.GetValueOrDefault("payload_on", "ON"),
        PayloadOff = texts.GetValueOrDefault("payload_off", "OFF"),
        StateOn = texts.GetValueOrDefault("state_on"),
        StateOff = texts.GetValueOrDefault("state_off"),
        PayloadAvailable = texts.GetValueOrDefault("payload_available", "online"),
        PayloadNotAvailable = texts.GetValueOrDefault("payload_not_available", "offline"),
        CommandTemplate = texts.GetValueOrDefault("command_template"),
        CommandOffTemplate = texts.GetValueOrDefault("command_off_template"),
        StateTemplate = texts.GetValueOrDefault("state_value_template") ?? texts.GetValueOrDefault("value_template"),
        AvailabilityTemplate = texts.GetValueOrDefault("availability_template"),
        QueryTopic = texts.GetValueOrDefault("query_topic"),
        QueryPayload = texts.GetValueOrDefault("query_payload", ""),
    };

    static string WithBase(string key, string text, string root)
    {
        if (!key.EndsWith("_topic", StringComparison.Ordinal)) return text;
        if (text.StartsWith('~')) return root + text[1..];
        return text.EndsWith('~') ? text[..^1] + root : text;
    }

    static JsonElement? Availability(JsonElement root) =>
        (root.TryGetProperty("availability", out JsonElement list) || root.TryGetProperty("avty", out list))
        && list.ValueKind == JsonValueKind.Array ? list : null;

    static ImmutableArray<string> Tones(JsonElement root) =>
        (root.TryGetProperty("available_tones", out JsonElement tones) || root.TryGetProperty("av_tones", out tones))
        && tones.ValueKind == JsonValueKind.Array
            ? [.. tones.EnumerateArray().Where(tone => tone.ValueKind == JsonValueKind.String).Select(tone => tone.GetString()!)]
            : [];

    static string? Text(JsonElement from, string key) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(key, out JsonElement value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
                _ => null,
            }
            : null;
}
