using System.Buffers;
using System.Collections;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Nadhir.Outlets.Sirens;

/// <summary>
/// Brings messages to those who listen at the embedded broker. MQTTnet asks every session about every message, which for a
/// thousand sirens with a sign of life each second is a million questions a second; here one tree is asked once. What we do
/// not know how to do (retained messages, identifiers of subscriptions, no-local) is left to MQTTnet.
/// </summary>
sealed class BrokerRouting
{
    /// <summary>Keys of what we keep in a session's items: our side of it; that its subscriptions carry identifiers.</summary>
    static readonly object mine = new(), identified = new();

    readonly SubscriptionTree<Session> tree = new();

    public void Attach(MqttServer server)
    {
        server.InterceptingInboundPacketAsync += arrived =>
        {
            // Of a subscription's identifier the events say nothing, so it is taken from the packet.
            if (arrived.Packet is MqttSubscribePacket { SubscriptionIdentifier: > 0 }) arrived.SessionItems[identified] = identified;
            return Task.CompletedTask;
        };
        server.InterceptingSubscriptionAsync += wanted =>
        {
            Subscribe(wanted);
            return Task.CompletedTask;
        };
        server.ClientUnsubscribedTopicAsync += gone =>
        {
            if (gone.SessionItems[mine] is Session session) tree.Remove(gone.TopicFilter, session);
            return Task.CompletedTask;
        };
        server.SessionDeletedAsync += gone =>
        {
            Forget(gone.SessionItems);
            return Task.CompletedTask;
        };
        server.ClientDisconnectedAsync += gone => Replaced(server, gone);
    }

    /// <summary>We listen ourselves, inside this process.</summary>
    public void Add(string filter, EmbeddedLink link) => tree.TryAdd(
        filter, new(new Session.Inside(link), MqttQualityOfServiceLevel.AtLeastOnce, IsPlain: true));

    public void Remove(EmbeddedLink link) => tree.Remove(new Session.Inside(link));

    /// <summary>Brings a message to all who listen; false: to those outside this process it is MQTTnet's to bring.</summary>
    public bool TryPass(MqttApplicationMessage message, PublishResponse response)
    {
        Dictionary<Session, Listener<Session>> listeners = tree.Find(message.Topic);
        bool ours = !message.Retain && listeners.Values.All(listener => listener.IsPlain);
        MqttApplicationMessage? kept = null;
        foreach ((Session session, Listener<Session> listener) in listeners)
        {
            if (session is Session.Inside inside)
            {
                inside.Link.Hear(message);
                continue;
            }

            if (!ours) continue;
            // What was received is in a buffer that will be used again.
            kept ??= Copy(message, new(message.Payload.ToArray()), message.QualityOfServiceLevel);
            ((Session.Outside)session).Enqueue(
                listener.Quality < kept.QualityOfServiceLevel ? Copy(kept, kept.Payload, listener.Quality) : kept);
        }

        if (ours && listeners.Count == 0 && response.ReasonCode == MqttPubAckReasonCode.Success)
            response.ReasonCode = MqttPubAckReasonCode.NoMatchingSubscribers;
        return ours;
    }

    void Subscribe(InterceptingSubscriptionEventArgs wanted)
    {
        if (!wanted.ProcessSubscription || wanted.Response.ReasonCode > MqttSubscribeReasonCode.GrantedQoS2
            || string.IsNullOrEmpty(wanted.TopicFilter.Topic)) return;
        bool isPlain = !wanted.TopicFilter.NoLocal && wanted.SessionItems[identified] is null;
        if (wanted.SessionItems[mine] is not Session session)
            wanted.SessionItems[mine] = session = new Session.Outside(wanted.Session);
        MqttQualityOfServiceLevel granted = (MqttQualityOfServiceLevel)wanted.Response.ReasonCode;
        if (tree.TryAdd(wanted.TopicFilter.Topic, new(session, granted, isPlain))) return;
        wanted.Response.ReasonCode = MqttSubscribeReasonCode.QuotaExceeded;
        wanted.ProcessSubscription = false;
    }

    void Forget(IDictionary items)
    {
        if (items[mine] is Session session) tree.Remove(session);
    }

    /// <summary>A session in whose place another came is not deleted, only dropped.</summary>
    async Task Replaced(MqttServer server, ClientDisconnectedEventArgs gone)
    {
        if (gone.DisconnectType != MqttClientDisconnectType.Takeover) return;
        MqttSessionStatus now = await server.GetSessionAsync(gone.ClientId);
        if (now.Items != gone.SessionItems) Forget(gone.SessionItems);
    }

    static MqttApplicationMessage Copy(MqttApplicationMessage of, ReadOnlySequence<byte> payload, MqttQualityOfServiceLevel quality) => new()
    {
        Topic = of.Topic, Payload = payload, QualityOfServiceLevel = quality, ContentType = of.ContentType,
        CorrelationData = of.CorrelationData?.ToArray(), MessageExpiryInterval = of.MessageExpiryInterval,
        PayloadFormatIndicator = of.PayloadFormatIndicator, ResponseTopic = of.ResponseTopic, UserProperties = of.UserProperties,
    };

    /// <summary>Somebody's place at the broker.</summary>
    abstract record Session
    {
        Session() { }

        /// <summary>Ours, in this process.</summary>
        public sealed record Inside(EmbeddedLink Link) : Session;

        /// <summary>A client's.</summary>
        public sealed record Outside(MqttSessionStatus Status) : Session
        {
            public void Enqueue(MqttApplicationMessage message)
            {
                try
                {
                    Status.TryEnqueueApplicationMessage(message, out _);
                }
                catch (ObjectDisposedException)
                {
                    // It has just gone; nothing waits for anybody there.
                }
            }
        }
    }
}
