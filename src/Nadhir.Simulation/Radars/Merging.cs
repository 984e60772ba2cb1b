namespace Nadhir.Simulation.Radars;

/// <summary>Several ordered streams as one.</summary>
public static class Merging
{
    /// <summary>By time of arrival; at the same microsecond the earlier stream of the list comes first.</summary>
    public static IEnumerable<SimulatedArrival> ByTime(IReadOnlyList<IEnumerable<SimulatedArrival>> streams)
    {
        PriorityQueue<IEnumerator<SimulatedArrival>, (DateTimeOffset At, int Stream)> heads = new();
        try
        {
            for (int i = 0; i < streams.Count; i++) Queue(streams[i].GetEnumerator(), i);
            while (heads.TryDequeue(out IEnumerator<SimulatedArrival>? head, out (DateTimeOffset At, int Stream) order))
            {
                yield return head.Current;
                Queue(head, order.Stream);
            }
        }
        finally
        {
            while (heads.TryDequeue(out IEnumerator<SimulatedArrival>? head, out _)) head.Dispose();
        }

        void Queue(IEnumerator<SimulatedArrival> stream, int index)
        {
            if (stream.MoveNext()) heads.Enqueue(stream, (stream.Current.At, index));
            else stream.Dispose();
        }
    }
}
