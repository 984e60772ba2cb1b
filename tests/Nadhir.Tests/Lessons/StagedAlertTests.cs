using System.Collections.Immutable;
using Nadhir.Core.Tests.Desks;
using Nadhir.Warning;

namespace Nadhir.Tests.Lessons;

/// <summary>
/// Israel's stages: a notice that an alert may follow, the alert with the seconds there are to reach shelter, which differ
/// from place to place, and the word that one may leave. None may be taken for another.
/// </summary>
public sealed class StagedAlertTests
{
    static readonly string[] languages = ["en", "ar"];

    [Fact]
    public void Notice_alert_and_all_clear_differ_in_every_word_grade_and_sound()
    {
        WatchBench bench = new();
        bench.See(1, 120);
        Assert.DoesNotContain(bench.Wait(16), one => one is SirenCommanded);
        SirenCommanded sounded = Assert.Single(bench.See(1, 80).OfType<SirenCommanded>());
        bench.See(1, 80, -250);
        bench.Wait(61);
        SirenCommanded over = Assert.Single(bench.Give(new EndAlert("A-z-1") { By = "duty" }).OfType<SirenCommanded>());
        Assert.Equal(("warning", "all-clear"), (sounded.Tone, over.Tone));

        PublicMessage[] stages = [.. bench.All.OfType<MessageIssued>().Select(one => one.Message).DistinctBy(one => one.State)];
        Assert.Equal([AlertState.Watch, AlertState.Warning, AlertState.AllClear], stages.Select(one => one.State));
        Assert.Equal(["Prepare", "Shelter", "AllClear"], stages.Select(one => one.Response));
        Differ(stages.Select(one => one.Urgency));
        Differ(stages.Select(one => one.Severity));
        foreach (string language in languages)
        {
            MessageText[] texts = [.. stages.Select(one => one.Texts.Single(text => text.Language == language))];
            Differ(texts.Select(one => one.Event));
            Differ(texts.Select(one => one.Headline));
            Differ(texts.Select(one => one.Description));
            Differ(texts.Select(one => one.Instruction));
        }

        static void Differ(IEnumerable<string> words) => Assert.Equal(3, words.Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>Two zones in the same place, from which shelter is reached in 15 and in 180 seconds.</summary>
    static WatchConfiguration NearAndFar(WatchConfiguration plain) => plain with
    {
        Zones = [plain.Zones[0] with { SecondsToShelter = 15 }, plain.Zones[0] with { Id = "far", Name = "Far", SecondsToShelter = 180 }],
        Warning = new() { WarningRelease = Release.TwoPersons, HumanBudget = TimeSpan.FromSeconds(30) },
    };

    [Fact]
    public void Who_needs_longer_to_shelter_is_not_kept_waiting_for_people_as_long()
    {
        WatchBench bench = new(NearAndFar);
        for (double km = 85; km > 8; km -= 0.25)
        {
            bench.See(1, km);
            bench.Wait(1);
        }

        AlertChanged[] warned = [.. bench.All.OfType<AlertChanged>().Where(one => one is { State: AlertState.Warning, Before: AlertState.Watch or null })];
        Assert.Equal(["far", "z"], warned.Select(one => one.Zone));
        Assert.All(warned, one => Assert.Equal("rule: no time to wait for people", one.By));
        double between = (warned[1].Since - warned[0].Since).TotalSeconds;
        Assert.InRange(between, 140, 190);
        Assert.All(warned, one => Assert.True(one.Arrival!.Earliest - one.Since >= TimeSpan.FromSeconds(one.Zone == "far" ? 180 : 15),
            $"{one.Zone}: {one.Arrival.Earliest - one.Since} to go"));
    }

    [Fact]
    public void Each_zones_message_names_its_own_seconds()
    {
        WatchBench bench = new(plain => NearAndFar(plain) with { Warning = new() });
        bench.See(1, 45);
        Dictionary<string, PublicMessage> told = bench.All.OfType<MessageIssued>().ToDictionary(one => one.Message.Areas[0].Zone, one => one.Message);
        Assert.Contains("You have 15 seconds to reach shelter", told["z"].Texts[0].Instruction, StringComparison.Ordinal);
        Assert.Contains("You have 180 seconds to reach shelter", told["far"].Texts[0].Instruction, StringComparison.Ordinal);
        Assert.Contains("لديكم 15 ثانية", told["z"].Texts[1].Instruction, StringComparison.Ordinal);
        Assert.Contains("لديكم 180 ثانية", told["far"].Texts[1].Instruction, StringComparison.Ordinal);
    }
}
