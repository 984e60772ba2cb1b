using System.Net.Sockets;
using Nadhir.Hosting;
using Nadhir.Journal;

namespace Nadhir.Feeds;

/// <summary>
/// Connects to a source of ASTERIX blocks over TCP and passes on whole blocks (category, two bytes of length). Comes back
/// by itself, after 1 s, then 2, 4 … 30 s.
/// </summary>
sealed partial class TcpFeed(string id, string host, int port, WatchLoop loop, TimeProvider clock, ILogger<TcpFeed> logger)
{
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public async Task Run(CancellationToken stopping)
    {
        TimeSpan wait = TimeSpan.FromSeconds(1);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                using var client = new TcpClient { NoDelay = true };
                await client.ConnectAsync(host, port, stopping);
                wait = TimeSpan.FromSeconds(1);
                await Read(client.GetStream(), stopping);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception fault) when (fault is SocketException or IOException)
            {
                LogLinkFault(logger, id, host, port, fault.Message);
            }

            await Task.Delay(wait, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }

    async Task Read(NetworkStream stream, CancellationToken stopping)
    {
        byte[] buffer = new byte[131_072];
        int held = 0;
        while (true)
        {
            int got = await stream.ReadAsync(buffer.AsMemory(held), stopping);
            if (got == 0) throw new IOException("the other side closed the connection");
            held += got;
            int start = 0;
            while (held - start >= 3)
            {
                int length = (buffer[start + 1] << 8) | buffer[start + 2];
                // A length no block can have: the stream is out of step. Pass on what is there and start anew.
                if (length < 4) length = held - start;
                if (held - start < length) break;
                loop.Offer(new Entry(EntryKind.Received, clock.GetUtcNow(), id, buffer.AsSpan(start, length).ToArray()));
                start += length;
            }

            buffer.AsSpan(start, held - start).CopyTo(buffer);
            held -= start;
        }
    }

    [LoggerMessage(1102, LogLevel.Warning, "Feed {Feed}: link to {Host}:{Port} is down: {Fault}")]
    static partial void LogLinkFault(ILogger logger, string feed, string host, int port, string fault);
}
