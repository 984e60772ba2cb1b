using Nadhir.Core.Tests.Watching;

namespace Nadhir.Core.Tests.Incidents;

public sealed class CaseTests
{
    readonly Scene scene = new();

    public CaseTests() => scene.Order(new OpenCase("K", CaseTrack.Diplomatic, "Letters to the council") { By = "desk" });

    [Fact]
    public void A_deadline_is_overdue_when_its_time_passes_and_no_longer_once_it_is_met()
    {
        scene.Order(new SetCaseDeadline("K", "letter", "identical letters", scene.Now.AddSeconds(10)) { By = "desk", To = "Secretary-General" });
        Assert.False(Deadline.Overdue);
        scene.Tick(11);
        Assert.True(Deadline.Overdue);
        scene.Order(new MeetCaseDeadline("K", "letter", "sent by hand") { By = "desk" });
        Assert.False(Deadline.Overdue);
        Assert.Equal("sent by hand", Deadline.Met!.Reason);
    }

    [Fact]
    public void A_deadline_set_anew_keeps_when_it_was_due_before()
    {
        DateTimeOffset first = scene.Now.AddDays(1);
        scene.Order(new SetCaseDeadline("K", "letter", "letter", first) { By = "desk" });
        scene.Order(new SetCaseDeadline("K", "letter", "letter", first.AddDays(1)) { By = "desk" });
        Assert.Equal(first, Assert.Single(Deadline.DueBefore));
    }

    [Fact]
    public void Whoever_looks_into_a_file_or_takes_it_out_is_on_record()
    {
        scene.Order(new AddToCase("K", CaseItemKind.Note, "called the mission") { By = "desk" });
        scene.Order(new LookAtCase("K", CaseAccess.Viewed) { By = "reader" });
        scene.Order(new LookAtCase("K", CaseAccess.Exported) { By = "lawyer" });
        CaseRow row = Assert.Single(scene.Watch.Snapshot().Cases);
        Assert.Equal((1, 2), (row.Items, row.Looks));
        Assert.Equal([("reader", CaseAccess.Viewed), ("lawyer", CaseAccess.Exported)], row.Contents.Looks.Select(look => (look.By, look.Access)));
    }

    [Fact]
    public void A_document_in_a_file_is_one_on_record()
    {
        scene.Order(new AddToCase("K", CaseItemKind.Document, "the letter") { By = "desk", Source = "none such" });
        Assert.Contains("no source", Assert.IsType<CommandRefused>(scene.Decisions[^1]).Reason, StringComparison.Ordinal);
    }

    DeadlineRow Deadline => Assert.Single(Assert.Single(scene.Watch.Snapshot().Cases).Deadlines);
}
