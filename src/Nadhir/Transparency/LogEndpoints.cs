using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Nadhir.DutyConsole;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Transparency;

/// <summary>
/// The journal as a log (C2SP tlog-tiles): checkpoint, tiles of hashes, proofs; entries for those who may. What each
/// answers: docs/journal.md.
/// </summary>
static class LogEndpoints
{
    /// <summary>Asked at once; more wait, and are refused after <see cref="patience"/>: reading must not starve the writer's disk.</summary>
    const int MostAtOnce = 4;
    const string Bytes = "application/octet-stream", PlainText = "text/plain; charset=utf-8";
    const string Forever = "public, max-age=31536000, immutable", Private = "private, no-store";

    static readonly TimeSpan patience = TimeSpan.FromSeconds(5);

    public static WebApplication MapLog(this WebApplication app, string folder, LogOptions options)
    {
        LogReaders readers = new(options);
        SemaphoreSlim gate = new(MostAtOnce);
        RouteGroupBuilder log = app.MapGroup("/log").ExcludeFromDescription();
        log.MapGet("/checkpoint", (HttpContext context, ConsoleAccess access) =>
            !readers.MayReadHashes(context, access) ? Results.Unauthorized() : Checkpoint(context, folder));
        log.MapGet("/tile/{**path}", (string path, HttpContext context, ConsoleAccess access) =>
            Tile.Read(path) is not { } tile ? Task.FromResult(Results.NotFound())
            : !readers.MayRead(tile.Level == Tile.Entries, context, access) ? Task.FromResult(Results.Unauthorized())
            : Guarded(gate, folder, tree => tile.Level == Tile.Entries ? Bundle(context, tree, tile) : Hashes(context, tree, tile)));
        log.MapGet("/entry/{index:long}", (long index, HttpContext context, ConsoleAccess access) =>
            !readers.MayRead(entries: true, context, access) ? Task.FromResult(Results.Unauthorized())
            : Guarded(gate, folder, tree =>
            {
                context.Response.Headers.CacheControl = Private;
                return index >= 0 && tree.Encoded(index) is { } encoded ? Results.Bytes(encoded, Bytes) : Results.NotFound();
            }));
        log.MapGet("/proof/inclusion", (long leaf, long size, HttpContext context, ConsoleAccess access) =>
            !readers.MayReadHashes(context, access) ? Task.FromResult(Results.Unauthorized())
            : Guarded(gate, folder, tree => leaf < 0 || leaf >= size || size > tree.Size ? Results.NotFound()
                : Results.Json(
                    new InclusionProof(leaf, size, tree.LeafHash(leaf), tree.Root(size), tree.InclusionProof(leaf, size)),
                    LogJson.Default.InclusionProof)));
        log.MapGet("/proof/consistency", (long old, long size, HttpContext context, ConsoleAccess access) =>
            !readers.MayReadHashes(context, access) ? Task.FromResult(Results.Unauthorized())
            : Guarded(gate, folder, tree => old <= 0 || old > size || size > tree.Size ? Results.NotFound()
                : Results.Json(
                    new ConsistencyProof(old, size, tree.Root(old), tree.Root(size), tree.ConsistencyProof(old, size)),
                    LogJson.Default.ConsistencyProof)));
        return app;
    }

    /// <summary>The newest checkpoint, or the one witnesses cosigned when it is the same.</summary>
    static IResult Checkpoint(HttpContext context, string folder)
    {
        context.Response.Headers.CacheControl = "public, max-age=2";
        string newest = Path.Combine(folder, RecordFiles.Checkpoint), cosigned = Path.Combine(folder, RecordFiles.Cosigned);
        if (!File.Exists(newest)) return Results.NotFound();
        byte[] note = File.ReadAllBytes(newest);
        if (File.Exists(cosigned) && File.ReadAllBytes(cosigned) is var vouched
            && SignedNote.Read(note, out _)?.Text is { } text && SignedNote.Read(vouched, out _)?.Text == text) note = vouched;
        return Results.Bytes(note, PlainText);
    }

    static IResult Hashes(HttpContext context, JournalTree tree, Tile tile)
    {
        if (tree.Hashes(tile) is not { } hashes) return Results.NotFound();
        context.Response.Headers.CacheControl = Forever;
        return Results.Bytes(hashes, Bytes);
    }

    static IResult Bundle(HttpContext context, JournalTree tree, Tile tile)
    {
        context.Response.Headers.CacheControl = Private; // Raw sensor bytes do not belong in a cache between.
        if (tree.Bundle(tile) is not { } bundle)
        {
            return (tile with { Level = 0 }).IsIn(tree.Size)
                ? Results.Text("an entry of this bundle is withheld, or longer than 65,535 bytes: ask for entries one by one at /log/entry/N\n",
                    PlainText, statusCode: StatusCodes.Status422UnprocessableEntity)
                : Results.NotFound();
        }
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase)) return Results.Bytes(bundle, Bytes);
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest)) gzip.Write(bundle);
        context.Response.Headers.ContentEncoding = "gzip";
        return Results.Bytes(packed.ToArray(), Bytes);
    }

    static async Task<IResult> Guarded(SemaphoreSlim gate, string folder, Func<JournalTree, IResult> answer)
    {
        if (!await gate.WaitAsync(patience)) return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        try
        {
            using JournalTree tree = new(folder);
            return answer(tree);
        }
        catch (Exception unread) when (unread is IOException or SqliteException)
        {
            return Results.Problem(unread.Message, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Who may read what of the log.</summary>
    sealed class LogReaders(LogOptions options)
    {
        const string Scheme = "Bearer ";

        readonly byte[]? expected = options.ReaderToken is { Length: > 0 } token ? SHA256.HashData(Encoding.UTF8.GetBytes(token)) : null;

        public bool MayReadHashes(HttpContext context, ConsoleAccess access) => MayRead(entries: false, context, access);

        public bool MayRead(bool entries, HttpContext context, ConsoleAccess access) =>
            (!entries && options.HashesArePublic) || access.IsOperator(context) || HasToken(context.Request.Headers.Authorization);

        bool HasToken(string? header) =>
            expected is not null && header?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim())), expected);
    }
}
