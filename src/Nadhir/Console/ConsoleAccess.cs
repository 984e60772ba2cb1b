using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Nadhir.DutyConsole;

/// <summary>
/// Who asks. An operator sees everything and may order; anyone else who reaches the port sees the public part.
/// </summary>
sealed class ConsoleAccess(ConsoleOptions options)
{
    readonly byte[]? expected = Hash(options.OperatorToken), ofObservers = Hash(options.ObserversToken);

    /// <summary>"token" or "loopback": what makes an operator here.</summary>
    public string SignIn => expected is null ? "loopback" : "token";

    public bool IsOperator(HttpContext context) => expected is null ? IsOnThisMachine(context) : HasToken(context.Request, expected);

    /// <summary>May report what was seen: an operator, or who has the observers' token.</summary>
    public bool MayReport(HttpContext context) =>
        IsOperator(context) || (ofObservers is not null && HasToken(context.Request, ofObservers));

    /// <summary>
    /// A page of another site must not open a stream here in a visitor's browser: a browser says in Origin where its
    /// page came from. Programs send none and pass.
    /// </summary>
    public static bool IsFromOurOwnPage(HttpRequest request)
    {
        string? origin = request.Headers.Origin;
        return string.IsNullOrEmpty(origin)
            || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? page)
                && string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>
    /// Whether a browser says that a page of another site asks. What puts something on record must not be asked for so, not even
    /// as a picture.
    /// </summary>
    public static bool IsOfAnotherSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site" || !IsFromOurOwnPage(request);

    static byte[]? Hash(string? secret) =>
        string.IsNullOrWhiteSpace(secret) ? null : SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    static bool HasToken(HttpRequest request, byte[] expected)
    {
        const string scheme = "Bearer ";
        string? header = request.Headers.Authorization;
        return header is not null && header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(
                SHA256.HashData(Encoding.UTF8.GetBytes(header[scheme.Length..].Trim())), expected);
    }

    /// <summary>
    /// The connection comes from this machine, was not passed on by a proxy, and was meant for this machine by name: a
    /// foreign name that resolves to 127.0.0.1 (DNS rebinding) does not count.
    /// </summary>
    static bool IsOnThisMachine(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (context.Connection.RemoteIpAddress is not { } remote || !IPAddress.IsLoopback(remote)) return false;
        if (request.Headers.ContainsKey("X-Forwarded-For") || request.Headers.ContainsKey("Forwarded")) return false;
        string host = request.Host.Host;
        bool named = host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
        return named && IsFromOurOwnPage(request);
    }
}
