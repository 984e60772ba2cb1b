using System.Buffers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;

namespace Nadhir.PublicPage;

/// <summary>
/// Everyone who watches a zone. A state is made into bytes once and the same bytes go to all; one timer beats for all.
/// </summary>
sealed class ZoneStreams(PublicOptions options, ZoneBook book, TimeProvider clock)
{
    /// <summary>Descriptors kept for everything else: the journal, feeds, sirens, consoles, pages being fetched.</summary>
    const int Reserve = 1000;

    /// <summary>
    /// Bytes the kernel may hold for a listener: some twenty states. What is not taken out of it within
    /// <see cref="PublicOptions.LongestSend"/> ends the connection, so that phones that went away free their place.
    /// </summary>
    const int SendBuffer = 32 * 1024;

    const int TcpUserTimeout = 18;

    readonly List<ZoneListener>[] lists = [.. book.Directory.Zones.Select(_ => new List<ZoneListener>())];
    int open;
    bool closing;
    byte[] heartbeat = [];

    /// <summary>How many may be open: as configured, or as the operating system allows.</summary>
    public int Limit { get; } = Math.Max(1, Math.Min(options.MaximumStreams, OpenFiles.Limit() - Reserve));

    public int Open => Volatile.Read(ref open);

    /// <summary>Serves a stream until it ends; false, and nothing served, when there is no place left.</summary>
    public async Task<bool> Serve(HttpContext context, int zone)
    {
        if (Interlocked.Increment(ref open) > Limit || Volatile.Read(ref closing))
        {
            Interlocked.Decrement(ref open);
            return false;
        }

        try
        {
            Prepare(context, Open);
            await context.Response.StartAsync(context.RequestAborted);
            ZoneListener listener = new(context, zone, clock);
            await using CancellationTokenRegistration gone = context.RequestAborted.Register(listener.Close);
            Join(listener);
            try
            {
                await listener.Ended;
            }
            finally
            {
                Leave(listener);
            }
        }
        catch (OperationCanceledException)
        {
            // It went away before it began.
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }

        return true;
    }

    /// <summary>The zone changed: everyone who watches it is told.</summary>
    public void Tell(int zone)
    {
        ZoneFrame frame = book[zone];
        lock (lists[zone])
            foreach (ZoneListener listener in lists[zone]) listener.Tell(frame);
    }

    /// <summary>A sign of life for everyone, as of when what they know is known.</summary>
    public void Beat(DateTimeOffset at, DateTimeOffset asOf)
    {
        byte[] bytes = [.. "event: heartbeat\ndata: {"u8, .. Times(at, asOf), .. "}\n\n"u8];
        Volatile.Write(ref heartbeat, bytes);
        List<ZoneListener> slow = [];
        foreach (List<ZoneListener> list in lists)
            lock (list)
                foreach (ZoneListener listener in list)
                    if (!listener.Beat(bytes, options.LongestSend)) slow.Add(listener);
        foreach (ZoneListener listener in slow) listener.Abort();
    }

    /// <summary>Ends every stream, and opens no more: the system stops, and its server waits for nobody.</summary>
    public void CloseAll()
    {
        Volatile.Write(ref closing, true);
        foreach (List<ZoneListener> list in lists)
        {
            ZoneListener[] all;
            lock (list) all = [.. list];
            foreach (ZoneListener listener in all) listener.Close();
        }
    }

    /// <summary>The two times as members of a JSON object.</summary>
    public static byte[] Times(DateTimeOffset at, DateTimeOffset asOf) => Encoding.UTF8.GetBytes(
        $"\"at\":\"{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}\",\"asOf\":\"{asOf.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}\"");

    void Join(ZoneListener listener)
    {
        List<ZoneListener> list = lists[listener.Zone];
        lock (list)
        {
            listener.Place = list.Count;
            list.Add(listener);
            // Within the lock, so that no newer state overtakes it.
            listener.Tell(book[listener.Zone]);
        }

        if (Volatile.Read(ref closing)) listener.Close();
        byte[] beat = Volatile.Read(ref heartbeat);
        if (beat.Length > 0) listener.Beat(beat, options.LongestSend);
    }

    void Leave(ZoneListener listener)
    {
        List<ZoneListener> list = lists[listener.Zone];
        lock (list)
        {
            ZoneListener last = list[^1];
            list[listener.Place] = last;
            last.Place = listener.Place;
            list.RemoveAt(list.Count - 1);
        }
    }

    static void Prepare(HttpContext context, int number)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        // After a restart they come back spread over two seconds, not in one instant.
        context.Response.BodyWriter.Write(Encoding.ASCII.GetBytes($"retry: {1000 + (number % 16 * 125)}\n\n"));
        if (context.Features.Get<IConnectionSocketFeature>()?.Socket is not { } socket) return;
        socket.SendBufferSize = SendBuffer;
        if (OperatingSystem.IsLinux())
            socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, TcpUserTimeout, BitConverter.GetBytes(20_000));
    }
}

/// <summary>How many files and connections the operating system lets us have.</summary>
static class OpenFiles
{
    public static int Limit()
    {
        const string limits = "/proc/self/limits";
        if (!File.Exists(limits)) return int.MaxValue;
        string? line = File.ReadLines(limits).FirstOrDefault(one => one.StartsWith("Max open files", StringComparison.Ordinal));
        string? word = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(3).FirstOrDefault();
        return int.TryParse(word, out int most) ? most : int.MaxValue;
    }
}
