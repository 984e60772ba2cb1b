using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Nadhir.Formats.Sirens;
using Nadhir.Outlets.Sirens;
using Nadhir.Simulation.Sirens;

namespace Nadhir.Commands;

using Command = System.CommandLine.Command;

/// <summary><c>nadhir siren</c>: one siren, on the small computer beside the horn. See docs/sirens.md.</summary>
static class SirenCommand
{
    static readonly Option<string> id = new("--id") { Description = "Name of the siren, as in the configuration", Required = true };
    static readonly Option<string[]> brokers = new("--broker")
    {
        Description = "HOST[:PORT] of the MQTT broker; given twice: the second path", Required = true,
    };
    static readonly Option<string> world = new("--world")
    {
        Description = "exercise or live", DefaultValueFactory = _ => "exercise",
    };
    static readonly Option<string?> name = new("--name") { Description = "What people read; the id when absent" };
    static readonly Option<string?> keyFile = new("--key-file") { Description = "File with the secret that proves commands" };
    static readonly Option<string?> keyVariable = new("--key-variable") { Description = "…or the environment variable that has it" };
    static readonly Option<string?> user = new("--user") { Description = "Name at the broker" };
    static readonly Option<string?> passwordFile = new("--password-file") { Description = "File with its password" };
    static readonly Option<bool> tls = new("--tls") { Description = "TLS to the broker; goes without saying with --tls-ca" };
    static readonly Option<string?> authority = new("--tls-ca") { Description = "PEM: authorities to trust instead of the system's" };
    static readonly Option<string?> certificate = new("--cert") { Description = "PEM: the siren's own certificate" };
    static readonly Option<string?> key = new("--key") { Description = "PEM: its key" };
    static readonly Option<string?> gpio = new("--gpio") { Description = "File of the relay's pin, like /sys/class/gpio/gpio17/value" };
    static readonly Option<bool> activeLow = new("--gpio-active-low") { Description = "The relay sounds at 0" };
    static readonly Option<string?> execOn = new("--exec-on") { Description = "Command that sounds the horn; SIREN_TONE has the tone" };
    static readonly Option<string?> execOff = new("--exec-off") { Description = "Command that silences it" };
    static readonly Option<string?> state = new("--state") { Description = "File that keeps the newest command over a power cut" };
    static readonly Option<string[]> tones = new("--tones")
    {
        Description = "What the horn can play; the first stands in for what it cannot",
        DefaultValueFactory = _ => ["warning", "all-clear", "test"],
        AllowMultipleArgumentsPerToken = true,
    };

    const string What = "A siren: obeys commands over MQTT and switches a relay";

    public static Command Create() => Filled(new Command("siren", What));

    /// <summary>As a program that is nothing else.</summary>
    public static RootCommand Alone() => Filled(new RootCommand(What));

    static T Filled<T>(T command) where T : Command
    {
        foreach (Option option in (Option[])
            [id, brokers, world, name, keyFile, keyVariable, user, passwordFile, tls, authority, certificate, key, gpio,
                activeLow, execOn, execOff, state, tones])
            command.Options.Add(option);
        world.AcceptOnlyFromAmong("exercise", "live");
        command.SetAction(async (parsed, _) =>
        {
            if (Fault(parsed) is { } fault)
            {
                Console.Error.WriteLine($"nadhir siren: {fault}");
                return 2;
            }

            try
            {
                await Run(parsed, parsed.InvocationConfiguration.Output);
                return 0;
            }
            catch (IOException failed)
            {
                Console.Error.WriteLine($"nadhir siren: {failed.Message}");
                return 1;
            }
        });
        return command;
    }

    /// <summary>What is wrong with the options, or null.</summary>
    static string? Fault(ParseResult parsed)
    {
        if (!SirenTopics.IsName(parsed.GetRequiredValue(id))) return "--id is 1 to 64 letters, digits, _ and -";
        foreach (string broker in parsed.GetRequiredValue(brokers))
            if (Endpoint(broker, 1883) is null) return $"--broker '{broker}' is not HOST[:PORT]";
        if (parsed.GetValue(gpio) is not null && (parsed.GetValue(execOn) ?? parsed.GetValue(execOff)) is not null)
            return "the relay is either a pin (--gpio) or commands (--exec-on, --exec-off)";
        if (parsed.GetValue(execOn) is null != parsed.GetValue(execOff) is null) return "--exec-on and --exec-off come together";
        if (parsed.GetValue(certificate) is null != parsed.GetValue(key) is null) return "--cert and --key come together";
        if (parsed.GetValue(keyFile) is not null && parsed.GetValue(keyVariable) is not null)
            return "the secret is in a file or in a variable, not in both";
        if (parsed.GetValue(tones) is [] or null) return "--tones needs one at least";
        foreach (string? file in (string?[])
            [parsed.GetValue(keyFile), parsed.GetValue(passwordFile), parsed.GetValue(authority), parsed.GetValue(certificate),
                parsed.GetValue(key), parsed.GetValue(gpio)])
            if (file is not null && !File.Exists(file)) return $"there is no file {file}";
        return null;
    }

    static async Task Run(ParseResult parsed, TextWriter output)
    {
        TimeProvider clock = TimeProvider.System;
        string siren = parsed.GetRequiredValue(id);
        bool exercise = parsed.GetRequiredValue(world) == "exercise";
        SirenMemory? memory = parsed.GetValue(state) is { } file ? new(file, exercise, siren) : null;
        SirenKey? proof = parsed.GetValue(keyFile) is null && parsed.GetValue(keyVariable) is null ? null
            : new(SirenSecrets.Read(parsed.GetValue(keyFile), parsed.GetValue(keyVariable)).AsSpan(), exercise, siren);
        SirenDevice device = new(siren, exercise, [.. parsed.GetRequiredValue(tones)], memory?.Load(), proof);
        ImmutableArray<BrokerAddress> addresses = [.. parsed.GetRequiredValue(brokers).Select(broker => Address(parsed, broker))];
        SirenDeviceClient client = new(device, parsed.GetValue(name) ?? siren, addresses[0], clock)
        {
            FurtherBrokers = addresses[1..],
            Relay = Relay(parsed, clock),
            Remember = memory is null ? null : memory.Save,
            Says = line => Say(output, clock, line),
        };
        Say(output, clock, $"{(exercise ? "EXERCISE " : "")}siren {siren}: "
            + $"{(proof is null ? "UNAUTHENTICATED, obeys whoever may write its topic" : "obeys proven commands only")}, "
            + $"newest command {(device.Mark is { } mark ? $"{mark.Epoch}/{mark.Sequence}" : "none")}"
            + (memory is null ? ", forgets it in a power cut (no --state)" : "")
            + (parsed.GetValue(gpio) is null && parsed.GetValue(execOn) is null ? ", switches nothing (no --gpio, no --exec-on)" : ""));
        using CancellationTokenSource stopping = new();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await client.StartAsync(stopping.Token);
        await Task.Delay(Timeout.Infinite, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await client.StopAsync(CancellationToken.None);
        Say(output, clock, "ended, silent");

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stopping.Cancel();
        }
    }

    static Func<bool, string, Task<string?>>? Relay(ParseResult parsed, TimeProvider clock) =>
        parsed.GetValue(gpio) is { } pin ? SirenRelay.Pin(pin, parsed.GetValue(activeLow))
        : parsed.GetValue(execOn) is { } on ? SirenRelay.Commands(on, parsed.GetValue(execOff)!, clock)
        : null;

    static BrokerAddress Address(ParseResult parsed, string broker)
    {
        bool secure = parsed.GetValue(tls) || parsed.GetValue(authority) is not null || parsed.GetValue(certificate) is not null;
        (string host, int port) = Endpoint(broker, secure ? 8883 : 1883)!.Value;
        return new()
        {
            Host = host,
            Port = port,
            User = parsed.GetValue(user),
            Password = parsed.GetValue(passwordFile) is { } file ? File.ReadAllText(file).Trim() : null,
            Tls = secure
                ? new()
                {
                    AuthorityFile = parsed.GetValue(authority), CertificateFile = parsed.GetValue(certificate),
                    KeyFile = parsed.GetValue(key),
                }
                : null,
        };
    }

    /// <summary>HOST, HOST:PORT or [IPv6]:PORT.</summary>
    internal static (string Host, int Port)? Endpoint(string text, int otherwise)
    {
        int end = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) + 1 : text.IndexOf(':', StringComparison.Ordinal);
        if (end < 0) end = text.Length;
        string host = text[..end].Trim('[', ']');
        if (host.Length == 0 || (end < text.Length && text[end] != ':')) return null;
        if (end >= text.Length) return (host, otherwise);
        return int.TryParse(text.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            && port is >= 1 and <= 65535 ? (host, port) : null;
    }

    static void Say(TextWriter output, TimeProvider clock, string line)
    {
        lock (output) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():HH:mm:ss.fff} {line}"));
    }
}
