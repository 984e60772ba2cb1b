using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Nadhir.Dossiers;
using Nadhir.Storage;
using Nadhir.Tests.Conventions;
using Nadhir.Tests.Demo;

namespace Nadhir.Tests.Dossiers;

/// <summary>
/// E15 over the API of a live system: a statement on its whole way, each sentence linked. Then its dossiers: while the
/// record is written and after, with a key kept elsewhere, by profiles of one's own, with protected sources.
/// </summary>
public sealed class LiveDossierTests
{
    static readonly string[] linked = ["C01", "C04", "C05", "C08", "C09", "C10", "C11", "C12", "C19", "C20"];
    static readonly string[] secrets = ["third gate", "fourth gate", "fifth gate", "sixth gate", "HANDLE-7", "warehouse clerk"];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static object Sentence(string text, params string[] claims) => new { text, claims };

    [Fact]
    public async Task A_statement_goes_its_whole_way_and_the_dossiers_of_the_live_record_stand_up()
    {
        await using LiveRecord live = await LiveRecord.Start();
        await live.Do(new { type = "incident.open", by = "duty officer", incident = "INC-1", title = "attack", zone = "Z" });
        await AReportIsIngested(live);
        await ClaimsAreRecorded(live);
        await TheStatementIsPublished(live);
        await TheStatementIsCorrected(live);
        await ProtectedSourcesAreHeard(live);

        (string court, DossierVerdict written) = await Made(live, "while-written", "--profile", "court");
        Assert.Equal(0, written.Withheld);
        AStatementStandsInIt(court);

        Assert.Equal(0, await live.Process.Terminate());
        (int code, string output, _) = await NadhirProcess.Run("verify", live.Record, "--key", Path.Combine(live.Record, RecordFiles.PublicKey));
        Assert.True(code == 0 && output.Contains("every decision recomputed", StringComparison.Ordinal), output);

        (string whole, DossierVerdict all) = await Made(live, "court");
        (string again, DossierVerdict _) = await Made(live, "again");
        Assert.Equal(await File.ReadAllBytesAsync(whole + ".tar", Cancellation), await File.ReadAllBytesAsync(again + ".tar", Cancellation));
        foreach (string profile in new[] { "partner", "press", "nobody", "public" })
        {
            (string folder, DossierVerdict part) = await Made(live, profile, "--profile", profile, "--config", live.Configuration);
            Assert.Equal((all.FieldRoot, profile), (part.FieldRoot, part.Profile));
            Assert.True(part.Withheld > 0);
            NothingProtectedIsToldIn(folder);
        }

        Assert.All(secrets, secret => Assert.Contains(secret, File.ReadAllText(Path.Combine(whole, DossierFiles.Content)), StringComparison.Ordinal));
        await TheKeyMayBeElsewhere(live, whole);
        (code, _, string errors) = await NadhirProcess.Run(
            "dossier", live.Record, "INC-1", "--out", Path.Combine(live.Folder, "none"), "--profile", "pres", "--config", live.Configuration);
        Assert.Equal(2, code);
        Assert.Contains("court, partner, public, press, nobody", errors, StringComparison.Ordinal);
    }

    /// <summary>By the command, over the API: proposals of which a person accepts one.</summary>
    static async Task AReportIsIngested(LiveRecord live)
    {
        string report = Path.Combine(live.Folder, "ferry.txt"), review = Path.Combine(live.Folder, "review.json");
        await File.WriteAllTextAsync(report, "According to the coast guard, a ferry was held in the bay for three hours.", Cancellation);
        string[] server = ["--server", live.Address.ToString(), "--token-file", live.Token];
        (int code, string output, string errors) = await NadhirProcess.Run(["ingest", report, "--review", review, "--source", "FERRY", .. server]);
        Assert.True(code == 0, output + errors);
        string decided = (await File.ReadAllTextAsync(review, Cancellation)).Replace("\"accept\": null", "\"accept\": true", StringComparison.Ordinal);
        await File.WriteAllTextAsync(review, decided, Cancellation);
        (code, output, errors) = await NadhirProcess.Run(["ingest", report, "--accept", review, "--by", "desk", "--source", "FERRY", .. server]);
        Assert.True(code == 0 && errors.Contains("1 taken, 2 there already", StringComparison.Ordinal), output + errors);
    }

    static async Task ClaimsAreRecorded(LiveRecord live)
    {
        Dictionary<string, (string Words, string By)> claims = LiveRecord.ScenarioClaims();
        foreach (string id in linked)
        {
            Assert.StartsWith("spokesman", claims[id].By, StringComparison.Ordinal);
            await live.Do(new
            {
                type = "claim.record", by = "desk", claim = id, kind = "statement", text = claims[id].Words, attribution = claims[id].By, incident = "INC-1",
            });
        }
    }

    /// <summary>Draft, another's approval, embargo, publication: each refused out of turn.</summary>
    static async Task TheStatementIsPublished(LiveRecord live)
    {
        Dictionary<string, (string Words, string By)> claims = LiveRecord.ScenarioClaims();
        object[] sentences = [.. linked.Select(id => Sentence($"It was said: {claims[id].Words}.", id)), new { text = "We will answer by law.", position = true }];
        DateTimeOffset embargo = TimeProvider.System.GetUtcNow().AddSeconds(8);
        await live.Do(new { type = "statement.draft", by = "press officer", statement = "S-1", speaker = "spokesman", incident = "INC-1", sentences = new[] { Sentence("It was said so.", "C99") } });
        await live.Do(new { type = "statement.approve", by = "chief of staff", statement = "S-1" });
        Assert.Contains("rest on nothing", await live.Refused(new { type = "statement.publish", by = "press officer", statement = "S-1" }), StringComparison.Ordinal);

        await live.Do(new { type = "statement.draft", by = "press officer", statement = "S-1", speaker = "spokesman", incident = "INC-1", sentences, embargo });
        Assert.Contains("not approved", await live.Refused(new { type = "statement.publish", by = "press officer", statement = "S-1" }), StringComparison.Ordinal);
        Assert.Contains("other than", await live.Refused(new { type = "statement.approve", by = " Press  Officer", statement = "S-1" }), StringComparison.Ordinal);
        await live.Do(new { type = "statement.approve", by = "chief of staff", statement = "S-1" });
        Assert.Equal(JsonValueKind.Undefined, (await live.Statement("S-1", publicly: true)).ValueKind);
        Assert.Contains("not before", await live.Refused(new { type = "statement.publish", by = "press officer", statement = "S-1" }), StringComparison.Ordinal);
        using PeriodicTimer patience = new(TimeSpan.FromMilliseconds(500));
        for (int tries = 0; (await live.Try(new { type = "statement.publish", by = "press officer", statement = "S-1" })).Code != HttpStatusCode.OK; tries++)
        {
            Assert.True(tries < 120, "the embargo never ended");
            await patience.WaitForNextTickAsync(Cancellation);
        }

        Assert.True(TimeProvider.System.GetUtcNow() >= embargo);
        JsonElement seen = await live.Statement("S-1", publicly: true);
        Assert.Equal(linked, seen.GetProperty("claims").EnumerateArray().Select(claim => claim.GetString()));
        Assert.Equal("none", seen.GetProperty("systemPosition").GetString());
        Assert.All(seen.GetProperty("sentences").EnumerateArray(), each => Assert.True(each.GetProperty("linked").GetBoolean() || each.GetProperty("position").GetBoolean()));
        Assert.DoesNotContain("press officer", seen.GetProperty("draftedBy").GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>While the correction is on its way the public still sees what was published.</summary>
    static async Task TheStatementIsCorrected(LiveRecord live)
    {
        await live.Do(new
        {
            type = "statement.correct", by = "press officer", statement = "S-1", reason = "a word was wrong",
            sentences = new[] { Sentence("It was said anew.", "C01", "C20") },
        });
        JsonElement before = await live.Statement("S-1", publicly: true);
        Assert.Equal((1, 11), (before.GetProperty("version").GetInt32(), before.GetProperty("sentences").GetArrayLength()));
        Assert.Contains("other than", await live.Refused(new { type = "statement.approve", by = "press officer", statement = "S-1" }), StringComparison.Ordinal);
        await live.Do(new { type = "statement.approve", by = "chief of staff", statement = "S-1" });
        await live.Do(new { type = "statement.publish", by = "chief of staff", statement = "S-1" });
        JsonElement after = await live.Statement("S-1", publicly: true);
        Assert.Equal((2, "a word was wrong"), (after.GetProperty("version").GetInt32(), after.GetProperty("correctionReason").GetString()));
        JsonElement first = Assert.Single(after.GetProperty("earlier").EnumerateArray());
        Assert.Equal(11, first.GetProperty("sentences").GetArrayLength());
        Assert.False(first.TryGetProperty("approved", out _));
        Assert.Equal("chief of staff", (await live.Statement("S-1")).GetProperty("earlier")[0].GetProperty("approved").GetProperty("by").GetString());
    }

    static async Task ProtectedSourcesAreHeard(LiveRecord live)
    {
        const string report = "Notes. The fifth gate was open all night, he said.";
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(report)));
        await live.Do(new { type = "source.add", by = "desk", source = "D-1", title = "notes of a talk about the sixth gate", publisher = "own", obtained = "by hand", sha256 = hash, text = report });
        await live.Do(new
        {
            type = "claim.record", by = "desk", claim = "P-1", kind = "casualty", text = "two died at the third gate", attribution = "a warehouse clerk",
            killed = 2, incident = "INC-1", protectedSource = "HANDLE-7",
        });
        await live.Do(new { type = "claim.revise", by = "desk", claim = "P-1", reason = "it was the fourth gate", text = "two died at the fourth gate", killed = 2 });
        await live.Do(new
        {
            type = "claim.record", by = "desk", claim = "P-2", kind = "event", text = "The fifth gate was open all night", attribution = "a warehouse clerk",
            incident = "INC-1", source = "D-1", from = 7, to = 40, protectedSource = "HANDLE-7",
        });
    }

    static void AStatementStandsInIt(string folder)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, DossierFiles.Content)));
        string?[] way = [.. json.RootElement.GetProperty("statements").EnumerateArray().Select(row => row.GetProperty("type").GetString())];
        foreach (string step in new[] { "statement.draft", "statement.approve", "statement.publish", "statement.correct" }) Assert.Contains(step, way);
    }

    /// <summary>Neither in the files nor in the journal entries they quote.</summary>
    static void NothingProtectedIsToldIn(string folder)
    {
        foreach ((string name, byte[] bytes) in DossierFiles.OfFolder(folder))
            foreach (string secret in secrets)
                Assert.False(Encoding.UTF8.GetString(bytes).Contains(secret, StringComparison.Ordinal), $"{folder}: {name} tells of {secret}");
        foreach (string line in File.ReadLines(Path.Combine(folder, DossierFiles.Entries)))
            if (QuotedEntries.Read(line).Entry is { } entry)
                Assert.All(secrets, secret => Assert.DoesNotContain(secret, Encoding.UTF8.GetString(entry.Payload.Span), StringComparison.Ordinal));
    }

    static async Task TheKeyMayBeElsewhere(LiveRecord live, string whole)
    {
        string vault = Directory.CreateDirectory(Path.Combine(live.Folder, "vault")).FullName, key = Path.Combine(vault, "signing.key");
        File.Move(Path.Combine(live.Record, "signing.key"), key);
        string[] arguments = ["dossier", live.Record, "INC-1", "--out", Path.Combine(live.Folder, "elsewhere")];
        (int code, _, string errors) = await NadhirProcess.Run(arguments);
        Assert.Equal(1, code);
        Assert.Contains("give its key with --signing-key", errors, StringComparison.Ordinal);
        SigningKey.LoadOrCreate(Path.Combine(vault, "other.key"), "live.nadhir.invalid");
        (code, _, errors) = await NadhirProcess.Run([.. arguments, "--signing-key", Path.Combine(vault, "other.key")]);
        Assert.Equal(1, code);
        Assert.Contains("is not the one that signed the record", errors, StringComparison.Ordinal);
        (code, string output, errors) = await NadhirProcess.Run([.. arguments, "--signing-key", key]);
        Assert.True(code == 0, output + errors);
        Assert.Equal(await File.ReadAllBytesAsync(whole + ".tar", Cancellation), await File.ReadAllBytesAsync(Path.Combine(live.Folder, "elsewhere.tar"), Cancellation));
    }

    /// <summary>A dossier that the program and the independent verifier both find whole.</summary>
    static async Task<(string Folder, DossierVerdict Verdict)> Made(LiveRecord live, string name, params string[] more)
    {
        BabilDossier.Fonts();
        string to = Path.Combine(live.Folder, name), key = Path.Combine(live.Record, RecordFiles.PublicKey);
        (int code, string output, string errors) = await NadhirProcess.Run(["dossier", live.Record, "INC-1", "--out", to, .. more]);
        Assert.True(code == 0, output + errors);
        DossierVerdict verdict = DossierVerifier.Verify(to, Journal.NoteKey.Read((await File.ReadAllTextAsync(key, Cancellation)).Trim(), out _));
        Assert.True(verdict is { Intact: true, ExerciseKey: false }, string.Join("; ", verdict.Faults));
        ProcessStartInfo start = new("python3", [Path.Combine(Repository.Root, "docs/verify/verify_dossier.py"), to, key]) { RedirectStandardOutput = true, UseShellExecute = false };
        using Process python = Process.Start(start)!;
        string said = await python.StandardOutput.ReadToEndAsync(Cancellation);
        await python.WaitForExitAsync(Cancellation);
        Assert.True(python.ExitCode == 0, said);
        return (to, verdict);
    }
}
