namespace Nadhir.Formats.Sirens;

/// <summary>
/// Where siren messages travel. Exercise and live have different topics, so that a broker's access rules can keep them
/// apart; every payload says its world as well.
/// </summary>
/// <param name="Prefix">Put before each topic by a gateway that leads to other brokers; empty for none.</param>
public sealed record SirenTopics(bool Exercise, string Prefix = "")
{
    /// <summary>Root of everything of one world.</summary>
    public string Root => Prefix + (Exercise ? "nadhir/exercise" : "nadhir/live");
    /// <summary>Our own sign of life.</summary>
    public string HostHeartbeat => $"{Root}/nadhir/heartbeat";
    public string Every(string leaf) => $"{Root}/siren/+/{leaf}";
    public string Command(string siren) => $"{Root}/siren/{siren}/{CommandLeaf}";
    public string State(string siren) => $"{Root}/siren/{siren}/{StateLeaf}";
    public string Heartbeat(string siren) => $"{Root}/siren/{siren}/{HeartbeatLeaf}";
    public string Availability(string siren) => $"{Root}/siren/{siren}/{AvailabilityLeaf}";
    /// <summary>Home Assistant's discovery topic; retained.</summary>
    public string Discovery(string siren) => $"homeassistant/siren/{ObjectId(siren)}/config";

    public const string CommandLeaf = "command";
    public const string StateLeaf = "state";
    public const string HeartbeatLeaf = "heartbeat";
    public const string AvailabilityLeaf = "availability";
    public const string Online = "online";
    public const string Offline = "offline";

    public string ObjectId(string siren) => $"nadhir-{(Exercise ? "exercise" : "live")}-{siren}";

    /// <summary>Whether a name can be part of a topic and of Home Assistant's object id: [a-zA-Z0-9_-], 1–64.</summary>
    public static bool IsName(string siren) =>
        siren.Length is >= 1 and <= 64 && siren.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    /// <summary>Whether a level of a topic says that it is of the world that is not this one.</summary>
    public static bool IsOfOther(string topic, bool exercise) => HasLevel(topic, exercise ? "live" : "exercise");

    /// <summary>
    /// Whether a device that knows nothing of worlds may be switched by a topic: in an exercise only by one that has a
    /// level <c>exercise</c>, live by none that has. A relay wired for real cannot be reached by a drill then.
    /// </summary>
    public static bool IsOf(string topic, bool exercise) =>
        !IsOfOther(topic, exercise) && (!exercise || HasLevel(topic, "exercise"));

    static bool HasLevel(string topic, string level)
    {
        foreach (Range range in topic.AsSpan().Split('/'))
            if (topic.AsSpan(range).SequenceEqual(level)) return true;
        return false;
    }

    /// <summary>Takes "…/siren/ID/LEAF" of this world apart.</summary>
    public bool TryRead(string topic, out string siren, out string leaf)
    {
        siren = leaf = "";
        string start = $"{Root}/siren/";
        if (!topic.StartsWith(start, StringComparison.Ordinal)) return false;
        int slash = topic.IndexOf('/', start.Length);
        if (slash < 0 || topic.IndexOf('/', slash + 1) >= 0) return false;
        siren = topic[start.Length..slash];
        leaf = topic[(slash + 1)..];
        return IsName(siren);
    }
}
