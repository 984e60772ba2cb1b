namespace Nadhir.Formats.Sapient;

/// <summary>
/// Numbers for the objects of nodes: 31 bits of an identifier of 128. The same object has the same number in every run,
/// unless two of those heard lately would share one: then the later takes the next that is free. At most
/// <see cref="Most"/> are remembered; the one heard of longest ago is forgotten for a new one.
/// </summary>
sealed class ObjectNumbers
{
    public const int Most = 8192;

    readonly Dictionary<(int Sensor, UInt128 Object), LinkedListNode<Known>> byObject = [];
    readonly HashSet<(int Sensor, int Number)> taken = [];
    readonly LinkedList<Known> byUse = [];

    public int Count => byUse.Count;

    public int Of(int sensor, UInt128 objectId)
    {
        if (byObject.TryGetValue((sensor, objectId), out LinkedListNode<Known>? node))
        {
            byUse.Remove(node);
            byUse.AddLast(node);
            return node.Value.Number;
        }

        if (byUse.Count == Most) Forget(byUse.First!);
        int number = Mix(objectId);
        while (!taken.Add((sensor, number))) number = (number + 1) & int.MaxValue;
        byObject[(sensor, objectId)] = byUse.AddLast(new Known(sensor, objectId, number));
        return number;
    }

    void Forget(LinkedListNode<Known> node)
    {
        byUse.Remove(node);
        byObject.Remove((node.Value.Sensor, node.Value.Object));
        taken.Remove((node.Value.Sensor, node.Value.Number));
    }

    /// <summary>Stirs both halves (D. Stafford's mix 13 for the finalizer of MurmurHash3).</summary>
    static int Mix(UInt128 id)
    {
        ulong mixed = (ulong)id ^ ((ulong)(id >> 64) * 0x9E3779B97F4A7C15);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) & int.MaxValue);
    }

    readonly record struct Known(int Sensor, UInt128 Object, int Number);
}
