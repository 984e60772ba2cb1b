using System.Collections.Immutable;
using Nadhir.Assessment;
using Nadhir.Core.Tests.Desks;
using Nadhir.Posture;
using Nadhir.Warning;

namespace Nadhir.Core.Tests.Posture;

/// <summary>The bench with a site on a ladder of duties and times, and a tree of formations.</summary>
static class ActingBench
{
    public const string Port = "port";

    public static readonly PhaseLadder Ladder = new()
    {
        Id = "own",
        Phases = ["Normal", "A", "B", "C"],
        Measures = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty
            .Add("B", ["shelters", "guards"]).Add("C", ["shelters", "guards", "evacuation"]),
        Duties =
        [
            new("shelters", "warden") { Within = TimeSpan.FromSeconds(60), CheckRole = "duty officer", CheckWithin = TimeSpan.FromSeconds(30) },
            new("guards", "guard commander") { Within = TimeSpan.FromSeconds(100) },
        ],
        Lasting = [new("B", TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(100))],
        ThreatLevels = ["low", "raised", "high"],
        Escalation = [new(TimeSpan.FromSeconds(20), "harbour master"), new(TimeSpan.FromSeconds(40), "governor")],
    };

    public static readonly ImmutableArray<Formation> Formations =
    [
        new() { Id = "region", Name = "Region" },
        new() { Id = "north", Name = "North", Parent = "region", Persons = ["north one", "north two"] },
        new() { Id = "north-1", Name = "North 1", Parent = "north" },
        new() { Id = "south", Name = "South", Parent = "region" },
        new() { Id = "apart", Name = "Apart" },
    ];

    public static WatchBench New(params PhaseRule[] rules) => new(plain => plain with
    {
        Ladders = [Ladder],
        Sites = [plain.Sites[0] with { Ladder = "own", Rules = [.. rules], ReadinessStaleAfter = TimeSpan.FromSeconds(50) }],
        Formations = Formations,
        Directives = new()
        {
            Escalation = [new(TimeSpan.FromSeconds(10), "chief of staff")],
            NotPossibleJudges = ["commander"],
        },
    });

    public static SiteRow Row(this WatchBench bench) => Assert.Single(bench.Watch.Snapshot().Sites);

    public static MeasureRow Measure(this WatchBench bench, string kind) => bench.Row().Measures.Single(row => row.Kind == kind);

    public static FormationRow Formation(this WatchBench bench, string id) =>
        Assert.Single(bench.Watch.Snapshot().Directives).Formations.Single(row => row.Formation == id);

    public static void Refused(this IReadOnlyList<Decision> decided, string reason) =>
        Assert.Equal(reason, Assert.IsType<CommandRefused>(Assert.Single(decided)).Reason);

    public static PhaseRule OnAlert(AlertState at, string phase) => new("z", at, phase);

    public static PhaseRule OnCrossing(string phase) => new(null, null, phase) { Border = "b", Direction = CrossingDirection.Inbound };

    public static SetPhase Phase(string phase, string reason = "r", string by = "duty officer") => new(Port, phase, reason) { By = by };

    public static RecordMeasure Says(string kind, MeasureState state, string by) => new(Port, kind, state) { By = by };
}
