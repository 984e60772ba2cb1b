using System.Collections.Immutable;
using System.Text;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Outlets.Sirens;

namespace Nadhir.Feeds;

/// <summary>What a feed over MQTT subscribes to.</summary>
/// <param name="Topics">MQTT topic filters: + stands for one level, # for all further ones.</param>
/// <param name="KeepsTopic">Each entry begins with the message's topic and a zero byte.</param>
sealed record MqttFeedOptions(string Feed, BrokerAddress Broker, ImmutableArray<string> Topics, bool KeepsTopic);

/// <summary>
/// Subscribes to topics of a broker; each message becomes one entry of the journal, as it is. Comes back by itself when
/// the broker was away. Retained messages are of the past and passed over: an old detection must not look like a new
/// one. A broker that is away shows as sensors falling silent.
/// </summary>
sealed partial class MqttFeed : IAsyncDisposable
{
    /// <summary>
    /// A longer payload is dropped and logged: no detection needs it, and the record is not to be flooded.
    /// </summary>
    public const int LongestPayload = 1 << 20;

    readonly MqttFeedOptions options;
    readonly WatchLoop loop;
    readonly TimeProvider clock;
    readonly ILogger<MqttFeed> logger;
    readonly MqttLink link;

    public MqttFeed(MqttFeedOptions options, WatchLoop loop, TimeProvider clock, ILogger<MqttFeed> logger)
    {
        (this.options, this.loop, this.clock, this.logger) = (options, loop, clock, logger);
        string client = $"nadhir-feed-{options.Feed}-{Environment.ProcessId}";
        link = new(new(options.Broker, client, options.Topics), clock) { Changed = Changed, Received = Received };
    }

    public bool IsConnected => link.IsConnected;

    /// <summary>Connects and listens until told to stop.</summary>
    public async Task Run(CancellationToken stopping)
    {
        link.Start();
        await Task.Delay(Timeout.Infinite, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await DisposeAsync();
    }

    public ValueTask DisposeAsync() => link.DisposeAsync();

    void Received(string topic, byte[] payload, bool retained)
    {
        if (retained) return;
        if (payload.Length > LongestPayload)
        {
            LogTooLong(logger, options.Feed, topic, payload.Length);
            return;
        }

        byte[] bytes = options.KeepsTopic ? [.. Encoding.UTF8.GetBytes(topic), 0, .. payload] : payload;
        loop.Offer(new Entry(EntryKind.Received, clock.GetUtcNow(), options.Feed, bytes));
    }

    void Changed(bool connected, Cause why)
    {
        if (connected) LogConnected(logger, options.Feed, options.Broker.Host, options.Broker.Port);
        else LogLost(logger, options.Feed, options.Broker.Host, options.Broker.Port, why.Words);
    }

    [LoggerMessage(1171, LogLevel.Information, "Feed {Feed}: listening at the broker {Host}:{Port}")]
    static partial void LogConnected(ILogger logger, string feed, string host, int port);

    [LoggerMessage(1172, LogLevel.Warning, "Feed {Feed}: no link to the broker {Host}:{Port}: {Why}")]
    static partial void LogLost(ILogger logger, string feed, string host, int port, string why);

    [LoggerMessage(1173, LogLevel.Warning, "Feed {Feed}: a message of {Length} bytes on {Topic} was dropped: too long")]
    static partial void LogTooLong(ILogger logger, string feed, string topic, int length);
}
