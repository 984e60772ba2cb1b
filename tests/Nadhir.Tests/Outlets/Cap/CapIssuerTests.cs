using System.Collections.Immutable;
using System.Xml.Linq;
using CsCheck;
using Nadhir.Formats.Cap;
using Nadhir.Formats.Cap.Checking;
using Nadhir.Outlets;
using Nadhir.Outlets.Cap;
using Nadhir.Tests.Outlets.Sirens;
using Nadhir.Warning;

namespace Nadhir.Tests.Outlets.Cap;

public sealed class CapIssuerTests : IDisposable
{
    static readonly XNamespace Cap = CapWriter.Namespace;
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-cap-issue-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static readonly CapIssuer American = new(exercise: false)
    {
        Profiles = [CapProfile.Ipaws, CapProfile.Canada],
        Additions = new CapAdditions
        {
            EventCodes = ImmutableSortedDictionary<string, string>.Empty.Add("SAME", "CDW"),
            Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("EAS-ORG", "CIV"),
        },
    };

    static PublicMessage WithPlaces(string codes) => CapMessages.Compose(AlertState.Warning) is var message ? message with
    {
        Areas = [message.Areas[0] with { Geocodes = ImmutableSortedDictionary<string, string>.Empty.Add("SAME", codes) }],
    } : throw new InvariantBrokenException("a message");

    static XElement Alert(CapIssue issue) => XDocument.Load(new MemoryStream(Assert.IsType<CapIssue.Ready>(issue).Xml)).Root!;

    [Fact]
    public void Every_message_we_compose_is_valid_cap_without_advice() => CapMessages.Any.Sample(message =>
    {
        Assert.True(CapWriter.TryWrite(message, out byte[] xml, out _));
        Assert.Empty(CapChecker.Check(xml).Findings.Where(one => !one.What.Contains("the headline has", StringComparison.Ordinal)));
    });

    [Fact]
    public void A_zone_whose_name_says_nothing_goes_by_its_identifier() => Assert.All(
        Alert(new CapIssuer(exercise: false).Issue(CapMessages.Compose(AlertState.Warning, name: " "))).Descendants(Cap + "areaDesc").Select(one => one.Value),
        name => Assert.Contains(name, (string[])["karbala", "كربلاء"]));

    [Fact]
    public void A_message_claims_the_profiles_it_meets_and_leaves_plain_where_it_does_not()
    {
        CapIssue issue = American.Issue(WithPlaces("006037 006059"));
        XElement alert = Alert(issue);
        Assert.Equal(["IPAWSv1.0"], alert.Elements(Cap + "code").Select(one => one.Value));
        Assert.Equal(["006037", "006059"], alert.Descendants(Cap + "geocode").Take(3).Where(one => one.Element(Cap + "valueName")!.Value == "SAME")
            .Select(one => one.Element(Cap + "value")!.Value));
        string finding = Assert.Single(Assert.IsType<CapIssue.Ready>(issue).Findings);
        Assert.Contains("profile cap-cp refused it, so it left without claiming it", finding, StringComparison.Ordinal);

        CapIssue bare = American.Issue(CapMessages.Compose(AlertState.Warning));
        Assert.Empty(Alert(bare).Elements(Cap + "code"));
        Assert.Equal(2, Assert.IsType<CapIssue.Ready>(bare).Findings.Length);
        Assert.True(CapChecker.Check(Assert.IsType<CapIssue.Ready>(bare).Xml).IsValid);
    }

    [Fact]
    public async Task Which_profile_refused_comes_back_as_a_receipt_of_a_message_that_left()
    {
        ReceiptLog log = new();
        await using CapOutlet outlet = new(new CapStore(folder, exercise: false, "duty", American), log, TimeProvider.System);
        await outlet.StartAsync(CancellationToken.None);
        PublicMessage message = WithPlaces("006037");
        outlet.Offer(new DurableDecision(1, message.Sent, message.Sent, new MessageIssued(message)));
        MessageReceipt receipt = await log.Wait<MessageReceipt>(one => one.Finding is not null);
        Assert.True(receipt.Ok);
        Assert.Contains("cap-cp", receipt.Finding, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, $"{message.Identifier}.xml")));
    }

    [Fact]
    public void Who_sends_where_to_read_and_whom_to_ask_stand_in_every_language()
    {
        WatchConfiguration configuration = new()
        {
            Name = "demo", Exercise = false, Sender = "duty@protection.example", Origin = new(33, 44), SenderName = "Civil Protection",
            Web = "https://protection.example/", Contact = "+000 112", Languages = ["ar", "en-US"],
        };
        Zone zone = new()
        {
            Id = "z", Name = "Karbala", Names = ImmutableSortedDictionary<string, string>.Empty.Add("ar", "كربلاء"), Area = CapMessages.Circle,
        };
        PublicMessage message = MessageComposer.Compose(configuration, zone, "a", AlertState.Warning, ThreatKind.LowSlow, null, [], CapMessages.Sent);
        XElement[] infos = [.. Alert(new CapIssuer(exercise: false).Issue(message)).Elements(Cap + "info")];
        Assert.Equal(["ar كربلاء", "en-US Karbala"], infos.Select(info =>
            $"{info.Element(Cap + "language")!.Value} {info.Element(Cap + "area")!.Element(Cap + "areaDesc")!.Value}"));
        Assert.All(infos, info => Assert.Equal("Civil Protection|https://protection.example/|+000 112", string.Join("|",
            new[] { "senderName", "web", "contact" }.Select(name => info.Element(Cap + name)!.Value))));
    }

    [Fact]
    public void A_cancel_refers_to_all_before_it_and_is_not_in_force_from_a_time_on()
    {
        XElement alert = Alert(new CapIssuer(exercise: false).Issue(CapMessages.Compose(AlertState.Correction, earlier: 3)));
        Assert.Equal("Cancel", alert.Element(Cap + "msgType")!.Value);
        Assert.Equal(3, alert.Element(Cap + "references")!.Value.Split(' ').Length);
        Assert.All(alert.Elements(Cap + "info"), info =>
        {
            Assert.Null(info.Element(Cap + "effective"));
            Assert.Equal("AllClear", info.Element(Cap + "responseType")!.Value);
        });
    }
}
