namespace Nadhir.Formats.ModeS;

/// <summary>
/// When a message was received, by our clock. The 12 MHz counter of a Beast has no epoch and is not disciplined, so it
/// says only how far apart two messages are: that spreads the messages of one arrival as they were on air, and takes
/// the delays of the network out, by the least delay seen. It never moves a time further than <see cref="MostDelay"/>
/// before its arrival, and never behind it; a counter that leaps begins anew. Deterministic.
/// </summary>
struct ReceiverClock
{
    /// <summary>
    /// Two counters set to "MLAT" are positions worked out by others; zero is no time at all (by use, not by standard).
    /// </summary>
    public const ulong Multilateration = 0xFF00_4D4C_4154;
    public static readonly long MostDelay = TimeSpan.FromSeconds(2).Ticks;

    /// <summary>
    /// The counter may be wrong by so many parts of a million: the least delay is let go at this rate.
    /// </summary>
    const long DriftPerMillion = 200;

    bool runs;
    long offset, lastCounter;

    public long TicksOf(ulong counter, long arrived)
    {
        if (counter is 0 or Multilateration) return arrived;
        long told = (long)counter * 10 / 12, delay = arrived - told;
        if (!runs || Math.Abs(delay - offset) > MostDelay)
        {
            runs = true;
            offset = delay;
        }
        else
        {
            // Forward only: a message from another antenna of the same receiver may come a little out of order.
            long since = Math.Max(0, told - lastCounter);
            offset = Math.Min(delay, offset + (since * DriftPerMillion / 1_000_000));
        }

        lastCounter = Math.Max(told, lastCounter > told + MostDelay ? told : lastCounter);
        return told + offset;
    }
}
