using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Nadhir.Core.Tests.Desks;
using Nadhir.Formats.Cap;
using Nadhir.Outlets;
using Nadhir.Outlets.Cap;
using Nadhir.Outlets.Push;
using Nadhir.Outlets.Sirens;
using Nadhir.PublicPage;
using Nadhir.Simulation.Sirens;
using Nadhir.Tests.Conventions;
using Nadhir.Tests.Outlets.Push;
using Nadhir.Tests.Outlets.Sirens;
using Nadhir.Tests.PublicPage;
using Nadhir.Tests.Storage;
using Nadhir.Warning;

namespace Nadhir.Tests.Lessons;

/// <summary>
/// In January 2018 a false alert of a missile went to everyone in Hawaii: one person chose the live item of a menu that
/// held the drill too, nobody had to agree, and the correction had to be written first; it took 38 minutes.
/// </summary>
public sealed partial class Hawaii2018Tests : IAsyncDisposable
{
    static readonly RaiseAlert warning = new("z", AlertState.Warning, ThreatKind.Ballistic, "a call") { By = "Duty Officer" };

    readonly RecordFolder folder = new();
    readonly List<IAsyncDisposable> parts = [];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable part in Enumerable.Reverse(parts)) await part.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData("en", "exercise")]
    [InlineData("ar", "تمرين")]
    public void No_prompt_before_an_order_reads_the_same_live_and_in_a_drill(string language, string mark)
    {
        string words = File.ReadAllText(Path.Combine(Repository.Root, "web", "src", "languages", $"{language}.ts"));
        Dictionary<string, string> prompts = Prompt().Matches(words).ToDictionary(one => one.Groups[1].Value, one => one.Groups[2].Value);
        string[] orders = [.. prompts.Keys.Where(key => key.EndsWith(".live", StringComparison.Ordinal)).Select(key => key[..^5])];
        Assert.True(orders.Length >= 6);
        Assert.All(orders, order =>
        {
            Assert.NotEqual(prompts[$"{order}.live"], prompts[$"{order}.exercise"]);
            // Calling off a drill names the drill, live too.
            if (order != "confirm.callOffDrill") Assert.DoesNotContain(mark, prompts[$"{order}.live"], StringComparison.OrdinalIgnoreCase);
        });
        Assert.Contains(mark, prompts["confirm.exercise"], StringComparison.OrdinalIgnoreCase);
        Assert.Contains(mark, prompts["confirm.release.exercise"], StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_publics_page_of_a_drill_never_looks_like_the_live_one(bool exercise)
    {
        await using PublicHost host = await PublicHost.Start(watch: new PublicWatch(exercise));
        host.Watch.Show(host.Watch.Alert("T", AlertState.Warning));
        string page = "";
        await ZoneApiTests.Until(async () =>
            (page = await host.Client.GetStringAsync("/zone/T?lang=en", Cancellation)).Contains("data-state=\"Warning\"", StringComparison.Ordinal));
        string shown = page[..page.IndexOf("<script type=\"application/json\"", StringComparison.Ordinal)];
        foreach (string mark in (string[])["class=\"exercise\"", "EXERCISE – THIS IS NOT REAL", "EXERCISE EXERCISE EXERCISE Air threat warning"])
            Assert.Equal(exercise, shown.Contains(mark, StringComparison.Ordinal));
    }

    [Fact]
    public void One_person_alone_alerts_nobody_where_policy_asks_for_two()
    {
        WatchBench bench = new(_ => WatchBench.ReleasedBy(Release.TwoPersons));
        IReadOnlyList<Decision> first = bench.Give(warning);
        Assert.DoesNotContain(first, one => one is SirenCommanded or MessageIssued { Message.State: AlertState.Warning });
        foreach (string same in (string[])["Duty Officer", "  duty   OFFICER ", "Ｄuty Officer", "Du\u200bty\u00a0Officer"])
            Assert.Contains("a second person is needed", Assert.IsType<CommandRefused>(Assert.Single(bench.Give(Released(same)))).Reason, StringComparison.Ordinal);
        IReadOnlyList<Decision> second = bench.Give(Released("Shift Leader"));
        Assert.Single(second.OfType<SirenCommanded>());
        Assert.Equal(AlertState.Warning, Assert.Single(second.OfType<MessageIssued>()).Message.State);

        ReleaseAlert Released(string by) => new(bench.Alert.Id) { By = by };
    }

    [Fact]
    public async Task One_order_takes_a_false_alarm_back_wherever_it_was_told()
    {
        WatchBench bench = new();
        FakeTimeProvider clock = new(bench.Now);
        EmbeddedTestBroker broker = new();
        parts.Add(broker);
        await broker.Start();
        ReceiptLog log = new();
        SirenDevice siren = new("n", exercise: false, ["warning"]);
        SirenDeviceClient device = new(siren, "N", new() { Port = broker.Port }, clock, TimeProvider.System);
        SirenOutlet sirens = new(new() { Exercise = false, Broker = new() { Port = broker.Port } }, bench.Configuration.Sirens, log, clock, TimeProvider.System);
        CapStore store = new(folder.File("cap"), exercise: false, "bench");
        CapOutlet cap = new(store, log, clock);
        FakePushService phones = await FakePushService.Start();
        VapidKey key = VapidKey.LoadOrCreate(folder.Path, exercise: false, new("mailto:warnings@centre.example"));
        PushSubscriptions subscribed = new(folder.Path, exercise: false, most: 5);
        subscribed.Add(phones.Phone("phone", "z"));
        PushOutlet push = new(bench.Configuration, new ZoneDirectory(bench.Configuration.Zones), subscribed, new PushSender(key), log, clock, TimeProvider.System);
        parts.AddRange([phones, sirens, cap, push, device]);
        IOutlet[] outlets = [sirens, cap, push];
        foreach (IHostedService part in (IHostedService[])[sirens, cap, push]) await part.StartAsync(Cancellation);
        await device.StartAsync(Cancellation);
        await log.WaitLink(up: true);

        Carry(bench.Give(warning));
        await ZoneApiTests.Until(() => Task.FromResult(siren.IsSounding && phones.Rung.Count == 1 && store.Count == 1), seconds: 30);
        Carry(bench.Give(new CorrectAlert(bench.Alert.Id, "a drill call was taken for a real one") { By = "Shift Leader" }));
        await ZoneApiTests.Until(() => Task.FromResult(!siren.IsSounding && phones.Rung.Count == 2 && store.Count == 2), seconds: 30);

        Assert.Equal("Correction", phones.Rung.Last().Content.GetProperty("state").GetString());
        Assert.Equal("high", phones.Rung.Last().Headers["Urgency"]);
        Assert.Equal(phones.Rung.First().Headers["Topic"], phones.Rung.Last().Headers["Topic"]);
        Assert.True(CapSummary.TryRead(store.Message("nadhir-bench-A-z-1-2"), out CapSummary? taken));
        Assert.Equal("Cancel", taken!.Type);
        PublicMessage[] told = [.. bench.All.OfType<MessageIssued>().Select(one => one.Message)];
        Assert.Equal([told[0].Identifier], told[1].References.Select(one => one.Identifier));
        Assert.Contains("issued in error and is cancelled", told[1].Texts[0].Description, StringComparison.Ordinal);

        void Carry(IReadOnlyList<Decision> decided)
        {
            foreach (Decision decision in decided)
                foreach (IOutlet outlet in outlets) outlet.Offer(new DurableDecision(1, bench.Now, bench.Now, decision));
        }
    }

    [GeneratedRegex(@"'(confirm\.[\w.]+)': '([^']*)'")]
    private static partial Regex Prompt();
}
