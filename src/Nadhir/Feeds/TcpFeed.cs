using System.Net.Sockets;
using Nadhir.Formats.Asterix;
using Nadhir.Hosting;
using Nadhir.Journal;

namespace Nadhir.Feeds;

/// <summary>
/// Connects to a source of ASTERIX blocks over TCP and passes on whole blocks, each by itself; what is damaged is passed on
/// too, up to the next block that can be found. Comes back by itself, after 1 s, then 2, 4 … 30 s.
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
        byte[] buffer = new byte[AsterixStreamFramer.MostBuffered];
        AsterixStreamFramer framer = new();
        int held = 0;
        while (true)
        {
            int got = await stream.ReadAsync(buffer.AsMemory(held), stopping);
            if (got == 0) throw new IOException("the other side closed the connection");
            held += got;
            int start = 0;
            while (framer.Next(buffer.AsSpan(start, held - start), atEnd: false, out _) is > 0 and int length)
            {
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
