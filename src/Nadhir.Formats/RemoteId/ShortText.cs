using System.Buffers.Binary;
using System.Text;

namespace Nadhir.Formats.RemoteId;

/// <summary>Up to 24 bytes as a plain value: identifiers and texts of messages, compared without allocating.</summary>
public readonly record struct ShortText
{
    public const int Capacity = 24;

    readonly ulong first, second, third;

    ShortText(ulong first, ulong second, ulong third) => (this.first, this.second, this.third) = (first, second, third);

    public bool IsEmpty => (first | second | third) == 0;

    /// <summary>Keeps the first 24 bytes; the rest of the room is zero.</summary>
    public static ShortText From(ReadOnlySpan<byte> bytes)
    {
        Span<byte> room = stackalloc byte[Capacity];
        room.Clear();
        bytes[..Math.Min(Capacity, bytes.Length)].CopyTo(room);
        return new(
            BinaryPrimitives.ReadUInt64LittleEndian(room),
            BinaryPrimitives.ReadUInt64LittleEndian(room[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(room[16..]));
    }

    public static ShortText From(string text) => From(Encoding.ASCII.GetBytes(text));

    /// <summary>Writes as many bytes as <paramref name="output"/> has room for, at most 24.</summary>
    public void CopyTo(Span<byte> output)
    {
        Span<byte> room = stackalloc byte[Capacity];
        Fill(room);
        room[..Math.Min(Capacity, output.Length)].CopyTo(output);
    }

    /// <summary>The bytes as hexadecimal digits, the first <paramref name="length"/> of them.</summary>
    public string ToHex(int length)
    {
        Span<byte> room = stackalloc byte[Capacity];
        Fill(room);
        return Convert.ToHexStringLower(room[..length]);
    }

    /// <summary>
    /// The characters up to the first zero, without blanks around; what is not printable ASCII becomes '?'.
    /// </summary>
    public override string ToString()
    {
        Span<char> text = stackalloc char[Capacity];
        return new(text[..Write(text)]);
    }

    /// <summary>The same into <paramref name="text"/>, which has room for 24; returns how many characters.</summary>
    public int Write(Span<char> text)
    {
        Span<byte> room = stackalloc byte[Capacity];
        Fill(room);
        int length = room.IndexOf((byte)0);
        if (length < 0) length = Capacity;
        int from = 0;
        while (from < length && room[from] == ' ') from++;
        while (length > from && room[length - 1] == ' ') length--;
        for (int i = from; i < length; i++) text[i - from] = room[i] is >= 32 and < 127 ? (char)room[i] : '?';
        return length - from;
    }

    void Fill(Span<byte> room)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(room, first);
        BinaryPrimitives.WriteUInt64LittleEndian(room[8..], second);
        BinaryPrimitives.WriteUInt64LittleEndian(room[16..], third);
    }
}
