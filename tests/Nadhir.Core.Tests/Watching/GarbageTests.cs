using System.Text;
using CsCheck;
using Nadhir.Journal;

namespace Nadhir.Core.Tests.Watching;

/// <summary>Whatever stands in an entry, the watch answers; and two watches answer alike.</summary>
public sealed class GarbageTests
{
    static readonly string[] commands =
    [
        .. new Command[]
        {
            new SetPhase("SITE", "B", "why") { By = "x" }, new EndAlert("A-Z-1") { By = "x" }, new UpdateAlert("A-Z-1") { By = "x", KeepForSeconds = 60 }, new CorrectAlert("A-Z-1", "no") { By = "x" },
            new IssueDirective("D", ["unit"], "text") { By = "x" }, new RecordClaim("C", "k", "t", "a") { By = "x", Incident = "I" },
            new OpenIncident("I", "t", "Z") { By = "x" }, new RecordStatement("S", "who", ["C"]) { By = "x" },
            new AddSource("D", "t", "p", "o", new string('a', 64)) { By = "x", Text = "t" }, new AcceptClaim("C") { By = "x" }, new RejectClaim("C", "r") { By = "x" },
            new RecordClaim("C", "casualty", "t", "a") { By = "x", Incident = "I", Chain = ["a"], Time = new ToldTime("w"), Figures = [new("n", 1)], Source = "D", From = 0, To = 1 },
            new ReviseClaim("C", "r") { By = "x", Killed = 2, Time = new ToldTime("w") },
            new DraftStatement("S", "s", [new("t") { Claims = ["C"], Evidence = ["D"] }]) { By = "x" }, new ApproveStatement("S") { By = "y" },
            new PublishStatement("S") { By = "x" }, new CorrectStatement("S", "r", [new("t")]) { By = "x" },
            new OpenCase("K", CaseTrack.Legal, "t") { By = "x" }, new SetCaseDeadline("K", "d", "w", Scene.Start) { By = "x" },
            new MeetCaseDeadline("K", "d", "n") { By = "x" }, new AddToCase("K", CaseItemKind.Document, "t") { By = "x", Source = "D" },
            new LookAtCase("K", CaseAccess.Viewed) { By = "x" }, new RecordMandate("M", "t") { By = "x", ValidFrom = Scene.Start },
            new RecordAuthorisation(new Nadhir.Identification.Authorisation
            {
                Id = "A", Holder = "h", ValidFrom = Scene.Start, ValidTo = Scene.Start, Mode3A = ["12"], Callsigns = ["c"], Addresses = ["1"],
                Area = new Nadhir.Geodesy.Area { Rings = [[new(1, 1), new(1, 2), new(2, 2)]] },
            }, "r") { By = "x" },
            new AmendIncursion("I-B-1", Nadhir.Incidents.IncursionItem.Type, "v", "b") { By = "x" },
            new RecordEvent("meeting", "text") { By = "x", Who = ["a"] }, new ReportObservation("boom") { By = "x", Zone = "Z" },
            new AnnounceOutage("R", true, "off") { By = "x" }, new TestSiren("S") { By = "x" },
        }.Select(command => Encoding.UTF8.GetString(WatchJson.Encode(command))),
        """{"type":"siren","siren":"S","commandId":"C-1-1","step":"Sounding","at":"2026-01-01T12:00:00Z"}""",
        """{"type":"siren.link","siren":"S","up":true,"at":"2026-01-01T12:00:00Z"}""",
        "{}", "null", "[]", "\"\"", "{\"type\":\"no.such\"}", "",
    ];

    static readonly Gen<Entry> anyEntry =
        from kind in AnyOf(EntryKind.Received, EntryKind.Tick, EntryKind.Command, EntryKind.Receipt, EntryKind.Configuration)
        from seconds in Gen.Int[-1000, 100_000]
        from source in AnyOf("radar", "stranger", "")
        from payload in Gen.OneOf(Gen.Byte.Array[0, 60], Mutated)
        select new Entry(kind, Scene.Start.AddSeconds(seconds), source, payload);

    /// <summary>A command or receipt with a piece taken out, doubled, or made null.</summary>
    static Gen<byte[]> Mutated =>
        from text in AnyOf(commands)
        from at in Gen.Int[0, 200]
        from length in Gen.Int[0, 30]
        from way in Gen.Int[0, 4]
        select Encoding.UTF8.GetBytes(Mutate(text, at, length, way));

    [Fact]
    public void No_entry_makes_the_watch_throw_and_two_watches_decide_alike() =>
        anyEntry.Array[1, 40].Sample(entries =>
        {
            Scene one = new(), two = new();
            foreach (Entry entry in entries)
            {
                one.Apply(entry);
                two.Apply(entry);
            }

            _ = one.Watch.Snapshot();
            Assert.Equal(one.Decisions.Select(d => Convert.ToBase64String(WatchJson.Encode(d))), two.Decisions.Select(d => Convert.ToBase64String(WatchJson.Encode(d))));
        }, iter: 2000);

    [Theory]
    [InlineData("""{"type":"directive.issue","directive":"D","to":null,"content":"x","by":"a"}""")]
    [InlineData("""{"type":"directive.issue","directive":"D","content":"x","by":"a"}""")]
    [InlineData("""{"type":"statement.record","statement":"S","speaker":null,"claims":null,"by":"a"}""")]
    [InlineData("""{"type":"site.phase","site":null,"phase":null,"reason":null,"by":"a"}""")]
    [InlineData("""{"type":"site.phase","site":"SITE","phase":"B","reason":"r"}""")]
    [InlineData("""{"type":"alert.release","alert":null,"by":null}""")]
    public void A_command_with_something_missing_is_refused_with_a_reason(string json)
    {
        Scene scene = new();
        scene.Apply(new Entry(EntryKind.Command, Scene.Start, "test", Encoding.UTF8.GetBytes(json)));
        CommandRefused refused = Assert.Single(scene.Decisions.OfType<CommandRefused>());
        Assert.NotEmpty(refused.Reason);
        _ = WatchJson.Encode(refused);
        _ = scene.Watch.Snapshot();
    }

    static Gen<T> AnyOf<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    static string Mutate(string text, int at, int length, int way)
    {
        at = Math.Min(at, text.Length);
        length = Math.Min(length, text.Length - at);
        return way switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, text.Substring(at, length)),
            2 => text.Replace("\"x\"", "null", StringComparison.Ordinal),
            3 => text.Replace("[\"", "[null,\"", StringComparison.Ordinal),
            _ => text,
        };
    }
}
