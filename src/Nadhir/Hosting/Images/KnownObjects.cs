using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Nadhir.Hosting.Images;

/// <summary>
/// What a program has once: <c>Identity.None</c>, the definitions of ASTERIX, an ordinal comparer. An image names such an object and
/// whoever reads it takes its own, since they are told apart by reference here and there. Everything that a read-only static
/// field leads to counts; its name is that of the field and a number in the order of fields, behind a mark of all that the
/// field leads to: where another build or another beginning would give the number to another object, the name is unknown.
/// </summary>
static class KnownObjects
{
    static readonly Lazy<FrozenDictionary<object, string>> names =
        new(() => Collect().ToFrozenDictionary(ReferenceEqualityComparer.Instance));

    static readonly Lazy<FrozenDictionary<string, object>> objects =
        new(() => names.Value.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal));

    public static string? NameOf(object value) => names.Value.GetValueOrDefault(value);

    /// <exception cref="ImageException">There is no such object here.</exception>
    public static object Named(string name) =>
        objects.Value.GetValueOrDefault(name) ?? throw new ImageException($"there is no {name} here");

    static Dictionary<object, string> Collect()
    {
        Dictionary<object, string> found = new(ReferenceEqualityComparer.Instance)
        {
            [StringComparer.Ordinal] = "ordinal",
            [StringComparer.OrdinalIgnoreCase] = "ordinal-ignore-case",
            [CultureInfo.InvariantCulture] = "invariant-culture",
            [Encoding.UTF8] = "utf-8",
            [TimeZoneInfo.Utc] = "utc",
            [ReferenceEqualityComparer.Instance] = "by-reference",
        };
        foreach (Type type in ImageTypes.OwnAssemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.ContainsGenericParameters && type.Namespace != typeof(KnownObjects).Namespace)
            .OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(field => field.IsInitOnly && !ImageTypes.IsPlain(field.FieldType)).OrderBy(field => field.Name, StringComparer.Ordinal))
                Add(found, $"{type.FullName}.{field.Name}", field.GetValue(null));
        }

        return found;
    }

    static void Add(Dictionary<object, string> found, string field, object? root)
    {
        List<object> reached = [];
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Stack<object?> open = new([root]);
        uint mark = 2166136261; // FNV-1a over the types, in their order
        while (open.TryPop(out object? one))
        {
            if (one is null or string or Type || found.ContainsKey(one) || !seen.Add(one)) continue;
            Type type = one.GetType();
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Lazy<>)) one = type.GetProperty("Value")!.GetValue(one);
            else if (!type.IsValueType) reached.Add(one);
            foreach (char letter in type.FullName!) mark = (mark ^ letter) * 16777619;
            if (one is not null && ImageTypes.IsAllowed(type)) Open(one, open);
        }

        for (int i = 0; i < reached.Count; i++) found.TryAdd(reached[i], $"{field}#{i}@{reached.Count}.{mark:x8}");
    }

    static void Open(object one, Stack<object?> open)
    {
        Type type = one.GetType();
        if (one is Array array)
        {
            if (ImageTypes.IsPlain(type.GetElementType()!)) return;
            foreach (object? element in array) open.Push(element);
            return;
        }

        foreach (FieldInfo field in ImageTypes.FieldsOf(type))
            if (!ImageTypes.IsPlain(field.FieldType) && !field.FieldType.IsPointer) open.Push(field.GetValue(one));
    }
}
