using System.Collections.Immutable;
using Nadhir.Formats.Sirens;

namespace Nadhir.Outlets.Sirens;

/// <summary>One more broker by which sirens can be reached.</summary>
/// <param name="Prefix">Put before each topic there, for a gateway; empty for none.</param>
public sealed record SirenBroker(string Id, BrokerAddress Address, string Prefix = "");

/// <summary>How one siren is reached, where it is not as all are.</summary>
public sealed record SirenWiring
{
    public static readonly SirenWiring Plain = new();
    /// <summary>Brokers by name; the first is tried first.</summary>
    public ImmutableArray<string> Paths { get; init; } = [SirenOutletOptions.Main];
    /// <summary>What only this siren and we know; that of all when null.</summary>
    public ImmutableArray<byte>? Secret { get; init; }
    /// <summary>A device off the shelf, and how it is switched.</summary>
    public SirenMapping? Device { get; init; }
    /// <summary>…or where it says so itself.</summary>
    public string? Discovery { get; init; }
}

/// <summary>Sirens over MQTT. There is no default world: a wrong one would deceive.</summary>
public sealed record SirenOutletOptions
{
    /// <summary>The name of <see cref="Broker"/> among the paths.</summary>
    public const string Main = "main";

    public required bool Exercise { get; init; }
    public BrokerAddress Broker { get; init; } = new();
    /// <summary>The broker we host ourselves, spoken to without a connection; in place of <see cref="Broker"/>.</summary>
    public EmbeddedBroker? Inside { get; init; }
    public ImmutableArray<SirenBroker> FurtherBrokers { get; init; } = [];
    /// <summary>By siren; <see cref="SirenWiring.Plain"/> for those that are not named.</summary>
    public ImmutableDictionary<string, SirenWiring> Wiring { get; init; } = ImmutableDictionary<string, SirenWiring>.Empty;
    /// <summary>What all sirens and we know; commands carry no proof when null.</summary>
    public ImmutableArray<byte>? Secret { get; init; }
    /// <summary>Our name at the broker; different for every node, or they throw each other out.</summary>
    public string? ClientId { get; init; }
    /// <summary>A command without an answer is repeated so often, until it expires.</summary>
    public TimeSpan RetryEvery { get; init; } = TimeSpan.FromSeconds(1);
    public TimeSpan HeartbeatEvery { get; init; } = TimeSpan.FromSeconds(1);
    /// <summary>Without an answer for so long, a command goes over the other paths as well.</summary>
    public TimeSpan SecondPathAfter { get; init; } = TimeSpan.FromSeconds(2);
}

/// <summary>What the outlet has met, for health pages.</summary>
/// <param name="Connected">Whether all brokers have us.</param>
/// <param name="Broker">Last word on the brokers, in plain English.</param>
/// <param name="Foreign">Messages of the other world, refused.</param>
/// <param name="Unreadable">Payloads that were not understood.</param>
/// <param name="Strangers">Messages of sirens that are not configured.</param>
/// <param name="Dropped">Messages lost because the inbox was full.</param>
/// <param name="Faults">Failures of our own that the loop survived: anything above zero is a bug.</param>
public sealed record SirenOutletHealth(
    bool Connected, string Broker, long Foreign, long Unreadable, long Strangers, long Dropped, long Faults)
{
    /// <summary>The last such failure.</summary>
    public string? LastFault { get; init; }
    /// <summary>Answers that carried no proof, a wrong one, or an old word: said by somebody else.</summary>
    public long Disbelieved { get; init; }
}
