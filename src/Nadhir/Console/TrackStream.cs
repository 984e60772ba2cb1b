using System.Net.WebSockets;

namespace Nadhir.DutyConsole;

/// <summary>
/// Tracks over a WebSocket: binary frames of all movements ten times a second, and text messages with the descriptions
/// that changed, at most one a second. A listener too slow for a frame gets a later one.
/// </summary>
sealed class TrackStream(ConsolePulse pulse, StreamLimit limit, ConsoleOptions options, TimeProvider clock)
{
    /// <summary>A listener that takes no byte for so long is let go.</summary>
    static readonly TimeSpan LongestSend = TimeSpan.FromSeconds(10);

    static readonly TimeSpan DescriptionsEvery = TimeSpan.FromSeconds(1);

    public async Task Serve(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            context.Response.Headers.Upgrade = "websocket";
            return;
        }

        if (!ConsoleAccess.IsFromOurOwnPage(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        using IDisposable? place = limit.TryEnter();
        if (place is null)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            KeepAliveInterval = TimeSpan.FromSeconds(5),
            KeepAliveTimeout = LongestSend,
        });
        using IDisposable listening = pulse.ListenToTracks();
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        Task heard = ListenUntilClosed(socket, ended);
        try
        {
            await Send(socket, ended.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
            // The listener went away or took nothing for too long.
            socket.Abort();
        }

        await heard;
    }

    async Task Send(WebSocket socket, CancellationToken cancellation)
    {
        byte[]? seen = null;
        long described = 0;
        long lookedAt = long.MinValue;
        while (socket.State == WebSocketState.Open)
        {
            byte[] frame = await pulse.Tracks.Next(seen, cancellation);
            seen = frame;
            using CancellationTokenSource patience = new(LongestSend, clock);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
            bool due = lookedAt == long.MinValue || clock.GetElapsedTime(lookedAt) >= DescriptionsEvery - options.Period;
            if (due && pulse.Descriptions.Number != described)
            {
                (described, byte[] json) = pulse.Descriptions.ChangedSince(described);
                lookedAt = clock.GetTimestamp();
                await socket.SendAsync(json, WebSocketMessageType.Text, endOfMessage: true, either.Token);
            }

            await socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, either.Token);
        }
    }

    /// <summary>Nothing is expected from the listener but its goodbye; whatever else comes is dropped.</summary>
    static async Task ListenUntilClosed(WebSocket socket, CancellationTokenSource ended)
    {
        byte[] scrap = new byte[256];
        try
        {
            while (socket.State == WebSocketState.Open)
            {
                WebSocketReceiveResult got = await socket.ReceiveAsync(scrap, ended.Token);
                if (got.MessageType == WebSocketMessageType.Close) break;
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // Closed without a goodbye.
        }

        await ended.CancelAsync();
    }
}
