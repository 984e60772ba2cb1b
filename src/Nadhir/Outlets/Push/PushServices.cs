using System.Collections.Immutable;

namespace Nadhir.Outlets.Push;

/// <summary>
/// Which hosts a phone may name as its push service: what it gives us is an address that we then send to, and must not
/// become a way to make us knock at doors of our own network.
/// </summary>
public sealed class PushServices(ImmutableArray<string> more)
{
    /// <summary>Longest address of a phone, characters.</summary>
    public const int LongestEndpoint = 1000;

    /// <summary>Those of the browsers in use; a leading dot stands for all hosts below.</summary>
    static readonly ImmutableArray<string> known =
    [
        "fcm.googleapis.com", "updates.push.services.mozilla.com", ".push.services.mozilla.com", "web.push.apple.com", ".push.apple.com",
        ".notify.windows.com",
    ];

    /// <summary>The address, when it is one of a push service; over TLS, at its ordinary port.</summary>
    public Uri? Accept(string endpoint)
    {
        if (endpoint.Length > LongestEndpoint || !Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address)) return null;
        if (address.UserInfo.Length > 0) return null;
        // An address given in full, as for a push service inside one's own network.
        if (more.Any(own => own.Contains("://", StringComparison.Ordinal)
            && own.TrimEnd('/') == address.GetLeftPart(UriPartial.Authority))) return address;
        return address is { Scheme: "https", IsDefaultPort: true } && known.Concat(more).Any(host => Fits(host, address.IdnHost)) ? address : null;
    }

    static bool Fits(string host, string name) => host.StartsWith('.')
        ? name.EndsWith(host, StringComparison.OrdinalIgnoreCase)
        : name.Equals(host, StringComparison.OrdinalIgnoreCase);
}
