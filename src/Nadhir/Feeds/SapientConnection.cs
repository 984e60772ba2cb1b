using System.Net.Security;
using System.Net.Sockets;
using Nadhir.Formats.Sapient;
using Nadhir.Tak;

namespace Nadhir.Feeds;

/// <summary>
/// One connection of one or several nodes: cuts the stream into messages and sends the answers. Bounded: it holds what
/// has arrived of one message and behind it, at most <see cref="SapientFrame.MostBytes"/> and a header.
/// </summary>
/// <param name="tls">Null: in the clear.</param>
sealed class SapientConnection(Socket peer, TakTls? tls, SapientServer server, TimeProvider clock)
{
    /// <summary>Who connects and says nothing holds a place that others need.</summary>
    public static readonly TimeSpan FirstWordWithin = TimeSpan.FromSeconds(30);
    /// <summary>Who does not read the answers is gone, or wants to hold us up.</summary>
    static readonly TimeSpan answerWithin = TimeSpan.FromSeconds(10);
    /// <summary>Who sends so many invalid messages and none that is valid does not speak this language.</summary>
    public const int MostInvalidInARow = 100;
    const int FirstBuffer = 16_384;

    /// <summary>What is thrown away so that our last word is read before the connection is gone.</summary>
    const int MostDrained = 8 * SapientFrame.MostBytes;

    Stream stream = Stream.Null;
    byte[] buffer = new byte[FirstBuffer];
    int held, invalidInARow;
    bool spoke;

    /// <summary>Until either side closes.</summary>
    /// <returns>Why it ended, for people.</returns>
    public async Task<string> Run(CancellationToken stopping)
    {
        try
        {
            peer.NoDelay = true;
            peer.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            peer.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 30);
            using CancellationTokenSource patience = new(FirstWordWithin, clock);
            using var untilFirstWord = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
            NetworkStream plain = new(peer, ownsSocket: false);
            stream = tls is null ? plain : await tls.AsServer(plain, untilFirstWord.Token);
            while (true)
            {
                int got = await stream.ReadAsync(buffer.AsMemory(held), spoke ? stopping : untilFirstWord.Token);
                if (got == 0) return held == 0 ? "by the node" : "by the node, within a message";
                held += got;
                if (await Take(stopping) is not { } why) continue;
                await Drain(stopping);
                return why;
            }
        }
        catch (OperationCanceledException)
        {
            return stopping.IsCancellationRequested ? "we stop" : spoke ? "the node does not read our answers"
                : "the node says nothing";
        }
        catch (Exception fault) when (fault is SocketException or IOException or ObjectDisposedException)
        {
            return fault.Message;
        }
        finally
        {
            await stream.DisposeAsync();
            peer.Dispose();
        }
    }

    /// <summary>Closing with bytes unread would take back what we said last.</summary>
    async ValueTask Drain(CancellationToken stopping)
    {
        if (stream is SslStream secured) await secured.ShutdownAsync();
        peer.Shutdown(SocketShutdown.Send);
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(2), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        try
        {
            int got = 1;
            for (int drained = 0; got > 0 && drained < MostDrained; drained += got)
                got = await stream.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException)
        {
            // It had the time to read.
        }
    }

    /// <summary>All whole messages that are there; why the connection must end, or null.</summary>
    async ValueTask<string?> Take(CancellationToken stopping)
    {
        int start = 0;
        while (true)
        {
            FrameOutcome outcome = SapientFrame.Look(buffer.AsSpan(start, held - start), out long length);
            if (outcome == FrameOutcome.TooLong)
            {
                await Answer(server.Refuse(buffer.AsSpan(start, SapientFrame.HeaderLength), length), stopping);
                return $"a message of {length} bytes, at most {SapientFrame.MostBytes} are taken";
            }

            if (outcome == FrameOutcome.Incomplete)
            {
                buffer.AsSpan(start, held - start).CopyTo(buffer);
                held -= start;
                // Room for the whole of a message whose length is known, and for more than was needed so far else.
                if (length > buffer.Length) Array.Resize(ref buffer, (int)length);
                return null;
            }

            spoke = true;
            (byte[]? reply, bool valid) = server.Receive(buffer.AsSpan(start, (int)length));
            start += (int)length;
            if (reply is not null) await Answer(reply, stopping);
            invalidInARow = valid ? 0 : invalidInARow + 1;
            if (invalidInARow >= MostInvalidInARow) return $"{invalidInARow} invalid messages in a row";
        }
    }

    async ValueTask Answer(byte[] framed, CancellationToken stopping)
    {
        using CancellationTokenSource patience = new(answerWithin, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        await stream.WriteAsync(framed, either.Token);
    }
}
