using System.Buffers;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Nadhir.Outlets.Sirens;

/// <summary>
/// Our own place at the embedded broker, without a connection. Over one, all that a thousand sirens say would have to
/// pass a single client of a thousand and one, each with the same share of the processor; on a busy machine it waited
/// half a minute behind its own commands.
/// </summary>
sealed class EmbeddedLink(EmbeddedBroker broker, IReadOnlyList<string> topics) : IBrokerLink
{
    readonly Lock gate = new();
    readonly List<string> wanted = [.. topics];
    BrokerRouting? routing;
    MqttServer? server;
    bool started;

    /// <summary>The broker runs, or no longer; with a word of why.</summary>
    public required Action<bool, Cause> Changed { get; init; }
    /// <summary>Topic, payload, whether it is a retained message from before. From any thread; must return at once.</summary>
    public required Action<string, byte[], bool> Received { get; init; }

    public bool IsConnected => server is not null;

    public void Start()
    {
        lock (gate) started = true;
        broker.Join(this);
    }

    public async Task<bool> Publish(
        string topic, byte[] payload, bool atLeastOnce, bool retain = false, TimeSpan? validity = null)
    {
        if (server is not { } running) return false;
        try
        {
            await running.InjectApplicationMessage(new InjectedMqttApplicationMessage(MqttLink.Message(topic, payload, atLeastOnce, retain, validity)));
            return true;
        }
        catch (Exception failed) when (MqttLink.IsTheWorld(failed) || failed is NotSupportedException)
        {
            return false;
        }
    }

    public async Task Listen(string topic)
    {
        lock (gate)
        {
            if (wanted.Contains(topic, StringComparer.Ordinal)) return;
            wanted.Add(topic);
        }

        if (server is { } running && routing is { } there) await Listen(there, running, [topic]);
    }

    public ValueTask DisposeAsync()
    {
        broker.Leave(this);
        routing?.Remove(this);
        (routing, server) = (null, null);
        return ValueTask.CompletedTask;
    }

    /// <summary>The broker has started.</summary>
    internal async Task Enter(BrokerRouting there, MqttServer running)
    {
        string[] all;
        lock (gate)
        {
            if (!started) return;
            (routing, server) = (there, running);
            all = [.. wanted];
        }

        Changed(true, Cause.Of(CauseCode.LinkUp));
        await Listen(there, running, all);
    }

    /// <summary>The broker has stopped.</summary>
    internal void Exit()
    {
        if (server is null) return;
        (routing, server) = (null, null);
        Changed(false, Cause.Of(CauseCode.OwnBrokerStopped));
    }

    internal void Hear(MqttApplicationMessage message) => Received(message.Topic, message.Payload.ToArray(), false);

    async Task Listen(BrokerRouting there, MqttServer running, string[] filters)
    {
        foreach (string filter in filters) there.Add(filter, this);
        foreach (MqttApplicationMessage kept in await running.GetRetainedMessagesAsync())
        {
            if (filters.Any(filter => MqttTopicFilterComparer.Compare(kept.Topic, filter) == MqttTopicFilterCompareResult.IsMatch))
                Received(kept.Topic, kept.Payload.ToArray(), true);
        }
    }
}
