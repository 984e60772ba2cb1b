using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Text;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Transparency;

/// <summary>
/// Carries the checkpoints of a running journal to its witnesses and to a time stamp authority, and keeps what they
/// answer beside it. Holds nothing back: whoever cannot be reached is a fault to be shown, and is asked again.
/// </summary>
sealed class LogPart : IDisposable
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(20);

    readonly string folder;
    readonly LogOptions options;
    readonly TimeProvider clock;
    readonly HttpClient client;
    readonly Dictionary<NoteKey, long> known = [];
    readonly Dictionary<string, string> faults = new(StringComparer.Ordinal);
    readonly Lock gate = new();
    string vouchedText = "";
    DateTimeOffset lastStamp;
    byte[] lastStamped = [];

    public LogPart(string folder, LogOptions options, TimeProvider clock)
    {
        (this.folder, this.options, this.clock) = (folder, options, clock);
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = patience })
        {
            Timeout = patience, MaxResponseContentBufferSize = 1 << 20,
        };
    }

    /// <summary>What keeps checkpoints from being vouched for; null when nothing does.</summary>
    public string? Fault
    {
        get
        {
            lock (gate) return faults.Count == 0 ? null : string.Join("; ", faults.Select(fault => $"{fault.Key}: {fault.Value}"));
        }
    }

    public async Task Run(CancellationToken stopping)
    {
        TimeSpan period = options.Witnesses.IsEmpty ? options.TimestampEvery : options.WitnessEvery;
        if (options.TimestampAuthority is not null && options.TimestampEvery < period) period = options.TimestampEvery;
        if (period > TimeSpan.FromMinutes(1)) period = TimeSpan.FromMinutes(1); // What failed is tried again within a minute.
        using PeriodicTimer ticks = new(period, clock);
        try
        {
            do await Round(stopping);
            while (await ticks.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    /// <summary>Shows the newest checkpoint to all who are to vouch for it, as far as they have not.</summary>
    public async Task Round(CancellationToken stopping)
    {
        string path = Path.Combine(folder, RecordFiles.Checkpoint);
        if (!File.Exists(path)) return;
        byte[] bytes = await File.ReadAllBytesAsync(path, stopping);
        if (SignedCheckpoint.Read(bytes, out _) is not { Size: > 0 } newest) return;
        if (!options.Witnesses.IsEmpty && newest.Note.Text != vouchedText) await AskWitnesses(newest, stopping);
        if (options.TimestampAuthority is { } authority && clock.GetUtcNow() - lastStamp >= options.TimestampEvery
            && !bytes.AsSpan().SequenceEqual(lastStamped))
            await Watched($"time stamps from {authority}", () => Stamp(authority, newest, bytes, stopping), stopping);
    }

    async Task AskWitnesses(SignedCheckpoint newest, CancellationToken stopping)
    {
        SignedNote note = newest.Note;
        foreach ((NoteKey key, Uri address) in options.Witnesses)
        {
            await Watched($"witness {key.Name}", async () =>
            {
                note = note with { Signatures = [.. note.Signatures, .. await Ask(key, address, newest, stopping)] };
            }, stopping);
        }
        if (note.Signatures.Count == newest.Note.Signatures.Count) return;
        RecordFiles.WriteDurably(folder, RecordFiles.Cosigned, note.Format());
        if (note.Signatures.Count == newest.Note.Signatures.Count + options.Witnesses.Length) vouchedText = note.Text;
    }

    /// <summary>Asks twice at most: the first answer may say from which size the witness wants the proof.</summary>
    async Task<IReadOnlyList<NoteSignature>> Ask(NoteKey key, Uri address, SignedCheckpoint newest, CancellationToken stopping)
    {
        for (int attempt = 0; ; attempt++)
        {
            long old = known.GetValueOrDefault(key);
            using ByteArrayContent body = new(WitnessEndpoints.Write(old, Proof(old, newest.Size), newest.Note.Format()));
            using HttpResponseMessage answer = await client.PostAsync($"{address.AbsoluteUri.TrimEnd('/')}/add-checkpoint", body, stopping);
            string text = await answer.Content.ReadAsStringAsync(stopping);
            if (answer.StatusCode == HttpStatusCode.Conflict && attempt == 0 && Checkpoint.ReadSize(text.TrimEnd('\n')) is { } size)
            {
                if (size > newest.Size)
                    throw new IOException($"has seen {size} entries, and this journal signs {newest.Size}: entries it had are missing");
                known[key] = size;
                continue;
            }
            if (answer.StatusCode != HttpStatusCode.OK) throw new IOException($"refuses ({(int)answer.StatusCode}): {text.Trim()}");
            byte[] cosigned = [.. Encoding.UTF8.GetBytes(newest.Note.Text + "\n"), .. Encoding.UTF8.GetBytes(text)];
            IReadOnlyList<NoteSignature> signatures = SignedCheckpoint.Read(cosigned, out _)?.Keeping(key).Note.Signatures ?? [];
            if (signatures.Count == 0) throw new IOException($"answers without a cosignature of {key}");
            known[key] = newest.Size;
            return [signatures[0]];
        }
    }

    IReadOnlyList<byte[]> Proof(long old, long size)
    {
        if (old == 0 || old >= size) return [];
        using JournalTree tree = new(folder);
        return tree.ConsistencyProof(old, size);
    }

    async Task Stamp(Uri authority, SignedCheckpoint newest, byte[] note, CancellationToken stopping)
    {
        Rfc3161TimestampRequest request = TimeStamp.Request(note, RandomNumberGenerator.GetBytes(16));
        using ByteArrayContent body = new(request.Encode());
        body.Headers.ContentType = new("application/timestamp-query");
        using HttpResponseMessage answer = await client.PostAsync(authority, body, stopping);
        if (answer.StatusCode != HttpStatusCode.OK) throw new IOException($"it answers {(int)answer.StatusCode}");
        byte[] stamp = await answer.Content.ReadAsByteArrayAsync(stopping);
        request.ProcessResponse(stamp, out _); // Throws unless it is granted, fits the request and its nonce, and is signed.
        string stamps = Path.Combine(folder, RecordFiles.TimeStamps);
        Directory.CreateDirectory(stamps);
        RecordFiles.WriteDurably(stamps, $"{newest.Size}.checkpoint", note);
        RecordFiles.WriteDurably(stamps, $"{newest.Size}.tsr", stamp);
        (lastStamp, lastStamped) = (clock.GetUtcNow(), note);
    }

    async Task Watched(string who, Func<Task> work, CancellationToken stopping)
    {
        string? fault = null;
        try
        {
            await work();
        }
        catch (Exception failed) when (failed is IOException or HttpRequestException or CryptographicException
            or Microsoft.Data.Sqlite.SqliteException || (failed is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            fault = failed is OperationCanceledException ? "does not answer" : failed.Message;
        }
        lock (gate)
        {
            if (fault is null) faults.Remove(who);
            else faults[who] = fault;
        }
    }

    public void Dispose() => client.Dispose();
}
