using System.Net;
using Nadhir.Outlets;

namespace Nadhir.Tak;

/// <summary>How a link proves itself and whom it believes. Paths are absolute; secrets stay in their files.</summary>
/// <param name="Certificate">Our own: PEM, or PKCS#12 when it ends in <c>.p12</c> or <c>.pfx</c>.</param>
/// <param name="Key">The key in PEM, where the certificate's file does not hold it.</param>
/// <param name="PasswordFile">Of the PKCS#12 file.</param>
/// <param name="Authority">Certificates, in PEM, one of which must stand behind the other side's.</param>
/// <param name="ServerName">What the server's certificate must be made out to; the host when absent.</param>
public sealed record TakTlsConfiguration(
    string Certificate, string? Key, string? PasswordFile, string Authority, string? ServerName);

/// <summary>A link over TCP.</summary>
/// <param name="Tls">Null: in the clear.</param>
/// <param name="Protobuf">TAK protocol version 1 where the other side speaks it; else XML.</param>
public sealed record TakLinkConfiguration(TakTlsConfiguration? Tls, bool Protobuf);

/// <summary>How a partner is reached.</summary>
public abstract record TakTransport
{
    TakTransport() { }

    /// <summary>Over the links of a feed, so that a partner's connection serves both ways.</summary>
    public sealed record Feed(string Id) : TakTransport;

    /// <summary>Datagrams to an address or a multicast group.</summary>
    /// <param name="Target">Where to.</param>
    /// <param name="Address">The address of ours they leave from; of a group, the network it is on.</param>
    /// <param name="Protobuf">TAK protocol version 1; else XML.</param>
    public sealed record Mesh(IPEndPoint Target, IPAddress Address, bool Protobuf) : TakTransport;

    public sealed record Client(string Host, int Port, TakLinkConfiguration Link) : TakTransport;

    public sealed record Server(IPAddress Address, int Port, TakLinkConfiguration Link) : TakTransport;
}

/// <summary>Whom we tell, and what.</summary>
public sealed record TakPartner
{
    public required string Name { get; init; }
    public required TakTransport Transport { get; init; }
    public ReleaseRule Release { get; init; } = ReleaseRule.Everything;
    /// <summary>A track is told at most so often.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(5);
}
