using Nadhir.Formats.Captures;

namespace Nadhir.Formats.ModeS.Feeds;

/// <summary>
/// The 48-bit counters of a recording as times. Most receivers count at 12 MHz from when they were switched on; one
/// disciplined by GPS tells the second of the day (18 bits) and nanoseconds (30 bits) instead. Which it is, the frames
/// do
/// not say: it is the second when, over three seconds of the day or more, the low thirty bits stay below a thousand
/// million in 99 of 100 frames; those of a counter exceed it for 6 s of every 89. A GPS recording of less than three
/// seconds is taken for a counter.
/// </summary>
static class ReceiverCounter
{
    const int NanosecondBits = 30;
    const ulong NanosecondMask = (1UL << NanosecondBits) - 1, PerSecond = 1_000_000_000;
    const long Wrap = 1L << 48;

    /// <param name="counters">Null for a frame without one.</param>
    public static List<CaptureItem> Tell(List<CaptureItem> frames, List<ulong?> counters)
    {
        bool byGps = IsSecondOfDay(counters);
        long period = byGps ? TimeSpan.TicksPerDay : Wrap, turns = 0, last = -1;
        List<long?> told = new(counters.Count);
        foreach (ulong? counter in counters)
        {
            if (counter is not { } count)
            {
                told.Add(null);
                continue;
            }

            long now = byGps
                ? (long)((count >> NanosecondBits) * TimeSpan.TicksPerSecond) + (long)((count & NanosecondMask) / 100)
                : (long)count;
            // From the last tenth of its range to the first: it came round. Late frames of before go back with it.
            if (last > period / 10 * 9 && now < period / 10) turns++;
            else if (turns > 0 && last >= 0 && last < period / 10 && now > period / 10 * 9) turns--;
            last = now;
            now += turns * period;
            told.Add(byGps ? now : now * 10 / 12);
        }

        return RecordingClock.Tell(frames, told, byGps ? RecordingEpoch.Midnight : RecordingEpoch.Counter);
    }

    /// <summary>None at all, or the mark of a position worked out by others.</summary>
    public static ulong? Of(ulong counter) => counter is 0 or ReceiverClock.Multilateration ? null : counter;

    static bool IsSecondOfDay(List<ulong?> counters)
    {
        HashSet<ulong> seconds = [];
        int told = 0, outside = 0;
        foreach (ulong? counter in counters)
        {
            if (counter is not { } count) continue;
            told++;
            if ((count & NanosecondMask) >= PerSecond || count >> NanosecondBits >= 86_400) outside++;
            else if (seconds.Count < 3) seconds.Add(count >> NanosecondBits);
        }

        return seconds.Count >= 3 && outside * 100 <= told;
    }
}
