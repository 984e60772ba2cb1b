using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Nadhir.Formats.Cap;
using Nadhir.Warning;

namespace Nadhir.Outlets.Cap.Push;

/// <summary>
/// Posts messages to a partner's address, signed as the specification Standard Webhooks 1.0 says: headers
/// <c>webhook-id</c>, <c>webhook-timestamp</c> and <c>webhook-signature</c> (v1: HMAC-SHA256 over id.timestamp.body). Any
/// answer of 2xx acknowledges, 410 (gone) ends the tries. Redirects are not followed.
/// </summary>
public sealed class WebhookPartner : ICapPartner
{
    /// <summary>How long one try may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    const string SecretPrefix = "whsec_";
    /// <summary>Before the secret in an exercise's file, so that a file of one world does not work in the other.</summary>
    const string ExercisePrefix = "exercise_";

    readonly Uri address;
    readonly byte[] secret;
    readonly TimeProvider clock;
    readonly HttpClient client;

    public WebhookPartner(string name, Uri address, byte[] secret, TimeProvider clock)
    {
        (Name, this.address, this.secret, this.clock) = ($"cap-webhook:{name}", address, secret, clock);
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = Patience }) { Timeout = Patience };
    }

    public string Name { get; }

    public void Start()
    {
        // Each try connects by itself.
    }

    /// <summary>
    /// A secret as Standard Webhooks writes it: <c>whsec_</c> and base64 of 24 to 64 bytes; an exercise's with
    /// <c>exercise_</c> before that, which is not part of what partners get.
    /// </summary>
    /// <exception cref="InvalidDataException">It is none, or one of the other world.</exception>
    public static byte[] Secret(string text, bool exercise)
    {
        string trimmed = text.Trim();
        if (trimmed.StartsWith(ExercisePrefix, StringComparison.Ordinal) != exercise)
        {
            throw new InvalidDataException(exercise
                ? $"this is an exercise: its webhooks' secrets begin with {ExercisePrefix}{SecretPrefix}"
                : $"a webhook's secret that begins with {ExercisePrefix} is an exercise's, and this is the live system");
        }

        if (exercise) trimmed = trimmed[ExercisePrefix.Length..];
        Span<byte> bytes = stackalloc byte[96];
        return trimmed.StartsWith(SecretPrefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(trimmed[SecretPrefix.Length..], bytes, out int length) && length is >= 24 and <= 64
            ? bytes[..length].ToArray()
            : throw new InvalidDataException("a webhook's secret is whsec_ and base64 of 24 to 64 bytes");
    }

    /// <summary>The value of <c>webhook-signature</c>.</summary>
    public static string Sign(byte[] secret, string id, long timestamp, byte[] body)
    {
        byte[] head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, (byte[])[.. head, .. body]))}";
    }

    public async Task<PushAnswer> Push(PublicMessage message, byte[] xml, CancellationToken stop)
    {
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = new ByteArrayContent(xml) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(AtomFeed.CapMediaType, "utf-8");
        request.Headers.Add("webhook-id", message.Identifier);
        request.Headers.Add("webhook-timestamp", now.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", Sign(secret, message.Identifier, now, xml));
        try
        {
            // Only the status counts; what else they say is not read.
            using HttpResponseMessage answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            string said = $"{(int)answer.StatusCode} {answer.ReasonPhrase}".TrimEnd();
            return answer.IsSuccessStatusCode ? new(PushStep.Acknowledged, Cause.Of(CauseCode.AsSaid, said))
                : new(answer.StatusCode == HttpStatusCode.Gone ? PushStep.GiveUp : PushStep.TryAgain, Cause.Of(CauseCode.TheyAnswered, said));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            return new(PushStep.TryAgain, WorldFault.Of(fault));
        }
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }
}
