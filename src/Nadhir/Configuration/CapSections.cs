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
        bool ecdsa = ReleaseSections.One(map, "signature", map.OptionalText("signature") ?? "rsa", [("rsa", false), ("ecdsa", true)]);
        if (ecdsa && (key is not null || !sign)) map.Fault("signature", "is of the key we make ourselves: without signing_key and with sign");
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
            Ecdsa = ecdsa,
            SigningCertificate = certificate,
            Webhooks = webhooks,
            MqttTopic = topic,
            MqttRelease = ReleaseSections.Messages(map, "mqtt_release", zones),
            FeedRelease = ReleaseSections.Messages(map, "feed_release", zones),
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
            Release = ReleaseSections.Messages(map, "release", zones),
        };
    }

    static CapProfile? Profile(YamlMap map, string name)
    {
        if (CapProfile.Find(name) is { } profile) return profile;
        map.Fault("profiles", $"must be of {string.Join(", ", CapProfile.All.Select(one => one.Name))}, not '{name}'");
        return null;
    }
}
