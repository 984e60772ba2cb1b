using System.Net;
using System.Net.Sockets;
using Nadhir.Outlets;

namespace Nadhir.Tak;

/// <summary>Accepts partners. Further ones than <see cref="MostPartners"/> are turned away.</summary>
sealed class TakServer : TakEndpoint, IDisposable
{
    public const int MostPartners = 64;

    readonly TcpListener listener;
    readonly TakTls? tls;
    int partners;

    /// <exception cref="IOException">The port cannot be had.</exception>
    public TakServer(
        IPEndPoint listen, TakTls? tls, bool protobuf, string ownPrefix, TimeProvider clock, Action<byte[]> heard)
        : base(ownPrefix, protobuf, clock, heard)
    {
        this.tls = tls;
        listener = new(listen);
        try
        {
            listener.Start();
        }
        catch (SocketException fault)
        {
            listener.Dispose();
            throw new IOException($"TCP {listen} cannot be listened on: {fault.Message}", fault);
        }
    }

    public override async Task Run(CancellationToken stopping)
    {
        List<Task> links = [];
        try
        {
            while (true)
            {
                TcpClient client = await listener.AcceptTcpClientAsync(stopping);
                links.RemoveAll(link => link.IsCompleted);
                if (Volatile.Read(ref partners) < MostPartners)
                {
                    links.Add(Welcome(client, stopping));
                    continue;
                }

                Tell(isUp: true, Cause.Of(CauseCode.TooManyPartners, client.Client.RemoteEndPoint?.ToString() ?? "", MostPartners));
                client.Dispose();
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException || IsOfTheWorld(fault))
        {
            if (!stopping.IsCancellationRequested) Tell(isUp: false, WorldFault.Of(fault));
        }

        await Task.WhenAll(links).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => listener.Dispose();

    async Task Welcome(TcpClient client, CancellationToken stopping)
    {
        await Task.Yield();
        Interlocked.Increment(ref partners);
        string who = "?";
        Cause why;
        bool wasUp = false;
        try
        {
            using TcpClient mine = client;
            who = client.Client.RemoteEndPoint?.ToString() ?? who;
            client.NoDelay = true;
            KeepAlive(client.Client);
            Stream stream = tls is null ? client.GetStream() : await tls.AsServer(client.GetStream(), stopping);
            wasUp = true;
            Tell(isUp: true, Cause.Of(CauseCode.ConnectedWith, who));
            why = await Serve(stream, isServer: true, stopping);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception fault) when (IsOfTheWorld(fault))
        {
            why = wasUp ? WorldFault.Of(fault) : Cause.Saying(CauseCode.TurnedAway, WorldFault.Of(fault));
        }
        finally
        {
            Interlocked.Decrement(ref partners);
        }

        Tell(isUp: false, Cause.Over([who], [why]));
    }
}
