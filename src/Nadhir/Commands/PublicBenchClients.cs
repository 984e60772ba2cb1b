using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Nadhir.Commands;

/// <summary>
/// So many phones in one process: sockets that read a stream and note when each new state came. Prints, a line for each
/// state after the first, the steady clock's readings when half of them and when the last had it.
/// </summary>
static class PublicBenchClients
{
    /// <summary>Connections being opened at once: what a listening socket's queue bears.</summary>
    const int AtOnce = 200;

    public static async Task<int> Run(int port, int clients)
    {
        using SemaphoreSlim opening = new(AtOnce);
        Counts counts = new(clients);
        Task[] all = [.. Enumerable.Range(0, clients).Select(_ => Read(port, opening, counts))];
        await Task.WhenAll(all);
        return 0;
    }

    static async Task Read(int port, SemaphoreSlim opening, Counts counts)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 16 * 1024 };
        await opening.WaitAsync();
        byte[] buffer = new byte[2048];
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
            await socket.SendAsync("GET /api/zones/T/events HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
            await Task.Delay(1);
        }
        finally
        {
            opening.Release();
        }

        // Only the word that starts a state is looked for, also where it is cut in two.
        ReadOnlyMemory<byte> sign = "event: state"u8.ToArray();
        int matched = 0, states = 0;
        while (await socket.ReceiveAsync(buffer) is > 0 and int length)
        {
            for (int i = 0; i < length; i++)
            {
                matched = buffer[i] == sign.Span[matched] ? matched + 1 : buffer[i] == sign.Span[0] ? 1 : 0;
                if (matched < sign.Length) continue;
                matched = 0;
                if (states++ > 0) counts.Had(states - 2);
            }
        }
    }

    sealed class Counts(int clients)
    {
        readonly Lock gate = new();
        readonly Dictionary<int, int> had = [];
        long half;

        public void Had(int change)
        {
            lock (gate)
            {
                int count = had[change] = had.GetValueOrDefault(change) + 1;
                if (count == (clients + 1) / 2) half = Stopwatch.GetTimestamp();
                if (count == clients) Console.WriteLine($"{half} {Stopwatch.GetTimestamp()}");
            }
        }
    }
}
