using System.Text;
using System.Text.Json;

namespace Nadhir.DutyConsole;

/// <summary>
/// Boards as server-sent events: <c>boards</c> with the sections that changed, and a <c>heartbeat</c> every second, so
/// that silence on the line can be told from a quiet sky.
/// </summary>
sealed class EventStream(ConsolePulse pulse, IConsoleSource source, ConsoleAccess access, StreamLimit limit, TimeProvider clock)
{
    static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(1);

    public async Task Serve(HttpContext context)
    {
        using IDisposable? place = limit.TryEnter();
        if (place is null)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        bool isOperator = access.IsOperator(context);
        try
        {
            await Stream(context.Response, isOperator ? pulse.ForOperators : pulse.ForEveryone, isOperator, context.RequestAborted);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // The listener went away: that is how these streams end.
        }
    }

    async Task Stream(HttpResponse response, Latest<BoardsFrame> frames, bool isOperator, CancellationToken cancellation)
    {
        using PeriodicTimer seconds = new(HeartbeatEvery, clock);
        BoardsFrame? seen = null;
        Task<bool> second = seconds.WaitForNextTickAsync(cancellation).AsTask();
        await Heartbeat(response, isOperator, cancellation);
        while (true)
        {
            Task<BoardsFrame> next = frames.Next(seen, cancellation);
            Task first = await Task.WhenAny(next, second);
            if (first == second)
            {
                await second;
                second = seconds.WaitForNextTickAsync(cancellation).AsTask();
                await Heartbeat(response, isOperator, cancellation);
                continue;
            }

            BoardsFrame frame = await next;
            await Send(response, "boards", frame.ChangedSince(seen?.Number ?? 0), cancellation);
            seen = frame;
        }
    }

    async Task Heartbeat(HttpResponse response, bool isOperator, CancellationToken cancellation)
    {
        HealthReport report = HealthOf(pulse, source);
        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("now", report.Now);
            writer.WriteString("boardsAt", report.BoardsAt);
            writer.WriteBoolean("operator", isOperator);
            writer.WriteStartArray("faults");
            foreach (string fault in report.Faults) writer.WriteStringValue(fault);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        await Send(response, "heartbeat", buffer.ToArray(), cancellation);
    }

    public static HealthReport HealthOf(ConsolePulse pulse, IConsoleSource source)
    {
        Boards boards = source.Current;
        var faults = pulse.Faults();
        return new(faults.IsEmpty ? "sound" : "faulty", source.Now, boards.Now, boards.Sequence, faults);
    }

    static async Task Send(HttpResponse response, string name, byte[] json, CancellationToken cancellation)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes($"event: {name}\ndata: "), cancellation);
        await response.Body.WriteAsync(json, cancellation);
        await response.Body.WriteAsync("\n\n"u8.ToArray(), cancellation);
        await response.Body.FlushAsync(cancellation);
    }
}
