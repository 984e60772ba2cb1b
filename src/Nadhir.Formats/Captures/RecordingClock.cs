namespace Nadhir.Formats.Captures;

/// <summary>What the times of a recording count from.</summary>
enum RecordingEpoch : byte
{
    /// <summary>They are dates.</summary>
    None,
    /// <summary>The midnight of a day that is not told.</summary>
    Midnight,
    /// <summary>Nothing in particular: a counter.</summary>
    Counter,
}

/// <summary>
/// Puts the times that the pieces of a recording tell in order. A time that stands out of those around it (four on
/// either
/// side) is damage, and not believed. Small steps back are the way of messages: such a piece came with the one before.
/// After a step back of more than a minute, or of a counter more than a day ahead, the clock was set, and goes on from
/// where it was. Pieces without a time came with those before them.
/// </summary>
static class RecordingClock
{
    const int Around = 4;
    static readonly long minute = TimeSpan.TicksPerMinute, day = TimeSpan.TicksPerDay;

    /// <param name="pieces">Without times.</param>
    /// <param name="told">Ticks of 100 ns, null for a piece that tells none; as many as pieces.</param>
    /// <returns>The pieces with times that never run backwards; without any, when none tells one.</returns>
    public static List<CaptureItem> Tell(List<CaptureItem> pieces, List<long?> told, RecordingEpoch epoch)
    {
        int[] tellers = [.. Enumerable.Range(0, told.Count).Where(i => told[i] is not null)];
        if (tellers.Length == 0) return pieces;
        long[] ticks = [.. tellers.Select(i => told[i]!.Value)];
        bool[] believed = [.. ticks.Select((_, i) => Fits(ticks, i))];
        List<CaptureItem> timed = new(pieces.Count);
        long first = ticks[Math.Max(0, Array.IndexOf(believed, true))];
        long shift = epoch == RecordingEpoch.Counter ? -first : 0, now = first + shift;
        for (int i = 0, teller = 0; i < pieces.Count; i++)
        {
            if (teller < tellers.Length && tellers[teller] == i)
            {
                if (believed[teller]) now = Next(ticks[teller], now, ref shift, epoch);
                teller++;
            }

            timed.Add(epoch switch
            {
                RecordingEpoch.None => pieces[i] with { Time = new(now, TimeSpan.Zero) },
                RecordingEpoch.Midnight => pieces[i] with { TimeOfDay = new(now) },
                _ => pieces[i] with { Elapsed = new(now) },
            });
        }

        return timed;
    }

    static long Next(long told, long now, ref long shift, RecordingEpoch epoch)
    {
        long at = told + shift;
        if (at < now - minute || (epoch == RecordingEpoch.Counter && at > now + day)) shift += now - at;
        return Math.Max(now, told + shift);
    }

    static bool Fits(long[] ticks, int index)
    {
        int from = Math.Max(0, index - Around), count = Math.Min(ticks.Length, index + Around + 1) - from;
        if (count <= Around) return true;
        Span<long> near = stackalloc long[count];
        ticks.AsSpan(from, count).CopyTo(near);
        near.Sort();
        long middle = near[count / 2], off = Math.Abs(ticks[index] - middle);
        if (off <= minute) return true;
        for (int i = 0; i < count; i++) near[i] = Math.Abs(near[i] - middle);
        near.Sort();
        return off <= minute + (10 * near[count / 2]);
    }

    /// <summary>Puts together what arrived at one moment, as a connection hands it over.</summary>
    /// <param name="pieces">Next to each other in the file.</param>
    /// <param name="within">From the first of them; the time of the last holds: by then all had come.</param>
    public static List<CaptureItem> Gather(List<CaptureItem> pieces, ReadOnlyMemory<byte> file, TimeSpan within)
    {
        const int most = 65_536;
        List<CaptureItem> gathered = [];
        for (int i = 0; i < pieces.Count;)
        {
            CaptureItem first = pieces[i], last = first;
            long end = first.Offset + first.Bytes.Length;
            for (i++; i < pieces.Count; i++)
            {
                CaptureItem next = pieces[i];
                bool soon = Since(first, next) is { } wait && wait <= within;
                if (!soon || next.Offset + next.Bytes.Length - first.Offset > most) break;
                (last, end) = (next, next.Offset + next.Bytes.Length);
            }

            gathered.Add(last with { Offset = first.Offset, Bytes = file[(int)first.Offset..(int)end] });
        }

        return gathered;
    }

    static TimeSpan? Since(in CaptureItem first, in CaptureItem next) =>
        next.Time - first.Time ?? next.TimeOfDay - first.TimeOfDay ?? next.Elapsed - first.Elapsed;
}
