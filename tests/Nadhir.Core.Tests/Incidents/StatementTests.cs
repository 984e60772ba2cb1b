using System.Collections.Immutable;
using Nadhir.Core.Tests.Watching;

namespace Nadhir.Core.Tests.Incidents;

public sealed class StatementTests
{
    readonly Scene scene = new();

    [Fact]
    public void A_statement_is_drafted_approved_by_another_published_and_corrected_and_its_first_text_stays()
    {
        Claim("C1");
        Draft("writer", Linked("Four people are reported hurt.", "C1"));
        scene.Order(new PublishStatement("S") { By = "writer" });
        Assert.Contains("not approved", LastRefusal, StringComparison.Ordinal);
        scene.Order(new ApproveStatement("S") { By = "  WRITER " });
        Assert.Contains("other than", LastRefusal, StringComparison.Ordinal);
        scene.Order(new ApproveStatement("S") { By = "chief" });
        scene.Order(new PublishStatement("S") { By = "writer" });
        Assert.Equal(StatementState.Published, Row.State);

        Claim("C2");
        scene.Order(new CorrectStatement("S", "the figure was told anew", [Linked("Five people are reported hurt.", "C2")]) { By = "chief" });
        Assert.Equal((StatementState.Draft, 2), (Row.State, Row.Version));
        scene.Order(new ApproveStatement("S") { By = "chief" });
        Assert.Contains("other than", LastRefusal, StringComparison.Ordinal);
        scene.Order(new ApproveStatement("S") { By = "writer" });
        scene.Order(new PublishStatement("S") { By = "chief" });
        Assert.Equal((StatementState.Published, "none"), (Row.State, Row.SystemPosition));
        Assert.Equal(["C2"], Row.Claims);
        StatementVersion first = Assert.Single(Row.Earlier);
        Assert.Equal("Four people are reported hurt.", Assert.Single(first.Sentences).Text);
        Assert.Equal("writer", first.Published!.By);
    }

    [Fact]
    public void A_sentence_that_rests_on_nothing_keeps_it_from_being_published_unless_it_is_a_position()
    {
        Claim("C1");
        Draft("writer", Linked("As reported.", "C1"), new("Nothing on record says so."), new("We regret it.") { Position = true });
        scene.Order(new ApproveStatement("S") { By = "chief" });
        scene.Order(new PublishStatement("S") { By = "chief" });
        Assert.Contains("1 of its sentences", LastRefusal, StringComparison.Ordinal);
        Assert.Equal([true, false, false], Row.Sentences.Select(sentence => sentence.Linked));
        Draft("writer", Linked("As reported.", "C1"), new("We regret it.") { Position = true });
        Assert.Equal(0, Row.Unlinked);
        scene.Order(new PublishStatement("S") { By = "chief" });
        Assert.Contains("not approved", LastRefusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_that_is_only_proposed_carries_no_sentence_until_it_is_accepted()
    {
        scene.Order(new RecordClaim("P", "event", "text", "program") { By = "program", Proposed = true });
        Draft("writer", Linked("As reported.", "P"));
        Assert.Equal(1, Row.Unlinked);
        scene.Order(new AcceptClaim("P") { By = "duty" });
        Assert.Equal(0, Row.Unlinked);
    }

    [Fact]
    public void Nothing_is_published_before_its_embargo_ends()
    {
        Claim("C1");
        scene.Order(new DraftStatement("S", "office", [Linked("As reported.", "C1")]) { By = "writer", Embargo = scene.Now.AddMinutes(1) });
        scene.Order(new ApproveStatement("S") { By = "chief" });
        scene.Order(new PublishStatement("S") { By = "chief" });
        Assert.Contains("not before", LastRefusal, StringComparison.Ordinal);
        scene.Tick(61);
        scene.Order(new PublishStatement("S") { By = "chief" });
        Assert.Equal(StatementState.Published, Row.State);
    }

    [Fact]
    public void Whoever_wrote_any_of_it_does_not_approve_it()
    {
        Claim("C1");
        Draft("writer", Linked("As reported.", "C1"));
        Draft("second writer", Linked("As reported, again.", "C1"));
        scene.Order(new ApproveStatement("S") { By = "writer" });
        Assert.Contains("other than", LastRefusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Somebody_elses_statement_is_recorded_and_not_rewritten()
    {
        scene.Order(new RecordStatement("S", "a ministry", ["C1"]) { By = "duty" });
        Draft("writer", new StatementSentence("Ours now."));
        Assert.Contains("somebody else's", LastRefusal, StringComparison.Ordinal);
        Assert.Equal(StatementState.Recorded, Row.State);
    }

    [Fact]
    public void A_crossing_on_record_is_evidence_and_an_invented_one_is_not()
    {
        scene.FlyIn(7, 120, 90);
        string crossing = Assert.Single(scene.Watch.Snapshot().Crossings).Crossing;
        Draft("writer", new StatementSentence("It crossed.") { Evidence = [crossing] }, new StatementSentence("It did.") { Evidence = ["X-B-99-IN-1"] });
        Assert.Equal([true, false], Row.Sentences.Select(sentence => sentence.Linked));
    }

    static StatementSentence Linked(string text, string claim) => new(text) { Claims = [claim] };

    void Claim(string id) => scene.Order(new RecordClaim(id, "event", "text", "newspaper") { By = "duty" });

    void Draft(string by, params ImmutableArray<StatementSentence> sentences) =>
        scene.Order(new DraftStatement("S", "office", sentences) { By = by });

    StatementRow Row => Assert.Single(scene.Watch.Snapshot().Statements);

    string? LastRefusal => scene.Decisions[^1] is CommandRefused refused ? refused.Reason : null;
}
