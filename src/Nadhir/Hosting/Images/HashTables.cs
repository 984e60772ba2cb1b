using System.Collections.Concurrent;
using System.Reflection;

namespace Nadhir.Hosting.Images;

/// <summary>
/// The hash of a text differs from process to process, so a table read from an image looks for its keys in the wrong places.
/// This puts each entry under the hash it has here and leaves where it lies: the order in which a table is gone through, and in
/// which it will take new entries, is part of the state.
/// </summary>
static class HashTables
{
    static readonly ConcurrentDictionary<Type, Layout?> layouts = new();

    /// <summary>
    /// Beginnings of the names of types that rest on hashes in other ways. Frozen tables of numbers and texts reckon hashes of
    /// their own, which are the same everywhere.
    /// </summary>
    static readonly string[] others =
    [
        "System.Collections.Frozen.Default", "System.Collections.Concurrent.", "System.Collections.Hashtable",
        "System.Collections.Immutable.ImmutableDictionary`", "System.Collections.Immutable.ImmutableHashSet`",
    ];

    /// <summary>It rests on hashes in a way that is not known here.</summary>
    public static bool IsUnknown(Type type) => others.Any(other => type.FullName!.StartsWith(other, StringComparison.Ordinal));

    public static void Mend(object one)
    {
        Type type = one.GetType();
        if (layouts.GetOrAdd(type, Layout.Of) is { } layout) layout.Mend(one);
        for (Type? level = type; level is not null; level = level.BaseType)
            if (level.IsGenericType && level.GetGenericTypeDefinition() == typeof(Lookup<,>)) MendLookup(one, level);
    }

    /// <summary>Its groups stand in a ring, in the order of their keys' first coming, and in lists by hash.</summary>
    static void MendLookup(object table, Type type)
    {
        Array byHash = (Array)Field(type, "_groupings").GetValue(table)!;
        object comparer = Field(type, "_comparer").GetValue(table)!;
        MethodInfo hashOf = typeof(IEqualityComparer<>).MakeGenericType(type.GetGenericArguments()[0]).GetMethod("GetHashCode")!;
        Array.Clear(byHash);
        object? last = Field(type, "_lastGrouping").GetValue(table), group = last;
        while (group is not null)
        {
            Type kind = group.GetType();
            group = Field(kind, "_next").GetValue(group)!;
            object? key = Field(kind, "_key").GetValue(group);
            int hash = key is null ? 0 : (int)hashOf.Invoke(comparer, [key])! & int.MaxValue;
            Field(kind, "_hashCode").SetValue(group, hash);
            Field(kind, "_hashNext").SetValue(group, byHash.GetValue(hash % byHash.Length));
            byHash.SetValue(group, hash % byHash.Length);
            if (group == last) return;
        }
    }

    static FieldInfo Field(Type? type, string name)
    {
        for (Type? level = type; level is not null; level = level.BaseType)
            if (level.GetField(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) is { } found) return found;
        throw new ImageException($"{type} has no {name} in this runtime");
    }

    /// <summary>The fields of <see cref="Dictionary{TKey,TValue}"/> and <see cref="HashSet{T}"/> that depend on hashes.</summary>
    sealed record Layout(
        FieldInfo Buckets, FieldInfo Entries, FieldInfo Count, FieldInfo Comparer, FieldInfo Hash, FieldInfo Next, FieldInfo Key, MethodInfo HashOf)
    {
        public static Layout? Of(Type type)
        {
            Type? generic = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
            if (generic != typeof(Dictionary<,>) && generic != typeof(HashSet<>)) return null;

            Type key = type.GetGenericArguments()[0];
            FieldInfo entries = Field(type, "_entries");
            Type entry = entries.FieldType.GetElementType()!;
            bool isDictionary = generic == typeof(Dictionary<,>);
            return new(
                Field(type, "_buckets"), entries, Field(type, "_count"), Field(type, "_comparer"),
                Field(entry, isDictionary ? "hashCode" : "HashCode"), Field(entry, isDictionary ? "next" : "Next"),
                Field(entry, isDictionary ? "key" : "Value"),
                typeof(IEqualityComparer<>).MakeGenericType(key).GetMethod("GetHashCode")!);
        }

        public void Mend(object table)
        {
            if (Buckets.GetValue(table) is not int[] buckets) return;
            Array entries = (Array)Entries.GetValue(table)!;
            object? comparer = Comparer.GetValue(table);
            Array.Clear(buckets);
            int count = (int)Count.GetValue(table)!;
            for (int i = 0; i < count; i++)
            {
                object entry = entries.GetValue(i)!;
                if ((int)Next.GetValue(entry)! < -1) continue; // Free, and a link of the list of free places.
                object? key = Key.GetValue(entry);
                int hash = key is null ? 0 : comparer is null ? key.GetHashCode() : (int)HashOf.Invoke(comparer, [key])!;
                Hash.SetValue(entry, Hash.FieldType == typeof(uint) ? unchecked((uint)hash) : hash);
                ref int bucket = ref buckets[(uint)hash % (uint)buckets.Length];
                Next.SetValue(entry, bucket - 1);
                bucket = i + 1;
                entries.SetValue(entry, i);
            }
        }
    }
}
