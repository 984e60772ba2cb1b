using Nadhir.Core.Tests.Watching;
using Nadhir.Geodesy;
using Nadhir.Identification;

namespace Nadhir.Core.Tests.Incidents;

public sealed class PaperTests
{
    readonly Scene scene = new();

    [Fact]
    public void A_flight_is_within_an_authorisation_or_there_is_no_record_of_it()
    {
        scene.FlyIn(1, 60, 58, Convert.ToInt16("4301", 8));
        scene.FlyIn(2, 60, 58);
        Assert.Equal(["within AUTH", "no record found"], Papers.Conformity.Select(row => row.Words));
        Assert.Equal((Conformity.Within, "AUTH", 1), (Papers.Conformity[0].Finding, Papers.Conformity[0].Authorisation, Papers.Conformity[0].Version));
    }

    [Fact]
    public void What_is_on_file_but_does_not_match_is_told_with_what_differs()
    {
        scene.Order(new RecordAuthorisation(Permission(scene.Now.AddHours(-1)) with { Area = new Area { Centre = new GeoPoint(36, 44), RadiusMetres = 1000 } },
            "another area") { By = "liaison" });
        scene.FlyIn(1, 60, 58, Convert.ToInt16("4301", 8));
        ConformityRow row = Assert.Single(Papers.Conformity);
        Assert.Equal((Conformity.OnFileButDiffers, "AUTH on file, but outside its area"), (row.Finding, row.Words));
    }

    [Fact]
    public void A_new_version_counts_from_when_it_is_recorded_and_the_earlier_one_can_still_be_asked_for()
    {
        DateTimeOffset before = scene.Now;
        scene.FlyIn(1, 60, 58, Convert.ToInt16("4301", 8));
        scene.Order(new RecordAuthorisation(Permission(scene.Now.AddHours(-1)) with { ValidTo = scene.Now.AddSeconds(-1) }, "ended early") { By = "liaison" });
        scene.FlyIn(2, 60, 58, Convert.ToInt16("4301", 8));
        Assert.Equal([Conformity.Within, Conformity.OnFileButDiffers], Papers.Conformity.Select(row => row.Finding));
        Assert.Equal([1, 2], Papers.Authorisations.Select(version => version.Version));
        Assert.Equal(1, Assert.Single(Papers.InForce(scene.Now, before).Authorisations).Version);
        Assert.Empty(Papers.InForce(scene.Now, scene.Now).Authorisations);
    }

    [Fact]
    public void A_mandate_has_versions_and_what_was_in_force_at_a_time_is_told()
    {
        scene.Order(new RecordMandate("M", "first text") { By = "legal desk", ValidFrom = Day(1), ValidTo = Day(10) });
        scene.Order(new RecordMandate("M", "second text") { By = "legal desk", ValidFrom = Day(1), TermsKnown = true });
        Assert.Equal([1, 2], Papers.Mandates.Select(version => version.Version));
        Assert.Equal("second text", Assert.Single(Papers.InForce(Day(20), scene.Now).Mandates).Mandate.Text);
        Assert.Empty(Papers.InForce(Day(20).AddYears(-1), scene.Now).Mandates);
    }

    [Fact]
    public void A_permission_that_cannot_be_used_is_refused()
    {
        scene.Order(new RecordAuthorisation(Permission(scene.Now.AddHours(5)) with { ValidTo = scene.Now }, "r") { By = "x" });
        Assert.IsType<CommandRefused>(scene.Decisions[^1]);
        scene.Order(new RecordAuthorisation(Permission(scene.Now) with { Mode3A = ["9"] }, "r") { By = "x" });
        Assert.IsType<CommandRefused>(scene.Decisions[^1]);
        scene.Order(new RecordAuthorisation(Permission(scene.Now) with { Mandate = "none such" }, "r") { By = "x" });
        Assert.IsType<CommandRefused>(scene.Decisions[^1]);
        scene.Order(new RecordAuthorisation(Permission(scene.Now) with { Area = new Area() }, "r") { By = "x" });
        Assert.IsType<CommandRefused>(scene.Decisions[^1]);
        Assert.Single(Papers.Authorisations);
    }

    static Authorisation Permission(DateTimeOffset from) =>
        new() { Id = "AUTH", Holder = "survey", Mode3A = ["4301"], ValidFrom = from, ValidTo = from.AddHours(3) };

    static DateTimeOffset Day(int day) => new(2026, 1, day, 0, 0, 0, TimeSpan.Zero);

    PaperBoard Papers => scene.Watch.Snapshot().Papers;
}
