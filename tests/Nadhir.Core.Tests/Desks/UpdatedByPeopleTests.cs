using Nadhir.Warning;

namespace Nadhir.Core.Tests.Desks;

public sealed class UpdatedByPeopleTests
{
    static UpdateAlert Update => new("A-z-1") { By = "duty" };

    static PublicMessage Said(IEnumerable<Decision> decided) => Assert.Single(decided.OfType<MessageIssued>()).Message;

    static string Refusal(IEnumerable<Decision> decided) => Assert.IsType<CommandRefused>(Assert.Single(decided)).Reason;

    [Fact]
    public void An_update_goes_out_to_everyone_as_one_that_refers_to_what_was_said_before()
    {
        WatchBench bench = new();
        PublicMessage first = Said(bench.See(1, 80));
        IReadOnlyList<Decision> decided = bench.Give(Update with { Advice = Advice.FallingDebris });
        PublicMessage said = Said(decided);
        Assert.Equal((MessageType.Update, AlertState.Warning), (said.Type, said.State));
        Assert.Equal([first.Identifier], said.References.Select(earlier => earlier.Identifier));
        AlertChanged changed = Assert.Single(decided.OfType<AlertChanged>());
        Assert.Equal(("duty", Release.OnePerson, Advice.FallingDebris), (changed.By, changed.Policy, changed.Advice));
        Assert.Equal(changed.State, changed.Before);
        Assert.Equal(("duty", Advice.FallingDebris), (bench.Alert.UpdatedBy, bench.Alert.Advice));
    }

    [Fact]
    public void Its_sentence_is_added_in_both_languages_and_stays_in_later_messages_until_it_is_taken_back()
    {
        WatchBench bench = new();
        PublicMessage plain = Said(bench.See(1, 80));
        PublicMessage said = Said(bench.Give(Update with { Advice = Advice.AwayFromWindows }));
        Assert.All(said.Texts.Zip(plain.Texts), pair =>
        {
            Assert.StartsWith(pair.Second.Instruction, pair.First.Instruction, StringComparison.Ordinal);
            Assert.True(pair.First.Instruction.Length > pair.Second.Instruction.Length);
        });
        Assert.Equal(said.Texts[0].Instruction, Said(bench.Give(Update with { KeepForSeconds = 600 })).Texts[0].Instruction);
        Assert.Equal(plain.Texts[0].Instruction, Said(bench.Give(Update with { Advice = Advice.None })).Texts[0].Instruction);
    }

    [Fact]
    public void What_is_kept_in_force_is_not_ended_by_rule_nor_proposed_to_be_and_is_when_the_time_is_over()
    {
        WatchBench bench = new();
        bench.WarnThenTurnAway();
        PublicMessage said = Said(bench.Give(Update with { KeepForSeconds = 3600 }));
        Assert.Equal(bench.Now.AddSeconds(3600), bench.Alert.KeptUntil);
        Assert.True(said.Expires >= bench.Now.AddSeconds(3600));
        Assert.Contains("13:0", said.Texts[0].Description, StringComparison.Ordinal);
        Assert.DoesNotContain(bench.Wait(3590), decision => decision is AllClearProposed or AlertChanged { State: not AlertState.Warning });
        Assert.Contains(bench.Wait(80), decision => decision is AllClearProposed);
    }

    [Fact]
    public void A_person_ends_what_another_has_kept_in_force_and_nothing_of_it_is_left()
    {
        WatchBench bench = new();
        bench.See(1, 80);
        bench.Give(Update with { KeepForSeconds = 3600, Advice = Advice.StayInside });
        PublicMessage said = Said(bench.Give(new EndAlert("A-z-1") { By = "leader" }));
        Assert.DoesNotContain("outside", said.Texts[0].Instruction, StringComparison.Ordinal);
        Assert.Equal((AlertState.AllClear, null, null, null), (bench.Alert.State, bench.Alert.UpdatedBy, bench.Alert.Advice, bench.Alert.KeptUntil));
        bench.Give(new RaiseAlert("z", AlertState.Warning, ThreatKind.Aircraft, "again") { By = "leader" });
        Assert.Equal((AlertState.Warning, null), (bench.Alert.State, bench.Alert.Advice));
    }

    [Fact]
    public void Sirens_stay_as_they_are_unless_they_are_ordered_to_sound_again()
    {
        WatchBench bench = new();
        bench.See(1, 80);
        Assert.DoesNotContain(bench.Give(Update with { Advice = Advice.ClearRoads }), decision => decision is SirenCommanded);
        SirenCommanded sound = Assert.Single(bench.Give(Update with { SoundAgain = true }).OfType<SirenCommanded>());
        Assert.Equal(("n", SirenAction.Sound, "warning"), (sound.Siren, sound.Action, sound.Tone));
    }

    [Fact]
    public void An_update_that_adds_nothing_or_of_nothing_alive_is_refused_and_no_siren_speaks_for_a_watch()
    {
        WatchBench bench = new();
        Assert.Equal("A-z-1 is not alive", Refusal(bench.Give(Update with { SoundAgain = true })));
        bench.Give(new RaiseAlert("z", AlertState.Watch, ThreatKind.Aircraft, "heard") { By = "duty" });
        Assert.Equal("it adds nothing", Refusal(bench.Give(Update)));
        Assert.Contains("sirens speak of shelter only", Refusal(bench.Give(Update with { SoundAgain = true })), StringComparison.Ordinal);
        Assert.Contains("keepForSeconds", Refusal(bench.Give(Update with { KeepForSeconds = 90_000 })), StringComparison.Ordinal);
        Assert.Equal("advice is unknown", Refusal(bench.Give(Update with { Advice = (Advice)77 })));
    }

    [Fact]
    public void A_watch_that_is_kept_in_force_outlasts_its_calm()
    {
        WatchBench bench = new();
        bench.See(1, 120);
        bench.Wait(16);
        bench.Give(Update with { KeepForSeconds = 900 });
        bench.See(1, 120, -250);
        bench.Wait(800);
        Assert.Equal(AlertState.Watch, bench.Alert.State);
        bench.Wait(200);
        Assert.NotEqual(AlertState.Watch, bench.Alert.State);
    }

    [Fact]
    public void The_same_orders_give_the_same_decisions_again()
    {
        WatchBench one = new(), other = new();
        foreach (WatchBench bench in (WatchBench[])[one, other])
        {
            bench.See(1, 80);
            bench.Give(Update with { KeepForSeconds = 300, Advice = Advice.StayInside, SoundAgain = true });
            bench.Wait(400);
        }

        Assert.Equal(one.All.Select(decision => Convert.ToHexString(WatchJson.Encode(decision))), other.All.Select(decision => Convert.ToHexString(WatchJson.Encode(decision))));
    }

    /// <summary>Also what each sentence says in Arabic: no sentence is missing in a language, and none is said twice.</summary>
    [Fact]
    public void Every_sentence_has_its_own_words_in_every_language()
    {
        WatchBench bench = new();
        bench.See(1, 80);
        PublicMessage[] said = [.. Enum.GetValues<Advice>().Select(advice => Said(bench.Give(Update with { Advice = advice })))];
        for (int language = 0; language < said[0].Texts.Length; language++)
            Assert.Equal(said.Length, said.Select(message => message.Texts[language].Instruction).Distinct().Count());
    }
}
