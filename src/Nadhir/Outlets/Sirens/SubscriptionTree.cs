using MQTTnet.Protocol;

namespace Nadhir.Outlets.Sirens;

/// <summary>Somebody who listens to a topic filter.</summary>
/// <param name="Session">Where what is for it waits.</param>
/// <param name="Quality">The best it asked for.</param>
/// <param name="IsPlain">False when it asked for more than the message: our shortcut does not know how.</param>
readonly record struct Listener<TSession>(TSession Session, MqttQualityOfServiceLevel Quality, bool IsPlain)
    where TSession : notnull;

/// <summary>
/// Who listens to what: topic filters (MQTT 5, §4.7) as a tree of their levels, so that finding the listeners of a topic
/// costs its levels and not the number of clients. Any thread.
/// </summary>
sealed class SubscriptionTree<TSession> where TSession : notnull
{
    /// <summary>Levels of a filter. A deeper one is refused.</summary>
    public const int MostLevels = 64;
    /// <summary>Filters of one session. Further ones are refused.</summary>
    public const int MostFilters = 65_536;

    const string AnyLevel = "+", AnyFurther = "#";

    readonly Lock gate = new();
    readonly Node root = new();
    readonly Dictionary<TSession, HashSet<string>> filters = [];

    /// <summary>Listens from now on, or otherwise than before; false when that would be too much.</summary>
    public bool TryAdd(string filter, in Listener<TSession> listener)
    {
        if (filter.AsSpan().Count('/') >= MostLevels) return false;
        lock (gate)
        {
            if (!filters.TryGetValue(listener.Session, out HashSet<string>? own)) filters[listener.Session] = own = new(StringComparer.Ordinal);
            if (own.Count >= MostFilters && !own.Contains(filter)) return false;
            own.Add(filter);
            Node node = root;
            foreach (string level in filter.Split('/')) node = node.Below(level);
            node.Listeners[listener.Session] = listener;
            return true;
        }
    }

    public void Remove(string filter, TSession session)
    {
        lock (gate)
        {
            if (!filters.TryGetValue(session, out HashSet<string>? own) || !own.Remove(filter)) return;
            if (own.Count == 0) filters.Remove(session);
            Remove(root, filter.Split('/'), session);
        }
    }

    /// <summary>The session has ended.</summary>
    public void Remove(TSession session)
    {
        lock (gate)
        {
            if (!filters.Remove(session, out HashSet<string>? own)) return;
            foreach (string filter in own) Remove(root, filter.Split('/'), session);
        }
    }

    /// <summary>Everybody who listens to a topic, each once, with the best quality of all its filters that match.</summary>
    public Dictionary<TSession, Listener<TSession>> Find(string topic)
    {
        Dictionary<TSession, Listener<TSession>> found = [];
        lock (gate) Find(root, topic, first: true, found);
        return found;
    }

    static void Find(Node node, ReadOnlySpan<char> rest, bool first, Dictionary<TSession, Listener<TSession>> found)
    {
        int slash = rest.IndexOf('/');
        ReadOnlySpan<char> level = slash < 0 ? rest : rest[..slash];
        // What begins with $ is the broker's own: a wildcard in the first place does not mean it (§4.7.2).
        bool hidden = first && level is ['$', ..];
        if (!hidden) Take(node.Find(AnyFurther), found);
        if (node.Find(level) is { } exact) Go(exact, rest, slash, found);
        if (!hidden && node.Find(AnyLevel) is { } any) Go(any, rest, slash, found);
    }

    static void Go(Node next, ReadOnlySpan<char> rest, int slash, Dictionary<TSession, Listener<TSession>> found)
    {
        if (slash >= 0)
        {
            Find(next, rest[(slash + 1)..], first: false, found);
            return;
        }

        Take(next, found);
        Take(next.Find(AnyFurther), found); // "a/#" means "a" too
    }

    static void Take(Node? node, Dictionary<TSession, Listener<TSession>> found)
    {
        if (node is null) return;
        foreach ((TSession session, Listener<TSession> listener) in node.Listeners)
        {
            found[session] = found.TryGetValue(session, out Listener<TSession> before)
                ? new(session, before.Quality > listener.Quality ? before.Quality : listener.Quality, before.IsPlain && listener.IsPlain)
                : listener;
        }
    }

    /// <summary>Takes a listener away, and the levels that lead nowhere afterwards.</summary>
    static void Remove(Node node, ReadOnlySpan<string> levels, TSession session)
    {
        if (levels.IsEmpty)
        {
            node.Listeners.Remove(session);
            return;
        }

        if (node.Find(levels[0]) is not { } next) return;
        Remove(next, levels[1..], session);
        if (next.IsEmpty) node.Drop(levels[0]);
    }

    sealed class Node
    {
        readonly Dictionary<string, Node> below = new(StringComparer.Ordinal);

        public Dictionary<TSession, Listener<TSession>> Listeners { get; } = [];
        public bool IsEmpty => below.Count == 0 && Listeners.Count == 0;

        public Node? Find(ReadOnlySpan<char> level) =>
            below.Count > 0 && below.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out Node? node) ? node : null;

        public Node Below(string level)
        {
            if (!below.TryGetValue(level, out Node? node)) below[level] = node = new();
            return node;
        }

        public void Drop(string level) => below.Remove(level);
    }
}
