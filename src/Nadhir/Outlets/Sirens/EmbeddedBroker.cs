using System.Net;
using System.Security.Cryptography;
using System.Text;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Nadhir.Outlets.Sirens;

/// <summary>A broker of our own, for a single machine, a demonstration or an exercise.</summary>
public sealed record EmbeddedBrokerOptions
{
    public required bool Exercise { get; init; }
    public IPAddress Address { get; init; } = IPAddress.Loopback;
    public int Port { get; init; } = 1883;
    /// <summary>When set, everyone must give it.</summary>
    public string? User { get; init; }
    public string? Password { get; init; }
}

/// <summary>
/// MQTTnet's server with our rules: nothing of the other world passes, and no command is ever retained.
/// </summary>
public sealed class EmbeddedBroker(EmbeddedBrokerOptions options) : IHostedService, IAsyncDisposable
{
    /// <summary>Messages waiting for one slow client; the oldest give way.</summary>
    public const int PendingPerClient = 1000;

    readonly SirenRules rules = new(options.Exercise);
    MqttServer? server;
    long foreign;

    /// <summary>Messages of the other world that were not passed on.</summary>
    public long Foreign => Interlocked.Read(ref foreign);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        server = new MqttServerFactory().CreateMqttServer(new MqttServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointBoundIPAddress(options.Address)
            .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithDefaultEndpointPort(options.Port)
            .WithMaxPendingMessagesPerClient(PendingPerClient)
            .Build());
        server.ValidatingConnectionAsync += connection =>
        {
            if (!IsWelcome(connection.UserName, connection.Password))
                connection.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
            return Task.CompletedTask;
        };
        server.InterceptingPublishAsync += publication =>
        {
            if (rules.IsForeign(publication.ApplicationMessage.Topic)) Interlocked.Increment(ref foreign);
            publication.ProcessPublish =
                rules.MayPublish(publication.ApplicationMessage.Topic, publication.ApplicationMessage.Retain);
            return Task.CompletedTask;
        };
        await server.StartAsync();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref server, null) is not { } running) return;
        await running.StopAsync();
        running.Dispose();
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    bool IsWelcome(string? user, string? password) =>
        options.User is null || (Same(options.User, user) & Same(options.Password ?? "", password));

    static bool Same(string expected, string? given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given ?? ""));
}

/// <summary>What may be published at a broker of one world.</summary>
sealed class SirenRules(bool exercise)
{
    /// <summary>By a level of its topic, wherever a gateway's prefix may put it.</summary>
    public bool IsForeign(string topic) => Formats.Sirens.SirenTopics.IsOfOther(topic, exercise);

    public bool MayPublish(string topic, bool retain) =>
        !IsForeign(topic)
        && !(retain && topic.EndsWith($"/{Formats.Sirens.SirenTopics.CommandLeaf}", StringComparison.Ordinal));
}
