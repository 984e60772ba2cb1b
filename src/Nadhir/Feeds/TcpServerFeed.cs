using System.Net;
using System.Net.Sockets;

namespace Nadhir.Feeds;

/// <summary>
/// Waits for its source to connect (a receiver that pushes). A feed is one source: who connects later takes the place of
/// who was there, whose link may have died without a word.
/// </summary>
sealed partial class TcpServerFeed : IDisposable
{
    readonly string id;
    readonly StreamIntake intake;
    readonly ILogger<TcpServerFeed> logger;
    readonly TcpListener listener;

    /// <exception cref="FeedException">The port cannot be had; says why and by which feed.</exception>
    public TcpServerFeed(string id, IPEndPoint listen, StreamIntake intake, ILogger<TcpServerFeed> logger)
    {
        (this.id, this.intake, this.logger) = (id, intake, logger);
        listener = new TcpListener(listen);
        try
        {
            listener.Start();
        }
        catch (SocketException fault)
        {
            listener.Dispose();
            throw new FeedException($"feed {id}: TCP {listen} cannot be listened on: {fault.Message}", fault);
        }
    }

    /// <summary>Where it listens; the port is the real one when 0 was asked for.</summary>
    public IPEndPoint Endpoint => (IPEndPoint)listener.LocalEndpoint;

    public async Task Run(CancellationToken stopping)
    {
        Task serving = Task.CompletedTask;
        CancellationTokenSource? current = null;
        try
        {
            while (true)
            {
                TcpClient client = await listener.AcceptTcpClientAsync(stopping);
                if (current is not null)
                {
                    await current.CancelAsync();
                    await serving;
                    current.Dispose();
                }

                current = CancellationTokenSource.CreateLinkedTokenSource(stopping);
                serving = Serve(client, current.Token);
            }
        }
        catch (OperationCanceledException)
        {
            await serving;
        }
        finally
        {
            current?.Dispose();
        }
    }

    async Task Serve(TcpClient client, CancellationToken stopping)
    {
        string from = client.Client.RemoteEndPoint?.ToString() ?? "";
        using (client)
        {
            try
            {
                LogConnected(logger, id, from);
                await intake.Read(client.GetStream(), static () => { }, stopping);
            }
            catch (OperationCanceledException)
            {
                // The system stops, or another took its place.
            }
            catch (Exception fault) when (fault is SocketException or IOException)
            {
                LogLinkFault(logger, id, from, fault.Message);
            }
        }
    }

    public void Dispose() => listener.Dispose();

    [LoggerMessage(1106, LogLevel.Information, "Feed {Feed}: {From} has connected")]
    static partial void LogConnected(ILogger logger, string feed, string from);

    [LoggerMessage(1107, LogLevel.Warning, "Feed {Feed}: link from {From} is down: {Fault}")]
    static partial void LogLinkFault(ILogger logger, string feed, string from, string fault);
}
