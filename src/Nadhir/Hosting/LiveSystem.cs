using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Nadhir.Alarms;
using Nadhir.Configuration;
using Nadhir.Custody;
using Nadhir.Dossiers;
using Nadhir.DutyConsole;
using Nadhir.Film;
using Nadhir.Hosting.Images;
using Nadhir.Journal;
using Nadhir.Outlets;
using Nadhir.Outlets.Cap;
using Nadhir.Outlets.Cap.Push;
using Nadhir.Outlets.Cap.Signing;
using Nadhir.Outlets.Push;
using Nadhir.Outlets.Sirens;
using Nadhir.Outlets.Tak;
using Nadhir.PublicPage;
using Nadhir.Storage;
using Nadhir.Tak;
using Nadhir.Transparency;

namespace Nadhir.Hosting;

/// <summary>What a live system needs to know beyond what the watch decides with.</summary>
sealed record LiveOptions
{
    /// <summary>Folder of the record.</summary>
    public required string Folder { get; init; }
    /// <summary>Messages for the public as CAP; none are written when null.</summary>
    public required CapConfiguration? Cap { get; init; }
    public required IPEndPoint Console { get; init; }
    public string? OperatorToken { get; init; }
    public string? ObserversToken { get; init; }
    /// <summary>Maps of others under the console's own.</summary>
    public MapSources Map { get; init; } = new();
    public TimeSpan TickPeriod { get; init; } = TimeSpan.FromSeconds(1);
    /// <summary>The broker we host ourselves, or null when there is one elsewhere.</summary>
    public EmbeddedBrokerOptions? EmbeddedBroker { get; init; }
    public BrokerAddress Broker { get; init; } = new();
    /// <summary>How sirens are wired beyond the one broker.</summary>
    public SirenOutletOptions? Sirens { get; init; }
    /// <summary>Whom we tell what over Cursor-on-Target.</summary>
    public ImmutableArray<TakPartner> Partners { get; init; } = [];
    public PublicOptions Public { get; init; } = new();
    /// <summary>Push messages to phones; null: none.</summary>
    public PushConfiguration? Push { get; init; }
    /// <summary>Who may look at the journal as a log, and who vouches for it.</summary>
    public LogOptions Log { get; init; } = new();
    /// <summary>Where the key lies that signs the record; null: it is an exercise's that anyone can make, and none can follow it.</summary>
    public string? SigningKeyFile { get; init; }
    /// <summary>For whom dossiers are made.</summary>
    public IReadOnlyList<DossierProfile> Dossiers { get; init; } = DossierProfile.Standard;
    /// <summary>After this time payloads of closed records are withheld; null: never.</summary>
    public TimeSpan? Retention { get; init; }
    /// <summary>The past for the console to show.</summary>
    public FilmOptions Film { get; init; } = new();
    /// <summary>Where the public's own port listens, when it has one.</summary>
    public IPAddress PublicAddress { get; init; } = IPAddress.Any;
}

/// <summary>A system cannot start: says what is in the way and what to do.</summary>
sealed class StartException(string what, Exception? cause = null) : Exception(what, cause);

/// <summary>
/// A running system: the loop with its journal, the outlets, the console. Started over an existing journal it goes on
/// where that ends: books and alerts as they were, commands that may not have gone out offered again.
/// </summary>
sealed class LiveSystem : IAsyncDisposable
{
    const int LeastThreads = 32;
    const int SealTries = 20;
    static readonly TimeSpan sealAgain = TimeSpan.FromMilliseconds(100);

    readonly WebApplication app;
    readonly SqliteJournal journal;
    readonly TimeProvider clock;
    readonly CancellationTokenSource stopping = new();
    readonly List<IAsyncDisposable> parts = [];
    readonly List<Task> tasks = [];
    readonly IReadOnlyList<RestoredDecision> unfinished;
    ILoggerFactory? loopLogs;
    CapIssuer? issuer;
    FilmPart? film;

    LiveSystem(
        WebApplication app, SqliteJournal journal, WatchLoop loop, WatchConfiguration configuration,
        IReadOnlyList<RestoredDecision> unfinished, TimeProvider clock) =>
        (this.app, this.journal, Loop, Configuration, this.unfinished, this.clock) = (app, journal, loop, configuration, unfinished, clock);

    public WatchLoop Loop { get; }
    public WatchConfiguration Configuration { get; }
    /// <summary>Speaks to partners over Cursor-on-Target; null when there are none.</summary>
    public TakOutlet? Tak { get; private set; }
    public CancellationToken Stopping => stopping.Token;
    public ILoggerFactory Logs => app.Services.GetRequiredService<ILoggerFactory>();

    /// <summary>Builds everything over the journal; nothing runs yet.</summary>
    /// <exception cref="StartException">A port is taken, a folder cannot be written, the journal is damaged.</exception>
    public static LiveSystem Build(
        LiveOptions options, SqliteJournal journal, Restored restored, SigningKey signer, TimeProvider clock)
    {
        // Threads are there at once, not one every half second: signing on all processors must not make a siren wait.
        ThreadPool.GetMinThreads(out int workers, out int completions);
        ThreadPool.SetMinThreads(Math.Max(workers, LeastThreads), completions);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true)
            .AddFilter("Microsoft", LogLevel.Warning)
            // A start that fails is said once, in a sentence, by the command.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(options.Console);
            if (options.Public.Port is { } port) kestrel.Listen(options.PublicAddress, port);
        });
        var loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole(console => console.SingleLine = true));
        var loop = new WatchLoop(
            new Recorder(journal, restored.Watch), restored.LastTime, signer, clock, options.TickPeriod,
            loggers.CreateLogger<WatchLoop>(),
            restored.Configuration.Feeds.Where(feed => feed.Format == "asterix").Select(feed => feed.Id).ToHashSet(StringComparer.Ordinal));
        builder.Services.AddSingleton(clock);
        var source = new ConsoleSource(restored.Configuration, loop, clock);
        PushPart? push = PushPart.Open(options, restored.Configuration, loop, clock);
        source.Parts.Add(() => push?.Outlet.Fault is { } unsent ? Cause.Saying(CauseCode.PushUnsent, unsent) : null);
        var log = new LogPart(options.Folder, options.Log, TimeProvider.System);
        source.Report(CauseCode.WitnessesSilent, () => log.Fault);
        source.Parts.Add(() => StandbyNote.Fault(options.Folder, TimeProvider.System));
        var alarms = new AlarmHistory(journal.CommittedCount);
        builder.Services.AddSingleton(alarms);
        source.Report(CauseCode.AlarmsUnread, () => alarms.Fault);
        source.Figures.Add(() => new("memory", GC.GetTotalMemory(forceFullCollection: false)));
        source.Figures.Add(() => DiskSpace.Free(options.Folder));
        builder.Services.AddConsole(
            source, new ConsoleOptions
            {
                OperatorToken = options.OperatorToken, ObserversToken = options.ObserversToken, Map = options.Map,
            });
        FilmPart? kept = OpenFilm(options, restored.Configuration, source, loggers);
        if (kept is not null) builder.Services.AddFilm(kept);
        builder.Services.AddPublicPage(options.Public with { PushKey = push?.Key });
        WebApplication built = builder.Build();
        source.Report(CauseCode.PublicPageFails, () => built.Services.GetRequiredService<ZonePulse>().Fault);
        var system = new LiveSystem(built, journal, loop, restored.Configuration, restored.Unfinished, clock)
        {
            loopLogs = loggers,
            film = kept,
        };
        system.AddOutlets(options, clock, push);
        loop.Attach(alarms);
        system.Run(stopping => Task.Run(() => alarms.Read(options.Folder, stopping), stopping));
        ImageTaker images = new(new ImageShelf(options.Folder), loggers.CreateLogger<ImageTaker>());
        images.Prepare(restored.Configuration, restored.LastTime);
        loop.Attach(images);
        system.Run(async stopping =>
        {
            using (log) await log.Run(stopping);
        });
        if (kept is not null)
        {
            kept.Record(loop.Boards);
            loop.Changed += kept.Offer;
            system.Run(kept.Run);
        }

        if (options.Retention is { } age)
        {
            RetentionPart retention = new(options.Folder, age, () => loop.Signer, TimeProvider.System);
            source.Report(CauseCode.RetentionFails, () => retention.Fault);
            system.Run(retention.Run);
        }

        return system;
    }

    /// <summary>No film is a fault that is shown, and no reason not to warn.</summary>
    static FilmPart? OpenFilm(LiveOptions options, WatchConfiguration configuration, ConsoleSource source, ILoggerFactory loggers)
    {
        try
        {
            FilmPart opened = FilmPart.Open(options.Folder, configuration, options.Film, loggers.CreateLogger<FilmPart>());
            source.Report(CauseCode.FilmFails, () => opened.Fault);
            return opened;
        }
        catch (IOException fault)
        {
            source.Report(CauseCode.FilmFails, () => fault.Message);
            return null;
        }
    }

    void AddOutlets(LiveOptions options, TimeProvider clock, PushPart? push)
    {
        EmbeddedBroker? inside = options.EmbeddedBroker is { } own ? new(own) : null;
        if (inside is not null) parts.Add(inside);
        var sirens = new SirenOutlet(
            (options.Sirens ?? new() { Exercise = Configuration.Exercise }) with { Broker = options.Broker, Inside = inside },
            Configuration.Sirens, Loop, clock, TimeProvider.System);
        Loop.Attach(sirens);
        parts.Add(sirens);
        app.UsePublicPort().MapConsole().MapLog(options.Folder, options.Log).MapPublicPage();
        if (options.SigningKeyFile is { } key)
        {
            LiveCustody custody = new(options.Folder, key, Loop, clock);
            app.MapCustody(custody);
            parts.Add(custody);
        }

        if (film is not null) app.MapFilm();
        app.MapDossiers(new DossierDesk(options.Folder, () => Loop.Signer, options.Dossiers, TimeProvider.System));
        if (push is not null)
        {
            Loop.Attach(push.Outlet);
            parts.Add(push.Outlet);
            push.Map(app);
        }

        if (!options.Partners.IsEmpty)
        {
            Tak = new TakOutlet(options.Partners, Configuration, () => Loop.Boards, Loop, clock);
            Loop.Attach(Tak);
            parts.Add(Tak);
        }

        if (options.Cap is not null) AddCap(options.Cap, options);
    }

    void AddCap(CapConfiguration wished, LiveOptions options)
    {
        CapSigner? capSigner = !wished.Sign ? null
            : wished.SigningKey is { } key ? CapSigner.Load(key, wished.SigningCertificate, Configuration.Exercise)
            : CapSigner.LoadOrCreate(options.Folder, Configuration.Exercise, Configuration.Sender, clock, wished.Ecdsa);
        issuer = new CapIssuer(Configuration.Exercise)
        {
            Profiles = wished.Profiles, Additions = wished.Additions, Signer = capSigner,
        };
        var store = new CapStore(wished.Folder, Configuration.Exercise, Configuration.Sender, issuer)
        {
            Shows = Gate(CapOutlet.ReceiptName, wished.FeedRelease).Releases,
        };
        List<CapPush> pushes =
        [
            .. Partners(wished, options).Select(one => new CapPush(one.Partner, Loop, clock)
            {
                Releases = Gate(one.Partner.Name, one.Release).Releases,
            }),
        ];
        var cap = new CapOutlet(store, Loop, clock)
        {
            Issued = (message, xml) => pushes.ForEach(push => push.Offer(message, xml)),
        };
        Loop.Attach(cap);
        parts.AddRange(pushes);
        parts.Add(cap);
        app.MapCap(store, capSigner?.CertificatePem);
    }

    /// <summary>A receipt of an outlet says that it was given the alert: what it had before the start it is told the end of.</summary>
    ReleaseGate Gate(string outlet, ReleaseRule rule) => new(
        rule, Configuration.Zones,
        [.. Loop.Boards.Alerts.Where(alert => alert.Deliveries.Any(one => one.Outlet == outlet)).Select(alert => alert.Id)]);

    IEnumerable<(ICapPartner Partner, ReleaseRule Release)> Partners(CapConfiguration wished, LiveOptions options)
    {
        foreach (CapWebhook hook in wished.Webhooks)
            yield return (new WebhookPartner(hook.Name, hook.Address, Secret(hook), clock), hook.Release);
        if (wished.MqttTopic is { } topic)
        {
            yield return (new MqttPartner(
                topic, Configuration.Exercise, options.Broker, $"nadhir-cap-{Configuration.Name}", clock), wished.MqttRelease);
        }
    }

    byte[] Secret(CapWebhook hook) => WebhookPartner.Secret(File.ReadAllText(hook.SecretFile), Configuration.Exercise);

    /// <summary>Starts outlets, console and loop; feeds come after.</summary>
    public async Task Start()
    {
        await Task.Run(() => Rehearsal.Run(Configuration, issuer, clock.GetUtcNow()));
        foreach (IHostedService part in parts.OfType<IHostedService>()) await Guard(part.StartAsync(stopping.Token));
        await Guard(app.StartAsync(stopping.Token));
        // What the record says of siren links is of before the stop: nothing reads ready until it is heard again.
        Cause silent = Cause.Of(CauseCode.NotHeardSinceStart);
        foreach (Warning.Siren siren in Configuration.Sirens)
            Loop.Offer("nadhir", new SirenLinkReceipt(siren.Id, Up: false) { At = clock.GetUtcNow(), Detail = silent.Words, Cause = silent });
        foreach (RestoredDecision decision in unfinished) Loop.OfferAgain(decision);
        tasks.Add(Task.Run(() => Loop.Run(stopping.Token)));
    }

    /// <summary>Runs a feed or a simulation for as long as the system runs.</summary>
    public void Run(Func<CancellationToken, Task> work) => tasks.Add(Task.Run(() => work(stopping.Token)));

    public void Add(IAsyncDisposable part) => parts.Add(part);

    /// <summary>Until Ctrl-C or the end of the given work.</summary>
    public async Task WaitForShutdown()
    {
        using var interrupt = System.Runtime.InteropServices.PosixSignalRegistration.Create(
            System.Runtime.InteropServices.PosixSignal.SIGINT, Stop);
        using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(
            System.Runtime.InteropServices.PosixSignal.SIGTERM, Stop);
        await Task.Delay(Timeout.Infinite, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        void Stop(System.Runtime.InteropServices.PosixSignalContext context)
        {
            context.Cancel = true;
            stopping.Cancel();
        }
    }

    public void Stop() => stopping.Cancel();

    /// <summary>Stops feeds and outlets, commits what is queued, signs and seals the record.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        foreach (IAsyncDisposable part in Enumerable.Reverse(parts)) await part.DisposeAsync();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Loop.Dispose();
        film?.Dispose(); // It reads the journal, which nobody may while it is sealed.
        if (Loop.JournalFault is null) await Seal();
        journal.Dispose();
        stopping.Dispose();
        loopLogs?.Dispose();
    }

    /// <summary>Who reads the record at this moment, as one that stands by does, is waited for a little.</summary>
    async Task Seal()
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                journal.Seal(Loop.Signer);
                return;
            }
            catch (JournalWriteException) when (tries < SealTries)
            {
                await Task.Delay(sealAgain, TimeProvider.System);
            }
            catch (JournalWriteException fault)
            {
                // All of it is on the disk and signed; only the hashes over the files are missing.
                Console.Error.WriteLine($"nadhir: the record is left unsealed: {fault.Message}");
                return;
            }
        }
    }

    static async Task Guard(Task starting)
    {
        try
        {
            await starting;
        }
        catch (Exception fault) when (fault is IOException or SocketException or System.Net.Sockets.SocketException)
        {
            throw new StartException(fault.Message, fault);
        }
    }
}
