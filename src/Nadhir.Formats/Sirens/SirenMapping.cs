using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Nadhir.Formats.Sirens;

/// <summary>
/// How a device off the shelf is switched and what it says, in the terms of Home Assistant's MQTT siren and switch
/// (home-assistant.io/integrations/siren.mqtt, switch.mqtt). Such a device knows neither expiry nor order of commands.
/// </summary>
public sealed record SirenMapping
{
    /// <summary>A switch is told the bare payload; a siren, without a template, JSON with state, tone and duration.</summary>
    public bool IsSwitch { get; init; }
    public required string CommandTopic { get; init; }
    /// <summary>A device that cannot say its state cannot be believed.</summary>
    public required string StateTopic { get; init; }
    public string? AvailabilityTopic { get; init; }
    public string PayloadOn { get; init; } = "ON";
    public string PayloadOff { get; init; } = "OFF";
    /// <summary>As payload_on and payload_off when null.</summary>
    public string? StateOn { get; init; }
    public string? StateOff { get; init; }
    public string PayloadAvailable { get; init; } = "online";
    public string PayloadNotAvailable { get; init; } = "offline";
    public string? CommandTemplate { get; init; }
    public string? CommandOffTemplate { get; init; }
    public string? StateTemplate { get; init; }
    public string? AvailabilityTemplate { get; init; }
    public ImmutableArray<string> Tones { get; init; } = [];
    /// <summary>Ours, beyond Home Assistant: a topic that makes the device say its state. With Tasmota its command topic.</summary>
    public string? QueryTopic { get; init; }
    public string QueryPayload { get; init; } = "";

    /// <summary>What is wrong with it, or null.</summary>
    public Cause? Fault()
    {
        if (CommandTopic.Length == 0) return Cause.Of(CauseCode.NoCommandTopic, "command_topic");
        if (StateTopic.Length == 0) return Cause.Of(CauseCode.NoStateTopic, "state_topic");
        if (AvailabilityTopic is null && QueryTopic is null) return Cause.Of(CauseCode.NoSignOfLife, "availability_topic", "query_topic");
        foreach (string? topic in (string?[])[CommandTopic, StateTopic, AvailabilityTopic, QueryTopic])
            if (topic is not null && topic.AsSpan().IndexOfAny('+', '#') >= 0) return Cause.Of(CauseCode.NotOneTopic, topic);
        foreach (string? text in (string?[])[CommandTemplate, CommandOffTemplate, StateTemplate, AvailabilityTemplate])
            if (text is not null && !SirenTemplate.TryParse(text, out _, out Cause? fault)) return fault;
        return null;
    }

    /// <summary>Why it must not be used in a world, or null; see <see cref="SirenTopics.IsOf"/>.</summary>
    /// <param name="prefix">What the broker's gateway puts before each topic.</param>
    public Cause? FaultIn(bool exercise, string prefix = "")
    {
        foreach ((string name, string? topic) in (ReadOnlySpan<(string, string?)>)
            [("command_topic", CommandTopic), ("state_topic", StateTopic), ("availability_topic", AvailabilityTopic), ("query_topic", QueryTopic)])
        {
            if (topic is null || SirenTopics.IsOf(prefix + topic, exercise)) continue;
            return exercise
                ? Cause.Of(CauseCode.TopicNotOfExercise, name, prefix + topic, "exercise")
                : Cause.Of(CauseCode.TopicOfExercise, name, prefix + topic);
        }

        return null;
    }

    /// <summary>What to publish so that it sounds; null when the template asks for what we have not.</summary>
    public byte[]? On(string tone, int seconds)
    {
        string? played = Tones.IsEmpty ? null : Tones.Contains(tone, StringComparer.Ordinal) ? tone : Tones[0];
        if (CommandTemplate is { } template) return Filled(template, PayloadOn, played ?? tone, seconds);
        return IsSwitch ? Encoding.UTF8.GetBytes(PayloadOn) : Json(PayloadOn, played, seconds);
    }

    public byte[]? Off()
    {
        if ((CommandOffTemplate ?? CommandTemplate) is { } template) return Filled(template, PayloadOff, "", 0);
        return IsSwitch ? Encoding.UTF8.GetBytes(PayloadOff) : Json(PayloadOff, null, null);
    }

    /// <summary>Whether it sounds, by what it says; null when that is neither.</summary>
    public bool? ReadState(ReadOnlySpan<byte> payload)
    {
        if (payload.Length > SirenWire.LongestPayload) return null;
        string? said = Taken(StateTemplate, Encoding.UTF8.GetString(payload));
        if (said is not null && !IsSwitch && StateTemplate is null && said.StartsWith('{')) said = Taken("{{ value_json.state }}", said);
        return said == (StateOn ?? PayloadOn) ? true : said == (StateOff ?? PayloadOff) ? false : null;
    }

    public bool? ReadAvailability(ReadOnlySpan<byte> payload)
    {
        if (payload.Length > SirenWire.LongestPayload) return null;
        string? said = Taken(AvailabilityTemplate, Encoding.UTF8.GetString(payload));
        return said == PayloadAvailable ? true : said == PayloadNotAvailable ? false : null;
    }

    static string? Taken(string? template, string payload) =>
        template is null ? payload
        : SirenTemplate.TryParse(template, out SirenTemplate? parsed, out _) ? parsed!.Fill(payload)
        : null;

    static byte[]? Filled(string template, string value, string tone, int seconds)
    {
        if (!SirenTemplate.TryParse(template, out SirenTemplate? parsed, out _)) return null;
        string? filled = parsed!.Fill(name => name switch
        {
            "value" => value,
            "tone" => tone,
            "duration" => seconds.ToString(CultureInfo.InvariantCulture),
            "volume_level" => "1.0", // A warning is as loud as it goes.
            _ => null,
        });
        return filled is null ? null : Encoding.UTF8.GetBytes(filled);
    }

    static byte[] Json(string state, string? tone, int? seconds)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("state", state);
            if (tone is not null) writer.WriteString("tone", tone);
            if (seconds is { } duration) writer.WriteNumber("duration", duration);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
