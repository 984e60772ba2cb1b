using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Nadhir.Outlets.Sirens;

/// <summary>Who we are at the broker, and what we listen to.</summary>
public sealed record MqttLinkOptions(BrokerAddress Broker, string ClientId, IReadOnlyList<string> Topics)
{
    /// <summary>What the broker says of us, retained, when we vanish.</summary>
    public (string Topic, string Payload)? Will { get; init; }
}

/// <summary>
/// One connection to a broker that comes back by itself. Sessions are clean: nothing old waits at the broker for us.
/// Callbacks come from MQTTnet's threads and must return at once.
/// </summary>
public sealed class MqttLink(MqttLinkOptions options, TimeProvider clock) : IBrokerLink
{
    readonly IMqttClient client = new MqttClientFactory().CreateMqttClient();
    readonly CancellationTokenSource stopping = new();
    readonly Lock gate = new();
    readonly List<string> topics = [.. options.Topics];
    TaskCompletionSource<Cause>? lost;
    Task running = Task.CompletedTask;
    int closed;

    /// <summary>Connected and subscribed, or no longer; with a word of why.</summary>
    public required Action<bool, Cause> Changed { get; init; }
    /// <summary>Topic, payload, whether it is a retained message from before.</summary>
    public required Action<string, byte[], bool> Received { get; init; }

    public bool IsConnected => client.IsConnected;

    public void Start()
    {
        client.ApplicationMessageReceivedAsync += message =>
        {
            MqttApplicationMessage received = message.ApplicationMessage;
            Received(received.Topic, received.Payload.ToArray(), received.Retain);
            if (received.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce) return Task.CompletedTask;
            // The next message must not wait until this one's acknowledgement is its turn among all that is being sent.
            message.AutoAcknowledge = false;
            _ = Acknowledge(message);
            return Task.CompletedTask;
        };
        client.DisconnectedAsync += gone =>
        {
            lost?.TrySetResult(gone.Exception is { } fault ? WorldFault.Of(fault)
                : Cause.Of(CauseCode.BrokerEnds, gone.ReasonString ?? gone.Reason.ToString()));
            return Task.CompletedTask;
        };
        running = Task.Run(() => Run(stopping.Token));
    }

    public async Task<bool> Publish(
        string topic, byte[] payload, bool atLeastOnce, bool retain = false, TimeSpan? validity = null)
    {
        try
        {
            if (!client.IsConnected) return false;
            using CancellationTokenSource limit = new(options.Broker.Timeout);
            MqttClientPublishResult result = await client.PublishAsync(
                Message(topic, payload, atLeastOnce, retain, validity), limit.Token);
            return result.IsSuccess;
        }
        catch (Exception failed) when (IsTheWorld(failed))
        {
            return false;
        }
    }

    public async Task Listen(string topic)
    {
        lock (gate)
        {
            if (topics.Contains(topic, StringComparer.Ordinal)) return;
            topics.Add(topic);
        }

        try
        {
            using CancellationTokenSource limit = new(options.Broker.Timeout);
            if (client.IsConnected) await Subscribe([topic], limit.Token);
        }
        catch (Exception failed) when (IsTheWorld(failed))
        {
            // A connection that broke meanwhile is made anew, with this topic; a refusal ends it with a word of why.
            lost?.TrySetResult(WorldFault.Of(failed));
        }
    }

    /// <summary>Leaves without a word, as when a cable is cut: the broker speaks our will.</summary>
    public async Task Cut()
    {
        if (Interlocked.Exchange(ref closed, 1) == 1) return;
        await stopping.CancelAsync();
        client.Dispose();
        await running;
        stopping.Dispose();
    }

    /// <summary>Takes leave of the broker.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref closed, 1) == 1) return;
        await stopping.CancelAsync();
        await running;
        try
        {
            using CancellationTokenSource limit = new(options.Broker.Timeout);
            if (client.IsConnected) await client.DisconnectAsync(new MqttClientDisconnectOptions(), limit.Token);
        }
        catch (Exception failed) when (IsTheWorld(failed))
        {
            // The connection is gone already, which is what was asked for.
        }

        client.Dispose();
        stopping.Dispose();
    }

    async Task Run(CancellationToken stop)
    {
        TimeSpan backoff = options.Broker.FirstBackoff;
        while (!stop.IsCancellationRequested)
        {
            Cause why;
            try
            {
                lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
                await Connect(stop);
                backoff = options.Broker.FirstBackoff;
                Changed(true, Cause.Of(CauseCode.ConnectedWith, $"{options.Broker.Host}:{options.Broker.Port}"));
                why = await lost.Task.WaitAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failed) when (!stop.IsCancellationRequested)
            {
                why = WorldFault.Of(failed);
            }
            catch (Exception)
            {
                return;
            }

            Changed(false, why);
            try
            {
                await Task.Delay(backoff, clock, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            backoff = backoff * 2 < options.Broker.LongestBackoff ? backoff * 2 : options.Broker.LongestBackoff;
        }
    }

    async Task Connect(CancellationToken stop)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(options.Broker.Timeout);
        if (client.IsConnected) await client.DisconnectAsync(new MqttClientDisconnectOptions(), limit.Token);
        MqttClientConnectResult answer = await client.ConnectAsync(ClientOptions(), limit.Token);
        if (answer.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw new CausedException(
                Cause.Of(CauseCode.BrokerRefuses, options.ClientId, $"{answer.ResultCode} {answer.ReasonString}".TrimEnd()));
        }

        string[] all;
        lock (gate) all = [.. topics];
        if (all.Length > 0) await Subscribe(all, limit.Token);
    }

    async Task Subscribe(string[] filters, CancellationToken limit)
    {
        MqttClientSubscribeOptions wanted = new()
        {
            TopicFilters =
            [
                .. filters.Select(topic => new MqttTopicFilter
                {
                    Topic = topic, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
                }),
            ],
        };
        MqttClientSubscribeResult granted = await client.SubscribeAsync(wanted, limit);
        MqttClientSubscribeResultItem? refused = granted.Items.FirstOrDefault(
            item => item.ResultCode >= MqttClientSubscribeResultCode.UnspecifiedError);
        if (refused is null) return;
        await client.DisconnectAsync(new MqttClientDisconnectOptions(), limit);
        throw new CausedException(Cause.Of(CauseCode.BrokerRefuses, refused.TopicFilter.Topic, refused.ResultCode));
    }

    MqttClientOptions ClientOptions()
    {
        BrokerAddress broker = options.Broker;
        MqttClientOptionsBuilder builder = new MqttClientOptionsBuilder()
            .WithTcpServer(broker.Host, broker.Port)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId(options.ClientId)
            .WithCleanStart()
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(3))
            .WithTimeout(broker.Timeout);
        if (broker.User is not null) builder = builder.WithCredentials(broker.User, broker.Password ?? "");
        if (options.Will is var (topic, payload))
        {
            builder = builder.WithWillTopic(topic).WithWillPayload(payload).WithWillRetain()
                .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        }

        if (broker.Tls is { } tls) builder = builder.WithTlsOptions(secure => Secure(secure, tls, broker.Host));
        return builder.Build();
    }

    static void Secure(MqttClientTlsOptionsBuilder secure, BrokerTls tls, string host)
    {
        secure.UseTls().WithTargetHost(tls.ServerName ?? host);
        if (tls.AuthorityFile is not null)
        {
            X509Certificate2Collection authorities = [];
            authorities.ImportFromPemFile(tls.AuthorityFile);
            secure.WithTrustChain(authorities);
        }

        if (tls.CertificateFile is not null)
            secure.WithClientCertificates([X509Certificate2.CreateFromPemFile(tls.CertificateFile, tls.KeyFile)]);
    }

    async Task Acknowledge(MqttApplicationMessageReceivedEventArgs message)
    {
        try
        {
            await message.AcknowledgeAsync(stopping.Token);
        }
        catch (Exception failed) when (IsTheWorld(failed))
        {
            // The connection is gone, and what was not acknowledged with it.
        }
    }

    internal static MqttApplicationMessage Message(
        string topic, byte[] payload, bool atLeastOnce, bool retain, TimeSpan? validity) => new()
    {
        Topic = topic,
        PayloadSegment = payload,
        QualityOfServiceLevel = atLeastOnce ? MqttQualityOfServiceLevel.AtLeastOnce : MqttQualityOfServiceLevel.AtMostOnce,
        Retain = retain,
        MessageExpiryInterval = validity is { } time ? (uint)Math.Clamp(Math.Ceiling(time.TotalSeconds), 1, 86_400) : 0,
    };

    internal static bool IsTheWorld(Exception failed) =>
        failed is MqttCommunicationException or OperationCanceledException or IOException or ObjectDisposedException
            or InvalidOperationException or TimeoutException or System.Net.Sockets.SocketException;
}
