using System.Text;
using Nadhir.Journal;
using Nadhir.Posture;

namespace Nadhir.Core.Tests.Desks;

public sealed class GarbageTests
{
    static readonly byte[][] Seeds =
    [
        .. new Command[]
        {
            new SetPhase("port", "B", "r") { By = "d" }, new RecordMeasure("port", "k", MeasureState.Done) { By = "d" },
            new ReportReadiness("port", "x", ReadinessStatus.Active) { By = "d" }, new ReleaseAlert("A-z-1") { By = "d" },
            new EndAlert("A-z-1") { By = "d" }, new UpdateAlert("A-z-1") { By = "d", KeepForSeconds = 60 }, new CorrectAlert("A-z-1", "r") { By = "d" }, new AcknowledgeAlert("A-z-1") { By = "d" },
            new IssueDirective("D", ["one"], "text") { By = "d" }, new ReportDirective("D", "one", DirectiveState.Done, "") { By = "d" },
            new ReportObservation("seen") { By = "d", Zone = "z" }, new OpenIncident("I", "t", "z") { By = "d" },
            new RecordClaim("C", "k", "t", "a") { By = "d", Incident = "I", Killed = 1 }, new RecordStatement("S", "s", ["C"]) { By = "d" },
            new SetThreatLevel("port", "l", "s", "r", WatchBench.Start.AddDays(1)) { By = "d" }, new JudgeNotPossible("D", "one", true, "") { By = "d" },
            new HandOver("e") { By = "d" }, new AcknowledgeHandOver("H-1") { By = "e" }, new TakeWatch("r") { By = "d" },
            new AddSource("D", "t", "p", "o", new string('a', 64)) { By = "d", Text = "t" }, new AcceptClaim("C") { By = "d" }, new RejectClaim("C", "r") { By = "d" },
            new RecordClaim("C", "casualty", "t", "a") { By = "d", Incident = "I", Chain = ["a"], Time = new ToldTime("w"), Figures = [new("n", 1)], Source = "D", From = 0, To = 1 },
            new ReviseClaim("C", "r") { By = "d", Killed = 2, Time = new ToldTime("w") },
            new DraftStatement("S", "s", [new("t") { Claims = ["C"], Evidence = ["D"] }]) { By = "d" }, new ApproveStatement("S") { By = "y" },
            new PublishStatement("S") { By = "d" }, new CorrectStatement("S", "r", [new("t")]) { By = "d" },
            new OpenCase("K", CaseTrack.Legal, "t") { By = "d" }, new SetCaseDeadline("K", "d", "w", WatchBench.Start) { By = "d" },
            new MeetCaseDeadline("K", "d", "n") { By = "d" }, new AddToCase("K", CaseItemKind.Document, "t") { By = "d", Source = "D" },
            new LookAtCase("K", CaseAccess.Viewed) { By = "d" }, new RecordMandate("M", "t") { By = "d", ValidFrom = WatchBench.Start },
            new RecordAuthorisation(new Nadhir.Identification.Authorisation
            {
                Id = "A", Holder = "h", ValidFrom = WatchBench.Start, ValidTo = WatchBench.Start, Mode3A = ["12"], Callsigns = ["c"], Addresses = ["1"],
                Area = new Nadhir.Geodesy.Area { Rings = [[new(1, 1), new(1, 2), new(2, 2)]] },
            }, "r") { By = "d" },
            new AmendIncursion("I-B-1", Nadhir.Incidents.IncursionItem.Type, "v", "b") { By = "d" },
            new RecordEvent("k", "t") { By = "d", Who = ["a"] }, new AnnounceOutage("s", true, "r") { By = "d" }, new TestSiren("n") { By = "d" },
        }.Select(WatchJson.Encode),
        .. new Receipt[]
        {
            new SirenReceipt("n", "C-1-1", SirenStep.Sounding) { At = WatchBench.Start }, new SirenLinkReceipt("n", true) { At = WatchBench.Start },
            new MessageReceipt("m", "o", false) { At = WatchBench.Start },
        }.Select(WatchJson.Encode),
    ];

    static readonly string[] Values = ["null", "[]", "[null]", "{}", "1e999", "-1", "255", "99999999999999999999", "\"\\ud800\"", "\"\"", "true"];

    /// <summary>Well formed, with one value replaced or one member left out; or damaged in a byte; or not JSON at all.</summary>
    static byte[] Damaged(Random random)
    {
        byte[] seed = Seeds[random.Next(Seeds.Length)];
        switch (random.Next(4))
        {
            case 0:
                byte[] noise = new byte[random.Next(64)];
                random.NextBytes(noise);
                return noise;
            case 1:
                byte[] hit = [.. seed];
                hit[random.Next(hit.Length)] = (byte)random.Next(256);
                return hit;
            default:
                System.Text.Json.Nodes.JsonObject whole = System.Text.Json.Nodes.JsonNode.Parse(seed)!.AsObject();
                string name = whole.ElementAt(random.Next(whole.Count)).Key;
                if (random.Next(3) == 0) whole.Remove(name);
                else whole[name] = "@@";
                return Encoding.UTF8.GetBytes(whole.ToJsonString().Replace("\"@@\"", Values[random.Next(Values.Length)], StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Whatever_arrives_is_answered_without_a_throw_and_alike_by_two_watches(int seed)
    {
        Random random = new(seed);
        WatchBench one = new(), other = new();
        foreach (WatchBench bench in new[] { one, other }) bench.See(1, 80);
        EntryKind[] kinds = [EntryKind.Received, EntryKind.Command, EntryKind.Receipt, EntryKind.Tick, EntryKind.Command];
        for (int i = 0; i < 20_000; i++)
        {
            (EntryKind kind, byte[] bytes) = (kinds[random.Next(kinds.Length)], Damaged(random));
            byte[][] decided = [.. one.Apply(kind, bytes).Select(WatchJson.Encode)];
            Assert.Equal(decided, other.Apply(kind, bytes).Select(WatchJson.Encode));
        }
    }

    [Theory]
    [InlineData("{\"type\":\"directive.issue\",\"by\":\"d\",\"directive\":\"D\",\"content\":\"c\"}", "to is missing")]
    [InlineData("{\"type\":\"incident.open\",\"by\":\"d\",\"title\":\"t\",\"zone\":\"z\"}", "incident is missing")]
    [InlineData("{\"type\":\"alert.acknowledge\",\"by\":null,\"alert\":\"A\"}", "by is missing")]
    [InlineData("{\"type\":\"site.measure\",\"by\":\"d\",\"site\":\"port\",\"kind\":\"k\",\"state\":99}", "state is unknown")]
    [InlineData("null", "it is null")]
    public void A_command_with_a_hole_is_refused_with_the_reason(string json, string reason)
    {
        CommandRefused refused = Assert.IsType<CommandRefused>(Assert.Single(new WatchBench().Apply(EntryKind.Command, Encoding.UTF8.GetBytes(json))));
        Assert.Equal(reason, refused.Reason);
    }

    [Fact]
    public void A_text_too_long_is_refused_and_not_repeated()
    {
        CommandRefused refused = Assert.IsType<CommandRefused>(Assert.Single(new WatchBench().Give(new ReportObservation(new string('x', 10_001)) { By = "d" })));
        Assert.Equal("text is longer than 10000 characters", refused.Reason);
        string type = new('y', 100_000);
        Assert.InRange(Assert.IsType<CommandRefused>(Assert.Single(new WatchBench().Apply(EntryKind.Command,
            Encoding.UTF8.GetBytes($"{{\"type\":\"{type}\",\"by\":\"d\"}}")))).Reason.Length, 1, 400);
    }
}
