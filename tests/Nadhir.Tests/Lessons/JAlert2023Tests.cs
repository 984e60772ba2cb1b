using System.Collections.Immutable;
using Nadhir.Assessment;
using Nadhir.Core.Tests.Desks;
using Nadhir.PublicPage;
using Nadhir.Tests.Outlets.Cap;
using Nadhir.Warning;

namespace Nadhir.Tests.Lessons;

/// <summary>
/// In April 2023 J-Alert said that a missile would fall on or near Hokkaido at about a stated time. It did not, and the
/// withdrawal came after that time. What is not certain is said as a possibility, with an interval, and taken back.
/// </summary>
public sealed class JAlert2023Tests
{
    static readonly ArrivalInterval arrival = new(CapMessages.Sent.AddSeconds(120), CapMessages.Sent.AddSeconds(700));

    static readonly Dictionary<string, string[]> possibility = new(StringComparer.Ordinal)
    {
        ["en"] = [" may reach ", " is likely to reach ", "cannot be ruled out"],
        ["ar"] = ["احتمال وصول", "من المرجّح وصول", "لا يمكن استبعاد"],
    };

    static readonly string[] certainty =
    [
        "will hit", "will reach", "will fall", "will land", "will arrive", "will strike", "is certain", "has hit", "has fallen", "impact at",
        "سيسقط", "سيصل", "ستصل", "ستسقط", "سيضرب", "مؤكد", "سقط ",
    ];

    public static TheoryData<AlertState, ThreatKind> Ahead => [.. from state in (AlertState[])[AlertState.Watch, AlertState.Warning]
                                                               from kind in Enum.GetValues<ThreatKind>()
                                                               select new TheoryDataRow<AlertState, ThreatKind>(state, kind)];

    [Theory]
    [MemberData(nameof(Ahead))]
    public void What_may_come_is_said_as_a_possibility_in_every_language(AlertState state, ThreatKind kind)
    {
        foreach (ArrivalInterval? known in (ArrivalInterval?[])[arrival, null])
        {
            PublicMessage message = CapMessages.Compose(state, kind, arrival: known);
            Assert.Equal(possibility.Keys.Order(), message.Texts.Select(text => text.Language).Order());
            Assert.All(message.Texts, text =>
            {
                Assert.Contains(possibility[text.Language], word => text.Description.Contains(word, StringComparison.Ordinal));
                string all = $"{text.Event} {text.Headline} {text.Description} {text.Instruction}";
                Assert.All(certainty, word => Assert.DoesNotContain(word, all, StringComparison.OrdinalIgnoreCase));
            });
            Assert.NotEqual("Observed", message.Certainty);
        }
    }

    [Theory]
    [MemberData(nameof(Ahead))]
    public void The_time_is_an_interval_with_two_ends(AlertState state, ThreatKind kind)
    {
        // Of what nobody sees there is no time either.
        if (kind == ThreatKind.Unknown && state == AlertState.Watch) return;
        Assert.All(CapMessages.Compose(state, kind, arrival: arrival).Texts, text =>
        {
            Assert.Contains("04:32", text.Description, StringComparison.Ordinal);
            Assert.Contains("04:42", text.Description, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_publics_page_says_it_so_too()
    {
        Assert.StartsWith("May arrive", PublicLanguages.BuiltIn.Of("en").Arrival, StringComparison.Ordinal);
        Assert.StartsWith("احتمال", PublicLanguages.BuiltIn.Of("ar").Arrival, StringComparison.Ordinal);
        Assert.Contains("may", PublicLanguages.BuiltIn.Of("en").ArrivedMaybe, StringComparison.Ordinal);
        Assert.Contains("ربما", PublicLanguages.BuiltIn.Of("ar").ArrivedMaybe, StringComparison.Ordinal);
    }

    [Fact]
    public void When_the_object_no_longer_threatens_a_watch_is_taken_back_by_rule()
    {
        WatchBench bench = new();
        bench.See(1, 120);
        bench.Wait(15);
        bench.See(1, 120, -250);
        PublicMessage back = Assert.Single(bench.Wait(62).OfType<MessageIssued>()).Message;
        Assert.Equal((AlertState.AllClear, MessageType.Update), (back.State, back.Type));
        Assert.Equal(bench.All.OfType<MessageIssued>().SkipLast(1).Select(one => one.Message.Identifier), back.References.Select(one => one.Identifier));
    }

    [Fact]
    public void And_a_warning_by_a_person_who_is_asked_at_once_and_called_until_somebody_answers()
    {
        WatchBench bench = new(plain => plain with { Warning = new() { Escalation = [new(TimeSpan.FromSeconds(30), "shift leader")] } });
        bench.WarnThenTurnAway();
        List<Decision> calm = bench.Wait(61);
        Assert.Single(calm.OfType<AllClearProposed>());
        Assert.Contains(bench.Wait(31), one => one is Escalated { Question: Question.AllClear, To: "shift leader" });
        Assert.Contains(bench.Give(new EndAlert("A-z-1") { By = "duty" }), one => one is MessageIssued { Message.State: AlertState.AllClear });
    }
}
