using Nadhir.Core.Tests.Desks;
using Nadhir.Posture;
using static Nadhir.Core.Tests.Posture.ActingBench;

namespace Nadhir.Core.Tests.Posture;

public sealed class MeasureTests
{
    [Fact]
    public void Reaching_a_phase_orders_its_measures_of_their_roles_by_their_times()
    {
        WatchBench bench = New();
        MeasureOrdered[] ordered = [.. bench.Give(Phase("B")).OfType<MeasureOrdered>()];
        Assert.Equal(["shelters", "guards"], ordered.Select(one => one.Kind));
        Assert.Equal(("warden", bench.Now.AddSeconds(60)), (ordered[0].Role, ordered[0].Due));
        Assert.Equal(("B", "duty officer"), (bench.Measure("shelters").Phase, bench.Measure("shelters").OrderedBy));
    }

    [Fact]
    public void A_measure_of_a_higher_phase_is_ordered_without_raising_the_phase()
    {
        WatchBench bench = New();
        bench.Give(Says("evacuation", MeasureState.Ordered, "duty officer") with { WithinSeconds = 500 });
        Assert.Equal("Normal", bench.Row().Phase);
        Assert.Equal(bench.Now.AddSeconds(500), bench.Measure("evacuation").Due);
        // The phase then asks for what is not ordered yet, and leaves the order that stands.
        bench.Wait(5);
        Assert.Equal(["shelters", "guards"], bench.Give(Phase("C")).OfType<MeasureOrdered>().Select(one => one.Kind));
        Assert.Null(bench.Measure("evacuation").Phase);
    }

    [Fact]
    public void A_measure_goes_from_order_to_check_by_another_person()
    {
        WatchBench bench = New();
        bench.Give(Says("shelters", MeasureState.UnderWay, "warden")).Refused("shelters has not been ordered at port");
        bench.Give(Says("shelters", MeasureState.Ordered, "duty officer"));
        bench.Give(Says("shelters", MeasureState.Checked, "duty officer")).Refused("shelters has not been reported done at port");
        bench.Give(Says("shelters", MeasureState.UnderWay, "warden"));
        bench.Give(Says("shelters", MeasureState.Done, "warden"));
        bench.Give(Says("shelters", MeasureState.Checked, " WARDEN ")).Refused("who reports a measure done does not check it: another person does");
        Assert.Equal("duty officer", bench.Measure("shelters").CheckRole);
        bench.Give(Says("shelters", MeasureState.Checked, "duty officer"));
        MeasureRow row = bench.Measure("shelters");
        Assert.Equal((MeasureState.Checked, "warden", "duty officer"), (row.State, row.DoneBy, row.By));
        Assert.Empty(bench.Wait(300).OfType<BecameOverdue>());
    }

    [Fact]
    public void A_check_that_finds_it_undone_sends_it_back()
    {
        WatchBench bench = New();
        bench.Give(Says("shelters", MeasureState.Ordered, "duty officer"));
        bench.Give(Says("shelters", MeasureState.Done, "warden"));
        bench.Give(Says("shelters", MeasureState.UnderWay, "duty officer") with { Note = "two doors are shut" });
        Assert.Equal((MeasureState.UnderWay, "two doors are shut", null), (bench.Measure("shelters").State, bench.Measure("shelters").Note, bench.Measure("shelters").DoneBy));
        bench.Give(Says("shelters", MeasureState.Checked, "duty officer")).Refused("shelters has not been reported done at port");
        Assert.Equal("measure", Assert.Single(bench.Wait(60).OfType<BecameOverdue>()).What);
    }

    [Fact]
    public void What_is_overdue_is_told_once_and_then_to_one_person_after_the_other()
    {
        WatchBench bench = New();
        bench.Give(Says("shelters", MeasureState.Ordered, "duty officer"));
        Assert.Empty(bench.Wait(59).OfType<BecameOverdue>());
        BecameOverdue overdue = Assert.Single(bench.Wait(1).OfType<BecameOverdue>());
        Assert.Equal(("measure", "port/shelters", "warden"), (overdue.What, overdue.Id, overdue.Who));
        Assert.Equal(bench.Now, bench.Measure("shelters").OverdueSince);
        Assert.Equal("harbour master", Assert.Single(bench.Wait(20).OfType<DutyEscalated>()).To);
        bench.Give(Says("shelters", MeasureState.UnderWay, "warden"));
        Assert.Equal("governor", Assert.Single(bench.Wait(20).OfType<DutyEscalated>()).To);
        Assert.DoesNotContain(bench.Wait(500), d => d is BecameOverdue or DutyEscalated);
        bench.Give(Says("shelters", MeasureState.Done, "warden"));
        Assert.Null(bench.Measure("shelters").OverdueSince);
        Assert.Equal("measure.check", Assert.Single(bench.Wait(30).OfType<BecameOverdue>()).What);
    }

    [Fact]
    public void A_lower_phase_calls_off_what_only_the_higher_one_asked_for_and_nothing_else()
    {
        WatchBench bench = New();
        bench.Give(Phase("C"));
        bench.Give(Says("guards", MeasureState.Done, "guard commander"));
        Assert.Equal("evacuation", Assert.Single(bench.Give(Phase("B", "quiet")).OfType<MeasureEnded>()).Kind);
        Assert.Equal((MeasureState.Ended, MeasureState.Ordered, MeasureState.Done),
            (bench.Measure("evacuation").State, bench.Measure("shelters").State, bench.Measure("guards").State));
    }

    [Fact]
    public void A_measure_on_no_ladder_is_not_ordered_but_may_be_reported()
    {
        WatchBench bench = New();
        bench.Give(Says("trench", MeasureState.Ordered, "duty officer")).Refused("no measure trench on the ladder of port");
        bench.Give(Says("trench", MeasureState.Reported, "a source") with { Restricted = true });
        bench.Give(Says("trench", MeasureState.Done, "the guard"));
        Assert.True(bench.Measure("trench").Restricted);
    }

    [Fact]
    public void A_thousand_kinds_of_measures_are_kept_and_the_next_is_refused_with_the_number()
    {
        WatchBench bench = New();
        for (int i = 0; i < CommandCheck.MostRows; i++) bench.Give(Says($"m{i}", MeasureState.Reported, "x"));
        bench.Give(Says("one more", MeasureState.Reported, "x")).Refused("port has 1000 kinds of measures");
        bench.Give(Says("m7", MeasureState.Done, "x"));
        Assert.Contains(bench.Give(Phase("B")), d => d is CommandRefused { Reason: "port has 1000 kinds of measures, shelters is not ordered" });
        Assert.Equal(CommandCheck.MostRows, bench.Row().Measures.Length);
    }

    [Fact]
    public void A_ladder_without_duties_orders_nothing_by_itself_as_in_records_of_old()
    {
        WatchBench bench = new(plain => plain with { Ladder = new() { Measures = Ladder.Measures } });
        Assert.Equal(["PhaseChanged"], bench.Give(Phase("B")).Select(d => d.GetType().Name));
        bench.Give(Says("anything", MeasureState.Ordered, "x"));
        Assert.Empty(bench.Wait(1000));
    }
}
