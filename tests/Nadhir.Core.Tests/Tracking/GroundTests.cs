using Nadhir.Tracking.Engine;

namespace Nadhir.Core.Tests.Tracking;

/// <summary>What falls comes down, and what answers is no rocket.</summary>
public sealed class GroundTests
{
    readonly MotionBank bank = MotionBanks.Surveillance(withRockets: true);

    [Fact]
    public void What_flies_on_for_minutes_without_a_height_is_no_stone()
    {
        ModelStates[] states = Begin(Plain(hasHeight: false));
        double falling = Lanes.Sum(states[2].Weight);
        for (int i = 0; i < 180; i++) bank.Predict(states, bank.All, 1);
        Assert.True(Falling(states) < 0.2 * falling, $"{Falling(states)} of {falling}");
        Assert.Equal(1, states.Sum(family => Lanes.Sum(family.Weight)), 1e-9);
    }

    [Fact]
    public void What_is_still_high_loses_nothing()
    {
        ModelStates[] states = Begin(Plain(hasHeight: true) with { Z = 20_000, Zz = 100 });
        double falling = Lanes.Sum(states[2].Weight);
        for (int i = 0; i < 10; i++) bank.Predict(states, bank.All, 1);
        Assert.Equal(falling, Lanes.Sum(states[2].Weight), 1e-3);
    }

    [Fact]
    public void What_answers_interrogations_is_hardly_a_rocket()
    {
        double silent = Lanes.Sum(Begin(Plain(hasHeight: true))[2].Weight);
        double answers = Lanes.Sum(Begin(Plain(hasHeight: true) with { Tag = Tag.None with { ModeSAddress = 0x7A0001 } })[2].Weight);
        Assert.True(answers < 0.02 * silent, $"{answers} against {silent}");
        Assert.Equal([1, 1, 0.01], Enumerable.Range(0, 3).Select(f => bank.ReplyFactor(f, Tag.None with { Mode3A = 0x8C1 })));
    }

    ModelStates[] Begin(Observation seen)
    {
        ModelStates[] states = new ModelStates[bank.Count];
        bank.Begin(states, seen, null);
        return states;
    }

    /// <summary>Weight of the models that fall freely.</summary>
    double Falling(ModelStates[] states) =>
        Enumerable.Range(0, 8).Where(i => bank.Families[2].Models[i].Kind == MotionKind.Ballistic).Sum(i => states[2].Weight[i]);

    static Observation Plain(bool hasHeight) => new()
    {
        Xx = 1e4, Yy = 1e4, HasHeight = hasHeight, Z = 8000, Zz = 1e4, Tag = Tag.None,
    };
}
