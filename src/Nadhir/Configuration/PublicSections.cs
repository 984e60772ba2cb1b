using System.Net;
using Nadhir.Documents;
using Nadhir.PublicPage;

namespace Nadhir.Configuration;

/// <summary>Reads what the public is told and how.</summary>
static class PublicSections
{
    /// <summary>Phones that may subscribe to push messages, when the file does not say.</summary>
    const int MostSubscriptions = 100_000;

    public static PublicConfiguration Read(YamlMap? map, int consolePort)
    {
        if (map is null) return new();
        int? port = map.OptionalInteger("port", 1, 65535);
        if (port == consolePort) map.Fault("port", "is the console's; the public's page is there anyway without this key");
        PublicOptions standard = new();
        return new()
        {
            Address = HostSections.Address(map, "address", IPAddress.Any),
            Page = standard with
            {
                Port = port,
                Distance = map.Flag("distance", standard.Distance),
                Coverage = map.Flag("coverage", standard.Coverage),
                MaximumStreams = map.Integer("maximum_streams", 1, 1_000_000, standard.MaximumStreams),
                UnknownAfter = TimeSpan.FromSeconds(map.Number("unknown_after_s", 15, 3600, standard.UnknownAfter.TotalSeconds)),
            },
            Push = Push(map.OptionalMap("push")),
        };
    }

    static PushConfiguration? Push(YamlMap? map)
    {
        if (map is null) return null;
        string contact = map.Text("contact");
        if (!Uri.TryCreate(contact, UriKind.Absolute, out Uri? address) || address.Scheme is not ("mailto" or "https"))
        {
            if (contact.Length > 0) map.Fault("contact", "must be mailto:… or https:…, so that a push service can reach you");
            address = new Uri("https://contact.invalid/");
        }

        return new(address, map.Has("services") ? map.Texts("services") : [], map.Integer("most_subscriptions", 1, 10_000_000, MostSubscriptions));
    }
}
