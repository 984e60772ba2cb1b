namespace Nadhir.DutyConsole;

/// <summary>How many streams may be open at once.</summary>
sealed class StreamLimit(ConsoleOptions options)
{
    int open;

    public int Open => Volatile.Read(ref open);

    /// <summary>A place until disposed; null when there is none left.</summary>
    public IDisposable? TryEnter()
    {
        if (Interlocked.Increment(ref open) <= options.MaximumStreams) return new Place(this);
        Interlocked.Decrement(ref open);
        return null;
    }

    sealed class Place(StreamLimit limit) : IDisposable
    {
        int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0) Interlocked.Decrement(ref limit.open);
        }
    }
}
