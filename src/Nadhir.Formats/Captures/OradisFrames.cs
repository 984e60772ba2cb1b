using System.Buffers.Binary;
using Nadhir.Formats.Pcap;

namespace Nadhir.Formats.Captures;

/// <summary>
/// Some recorders send ORADIS frames: the length with its header (2 octets, big-endian), four octets of time in the
/// recorder's own units, one data block; several in a datagram. A datagram is unwrapped only when it is a chain of such
/// frames to its last byte, each holding exactly one block.
/// </summary>
static class OradisFrames
{
    const int HeaderOctets = 6;

    public static IEnumerable<CaptureItem> Unwrap(UdpPayload datagram)
    {
        if (!IsChain(datagram.Bytes.Span))
        {
            yield return new(datagram.Time, null, datagram.Bytes, datagram.Offset, datagram.Destination);
            yield break;
        }

        for (int at = 0; at < datagram.Bytes.Length;)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(datagram.Bytes.Span[at..]);
            ReadOnlyMemory<byte> block = datagram.Bytes.Slice(at + HeaderOctets, length - HeaderOctets);
            yield return new(datagram.Time, null, block, datagram.Offset + at + HeaderOctets, datagram.Destination);
            at += length;
        }
    }

    static bool IsChain(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return false;
        while (!bytes.IsEmpty)
        {
            if (bytes.Length < HeaderOctets + 3) return false;
            int length = BinaryPrimitives.ReadUInt16BigEndian(bytes);
            int block = BinaryPrimitives.ReadUInt16BigEndian(bytes[(HeaderOctets + 1)..]);
            if (length > bytes.Length || block < 3 || block != length - HeaderOctets) return false;
            bytes = bytes[length..];
        }

        return true;
    }
}
