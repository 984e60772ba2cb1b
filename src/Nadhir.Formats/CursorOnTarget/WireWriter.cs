using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Nadhir.Formats.CursorOnTarget;

/// <summary>
/// Writes the fields of a protobuf message; values equal to the default are left out, as proto3 does.
/// </summary>
sealed class WireWriter
{
    readonly ArrayBufferWriter<byte> bytes = new(256);

    public ReadOnlySpan<byte> Written => bytes.WrittenSpan;

    public void Number(int field, ulong value)
    {
        if (value == 0) return;
        Varint((ulong)field << 3);
        Varint(value);
    }

    public void Double(int field, double value)
    {
        // Minus zero is not the default.
        if (BitConverter.DoubleToInt64Bits(value) == 0) return;
        Varint(((ulong)field << 3) | 1);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.GetSpan(8), value);
        bytes.Advance(8);
    }

    public void Text(int field, string value)
    {
        if (value.Length == 0) return;
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, bytes);
    }

    public void Message(int field, WireWriter message)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)message.Written.Length);
        bytes.Write(message.Written);
    }

    public void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) Octet((byte)(value | 0x80));
        Octet((byte)value);
    }

    public void Octet(byte value)
    {
        bytes.GetSpan(1)[0] = value;
        bytes.Advance(1);
    }

    public void Raw(ReadOnlySpan<byte> value) => bytes.Write(value);
}
