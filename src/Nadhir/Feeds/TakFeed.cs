using System.Net;
using Nadhir.Configuration;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Tak;

namespace Nadhir.Feeds;

/// <summary>
/// Cursor-on-Target over TCP, as a client of a TAK server or as a server to partners. Passes on whole events, each an
/// entry of the record, and what lies between them too: the decoder reports it. Outlets may speak over its links.
/// </summary>
sealed partial class TakFeed : IDisposable
{
    readonly string id;
    readonly ILogger<TakFeed> logger;
    readonly TakTls? tls;

    /// <exception cref="FeedException">A port cannot be had, a certificate cannot be read.</exception>
    public TakFeed(
        FeedTransport.Tak transport, string ownPrefix, WatchLoop loop, TimeProvider clock, ILogger<TakFeed> logger)
    {
        (id, this.logger) = (transport.Feed, logger);
        try
        {
            tls = transport.Link.Tls is { } secured ? new TakTls(secured) : null;
            Endpoint = transport switch
            {
                FeedTransport.TakClient client => new TakClient(
                    client.Host, client.Port, tls, client.Link.Protobuf, ownPrefix, clock, Heard),
                FeedTransport.TakServer server => new TakServer(
                    new IPEndPoint(server.Address, server.Port), tls, server.Link.Protobuf, ownPrefix, clock, Heard),
                _ => throw new InvariantBrokenException($"no TAK link for {transport.GetType().Name}"),
            };
        }
        catch (IOException fault)
        {
            tls?.Dispose();
            throw new FeedException($"feed {id}: {fault.Message}", fault);
        }

        Endpoint.LinkChanged += (isUp, why) =>
        {
            if (isUp) LogLinkUp(logger, id, why.Words);
            else LogLinkDown(logger, id, why.Words);
        };

        void Heard(byte[] frame) => loop.Offer(new Entry(EntryKind.Received, clock.GetUtcNow(), id, frame));
    }

    public TakEndpoint Endpoint { get; }

    public Task Run(CancellationToken stopping) => Endpoint.Run(stopping);

    public void Dispose()
    {
        (Endpoint as IDisposable)?.Dispose();
        tls?.Dispose();
    }

    [LoggerMessage(1121, LogLevel.Information, "Feed {Feed}: connected: {Who}")]
    static partial void LogLinkUp(ILogger logger, string feed, string who);

    [LoggerMessage(1122, LogLevel.Warning, "Feed {Feed}: link is down: {Why}")]
    static partial void LogLinkDown(ILogger logger, string feed, string why);
}
