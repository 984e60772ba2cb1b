using System.Net.Sockets;
using Nadhir.Outlets;

namespace Nadhir.Tak;

/// <summary>Connects to a TAK server and stays connected: comes back after 1 s, then 2, 4 … 30 s.</summary>
sealed class TakClient(
    string host, int port, TakTls? tls, bool protobuf, string ownPrefix, TimeProvider clock, Action<byte[]> heard)
    : TakEndpoint(ownPrefix, protobuf, clock, heard)
{
    static readonly TimeSpan longestWait = TimeSpan.FromSeconds(30);
    /// <summary>A link that held so long starts the waiting anew.</summary>
    static readonly TimeSpan goodFor = TimeSpan.FromSeconds(30);

    public override async Task Run(CancellationToken stopping)
    {
        TimeSpan wait = TimeSpan.FromSeconds(1);
        while (!stopping.IsCancellationRequested)
        {
            long begin = Clock.GetTimestamp();
            Cause why;
            try
            {
                why = await Connect(stopping);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception fault) when (IsOfTheWorld(fault))
            {
                why = WorldFault.Of(fault);
            }

            Tell(isUp: false, Cause.Over([$"{host}:{port}"], [why]));
            if (Clock.GetElapsedTime(begin) > goodFor) wait = TimeSpan.FromSeconds(1);
            await Task.Delay(wait, Clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = wait * 2 < longestWait ? wait * 2 : longestWait;
        }
    }

    async Task<Cause> Connect(CancellationToken stopping)
    {
        using TcpClient client = new() { NoDelay = true };
        await client.ConnectAsync(host, port, stopping);
        KeepAlive(client.Client);
        Stream stream = tls is null ? client.GetStream() : await tls.AsClient(client.GetStream(), host, stopping);
        Tell(isUp: true, Cause.Of(CauseCode.ConnectedWith, $"{host}:{port}"));
        return await Serve(stream, isServer: false, stopping);
    }
}
