using System.Net;
using System.Text.Json;
using Nadhir.Journal;
using Nadhir.Storage;
using Nadhir.Tests.Demo;
using Nadhir.Transparency;

namespace Nadhir.Tests.Transparency;

/// <summary>The whole program: a running system shows its journal as a log, and a witness in another process watches it.</summary>
public sealed class LogServeTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-log-serve-").FullName;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_witness_follows_a_running_system_and_entries_are_for_those_who_may()
    {
        (int console, int mqtt) = (Ports.Free(), Ports.Free());
        string record = Path.Combine(folder, "record");
        await File.WriteAllTextAsync(Path.Combine(folder, "operators"), "operators-secret\n", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "readers"), "readers-secret\n", Cancellation);
        string configuration = await NadhirProcess.Configure(folder, $$$"""
            mqtt: {embedded: {address: 127.0.0.1, port: {{{mqtt}}}}}
            console: {port: {{{console}}}, token_file: operators}
            journal: {public_hashes: true, reader_token_file: readers}
            tick_s: 0.1
            """);
        using HttpClient anyone = new() { BaseAddress = new($"http://127.0.0.1:{console}/log/"), Timeout = TimeSpan.FromSeconds(20) };
        using NadhirProcess nadhir = NadhirProcess.Start(console, "serve", "--config", configuration);
        await nadhir.WaitFor("a checkpoint", _ => File.Exists(Path.Combine(record, RecordFiles.Checkpoint)));

        SignedCheckpoint checkpoint = SignedCheckpoint.Read(await anyone.GetByteArrayAsync("checkpoint", Cancellation), out _)!;
        NoteKey key = NoteKey.Read((await File.ReadAllTextAsync(Path.Combine(record, RecordFiles.PublicKey), Cancellation)).Trim(), out _)!;
        Assert.Equal(NoteVerdict.Verified, checkpoint.Note.Verify(Ed25519Verifier.For(key)!));

        // Tiles of the checkpoint's size give its root; a proof holds against it.
        using HttpLogSource log = new(new($"http://127.0.0.1:{console}/log"));
        byte[] hashes = await log.Hashes(Tile.Holding(0, 0, checkpoint.Size), Cancellation);
        Assert.True(checkpoint.Size is > 0 and < 256);
        Assert.Equal(checkpoint.Checkpoint.Root.ToArray(), new MerkleTree(leaf => hashes[(int)(32 * leaf)..(int)((32 * leaf) + 32)]).Root(checkpoint.Size));
        JsonElement proof = JsonDocument.Parse(await anyone.GetStringAsync($"proof/inclusion?leaf=1&size={checkpoint.Size}", Cancellation)).RootElement;
        Assert.True(MerkleProof.Includes(
            1, (ulong)checkpoint.Size, proof.GetProperty("leafHash").GetBytesFromBase64(),
            [.. proof.GetProperty("proof").EnumerateArray().Select(hash => hash.GetBytesFromBase64())], checkpoint.Checkpoint.Root.Span));
        Assert.Equal(HttpStatusCode.NotFound, (await anyone.GetAsync("tile/0/x001/067", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await anyone.GetAsync("tile/0/1", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await anyone.GetAsync($"proof/inclusion?leaf=5&size=4", Cancellation)).StatusCode);

        // Entries are not for anyone.
        Assert.Equal(HttpStatusCode.Unauthorized, (await anyone.GetAsync("tile/entries/000.p/2", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await anyone.GetAsync("entry/0", Cancellation)).StatusCode);
        foreach (string secret in new[] { "operators-secret", "readers-secret" })
        {
            using HttpClient reader = new() { BaseAddress = anyone.BaseAddress, DefaultRequestHeaders = { Authorization = new("Bearer", secret) } };
            byte[] bundle = await reader.GetByteArrayAsync("tile/entries/000.p/2", Cancellation);
            int length = (bundle[0] << 8) | bundle[1];
            Assert.Equal(hashes[..32], MerkleHash.Leaf(bundle.AsSpan(2, length)));
            Assert.Equal(hashes[..32], MerkleHash.Leaf(await reader.GetByteArrayAsync("entry/0", Cancellation)));
        }

        string memory = Path.Combine(folder, "witness");
        string[] arguments = ["witness", "--folder", memory, "--name", "witness.example/w1", "--log", key.ToString(), "--poll", log.Name, "--once"];
        (int exit, string said, string errors) = await NadhirProcess.Run(arguments);
        Assert.True(exit == 0, said + errors);
        Assert.Contains("entries cosigned", said, StringComparison.Ordinal);
        Assert.Equal(0, await nadhir.Terminate());

        // The owner of the key cuts the end off and signs again: the record is whole by itself, but not for the witness.
        string cosigned = Path.Combine(memory, WitnessBook.Hash(checkpoint.Origin), RecordFiles.Checkpoint);
        string witness = Path.Combine(memory, "witness.pub");
        (exit, said, _) = await NadhirProcess.Run("verify", record, "--witness", witness, "--cosigned", cosigned);
        Assert.True(exit == 0, said);
        File.Delete(Path.Combine(record, RecordFiles.Journal));
        File.Delete(Path.Combine(record, RecordFiles.Checkpoint));
        using (SqliteJournal forged = SqliteJournal.Create(record))
        {
            forged.Append(new Entry(EntryKind.Tick, DateTimeOffset.UnixEpoch, "", default));
            forged.Seal(SigningKey.LoadOrCreate(Path.Combine(record, "signing.key"), "unused"));
        }
        (exit, said, _) = await NadhirProcess.Run("verify", record, "--chain-only", "--witness", witness, "--cosigned", cosigned);
        Assert.Equal(1, exit);
        Assert.Contains("but only 1 are here", said, StringComparison.Ordinal);
        arguments[^2] = record;
        (exit, said, _) = await NadhirProcess.Run(arguments);
        Assert.Equal(1, exit);
        Assert.Contains("REFUSED", said, StringComparison.Ordinal);
        Assert.Contains("Forked", said, StringComparison.Ordinal);
    }
}
