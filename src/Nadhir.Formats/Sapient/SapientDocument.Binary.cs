using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using Nadhir.Sensing;

namespace Nadhir.Formats.Sapient;

/// <summary>Protobuf in binary (protobuf.dev, Encoding): read with no trust in it, written without a copy.</summary>
public sealed partial class SapientDocument
{
    const int Varint = 0, Fixed64 = 1, LengthDelimited = 2, Fixed32 = 5;

    /// <summary>
    /// Reads one message and checks it. Fields we do not know are passed over, as protobuf asks; a field that can be
    /// there once and comes twice is refused.
    /// </summary>
    /// <returns>Whether it is valid; if not, <see cref="Reasons"/> say why.</returns>
    public bool TryRead(ReadOnlySpan<byte> message)
    {
        Clear();
        if (message.Length > MostBytes) return Fail(DecodeFault.BadLength, Root, $"more than {MostBytes} bytes");
        if (!TryMessage(message, Root, 0)) return false;
        Check();
        return IsValid;
    }

    bool TryMessage(ReadOnlySpan<byte> bytes, int message, int depth)
    {
        if (depth >= MostDepth) return Fail(DecodeFault.BadLength, message, $"more than {MostDepth} levels");
        SapientMessageType type = TypeOf(message);
        ulong seen = 0;
        while (!bytes.IsEmpty)
        {
            if (!TryVarint(ref bytes, out ulong tag))
                return Fail(DecodeFault.Truncated, message, "cut off in a field's number");
            if (tag >> 3 is 0 or > 0x1FFF_FFFF)
                return Fail(DecodeFault.NotThisFormat, message, "a field without a number");
            SapientField? field = tag >> 3 <= int.MaxValue ? type.Find((int)(tag >> 3)) : null;
            int wire = (int)(tag & 7);
            if (field is null)
            {
                if (!TrySkip(ref bytes, wire))
                    return Fail(DecodeFault.Truncated, message, $"field {tag >> 3} cannot be read");
                continue;
            }

            ulong bit = 1UL << field.Index;
            if ((seen & bit) != 0 && !field.Repeated)
                return Fail(DecodeFault.BadValue, message, $"{field.Name} is there twice");
            seen |= bit;
            bool read = wire == LengthDelimited && field.Repeated && IsPackable(field.Kind)
                ? TryPacked(ref bytes, message, field)
                : TryValue(ref bytes, message, field, wire, depth);
            if (!read) return Damage != DecodeFault.None ? false
                : Fail(DecodeFault.Truncated, message, $"{field.Name} is cut off");
        }

        return true;
    }

    bool TryValue(ref ReadOnlySpan<byte> bytes, int message, SapientField field, int wire, int depth)
    {
        if (wire != WireOf(field.Kind))
            return Fail(DecodeFault.NotThisFormat, message, $"{field.Name} is not coded as it should be");
        int value = Append(message, field);
        if (value < 0) return false;
        if (wire == LengthDelimited)
        {
            if (!TryVarint(ref bytes, out ulong length) || length > (ulong)bytes.Length) return false;
            ReadOnlySpan<byte> inner = bytes[..(int)length];
            bytes = bytes[(int)length..];
            return field.Kind switch
            {
                SapientKind.Message => TryMessage(inner, value, depth + 1),
                SapientKind.Time => TryTime(inner, value),
                _ => TryText(inner, value),
            };
        }

        return TryScalar(ref bytes, value, field.Kind);
    }

    bool TryScalar(ref ReadOnlySpan<byte> bytes, int value, SapientKind kind)
    {
        switch (kind)
        {
            case SapientKind.Double:
                if (bytes.Length < 8) return false;
                entries[value].Bits = BinaryPrimitives.ReadInt64LittleEndian(bytes);
                bytes = bytes[8..];
                return true;
            case SapientKind.Float:
                if (bytes.Length < 4) return false;
                entries[value].Bits = BitConverter.DoubleToInt64Bits(BinaryPrimitives.ReadSingleLittleEndian(bytes));
                bytes = bytes[4..];
                return true;
            default:
                if (!TryVarint(ref bytes, out ulong number)) return false;
                // Integers and choices are 32 bits wide, whatever the sender has put above.
                entries[value].Bits = kind == SapientKind.Flag ? (number != 0 ? 1 : 0) : (int)number;
                return true;
        }
    }

    bool TryPacked(ref ReadOnlySpan<byte> bytes, int message, SapientField field)
    {
        if (!TryVarint(ref bytes, out ulong length) || length > (ulong)bytes.Length) return false;
        ReadOnlySpan<byte> inner = bytes[..(int)length];
        bytes = bytes[(int)length..];
        while (!inner.IsEmpty)
        {
            int value = Append(message, field);
            if (value < 0 || !TryScalar(ref inner, value, field.Kind)) return false;
        }

        return true;
    }

    bool TryText(ReadOnlySpan<byte> bytes, int value)
    {
        if (entries[value].Field!.Kind == SapientKind.Text && !Utf8.IsValid(bytes))
            return Fail(DecodeFault.BadValue, value, "not UTF-8");
        if (!TryKeep(value, bytes.Length)) return false;
        bytes.CopyTo(Kept(value));
        return true;
    }

    bool TryTime(ReadOnlySpan<byte> bytes, int value)
    {
        while (!bytes.IsEmpty)
        {
            if (!TryVarint(ref bytes, out ulong tag)) return false;
            if ((tag & 7) == Varint && tag >> 3 is 1 or 2)
            {
                if (!TryVarint(ref bytes, out ulong number)) return false;
                if (tag >> 3 == 1) entries[value].Bits = (long)number;
                else entries[value].Start = (int)number;
            }
            else if (!TrySkip(ref bytes, (int)(tag & 7))) return false;
        }

        return true;
    }

    static bool TrySkip(ref ReadOnlySpan<byte> bytes, int wire)
    {
        ulong length = wire switch { Fixed64 => 8, Fixed32 => 4, _ => 0 };
        if (wire is Varint or LengthDelimited)
        {
            if (!TryVarint(ref bytes, out ulong number)) return false;
            if (wire == LengthDelimited) length = number;
        }
        else if (wire is not (Fixed64 or Fixed32)) return false; // Groups, which this standard never had.

        if (length > (ulong)bytes.Length) return false;
        bytes = bytes[(int)length..];
        return true;
    }

    static bool TryVarint(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (int i = 0; i < bytes.Length && i < 10; i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if ((bytes[i] & 0x80) != 0) continue;
            bytes = bytes[(i + 1)..];
            return true;
        }

        return false;
    }

    static bool IsPackable(SapientKind kind) =>
        kind is not (SapientKind.Text or SapientKind.Bytes or SapientKind.Message or SapientKind.Time);

    static int WireOf(SapientKind kind) => kind switch
    {
        SapientKind.Double => Fixed64,
        SapientKind.Float => Fixed32,
        SapientKind.Integer or SapientKind.Flag or SapientKind.Choice => Varint,
        _ => LengthDelimited,
    };

    /// <summary>The message as protobuf, in the order of its values.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Measure(Root)];
        Span<byte> rest = bytes;
        WriteMessage(Root, ref rest);
        Invariant.Require(rest.IsEmpty, "a message is as long as measured");
        return bytes;
    }

    int Measure(int message)
    {
        int length = 0;
        for (int i = entries[message].First; i >= 0; i = entries[i].Next)
        {
            SapientField field = entries[i].Field!;
            int content = ContentLength(i, field);
            length += VarintLength((uint)field.Number << 3) + content;
            if (WireOf(field.Kind) == LengthDelimited) length += VarintLength((ulong)content);
        }

        return length;
    }

    int ContentLength(int value, SapientField field)
    {
        ref Entry entry = ref entries[value];
        switch (field.Kind)
        {
            case SapientKind.Message:
                int length = Measure(value);
                entries[value].Length = length;
                return length;
            case SapientKind.Time:
                return (entry.Bits == 0 ? 0 : 1 + VarintLength((ulong)entry.Bits))
                    + (entry.Start == 0 ? 0 : 1 + VarintLength((ulong)entry.Start));
            case SapientKind.Double: return 8;
            case SapientKind.Float: return 4;
            case SapientKind.Text or SapientKind.Bytes: return entry.Length;
            default: return VarintLength((ulong)entry.Bits);
        }
    }

    void WriteMessage(int message, ref Span<byte> rest)
    {
        for (int i = entries[message].First; i >= 0; i = entries[i].Next)
        {
            ref Entry entry = ref entries[i];
            SapientField field = entry.Field!;
            WriteVarint(((ulong)field.Number << 3) | (uint)WireOf(field.Kind), ref rest);
            switch (field.Kind)
            {
                case SapientKind.Message:
                    WriteVarint((ulong)entry.Length, ref rest);
                    WriteMessage(i, ref rest);
                    break;
                case SapientKind.Time:
                    WriteVarint((ulong)ContentLength(i, field), ref rest);
                    if (entry.Bits != 0) WriteTagged(1, (ulong)entry.Bits, ref rest);
                    if (entry.Start != 0) WriteTagged(2, (ulong)entry.Start, ref rest);
                    break;
                case SapientKind.Double:
                    BinaryPrimitives.WriteInt64LittleEndian(rest, entry.Bits);
                    rest = rest[8..];
                    break;
                case SapientKind.Float:
                    BinaryPrimitives.WriteSingleLittleEndian(rest, (float)BitConverter.Int64BitsToDouble(entry.Bits));
                    rest = rest[4..];
                    break;
                case SapientKind.Text or SapientKind.Bytes:
                    WriteVarint((ulong)entry.Length, ref rest);
                    BytesOf(i).CopyTo(rest);
                    rest = rest[entry.Length..];
                    break;
                default:
                    WriteVarint((ulong)entry.Bits, ref rest);
                    break;
            }
        }
    }

    static void WriteTagged(int number, ulong value, ref Span<byte> rest)
    {
        WriteVarint((ulong)number << 3, ref rest);
        WriteVarint(value, ref rest);
    }

    static void WriteVarint(ulong value, ref Span<byte> rest)
    {
        int i = 0;
        for (; value >= 0x80; value >>= 7) rest[i++] = (byte)(value | 0x80);
        rest[i++] = (byte)value;
        rest = rest[i..];
    }

    static int VarintLength(ulong value) => (70 - System.Numerics.BitOperations.LeadingZeroCount(value | 1)) / 7;
}
