using System.Buffers.Binary;
using Nadhir.Sensing;

namespace Nadhir.Formats.Sapient;

/// <summary>What can be taken from the front of a stream.</summary>
public enum FrameOutcome : byte
{
    Whole,
    /// <summary>More bytes are needed.</summary>
    Incomplete,
    /// <summary>A length no message may have: where the next one begins cannot be known.</summary>
    TooLong,
}

/// <summary>How messages follow each other on TCP: four bytes of length, lowest first, then the message.</summary>
public static class SapientFrame
{
    public const int HeaderLength = 4;
    /// <summary>Of a message without its header; longer ones are refused.</summary>
    public const int MostBytes = SapientDocument.MostBytes;

    /// <param name="bytes">What has arrived and not been taken.</param>
    /// <param name="length">Of header and message when whole; as told, without the header, when too long.</param>
    public static FrameOutcome Look(ReadOnlySpan<byte> bytes, out long length)
    {
        length = 0;
        if (bytes.Length < HeaderLength) return FrameOutcome.Incomplete;
        length = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (length > MostBytes) return FrameOutcome.TooLong;
        length += HeaderLength;
        return bytes.Length < length ? FrameOutcome.Incomplete : FrameOutcome.Whole;
    }

    /// <summary>A message with its header.</summary>
    public static byte[] Wrap(ReadOnlySpan<byte> message)
    {
        byte[] framed = new byte[HeaderLength + message.Length];
        BinaryPrimitives.WriteInt32LittleEndian(framed, message.Length);
        message.CopyTo(framed.AsSpan(HeaderLength));
        return framed;
    }
}
