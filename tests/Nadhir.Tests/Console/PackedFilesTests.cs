using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;

namespace Nadhir.Tests.Console;

/// <summary>What is sent of the built console: the copy that the build packed, where the browser takes it.</summary>
public sealed class PackedFilesTests : IDisposable
{
    const string Script = "console.log('as it was written');";
    readonly string root = Directory.CreateTempSubdirectory("nadhir-packed-").FullName;

    public PackedFilesTests()
    {
        Directory.CreateDirectory(Path.Combine(root, "assets"));
        File.WriteAllText(Path.Combine(root, "index.html"), "<!doctype html><title>Nadhir</title>");
        string script = Path.Combine(root, "assets", "main.js");
        File.WriteAllText(script, Script);
        using (BrotliStream brotli = new(File.Create(script + ".br"), CompressionLevel.Optimal)) brotli.Write(Encoding.UTF8.GetBytes(Script));
        using (GZipStream gzip = new(File.Create(script + ".gz"), CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(Script));
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("identity", null)]
    [InlineData(null, null)]
    public async Task A_browser_gets_the_best_copy_it_takes_and_reads_the_same(string? takes, string? sent)
    {
        await using ConsoleHost host = await ConsoleHost.Start(new() { WebRoot = root });
        using HttpResponseMessage answer = await Ask(host, "/assets/main.js", takes);
        Assert.Equal(sent is null ? [] : [sent], answer.Content.Headers.ContentEncoding);
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        Assert.Contains("immutable", answer.Headers.CacheControl?.ToString() ?? "", StringComparison.Ordinal);
        await using Stream body = await answer.Content.ReadAsStreamAsync(Cancellation);
        Stream open = sent switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress), "gzip" => new GZipStream(body, CompressionMode.Decompress), _ => body,
        };
        Assert.Equal(Script, await new StreamReader(open).ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task What_was_not_packed_is_sent_as_it_is()
    {
        await using ConsoleHost host = await ConsoleHost.Start(new() { WebRoot = root });
        using HttpResponseMessage answer = await Ask(host, "/", "gzip, br");
        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Contains("Nadhir", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_older_than_its_file_is_not_sent()
    {
        string script = Path.Combine(root, "assets", "main.js");
        File.SetLastWriteTimeUtc(script, File.GetLastWriteTimeUtc(script + ".br").AddMinutes(1));
        await using ConsoleHost host = await ConsoleHost.Start(new() { WebRoot = root });
        using HttpResponseMessage answer = await Ask(host, "/assets/main.js", "gzip, br");
        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Equal(Script, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    static Task<HttpResponseMessage> Ask(ConsoleHost host, string path, string? takes)
    {
        HttpRequestMessage request = new(HttpMethod.Get, path);
        if (takes is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", takes);
        return host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }
}
