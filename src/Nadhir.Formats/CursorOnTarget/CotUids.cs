namespace Nadhir.Formats.CursorOnTarget;

/// <summary>
/// Numbers for names: the same name keeps its number for as long as it is remembered, and no number is given twice.
/// Full, it forgets the name not heard of for longest. Deterministic; one owner.
/// </summary>
sealed class CotUids(int capacity = CotUids.MostNames)
{
    /// <summary>Twice what the tracker remembers of other systems' tracks.</summary>
    public const int MostNames = 16_384;

    readonly Dictionary<string, LinkedListNode<(string Name, int Number)>> nodes = new(StringComparer.Ordinal);
    readonly LinkedList<(string Name, int Number)> byAge = new();
    int last;

    public int Count => nodes.Count;

    public int NumberOf(string name)
    {
        if (nodes.TryGetValue(name, out LinkedListNode<(string, int Number)>? node))
        {
            byAge.Remove(node);
            byAge.AddLast(node);
            return node.Value.Number;
        }

        if (nodes.Count >= capacity)
        {
            node = byAge.First!;
            nodes.Remove(node.Value.Item1);
            byAge.RemoveFirst();
        }

        last = last == int.MaxValue ? 1 : last + 1;
        nodes[name] = byAge.AddLast((name, last));
        return last;
    }

    public int? Known(string name) => nodes.TryGetValue(name, out var node) ? node.Value.Number : null;

    public void Forget(string name)
    {
        if (nodes.Remove(name, out var node)) byAge.Remove(node);
    }
}
