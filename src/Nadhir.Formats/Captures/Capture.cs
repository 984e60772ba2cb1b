using System.Net;
using Nadhir.Formats.Asterix;
using Nadhir.Formats.Pcap;

namespace Nadhir.Formats.Captures;

/// <summary>How a capture file wraps its bytes.</summary>
public enum CaptureKind : byte
{
    /// <summary>ASTERIX data blocks, one after the other.</summary>
    Raw,
    /// <summary>pcap or pcapng.</summary>
    Pcap,
    /// <summary>FINAL frames.</summary>
    Final,
    /// <summary>The bytes written as hexadecimal digits.</summary>
    HexText,
}

/// <summary>What arrived at once.</summary>
/// <param name="Time">When it was captured; null when the file does not say or says no day.</param>
/// <param name="TimeOfDay">Since midnight, where that is all the file says.</param>
/// <param name="Offset">Of the bytes in the file; for text, in the bytes it stands for.</param>
/// <param name="Destination">Where a datagram was sent; null when the file does not say.</param>
/// <param name="Elapsed">Since the beginning of the recording, where only a counter without an epoch says.</param>
public readonly record struct CaptureItem(
    DateTimeOffset? Time, TimeSpan? TimeOfDay, ReadOnlyMemory<byte> Bytes, long Offset, IPEndPoint? Destination = null,
    TimeSpan? Elapsed = null);

/// <summary>A recording of a feed, whatever the file wraps it in.</summary>
public sealed class Capture
{
    readonly ReadOnlyMemory<byte> original, bytes;
    readonly PcapReader? pcap;

    Capture(CaptureKind kind, ReadOnlyMemory<byte> bytes)
    {
        Kind = kind;
        original = bytes;
        this.bytes = kind == CaptureKind.HexText ? HexText.Read(bytes.Span) : bytes;
        pcap = kind == CaptureKind.Pcap ? new(bytes) : null;
    }

    public CaptureKind Kind { get; }

    /// <summary>Packets of a pcap that gave nothing: fragments, other protocols, cut off. Known once all is read.</summary>
    public (int Fragments, int Others, int Truncated) PassedOver =>
        pcap is null ? default : (pcap.Fragments, pcap.Others, pcap.Truncated);

    /// <summary>Streams over TCP in a packet capture. Known once all is read.</summary>
    public IReadOnlyList<TcpStream> Streams => pcap is null ? [] : [.. pcap.Streams];

    /// <summary>Reads the file and finds out its kind, unless told.</summary>
    public static Capture Open(string path, CaptureKind? kind = null) => From(File.ReadAllBytes(path), kind);

    /// <summary>The same for bytes already read.</summary>
    public static Capture From(ReadOnlyMemory<byte> bytes, CaptureKind? kind = null) =>
        new(kind ?? KindOf(bytes.Span), bytes);

    /// <summary>The same recording from its beginning, its counters at zero.</summary>
    public Capture Reopen() => new(Kind, original);

    /// <summary>What arrived, in order. What cannot be framed comes as one last item, for the decoder to report.</summary>
    public IEnumerable<CaptureItem> Items() => Kind switch
    {
        CaptureKind.Pcap => pcap!.ReadUdp().SelectMany(OradisFrames.Unwrap),
        CaptureKind.Final => FinalFrames.Read(bytes),
        _ => RawBlocks(),
    };

    /// <summary>Blocks, and damaged stretches for the decoder to report.</summary>
    IEnumerable<CaptureItem> RawBlocks()
    {
        AsterixStreamFramer framer = new();
        for (int at = 0; at < bytes.Length;)
        {
            int left = Math.Min(bytes.Length - at, AsterixStreamFramer.MostBuffered);
            int length = framer.Next(bytes.Span.Slice(at, left), atEnd: left == bytes.Length - at, out _);
            yield return new(null, null, bytes.Slice(at, length), at);
            at += length;
        }
    }

    static CaptureKind KindOf(ReadOnlySpan<byte> bytes)
    {
        if (PcapReader.IsCapture(bytes)) return CaptureKind.Pcap;
        if (FinalFrames.IsFinal(bytes)) return CaptureKind.Final;
        return HexText.IsHexText(bytes) ? CaptureKind.HexText : CaptureKind.Raw;
    }
}
