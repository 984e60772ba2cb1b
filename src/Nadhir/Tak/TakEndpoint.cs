using System.Net.Sockets;
using Nadhir.Outlets;

namespace Nadhir.Tak;

/// <summary>Talks to a peer for as long as its link is up.</summary>
delegate Task TakSpeaker(ITakPeer peer, CancellationToken ending);

/// <summary>Makes connections and lets speakers talk on each. Speakers are added before it runs.</summary>
abstract class TakEndpoint(string ownPrefix, bool protobuf, TimeProvider clock, Action<byte[]> heard)
{
    readonly List<TakSpeaker> speakers = [];

    /// <summary>A link came up, or went down and why; from any thread.</summary>
    public event Action<bool, Cause>? LinkChanged;

    protected TimeProvider Clock => clock;

    public void SpeakBy(TakSpeaker speaker) => speakers.Add(speaker);

    public abstract Task Run(CancellationToken stopping);

    protected void Tell(bool isUp, Cause why) => LinkChanged?.Invoke(isUp, why);

    /// <summary>Serves one connection to its end.</summary>
    /// <returns>Why it ended.</returns>
    protected async Task<Cause> Serve(Stream stream, bool isServer, CancellationToken stopping)
    {
        using TakConnection connection = new(stream, isServer, protobuf, ownPrefix, clock, heard);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task[] all =
        [
            connection.Run(ending.Token), .. speakers.Select(speak => Speak(speak, connection, ending.Token)),
        ];
        await Task.WhenAny(all);
        await ending.CancelAsync();
        await Task.WhenAll(all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.ThrowIfCancellationRequested();
        Exception[] faults = [.. all.Select(task => task.Exception?.InnerException).OfType<Exception>()];
        return faults.FirstOrDefault(IsOfTheWorld) is { } world ? WorldFault.Of(world)
            : faults.Length > 0 ? Cause.Of(CauseCode.OurFault, faults[0].Message) : Cause.Of(CauseCode.ConnectionClosed);
    }

    /// <summary>A side that vanished without a word is found out within a minute, also while nothing is sent.</summary>
    protected static void KeepAlive(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 30);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
    }

    protected static bool IsOfTheWorld(Exception? fault) => fault is IOException or SocketException;

    static async Task Speak(TakSpeaker speak, ITakPeer peer, CancellationToken ending)
    {
        await Task.Yield();
        await speak(peer, ending);
        // A speaker with nothing more to say does not end the link.
        await Task.Delay(Timeout.Infinite, ending);
    }
}
