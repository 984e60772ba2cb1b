using System.Net;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Transparency;

/// <summary>A log as it shows itself: over HTTP, or as a record's folder.</summary>
interface ILogSource : IDisposable
{
    /// <summary>For people: the address or the folder.</summary>
    string Name { get; }

    /// <summary>The newest checkpoint, unverified.</summary>
    /// <exception cref="IOException">It cannot be had.</exception>
    Task<byte[]> Checkpoint(CancellationToken stopping);

    /// <summary>A tile's hashes, unverified but of the right length.</summary>
    /// <exception cref="IOException">It cannot be had.</exception>
    Task<byte[]> Hashes(Tile tile, CancellationToken stopping);
}

/// <summary>A log by the C2SP tlog-tiles paths behind a prefix.</summary>
sealed class HttpLogSource : ILogSource
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    readonly HttpClient client;
    readonly string prefix;

    public HttpLogSource(Uri prefix, string? token = null)
    {
        this.prefix = prefix.AbsoluteUri.TrimEnd('/');
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = patience })
        {
            Timeout = patience, MaxResponseContentBufferSize = SignedCheckpoint.LongestBytes,
        };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new("Bearer", token);
    }

    public string Name => prefix;

    public Task<byte[]> Checkpoint(CancellationToken stopping) => Get("checkpoint", stopping);

    public async Task<byte[]> Hashes(Tile tile, CancellationToken stopping)
    {
        byte[] hashes = await Get(tile.Path(), stopping);
        return hashes.Length == tile.Width * MerkleHash.Size ? hashes
            : throw new IOException($"{prefix}/{tile.Path()} has {hashes.Length} bytes, not {tile.Width * MerkleHash.Size}");
    }

    async Task<byte[]> Get(string path, CancellationToken stopping)
    {
        try
        {
            using HttpResponseMessage answer = await client.GetAsync($"{prefix}/{path}", stopping);
            return answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadAsByteArrayAsync(stopping)
                : throw new IOException($"{prefix}/{path} answers {(int)answer.StatusCode}");
        }
        catch (HttpRequestException fault)
        {
            throw new IOException($"{prefix} cannot be reached: {fault.Message}", fault);
        }
        catch (OperationCanceledException slow) when (!stopping.IsCancellationRequested)
        {
            throw new IOException($"{prefix} does not answer", slow);
        }
    }

    public void Dispose() => client.Dispose();
}

/// <summary>A record's folder on this machine, being written or closed.</summary>
sealed class RecordLogSource(string folder) : ILogSource
{
    public string Name => folder;

    public Task<byte[]> Checkpoint(CancellationToken stopping) =>
        File.ReadAllBytesAsync(Path.Combine(folder, RecordFiles.Checkpoint), stopping);

    public Task<byte[]> Hashes(Tile tile, CancellationToken stopping)
    {
        try
        {
            using JournalTree tree = new(folder);
            return Task.FromResult(tree.Hashes(tile)?.ToArray() ?? throw new IOException($"{folder} does not hold {tile.Path()}"));
        }
        catch (Microsoft.Data.Sqlite.SqliteException damaged)
        {
            throw new IOException($"{folder}: {damaged.Message}", damaged);
        }
    }

    public void Dispose()
    {
        // Each tile is read over a connection of its own.
    }
}

static class LogSources
{
    /// <summary>An address (http, https) or a folder.</summary>
    public static ILogSource Open(string place, string? token = null) =>
        Uri.TryCreate(place, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? new HttpLogSource(address, token) : new RecordLogSource(place);

    /// <summary>Proves that the log of this size begins with the tree of an older size, from its tiles.</summary>
    public static async Task<IReadOnlyList<byte[]>> ConsistencyProof(this ILogSource log, long older, long size, CancellationToken stopping)
    {
        Dictionary<Tile, byte[]> tiles = [];
        // Which hashes a proof needs does not depend on them: they are asked for first, fetched, and then it is made.
        new MerkleTree(TileSubtrees.Over((level, first, count) =>
        {
            tiles.TryAdd(Tile.Holding(level, first, size), []);
            return new byte[count * MerkleHash.Size];
        })).ConsistencyProof(older, size);
        foreach (Tile tile in tiles.Keys.ToArray()) tiles[tile] = await log.Hashes(tile, stopping);
        return new MerkleTree(TileSubtrees.Over((level, first, count) =>
        {
            Tile tile = Tile.Holding(level, first, size);
            return tiles[tile].AsMemory((int)(first - tile.First) * MerkleHash.Size, count * MerkleHash.Size);
        })).ConsistencyProof(older, size);
    }
}
