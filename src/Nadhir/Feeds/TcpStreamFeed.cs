using System.Net.Sockets;
using Nadhir.Hosting;
using Nadhir.Journal;

namespace Nadhir.Feeds;

/// <summary>
/// Connects to a source whose format finds its own frames in a stream (Beast, AVR, BaseStation) and passes on what has
/// come, as it comes: waiting for more would make what has come late. At most 64 KiB are passed on at once. Comes back
/// by itself, after 1 s, then 2, 4 … 30 s; so it does when nothing has come for a minute.
/// </summary>
sealed partial class TcpStreamFeed(
    string id, string host, int port, WatchLoop loop, TimeProvider clock, ILogger<TcpStreamFeed> logger)
{
    const int MostAtOnce = 65_536;
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30), Patience = TimeSpan.FromSeconds(60);

    public async Task Run(CancellationToken stopping)
    {
        TimeSpan wait = TimeSpan.FromSeconds(1);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                using var client = new TcpClient { NoDelay = true };
                await client.ConnectAsync(host, port, stopping);
                await Read(client.GetStream(), () => wait = TimeSpan.FromSeconds(1), stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is SocketException or IOException or OperationCanceledException)
            {
                string why = fault is OperationCanceledException ? "nothing came for a minute" : fault.Message;
                LogLinkFault(logger, id, host, port, why);
            }

            await Task.Delay(wait, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }

    async Task Read(NetworkStream stream, Action onBytes, CancellationToken stopping)
    {
        byte[] buffer = new byte[MostAtOnce];
        while (true)
        {
            using var silence = new CancellationTokenSource(Patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, silence.Token);
            int got = await stream.ReadAsync(buffer, either.Token);
            if (got == 0) throw new IOException("the other side closed the connection");
            onBytes();
            loop.Offer(new Entry(EntryKind.Received, clock.GetUtcNow(), id, buffer.AsSpan(0, got).ToArray()));
        }
    }

    [LoggerMessage(1161, LogLevel.Warning, "Feed {Feed}: link to {Host}:{Port} is down: {Fault}")]
    static partial void LogLinkFault(ILogger logger, string feed, string host, int port, string fault);
}
