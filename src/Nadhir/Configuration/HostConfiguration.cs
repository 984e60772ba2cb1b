using System.Collections.Immutable;
using System.Net;
using Nadhir.Dossiers;
using Nadhir.DutyConsole;
using Nadhir.Formats.Cap;
using Nadhir.Formats.Cap.Checking;
using Nadhir.Outlets;
using Nadhir.Outlets.Sirens;
using Nadhir.PublicPage;
using Nadhir.Tak;

namespace Nadhir.Configuration;

/// <summary>
/// All that <c>serve</c> needs: what the watch decides with, and how bytes come in and warnings go out. Paths are
/// absolute; secrets stay in their files.
/// </summary>
public sealed record HostConfiguration
{
    /// <summary>Goes into the journal as its first entry; the rest of the host's configuration does not.</summary>
    public required WatchConfiguration Watch { get; init; }
    /// <summary>In the order of <see cref="WatchConfiguration.Feeds"/>.</summary>
    public ImmutableArray<FeedTransport> Feeds { get; init; } = [];
    public required MqttConfiguration Mqtt { get; init; }
    public SirenHostConfiguration Sirens { get; init; } = new();
    /// <summary>Null: no CAP messages are written.</summary>
    public CapConfiguration? Cap { get; init; }
    public required ConsoleConfiguration Console { get; init; }
    /// <summary>Where the record is kept.</summary>
    public required string StorageFolder { get; init; }
    /// <summary>Whom we tell what over Cursor-on-Target.</summary>
    public ImmutableArray<TakPartner> Partners { get; init; } = [];
    /// <summary>What the public is told, where, and whether by push messages too.</summary>
    public PublicConfiguration Public { get; init; } = new();
    public JournalConfiguration Journal { get; init; } = new();
    /// <summary>What dossiers withhold, by whom they are for.</summary>
    internal ImmutableArray<DossierProfile> Dossiers { get; init; } = DossierProfile.Standard;
    /// <summary>How often time is told to the watch.</summary>
    public required TimeSpan TickPeriod { get; init; }
}

/// <summary>How the bytes of a feed arrive.</summary>
public abstract record FeedTransport(string Feed)
{
    /// <summary>Datagrams on a port, of a multicast group when one is given.</summary>
    public sealed record Udp(string Feed, IPAddress Address, int Port, IPAddress? Group) : FeedTransport(Feed);

    /// <summary>We connect and read.</summary>
    /// <param name="IsStream">The format finds its frames itself; else blocks of ASTERIX are passed on whole.</param>
    public sealed record TcpClient(string Feed, string Host, int Port, bool IsStream = false) : FeedTransport(Feed);

    /// <summary>Cursor-on-Target over TCP, in the clear or with TLS; outlets may speak over the same links.</summary>
    public abstract record Tak(string Feed, TakLinkConfiguration Link) : FeedTransport(Feed);

    /// <summary>We connect to a TAK server.</summary>
    public sealed record TakClient(string Feed, string Host, int Port, TakLinkConfiguration Link) : Tak(Feed, Link);

    /// <summary>Partners connect to us.</summary>
    public sealed record TakServer(string Feed, IPAddress Address, int Port, TakLinkConfiguration Link) : Tak(Feed, Link);

    /// <summary>We listen as the fusion node of a SAPIENT network. Our UUID there is made from our name when null.</summary>
    /// <param name="Tls">Null: in the clear.</param>
    public sealed record SapientServer(
        string Feed, IPAddress Address, int Port, bool AcceptUnknown, string? NodeId, TakTlsConfiguration? Tls = null)
        : FeedTransport(Feed);

    /// <summary>The source connects to us and sends.</summary>
    public sealed record TcpServer(string Feed, IPAddress Address, int Port, bool IsStream) : FeedTransport(Feed);

    /// <summary>We ask for a document again and again.</summary>
    public sealed record Http(string Feed, Uri Address, TimeSpan Period, string? TokenFile) : FeedTransport(Feed);

    /// <summary>Messages of topics at the configured broker; with their topics when a mapping needs them.</summary>
    public sealed record Mqtt(string Feed, ImmutableArray<string> Topics, bool KeepsTopic) : FeedTransport(Feed);

    /// <summary>A recording.</summary>
    /// <param name="MessagesPerSecond">Its pace when it tells no time; null for the usual one of its format.</param>
    public sealed record File(string Feed, string Path, double? MessagesPerSecond = null) : FeedTransport(Feed);
}

/// <summary>The broker: inside this process, or another.</summary>
public abstract record MqttConfiguration
{
    MqttConfiguration() { }

    public sealed record Embedded(IPAddress Address, int Port) : MqttConfiguration;

    public sealed record External(string Host, int Port, string? User, string? PasswordFile, bool Tls) : MqttConfiguration
    {
        /// <summary>Whom to trust and who we are; the system's authorities, and nobody, when null.</summary>
        public BrokerTls? Secure { get; init; }
    }
}

/// <summary>CAP files and their feed, and to whom messages are pushed.</summary>
public sealed record CapConfiguration(string Folder)
{
    /// <summary>What messages are measured against before they leave, beside CAP 1.2.</summary>
    public ImmutableArray<CapProfile> Profiles { get; init; } = [];
    public CapAdditions Additions { get; init; } = CapAdditions.None;
    public bool Sign { get; init; } = true;
    /// <summary>The key made when none is named is of elliptic curves: signing costs a hundredth of RSA.</summary>
    public bool Ecdsa { get; init; }
    /// <summary>PEM; a key of our own beside the record when null.</summary>
    public string? SigningKey { get; init; }
    /// <summary>PEM; in the file of the key when null.</summary>
    public string? SigningCertificate { get; init; }
    public ImmutableArray<CapWebhook> Webhooks { get; init; } = [];
    /// <summary>Where messages are published at the configured broker; nowhere when null.</summary>
    public string? MqttTopic { get; init; }
    /// <summary>What of all messages leaves there.</summary>
    public ReleaseRule MqttRelease { get; init; } = ReleaseRule.Everything;
    /// <summary>What stands in the folder and its feed, for whoever fetches it.</summary>
    public ReleaseRule FeedRelease { get; init; } = ReleaseRule.Everything;
}

/// <summary>Someone who wants every message posted, signed with the secret in the file.</summary>
public sealed record CapWebhook(string Name, Uri Address, string SecretFile)
{
    public ReleaseRule Release { get; init; } = ReleaseRule.Everything;
}

/// <summary>Where people look and order. The token in the file is what they show; none is needed when it is absent.</summary>
public sealed record ConsoleConfiguration(IPAddress Address, int Port, string? TokenFile)
{
    /// <summary>The token in this file lets people report what they see, and nothing else.</summary>
    public string? ObserversTokenFile { get; init; }

    /// <summary>Maps of others under the console's own.</summary>
    public MapSources Map { get; init; } = new();
}

/// <summary>The public's page, and the push messages to phones that asked for them.</summary>
public sealed record PublicConfiguration
{
    public PublicOptions Page { get; init; } = new();
    /// <summary>Where the public's own port listens, when it has one.</summary>
    public IPAddress Address { get; init; } = IPAddress.Any;
    /// <summary>Null: no push messages.</summary>
    public PushConfiguration? Push { get; init; }
}

/// <summary>Web Push (RFC 8030).</summary>
/// <param name="Contact">Whom a push service may write to: <c>mailto:</c> or <c>https:</c> (RFC 8292 §2.1).</param>
/// <param name="Services">Hosts of push services besides the known ones; with a leading dot, all hosts below.</param>
/// <param name="MostSubscriptions">Phones that may subscribe.</param>
public sealed record PushConfiguration(Uri Contact, ImmutableArray<string> Services, int MostSubscriptions);
