namespace Nadhir.Tracking.Trust;

/// <summary>
/// Things known by a number, at most so many: a new one takes the place of the one not heard of for longest. Its
/// objects are used again, so nothing is allocated once it is full. Deterministic; one owner.
/// </summary>
sealed class RecentTable<T>(int capacity) where T : class, new()
{
    readonly Dictionary<ulong, int> indexOf = [];
    readonly List<T> values = [];
    readonly List<ulong> keys = [];
    readonly List<double> heard = [];

    public int Count => values.Count;

    public T? Find(ulong key) => indexOf.TryGetValue(key, out int index) ? values[index] : null;

    /// <summary>
    /// The thing of this number, now heard of. When it is new, <paramref name="fresh"/> is true and its object has to
    /// be reset.
    /// </summary>
    public T Hear(ulong key, double time, out bool fresh)
    {
        fresh = !indexOf.TryGetValue(key, out int index);
        if (fresh) index = Take(key);
        heard[index] = fresh ? time : Math.Max(heard[index], time);
        return values[index];
    }

    int Take(ulong key)
    {
        int index = values.Count;
        if (index < capacity)
        {
            values.Add(new());
            keys.Add(key);
            heard.Add(0);
        }
        else
        {
            index = 0;
            for (int i = 1; i < heard.Count; i++)
                if (heard[i] < heard[index]) index = i;
            indexOf.Remove(keys[index]);
            keys[index] = key;
        }

        indexOf[key] = index;
        return index;
    }
}
