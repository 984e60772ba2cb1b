namespace Nadhir.DutyConsole;

/// <summary>
/// One value that is replaced, and waiting for the next one. Who is slow misses values and gets the newest: nothing
/// queues. Any thread may read; one publishes.
/// </summary>
sealed class Latest<T> where T : class
{
    readonly Lock gate = new();
    T? value;
    TaskCompletionSource<T> next = New();

    public T? Value => Volatile.Read(ref value);

    public void Publish(T newest)
    {
        TaskCompletionSource<T> waiting;
        lock (gate)
        {
            value = newest;
            waiting = next;
            next = New();
        }

        waiting.SetResult(newest);
    }

    /// <summary>The newest value, as soon as it is another one than <paramref name="seen"/>.</summary>
    public Task<T> Next(T? seen, CancellationToken cancellation)
    {
        lock (gate)
        {
            return value is not null && !ReferenceEquals(value, seen)
                ? Task.FromResult(value)
                : next.Task.WaitAsync(cancellation);
        }
    }

    static TaskCompletionSource<T> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
