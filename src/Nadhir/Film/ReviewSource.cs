using Nadhir.DutyConsole;

namespace Nadhir.Film;

/// <summary>A closed record as the console sees it: a configuration and a film, and nothing that is now.</summary>
sealed class ReviewSource(WatchConfiguration configuration, FilmPart film) : IConsoleSource
{
    public WatchConfiguration Configuration => configuration;

    public bool IsReview => true;

    /// <summary>The end of the film, without rows: no endpoint of a review shows them.</summary>
    public Boards Current => new() { Now = film.Range().To ?? DateTimeOffset.UnixEpoch, Sequence = film.Range().Sequence };

    public DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public ConsoleHealth Health => film.Fault is { } fault ? new([Cause.Of(CauseCode.FilmFails, fault)]) : ConsoleHealth.Sound;

    public ValueTask<CommandOutcome> Submit(Command command, CancellationToken cancellation) =>
        ValueTask.FromResult<CommandOutcome>(new CommandOutcome.Refused(Cause.Of(CauseCode.RecordIsClosed)));
}
