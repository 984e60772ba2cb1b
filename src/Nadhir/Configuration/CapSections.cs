using System.Collections.Immutable;
using Nadhir.Documents;
using Nadhir.Formats.Cap;
using Nadhir.Formats.Cap.Checking;
using Nadhir.Formats.Cap.Drawing;
using Nadhir.Outlets;
using Nadhir.Warning;

namespace Nadhir.Configuration;

/// <summary>Reads what messages for the public say of us, and how they are written and pushed as CAP.</summary>
sealed class CapSections(OutlineFiles files)
{
    /// <summary>Webhooks of one host.</summary>
    public const int MostWebhooks = 64;

    static readonly (string, ThreatKind)[] kinds =
    [
        ("aircraft", ThreatKind.Aircraft), ("low_slow", ThreatKind.LowSlow), ("cruise_type", ThreatKind.CruiseType),
        ("ballistic", ThreatKind.Ballistic), ("unknown", ThreatKind.Unknown),
    ];

    /// <summary>Of ends there is no choice: they go to whoever had the beginning.</summary>
    static readonly (string, AlertState)[] states = [("watch", AlertState.Watch), ("warning", AlertState.Warning)];

    static readonly (string, LeastUrgency)[] urgencies =
        [("immediate", LeastUrgency.Immediate), ("expected", LeastUrgency.Expected), ("future", LeastUrgency.Future)];

    static readonly (string, LeastSeverity)[] severities =
    [
        ("extreme", LeastSeverity.Extreme), ("severe", LeastSeverity.Severe), ("moderate", LeastSeverity.Moderate),
        ("minor", LeastSeverity.Minor),
    ];

    /// <summary>Sender's name, web page, contact and languages, which every message carries.</summary>
    public static WatchConfiguration Public(YamlMap root, WatchConfiguration watch)
    {
        ImmutableArray<string> languages = root.Texts("languages");
        foreach (string tag in languages)
            if (!MessageComposer.Speaks(tag))
                root.Fault("languages", $"there are no words in '{tag}': en and ar, each with or without a region");
        if (languages.Distinct(StringComparer.Ordinal).Count() != languages.Length) root.Fault("languages", "names a language twice");
        string? web = root.OptionalText("web");
        if (web is not null && !(Uri.TryCreate(web, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"))
            root.Fault("web", $"'{web}' is not the address of a web page");
        return watch with
        {
            SenderName = root.OptionalText("sender_name"),
            Web = web,
            Contact = root.OptionalText("contact"),
            Languages = languages.IsEmpty ? null : languages,
        };
    }

    public CapConfiguration? Cap(YamlMap root, ImmutableArray<Zone> zones)
    {
        if (root.OptionalMap("cap") is not { } map) return null;
        foreach ((YamlMap place, Zone zone) in root.Maps("zones").Zip(zones))
            if (!place.IsStandIn && CapArea.FaultOf(zone.Area) is { } fault)
                place.Fault(place.Has("polygon") ? "polygon" : place.Has("file") ? "file" : "radius_km", $"CAP cannot draw it: {fault}");
        string? key = files.Existing(map, "signing_key", required: false);
        string? certificate = files.Existing(map, "signing_certificate", required: false);
        if (certificate is not null && key is null) map.Fault("signing_certificate", "a certificate needs its signing_key");
        bool sign = map.Flag("sign", otherwise: true);
        if (!sign && key is not null) map.Fault("signing_key", "is not used when sign is false");
        ImmutableArray<YamlMap> hooks = map.Maps("webhooks");
        ImmutableArray<CapWebhook> webhooks = [.. hooks.Select(hook => Webhook(hook, zones))];
        References.Differ(hooks, "name", [.. webhooks.Select(one => one.Name)]);
        if (webhooks.Length > MostWebhooks) map.Fault("webhooks", $"are {MostWebhooks} at most");
        string? topic = map.OptionalText("mqtt_topic");
        if (topic is not null && (topic.Length == 0 || topic.IndexOfAny(['+', '#', '\0']) >= 0))
            map.Fault("mqtt_topic", "is one topic: no + and no #");
        return new(files.Absolute(map.Text("folder")))
        {
            Profiles = [.. map.Texts("profiles").Select(name => Profile(map, name)).OfType<CapProfile>()],
            Additions = new CapAdditions { EventCodes = map.TextByKey("event_codes"), Parameters = map.TextByKey("parameters") },
            Sign = sign,
            SigningKey = key,
            SigningCertificate = certificate,
            Webhooks = webhooks,
            MqttTopic = topic,
            MqttRelease = Release(map, "mqtt_release", zones),
            FeedRelease = Release(map, "feed_release", zones),
        };
    }

    CapWebhook Webhook(YamlMap map, ImmutableArray<Zone> zones)
    {
        string url = map.Text("url");
        bool web = Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https";
        if (!web && url.Length > 0) map.Fault("url", $"'{url}' is not a web address");
        string? secret = files.Existing(map, "secret_file", required: true);
        return new(map.Text("name"), web ? address! : new Uri("http://localhost/"), secret ?? "")
        {
            Release = Release(map, "release", zones),
        };
    }

    /// <summary>The release rule of one partner.</summary>
    static ReleaseRule Release(YamlMap partner, string key, ImmutableArray<Zone> zones)
    {
        if (partner.OptionalMap(key) is not { } map) return ReleaseRule.Everything;
        ImmutableArray<string> places = map.Texts("zones");
        foreach (string place in places)
            if (zones.All(zone => zone.Id != place)) map.Fault("zones", $"there is no zone '{place}'");
        return new()
        {
            Zones = places,
            Kinds = Named(map, "kinds", kinds),
            States = Named(map, "states", states),
            LeastUrgency = Least(map, "least_urgency", urgencies),
            LeastSeverity = Least(map, "least_severity", severities),
            Exercises = map.Flag("exercises", otherwise: true),
        };
    }

    static ImmutableArray<TWord> Named<TWord>(YamlMap map, string key, (string Name, TWord Word)[] words) =>
        [.. map.Texts(key).Select(name => One(map, key, name, words))];

    static TWord Least<TWord>(YamlMap map, string key, (string Name, TWord Word)[] words) =>
        map.OptionalText(key) is { } name ? One(map, key, name, words) : default!;

    static TWord One<TWord>(YamlMap map, string key, string name, (string Name, TWord Word)[] words)
    {
        foreach ((string known, TWord word) in words) if (known == name) return word;
        map.Fault(key, $"must be of {string.Join(", ", words.Select(word => word.Name))}, not '{name}'");
        return words[0].Word;
    }

    static CapProfile? Profile(YamlMap map, string name)
    {
        if (CapProfile.Find(name) is { } profile) return profile;
        map.Fault("profiles", $"must be of {string.Join(", ", CapProfile.All.Select(one => one.Name))}, not '{name}'");
        return null;
    }
}
