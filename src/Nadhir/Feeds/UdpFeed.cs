using System.Net;
using System.Net.Sockets;
using Nadhir.Hosting;
using Nadhir.Journal;

namespace Nadhir.Feeds;

/// <summary>
/// Listens for datagrams, unicast or multicast, and passes each on with its time of arrival. Knows nothing of their
/// content.
/// </summary>
sealed partial class UdpFeed : IDisposable
{
    /// <summary>What the kernel may hold for us while we are busy: a second of a very busy radar network.</summary>
    const int KernelBuffer = 8 * 1024 * 1024;

    readonly string id;
    readonly WatchLoop loop;
    readonly TimeProvider clock;
    readonly ILogger<UdpFeed> logger;
    readonly Socket socket;

    /// <exception cref="FeedException">The port cannot be had; says why and by which feed.</exception>
    public UdpFeed(string id, IPEndPoint listen, IPAddress? group, WatchLoop loop, TimeProvider clock, ILogger<UdpFeed> logger)
    {
        (this.id, this.loop, this.clock, this.logger) = (id, loop, clock, logger);
        socket = new Socket(listen.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = KernelBuffer };
        try
        {
            if (group is not null)
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                socket.Bind(new IPEndPoint(group, listen.Port));
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(group, listen.Address));
            }
            else socket.Bind(listen);
        }
        catch (SocketException fault)
        {
            socket.Dispose();
            throw new FeedException($"feed {id}: UDP {listen} cannot be listened on: {fault.Message}", fault);
        }
    }

    public async Task Run(CancellationToken stopping)
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(65_536, pinned: true);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                int length = await socket.ReceiveAsync(buffer, SocketFlags.None, stopping);
                loop.Offer(new Entry(EntryKind.Received, clock.GetUtcNow(), id, buffer.AsSpan(0, length).ToArray()));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException fault)
            {
                LogReceiveFault(logger, id, fault.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(100), clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    public void Dispose() => socket.Dispose();

    [LoggerMessage(1101, LogLevel.Warning, "Feed {Feed}: receiving failed: {Fault}")]
    static partial void LogReceiveFault(ILogger logger, string feed, string fault);
}

/// <summary>A feed cannot start.</summary>
sealed class FeedException(string what, Exception? cause = null) : IOException(what, cause);
