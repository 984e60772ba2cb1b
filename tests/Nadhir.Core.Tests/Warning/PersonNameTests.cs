using Nadhir.Core.Tests.Desks;
using Nadhir.Warning;

namespace Nadhir.Core.Tests.Warning;

/// <summary>Two persons are two names; one person's name may be written in many ways.</summary>
public sealed class PersonNameTests
{
    [Theory]
    [InlineData("  Duty Officer ", "duty officer", true)]
    [InlineData("Duty\u00a0 Officer", "DUTY\tOFFICER", true)]
    [InlineData("Ｄｕｔｙ", "duty", true)]
    [InlineData("du\u200dty", "duty", true)]
    [InlineData("Zo\u00eb", "ZOE\u0308", true)]
    [InlineData("\u0160efov\u00e1", "sefova", true)]
    [InlineData("أحمد", "ا\u0654حمد", true)]
    [InlineData("محمّد", "محمد", true)]
    [InlineData("محـــمد", "محمد", true)]
    [InlineData("ΣΩΣ", "σως", true)]
    [InlineData("duty 1", "duty 2", false)]
    [InlineData("Ali", "Alia", false)]
    [InlineData("a b", "ab", false)]
    [InlineData("علي", "عليا", false)]
    public void Names_are_one_persons_or_not(string one, string other, bool same)
    {
        Assert.Equal(same, PersonName.Same(one, other));
        Assert.Equal(same, PersonName.Same(other, one));
    }

    [Theory]
    [InlineData("\ud800")]
    [InlineData("")]
    [InlineData("\u200b \u00a0")]
    public void No_text_makes_it_throw(string name) => Assert.True(PersonName.Same(name, name));

    [Fact]
    public void The_rule_is_the_same_for_who_raises_who_releases_and_who_acknowledges()
    {
        WatchBench bench = new(_ => WatchBench.ReleasedBy(Release.TwoPersons));
        bench.Give(new RaiseAlert("z", AlertState.Warning, ThreatKind.Aircraft, "x") { By = " Duty Officer" });
        Assert.IsType<CommandRefused>(bench.Give(new ReleaseAlert(bench.Alert.Id) { By = "duty officer " }).Single());
        Assert.Contains(bench.Give(new ReleaseAlert(bench.Alert.Id) { By = "second" }), one => one is AlertChanged { State: AlertState.Warning });
        bench.Give(new AcknowledgeAlert(bench.Alert.Id) { By = "Duty Officer" });
        bench.Give(new AcknowledgeAlert(bench.Alert.Id) { By = " DUTY  officer" });
        Assert.Equal(["Duty Officer"], bench.Alert.AcknowledgedBy);
    }
}
