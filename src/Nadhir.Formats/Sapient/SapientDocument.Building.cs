using System.Text;

namespace Nadhir.Formats.Sapient;

/// <summary>Putting a message together, value by value, in the order in which it is written.</summary>
public sealed partial class SapientDocument
{
    /// <summary>A message within another, to be filled.</summary>
    public int Add(int message, SapientField field) => Place(message, field, SapientKind.Message);

    /// <summary>Cut at a megabyte in all, which no message of ours comes near.</summary>
    public void Add(int message, SapientField field, string text) =>
        Keep(Place(message, field, SapientKind.Text), Encoding.UTF8.GetBytes(text));

    public void Add(int message, SapientField field, ReadOnlySpan<byte> bytes) =>
        Keep(Place(message, field, SapientKind.Bytes), bytes);

    public void Add(int message, SapientField field, bool flag) =>
        Set(Place(message, field, SapientKind.Flag), flag ? 1 : 0);

    /// <summary>Of a double or a float.</summary>
    public void Add(int message, SapientField field, double number) =>
        Set(Place(message, field, field.Kind),
            BitConverter.DoubleToInt64Bits(field.Kind == SapientKind.Float ? (float)number : number));

    /// <summary>A choice by its number, or an integer.</summary>
    public void Add(int message, SapientField field, int number) =>
        Set(Place(message, field, field.Kind), number);

    public void Add(int message, SapientField field, DateTimeOffset time)
    {
        int value = Place(message, field, SapientKind.Time);
        entries[value].Bits = time.ToUnixTimeSeconds();
        entries[value].Start = (int)(time.UtcTicks % TimeSpan.TicksPerSecond) * 100;
    }

    int Place(int message, SapientField field, SapientKind kind)
    {
        Invariant.Require(ReferenceEquals(field.Of, TypeOf(message)), $"{field} belongs to {TypeOf(message).Name}");
        Invariant.Require(field.Kind == kind, $"{field} is a {field.Kind}");
        int value = Append(message, field);
        Invariant.Require(value >= 0, "a message of ours has room for its values");
        return value;
    }

    /// <summary>Apart from placing, which may put the table elsewhere.</summary>
    void Set(int value, long bits) => entries[value].Bits = bits;

    void Keep(int value, ReadOnlySpan<byte> bytes)
    {
        Invariant.Require(TryKeep(value, bytes.Length), "a message of ours has room for its texts");
        bytes.CopyTo(Kept(value));
    }
}
