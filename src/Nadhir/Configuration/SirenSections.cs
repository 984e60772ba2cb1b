using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using Nadhir.Documents;
using Nadhir.Formats.Sirens;
using Nadhir.Outlets.Sirens;
using Nadhir.Warning;

namespace Nadhir.Configuration;

/// <summary>Where a secret is: in a file or in an environment variable. Read when the outlet starts.</summary>
public sealed record SecretSource(string? File, string? Variable);

/// <summary>How one siren is wired, where it is not as all are.</summary>
public sealed record SirenWiringConfiguration(
    ImmutableArray<string> Paths, SecretSource? Secret, SirenMapping? Device, string? Discovery);

/// <summary>A further broker by which sirens are reached.</summary>
public sealed record SirenBrokerConfiguration(string Id, MqttConfiguration.External Broker, string Prefix);

/// <summary>How sirens are wired.</summary>
public sealed record SirenHostConfiguration
{
    public ImmutableArray<SirenBrokerConfiguration> Brokers { get; init; } = [];
    public ImmutableDictionary<string, SirenWiringConfiguration> Wiring { get; init; } =
        ImmutableDictionary<string, SirenWiringConfiguration>.Empty;
    public SecretSource? Secret { get; init; }
}

/// <summary>Reads how sirens are wired: paths, secrets, devices off the shelf, tests by the calendar.</summary>
sealed class SirenSections(HostSections host, OutlineFiles files)
{
    static readonly string[] deviceKeys =
    [
        "command_topic", "state_topic", "availability_topic", "payload_on", "payload_off", "state_on", "state_off",
        "payload_available", "payload_not_available", "command_template", "command_off_template", "state_value_template",
        "value_template", "availability_template", "query_topic", "query_payload",
    ];

    public SirenHostConfiguration Read(YamlMap root)
    {
        ImmutableArray<YamlMap> brokerMaps = root.Maps("brokers"), sirenMaps = root.Maps("sirens");
        ImmutableArray<SirenBrokerConfiguration> brokers = [.. brokerMaps.Select(Broker)];
        References.Differ(brokerMaps, "id", [.. brokers.Select(broker => broker.Id)]);
        foreach (YamlMap map in brokerMaps)
            if (map.OptionalText("id") == SirenOutletOptions.Main) map.Fault("id", "'main' is used before: it is the broker of mqtt");
        string[] known = [SirenOutletOptions.Main, .. brokers.Select(broker => broker.Id)];
        var wiring = ImmutableDictionary.CreateBuilder<string, SirenWiringConfiguration>(StringComparer.Ordinal);
        foreach (YamlMap map in sirenMaps)
        {
            SirenWiringConfiguration one = Wiring(map, known);
            foreach (string path in one.Paths.IsEmpty ? [SirenOutletOptions.Main] : one.Paths)
            {
                string prefix = brokers.FirstOrDefault(broker => broker.Id == path)?.Prefix ?? "";
                if (one.Device?.FaultIn(root.Flag("exercise"), prefix) is { } foreign) map.Map("device").Fault(foreign.Words.Split(' ')[0], foreign.Words);
            }

            if (one != Standard) wiring[map.Text("id")] = one;
        }

        return new() { Brokers = brokers, Wiring = wiring.ToImmutable(), Secret = Secret(root.Map("mqtt"), "siren_key") };
    }

    /// <summary>Silent tests by the calendar; null when there is no plan.</summary>
    public static SirenTestPlan? Tests(YamlMap? map)
    {
        if (map is null) return null;
        string every = map.OptionalText("every") ?? "P1D", at = map.Text("at");
        TimeSpan day = TimeSpan.FromDays(1), period = day;
        try
        {
            period = XmlConvert.ToTimeSpan(every);
        }
        catch (FormatException)
        {
            period = TimeSpan.Zero;
        }

        bool days = period >= day && period <= 31 * day && period.Ticks % day.Ticks == 0;
        bool parts = period >= TimeSpan.FromMinutes(10) && period < day && day.Ticks % period.Ticks == 0;
        if (!days && !parts)
            map.Fault("every", $"'{every}' is neither whole days (P1D to P31D) nor a part of a day from PT10M on, like PT6H");
        if (!TimeOnly.TryParseExact(at, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly clock))
            map.Fault("at", $"'{at}' is not a time of day, like \"03:00\"");
        return new(days || parts ? period : day, clock.ToTimeSpan());
    }

    static SirenWiringConfiguration Standard { get; } = new([], null, null, null);

    SirenBrokerConfiguration Broker(YamlMap map)
    {
        string prefix = map.OptionalText("prefix") ?? "";
        if (prefix.AsSpan().IndexOfAny('+', '#') >= 0) map.Fault("prefix", "must be part of a topic, without + and #");
        return new(map.Text("id"), host.Broker(map), prefix);
    }

    SirenWiringConfiguration Wiring(YamlMap map, string[] brokers)
    {
        ImmutableArray<string> paths = map.Texts("paths");
        foreach (string path in paths)
            if (!brokers.Contains(path, StringComparer.Ordinal))
                map.Fault("paths", $"there is no broker '{path}'; there are {string.Join(", ", brokers)}");
        if (paths.Distinct(StringComparer.Ordinal).Count() != paths.Length) map.Fault("paths", "names a broker twice");
        (SirenMapping? device, string? discovery) = Device(map.OptionalMap("device"));
        SecretSource? secret = Secret(map, "key");
        if (secret is not null && (device is not null || discovery is not null))
            map.Fault("key_file", "a device off the shelf proves nothing and checks nothing");
        // An empty array is not the same one twice: what is not said is the standard.
        return paths.IsEmpty && secret is null && device is null && discovery is null ? Standard : new(paths, secret, device, discovery);
    }

    static (SirenMapping? Device, string? Discovery) Device(YamlMap? map)
    {
        if (map is null) return (null, null);
        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        foreach (string key in deviceKeys)
            if (map.OptionalText(key) is { } text) texts[key] = text;
        bool isSwitch = (map.OptionalText("kind") ?? "siren") == "switch";
        if (map.OptionalText("kind") is { } kind and not ("siren" or "switch")) map.Fault("kind", $"must be siren or switch, not '{kind}'");
        ImmutableArray<string> tones = map.Texts("available_tones");
        if (map.OptionalText("discovery") is { } topic)
        {
            if (!SirenDiscovery.IsTopic(topic)) map.Fault("discovery", $"'{topic}' is not a topic like homeassistant/switch/NAME/config");
            if (texts.Count > 0) map.Fault("discovery", "the device either says itself how it is switched, or it is said here");
            return (null, topic);
        }

        SirenMapping mapping = SirenDiscovery.From(texts, isSwitch) with { Tones = tones };
        if (mapping.Fault() is { } fault) map.Fault(fault.Words.Split(' ')[0], fault.Words);
        return (mapping, null);
    }

    SecretSource? Secret(YamlMap map, string key)
    {
        string? file = files.Existing(map, $"{key}_file", required: false), variable = map.OptionalText($"{key}_variable");
        if (file is not null && variable is not null) map.Fault($"{key}_variable", "the secret is in a file or in a variable, not in both");
        return file is null && variable is null ? null : new(file, variable);
    }
}
