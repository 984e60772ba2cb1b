namespace Nadhir.Formats.RemoteId;

/// <summary>
/// Things heard of lately, at most so many: a further one takes the place of the one not heard of for longest, and what
/// was silent for too long is forgotten. Each call costs the same however full it is. One owner.
/// </summary>
sealed class RecentTable<TKey, TValue>(int capacity, TimeSpan forgetAfter)
    where TKey : notnull
    where TValue : class, new()
{
    readonly Dictionary<TKey, LinkedListNode<Item>> nodes = [];
    readonly LinkedList<Item> newestFirst = new();

    public int Count => nodes.Count;

    /// <summary>The thing of this key, now heard of; a new one when it is not known.</summary>
    public TValue Hear(TKey key, DateTimeOffset now)
    {
        while (newestFirst.Last is { } oldest && now - oldest.Value.Heard > forgetAfter) Forget(oldest);
        if (nodes.TryGetValue(key, out LinkedListNode<Item>? node))
        {
            newestFirst.Remove(node);
        }
        else
        {
            if (nodes.Count >= capacity) Forget(newestFirst.Last!);
            nodes[key] = node = new(new(key));
        }

        node.Value.Heard = now;
        newestFirst.AddFirst(node);
        return node.Value.Value;
    }

    public TValue? Find(TKey key) => nodes.TryGetValue(key, out LinkedListNode<Item>? node) ? node.Value.Value : null;

    void Forget(LinkedListNode<Item> node)
    {
        nodes.Remove(node.Value.Key);
        newestFirst.Remove(node);
    }

    sealed class Item(TKey key)
    {
        public TKey Key { get; } = key;
        public TValue Value { get; } = new();
        public DateTimeOffset Heard { get; set; }
    }
}
