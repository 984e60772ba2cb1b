using System.Buffers.Text;
using System.Text.Json;
using Nadhir.DutyConsole;
using Nadhir.PublicPage;

namespace Nadhir.Outlets.Push;

/// <summary>Where phones ask to be told, or not any more.</summary>
static class PushEndpoints
{
    /// <summary>Longest request, bytes.</summary>
    const int LongestBody = 4096;

    /// <summary>Requests a second, of everyone together: who asks is not looked at.</summary>
    const int MostPerSecond = 100;

    public static void MapPush(
        this IEndpointRouteBuilder endpoints, PushSubscriptions subscriptions, PushServices services, ZoneDirectory zones)
    {
        Rate rate = new();
        endpoints.MapGroup("/api").WithTags("public")
            .MapPost("/push", (HttpContext context, CancellationToken _) => Take(context, rate, subscriptions, services, zones))
            .WithSummary("A phone asks to be told of a zone's alerts by push messages, or not any more.")
            .Accepts<PushRequest>("application/json").Produces(StatusCodes.Status201Created).Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    static async Task<IResult> Take(
        HttpContext context, Rate rate, PushSubscriptions subscriptions, PushServices services, ZoneDirectory zones)
    {
        if (!ConsoleAccess.IsFromOurOwnPage(context.Request)) return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        if (!rate.TryTake())
        {
            context.Response.Headers.RetryAfter = "5";
            return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        if (!context.Request.HasJsonContentType()) return Wrong("Send it as application/json.");
        byte[] buffer = new byte[LongestBody + 1];
        int length = await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted);
        if (length > LongestBody) return Wrong($"It is longer than {LongestBody} bytes.");
        PushRequest? request;
        try
        {
            request = JsonSerializer.Deserialize(buffer.AsSpan(0, length), PublicJson.Default.PushRequest);
        }
        catch (JsonException)
        {
            request = null;
        }

        if (request?.Endpoint is not { Length: > 0 } endpoint) return Wrong("It cannot be read.");
        if (request.Remove)
        {
            subscriptions.Remove(endpoint);
            return TypedResults.NoContent();
        }

        if (services.Accept(endpoint) is null) return Wrong("The endpoint is not one of a push service known here.");
        if (request.Zone is null || zones.IndexOf(request.Zone) < 0) return Wrong("There is no such zone.");
        if (request.Language is null || !zones.Languages.Has(request.Language)) return Wrong($"The language is one of {string.Join(' ', zones.Languages.Tags)}.");
        if (Bytes(request.Keys?.P256dh) is not { } key || !PushEncryption.IsKey(key)
            || Bytes(request.Keys?.Auth) is not { Length: PushEncryption.AuthBytes } auth) return Wrong("The keys cannot be used.");
        return subscriptions.Add(new(endpoint, key, auth, request.Zone, request.Language)) switch
        {
            SubscribeOutcome.Added => TypedResults.StatusCode(StatusCodes.Status201Created),
            SubscribeOutcome.Changed => TypedResults.NoContent(),
            SubscribeOutcome.Full => TypedResults.Problem("No more phones can be told from here.", statusCode: StatusCodes.Status507InsufficientStorage),
            SubscribeOutcome other => throw new InvariantBrokenException($"no answer for {other}"),
        };
    }

    static IResult Wrong(string why) => TypedResults.Problem(why, statusCode: StatusCodes.Status400BadRequest, title: "The subscription cannot be taken");

    static byte[]? Bytes(string? base64url)
    {
        if (base64url is null || base64url.Length > 200) return null;
        try
        {
            return Base64Url.DecodeFromChars(base64url);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>How many requests the running second still has.</summary>
    sealed class Rate
    {
        readonly Lock gate = new();
        long second;
        int taken;

        public bool TryTake()
        {
            lock (gate)
            {
                long now = TimeProvider.System.GetTimestamp() / TimeProvider.System.TimestampFrequency;
                if (now != second) (second, taken) = (now, 0);
                return ++taken <= MostPerSecond;
            }
        }
    }
}
