using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nadhir.Outlets.Cap.Push;
using Nadhir.Outlets.Sirens;
using Nadhir.Tests.Outlets.Sirens;
using Nadhir.Warning;

namespace Nadhir.Tests.Outlets.Cap;

public sealed class CapPushTests
{
    static readonly byte[] secret = WebhookPartner.Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", exercise: false);
    readonly ReceiptLog log = new();

    static PublicMessage Message(int number = 0) =>
        CapMessages.Compose(AlertState.Warning, number: number) with { Expires = TimeProvider.System.GetUtcNow().AddMinutes(5) };

    [Fact]
    public void The_signature_is_that_of_the_published_example() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookPartner.Sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, Encoding.UTF8.GetBytes("{\"test\": 2432232314}")));

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_not base64")]
    public void A_secret_of_another_form_is_refused(string text) =>
        Assert.Throws<InvalidDataException>(() => WebhookPartner.Secret(text, exercise: false));

    /// <summary>A partner's server, which answers as told and keeps what it was sent.</summary>
    sealed class Receiver : IAsyncDisposable
    {
        readonly WebApplication app;

        Receiver(WebApplication app) => this.app = app;

        public ConcurrentQueue<(string Id, string Timestamp, string Signature, string Type, byte[] Body)> Calls { get; } = new();
        public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/cap");

        public static async Task<Receiver> Start(params int[] answers)
        {
            WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            Receiver receiver = new(builder.Build());
            int call = 0;
            receiver.app.MapPost("/cap", async (HttpRequest request) =>
            {
                using MemoryStream body = new();
                await request.Body.CopyToAsync(body);
                receiver.Calls.Enqueue((request.Headers["webhook-id"].ToString(), request.Headers["webhook-timestamp"].ToString(),
                    request.Headers["webhook-signature"].ToString(), request.ContentType!, body.ToArray()));
                return Results.StatusCode(answers[Math.Min(call++, answers.Length - 1)]);
            });
            await receiver.app.StartAsync();
            return receiver;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }

    async Task<CapPush> Start(ICapPartner partner, TimeProvider? clock = null)
    {
        CapPush push = new(partner, log, clock ?? TimeProvider.System);
        await push.StartAsync(CancellationToken.None);
        return push;
    }

    [Fact]
    public async Task A_webhook_that_fails_is_tried_again_until_it_acknowledges_and_can_check_who_called()
    {
        await using Receiver receiver = await Receiver.Start(503, 307, 202);
        await using CapPush push = await Start(new WebhookPartner("city", receiver.Address, secret, TimeProvider.System));
        PublicMessage message = Message();
        byte[] body = Encoding.UTF8.GetBytes("<alert>كربلاء</alert>");
        push.Offer(message, body);
        MessageReceipt done = await log.Wait<MessageReceipt>(one => one.Ok);
        Assert.Equal((message.Identifier, "cap-webhook:city", "202 Accepted; at try 3"), (done.Message, done.Outlet, done.Detail));
        Assert.Equal([false, true], log.All.OfType<MessageReceipt>().Select(one => one.Ok));
        Assert.Equal(3, receiver.Calls.Count);
        foreach ((string id, string timestamp, string signature, string type, byte[] sent) in receiver.Calls)
        {
            byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. sent];
            Assert.Equal(message.Identifier, id);
            Assert.Equal($"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}", signature);
            Assert.Equal("application/cap+xml; charset=utf-8", type);
            Assert.Equal(body, sent);
        }
    }

    [Fact]
    public async Task A_webhook_that_is_gone_is_left_alone()
    {
        await using Receiver receiver = await Receiver.Start(410);
        await using CapPush push = await Start(new WebhookPartner("city", receiver.Address, secret, TimeProvider.System));
        push.Offer(Message(1) with { Alert = "a" }, [1]);
        push.Offer(Message(2) with { Alert = "a" }, [2]);
        await log.Wait<MessageReceipt>(one => one.Message == Message(2).Identifier);
        Assert.Equal(2, receiver.Calls.Count);
        Assert.All(log.All.OfType<MessageReceipt>(), one => Assert.Equal((false, "they answered 410 Gone"), (one.Ok, one.Detail)));
    }

    [Fact]
    public async Task What_has_expired_is_not_pushed_and_does_not_hold_up_what_follows()
    {
        await using Receiver receiver = await Receiver.Start(200);
        await using CapPush push = await Start(new WebhookPartner("city", receiver.Address, secret, TimeProvider.System));
        push.Offer(Message(1) with { Expires = CapMessages.Sent }, [1]);
        push.Offer(Message(2), [2]);
        await log.Wait<MessageReceipt>(one => one.Ok);
        Assert.Equal("expired while it waited", (await log.Wait<MessageReceipt>(one => !one.Ok)).Detail);
        Assert.Equal([2], Assert.Single(receiver.Calls).Body);
    }

    /// <summary>A partner that never answers.</summary>
    sealed class Silent : ICapPartner
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public string Name => "silent";
        public void Start() { }

        public async Task<PushAnswer> Push(PublicMessage message, byte[] xml, CancellationToken stop)
        {
            Asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return new(PushStep.TryAgain, Cause.Of(CauseCode.NoAnswerInTime));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Of_more_messages_than_may_wait_the_oldest_give_way_and_it_is_said()
    {
        Silent silent = new();
        CapPush push = await Start(silent);
        push.Offer(Message() with { Alert = "a" }, []);
        await silent.Asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        for (int i = 1; i <= CapPush.QueueLimit + 2; i++) push.Offer(Message(i) with { Alert = "a" }, []);
        Assert.Equal([Message(1).Identifier, Message(2).Identifier],
            log.All.OfType<MessageReceipt>().Where(one => one.Detail.Contains("gave way", StringComparison.Ordinal)).Select(one => one.Message));
        await push.DisposeAsync();
        Assert.Equal(CapPush.QueueLimit, log.All.OfType<MessageReceipt>().Count(one => one.Detail == "not pushed: the system was stopped"));
    }

    /// <summary>A partner that does not take the messages of one alert.</summary>
    sealed class Picky(string refused) : ICapPartner
    {
        public ConcurrentQueue<string> Tried { get; } = new();
        public string Name => "picky";
        public void Start() { }

        public Task<PushAnswer> Push(PublicMessage message, byte[] xml, CancellationToken stop)
        {
            Tried.Enqueue(message.Identifier);
            return Task.FromResult(message.Alert == refused ? new PushAnswer(PushStep.TryAgain, Cause.Of(CauseCode.TheyAnswered, "400")) : new(PushStep.Acknowledged, Cause.Of(CauseCode.AsSaid, "200")));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_message_that_a_partner_does_not_take_holds_up_what_follows_of_its_alert_and_no_other()
    {
        Picky picky = new("a");
        await using CapPush push = await Start(picky);
        push.Offer(Message(1) with { Alert = "a" }, []);
        push.Offer(Message(2) with { Alert = "a" }, []);
        push.Offer(Message(3), []);
        Assert.Equal(Message(3).Identifier, (await log.Wait<MessageReceipt>(one => one.Ok)).Message);
        Assert.DoesNotContain(Message(2).Identifier, picky.Tried);
    }

    [Fact]
    public async Task What_the_release_rule_keeps_back_is_not_pushed_and_not_reported()
    {
        Picky picky = new("none");
        await using CapPush push = new(picky, log, TimeProvider.System) { Releases = message => message.Identifier == Message(2).Identifier };
        await push.StartAsync(TestContext.Current.CancellationToken);
        push.Offer(Message(1), []);
        push.Offer(Message(2), []);
        await log.Wait<MessageReceipt>(one => one.Ok);
        Assert.Equal([Message(2).Identifier], picky.Tried);
        Assert.Single(log.All);
    }

    [Fact]
    public async Task Mosquitto_carries_messages_on_the_topic_of_their_world_and_they_wait_while_it_is_away()
    {
        await using MosquittoTestBroker broker = new();
        await using CapPush push = await Start(new MqttPartner("public/cap", exercise: true, new BrokerAddress { Port = broker.Port }, "cap-test", TimeProvider.System));
        push.Offer(Message(), [1, 2, 3]);
        await log.Wait<MessageReceipt>(one => !one.Ok);
        await broker.Start();
        TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<(string, byte[], bool)> received = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using MqttLink listener = new(new(new BrokerAddress { Port = broker.Port }, "listener", ["public/#"]), TimeProvider.System)
        {
            Changed = (up, _) => { if (up) connected.TrySetResult(); },
            Received = (topic, payload, retained) => received.TrySetResult((topic, payload, retained)),
        };
        listener.Start();
        await connected.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await log.Wait<MessageReceipt>(one => one.Ok, seconds: 60);
        push.Offer(Message(1), [4, 5, 6]);
        (string topic, byte[] payload, bool retained) = await received.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(("public/cap/exercise", false), (topic, retained));
        Assert.Contains(payload, (byte[][])[[1, 2, 3], [4, 5, 6]]);
    }
}
