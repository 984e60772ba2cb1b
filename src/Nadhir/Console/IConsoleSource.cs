using System.Collections.Immutable;

namespace Nadhir.DutyConsole;

/// <summary>
/// What the console looks at and orders through: the host implements it over the running watch. All members may be
/// called from any thread at any time. Change needs no notification: <see cref="Current"/> is a swapped reference that
/// the console looks at ten times a second.
/// </summary>
public interface IConsoleSource
{
    WatchConfiguration Configuration { get; }

    /// <summary>The newest boards; never null, never changing once given out.</summary>
    Boards Current { get; }

    /// <summary>Now on the watch's own time scale: the wall clock when live, the scenario's time in a demo.</summary>
    DateTimeOffset Now { get; }

    ConsoleHealth Health { get; }

    /// <summary>A closed record is looked at: nothing here is now, and nothing can be ordered.</summary>
    bool IsReview => false;

    /// <summary>
    /// Takes a command into the journal. The answer comes once it is durable and applied, or says why not. What the
    /// watch itself refuses is <see cref="CommandOutcome.Refused"/>.
    /// </summary>
    ValueTask<CommandOutcome> Submit(Command command, CancellationToken cancellation);
}

/// <summary>Faults of the parts the boards cannot know of: the journal's disk, an outlet's loop. None means sound.</summary>
public sealed record ConsoleHealth(ImmutableArray<Cause> Faults)
{
    /// <summary>How full queues and disk are; for operators.</summary>
    public ImmutableArray<HealthFigure> Figures { get; init; } = [];

    /// <summary>The outlets that carry decisions to the world outside, by name; for operators.</summary>
    public ImmutableArray<string> Outlets { get; init; } = [];

    public static ConsoleHealth Sound { get; } = new([]);
}

/// <summary>A figure of a part of the system, with the most it may be (or, of what is free, the least); null when there is none.</summary>
public sealed record HealthFigure(string Name, double Value, double? Limit = null);

public abstract record CommandOutcome
{
    CommandOutcome() { }

    /// <param name="Sequence">The command's entry in the journal.</param>
    public sealed record Accepted(long Sequence) : CommandOutcome;

    /// <param name="Cause">For the person who ordered.</param>
    public sealed record Refused(Cause Cause) : CommandOutcome
    {
        /// <summary>In plain words, English.</summary>
        public string Reason => Cause.Words;
    }
}
