using Nadhir.Formats.CursorOnTarget;
using Nadhir.Sensing;
using Nadhir.Outlets;

namespace Nadhir.Tak;

/// <summary>Somebody who can be told events.</summary>
interface ITakPeer
{
    /// <summary>Sends one event; returns when the link has taken it.</summary>
    /// <exception cref="IOException">The link is dead, or has taken nothing for too long.</exception>
    Task Send(CotEvent told, CancellationToken stopping);
}

/// <summary>
/// One connection. Reads what comes and hands on whole events as bytes; answers pings; settles the version of the
/// protocol (TAK protocol, streaming connections: the server offers, the client asks, the server answers, and from
/// then on both send messages instead of XML). Reading takes both forms at any time.
/// </summary>
sealed class TakConnection(
    Stream stream, bool isServer, bool offersProtobuf, string ownPrefix, TimeProvider clock, Action<byte[]> heard)
    : ITakPeer, IDisposable
{
    /// <summary>A link that takes nothing for so long is dead.</summary>
    static readonly TimeSpan sendLimit = TimeSpan.FromSeconds(10);
    /// <summary>
    /// A client pings so often; a server that once answered and then is silent for the limit is dead.
    /// </summary>
    static readonly TimeSpan pingEvery = TimeSpan.FromSeconds(10), silenceLimit = TimeSpan.FromSeconds(60);
    /// <summary>So long a client waits for the answer to its question; the protocol allows a minute.</summary>
    static readonly TimeSpan answerLimit = TimeSpan.FromSeconds(60);

    readonly SemaphoreSlim sending = new(1);
    readonly CotStream frames = new();
    /// <summary>Completed when nothing speaks against sending.</summary>
    volatile TaskCompletionSource settled = Completed();
    bool asked, pongs, protobuf;
    /// <summary>Why we closed it ourselves: what reading then says of it is no reason.</summary>
    Cause? closedBecause;
    long lastHeard, askedAt;

    /// <summary>What we send: messages of TAK protocol, or XML.</summary>
    public bool SendsProtobuf => Volatile.Read(ref protobuf);

    public async Task Send(CotEvent told, CancellationToken stopping)
    {
        while (true)
        {
            await settled.Task.WaitAsync(stopping);
            await sending.WaitAsync(stopping);
            // The question may have gone out between the two waits.
            if (settled.Task.IsCompleted) break;
            sending.Release();
        }

        try
        {
            await Write(told, stopping);
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>Reads until the connection ends.</summary>
    /// <exception cref="IOException">Always, in the end: says why.</exception>
    public async Task Run(CancellationToken stopping)
    {
        lastHeard = clock.GetTimestamp();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task keeping = Keep(ending.Token);
        Task reading = Read(ending.Token);
        try
        {
            await await Task.WhenAny(reading, keeping);
        }
        catch (Exception fault) when (Volatile.Read(ref closedBecause) is not null && fault is (IOException or ObjectDisposedException))
        {
            throw new CausedException(closedBecause!, fault);
        }
        finally
        {
            await ending.CancelAsync();
            await stream.DisposeAsync();
            await Task.WhenAll(reading, keeping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>When nobody sends any more.</summary>
    public void Dispose() => sending.Dispose();

    async Task Read(CancellationToken stopping)
    {
        if (isServer && offersProtobuf)
            await Send(Control(CotTypes.ProtocolOffer, "TakProtocolSupport", "version", "1"), stopping);
        byte[] buffer = new byte[32_768];
        while (true)
        {
            int got = await stream.ReadAsync(buffer, stopping);
            if (got == 0) throw new CausedException(Cause.Of(CauseCode.ConnectionClosed));
            Volatile.Write(ref lastHeard, clock.GetTimestamp());
            frames.Add(buffer.AsSpan(0, got));
            while (TakeFrame() is { } frame)
            {
                heard(frame);
                if (MayBeControl(frame)) await Answer(frame, stopping);
            }
        }
    }

    byte[]? TakeFrame() => frames.TryTake(out ReadOnlySpan<byte> bytes, out _) ? bytes.ToArray() : null;

    /// <summary>Types of control events begin so; most frames need not be read here.</summary>
    static bool MayBeControl(ReadOnlySpan<byte> frame) => frame.IndexOf("t-x-"u8) >= 0;

    async Task Answer(byte[] frame, CancellationToken stopping)
    {
        CotScan scan = default;
        CotFrame kind = CotFraming.Next(frame, isAll: true, ref scan);
        CotEvent? told = null;
        if (kind.Kind == CotFrameKind.Xml) CotXmlReader.TryRead(frame, out told, out _);
        else if (kind.Kind == CotFrameKind.Protobuf
            && TakProtobuf.TryRead(frame.AsSpan(kind.Header), out TakMessage? message, out _) == DecodeFault.None)
        {
            told = message!.Event;
        }

        switch (told?.Type)
        {
            // While our question is open nothing may be sent, and reading must go on.
            case CotTypes.Ping when settled.Task.IsCompleted:
                await Send(Control(CotTypes.Pong), stopping);
                break;
            case CotTypes.Pong:
                pongs = true;
                break;
            case CotTypes.ProtocolOffer when !isServer && offersProtobuf && !asked && TakControlWords.Offers(told):
                await Ask(stopping);
                break;
            case CotTypes.ProtocolAnswer when asked && !settled.Task.IsCompleted:
                Volatile.Write(ref protobuf, TakControlWords.IsYes(told));
                settled.TrySetResult();
                break;
            case CotTypes.ProtocolRequest when isServer:
                await Agree(offersProtobuf && TakControlWords.Asks(told), stopping);
                break;
        }
    }

    /// <summary>After the question nothing more may be sent as XML, so sending waits for the answer.</summary>
    async Task Ask(CancellationToken stopping)
    {
        await sending.WaitAsync(stopping);
        try
        {
            asked = true;
            Volatile.Write(ref askedAt, clock.GetTimestamp());
            settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await Write(Control(CotTypes.ProtocolRequest, "TakRequest", "version", "1"), stopping);
        }
        finally
        {
            sending.Release();
        }
    }

    async Task Agree(bool agrees, CancellationToken stopping)
    {
        await sending.WaitAsync(stopping);
        try
        {
            await Write(Control(CotTypes.ProtocolAnswer, "TakResponse", "status", agrees ? "true" : "false"), stopping);
            if (agrees) Volatile.Write(ref protobuf, true);
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>Watches over the link: pings, and gives up on a side that is silent.</summary>
    async Task Keep(CancellationToken stopping)
    {
        using PeriodicTimer turns = new(pingEvery, clock);
        while (await turns.WaitForNextTickAsync(stopping))
        {
            if (!settled.Task.IsCompleted)
            {
                if (clock.GetElapsedTime(Volatile.Read(ref askedAt)) > answerLimit)
                    throw new CausedException(Cause.Of(CauseCode.NoProtocolAgreed));
                continue;
            }

            if (pongs && clock.GetElapsedTime(Volatile.Read(ref lastHeard)) > silenceLimit)
                throw new CausedException(Cause.Of(CauseCode.NothingHeardFor, Math.Round(silenceLimit.TotalSeconds)));
            if (!isServer) await Send(Control(CotTypes.Ping), stopping);
        }
    }

    async Task Write(CotEvent told, CancellationToken stopping)
    {
        byte[] bytes = protobuf ? TakProtobuf.WriteStream(new(null, told)) : CotXmlWriter.Write(told);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(sendLimit);
        try
        {
            await stream.WriteAsync(bytes, limit.Token);
        }
        catch (OperationCanceledException late) when (!stopping.IsCancellationRequested)
        {
            // Part of an event may be out: the link cannot go on.
            Volatile.Write(ref closedBecause, Cause.Of(CauseCode.TookNothingFor, Math.Round(sendLimit.TotalSeconds)));
            await stream.DisposeAsync();
            throw new CausedException(closedBecause!, late);
        }
        catch (ObjectDisposedException closed)
        {
            throw new CausedException(Cause.Of(CauseCode.ConnectionClosed), closed);
        }
    }

    CotEvent Control(string type, string element = "", string attribute = "", string value = "") =>
        TakControlWords.Control(ownPrefix, type, clock.GetUtcNow(), element, attribute, value);

    static TaskCompletionSource Completed()
    {
        TaskCompletionSource done = new();
        done.SetResult();
        return done;
    }
}
