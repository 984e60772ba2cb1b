using System.Buffers.Binary;
using System.Text;

namespace Nadhir.Formats.CursorOnTarget;

/// <summary>
/// Walks the fields of a protobuf message (Protocol Buffers encoding guide, wire types 0, 1, 2 and 5). Reading past
/// the end or a wire type that is not one of these makes it <see cref="Failed"/>, and nothing more comes.
/// </summary>
ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    static readonly UTF8Encoding strict = new(false, throwOnInvalidBytes: true);

    readonly ReadOnlySpan<byte> bytes = bytes;
    int at;
    int wireType;

    public bool Failed { get; private set; }
    /// <summary>Of the field just stepped on.</summary>
    public int Field { get; private set; }

    /// <summary>Steps on the next field; its value must be taken, or passed over with <see cref="Skip"/>.</summary>
    public bool Next()
    {
        if (Failed || at == bytes.Length) return false;
        ulong tag = Varint();
        Field = (int)(tag >> 3);
        wireType = (int)(tag & 7);
        if (Failed || tag > uint.MaxValue || Field == 0) Failed = true;
        return !Failed;
    }

    public ulong Number() => Is(0) ? Varint() : 0;

    public double Double()
    {
        if (!Is(1) || !Has(8)) return double.NaN;
        double value = BinaryPrimitives.ReadDoubleLittleEndian(bytes[at..]);
        at += 8;
        return value;
    }

    public ReadOnlySpan<byte> Bytes()
    {
        if (!Is(2)) return [];
        ulong length = Varint();
        if (Failed || length > (ulong)(bytes.Length - at))
        {
            Failed = true;
            return [];
        }

        ReadOnlySpan<byte> value = bytes.Slice(at, (int)length);
        at += (int)length;
        return value;
    }

    /// <summary>Text that XML can hold; anything else fails.</summary>
    public string Text()
    {
        ReadOnlySpan<byte> value = Bytes();
        if (value.IsEmpty) return "";
        if (!System.Text.Unicode.Utf8.IsValid(value))
        {
            Failed = true;
            return "";
        }

        string text = strict.GetString(value);
        if (!CotText.IsXmlText(text)) Failed = true;
        return Failed ? "" : text;
    }

    public void Skip()
    {
        switch (wireType)
        {
            case 0: Varint(); break;
            case 1: if (Has(8)) at += 8; break;
            case 2: Bytes(); break;
            case 5: if (Has(4)) at += 4; break;
            default: Failed = true; break;
        }
    }

    bool Is(int type)
    {
        if (wireType != type) Failed = true;
        return !Failed;
    }

    bool Has(int count)
    {
        if (bytes.Length - at < count) Failed = true;
        return !Failed;
    }

    ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (!Has(1)) return 0;
            byte next = bytes[at++];
            if (shift == 63 && next > 1) break;
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        Failed = true;
        return 0;
    }
}
