using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace Nadhir.Hosting.Images;

/// <summary>
/// Compiles, once a type, the function that writes the contents of an object: an image is taken within a turn of the loop,
/// and reflection value by value would hold it up.
/// </summary>
static class TypeWriter
{
    static readonly ConcurrentDictionary<Type, Action<object, ImageWriter>> writers = new();

    public static Action<object, ImageWriter> Of(Type type) => writers.GetOrAdd(type, Compile);

    static Action<object, ImageWriter> Compile(Type type)
    {
        ParameterExpression value = Expression.Parameter(typeof(object)), image = Expression.Parameter(typeof(ImageWriter));
        List<Expression> steps = [];
        if (type.IsArray) steps.Add(Elements(Expression.Convert(value, type), type.GetElementType()!, image));
        else Add(steps, type.IsValueType ? Expression.Unbox(value, type) : Expression.Convert(value, type), type, image);
        steps.Add(Expression.Empty());
        return Expression.Lambda<Action<object, ImageWriter>>(Expression.Block(steps), value, image).Compile();
    }

    static MethodCallExpression Elements(Expression array, Type element, ParameterExpression image)
    {
        if (!element.IsValueType) return Expression.Call(image, nameof(ImageWriter.References), null, array);
        if (ImageTypes.IsPlain(element)) return Expression.Call(image, nameof(ImageWriter.PlainArray), [element], array);
        ParameterExpression one = Expression.Parameter(element), same = Expression.Parameter(typeof(ImageWriter));
        List<Expression> steps = [];
        Add(steps, one, element, same);
        steps.Add(Expression.Empty());
        LambdaExpression each = Expression.Lambda(
            typeof(Action<,>).MakeGenericType(element, typeof(ImageWriter)), Expression.Block(steps), one, same);
        return Expression.Call(image, nameof(ImageWriter.Structs), [element], array, each);
    }

    static void Add(List<Expression> steps, Expression holder, Type type, ParameterExpression image)
    {
        if (ImageTypes.IsPlain(type))
        {
            steps.Add(Expression.Call(image, nameof(ImageWriter.Plain), [type], holder));
            return;
        }

        foreach (FieldInfo field in ImageTypes.FieldsOf(type))
        {
            MemberExpression one = Expression.Field(holder, field);
            if (field.FieldType.IsPointer) throw new ImageException($"{type} holds a pointer");
            if (!field.FieldType.IsValueType) steps.Add(Expression.Call(image, nameof(ImageWriter.Reference), null, one));
            else Add(steps, one, field.FieldType, image);
        }
    }
}
