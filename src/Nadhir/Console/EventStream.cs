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
            await Send(response, frame.EventSince(seen?.Number ?? 0), cancellation);
            seen = frame;
        }
    }

    Task Heartbeat(HttpResponse response, bool isOperator, CancellationToken cancellation) =>
        Send(response, Heartbeat(HealthOf(pulse, source), isOperator), cancellation);

    /// <summary>The line is alive, and how we are.</summary>
    public static byte[] Heartbeat(HealthReport report, bool isOperator)
    {
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
            writer.WritePropertyName("causes");
            JsonSerializer.Serialize(writer, report.Causes, ConsoleJson.Default.ImmutableArrayCause);
            writer.WriteEndObject();
        }

        return Event("heartbeat", buffer.ToArray());
    }

    public static HealthReport HealthOf(ConsolePulse pulse, IConsoleSource source) => HealthReport.Of(source, pulse.Faults());

    public static byte[] Event(string name, byte[] json) => [.. Encoding.UTF8.GetBytes($"event: {name}\ndata: "), .. json, .. "\n\n"u8];

    public static async Task Send(HttpResponse response, byte[] sent, CancellationToken cancellation)
    {
        await response.Body.WriteAsync(sent, cancellation);
        await response.Body.FlushAsync(cancellation);
    }
}
