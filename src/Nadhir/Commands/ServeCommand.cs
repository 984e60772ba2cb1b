using System.Collections.Immutable;
using System.CommandLine;
using System.Net;
using System.Runtime.InteropServices;
using Nadhir.Configuration;
using Nadhir.Custody;
using Nadhir.Documents;
using Nadhir.Feeds;
using Nadhir.Formats.CursorOnTarget;
using Nadhir.Hosting;
using Nadhir.Hosting.Images;
using Nadhir.Journal;
using Nadhir.Outlets.Sirens;
using Nadhir.Storage;

namespace Nadhir.Commands;

using Command = System.CommandLine.Command;

/// <summary><c>nadhir serve --config FILE</c>: the real thing. Goes on with the record that the configuration names.</summary>
static class ServeCommand
{
    /// <summary>Ten seconds and more to replay.</summary>
    const long LongRecord = 500_000;

    public static Command Create()
    {
        Option<string> config = new("--config") { Description = "Configuration, see docs/configuration.md", Required = true };
        Option<bool> standby = new("--standby")
        {
            Description = "While another serves the same record, follow it and go on with it at once when that one is gone",
        };
        Command command = new("serve", "Run the system: feeds, watch, outlets, console") { config, standby };
        command.SetAction(async (parsed, _) =>
        {
            string path = parsed.GetRequiredValue(config);
            if (!File.Exists(path))
            {
                Console.Error.WriteLine($"nadhir serve: there is no file {path}");
                return 2;
            }

            switch (ConfigurationLoader.Load(path, CountriesFile.Find()))
            {
                case ConfigurationReading.Faulty faulty:
                    foreach (DocumentFault fault in faulty.Faults) Console.Error.WriteLine($"{path}:{fault}");
                    return 2;
                case ConfigurationReading.Loaded loaded:
                    try
                    {
                        await Serve(loaded.Configuration, parsed.GetValue(standby));
                        return 0;
                    }
                    catch (Exception fault) when (fault is StartException or IOException or InvalidDataException)
                    {
                        Console.Error.WriteLine($"nadhir serve: {fault.Message}");
                        return 1;
                    }

                default:
                    throw new InvariantBrokenException("a configuration is loaded or faulty");
            }
        });
        return command;
    }

    static async Task Serve(HostConfiguration host, bool standby)
    {
        TimeProvider clock = TimeProvider.System;
        if (await Open(host, standby, clock) is not (SqliteJournal opened, Restored restored)) return;
        using SqliteJournal journal = opened;
        string keyFile = KeyFile(host);
        SigningKey signer = CustodyBook.FinishChange(journal, keyFile, SigningKey.OfWorld(keyFile, host.Watch.Exercise));
        await using LiveSystem system = LiveSystem.Build(Options(host), journal, restored, signer, clock);
        var transports = new List<Func<CancellationToken, Task>>();
        foreach (FeedTransport feed in host.Feeds) transports.Add(Open(feed, host, system, clock));
        await system.Start();
        foreach (Func<CancellationToken, Task> transport in transports) system.Run(transport);
        Console.WriteLine($"{(host.Watch.Exercise ? "EXERCISE  " : "")}{host.Watch.Name}: {host.Feeds.Length} feeds, record in {host.StorageFolder}");
        Console.WriteLine($"Console: http://{host.Console.Address}:{host.Console.Port}");
        Console.WriteLine(host.Public.Page.Port is { } port
            ? $"Public:  http://{host.Public.Address}:{port}/zone/" : $"Public:  http://{host.Console.Address}:{host.Console.Port}/zone/");
        await system.WaitForShutdown();
    }

    /// <summary>The record with its watch; null when it was told to end while it stood by.</summary>
    static async Task<(SqliteJournal Journal, Restored Restored)?> Open(HostConfiguration host, bool standby, TimeProvider clock)
    {
        if (!standby)
        {
            SqliteJournal journal = RecordOpening.Open(host.Watch, host.StorageFolder, clock);
            if (journal.CommittedCount > LongRecord)
                Console.WriteLine($"Going on with {journal.CommittedCount} entries: without an image of the watch all are replayed first (see serve --standby)");
            Restored restored = Restorer.Restore(journal, images: new ImageShelf(host.StorageFolder));
            // A new one has its configuration, and the name of the one before.
            if (journal.CommittedCount > 2) Console.WriteLine(restored.Words(journal.CommittedCount));
            return (journal, restored);
        }

        using CancellationTokenSource stopping = new();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await Task.Run(() => Rehearsal.Run(host.Watch, null, clock.GetUtcNow()));
        try
        {
            return await new Standby(host.Watch, host.StorageFolder, clock) { Say = Console.WriteLine }.Wait(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return null;
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stopping.Cancel();
        }
    }

    static string KeyFile(HostConfiguration host) => Path.Combine(host.StorageFolder, "signing.key");

    static LiveOptions Options(HostConfiguration host) => new()
    {
        Folder = host.StorageFolder,
        Cap = host.Cap,
        Console = new IPEndPoint(host.Console.Address, host.Console.Port),
        OperatorToken = host.Console.TokenFile is { } file ? File.ReadAllText(file).Trim() : null,
        Map = host.Console.Map,
        ObserversToken = host.Console.ObserversTokenFile is { } observers ? File.ReadAllText(observers).Trim() : null,
        TickPeriod = host.TickPeriod,
        EmbeddedBroker = host.Mqtt is MqttConfiguration.Embedded own
            ? new EmbeddedBrokerOptions { Exercise = host.Watch.Exercise, Address = own.Address, Port = own.Port }
            : null,
        Partners = host.Partners,
        Log = host.Journal.Options(),
        Dossiers = host.Dossiers,
        Retention = host.Journal.Retention,
        SigningKeyFile = KeyFile(host),
        Public = host.Public.Page,
        PublicAddress = host.Public.Address,
        Push = host.Public.Push,
        Broker = Broker(host),
        Sirens = Sirens(host),
    };

    static SirenOutletOptions Sirens(HostConfiguration host) => new()
    {
        Exercise = host.Watch.Exercise,
        FurtherBrokers = [.. host.Sirens.Brokers.Select(one => new SirenBroker(one.Id, Address(one.Broker), one.Prefix))],
        Secret = Secret(host.Sirens.Secret),
        Wiring = host.Sirens.Wiring.ToImmutableDictionary(pair => pair.Key, pair => new SirenWiring
        {
            Paths = pair.Value.Paths.IsEmpty ? SirenWiring.Plain.Paths : pair.Value.Paths,
            Secret = Secret(pair.Value.Secret),
            Device = pair.Value.Device,
            Discovery = pair.Value.Discovery,
        }, StringComparer.Ordinal),
    };

    static ImmutableArray<byte>? Secret(SecretSource? source) =>
        source is null ? null : SirenSecrets.Read(source.File, source.Variable);

    static BrokerAddress Address(MqttConfiguration.External broker) => new()
    {
        Host = broker.Host,
        Port = broker.Port,
        User = broker.User,
        Password = broker.PasswordFile is { } secret ? File.ReadAllText(secret).Trim() : null,
        Tls = broker.Secure,
    };

    static BrokerAddress Broker(HostConfiguration host) => host.Mqtt switch
    {
        MqttConfiguration.External broker => Address(broker),
        MqttConfiguration.Embedded inside => new BrokerAddress
        {
            Host = inside.Address.Equals(IPAddress.Any) ? "127.0.0.1" : inside.Address.ToString(), Port = inside.Port,
        },
        _ => throw new InvariantBrokenException("a broker is embedded or external"),
    };

    static Func<CancellationToken, Task> Open(
        FeedTransport feed, HostConfiguration host, LiveSystem system, TimeProvider clock) => feed switch
    {
        FeedTransport.Udp udp => new UdpFeed(udp.Feed, new IPEndPoint(udp.Address, udp.Port), udp.Group, system.Loop, clock,
            system.Logs.CreateLogger<UdpFeed>()).Run,
        FeedTransport.TcpClient tcp => new TcpFeed(tcp.Feed, tcp.Host, tcp.Port,
            new StreamIntake(tcp.Feed, tcp.IsStream, system.Loop, clock), clock, system.Logs.CreateLogger<TcpFeed>()).Run,
        FeedTransport.TcpServer tcp => new TcpServerFeed(tcp.Feed, new IPEndPoint(tcp.Address, tcp.Port),
            new StreamIntake(tcp.Feed, tcp.IsStream, system.Loop, clock), system.Logs.CreateLogger<TcpServerFeed>()).Run,
        FeedTransport.Tak tak => OpenTak(tak, system, clock),
        FeedTransport.SapientServer nodes => new SapientServer(nodes, system.Configuration, system.Loop, clock,
            system.Logs.CreateLogger<SapientServer>()).Run,
        FeedTransport.Http http => new HttpFeed(http.Feed, http.Address, http.Period,
            http.TokenFile is { } secret ? File.ReadAllText(secret).Trim() : null, system.Loop, clock, system.Logs.CreateLogger<HttpFeed>()).Run,
        FeedTransport.Mqtt mqtt => new MqttFeed(new(mqtt.Feed, Broker(host), mqtt.Topics, mqtt.KeepsTopic), system.Loop,
            clock, system.Logs.CreateLogger<MqttFeed>()).Run,
        FeedTransport.File file => new FileFeed(host.Watch.Feeds.First(each => each.Id == file.Feed), file, system.Loop, clock,
            system.Logs.CreateLogger<FileFeed>()).Run,
        _ => throw new InvariantBrokenException($"no transport {feed.GetType().Name}"),
    };

    static Func<CancellationToken, Task> OpenTak(FeedTransport.Tak transport, LiveSystem system, TimeProvider clock)
    {
        TakFeed feed = new(transport, CotTypes.OwnPrefix(system.Configuration.Sender), system.Loop, clock,
            system.Logs.CreateLogger<TakFeed>());
        system.Tak?.SpeakOver(transport.Feed, feed.Endpoint);
        return async stopping =>
        {
            using (feed) await feed.Run(stopping);
        };
    }
}
