using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Nadhir.Outlets.Push;

namespace Nadhir.Tests.Outlets.Push;

/// <summary>What reached a phone, read as its browser reads it, and the headers it came with.</summary>
sealed record Rung(string Phone, JsonElement Content, IReadOnlyDictionary<string, string> Headers);

/// <summary>
/// A push service and the phones behind it: it demands what RFC 8030 and 8292 ask of a sender, checks the signature, and
/// decrypts each message with the key of the phone it is for.
/// </summary>
sealed class FakePushService : IAsyncDisposable
{
    readonly WebApplication app;
    readonly ConcurrentDictionary<string, (ECDiffieHellman Key, byte[] Auth)> phones = new(StringComparer.Ordinal);

    FakePushService(WebApplication app)
    {
        this.app = app;
        Origin = app.Urls.First();
    }

    public string Origin { get; }
    public ConcurrentQueue<Rung> Rung { get; } = [];
    public ConcurrentQueue<string> Complaints { get; } = [];

    /// <summary>What a phone's address answers, asked each time; 201 when it says nothing.</summary>
    public Func<string, int?> Answer { get; set; } = _ => null;
    public int Asked;

    public static async Task<FakePushService> Start(int port = 0)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        WebApplication made = builder.Build();
        FakePushService? service = null;
        made.MapPost("/push/{phone}", (HttpContext context, string phone) => service!.Take(context, phone));
        await made.StartAsync();
        return service = new(made);
    }

    /// <summary>A phone that subscribes; its keys are made here, as a browser makes them.</summary>
    public PushSubscription Phone(string name, string zone, string language = "en")
    {
        ECDiffieHellman key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        byte[] auth = RandomNumberGenerator.GetBytes(16);
        phones[name] = (key, auth);
        return new($"{Origin}/push/{name}", PushEncryption.Point(key.ExportParameters(false).Q), auth, zone, language);
    }

    async Task<IResult> Take(HttpContext context, string phone)
    {
        Interlocked.Increment(ref Asked);
        if (Answer(phone) is { } status) return TypedResults.StatusCode(status);
        Dictionary<string, string> headers = context.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        string? wrong = Wrong(headers, body.Length);
        if (wrong is not null)
        {
            Complaints.Enqueue(wrong);
            return TypedResults.BadRequest();
        }

        (ECDiffieHellman key, byte[] auth) = phones[phone];
        byte[] plain = PushEncryption.Decrypt(body.ToArray(), key, auth);
        Rung.Enqueue(new(phone, JsonDocument.Parse(plain).RootElement, headers));
        return TypedResults.StatusCode(StatusCodes.Status201Created);
    }

    string? Wrong(Dictionary<string, string> headers, long length)
    {
        if (length > 4096) return $"{length} bytes";
        if (headers.GetValueOrDefault("Content-Encoding") != "aes128gcm") return "the coding";
        if (!int.TryParse(headers.GetValueOrDefault("TTL"), out int life) || life is < 0 or > 3600) return "the TTL";
        if (headers.GetValueOrDefault("Urgency") is not ("very-low" or "low" or "normal" or "high")) return "the urgency";
        string topic = headers.GetValueOrDefault("Topic") ?? "";
        if (topic.Length is 0 or > 32 || !Base64Url.IsValid(topic)) return "the topic";
        string[] parts = (headers.GetValueOrDefault("Authorization") ?? "").Split(' ', 2);
        if (parts is not ["vapid", { } said]) return "no VAPID";
        Dictionary<string, string> fields = said.Split(',', StringSplitOptions.TrimEntries).Select(one => one.Split('=', 2))
            .ToDictionary(one => one[0], one => one[1], StringComparer.Ordinal);
        string[] token = fields["t"].Split('.');
        using ECDsa key = ECDsa.Create(PushEncryption.Parameters(Base64Url.DecodeFromChars(fields["k"])));
        if (!key.VerifyData(Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), Base64Url.DecodeFromChars(token[2]),
            HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)) return "the signature";
        JsonElement claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token[1])).RootElement;
        if (claims.GetProperty("aud").GetString() != Origin) return "the audience";
        return claims.GetProperty("sub").GetString() == "mailto:warnings@centre.example" ? null : "the contact";
    }

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource soon = new(TimeSpan.FromSeconds(2));
        await app.StopAsync(soon.Token);
        await app.DisposeAsync();
        foreach ((ECDiffieHellman key, _) in phones.Values) key.Dispose();
    }
}
