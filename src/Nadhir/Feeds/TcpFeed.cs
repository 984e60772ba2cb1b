using System.Net.Sockets;
using Nadhir.Hosting;

namespace Nadhir.Feeds;

/// <summary>
/// Connects to a source and passes on what it sends. Comes back by itself, after 1 s, then 2, 4 … 30 s; so it does when
/// nothing has come for a minute.
/// </summary>
sealed partial class TcpFeed(string id, string host, int port, StreamIntake intake, TimeProvider clock, ILogger<TcpFeed> logger)
{
    static readonly TimeSpan shortestWait = TimeSpan.FromSeconds(1), longestWait = TimeSpan.FromSeconds(30);

    public async Task Run(CancellationToken stopping)
    {
        TimeSpan wait = shortestWait;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                using var client = new TcpClient { NoDelay = true };
                await client.ConnectAsync(host, port, stopping);
                await intake.Read(client.GetStream(), () => wait = shortestWait, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is SocketException or IOException)
            {
                LogLinkFault(logger, id, host, port, fault.Message);
            }

            await Task.Delay(wait, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = wait * 2 < longestWait ? wait * 2 : longestWait;
        }
    }

    [LoggerMessage(1102, LogLevel.Warning, "Feed {Feed}: link to {Host}:{Port} is down: {Fault}")]
    static partial void LogLinkFault(ILogger logger, string feed, string host, int port, string fault);
}
