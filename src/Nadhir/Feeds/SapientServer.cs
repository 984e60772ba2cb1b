using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Nadhir.Configuration;
using Nadhir.Formats.Sapient;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Tak;

namespace Nadhir.Feeds;

/// <summary>
/// Listens as the fusion node of a SAPIENT network. Every message goes on record as it came, framed, valid or not; the
/// answers that the standard asks for are made here and are not on record. At most <see cref="MostConnections"/> at a
/// time: a further one is closed at once, and said.
/// </summary>
sealed partial class SapientServer : IDisposable
{
    public const int MostConnections = 64;

    readonly string id;
    readonly SapientDesk desk;
    readonly Lock deskGate = new();
    readonly WatchLoop loop;
    readonly TimeProvider clock;
    readonly ILogger<SapientServer> logger;
    readonly Socket socket;
    readonly TakTls? tls;
    readonly ConcurrentDictionary<int, Task> connections = new();
    int lastConnection;

    /// <exception cref="FeedException">
    /// The port cannot be had, or a certificate; says why and by which feed.
    /// </exception>
    public SapientServer(
        FeedTransport.SapientServer transport, WatchConfiguration configuration, WatchLoop loop, TimeProvider clock,
        ILogger<SapientServer> logger)
    {
        (id, this.loop, this.clock, this.logger) = (transport.Feed, loop, clock, logger);
        UInt128 own = OwnId(transport, configuration);
        desk = new(own, transport.AcceptUnknown, configuration.Sensors.Where(sensor => sensor.Feed == transport.Feed));
        try
        {
            tls = transport.Tls is { } secured ? new TakTls(secured) : null;
        }
        catch (IOException fault)
        {
            throw new FeedException($"feed {id}: {fault.Message}", fault);
        }

        IPEndPoint listen = new(transport.Address, transport.Port);
        socket = new Socket(listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(listen);
            socket.Listen(MostConnections);
        }
        catch (SocketException fault)
        {
            Dispose();
            throw new FeedException($"feed {id}: TCP {listen} cannot be listened on: {fault.Message}", fault);
        }

        LogListening(logger, id, listen, SapientIds.Uuid(own));
    }

    /// <summary>Where it listens.</summary>
    public EndPoint Address => socket.LocalEndPoint!;

    /// <summary>Connections that are open now.</summary>
    public int Connections => connections.Count;

    public async Task Run(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                Take(await socket.AcceptAsync(stopping), stopping);
            }
            catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException)
            {
                break;
            }
            catch (SocketException fault)
            {
                LogAcceptFault(logger, id, fault.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(100), clock, stopping)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        socket.Dispose();
        await Task.WhenAll(connections.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>One message, with its header: on record, and answered.</summary>
    /// <returns>The answer, with its header, and whether the message was valid.</returns>
    public (byte[]? Reply, bool IsValid) Receive(ReadOnlySpan<byte> framed)
    {
        DateTimeOffset now = clock.GetUtcNow();
        loop.Offer(new Entry(EntryKind.Received, now, id, framed.ToArray()));
        using (deskGate.EnterScope())
        {
            SapientAnswer answer = desk.Hear(framed[SapientFrame.HeaderLength..], now);
            Tell(answer);
            return (answer.Reply is { } reply ? SapientFrame.Wrap(reply) : null, answer.IsValid);
        }
    }

    /// <summary>A length no message may have: its header goes on record, and says so when it is decoded.</summary>
    public byte[] Refuse(ReadOnlySpan<byte> header, long length)
    {
        DateTimeOffset now = clock.GetUtcNow();
        loop.Offer(new Entry(EntryKind.Received, now, id, header.ToArray()));
        using (deskGate.EnterScope()) return SapientFrame.Wrap(desk.RefuseLength(length, now));
    }

    public void Dispose()
    {
        socket.Dispose();
        tls?.Dispose();
    }

    void Take(Socket peer, CancellationToken stopping)
    {
        string from = NameOf(peer);
        if (connections.Count >= MostConnections)
        {
            LogTooMany(logger, id, from, MostConnections);
            peer.Dispose();
            return;
        }

        int number = ++lastConnection;
        SapientConnection connection = new(peer, tls, this, clock);
        TaskCompletionSource begin = new(TaskCreationOptions.RunContinuationsAsynchronously);
        connections[number] = Serve();
        begin.SetResult();

        async Task Serve()
        {
            await begin.Task; // So that a connection is never taken off the list before it is on it.
            LogConnected(logger, id, from);
            string why = await connection.Run(stopping);
            LogClosed(logger, id, from, why);
            connections.TryRemove(number, out _);
        }
    }

    static string NameOf(Socket peer)
    {
        try
        {
            return $"{peer.RemoteEndPoint}";
        }
        catch (SocketException)
        {
            return "one that is gone again";
        }
    }

    /// <summary>
    /// Says to the operators what has changed with a node: states that go on are not said again.
    /// </summary>
    void Tell(in SapientAnswer answer)
    {
        if (answer.Reason.Length > 0) LogRefused(logger, id, answer.Reason);
        if (answer.Node is not { } node) return;
        string state = node.Word?.Words ?? "not registered";
        if (told.TryGetValue(node.Id, out string? before) && before == state) return;
        told[node.Id] = state;
        LogNode(logger, id, SapientIds.Uuid(node.Id), node.Name, state);
    }

    /// <summary>By node: as many as the desk keeps.</summary>
    readonly Dictionary<UInt128, string> told = [];

    /// <summary>As configured, else made from who we are: the same after every start (RFC 9562, version 8).</summary>
    static UInt128 OwnId(FeedTransport.SapientServer transport, WatchConfiguration configuration)
    {
        if (transport.NodeId is { } text && SapientIds.TryUuid(text, out UInt128 told)) return told;
        byte[] hash =
            SHA256.HashData(Encoding.UTF8.GetBytes($"{configuration.Sender}\n{configuration.Name}\n{transport.Feed}"));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    [LoggerMessage(1150, LogLevel.Information, "Feed {Feed}: listens for SAPIENT nodes on {Address} as node {Node}")]
    static partial void LogListening(ILogger logger, string feed, IPEndPoint address, string node);

    [LoggerMessage(1151, LogLevel.Information, "Feed {Feed}: {Peer} is connected")]
    static partial void LogConnected(ILogger logger, string feed, string peer);

    [LoggerMessage(1152, LogLevel.Warning, "Feed {Feed}: the connection of {Peer} is closed: {Why}")]
    static partial void LogClosed(ILogger logger, string feed, string peer, string why);

    [LoggerMessage(1153, LogLevel.Warning,
        "Feed {Feed}: {Peer} is turned away: {Most} connections are open, and no more are taken")]
    static partial void LogTooMany(ILogger logger, string feed, string peer, int most);

    [LoggerMessage(1154, LogLevel.Warning, "Feed {Feed}: a message is refused: {Reason}")]
    static partial void LogRefused(ILogger logger, string feed, string reason);

    [LoggerMessage(1155, LogLevel.Information, "Feed {Feed}: node {Node} ({Name}): {State}")]
    static partial void LogNode(ILogger logger, string feed, string node, string name, string state);

    [LoggerMessage(1156, LogLevel.Warning, "Feed {Feed}: a connection could not be taken: {Fault}")]
    static partial void LogAcceptFault(ILogger logger, string feed, string fault);
}
