using System.Diagnostics;
using Nadhir.Geodesy;
using Nadhir.Outlets;
using Nadhir.Outlets.Sirens;
using Nadhir.Simulation.Sirens;
using Nadhir.Tests.Tak;
using Nadhir.Warning;

namespace Nadhir.Tests.Outlets.Sirens;

/// <summary>Mosquitto as docs/sirens.md says to run it: TLS, a credential for each device, and rules of access.</summary>
public sealed class SirenTlsTests : IDisposable
{
    const string Rules = """
        user nadhir
        topic write nadhir/live/siren/+/command
        topic write nadhir/live/nadhir/heartbeat
        topic read nadhir/live/siren/#
        pattern read nadhir/live/siren/%u/command
        pattern read nadhir/live/nadhir/heartbeat
        pattern write nadhir/live/siren/%u/state
        pattern write nadhir/live/siren/%u/heartbeat
        pattern write nadhir/live/siren/%u/availability
        pattern write homeassistant/siren/nadhir-live-%u/config

        """;

    static readonly Siren Siren = new() { Id = "s1", Name = "School", Zone = "z", Position = new GeoPoint(33, 44) };
    readonly TimeProvider clock = TimeProvider.System;
    readonly ReceiptLog log = new();
    readonly TestCertificates certificates = new();
    readonly TestCertificates others = new();
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-mosquitto-").FullName;

    public void Dispose()
    {
        certificates.Dispose();
        others.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    string Put(string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    async Task<MosquittoTestBroker> Mosquitto(bool withCertificates)
    {
        certificates.Make("broker");
        foreach (string name in new[] { "nadhir", "s1", "s2" }) certificates.Make(name);
        string who = withCertificates
            ? "require_certificate true\nuse_identity_as_username true\n"
            : $"allow_anonymous false\npassword_file {await Passwords()}\n";
        // Started by root it would become a user that may not read the files of this test.
        MosquittoTestBroker broker = new(
            $"user {Environment.UserName}\ncafile {certificates.Authority}\ncertfile {certificates.Certificate("broker")}\n"
            + $"keyfile {certificates.Key("broker")}\n{who}acl_file {Put("acl", Rules)}\n");
        await broker.Start();
        return broker;
    }

    /// <summary>Mosquitto's own tool makes the file.</summary>
    async Task<string> Passwords()
    {
        string file = Put("passwords", "");
        foreach (string name in new[] { "nadhir", "s1", "s2" })
        {
            using Process tool = Process.Start(new ProcessStartInfo("mosquitto_passwd", ["-b", file, name, $"secret of {name}"])
            {
                RedirectStandardError = true, UseShellExecute = false,
            })!;
            await tool.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, tool.ExitCode);
        }

        return file;
    }

    BrokerAddress Address(MosquittoTestBroker broker, string name, bool withCertificates) => new()
    {
        Port = broker.Port,
        User = withCertificates ? null : name,
        Password = withCertificates ? null : $"secret of {name}",
        Timeout = TimeSpan.FromSeconds(10),
        Tls = new()
        {
            AuthorityFile = certificates.Authority,
            CertificateFile = withCertificates ? certificates.Certificate(name) : null,
            KeyFile = withCertificates ? certificates.Key(name) : null,
        },
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_siren_sounds_over_tls_and_another_siren_may_neither_command_it_nor_speak_for_it(bool withCertificates)
    {
        await using MosquittoTestBroker broker = await Mosquitto(withCertificates);
        SirenDevice device = new("s1", exercise: false, ["wail"]);
        await using SirenOutlet outlet = new(
            new() { Exercise = false, Broker = Address(broker, "nadhir", withCertificates) }, [Siren], log, clock);
        await using SirenDeviceClient client = new(device, "School", Address(broker, "s1", withCertificates), clock);
        await outlet.StartAsync(CancellationToken.None);
        await client.StartAsync(CancellationToken.None);
        await log.WaitLink(up: true);
        DateTimeOffset now = clock.GetUtcNow();
        outlet.Offer(new DurableDecision(1, now, now, new SirenCommanded("c1", "s1", "alert", SirenAction.Sound, "wail")
        {
            Epoch = 1, Sequence = 1, DurationSeconds = 1, Expires = now.AddSeconds(30),
        }));
        await log.Wait("c1", SirenStep.Silent);

        await using MqttLink intruder = Connect(Address(broker, "s2", withCertificates), out Task<string> word);
        string said = await word.WaitAsync(TimeSpan.FromSeconds(20), clock, TestContext.Current.CancellationToken);
        Assert.StartsWith("connected with", said, StringComparison.Ordinal);
        Assert.False(await intruder.Publish("nadhir/live/siren/s1/command", "x"u8.ToArray(), atLeastOnce: true));
        Assert.False(await intruder.Publish("nadhir/live/siren/s1/state", "x"u8.ToArray(), atLeastOnce: true));
        Assert.True(await intruder.Publish("nadhir/live/siren/s2/state", "x"u8.ToArray(), atLeastOnce: true));
    }

    [Fact]
    public async Task Without_a_certificate_of_the_authority_nobody_comes_in_and_a_foreign_broker_is_not_trusted()
    {
        await using MosquittoTestBroker broker = await Mosquitto(withCertificates: true);
        BrokerAddress good = Address(broker, "s2", withCertificates: true);
        others.Make("s2");
        foreach (BrokerTls bad in new BrokerTls[]
        {
            good.Tls! with { CertificateFile = null, KeyFile = null },
            good.Tls with { CertificateFile = others.Certificate("s2"), KeyFile = others.Key("s2") },
            good.Tls with { AuthorityFile = others.Authority },
            good.Tls with { AuthorityFile = null },
            good.Tls with { ServerName = "elsewhere.example.invalid" },
            good.Tls with { KeyFile = Path.Combine(folder, "none") },
        })
        {
            await using MqttLink link = Connect(good with { Tls = bad }, out Task<string> word);
            string said = await word.WaitAsync(TimeSpan.FromSeconds(20), clock, TestContext.Current.CancellationToken);
            Assert.DoesNotContain("connected with", said, StringComparison.Ordinal);
            Assert.False(link.IsConnected);
        }
    }

    MqttLink Connect(BrokerAddress address, out Task<string> word)
    {
        TaskCompletionSource<string> first = new();
        word = first.Task;
        MqttLink link = new(new(address, "intruder", ["nadhir/live/nadhir/heartbeat"]), clock)
        {
            Changed = (_, why) => first.TrySetResult(why.Words),
            Received = (_, _, _) => { },
        };
        link.Start();
        return link;
    }
}
