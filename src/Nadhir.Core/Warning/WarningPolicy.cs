using System.Collections.Immutable;

namespace Nadhir.Warning;

/// <summary>When zones are warned, who releases it, and how warnings end.</summary>
public sealed record WarningPolicy
{
    /// <summary>How far ahead a track is propagated.</summary>
    public TimeSpan WatchHorizon { get; init; } = TimeSpan.FromMinutes(45);
    /// <summary>P(reaching the zone within the horizon) that starts a Watch.</summary>
    public double WatchProbability { get; init; } = 0.1;
    /// <summary>…once it has held so long. A Warning does not wait.</summary>
    public TimeSpan WatchHold { get; init; } = TimeSpan.FromSeconds(15);
    /// <summary>After an all-clear or a correction no new Watch starts for so long. A Warning does.</summary>
    public TimeSpan WatchPause { get; init; } = TimeSpan.FromMinutes(5);
    /// <summary>A Warning starts when the zone's edge can be reached within this time and P exceeds the zone's cost/loss ratio.</summary>
    public TimeSpan WarningHorizon { get; init; } = TimeSpan.FromSeconds(300);
    /// <summary>
    /// What is far off need not be decided yet: a Warning at the warning horizon asks for this probability, and for less and
    /// less down to the cost/loss ratio at the moment by which it must be given.
    /// </summary>
    public double EarlyProbability { get; init; } = 0.7;
    /// <summary>That moment is so long before the seconds-to-shelter begin to run.</summary>
    public TimeSpan DecideBefore { get; init; } = TimeSpan.FromSeconds(45);
    /// <summary>The risk ends below this share of the starting threshold…</summary>
    public double EndingShare { get; init; } = 0.5;
    /// <summary>…when it has stayed there so long.</summary>
    public TimeSpan EndingHold { get; init; } = TimeSpan.FromSeconds(60);
    /// <summary>Who must release a Warning.</summary>
    public Release WarningRelease { get; init; } = Release.Automatic;
    /// <summary>
    /// What a person needs to decide. A Warning that waits for people is released by rule once the earliest arrival is
    /// nearer than this and the zone's seconds-to-shelter together; zero: people are waited for, however long.
    /// </summary>
    public TimeSpan HumanBudget { get; init; }
    /// <summary>Who is called when nobody acts, in this order.</summary>
    public ImmutableArray<EscalationStep> Escalation { get; init; } = [];
    /// <summary>The all-clear of a Warning waits for a person.</summary>
    public bool AllClearByPerson { get; init; } = true;
    /// <summary>An alert closes so long after its all-clear; until then it is the same alert that is raised again.</summary>
    public TimeSpan CloseAfter { get; init; } = TimeSpan.FromMinutes(10);
    /// <summary>New figures of an alert are published no more often than this.</summary>
    public TimeSpan UpdateEvery { get; init; } = TimeSpan.FromSeconds(60);
    /// <summary>Lost coverage of a zone starts a Watch; it is shown in any case.</summary>
    public bool WatchWhenBlind { get; init; }
    /// <summary>What a drone that announces itself, and that nobody authorised, may raise.</summary>
    public AnnouncedDrones AnnouncedDrones { get; init; }
    /// <summary>How long a siren sounds for a Warning.</summary>
    public TimeSpan SirenDuration { get; init; } = TimeSpan.FromSeconds(120);
    public TimeSpan SirenCommandValidity { get; init; } = TimeSpan.FromSeconds(30);
    /// <summary>Where a kind of threat differs.</summary>
    public ImmutableSortedDictionary<ThreatKind, KindPolicy> Kinds { get; init; } =
        ImmutableSortedDictionary<ThreatKind, KindPolicy>.Empty;
}

/// <summary>What is different for one kind of threat; what is null is as for all kinds.</summary>
public sealed record KindPolicy
{
    public double? CostLossRatio { get; init; }
    public TimeSpan? WarningHorizon { get; init; }
    /// <summary>The zone counts as reached from so far outside.</summary>
    public double? MarginMetres { get; init; }
    public Release? WarningRelease { get; init; }
    public TimeSpan? HumanBudget { get; init; }
}

/// <summary>
/// What becomes of drones that say over Remote ID who they are: as cooperative flights they raise nothing, unless a zone is
/// guarded against them.
/// </summary>
public enum AnnouncedDrones : byte { None, Watch, Warning }

/// <summary>Who is called when a question has stayed unanswered for a time.</summary>
public sealed record EscalationStep(TimeSpan After, string To);

/// <summary>The policy as it holds for one zone and one kind of threat.</summary>
readonly record struct KindRules(
    double CostLossRatio, double WarningSeconds, double MarginMetres, Release Release, TimeSpan HumanBudget,
    double EarlyProbability, double DecideSeconds)
{
    /// <summary>The probability from which a threat that arrives in so many seconds is warned of.</summary>
    public double Threshold(double seconds)
    {
        double early = Math.Max(EarlyProbability, CostLossRatio), left = WarningSeconds - DecideSeconds;
        if (seconds <= DecideSeconds || left <= 0) return CostLossRatio;
        return CostLossRatio + ((early - CostLossRatio) * Math.Min(1, (seconds - DecideSeconds) / left));
    }

    static readonly ThreatKind[] kinds = Enum.GetValues<ThreatKind>();

    /// <summary>By kind. The zone's own word comes before the policy's, a kind's before that of all kinds.</summary>
    public static ImmutableArray<KindRules> Of(WarningPolicy policy, Zone zone) =>
    [
        .. kinds.Select(kind =>
        {
            KindPolicy? own = zone.Kinds.GetValueOrDefault(kind), general = policy.Kinds.GetValueOrDefault(kind);
            return new KindRules(
                own?.CostLossRatio ?? general?.CostLossRatio ?? zone.CostLossRatio,
                (own?.WarningHorizon ?? general?.WarningHorizon ?? policy.WarningHorizon).TotalSeconds,
                own?.MarginMetres ?? general?.MarginMetres ?? StandardMargin(kind),
                own?.WarningRelease ?? general?.WarningRelease ?? policy.WarningRelease,
                own?.HumanBudget ?? general?.HumanBudget ?? policy.HumanBudget,
                policy.EarlyProbability, zone.SecondsToShelter + policy.DecideBefore.TotalSeconds);
        }),
    ];

    /// <summary>An aircraft need not fly over what it endangers; of a falling object, debris spreads.</summary>
    static double StandardMargin(ThreatKind kind) => kind switch
    {
        ThreatKind.Aircraft => 5000,
        ThreatKind.LowSlow or ThreatKind.CruiseType => 2000,
        ThreatKind.Ballistic => 1000,
        _ => 0,
    };
}
