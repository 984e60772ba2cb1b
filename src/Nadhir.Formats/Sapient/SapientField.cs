using System.Text;

namespace Nadhir.Formats.Sapient;

/// <summary>What the value of a field is.</summary>
public enum SapientKind : byte { Text, Bytes, Double, Float, Integer, Flag, Choice, Time, Message }

/// <summary>What a text must look like.</summary>
public enum SapientRule : byte
{
    None,
    /// <summary>8-4-4-4-12 hexadecimal digits (RFC 9562, section 4).</summary>
    Uuid,
    /// <summary>26 digits of Crockford's base 32, of which the first is at most 7.</summary>
    Ulid,
    /// <summary>One text and no other.</summary>
    Exactly,
}

/// <summary>One field of a message: its number in protobuf, its names, its type and what must hold for it.</summary>
public sealed class SapientField
{
    internal SapientField(SapientMessageType of, int index, int number, string name)
    {
        (Of, Index, Number, Name) = (of, index, number, name);
        JsonName = Camel(name);
        NameUtf8 = Encoding.UTF8.GetBytes(name);
        JsonNameUtf8 = Encoding.UTF8.GetBytes(JsonName);
    }

    /// <summary>The message it belongs to.</summary>
    public SapientMessageType Of { get; }
    /// <summary>Place among the fields of its message, from 0.</summary>
    public int Index { get; }
    public int Number { get; }
    /// <summary>As in the standard, like <c>coordinate_system</c>.</summary>
    public string Name { get; }
    /// <summary>As in protobuf JSON, like <c>coordinateSystem</c>.</summary>
    public string JsonName { get; }
    public SapientKind Kind { get; internal set; }
    public bool Repeated { get; internal init; }
    public bool Mandatory { get; internal init; }
    /// <summary>Has no presence of its own: empty, zero and absent are the same.</summary>
    public bool Plain { get; internal set; }
    public SapientRule Rule { get; internal set; }
    /// <summary>The only text allowed, with <see cref="SapientRule.Exactly"/>.</summary>
    public string OnlyText { get; private set; } = "";
    /// <summary>Place among the oneofs of its message, or −1.</summary>
    public int OneOf { get; internal set; } = -1;
    /// <summary>The type of a message.</summary>
    public SapientMessageType? Message { get; internal set; }
    /// <summary>The values of a choice.</summary>
    public SapientChoice? Choice { get; internal set; }

    internal byte[] OnlyTextUtf8 { get; private set; } = [];
    internal byte[] NameUtf8 { get; }
    internal byte[] JsonNameUtf8 { get; }

    public override string ToString() => $"{Of.Name}.{Name}";

    internal void AllowOnly(string text) =>
        (Rule, OnlyText, OnlyTextUtf8) = (SapientRule.Exactly, text, Encoding.UTF8.GetBytes(text));

    /// <summary>
    /// The JSON name as protobuf makes it: an underscore goes, and the letter behind it becomes a capital.
    /// </summary>
    static string Camel(string name)
    {
        StringBuilder camel = new(name.Length);
        bool raise = false;
        foreach (char letter in name)
        {
            if (letter != '_') camel.Append(raise ? char.ToUpperInvariant(letter) : letter);
            raise = letter == '_';
        }

        return camel.ToString();
    }
}

/// <summary>Some fields of a message of which at most one is there.</summary>
/// <param name="Mandatory">One of them must be there.</param>
public sealed record SapientOneOf(string Name, bool Mandatory);

/// <summary>A message: its fields, at most 64, in the order of the definition.</summary>
public sealed class SapientMessageType
{
    /// <summary>Presence is kept in the bits of one word.</summary>
    public const int MostFields = 64;

    readonly List<SapientField> fields = [];
    readonly List<SapientOneOf> oneOfs = [];
    SapientField?[] byNumber = [];

    internal SapientMessageType(string name) => Name = name;

    public string Name { get; }
    public IReadOnlyList<SapientField> Fields => fields;
    public IReadOnlyList<SapientOneOf> OneOfs => oneOfs;
    /// <summary>Bits, by index, of the fields that must be there.</summary>
    internal ulong MandatoryFields { get; private set; }

    public SapientField? Find(int number) => (uint)number < (uint)byNumber.Length ? byNumber[number] : null;

    /// <summary>A field we know to be there.</summary>
    public SapientField this[string name] =>
        fields.Find(field => field.Name == name) ?? throw new InvariantBrokenException($"{Name} has no field {name}");

    /// <summary>By either of its names.</summary>
    public SapientField? Find(ReadOnlySpan<byte> utf8)
    {
        foreach (SapientField field in fields)
            if (utf8.SequenceEqual(field.JsonNameUtf8) || utf8.SequenceEqual(field.NameUtf8)) return field;
        return null;
    }

    internal void Add(SapientField field)
    {
        Invariant.Require(fields.Count < MostFields, "a message has at most 64 fields");
        Invariant.Require(Find(field.Number) is null, $"{field} has a number of its own");
        fields.Add(field);
        if (field.Mandatory) MandatoryFields |= 1UL << field.Index;
        if (field.Number >= byNumber.Length) Array.Resize(ref byNumber, field.Number + 1);
        byNumber[field.Number] = field;
    }

    internal void Add(SapientOneOf oneOf) => oneOfs.Add(oneOf);

    internal int OneOf(string name) => oneOfs.FindIndex(each => each.Name == name);
}

/// <summary>The names of an enumeration's values, by number; null for a number that is not in use.</summary>
public sealed class SapientChoice
{
    readonly string?[] names;
    readonly byte[][] utf8;

    internal SapientChoice(string name, string prefix, IEnumerable<string> values)
    {
        Name = name;
        names = [.. values.Select(value => value == "-" ? null : prefix + value)];
        utf8 = [.. names.Select(each => Encoding.UTF8.GetBytes(each ?? ""))];
    }

    public string Name { get; }

    /// <summary>Null when the number is not in use.</summary>
    public string? NameOf(long value) => value >= 0 && value < names.Length ? names[value] : null;

    /// <summary>−1 when there is no such value.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < utf8.Length; i++)
            if (names[i] is not null && name.SequenceEqual(utf8[i])) return i;
        return -1;
    }
}
