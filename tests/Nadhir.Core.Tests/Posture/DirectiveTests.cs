using System.Text;
using Nadhir.Core.Tests.Desks;
using Nadhir.Journal;
using Nadhir.Posture;
using static Nadhir.Core.Tests.Posture.ActingBench;

namespace Nadhir.Core.Tests.Posture;

public sealed class DirectiveTests
{
    static IssueDirective To(params string[] formations) => new("D", [.. formations], "close the harbour") { By = "issuer" };

    static ReportDirective Says(string formation, DirectiveState state, string by, string note = "") => new("D", formation, state, note) { By = by };

    [Fact]
    public void Addressing_a_formation_reaches_all_below_it_once()
    {
        WatchBench bench = New();
        bench.Give(To("region", "north"));
        FormationRow[] rows = [.. Assert.Single(bench.Watch.Snapshot().Directives).Formations];
        Assert.Equal(["region", "north", "north-1", "south"], rows.Select(row => row.Formation));
        Assert.Equal([null, "region", "region", "region"], rows.Select(row => row.Through));
    }

    [Fact]
    public void A_formation_that_is_not_configured_is_refused() => New().Give(To("region", "nobody")).Refused("no formation nobody");

    [Fact]
    public void It_is_acknowledged_when_each_named_person_has()
    {
        WatchBench bench = New();
        bench.Give(To("north"));
        bench.Give(Says("north", DirectiveState.Delivered, "relay"));
        bench.Give(Says("north", DirectiveState.Acknowledged, "somebody")).Refused("somebody is not among those who acknowledge for north");
        bench.Give(Says("north", DirectiveState.Acknowledged, "North One"));
        Assert.Equal(DirectiveState.Delivered, bench.Formation("north").State);
        Assert.Equal(["north two"], bench.Formation("north").Missing);
        bench.Give(Says("north", DirectiveState.Acknowledged, "north two"));
        Assert.Equal(DirectiveState.Acknowledged, bench.Formation("north").State);
        Assert.Equal(2, bench.Formation("north").Acknowledgements.Length);
        Assert.Equal(DirectiveState.Issued, bench.Formation("north-1").State);
    }

    [Fact]
    public void An_unanswered_deadline_is_overdue_and_the_next_person_is_called()
    {
        WatchBench bench = New();
        bench.Give(To("south") with { Deadline = bench.Now.AddSeconds(30) });
        bench.Give(Says("south", DirectiveState.Delivered, "relay"));
        Assert.Equal("D/south/Overdue", Assert.Single(bench.Wait(30).OfType<Recorded>()).Id);
        Assert.Equal((DirectiveState.Overdue, DirectiveDuty.Acknowledgement), (bench.Formation("south").State, bench.Formation("south").Overdue));
        Assert.Equal("chief of staff", Assert.Single(bench.Wait(10).OfType<DutyEscalated>()).To);
        bench.Give(Says("south", DirectiveState.Acknowledged, "south"));
        Assert.Equal((DirectiveState.Acknowledged, null), (bench.Formation("south").State, bench.Formation("south").Overdue));
        Assert.Empty(bench.Wait(100));
    }

    [Fact]
    public void What_is_not_done_in_time_is_overdue_though_acknowledged()
    {
        WatchBench bench = New();
        bench.Give(To("south", "apart") with { CompleteBy = bench.Now.AddSeconds(60) });
        bench.Give(Says("south", DirectiveState.Acknowledged, "s"));
        bench.Give(Says("south", DirectiveState.UnderWay, "s"));
        bench.Give(Says("apart", DirectiveState.Done, "a"));
        Assert.Equal(("directive.completion", "D/south"), Assert.Single(bench.Wait(60).OfType<BecameOverdue>()) is var one ? (one.What, one.Id) : default);
        Assert.Equal((DirectiveState.UnderWay, DirectiveDuty.Completion), (bench.Formation("south").State, bench.Formation("south").Overdue));
        bench.Give(Says("south", DirectiveState.Done, "s"));
        Assert.Null(bench.Formation("south").Overdue);
    }

    [Fact]
    public void An_acknowledgement_expires_and_is_renewed_by_each_person()
    {
        WatchBench bench = New();
        bench.Give(To("north") with { RenewAfterSeconds = 100 });
        bench.Give(Says("north", DirectiveState.Acknowledged, "north one"));
        bench.Wait(50);
        bench.Give(Says("north", DirectiveState.Acknowledged, "north two"));
        bench.Give(Says("north", DirectiveState.UnderWay, "north two"));
        BecameOverdue overdue = Assert.Single(bench.Wait(50).OfType<BecameOverdue>());
        Assert.Equal(("directive.renewal", "north one"), (overdue.What, overdue.Who));
        Assert.Equal(DirectiveDuty.Renewal, bench.Formation("north").Overdue);
        bench.Give(Says("north", DirectiveState.Acknowledged, "north one"));
        Assert.Equal((DirectiveState.UnderWay, null), (bench.Formation("north").State, bench.Formation("north").Overdue));
        Assert.Empty(bench.Formation("north").Missing);
        Assert.Equal("north two", Assert.Single(bench.Wait(50).OfType<BecameOverdue>()).Who);
    }

    [Fact]
    public void Who_goes_to_work_has_not_acknowledged_for_the_others()
    {
        WatchBench bench = New();
        bench.Give(To("north") with { Deadline = bench.Now.AddSeconds(30) });
        bench.Give(Says("north", DirectiveState.Acknowledged, "north one"));
        bench.Give(Says("north", DirectiveState.UnderWay, "north one"));
        BecameOverdue overdue = Assert.Single(bench.Wait(30).OfType<BecameOverdue>());
        Assert.Equal(("directive.acknowledgement", "north two"), (overdue.What, overdue.Who));
        Assert.Equal(DirectiveState.UnderWay, bench.Formation("north").State);
        bench.Give(Says("north", DirectiveState.Acknowledged, "north two"));
        Assert.Equal((DirectiveState.UnderWay, null), (bench.Formation("north").State, bench.Formation("north").Overdue));
    }

    [Fact]
    public void That_it_is_not_possible_needs_a_reason_and_another_persons_word()
    {
        WatchBench bench = New();
        JudgeNotPossible accept = new("D", "south", true, "") { By = "issuer" };
        bench.Give(To("south") with { CompleteBy = bench.Now.AddSeconds(60) });
        bench.Give(accept).Refused("south does not say that it is not possible");
        bench.Give(Says("south", DirectiveState.NotPossible, "s")).Refused("say why it is not possible");
        bench.Give(Says("south", DirectiveState.NotPossible, "s", "no boats"));
        Assert.True(bench.Formation("south") is { AwaitsApproval: true, IsOpen: true });
        bench.Give(accept with { By = "passer-by" }).Refused("that is for issuer or commander");
        bench.Give(accept with { Accepted = false }).Refused("say why it has to be done");
        bench.Give(accept with { Accepted = false, Reason = "boats are on their way" });
        Assert.Equal((DirectiveState.Issued, "boats are on their way"), (bench.Formation("south").State, bench.Formation("south").Note));
        bench.Give(Says("south", DirectiveState.NotPossible, "Commander", "no boats"));
        bench.Give(accept with { By = "commander" }).Refused("who says that it is not possible does not approve it");
        bench.Give(accept);
        Assert.Equal((DirectiveState.NotPossible, false, "issuer"),
            (bench.Formation("south").State, bench.Formation("south").AwaitsApproval, bench.Formation("south").ApprovedBy));
        Assert.False(bench.Formation("south").IsOpen);
        Assert.Empty(bench.Wait(100));
    }

    [Fact]
    public void While_nobody_has_answered_that_it_is_not_possible_its_time_runs()
    {
        WatchBench bench = New();
        bench.Give(To("south") with { CompleteBy = bench.Now.AddSeconds(60) });
        bench.Give(Says("south", DirectiveState.NotPossible, "s", "no boats"));
        Assert.Equal("D/south", Assert.Single(bench.Wait(60).OfType<BecameOverdue>()).Id);
    }

    [Fact]
    public void Words_that_are_not_reported_stay_absent()
    {
        WatchBench bench = New();
        bench.Give(new IssueDirective("D", ["south"]) { By = "x", ContentNotReported = true, Attribution = "a statement" });
        DirectiveRow row = Assert.Single(bench.Watch.Snapshot().Directives);
        Assert.Null(row.Content);
        Assert.True(row.ContentNotReported);
        bench.Give(new IssueDirective("E", ["south"]) { By = "x" }).Refused("give the content, or say that it is not reported");
    }

    [Fact]
    public void Addressees_beyond_the_limit_are_refused_with_the_number()
    {
        WatchBench bench = new();
        string[] names = [.. Enumerable.Range(0, CommandCheck.LongestList).Select(i => $"f{i}")];
        for (int i = 0; i < CommandCheck.MostAddressed / names.Length; i++)
            Assert.IsType<Recorded>(Assert.Single(bench.Give(new IssueDirective($"D{i}", [.. names], "t") { By = "x" })));
        bench.Give(new IssueDirective("more", ["f"], "t") { By = "x" }).Refused("directives have 100000 addressees together");
    }

    [Fact]
    public void A_command_of_old_is_read_as_it_was_and_a_record_of_old_only_notes_reports()
    {
        WatchBench bench = new(); // no policy
        Assert.IsType<Recorded>(Assert.Single(bench.Apply(EntryKind.Command, Encoding.UTF8.GetBytes(
            """{"type":"directive.issue","by":"g","directive":"D","to":["any","any other"],"content":"c","count":"","attribution":"","contentNotReported":false}"""))));
        Assert.IsType<Recorded>(Assert.Single(bench.Give(Says("any", DirectiveState.NotPossible, "x"))));
        Assert.False(bench.Formation("any").AwaitsApproval);
        Assert.IsType<Recorded>(Assert.Single(bench.Apply(EntryKind.Command, Encoding.UTF8.GetBytes(
            """{"type":"site.measure","by":"g","site":"port","kind":"k","state":"Ordered","reportedWhen":"","confidence":"","restricted":false}"""))));
    }
}
