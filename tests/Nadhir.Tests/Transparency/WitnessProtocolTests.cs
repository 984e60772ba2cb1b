using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Nadhir.Journal;
using Nadhir.Storage;
using Nadhir.Tests.Demo;
using Nadhir.Tests.Storage;
using Nadhir.Transparency;

namespace Nadhir.Tests.Transparency;

/// <summary>C2SP tlog-witness as a client meets it.</summary>
public sealed class WitnessProtocolTests : IAsyncDisposable
{
    readonly RecordFolder memory = new(), log = LogRecord.Of(300);
    readonly WebApplication app;
    readonly HttpClient client;
    readonly SigningKey key;
    readonly Uri address = new($"http://127.0.0.1:{Ports.Free()}");

    public WitnessProtocolTests()
    {
        key = SigningKey.LoadOrCreate(memory.File("witness.key"), "witness.example/w1", NoteKey.Ed25519Cosignature);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build().MapWitness(
            new WitnessBook(memory.Path, new CosigningKey(key, TimeProvider.System), [LogRecord.Key.PublicKey], TimeProvider.System));
        app.Urls.Add(address.AbsoluteUri);
        client = new HttpClient { BaseAddress = address };
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        client.Dispose();
        memory.Dispose();
        log.Dispose();
    }

    async Task<(HttpStatusCode Status, string Text, string? Type)> Add(byte[] body)
    {
        using ByteArrayContent content = new(body);
        using HttpResponseMessage answer = await client.PostAsync("/add-checkpoint", content, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation), answer.Content.Headers.ContentType?.MediaType);
    }

    Task<(HttpStatusCode Status, string Text, string? Type)> Add(long old, IReadOnlyList<byte[]> proof, RecordFolder from) =>
        Add(WitnessEndpoints.Write(old, proof, File.ReadAllBytes(from.File(RecordFiles.Checkpoint))));

    [Fact]
    public async Task Every_answer_is_the_one_of_the_standard()
    {
        await app.StartAsync(Cancellation);
        byte[] first = File.ReadAllBytes(log.File(RecordFiles.Checkpoint));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/{WitnessBook.Hash(LogRecord.Key.PublicKey.Name)}/checkpoint", Cancellation)).StatusCode);
        (HttpStatusCode status, string lines, _) = await Add(0, [], log);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith("\u2014 witness.example/w1 ", lines, StringComparison.Ordinal);
        SignedNote cosigned = SignedNote.Read([.. first, .. Encoding.UTF8.GetBytes(lines)], out _)!;
        Assert.Equal(NoteVerdict.Verified, cosigned.Verify(Ed25519Verifier.For(key.PublicKey)!));
        Assert.Equal(2, cosigned.Signatures.Count);

        (status, string size, string? type) = await Add(0, [], log);
        Assert.Equal((HttpStatusCode.Conflict, "300\n", "text/x.tlog.size"), (status, size, type));
        Assert.Equal(HttpStatusCode.OK, (await Add(300, [], log)).Status); // The same again.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Add(300, [new byte[32]], LogRecord.Of(400))).Status);
        using (RecordFolder other = LogRecord.Of(LogRecord.Numbers(300).Select(n => n + 1)))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Add(300, [], other)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Add(301, [], log)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Add("old 0300\n\n"u8.ToArray())).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Add("old 300\nnot a hash\n\nnor a checkpoint\n"u8.ToArray())).Status);
        using (RecordFolder unknown = new RecordFolder().Sealed(3))
            Assert.Equal(HttpStatusCode.NotFound, (await Add(0, [], unknown)).Status);
        byte[] unsigned = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(first).Replace("\n300\n", "\n301\n", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Forbidden, (await Add(WitnessEndpoints.Write(300, [], unsigned))).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Add(new byte[600_000])).Status);

        LogRecord.Grow(log, 400);
        using JournalTree tree = new(log.Path);
        Assert.Equal(HttpStatusCode.OK, (await Add(300, tree.ConsistencyProof(300, 700), log)).Status);
        byte[] served = await client.GetByteArrayAsync($"/{WitnessBook.Hash(LogRecord.Key.PublicKey.Name)}/checkpoint", Cancellation);
        Assert.Equal(700, SignedCheckpoint.Read(served, out _)!.Keeping(key.PublicKey).Size);
    }

    [Fact]
    public async Task A_running_journal_is_carried_to_its_witness_and_one_that_lost_entries_is_told_so()
    {
        await app.StartAsync(Cancellation);
        using LogPart part = new(log.Path, new LogOptions { Witnesses = [(key.PublicKey, address)] }, TimeProvider.System);
        await part.Round(Cancellation);
        LogRecord.Grow(log, 250);
        await part.Round(Cancellation);
        Assert.Null(part.Fault);
        RecordVerdict verdict = RecordVerifier.Verify(log.Path, attestations: new Attestations(log.Path, [key.PublicKey]));
        Assert.True(verdict.Intact);
        Assert.StartsWith("first 550 entries cosigned by witness.example/w1", Assert.Single(verdict.Attested));

        using RecordFolder truncated = LogRecord.Of(200);
        using LogPart shorter = new(truncated.Path, new LogOptions { Witnesses = [(key.PublicKey, address)] }, TimeProvider.System);
        await shorter.Round(Cancellation);
        Assert.Equal("witness witness.example/w1: has seen 550 entries, and this journal signs 200: entries it had are missing", shorter.Fault);
        Assert.False(File.Exists(truncated.File(RecordFiles.Cosigned)));
    }

    [Fact]
    public async Task A_witness_that_does_not_answer_is_a_fault_that_passes()
    {
        using LogPart part = new(log.Path, new LogOptions { Witnesses = [(key.PublicKey, address)] }, TimeProvider.System);
        await part.Round(Cancellation);
        Assert.StartsWith("witness witness.example/w1: ", part.Fault, StringComparison.Ordinal);
        await app.StartAsync(Cancellation);
        await part.Round(Cancellation);
        Assert.Null(part.Fault);
    }
}
