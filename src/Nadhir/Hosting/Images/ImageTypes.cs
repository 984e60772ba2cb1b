using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Nadhir.Hosting.Images;

/// <summary>Which types an image may hold, and the fields that are the state of one.</summary>
static class ImageTypes
{
    static readonly ConcurrentDictionary<Type, FieldInfo[]> fields = new();
    static readonly ConcurrentDictionary<Type, bool> plain = new();
    static readonly ConcurrentDictionary<Type, int> sizes = new();

    public static readonly ImmutableArray<Assembly> OwnAssemblies =
        [typeof(Watch).Assembly, typeof(Formats.Asterix.AsterixFeedDecoder).Assembly, typeof(ImageTypes).Assembly];

    /// <summary>Collections of the runtime; whose state is what their fields hold, hash tables apart (<see cref="HashTables"/>).</summary>
    static readonly ImmutableHashSet<string> collections =
    [
        "System.Private.CoreLib", "System.Collections", "System.Collections.Immutable", "System.Linq", "System.Runtime",
    ];

    static readonly string[] livingSpaces =
        ["System.Threading.", "System.IO.", "System.Runtime.", "System.Reflection.", "System.Diagnostics."];

    /// <summary>Of the fields that an object of this type has, those of its base types first.</summary>
    public static FieldInfo[] FieldsOf(Type type) => fields.GetOrAdd(type, static one =>
    {
        List<FieldInfo> all = [];
        for (Type? level = one; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
            all.InsertRange(0, level.GetFields(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .OrderBy(field => field.MetadataToken));
        return [.. all];
    });

    /// <summary>Nothing but bits: is copied as it lies in memory.</summary>
    public static bool IsPlain(Type type) => plain.GetOrAdd(type, static one => one.IsValueType && !(bool)typeof(RuntimeHelpers)
        .GetMethod(nameof(RuntimeHelpers.IsReferenceOrContainsReferences))!.MakeGenericMethod(one).Invoke(null, null)!);

    public static int SizeOf(Type plainType) => sizes.GetOrAdd(plainType, static one =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(one).Invoke(null, null)!);

    /// <summary>A function of ours, and one alone.</summary>
    public static void RequireAllowed(Delegate function)
    {
        if (function.Method.DeclaringType is not { } holder || !OwnAssemblies.Contains(holder.Assembly)
            || function.Method.IsGenericMethod || function.GetInvocationList().Length != 1)
            throw new ImageException($"{function.Method.DeclaringType}.{function.Method.Name} is not a function that an image can hold");
    }

    /// <exception cref="ImageException">An image cannot hold objects of this type.</exception>
    public static void RequireAllowed(Type type)
    {
        if (!IsAllowed(type)) throw new ImageException($"{type} is not among what an image can hold");
    }

    /// <summary>What holds threads, files, time or code of others is no state of a watch.</summary>
    public static bool IsAllowed(Type type)
    {
        Type element = type;
        while (element.IsSZArray) element = element.GetElementType()!;
        if (element.IsArray || element.IsPointer || element.IsByRefLike) return false;
        if (IsPlain(element)) return true;
        bool known = OwnAssemblies.Contains(element.Assembly) || collections.Contains(element.Assembly.GetName().Name!);
        bool alive = typeof(Delegate).IsAssignableFrom(element) || typeof(MemberInfo).IsAssignableFrom(element)
            || typeof(Exception).IsAssignableFrom(element) || livingSpaces.Any(space =>
                element.FullName?.StartsWith(space, StringComparison.Ordinal) == true);
        return known && !alive && !HashTables.IsUnknown(element);
    }
}
