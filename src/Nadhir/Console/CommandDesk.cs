using System.Text.Json;

namespace Nadhir.DutyConsole;

/// <summary>Reads a command from a request, whole and strictly, and hands it to the watch.</summary>
sealed class CommandDesk(IConsoleSource source, ConsoleAccess access)
{
    /// <summary>Longest command, bytes.</summary>
    public const int LongestBody = 64 * 1024;

    /// <summary>Longest command of an operator, bytes: a document's text may be in it, six bytes a letter.</summary>
    public const int LongestOfOperator = 512 * 1024;

    /// <summary>Longest name of who orders, characters.</summary>
    public const int LongestName = 120;

    /// <summary>A misspelt field or a missing value must not become an order that was not given.</summary>
    static readonly WatchJson Strict = new(new JsonSerializerOptions(WatchJson.Default.Options)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    });

    public abstract record Answer
    {
        Answer() { }
        public sealed record Accepted(long Sequence) : Answer;
        public sealed record Refused(Cause Why) : Answer;
        public sealed record Unreadable(Cause Why) : Answer;
        public sealed record NotAnOperator : Answer;
    }

    public async Task<Answer> Take(HttpContext context, CancellationToken cancellation)
    {
        if (!access.MayReport(context)) return new Answer.NotAnOperator();
        // A form of another site can send text, not JSON: this closes that door.
        if (!context.Request.HasJsonContentType()) return new Answer.Unreadable(Cause.Of(CauseCode.Malformed, "Send it as application/json."));
        int longest = access.IsOperator(context) ? LongestOfOperator : LongestBody;
        byte[]? body = await ReadBody(context.Request.Body, longest, cancellation);
        if (body is null) return new Answer.Unreadable(Cause.Of(CauseCode.TooManyBytes, longest));
        Command? command;
        try
        {
            command = JsonSerializer.Deserialize(body, Strict.Command);
        }
        catch (Exception wrong) when (wrong is JsonException or NotSupportedException or InvariantBrokenException)
        {
            return new Answer.Unreadable(Cause.Of(CauseCode.Malformed, wrong.Message));
        }

        if (command is null) return new Answer.Unreadable(Cause.Of(CauseCode.Malformed, "It is empty."));
        if (command is not ReportObservation && !access.IsOperator(context)) return new Answer.NotAnOperator();
        if (string.IsNullOrWhiteSpace(command.By)) return new Answer.Unreadable(Cause.Of(CauseCode.ByWhom));
        if (command.By.Length > LongestName) return new Answer.Unreadable(Cause.Of(CauseCode.NameTooLong, LongestName));
        return await source.Submit(command, cancellation) switch
        {
            CommandOutcome.Accepted accepted => new Answer.Accepted(accepted.Sequence),
            CommandOutcome.Refused refused => new Answer.Refused(refused.Cause),
            CommandOutcome other => throw new InvariantBrokenException($"no answer for {other}"),
        };
    }

    /// <summary>The body, or null when it is too long.</summary>
    static async Task<byte[]?> ReadBody(Stream body, int longest, CancellationToken cancellation)
    {
        byte[] buffer = new byte[Math.Min(longest, LongestBody) + 1];
        int length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        if (length > LongestBody && longest > LongestBody)
        {
            Array.Resize(ref buffer, longest + 1);
            length += await body.ReadAtLeastAsync(buffer.AsMemory(length), buffer.Length - length, throwOnEndOfStream: false, cancellation);
        }

        return length > longest ? null : buffer[..length];
    }
}
