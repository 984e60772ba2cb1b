using Nadhir.Outlets.Sirens;
using Nadhir.Warning;

namespace Nadhir.Outlets.Cap.Push;

/// <summary>
/// Publishes messages at the broker, on <c>TOPIC/live</c> or <c>TOPIC/exercise</c>: at least once, never retained (who
/// comes late reads the feed), dropped by the broker once expired. The broker's word acknowledges.
/// </summary>
public sealed class MqttPartner : ICapPartner
{
    readonly string topic;
    readonly TimeProvider clock;
    readonly MqttLink link;

    public MqttPartner(string topic, bool exercise, BrokerAddress broker, string clientId, TimeProvider clock)
    {
        this.topic = TopicOf(topic, exercise);
        this.clock = clock;
        link = new MqttLink(new MqttLinkOptions(broker, clientId, []), clock)
        {
            Changed = (_, _) => { }, Received = (_, _, _) => { },
        };
    }

    public string Name => "cap-mqtt";

    /// <summary>The worlds never share a topic.</summary>
    public static string TopicOf(string topic, bool exercise) => $"{topic}/{(exercise ? "exercise" : "live")}";

    public void Start() => link.Start();

    public async Task<PushAnswer> Push(PublicMessage message, byte[] xml, CancellationToken stop) =>
        await link.Publish(topic, xml, atLeastOnce: true, validity: message.Expires - clock.GetUtcNow())
            ? new(PushStep.Acknowledged, Cause.Of(CauseCode.PublishedOn, topic))
            : new(PushStep.TryAgain, Cause.Of(link.IsConnected ? CauseCode.BrokerDidNotTake : CauseCode.BrokerUnreachable));

    public ValueTask DisposeAsync() => link.DisposeAsync();
}
