using System.Buffers.Binary;
using System.Diagnostics;
using Nadhir.DutyConsole;

namespace Nadhir.Film;

/// <summary>
/// Moments over one long answer, paced by the wall clock. Framed so that boards, descriptions and tracks share it: a byte
/// that says what comes, its length, and the very bytes the live streams send.
/// </summary>
sealed class FilmStream(FilmPart film, ConsoleAccess access, StreamLimit limit) : IDisposable
{
    public const string ContentType = "application/vnd.nadhir.film";

    public const byte Boards = 1, Descriptions = 2, Tracks = 3, End = 4;

    /// <summary>Slower is pausing; faster, the eye follows nothing.</summary>
    public const double Slowest = 1, Fastest = 60;

    /// <summary>Moments found at once; the rest wait: unpacking must not starve the watch.</summary>
    const int AtOnce = 2;

    /// <summary>Moments a second at most, whatever the speed: those between are passed over.</summary>
    static readonly TimeSpan period = TimeSpan.FromMilliseconds(100);

    readonly SemaphoreSlim places = new(AtOnce);

    public FilmMoment? Find(FilmReader reader, DateTimeOffset time, DateTimeOffset? after = null)
    {
        places.Wait();
        try
        {
            return reader.Seek(time, after);
        }
        finally
        {
            places.Release();
        }
    }

    public async Task Serve(HttpContext context, DateTimeOffset from, double speed)
    {
        if (speed is not (>= Slowest and <= Fastest))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        using IDisposable? place = limit.TryEnter();
        if (place is null)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        context.Response.ContentType = ContentType;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            using FilmReader reader = new(film.File);
            await Play(context.Response, reader, from, speed, access.IsOperator(context), context.RequestAborted);
        }
        catch (FilmDamagedException broken)
        {
            film.Damaged(broken);
            context.Abort();
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // The listener went away: that is how these streams end.
        }
    }

    async Task Play(HttpResponse response, FilmReader reader, DateTimeOffset from, double speed, bool isOperator, CancellationToken cancellation)
    {
        FilmMoment? shown = null, next = Find(reader, from);
        long began = Stopwatch.GetTimestamp();
        using PeriodicTimer ticks = new(period);
        while (next is not null)
        {
            DateTimeOffset now = from + (Stopwatch.GetElapsedTime(began) * speed);
            FilmMoment? due = shown is null ? next : null;
            while (next is not null && next.Time <= now)
            {
                due = next;
                next = reader.Next();
            }

            if (due is not null)
            {
                await EventStream.Send(response, Frame(due, shown, isOperator), cancellation);
                // The first may lie after the time asked for: what is shown is where it goes on.
                if (shown is null && due == next) next = reader.Next();
                shown = due;
            }

            await ticks.WaitForNextTickAsync(cancellation);
        }

        await EventStream.Send(response, [End, 0, 0, 0, 0], cancellation);
    }

    /// <summary>A moment as it goes over the line; only what differs from the one before it, when there is one.</summary>
    public static byte[] Frame(FilmMoment moment, FilmMoment? before, bool isOperator)
    {
        using MemoryStream framed = new();
        Put(framed, Boards, moment.Boards(isOperator, before));
        byte[] described = moment.Described(before);
        if (before is null || described.Length > 2) Put(framed, Descriptions, described);
        Put(framed, Tracks, moment.Tracks);
        return framed.ToArray();
    }

    public void Dispose() => places.Dispose();

    static void Put(MemoryStream to, byte kind, byte[] bytes)
    {
        Span<byte> head = stackalloc byte[5];
        head[0] = kind;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], bytes.Length);
        to.Write(head);
        to.Write(bytes);
    }
}
