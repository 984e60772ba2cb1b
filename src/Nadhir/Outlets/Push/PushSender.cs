using System.Net;
using System.Net.Http.Headers;

namespace Nadhir.Outlets.Push;

/// <summary>What a push service said.</summary>
abstract record PushAnswer
{
    PushAnswer() { }

    /// <summary>It has it; whether the phone will, nobody knows.</summary>
    public sealed record Taken : PushAnswer;
    /// <summary>The phone has unsubscribed.</summary>
    public sealed record Gone : PushAnswer;
    /// <summary>Worth another try, no sooner than it says.</summary>
    public sealed record Later(Cause Why, TimeSpan? Wait, bool Unreachable) : PushAnswer;
    /// <summary>No use trying again.</summary>
    public sealed record Refused(Cause Why) : PushAnswer;
}

/// <summary>Hands one message for one phone to its push service (RFC 8030 §5).</summary>
sealed class PushSender : IDisposable
{
    /// <summary>A push service that takes longer than this is one that does not answer.</summary>
    static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    readonly VapidKey key;
    readonly HttpClient client;

    public PushSender(VapidKey key)
    {
        this.key = key;
        client = new HttpClient(new SocketsHttpHandler
        {
            // Where a subscription leads was checked when it was made; a redirection was not.
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            EnableMultipleHttp2Connections = true,
        })
        {
            Timeout = patience,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
    }

    public async Task<PushAnswer> Send(PushMessage message, PushSubscription to, DateTimeOffset now, CancellationToken stop)
    {
        if (message.ContentIn(to.Language) is not { } content) return new PushAnswer.Refused(Cause.Of(CauseCode.NoWordsIn, to.Language));
        if (content.Length > PushEncryption.LongestContent) return new PushAnswer.Refused(Cause.Of(CauseCode.TooLongForPush));
        try
        {
            Uri endpoint = new(to.Endpoint);
            using HttpRequestMessage request = new(HttpMethod.Post, endpoint)
            {
                Content = new ByteArrayContent(PushEncryption.Encrypt(content, to.Key, to.Auth)),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            request.Content.Headers.ContentEncoding.Add("aes128gcm");
            request.Headers.TryAddWithoutValidation("Authorization", key.Authorization(endpoint, now));
            request.Headers.TryAddWithoutValidation("TTL", ((long)Math.Max(0, (message.Expires - now).TotalSeconds)).ToString());
            request.Headers.TryAddWithoutValidation("Urgency", message.Urgency);
            request.Headers.TryAddWithoutValidation("Topic", message.Topic);
            using HttpResponseMessage answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            return Read(answer, now);
        }
        catch (HttpRequestException fault)
        {
            return new PushAnswer.Later(WorldFault.Of(fault), null, Unreachable: true);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new PushAnswer.Later(Cause.Of(CauseCode.NoAnswerInTime), null, Unreachable: true);
        }
        catch (System.Security.Cryptography.CryptographicException fault)
        {
            return new PushAnswer.Refused(Cause.Of(CauseCode.PhonesKeyUnusable, fault.Message));
        }
    }

    static PushAnswer Read(HttpResponseMessage answer, DateTimeOffset now) => (int)answer.StatusCode switch
    {
        >= 200 and < 300 => new PushAnswer.Taken(),
        404 or 410 => new PushAnswer.Gone(),
        429 or >= 500 => new PushAnswer.Later(Cause.Of(CauseCode.TheyAnswered, $"HTTP {(int)answer.StatusCode}"), Wait(answer.Headers.RetryAfter, now), Unreachable: false),
        int other => new PushAnswer.Refused(Cause.Of(CauseCode.TheyAnswered, $"HTTP {other}")),
    };

    static TimeSpan? Wait(RetryConditionHeaderValue? said, DateTimeOffset now) => said?.Delta ?? (said?.Date - now);

    public void Dispose() => client.Dispose();
}
