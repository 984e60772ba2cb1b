using System.Collections.Immutable;

namespace Nadhir.Posture;

/// <summary>Who is below whom. Without formations in the configuration any name may be addressed.</summary>
sealed class FormationTree(ImmutableArray<Formation> formations)
{
    readonly Dictionary<string, Formation> byId = formations.GroupBy(each => each.Id, StringComparer.Ordinal)
        .ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
    readonly ILookup<string, string> below = formations.Where(each => each.Parent is not null)
        .ToLookup(each => each.Parent!, each => each.Id, StringComparer.Ordinal);

    public bool IsOpen => byId.Count == 0;

    public bool Knows(string id) => IsOpen || byId.ContainsKey(id);

    public ImmutableArray<string> PersonsOf(string id) => byId.TryGetValue(id, out Formation? formation) ? formation.Persons : [];

    /// <summary>Those named and all below them, each once, with the one by which it was reached.</summary>
    public IEnumerable<(string Formation, string Through)> Reach(ImmutableArray<string> addressed)
    {
        HashSet<string> reached = new(StringComparer.Ordinal);
        Stack<(string, string)> open = new();
        foreach (string first in addressed)
        {
            open.Push((first, first));
            while (open.TryPop(out (string Id, string Through) one))
            {
                if (!reached.Add(one.Id)) continue;
                yield return (one.Id, one.Through);
                foreach (string child in below[one.Id].Reverse()) open.Push((child, one.Through));
            }
        }
    }
}
