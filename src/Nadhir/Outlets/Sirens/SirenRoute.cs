using Nadhir.Formats.Sirens;

namespace Nadhir.Outlets.Sirens;

/// <summary>One broker by which sirens are reached, and the lines that go over it.</summary>
sealed class SirenRoute(SirenBroker broker, bool exercise)
{
    public SirenBroker Broker => broker;
    public SirenTopics Topics { get; } = new(exercise, broker.Prefix);
    public IBrokerLink? Link { get; set; }
    /// <summary>The last word on the broker.</summary>
    public string Word { get; set; } = "not connected yet";
    /// <summary>Lines that go over it, and as which of their paths.</summary>
    public List<(SirenAtRoutes Line, int Path)> Lines { get; } = [];
    /// <summary>What devices off the shelf say, by topic.</summary>
    public Dictionary<string, List<(SirenAtRoutes Line, int Path)>> Devices { get; } = new(StringComparer.Ordinal);

    /// <summary>All topics of a device of the shelf, as far as they are known.</summary>
    public IEnumerable<string> TopicsOf(PlainSiren device) => new[]
    {
        device.DiscoveryTopic, device.Mapping?.StateTopic, device.Mapping?.AvailabilityTopic,
    }.OfType<string>().Select(topic => broker.Prefix + topic).Distinct(StringComparer.Ordinal);

    public void Expect(SirenAtRoutes line, int path)
    {
        foreach (string topic in TopicsOf(line.Line.Plain!))
        {
            if (!Devices.TryGetValue(topic, out List<(SirenAtRoutes, int)>? lines)) Devices[topic] = lines = [];
            if (!lines.Contains((line, path))) lines.Add((line, path));
        }
    }
}
