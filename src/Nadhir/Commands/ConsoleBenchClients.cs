using System.Buffers.Binary;
using System.Globalization;
using System.Net.WebSockets;

namespace Nadhir.Commands;

/// <summary>
/// So many consoles in one process: each with the WebSocket of tracks and the events of boards. Prints frames, seconds,
/// lateness (median, p99, worst, ms) and bytes, once the time is over.
/// </summary>
static class ConsoleBenchClients
{
    /// <summary>Lateness is counted from here on: until then connections are being opened.</summary>
    static readonly TimeSpan settled = TimeSpan.FromSeconds(3);

    public static async Task<int> Run(int port, int consoles, double seconds)
    {
        Tally tally = new();
        using CancellationTokenSource over = new();
        Task[] all = [.. Enumerable.Range(0, consoles).SelectMany(_ => new[] { Tracks(port, tally, over.Token), Boards(port, tally, over.Token) })];
        await Task.Delay(settled);
        tally.Begin();
        await Task.Delay(TimeSpan.FromSeconds(seconds) - settled);
        string line = tally.Line(seconds - settled.TotalSeconds);
        await over.CancelAsync();
        foreach (Task one in all) await one.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Console.Write(line);
        return 0;
    }

    static async Task Tracks(int port, Tally tally, CancellationToken over)
    {
        using ClientWebSocket socket = new();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/api/tracks/live"), over);
        byte[] buffer = new byte[64 * 1024], header = new byte[24];
        while (true)
        {
            int length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(), over);
                if (length < header.Length) buffer.AsSpan(0, Math.Min(part.Count, header.Length - length)).CopyTo(header.AsSpan(length));
                length += part.Count;
            }
            while (!part.EndOfMessage);

            if (part.MessageType == WebSocketMessageType.Close) return;
            tally.Took(length);
            if (part.MessageType != WebSocketMessageType.Binary) continue;
            double sent = BinaryPrimitives.ReadDoubleLittleEndian(header.AsSpan(8));
            tally.Frame((TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds - sent);
        }
    }

    static async Task Boards(int port, Tally tally, CancellationToken over)
    {
        using HttpClient client = new();
        using Stream events = await client.GetStreamAsync(new Uri($"http://127.0.0.1:{port}/api/events"), over);
        byte[] buffer = new byte[64 * 1024];
        while (await events.ReadAsync(buffer, over) is > 0 and int length) tally.Took(length);
    }

    sealed class Tally
    {
        readonly Lock gate = new();
        readonly List<float> late = [];
        long bytes;
        bool counting;

        public void Begin()
        {
            lock (gate) counting = true;
        }

        public void Took(int length)
        {
            lock (gate) bytes += counting ? length : 0;
        }

        public void Frame(double milliseconds)
        {
            lock (gate)
                if (counting) late.Add((float)milliseconds);
        }

        public string Line(double seconds)
        {
            lock (gate)
            {
                late.Sort();
                float At(double share) => late.Count == 0 ? float.NaN : late[(int)(share * (late.Count - 1))];
                return string.Create(CultureInfo.InvariantCulture, $"{late.Count} {seconds} {At(0.5)} {At(0.99)} {At(1)} {bytes}");
            }
        }
    }
}
