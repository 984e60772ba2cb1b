using Nadhir.Formats.Asterix;
using Nadhir.Hosting;
using Nadhir.Journal;

namespace Nadhir.Feeds;

/// <summary>
/// Reads one connection into the journal: whole ASTERIX blocks, or, for formats whose decoder finds its own frames in a
/// stream (Beast, AVR, BaseStation), what has come as it comes: waiting for more would make what has come late.
/// </summary>
sealed class StreamIntake(string id, bool isStream, WatchLoop loop, TimeProvider clock)
{
    const int MostAtOnce = 65_536;
    /// <summary>A link on which nothing comes for so long is taken for broken.</summary>
    static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    /// <summary>Reads until the other side closes, falls silent or breaks, which is an <see cref="IOException"/>.</summary>
    /// <param name="onBytes">Called whenever something has come.</param>
    public async Task Read(Stream connection, Action onBytes, CancellationToken stopping)
    {
        byte[] buffer = new byte[isStream ? MostAtOnce : AsterixStreamFramer.MostBuffered];
        AsterixStreamFramer framer = new();
        int held = 0;
        while (true)
        {
            int got = await ReadSome(connection, buffer.AsMemory(held), stopping);
            if (got == 0) throw new IOException("the other side closed the connection");
            onBytes();
            held += got;
            if (isStream)
            {
                Offer(buffer.AsSpan(0, held));
                held = 0;
                continue;
            }

            int start = 0;
            while (framer.Next(buffer.AsSpan(start, held - start), atEnd: false, out _) is > 0 and int length)
            {
                Offer(buffer.AsSpan(start, length));
                start += length;
            }

            buffer.AsSpan(start, held - start).CopyTo(buffer);
            held -= start;
        }
    }

    async Task<int> ReadSome(Stream connection, Memory<byte> into, CancellationToken stopping)
    {
        using var silence = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, silence.Token);
        try
        {
            return await connection.ReadAsync(into, either.Token);
        }
        catch (OperationCanceledException silent) when (!stopping.IsCancellationRequested)
        {
            throw new IOException("nothing came for a minute", silent);
        }
    }

    void Offer(ReadOnlySpan<byte> bytes) =>
        loop.Offer(new Entry(EntryKind.Received, clock.GetUtcNow(), id, bytes.ToArray()));
}
