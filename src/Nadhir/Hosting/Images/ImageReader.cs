using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nadhir.Hosting.Images;

/// <summary>Makes the objects of an image anew, as <see cref="ImageWriter"/> describes it.</summary>
sealed class ImageReader
{
    static readonly ConcurrentDictionary<Type, Func<ImageReader, object?>> plainReaders = new();

    readonly ReadOnlyMemory<byte> image;
    int at;
    object[] objects = [];

    ImageReader(ReadOnlyMemory<byte> image) => this.image = image;

    /// <exception cref="ImageException">It is no image of this build, or damaged.</exception>
    public static object Read(ReadOnlyMemory<byte> image)
    {
        try
        {
            return new ImageReader(image).Read();
        }
        catch (Exception fault) when (fault is not (ImageException or OutOfMemoryException))
        {
            throw new ImageException($"the image cannot be read: {fault.Message}", fault);
        }
    }

    object Read()
    {
        int table = Int(), contents = at;
        at = table;
        Type[] types = new Type[Int()];
        for (int i = 0; i < types.Length; i++)
        {
            types[i] = Type.GetType(Text(), throwOnError: true)!;
            ImageTypes.RequireAllowed(types[i]);
        }

        objects = new object[Int()];
        for (int i = 0; i < objects.Length; i++) objects[i] = Allocate(types);
        if (at != image.Length) throw new ImageException("the image holds more than belongs to it");
        at = contents;
        foreach (object one in objects)
            if (ImageMarks.HasContents(one)) Fill(one);
        if (at != table) throw new ImageException("the image holds other than its table says");
        foreach (object one in objects) HashTables.Mend(one);
        return objects[0];
    }

    object Allocate(Type[] types)
    {
        int type = Int();
        return type switch
        {
            ImageMarks.Text => Text(),
            ImageMarks.Known => KnownObjects.Named(Text()),
            ImageMarks.Function => Function(),
            _ when types[type].IsArray => Array.CreateInstance(types[type].GetElementType()!, Int()),
            _ => RuntimeHelpers.GetUninitializedObject(types[type]),
        };
    }

    Delegate Function()
    {
        Type type = Type.GetType(Text(), throwOnError: true)!, holder = Type.GetType(Text(), throwOnError: true)!;
        MethodBase method = holder.Module.ResolveMethod(Int(), holder.GenericTypeArguments, null)
            ?? throw new ImageException($"{holder} has no such method");
        Delegate function = Delegate.CreateDelegate(type, Reference(), (MethodInfo)MethodBase.GetMethodFromHandle(method.MethodHandle, holder.TypeHandle)!);
        ImageTypes.RequireAllowed(function);
        return function;
    }

    void Fill(object one)
    {
        Type type = one.GetType();
        if (one is Array array)
        {
            FillArray(array, type.GetElementType()!);
        }
        else if (ImageTypes.IsPlain(type))
        {
            // A number in a box: its bits lie where the first field of an object does.
            Span<byte> bits = MemoryMarshal.CreateSpan(ref Unsafe.As<Box>(one).First, ImageTypes.SizeOf(type));
            Take(bits.Length).CopyTo(bits);
        }
        else
        {
            FillFields(one, type);
        }
    }

    void FillArray(Array array, Type element)
    {
        if (ImageTypes.IsPlain(element))
        {
            ReadOnlySpan<byte> bits = Take(checked(array.Length * ImageTypes.SizeOf(element)));
            bits.CopyTo(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(array), bits.Length));
            return;
        }

        for (int i = 0; i < array.Length; i++) array.SetValue(Value(element), i);
    }

    void FillFields(object one, Type type)
    {
        foreach (FieldInfo field in ImageTypes.FieldsOf(type)) field.SetValue(one, Value(field.FieldType));
    }

    object? Value(Type type)
    {
        if (!type.IsValueType) return Reference();
        if (ImageTypes.IsPlain(type)) return plainReaders.GetOrAdd(type, MakePlain)(this);
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            bool has = Take(1)[0] != 0;
            object? value = Value(inner);
            return has ? value : null;
        }

        object box = RuntimeHelpers.GetUninitializedObject(type);
        FillFields(box, type);
        return box;
    }

    static Func<ImageReader, object?> MakePlain(Type type) =>
        typeof(ImageReader).GetMethod(nameof(Plain), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type).CreateDelegate<Func<ImageReader, object?>>();

    static object? Plain<T>(ImageReader reader) => Unsafe.ReadUnaligned<T>(in reader.Take(Unsafe.SizeOf<T>())[0]);

    object? Reference()
    {
        int number = Int();
        return number == 0 ? null : objects[number - 1];
    }

    int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    string Text() => new(MemoryMarshal.Cast<byte, char>(Take(checked(Int() * 2))));

    ReadOnlySpan<byte> Take(int length)
    {
        ReadOnlySpan<byte> taken = image.Span.Slice(at, length);
        at += length;
        return taken;
    }

    /// <summary>The shape of any object with a first field.</summary>
    sealed class Box
    {
        public byte First;
    }
}
