using System.Runtime.InteropServices;
using System.Text;
using Nadhir.Sensing;

namespace Nadhir.Formats.Sapient;

/// <summary>
/// One message as a flat table of its values, read from protobuf or from JSON and written as either. Reused from
/// message to message: nothing is allocated for a valid one once the tables have grown. Bounded: at most
/// <see cref="MostBytes"/>, <see cref="MostEntries"/> values and <see cref="MostDepth"/> levels; more is a fault.
/// One owner; not thread safe.
/// </summary>
public sealed partial class SapientDocument
{
    /// <summary>Of a message as protobuf, and of its texts together.</summary>
    public const int MostBytes = 1 << 20;
    public const int MostEntries = 65_536;
    public const int MostDepth = 32;
    /// <summary>Reasons told of one message; the last of so many is that there are more.</summary>
    public const int MostReasons = 32;

    /// <summary>The message itself.</summary>
    public const int Root = 0;
    const int None = -1;

    readonly List<string> reasons = [];
    Entry[] entries = new Entry[256];
    byte[] texts = new byte[4096];
    int count, textLength;

    public SapientDocument() => Clear();

    /// <summary>Why the message is not valid; empty when it is.</summary>
    public IReadOnlyList<string> Reasons => reasons;
    public bool IsValid => reasons.Count == 0;
    /// <summary>
    /// What made the bytes unreadable, when they were; a message that is readable may still be invalid.
    /// </summary>
    public DecodeFault Damage { get; private set; }

    /// <summary>Begins an empty message.</summary>
    public void Clear()
    {
        reasons.Clear();
        Damage = DecodeFault.None;
        entries[Root] = new() { Parent = None, Next = None, First = None, Last = None };
        count = 1;
        textLength = 0;
    }

    public SapientMessageType TypeOf(int message) => entries[message].Field?.Message ?? Flex335.Root;

    /// <summary>The first value of a field in a message, or −1.</summary>
    public int Find(int message, SapientField field)
    {
        if (message < 0) return None;
        for (int i = entries[message].First; i >= 0; i = entries[i].Next)
            if (ReferenceEquals(entries[i].Field, field)) return i;
        return None;
    }

    /// <summary>The next value of the same repeated field, or −1.</summary>
    public int FindNext(int value)
    {
        SapientField? field = entries[value].Field;
        for (int i = entries[value].Next; i >= 0; i = entries[i].Next)
            if (ReferenceEquals(entries[i].Field, field)) return i;
        return None;
    }

    /// <summary>The member of a message's first oneof that is there, or null.</summary>
    public SapientField? Content()
    {
        for (int i = entries[Root].First; i >= 0; i = entries[i].Next)
            if (entries[i].Field!.OneOf >= 0) return entries[i].Field;
        return null;
    }

    /// <summary>A number, NaN when the field is not there.</summary>
    public double Number(int message, SapientField field) =>
        Find(message, field) is var i and >= 0 ? BitConverter.Int64BitsToDouble(entries[i].Bits) : double.NaN;

    /// <summary>An integer, choice or flag; the stand-in when the field is not there.</summary>
    public long Integer(int message, SapientField field, long otherwise = 0) =>
        Find(message, field) is var i and >= 0 ? entries[i].Bits : otherwise;

    /// <summary>
    /// UTF-8 of a text, or bytes; empty when the field is not there. Valid until the document is read anew.
    /// </summary>
    public ReadOnlySpan<byte> Bytes(int message, SapientField field) =>
        Find(message, field) is var i and >= 0 ? BytesOf(i) : default;

    public ReadOnlySpan<byte> BytesOf(int value) => texts.AsSpan(entries[value].Start, entries[value].Length);

    public string Text(int message, SapientField field) => Encoding.UTF8.GetString(Bytes(message, field));

    /// <summary>Null when the field is not there, or beyond what our calendar holds.</summary>
    public DateTimeOffset? Time(int message, SapientField field)
    {
        if (Find(message, field) is not (var i and >= 0)) return null;
        ref Entry value = ref entries[i];
        if (!SapientTime.IsValid(value.Bits, value.Start)) return null;
        return DateTimeOffset.FromUnixTimeSeconds(value.Bits).AddTicks(value.Start / 100);
    }

    /// <summary>Where a value stands, like <c>detection_report.signal[1].amplitude</c>.</summary>
    public string PathOf(int value)
    {
        if (value <= Root) return "";
        ref Entry entry = ref entries[value];
        string name = entry.Field!.Name;
        if (entry.Field.Repeated)
        {
            int index = 0;
            for (int i = Find(entry.Parent, entry.Field); i != value && i >= 0; i = FindNext(i)) index++;
            name = $"{name}[{index}]";
        }

        return entry.Parent == Root ? name : $"{PathOf(entry.Parent)}.{name}";
    }

    string PathOf(int message, string field) => message == Root ? field : $"{PathOf(message)}.{field}";

    void Refuse(string reason)
    {
        if (reasons.Count < MostReasons) reasons.Add(reasons.Count == MostReasons - 1 ? "and more" : reason);
    }

    bool Fail(DecodeFault fault, int message, string what)
    {
        if (Damage == DecodeFault.None) Damage = fault;
        string path = PathOf(message);
        Refuse(path.Length == 0 ? what : $"{path}: {what}");
        return false;
    }

    /// <summary>A new value behind the others of its message; −1 when the table is full, and said.</summary>
    int Append(int message, SapientField field)
    {
        if (count >= MostEntries)
        {
            Fail(DecodeFault.BadLength, message, $"more than {MostEntries} values");
            return None;
        }

        if (count == entries.Length) Array.Resize(ref entries, Math.Min(MostEntries, 2 * count));
        int i = count++;
        entries[i] = new() { Field = field, Parent = message, Next = None, First = None, Last = None };
        ref Entry parent = ref entries[message];
        if (parent.Last >= 0) entries[parent.Last].Next = i;
        else parent.First = i;
        parent.Last = i;
        return i;
    }

    /// <summary>Room for a text; false when there is none left.</summary>
    bool TryKeep(int value, int length)
    {
        if (textLength + length > MostBytes)
            return Fail(DecodeFault.BadLength, value, $"more than {MostBytes} bytes of text");
        if (textLength + length > texts.Length)
            Array.Resize(ref texts, Math.Min(MostBytes, Math.Max(2 * texts.Length, textLength + length)));
        entries[value].Start = textLength;
        entries[value].Length = length;
        textLength += length;
        return true;
    }

    Span<byte> Kept(int value) => texts.AsSpan(entries[value].Start, entries[value].Length);

    /// <summary>A value: its field, its place in the tree, and its content by the kind of the field.</summary>
    [StructLayout(LayoutKind.Auto)]
    struct Entry
    {
        public SapientField? Field;
        public int Parent, Next, First, Last;
        /// <summary>A number's bits, an integer, a choice, a flag, the seconds of a time.</summary>
        public long Bits;
        /// <summary>
        /// Of a text or bytes: where they are kept. Of a time: nanoseconds. Of a message: its length.
        /// </summary>
        public int Start, Length;
    }
}

/// <summary>Times as protobuf has them: seconds since 1970 and nanoseconds.</summary>
static class SapientTime
{
    /// <summary>From the year 1 to the year 9999, nanoseconds below a second.</summary>
    public static bool IsValid(long seconds, int nanoseconds) =>
        seconds is >= -62_135_596_800 and <= 253_402_300_799 && nanoseconds is >= 0 and <= 999_999_999;
}
