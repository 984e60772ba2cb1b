using System.Security.Cryptography;
using System.Text;
using Nadhir.Core.Tests.Watching;
using Nadhir.Journal;

namespace Nadhir.Core.Tests.Incidents;

public sealed class ClaimTests
{
    const string Text = "A police officer said that four people were hurt near the mill.";
    readonly Scene scene = new();

    public ClaimTests() => scene.Order(new OpenIncident("I", "Reported event", "Z") { By = "duty" });

    [Fact]
    public void A_document_is_kept_once_with_its_hash_and_its_text_stays_out_of_the_boards()
    {
        scene.Order(Document("D", Text));
        scene.Order(Document("D", "another text"));
        Assert.Contains("exists", LastRefusal, StringComparison.Ordinal);
        DocumentRow row = Assert.Single(scene.Watch.Snapshot().Documents);
        Assert.True(row.TextIsDocument);
        Assert.Equal(Text, row.Text);
        Assert.DoesNotContain("police officer", Encoding.UTF8.GetString(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
            scene.Watch.Snapshot(), WatchJson.Default.Boards)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_is_not_the_document_of_the_hash_is_said_to_be_another()
    {
        scene.Order(Document("D", Text) with { Text = "as typed by hand" });
        Assert.False(Assert.Single(scene.Watch.Snapshot().Documents).TextIsDocument);
        scene.Order(Document("E", "") with { Sha256 = "abc" });
        Assert.Contains("sha256", LastRefusal, StringComparison.Ordinal);
        scene.Order(Document("E", new string('x', CommandCheck.LongestDocument + 1)));
        Assert.Contains("longer", LastRefusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_stands_word_for_word_in_its_document_or_is_refused()
    {
        scene.Order(Document("D", Text));
        const string quote = "four people were hurt";
        int at = Text.IndexOf(quote, StringComparison.Ordinal);
        scene.Order(Claim("C1", quote) with { Source = "D", From = at, To = at + quote.Length });
        Assert.Null(LastRefusal);
        scene.Order(Claim("C2", "five people were hurt") with { Source = "D", From = at, To = at + quote.Length });
        Assert.Contains("not the words", LastRefusal, StringComparison.Ordinal);
        scene.Order(new ReviseClaim("C1", "misread") { By = "duty", Text = "five" });
        Assert.Contains("do not change", LastRefusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_revision_stands_beside_what_was_told_before()
    {
        scene.Order(Casualties("C1", 2, null, "first report"));
        scene.Order(new ReviseClaim("C1", "called back") { By = "second officer", Killed = 4, Injured = 3, Grading = "B2" });
        ClaimRow claim = Assert.Single(Incident.Claims);
        Assert.Equal((4, 3, "B2"), (claim.Killed, claim.Injured, claim.Grading));
        ClaimRevision before = Assert.Single(claim.Revisions);
        Assert.Equal((2, (int?)null, "", "second officer", "called back"), (before.Killed, before.Injured, before.Grading, before.By, before.Reason));
        Assert.Equal([2, 4], Incident.Casualties!.Revisions.Select(figure => figure.Killed));
        Assert.Equal("REPORTED", Incident.Casualties.Status);
    }

    [Fact]
    public void Claims_that_disagree_show_each_other_and_cease_to_when_one_is_revised_or_rejected()
    {
        scene.Order(Casualties("C1", 4, 3, "ministry"));
        scene.Order(Casualties("C2", 5, 3, "newspaper"));
        Assert.Equal(new ClaimConflict("C2", "killed", "4", "5"), Assert.Single(Incident.Claims[0].Conflicts));
        Assert.Equal(new ClaimConflict("C1", "killed", "5", "4"), Assert.Single(Incident.Claims[1].Conflicts));
        scene.Order(Casualties("C3", 9, 3, "program") with { Proposed = true });
        Assert.Equal(2, Incident.Claims[0].Conflicts.Length);
        scene.Order(new RejectClaim("C3", "another event") { By = "duty" });
        scene.Order(new ReviseClaim("C2", "corrected by the newspaper") { By = "duty", Killed = 4 });
        Assert.All(Incident.Claims, claim => Assert.Empty(claim.Conflicts));
    }

    [Fact]
    public void Times_and_places_of_one_subject_are_compared_too()
    {
        scene.Order(Claim("C1", "at noon") with { Subject = "blast", Time = new("at noon") { Earliest = Hour(12), Latest = Hour(12) }, Place = "mill" });
        scene.Order(Claim("C2", "by night") with { Subject = "blast", Time = new("by night") { Earliest = Hour(20), Latest = Hour(23) }, Place = "the old mill" });
        scene.Order(Claim("C3", "elsewhere") with { Subject = "parade", Time = new("then") { Earliest = Hour(1), Latest = Hour(2) } });
        Assert.Equal("time", Assert.Single(Row("C1").Conflicts).About);
        Assert.Empty(Row("C3").Conflicts);
    }

    [Fact]
    public void What_a_program_proposes_counts_for_nothing_until_a_person_accepts_it()
    {
        scene.Order(Casualties("C1", 4, 3, "newspaper") with { Proposed = true });
        Assert.Null(Incident.Casualties);
        scene.Order(new AcceptClaim("C1") { By = "duty" });
        Assert.Equal(4, Incident.Casualties!.Killed);
        Assert.Equal("duty", Incident.Claims[0].Decided!.By);
        scene.Order(new AcceptClaim("C1") { By = "duty" });
        Assert.Contains("already", LastRefusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_protected_source_is_a_handle_and_never_a_name()
    {
        scene.Order(Claim("C1", "said in confidence") with { ProtectedSource = "src-7f3a" });
        Assert.Null(LastRefusal);
        scene.Order(Claim("C2", "said in confidence") with { ProtectedSource = "the guard at the gate" });
        Assert.Contains("never a name", LastRefusal, StringComparison.Ordinal);
        scene.Order(Claim("C3", "said in confidence") with { ProtectedSource = "src-7f3a", Speaker = "the guard" });
        Assert.Contains("does not go on record", LastRefusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("G1")]
    [InlineData("A7")]
    [InlineData("b2")]
    [InlineData("B")]
    public void A_grading_is_of_a_to_f_and_one_to_six(string grading)
    {
        scene.Order(Claim("C1", "text") with { Grading = grading, Speaker = "somebody" });
        Assert.Contains("grading", LastRefusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_as_older_records_hold_it_is_taken_as_it_was_repeated_or_not()
    {
        const string old = """{"type":"claim.record","claim":"K","kind":"casualty","text":"t","attribution":"a","incident":"I","killed":1,"grading":"B 2","by":"x"}""";
        int before = scene.Decisions.Count;
        for (int i = 0; i < 2; i++) scene.Apply(new Entry(EntryKind.Command, scene.Now, "x", Encoding.UTF8.GetBytes(old)));
        Assert.Equal([new Recorded("claim", "K"), new Recorded("claim", "K")], scene.Decisions.Skip(before));
        Assert.Equal(2, Incident.Claims.Length);
    }

    [Fact]
    public void Very_many_claims_of_one_subject_are_still_taken_in_no_time()
    {
        for (int i = 0; i < CommandCheck.MostClaims; i++) scene.Order(Casualties($"C{i}", i, 0, "somebody"));
        scene.Order(Casualties("one more", 1, 0, "somebody"));
        Assert.Contains("1000 claims", LastRefusal, StringComparison.Ordinal);
        Assert.All(Incident.Claims, claim => Assert.InRange(claim.Conflicts.Length, 0, 20));
    }

    static AddSource Document(string id, string text) =>
        new(id, "Report", "A newspaper", "read on its site", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))) { By = "duty", Text = text };

    static RecordClaim Claim(string id, string text) => new(id, "event", text, "newspaper") { By = "duty" };

    static RecordClaim Casualties(string id, int? killed, int? injured, string attribution) =>
        new(id, "casualty", "casualties", attribution) { By = "duty", Incident = "I", Killed = killed, Injured = injured };

    static DateTimeOffset Hour(int hour) => new(2026, 1, 1, hour, 0, 0, TimeSpan.Zero);

    IncidentRow Incident => Assert.Single(scene.Watch.Snapshot().Incidents);

    ClaimRow Row(string id) => Assert.Single(scene.Watch.Snapshot().Claims, claim => claim.Id == id);

    string? LastRefusal => scene.Decisions[^1] is CommandRefused refused ? refused.Reason : null;
}
