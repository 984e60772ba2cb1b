using System.Collections.Immutable;
using System.Text;
using Nadhir.Documents;

namespace Nadhir.Configuration;

/// <summary>Topic filters as MQTT 5.0, 4.7 has them.</summary>
static class MqttTopics
{
    /// <summary>Filters of one feed.</summary>
    const int Most = 100;

    public static ImmutableArray<string> Read(YamlMap map, string key)
    {
        ImmutableArray<string> topics = map.Texts(key);
        if (topics.IsEmpty) map.Fault(key, "is required: what to subscribe to");
        if (topics.Length > Most) map.Fault(key, $"more than {Most}");
        foreach (string topic in topics)
            if (Fault(topic) is { } fault) map.Fault(key, $"'{topic}' {fault}");
        return topics;
    }

    /// <summary>What is wrong with a filter, or null.</summary>
    internal static string? Fault(string topic)
    {
        if (topic.Length == 0) return "is empty";
        if (topic.Contains('\0', StringComparison.Ordinal) || Encoding.UTF8.GetByteCount(topic) > 65_535)
            return "is no topic";
        string[] levels = topic.Split('/');
        for (int i = 0; i < levels.Length; i++)
        {
            if (levels[i].Contains('#', StringComparison.Ordinal) && (levels[i].Length > 1 || i < levels.Length - 1))
                return "has # elsewhere than alone at the end";
            if (levels[i].Contains('+', StringComparison.Ordinal) && levels[i].Length > 1)
                return "has + beside other characters of a level";
        }

        return null;
    }
}
