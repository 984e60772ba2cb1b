using System.Buffers.Binary;
using Nadhir.Sensing;

namespace Nadhir.Formats.Asterix;

/// <summary>A data block: category, length, records.</summary>
public readonly ref struct AsterixBlock
{
    public const int HeaderOctets = 3;

    AsterixBlock(ReadOnlySpan<byte> whole) => Whole = whole;

    /// <summary>With its header.</summary>
    public ReadOnlySpan<byte> Whole { get; }
    public int Category => Whole[0];
    public ReadOnlySpan<byte> Records => Whole[HeaderOctets..];

    /// <summary>Takes the next block off the input. On a fault nothing is taken.</summary>
    public static DecodeFault TryTake(ref ReadOnlySpan<byte> input, out AsterixBlock block)
    {
        block = default;
        if (input.Length < HeaderOctets) return DecodeFault.Truncated;
        int length = BinaryPrimitives.ReadUInt16BigEndian(input[1..]);
        if (length < HeaderOctets) return DecodeFault.BadLength;
        if (length > input.Length) return DecodeFault.Truncated;
        block = new(input[..length]);
        input = input[length..];
        return DecodeFault.None;
    }

    /// <summary>Who sent an arrival, by its first record: without decoding it.</summary>
    public static bool TryPeekSource(ReadOnlySpan<byte> arrival, out int sac, out int sic)
    {
        sac = sic = -1;
        return TryTake(ref arrival, out AsterixBlock block) == DecodeFault.None &&
            BlockSearch.TryPeekSource(block.Records, out sac, out sic);
    }

    /// <summary>Whether every record fits the definition and the last ends where the block ends.</summary>
    /// <param name="offset">Of the record that does not fit, in the block.</param>
    /// <param name="records">How many fit before it.</param>
    public DecodeFault Check(CategoryDefinition category, out int offset, out int records)
    {
        Span<ushort> offsets = stackalloc ushort[AsterixRecord.MostItems];
        scoped ReadOnlySpan<byte> rest = Records;
        for (records = 0; ; records++)
        {
            offset = Whole.Length - rest.Length;
            if (rest.IsEmpty) return DecodeFault.None;
            DecodeFault fault = AsterixRecord.TryTake(category, ref rest, offsets, out _);
            if (fault != DecodeFault.None) return fault;
        }
    }
}
