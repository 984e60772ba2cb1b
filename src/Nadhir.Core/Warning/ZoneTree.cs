using System.Collections.Immutable;

namespace Nadhir.Warning;

/// <summary>
/// Region, district, place: an alert for a zone holds for all that lies in it. Places, the zones that contain no other,
/// are assessed; a larger zone is warned as a whole by people.
/// </summary>
sealed class ZoneTree
{
    readonly Dictionary<string, int> indexOf;
    readonly int[] parents;
    readonly ImmutableArray<int>[] within;

    public ZoneTree(ImmutableArray<Zone> zones)
    {
        indexOf = zones.Select((zone, i) => (zone.Id, i)).DistinctBy(p => p.Id, StringComparer.Ordinal)
            .ToDictionary(p => p.Id, p => p.i, StringComparer.Ordinal);
        parents = [.. zones.Select(zone => zone.Parent is { } parent && indexOf.TryGetValue(parent, out int i) ? i : -1)];
        List<int>[] members = [.. zones.Select(_ => new List<int>())];
        for (int i = 0; i < parents.Length; i++)
            foreach (int zone in WithAncestors(i)) members[zone].Add(i);
        within = [.. members.Select(list => list.ToImmutableArray())];
    }

    public int Count => parents.Length;

    public int IndexOf(string zone) => indexOf.GetValueOrDefault(zone, -1);

    public bool IsPlace(int zone) => within[zone].Length == 1;

    /// <summary>The zone itself and everything in it.</summary>
    public ImmutableArray<int> Within(int zone) => within[zone];

    /// <summary>The zone, then what it lies in, outward. A circle of parents ends where it began.</summary>
    public IEnumerable<int> WithAncestors(int zone)
    {
        int at = zone;
        for (int steps = 0; at >= 0 && steps < 16; steps++, at = parents[at])
        {
            if (at == zone && steps > 0) yield break;
            yield return at;
        }
    }
}
