using System.Diagnostics;
using CsCheck;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Nadhir.Storage;
using Nadhir.Tests.Demo;
using Nadhir.Tests.Storage;
using Nadhir.Transparency;

namespace Nadhir.Tests.Transparency;

/// <summary>OpenSSL as the authority, over HTTP, and as a second opinion on what it answered.</summary>
public sealed class TimeStampTests : IAsyncDisposable
{
    const string Settings =
        """
        [tsa]
        default_tsa = one
        [one]
        serial = SERIAL
        signer_digest = sha256
        default_policy = 1.2.3.4.1
        digests = sha256
        ess_cert_id_alg = sha256
        """;

    readonly string authority = Directory.CreateTempSubdirectory("nadhir-authority-").FullName;
    readonly RecordFolder log = LogRecord.Of(100);
    readonly Uri address = new($"http://127.0.0.1:{Ports.Free()}/");
    WebApplication? server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        Directory.Delete(authority, recursive: true);
        log.Dispose();
    }

    string File(string name) => Path.Combine(authority, name);

    static async Task<(int Exit, string Output)> OpenSsl(params string[] arguments)
    {
        ProcessStartInfo start = new("openssl", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process openssl = Process.Start(start)!;
        string output = await openssl.StandardOutput.ReadToEndAsync(Cancellation) + await openssl.StandardError.ReadToEndAsync(Cancellation);
        await openssl.WaitForExitAsync(Cancellation);
        return (openssl.ExitCode, output);
    }

    async Task Make(string name, string usage)
    {
        Assert.Equal(0, (await OpenSsl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", $"/CN={name}", "-keyout", File($"{name}.key"),
            "-out", File($"{name}.pem"), "-addext", usage, "-addext", "basicConstraints=critical,CA:TRUE")).Exit);
    }

    async Task StartAuthority()
    {
        await Make("authority", "keyUsage=keyCertSign");
        await Make("stranger", "keyUsage=keyCertSign");
        await System.IO.File.WriteAllTextAsync(File("ext"), "extendedKeyUsage=critical,timeStamping\n", Cancellation);
        await OpenSsl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=clock", "-keyout", File("clock.key"), "-out", File("clock.csr"));
        Assert.Equal(0, (await OpenSsl("x509", "-req", "-in", File("clock.csr"), "-CA", File("authority.pem"), "-CAkey", File("authority.key"),
            "-CAcreateserial", "-days", "1", "-extfile", File("ext"), "-out", File("clock.pem"))).Exit);
        await System.IO.File.WriteAllTextAsync(File("settings"), Settings.Replace("SERIAL", File("serial"), StringComparison.Ordinal), Cancellation);
        await System.IO.File.WriteAllTextAsync(File("serial"), "01\n", Cancellation);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.Urls.Add(address.AbsoluteUri);
        server.MapPost("/", async (HttpContext context) =>
        {
            Assert.Equal("application/timestamp-query", context.Request.ContentType);
            await using (FileStream query = System.IO.File.Create(File("query"))) await context.Request.Body.CopyToAsync(query, Cancellation);
            (int exit, string said) = await OpenSsl("ts", "-reply", "-config", File("settings"), "-section", "one", "-queryfile", File("query"),
                "-inkey", File("clock.key"), "-signer", File("clock.pem"), "-out", File("reply"));
            return exit == 0 ? Results.Bytes(await System.IO.File.ReadAllBytesAsync(File("reply"), Cancellation), "application/timestamp-reply")
                : Results.Problem(said);
        });
        await server.StartAsync(Cancellation);
    }

    [Fact]
    public async Task A_checkpoint_is_stamped_by_a_real_authority_and_openssl_agrees()
    {
        using LogPart part = new(log.Path, new LogOptions { TimestampAuthority = address, TimestampEvery = TimeSpan.Zero }, TimeProvider.System);
        await part.Round(Cancellation);
        Assert.StartsWith("time stamps from", part.Fault, StringComparison.Ordinal); // Nobody there: shown, and nothing held back.
        await StartAuthority();
        await part.Round(Cancellation);
        Assert.Null(part.Fault);

        string stamped = Path.Combine(log.Path, RecordFiles.TimeStamps, "100.checkpoint"), answer = Path.ChangeExtension(stamped, ".tsr");
        (int exit, string said) = await OpenSsl("ts", "-verify", "-data", stamped, "-in", answer, "-CAfile", File("authority.pem"));
        Assert.True(exit == 0, said);

        RecordVerdict Verdict(string ca) => RecordVerifier.Verify(log.Path, attestations: new Attestations(log.Path, [], null, File(ca)));
        RecordVerdict verdict = Verdict("authority.pem");
        Assert.True(verdict.Intact);
        Assert.Matches("^first 100 entries stamped [0-9T:-]+Z by clock$", Assert.Single(verdict.Attested));
        Assert.Contains("not vouched for", Assert.Single(Verdict("stranger.pem").Faults).What);

        // Another checkpoint, rightly signed, under the same stamp.
        using RecordFolder other = LogRecord.Of(LogRecord.Numbers(100).Select(n => n + 1));
        System.IO.File.Copy(other.File(RecordFiles.Checkpoint), stamped, overwrite: true);
        Assert.Contains("stamps other bytes", Assert.Single(Verdict("authority.pem").Faults).What);
    }

    [Fact]
    public void No_bytes_an_authority_may_answer_make_the_check_throw() =>
        Gen.Byte.Array[0, 200].Sample(bytes => TimeStamp.Verify(bytes, "x"u8, [], out string? fault) is null && fault is not null);
}
