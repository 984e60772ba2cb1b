using System.Globalization;
using System.Text;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Transparency;

/// <summary>A witness over HTTP (C2SP tlog-witness): <c>add-checkpoint</c>, and the latest checkpoint of each origin.</summary>
static class WitnessEndpoints
{
    const int LongestRequest = SignedCheckpoint.LongestBytes;
    const string PlainText = "text/plain; charset=utf-8";

    public static WebApplication MapWitness(this WebApplication app, WitnessBook book)
    {
        app.MapPost("/add-checkpoint", async (HttpContext context, CancellationToken _) => Answer(book, await Body(context)));
        app.MapGet("/{hash}/checkpoint", (string hash) =>
            book.Origins.FirstOrDefault(origin => WitnessBook.Hash(origin) == hash) is { } known && book.Latest(known) is { } latest
                ? Results.Bytes(latest.Note.Format(), PlainText) : Results.NotFound());
        return app;
    }

    static async Task<byte[]?> Body(HttpContext context)
    {
        using MemoryStream body = new();
        byte[] part = new byte[8192];
        while (await context.Request.Body.ReadAsync(part, context.RequestAborted) is > 0 and var read)
        {
            if (body.Length + read > LongestRequest) return null;
            body.Write(part, 0, read);
        }
        return body.ToArray();
    }

    static IResult Answer(WitnessBook book, byte[]? body)
    {
        if (body is null) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        if (Read(body, out string why) is not { } request) return Text(why, StatusCodes.Status400BadRequest);
        return book.Add(request.Old, request.Proof, request.Offered) switch
        {
            WitnessAnswer.Cosigned cosigned => Text(cosigned.Lines, StatusCodes.Status200OK),
            WitnessAnswer.UnknownOrigin unknown => Text($"{unknown.Origin} is not known here\n", StatusCodes.Status404NotFound),
            WitnessAnswer.Unsigned unsigned => Text(unsigned.Why + "\n", StatusCodes.Status403Forbidden),
            WitnessAnswer.Malformed malformed => Text(malformed.Why + "\n", StatusCodes.Status400BadRequest),
            WitnessAnswer.OtherSize other => Results.Text(
                other.Size.ToString(CultureInfo.InvariantCulture) + "\n", "text/x.tlog.size", statusCode: StatusCodes.Status409Conflict),
            WitnessAnswer.Inconsistent inconsistent => Text(inconsistent.Why + "\n", StatusCodes.Status422UnprocessableEntity),
            WitnessAnswer other => throw new InvariantBrokenException($"no answer for {other}"),
        };
    }

    static IResult Text(string text, int status) => Results.Text(text, PlainText, statusCode: status);

    /// <summary>The body of the request: <c>old N</c>, the proof's hashes, an empty line, the checkpoint.</summary>
    public static byte[] Write(long old, IReadOnlyList<byte[]> proof, byte[] note) =>
    [
        .. Encoding.ASCII.GetBytes(
            $"old {old.ToString(CultureInfo.InvariantCulture)}\n{string.Concat(proof.Select(hash => Convert.ToBase64String(hash) + "\n"))}\n"),
        .. note,
    ];

    static (long Old, List<byte[]> Proof, SignedCheckpoint Offered)? Read(byte[] body, out string why)
    {
        int blank = body.AsSpan().IndexOf("\n\n"u8);
        why = "no empty line parts the proof from the checkpoint\n";
        if (blank < 0) return null;
        string[] lines = Encoding.Latin1.GetString(body, 0, blank).Split('\n');
        why = "the first line is not 'old' and a size\n";
        if (!lines[0].StartsWith("old ", StringComparison.Ordinal) || Checkpoint.ReadSize(lines[0][4..]) is not { } old) return null;
        List<byte[]> proof = [];
        foreach (string line in lines.AsSpan(1))
        {
            why = "a line of the proof is not a hash in base 64\n";
            byte[] hash = new byte[MerkleHash.Size];
            if (line.Length != 44 || !Convert.TryFromBase64String(line, hash, out int length) || length != hash.Length) return null;
            proof.Add(hash);
        }
        SignedCheckpoint? offered = SignedCheckpoint.Read(body.AsSpan(blank + 2), out string? fault);
        why = $"the checkpoint cannot be read: {fault}\n";
        return offered is null ? null : (old, proof, offered);
    }
}
