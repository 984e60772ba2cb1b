using System.Reflection;
using System.Text.RegularExpressions;
using Nadhir.Core.Tests.Desks;
using Nadhir.Formats.Asterix;
using Nadhir.Identification;
using Nadhir.Incidents;
using Nadhir.Outlets;
using Nadhir.Posture;
using Nadhir.Sensing;
using Nadhir.Warning;

namespace Nadhir.Tests.Conventions;

/// <summary>
/// Nadhir tells people, and sounds sirens. Whatever else there is (defence systems, generators, shelters, formations) is
/// reported to it and never ordered by it: by no command, no outlet and no feed.
/// </summary>
public sealed partial class NoCommandTests
{
    [Fact]
    public void There_is_no_command_to_a_defence_system()
    {
        string[] commands =
        [
            .. typeof(Command).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Command))).Select(type => type.Name)
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(
            [
                "AcceptClaim", "AcknowledgeAlert", "AcknowledgeHandOver", "AddSource", "AddToCase",
                "AmendIncursion", "AnnounceOutage", "ApproveStatement", "CallOffDrill", "CorrectAlert",
                "CorrectStatement", "DraftStatement", "EndAlert", "HandOver", "IssueDirective", "JudgeNotPossible",
                "LookAtCase", "MeetCaseDeadline", "OpenCase", "OpenIncident", "PublishStatement", "RaiseAlert",
                "RecordAuthorisation", "RecordClaim", "RecordEvent", "RecordMandate", "RecordMeasure",
                "RecordStatement", "RejectClaim", "ReleaseAlert", "ReportDirective", "ReportObservation",
                "ReportReadiness", "ReviseClaim", "SetCaseDeadline", "SetPhase", "SetThreatLevel", "TakeWatch",
                "TestSiren", "UpdateAlert",
            ],
            commands);
        // What leaves the system: sirens and words. Whoever adds an outlet changes this list knowingly.
        string[] outlets =
        [
            .. typeof(IOutlet).Assembly.GetTypes()
                .Where(type => type is { IsInterface: false } && type.IsAssignableTo(typeof(IOutlet)))
                .Select(type => type.Name).Order(StringComparer.Ordinal),
        ];
        // Three of them only listen: what keeps the alarms, the demo's people, and what measures the others.
        Assert.Equal(["AlarmHistory", "CapOutlet", "DutyOfficers", "OutletBenchTimes", "PushOutlet", "SirenOutlet", "TakOutlet"], outlets);
        Assembly[] ours = [typeof(Command).Assembly, typeof(AsterixBlock).Assembly, typeof(IOutlet).Assembly];
        Assert.All(ours.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.FullName!.Contains('<', StringComparison.Ordinal)).SelectMany(type => type.GetMembers()
            .Where(member => member.DeclaringType == type).Select(member => $"{type.Name}.{member.Name}")), name => Assert.DoesNotMatch(WeaponWord(), name));
    }

    static readonly Command[] everyCommand =
    [
        new SetPhase("port", "C", "r") { By = "d" }, new SetThreatLevel("port", "high", "s", "r", WatchBench.Start.AddDays(1)) { By = "d" },
        new RecordMeasure("port", "battery active", MeasureState.Ordered) { By = "d" },
        new ReportReadiness("port", "battery", ReadinessStatus.Active) { By = "d" },
        new IssueDirective("D", ["battery"], "t") { By = "d" }, new ReportDirective("D", "battery", DirectiveState.Done, "") { By = "d" },
        new JudgeNotPossible("D", "battery", true, "") { By = "d" },
        new HandOver("e") { By = "d" }, new AcknowledgeHandOver("H-1") { By = "e" }, new TakeWatch("r") { By = "f" },
        new ReportObservation("seen") { By = "d" }, new OpenIncident("I", "t", "z") { By = "d" },
        new RecordClaim("C", "k", "t", "a") { By = "d", Incident = "I" }, new RecordStatement("S", "s", ["C"]) { By = "d" },
        new AddSource("D", "t", "p", "o", new string('a', 64)) { By = "d" }, new AcceptClaim("C") { By = "d" }, new RejectClaim("C", "r") { By = "d" },
        new ReviseClaim("C", "r") { By = "d" }, new DraftStatement("S", "s", [new("t")]) { By = "d" }, new ApproveStatement("S") { By = "y" },
        new PublishStatement("S") { By = "d" }, new CorrectStatement("S", "r", [new("t")]) { By = "d" },
        new OpenCase("K", CaseTrack.Legal, "t") { By = "d" }, new SetCaseDeadline("K", "d", "w", WatchBench.Start) { By = "d" },
        new MeetCaseDeadline("K", "d", "n") { By = "d" }, new AddToCase("K", CaseItemKind.Document, "t") { By = "d" },
        new LookAtCase("K", CaseAccess.Viewed) { By = "d" }, new RecordMandate("M", "t") { By = "d", ValidFrom = WatchBench.Start },
        new RecordAuthorisation(new Authorisation { Id = "A", Holder = "h", ValidFrom = WatchBench.Start, ValidTo = WatchBench.Start }, "r") { By = "d" },
        new AmendIncursion("I-B-1", IncursionItem.Type, "v", "b") { By = "d" },
        new RecordEvent("k", "t") { By = "d" }, new AnnounceOutage("s", true, "r") { By = "d" }, new CallOffDrill("x", "r") { By = "d" },
        new TestSiren("n") { By = "d" },
        new RaiseAlert("z", AlertState.Warning, ThreatKind.Aircraft, "r") { By = "d" }, new ReleaseAlert("A-z-1") { By = "d" },
        new AcknowledgeAlert("A-z-1") { By = "d" },
        new UpdateAlert("A-z-1") { By = "d", Advice = Advice.StayInside }, new EndAlert("A-z-1") { By = "d" }, new CorrectAlert("A-z-1", "r") { By = "d" },
    ];

    /// <summary>The decisions that any outlet reads: what it does not read cannot leave.</summary>
    static readonly string[] leaving = ["MessageIssued", "SirenCommanded"];

    [Fact]
    public void Of_all_commands_only_those_about_alerts_and_sirens_lead_to_anything_that_leaves()
    {
        Assert.Equal(NamesOf(typeof(Command)), everyCommand.Select(command => command.GetType().Name).Order(StringComparer.Ordinal));
        WatchBench bench = new(plain => plain with
        {
            Ladder = new() { Duties = [new("battery active", "owner") { Within = TimeSpan.FromSeconds(5) }], ThreatLevels = ["high"] },
            Directives = new() { Escalation = [new(TimeSpan.FromSeconds(5), "chief")] },
        });
        SortedSet<string> acting = new(StringComparer.Ordinal);
        foreach (Command command in everyCommand)
        {
            Decision[] left = [.. bench.Give(command), .. bench.Wait(20)];
            left = [.. left.Where(decision => leaving.Contains(decision.GetType().Name, StringComparer.Ordinal))];
            if (left.Length > 0) acting.Add(command.GetType().Name);
            // Whatever sounds is a siren of the configuration.
            Assert.All(left.OfType<SirenCommanded>(), sound => Assert.Contains(bench.Configuration.Sirens, siren => siren.Id == sound.Siren));
        }

        Assert.Equal(["EndAlert", "RaiseAlert", "TestSiren", "UpdateAlert"], acting);
    }

    [Fact]
    public void Outlets_read_orders_to_sirens_and_messages_and_no_other_decision()
    {
        string[] sources = [.. Repository.Files("src/Nadhir/Outlets", ".cs").Concat(Repository.Files("src/Nadhir/Tak", ".cs")).Select(File.ReadAllText)];
        Assert.NotEmpty(sources);
        Assert.Equal(leaving, NamesOf(typeof(Decision)).Where(name => sources.Any(source => Word(name).IsMatch(source))));
        Assert.All(sources, source => Assert.DoesNotContain("Nadhir.Posture", source, StringComparison.Ordinal));
    }

    [Fact]
    public void Feeds_bring_what_sensors_saw_and_give_no_order()
    {
        Assert.Equal(
            ["OnAlive", "OnFault", "OnGone", "OnMeasurement", "OnScanMark"],
            typeof(IDecodeSink).GetMethods().Select(method => method.Name).Order(StringComparer.Ordinal));
        string[] sources = [.. Repository.Files("src/Nadhir/Feeds", ".cs").Concat(Repository.Files("src/Nadhir.Formats", ".cs")).Select(File.ReadAllText)];
        Assert.NotEmpty(sources);
        // A protocol's own words may sound alike: what counts is whether one of our commands is made.
        Assert.DoesNotContain(NamesOf(typeof(Command)), name => sources.Any(source => source.Contains($"new {name}(", StringComparison.Ordinal)));
        Assert.All(sources, source => Assert.DoesNotMatch(@"\bEntryKind\.Command\b|\bWatchJson\b|\bCommandDesk\b", source));
        Assert.All(sources, source => Assert.DoesNotContain("Nadhir.Posture", source, StringComparison.Ordinal));
    }

    [Fact]
    public void A_reported_readiness_changes_nothing_but_its_own_row()
    {
        WatchBench bench = new();
        bench.Wait(1);
        Boards before = bench.Watch.Snapshot();
        Assert.Equal(["Recorded"], bench.Give(new ReportReadiness("port", "battery", ReadinessStatus.Active) { By = "d" }).Select(d => d.GetType().Name));
        Boards after = bench.Watch.Snapshot();
        Assert.Equal("battery", Assert.Single(after.Sites[0].Readiness).System);
        after = after with { Sequence = before.Sequence, Sites = [after.Sites[0] with { Readiness = before.Sites[0].Readiness }] };
        Assert.Equal(
            System.Text.Json.JsonSerializer.Serialize(before, WatchJson.Default.Boards),
            System.Text.Json.JsonSerializer.Serialize(after, WatchJson.Default.Boards));
    }

    static string[] NamesOf(Type kind) =>
        [.. kind.Assembly.GetTypes().Where(type => type.IsSubclassOf(kind)).Select(type => type.Name).Order(StringComparer.Ordinal)];

    static Regex Word(string name) => new($@"\b{name}\b", RegexOptions.CultureInvariant);

    [GeneratedRegex("Weapon|Missile|Intercept(?!ing)|Engage|OpenFire|AimAt|Shoot|FireControl|CueTo", RegexOptions.None)]
    private static partial Regex WeaponWord();
}
