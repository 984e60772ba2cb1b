using System.CommandLine;
using System.Net;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Storage;
using Nadhir.Transparency;

namespace Nadhir.Commands;

using Command = System.CommandLine.Command;

/// <summary><c>nadhir witness</c>: remembers what logs signed, cosigns what is consistent with it, refuses the rest and keeps it.</summary>
static class WitnessCommand
{
    static readonly Option<string> state = new("--folder") { Description = "Where it remembers, and keeps its key", Required = true };
    static readonly Option<string> name = new("--name") { Description = "Name of its key when one is made, such as witness.example/w1" };
    static readonly Option<string[]> logs = new("--log")
    {
        Description = "Key of a log, or a file that holds it (journal.pub); may be given again", Required = true,
    };
    static readonly Option<string[]> poll = new("--poll") { Description = "Log to look at: http://HOST:8470/log, or a record's folder" };
    static readonly Option<double> every = new("--every") { Description = "Seconds between looks", DefaultValueFactory = _ => 60 };
    static readonly Option<bool> once = new("--once") { Description = "Look once and end: 0 all consistent, 1 not" };
    static readonly Option<string?> listen = new("--listen") { Description = "ADDRESS:PORT to answer add-checkpoint at" };
    static readonly Option<string?> token = new("--token-file") { Description = "Secret to read logs with that are not public" };
    static readonly Option<bool> noMirror = new("--no-mirror")
    {
        Description = "Keep no leaf hashes (32 bytes an entry): contradictions are found all the same, but not named",
    };

    public static Command Create()
    {
        Command command = new("witness", "Watch over the journals of others: cosign what is consistent, refuse the rest")
        {
            state, name, logs, poll, every, once, listen, token, noMirror,
        };
        command.SetAction(async (parsed, stopping) =>
        {
            TextWriter errors = parsed.InvocationConfiguration.Error;
            List<NoteKey> trusted = [];
            foreach (string given in parsed.GetRequiredValue(logs))
            {
                if (VerifyCommand.ReadKey(given, out string? fault) is not { } key)
                {
                    errors.WriteLine($"nadhir witness: --log: {fault}");
                    return 2;
                }
                trusted.Add(key);
            }
            string[] polled = parsed.GetValue(poll) ?? [];
            IPEndPoint? at = null;
            if (parsed.GetValue(listen) is { } text && !IPEndPoint.TryParse(text, out at)
                || (polled.Length == 0 && (parsed.GetValue(once) || parsed.GetValue(listen) is null)) || parsed.GetValue(every) is not >= 0.1)
            {
                errors.WriteLine("nadhir witness: give --poll, or --listen ADDRESS:PORT, or both; --every is 0.1 s and more");
                return 2;
            }
            try
            {
                return await Run(parsed, trusted, polled, at, stopping);
            }
            catch (Exception fault) when (fault is IOException or InvalidDataException)
            {
                errors.WriteLine($"nadhir witness: {fault.Message}");
                return 1;
            }
        });
        return command;
    }

    static async Task<int> Run(ParseResult parsed, List<NoteKey> trusted, string[] polled, IPEndPoint? at, CancellationToken stopping)
    {
        TextWriter output = parsed.InvocationConfiguration.Output;
        string folder = parsed.GetRequiredValue(state);
        Directory.CreateDirectory(folder);
        using WriterLock alone = new(folder); // Two witnesses with one memory could cosign two histories.
        SigningKey key = SigningKey.LoadOrCreate(
            Path.Combine(folder, "witness.key"), parsed.GetValue(name) ?? "witness.nadhir.invalid", NoteKey.Ed25519Cosignature);
        File.WriteAllText(Path.Combine(folder, "witness.pub"), $"{key.PublicKey}\n");
        output.WriteLine($"witness {key.PublicKey}");
        WitnessBook book = new(folder, new CosigningKey(key, TimeProvider.System), trusted, TimeProvider.System);
        await using WebApplication? server = at is null ? null : Server(at, book);
        if (server is not null) await server.StartAsync(stopping);

        string? secret = parsed.GetValue(token) is { } file ? File.ReadAllText(file).Trim() : null;
        ILogSource[] sources = [.. polled.Select(place => LogSources.Open(place, secret))];
        using PeriodicTimer ticks = new(TimeSpan.FromSeconds(parsed.GetValue(every)), TimeProvider.System);
        bool allWell;
        do
        {
            allWell = true;
            foreach (ILogSource source in sources)
                allWell &= await Look(book, source, mirrors: !parsed.GetValue(noMirror), output, stopping);
        }
        while (!parsed.GetValue(once) && await ticks.WaitForNextTickAsync(stopping));
        foreach (ILogSource source in sources) source.Dispose();
        return allWell ? 0 : 1;
    }

    static async Task<bool> Look(WitnessBook book, ILogSource source, bool mirrors, TextWriter output, CancellationToken stopping)
    {
        try
        {
            AuditReport report = await new LogAudit(book, source, mirrors).Look(stopping);
            output.WriteLine(report.Discord == Discord.None ? $"{report.Log}: {report.What}"
                : $"REFUSED  {report.Log}: {report.Discord}: {report.What}{(report.Evidence is { } kept ? $"; kept in {kept}" : "")}");
            return report.Discord == Discord.None;
        }
        catch (Exception unreached) when (unreached is IOException or UnauthorizedAccessException)
        {
            output.WriteLine($"UNKNOWN  {source.Name}: {unreached.Message}");
            return false;
        }
    }

    static WebApplication Server(IPEndPoint at, WitnessBook book)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(at));
        return builder.Build().MapWitness(book);
    }
}
