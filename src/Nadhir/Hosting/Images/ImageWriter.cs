using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Nadhir.Hosting.Images;

/// <summary>
/// Writes an object with all it refers to. First what is in each object, one after the other: plain values as they lie in memory,
/// references as numbers in the table, 0 being null. Then the table: of each object its type and length, or what it is called. The
/// first four bytes say where it begins.
/// </summary>
sealed class ImageWriter
{
    /// <summary>As long as the last image was: the next is about as long, and growing costs time within a turn of the loop.</summary>
    static int lastLength = 1 << 20;

    readonly Dictionary<object, int> numbers = new(ReferenceEqualityComparer.Instance);
    readonly List<object> objects = [];
    readonly Dictionary<Type, int> typeNumbers = [];
    readonly List<Type> types = [];
    readonly ImageSink table = new(1 << 18), contents = new(lastLength + (lastLength / 8));

    public ReadOnlyMemory<byte> Write(object root)
    {
        contents.Put(0);
        Number(root);
        for (int i = 0; i < objects.Count; i++) // It grows while they are written.
            if (ImageMarks.HasContents(objects[i])) TypeWriter.Of(objects[i].GetType())(objects[i], this);
        contents.PutAtStart(contents.Written.Length);
        contents.Put(types.Count);
        foreach (Type type in types) contents.Put(type.AssemblyQualifiedName!);
        contents.Put(objects.Count);
        contents.Put(table.Written.Span);
        lastLength = contents.Written.Length;
        return contents.Written;
    }

    public void Plain<T>(T value) => contents.Put(Bits(ref value, 1));

    public void PlainArray<T>(T[] values) => contents.Put(Bits(ref MemoryMarshal.GetArrayDataReference(values), values.Length));

    public void Reference(object? value) => contents.Put(value is null ? 0 : Number(value) + 1);

    public void References(object?[] values)
    {
        foreach (object? value in values) Reference(value);
    }

    public void Structs<T>(T[] values, Action<T, ImageWriter> write)
    {
        foreach (T value in values) write(value, this);
    }

    /// <summary>Not by <c>MemoryMarshal.AsBytes</c>, which will have no nullables.</summary>
    static ReadOnlySpan<byte> Bits<T>(ref T first, int count) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, byte>(ref first), checked(count * Unsafe.SizeOf<T>()));

    int Number(object value)
    {
        if (numbers.TryGetValue(value, out int known)) return known;
        // Whom a delegate calls stands before it: it cannot be made without.
        int target = value is Delegate { Target: { } called } ? Number(called) + 1 : 0;
        int number = objects.Count;
        numbers.Add(value, number);
        objects.Add(value);
        if (value is string text)
        {
            table.Put(ImageMarks.Text);
            table.Put(text);
        }
        else if (KnownObjects.NameOf(value) is { } name)
        {
            table.Put(ImageMarks.Known);
            table.Put(name);
        }
        else if (value is Delegate function)
        {
            ImageTypes.RequireAllowed(function);
            table.Put(ImageMarks.Function);
            table.Put(function.GetType().AssemblyQualifiedName!);
            table.Put(function.Method.DeclaringType!.AssemblyQualifiedName!);
            table.Put(function.Method.MetadataToken);
            table.Put(target);
        }
        else
        {
            table.Put(TypeNumber(value.GetType()));
            if (value is Array array) table.Put(array.Length);
        }

        return number;
    }

    int TypeNumber(Type type)
    {
        if (typeNumbers.TryGetValue(type, out int known)) return known;
        ImageTypes.RequireAllowed(type);
        typeNumbers.Add(type, types.Count);
        types.Add(type);
        return types.Count - 1;
    }
}

/// <summary>Instead of a type's number, of what needs none.</summary>
static class ImageMarks
{
    public const int Text = -1, Known = -2, Function = -3;

    /// <summary>It is more than its row in the table.</summary>
    public static bool HasContents(object one) => one is not (string or Delegate) && KnownObjects.NameOf(one) is null;
}

/// <summary>Bytes one after the other, in memory.</summary>
sealed class ImageSink(int capacity)
{
    byte[] bytes = GC.AllocateUninitializedArray<byte>(capacity);
    int used;

    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, used);

    public void PutAtStart(int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes, value);

    public void Put(ReadOnlySpan<byte> more)
    {
        more.CopyTo(Room(more.Length));
        used += more.Length;
    }

    public void Put(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Room(4), value);
        used += 4;
    }

    public void Put(string text)
    {
        // UTF-16 as it is: an identifier from the air may hold halves of characters.
        Put(text.Length);
        Put(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    Span<byte> Room(int length)
    {
        if (bytes.Length - used < length)
        {
            byte[] larger = GC.AllocateUninitializedArray<byte>(
                (int)Math.Min(Array.MaxLength, Math.Max((long)used + length, 2L * bytes.Length)));
            Written.CopyTo(larger);
            bytes = larger;
        }

        return bytes.AsSpan(used);
    }
}
