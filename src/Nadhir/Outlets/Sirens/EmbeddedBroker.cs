using System.Net;
using System.Security.Cryptography;
using System.Text;
using MQTTnet;
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
/// MQTTnet's server with our rules: nothing of the other world passes, and no command is ever retained; and with our own
/// way of finding who listens.
/// </summary>
public sealed class EmbeddedBroker(EmbeddedBrokerOptions options) : IHostedService, IAsyncDisposable
{
    /// <summary>Messages waiting for one slow client; the oldest give way.</summary>
    public const int PendingPerClient = 1000;

    readonly SirenRules rules = new(options.Exercise);
    readonly Lock gate = new();
    readonly List<EmbeddedLink> inside = [];
    BrokerRouting? routing;
    MqttServer? server;
    long foreign;

    /// <summary>Messages of the other world that were not passed on.</summary>
    public long Foreign => Interlocked.Read(ref foreign);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        MqttServer made = new MqttServerFactory().CreateMqttServer(new MqttServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointBoundIPAddress(options.Address)
            .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithDefaultEndpointPort(options.Port)
            .WithMaxPendingMessagesPerClient(PendingPerClient)
            .Build());
        made.ValidatingConnectionAsync += connection =>
        {
            if (!IsWelcome(connection.UserName, connection.Password))
                connection.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
            return Task.CompletedTask;
        };
        BrokerRouting routes = new();
        routes.Attach(made);
        made.InterceptingPublishAsync += publication =>
        {
            if (publication.ProcessPublish) Pass(publication, routes);
            return Task.CompletedTask;
        };
        await made.StartAsync();
        EmbeddedLink[] waiting;
        lock (gate)
        {
            (server, routing) = (made, routes);
            waiting = [.. inside];
        }

        foreach (EmbeddedLink link in waiting) await link.Enter(routes, made);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        MqttServer? running;
        EmbeddedLink[] left;
        lock (gate)
        {
            (running, server, routing) = (server, null, null);
            left = [.. inside];
        }

        if (running is null) return;
        foreach (EmbeddedLink link in left) link.Exit();
        await running.StopAsync();
        running.Dispose();
    }

    /// <summary>A place of our own at this broker, without a connection.</summary>
    /// <param name="topics">What it listens to.</param>
    /// <param name="changed">Told when the broker starts and stops.</param>
    /// <param name="received">Topic, payload, whether it was retained; from any thread.</param>
    internal EmbeddedLink Open(IReadOnlyList<string> topics, Action<bool, Cause> changed, Action<string, byte[], bool> received) =>
        new(this, topics) { Changed = changed, Received = received };

    internal void Join(EmbeddedLink link)
    {
        (MqttServer? Server, BrokerRouting? Routes) running;
        lock (gate)
        {
            inside.Add(link);
            running = (server, routing);
        }

        if (running is (not null, not null)) _ = link.Enter(running.Routes, running.Server);
    }

    internal void Leave(EmbeddedLink link)
    {
        lock (gate) inside.Remove(link);
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    void Pass(InterceptingPublishEventArgs publication, BrokerRouting routes)
    {
        MqttApplicationMessage message = publication.ApplicationMessage;
        if (rules.IsForeign(message.Topic)) Interlocked.Increment(ref foreign);
        publication.ProcessPublish = rules.MayPublish(message.Topic, message.Retain) && !routes.TryPass(message, publication.Response);
    }

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
        !topic.AsSpan().ContainsAny('+', '#') && !IsForeign(topic)
        && !(retain && topic.EndsWith($"/{Formats.Sirens.SirenTopics.CommandLeaf}", StringComparison.Ordinal));
}
