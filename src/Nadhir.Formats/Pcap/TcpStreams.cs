using System.Net;

namespace Nadhir.Formats.Pcap;

/// <summary>A captured packet of TCP.</summary>
/// <param name="Sequence">Number of its first octet, modulo 2³²; of the SYN itself, when it is one.</param>
/// <param name="Begins">It is a SYN: the connection begins.</param>
readonly record struct TcpSegment(
    DateTimeOffset? Time, ReadOnlyMemory<byte> Bytes, uint Sequence, bool Begins, IPEndPoint Source, IPEndPoint Destination);

/// <summary>What one side of captured connections sent, put in order.</summary>
/// <param name="Bytes">One after the other; where some were never captured, what follows them is next.</param>
/// <param name="Ends">Where each segment ends in the bytes, and when it was captured.</param>
/// <param name="Gaps">How often something is missing.</param>
public sealed record TcpStream(
    IPEndPoint Source, IPEndPoint Destination, ReadOnlyMemory<byte> Bytes,
    IReadOnlyList<(int End, DateTimeOffset? Time)> Ends, int Gaps)
{
    /// <summary>When the octet before a place had been captured.</summary>
    public DateTimeOffset? TimeAt(int end)
    {
        int low = 0, high = Ends.Count - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Ends[middle].End < end) low = middle + 1;
            else high = middle;
        }

        return Ends[low].Time;
    }
}

/// <summary>
/// Puts captured segments of TCP in order (RFC 9293, 3.4): what came again is taken once, what came early waits. Up to
/// <see cref="MostWaiting"/> segments of a direction wait; then what is missing is given up. At most
/// <see cref="MostStreams"/> directions are followed; segments of further ones are counted as other packets.
/// </summary>
sealed class TcpStreams
{
    public const int MostWaiting = 256, MostStreams = 4096;

    readonly Dictionary<(IPEndPoint, IPEndPoint), Direction> directions = [];
    readonly List<Direction> inOrder = [];

    public bool TryTake(in TcpSegment segment)
    {
        (IPEndPoint, IPEndPoint) name = (segment.Source, segment.Destination);
        if (!directions.TryGetValue(name, out Direction? direction))
        {
            if (directions.Count == MostStreams) return false;
            directions[name] = direction = new(segment.Source, segment.Destination);
            inOrder.Add(direction);
        }

        direction.Take(segment);
        return true;
    }

    /// <summary>Those that sent anything, in the order of their first packets.</summary>
    public IEnumerable<TcpStream> Finish() =>
        inOrder.Select(direction => direction.Finish()).Where(stream => !stream.Bytes.IsEmpty);

    sealed class Direction(IPEndPoint source, IPEndPoint destination)
    {
        readonly List<(ReadOnlyMemory<byte> Bytes, DateTimeOffset? Time)> pieces = [];
        readonly List<TcpSegment> waiting = [];
        uint next;
        bool begun;
        int gaps;

        public void Take(in TcpSegment segment)
        {
            if (segment.Begins)
            {
                // A new connection between the same ends: what the old one still waits for will not come.
                while (waiting.Count > 0) GiveUp();
                (next, begun) = (segment.Sequence + 1, true);
                return;
            }

            if (segment.Bytes.IsEmpty) return;
            if (!begun) (next, begun) = (segment.Sequence, true);
            if (!TryAppend(segment))
            {
                waiting.Add(segment);
                if (waiting.Count > MostWaiting) GiveUp();
            }

            TakeWaiting();
        }

        public TcpStream Finish()
        {
            while (waiting.Count > 0) GiveUp();
            byte[] bytes = new byte[pieces.Sum(piece => piece.Bytes.Length)];
            List<(int, DateTimeOffset?)> ends = new(pieces.Count);
            int at = 0;
            foreach ((ReadOnlyMemory<byte> piece, DateTimeOffset? time) in pieces)
            {
                piece.CopyTo(bytes.AsMemory(at));
                at += piece.Length;
                ends.Add((at, time));
            }

            return new(source, destination, bytes, ends, gaps);
        }

        /// <returns>False when something before it is missing.</returns>
        bool TryAppend(in TcpSegment segment)
        {
            int known = (int)(next - segment.Sequence);
            if (known < 0) return false;
            if (known >= segment.Bytes.Length) return true;
            pieces.Add((segment.Bytes[known..], segment.Time));
            next = segment.Sequence + (uint)segment.Bytes.Length;
            return true;
        }

        void TakeWaiting()
        {
            for (int i = 0; i < waiting.Count;)
            {
                if (!TryAppend(waiting[i]))
                {
                    i++;
                    continue;
                }

                waiting.RemoveAt(i);
                i = 0;
            }
        }

        void GiveUp()
        {
            gaps++;
            next = waiting.MinBy(segment => (int)(segment.Sequence - next)).Sequence;
            TakeWaiting();
        }
    }
}
