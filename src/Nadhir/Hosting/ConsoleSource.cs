using Nadhir.DutyConsole;

namespace Nadhir.Hosting;

/// <summary>The running watch as the console sees it.</summary>
sealed class ConsoleSource(WatchConfiguration configuration, WatchLoop loop, TimeProvider clock) : IConsoleSource
{
    public WatchConfiguration Configuration => configuration;

    /// <summary>Parts that say what keeps them from working; null when nothing does.</summary>
    public List<Func<Cause?>> Parts { get; } = [];

    /// <summary>A part says, in English, what keeps it from working.</summary>
    public void Report(CauseCode code, Func<string?> detail) => Parts.Add(() => detail() is { } said ? Cause.Of(code, said) : null);

    /// <summary>Figures of parts the loop does not know of.</summary>
    public List<Func<HealthFigure?>> Figures { get; } = [];

    public Boards Current => loop.Boards;

    public DateTimeOffset Now => clock.GetUtcNow();

    public ConsoleHealth Health
    {
        get
        {
            List<Cause> faults = [];
            if (loop.JournalFault is { } fault) faults.Add(Cause.Of(CauseCode.JournalUnwritable, fault));
            if (loop.Dropped > 0) faults.Add(Cause.Of(CauseCode.InputsLost, loop.Dropped));
            faults.AddRange(Parts.Select(part => part()).OfType<Cause>());
            return new ConsoleHealth([.. faults])
            {
                Figures =
                [
                    new("orders", loop.OrdersWaiting, Inbox.OrderLimit), new("arrivals", loop.ArrivalsWaiting), new("lost", loop.Dropped),
                    new("entries", loop.Boards.Sequence), .. Figures.Select(figure => figure()).OfType<HealthFigure>(),
                ],
                Outlets = [.. loop.Outlets],
            };
        }
    }

    public async ValueTask<CommandOutcome> Submit(Command command, CancellationToken cancellation)
    {
        Applied? applied = await loop.Submit(command, cancellation);
        if (applied is null) return new CommandOutcome.Refused(Cause.Of(CauseCode.Overloaded));
        return applied.Decisions.OfType<CommandRefused>().FirstOrDefault() is { } refused
            ? new CommandOutcome.Refused(refused.Cause ?? Cause.Of(CauseCode.Malformed, refused.Reason))
            : new CommandOutcome.Accepted(applied.Sequence);
    }
}
