using System.IO.Pipelines;

namespace Nadhir.PublicPage;

/// <summary>
/// One open stream. Whoever writes holds its gate; what a slow line has not taken yet is never added to: it gets the
/// newest state once it is through, and is let go when that takes too long.
/// </summary>
sealed class ZoneListener(HttpContext context, int zone, TimeProvider clock)
{
    readonly Lock gate = new();
    readonly PipeWriter writer = context.Response.BodyWriter;
    readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Task? pending;
    long pendingSince;
    ZoneFrame? missed;
    bool closed;

    public int Zone => zone;

    /// <summary>Its place in the list of its zone; the list's own business.</summary>
    public int Place { get; set; } = -1;

    /// <summary>Until the stream is over, and nobody writes to it any more.</summary>
    public Task Ended => ended.Task;

    /// <summary>The zone has a new state.</summary>
    public void Tell(ZoneFrame frame)
    {
        lock (gate)
        {
            if (closed) return;
            if (pending is null) Write(frame.Event);
            else missed = frame;
        }
    }

    /// <summary>A sign of life. False when the line has taken nothing for longer than it may.</summary>
    public bool Beat(byte[] heartbeat, TimeSpan longest)
    {
        lock (gate)
        {
            if (closed) return true;
            if (pending is not null) return clock.GetElapsedTime(pendingSince) <= longest;
            Write(heartbeat);
            return true;
        }
    }

    /// <summary>Ends the stream from our side, at once.</summary>
    public void Abort()
    {
        context.Abort();
        Close();
    }

    /// <summary>Nothing is written any more; over as soon as what is being written is through, or failed.</summary>
    public void Close()
    {
        Task? last;
        lock (gate)
        {
            if (closed) return;
            closed = true;
            last = pending;
        }

        if (last is null) ended.TrySetResult();
    }

    void Write(byte[] bytes)
    {
        try
        {
            bytes.CopyTo(writer.GetSpan(bytes.Length));
            writer.Advance(bytes.Length);
            ValueTask<FlushResult> flush = writer.FlushAsync();
            if (flush.IsCompletedSuccessfully)
            {
                FlushResult result = flush.Result;
                if (result.IsCompleted || result.IsCanceled) CloseWithin();
                return;
            }

            pendingSince = clock.GetTimestamp();
            pending = Finish(flush);
        }
        catch (Exception gone) when (gone is InvalidOperationException or IOException or OperationCanceledException)
        {
            CloseWithin();
        }
    }

    void CloseWithin()
    {
        closed = true;
        ended.TrySetResult();
    }

    async Task Finish(ValueTask<FlushResult> flush)
    {
        bool gone = false;
        // Out of the gate first, so that the field is set before it is cleared.
        await Task.Yield();
        try
        {
            FlushResult result = await flush;
            gone = result.IsCompleted || result.IsCanceled;
        }
        catch (Exception lost) when (lost is IOException or OperationCanceledException or InvalidOperationException)
        {
            gone = true;
        }

        lock (gate)
        {
            pending = null;
            if (gone || closed)
            {
                CloseWithin();
                return;
            }

            if (missed is not { } frame) return;
            missed = null;
            Write(frame.Event);
        }
    }
}
