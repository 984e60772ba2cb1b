using System.Collections.Immutable;
using System.Text;
using Nadhir.Core.Tests;
using Nadhir.Formats.Cap;
using Nadhir.Formats.CursorOnTarget;
using Nadhir.Formats.Sirens;
using Nadhir.Geodesy;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Outlets;
using Nadhir.Outlets.Cap;
using Nadhir.Outlets.Cap.Push;
using Nadhir.Outlets.Cap.Signing;
using Nadhir.Outlets.Push;
using Nadhir.Outlets.Tak;
using Nadhir.PublicPage;
using Nadhir.Sensing;
using Nadhir.Simulation.Sirens;
using Nadhir.Storage;
using Nadhir.Tests.Outlets.Cap;
using Nadhir.Tests.Outlets.Sirens;
using Nadhir.Tests.Storage;
using Nadhir.Warning;

namespace Nadhir.Tests.Worlds;

/// <summary>
/// Live and exercise do not mix: for each artefact, what is of one world is refused in the other, whichever is which, and
/// taken in its own. <c>exercise</c> is the world that receives. The table is in docs/warning.md. Over brokers:
/// <see cref="SirensOfTwoWorldsTests"/>.
/// </summary>
public sealed class LiveAndExerciseTests : IDisposable
{
    static readonly DateTimeOffset now = new(2026, 3, 1, 1, 30, 15, TimeSpan.Zero);
    static readonly byte[] secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    static readonly SirenMapping relay = new() { IsSwitch = true, CommandTopic = "cmnd/depot/POWER", StateTopic = "stat/depot/POWER", QueryTopic = "cmnd/depot/POWER" };
    static readonly SirenMapping drillRelay = relay with
    {
        CommandTopic = "exercise/cmnd/depot/POWER", StateTopic = "exercise/stat/depot/POWER", QueryTopic = "exercise/cmnd/depot/POWER",
    };

    readonly RecordFolder folder = new();

    public void Dispose() => folder.Dispose();

    static SirenCommandMessage Command(bool exercise, long number = 1) => new()
    {
        CommandId = $"c{number}", Epoch = 1, Seq = number, Action = SirenAction.Sound, Tone = "warning", Duration = 60,
        Expires = now.AddSeconds(30), Exercise = exercise,
    };

    static SirenStateMessage Tell(SirenDevice device, SirenCommandMessage command) => device.Accept(SirenWire.Encode(command), now)[0];

    static WatchConfiguration Configuration(bool exercise) => new()
    {
        Name = "both", Exercise = exercise, Sender = "both@nadhir.example", Origin = new GeoPoint(33, 44),
        Feeds = [new FeedConfiguration { Id = "f", Format = "cot" }],
        Sensors = [new Sensor { Id = "s", Kind = SensorKind.System, Feed = "f", Position = new(33, 44, 0) }],
        Zones = [new Zone { Id = "z", Name = "Z", Area = CapMessages.Circle }],
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_siren_refuses_a_command_of_the_other_world(bool exercise)
    {
        SirenDevice device = new("school", exercise, ["warning"]);
        SirenStateMessage answer = Tell(device, Command(!exercise));
        Assert.Equal((SirenAnswerStep.Refused, exercise ? "a live command" : "an exercise command"), (answer.Step, answer.Detail));
        Assert.Equal(0, device.Soundings);
        Assert.Equal(SirenAnswerStep.Acknowledged, Tell(device, Command(exercise)).Step);
        Assert.Equal(1, device.Soundings);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_same_secret_makes_another_key_in_the_other_world(bool exercise)
    {
        SirenKey own = new(secret, exercise, "school"), other = new(secret, !exercise, "school");
        SirenDevice device = new("school", exercise, ["warning"], key: own);
        Assert.Equal("not authenticated", Tell(device, other.Sign(Command(!exercise))).Detail);
        Assert.Equal("not authenticated", Tell(device, other.Sign(Command(exercise))).Detail);
        Assert.Equal(0, device.Soundings);
        Assert.False(own.Verifies(other.Sign(new SirenStateMessage { State = SirenStateMessage.On, At = now, Exercise = exercise })));
        Tell(device, own.Sign(Command(exercise)));
        Assert.Equal(1, device.Soundings);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_a_siren_remembers_is_of_one_world(bool exercise)
    {
        string file = folder.File("siren");
        new Nadhir.Outlets.Sirens.SirenMemory(file, exercise, "school").Save(new(1, 1, "c1"));
        Assert.Throws<IOException>(() => new Nadhir.Outlets.Sirens.SirenMemory(file, !exercise, "school").Load());
        Assert.NotNull(new Nadhir.Outlets.Sirens.SirenMemory(file, exercise, "school").Load());
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "")]
    [InlineData(true, "gateway7/")]
    [InlineData(false, "gateway7/")]
    public void No_topic_of_one_world_is_read_in_the_other(bool exercise, string prefix)
    {
        SirenTopics own = new(exercise, prefix), other = new(!exercise, prefix);
        Assert.False(own.TryRead(other.State("school"), out _, out _));
        Assert.True(own.TryRead(own.State("school"), out _, out _));
        Assert.True(SirenTopics.IsOfOther(other.Command("school"), exercise));
        Assert.False(SirenTopics.IsOfOther(own.Command("school"), exercise));
        Assert.NotEqual(own.Discovery("school"), other.Discovery("school"));
        Assert.True(SirenTopics.IsOfOther(MqttPartner.TopicOf("public/cap", !exercise), exercise));
    }

    [Fact]
    public void A_device_off_the_shelf_is_switched_by_topics_of_its_world_only()
    {
        Assert.Null(relay.FaultIn(exercise: false));
        Assert.Null(drillRelay.FaultIn(exercise: true));
        Assert.Contains("could switch a real device", relay.FaultIn(exercise: true)!.Words, StringComparison.Ordinal);
        Assert.Contains("is an exercise's", drillRelay.FaultIn(exercise: false)!.Words, StringComparison.Ordinal);
        Assert.Null(relay.FaultIn(exercise: true, "exercise/"));
        Assert.NotNull(relay.FaultIn(exercise: false, "exercise/"));
        foreach (string key in (string[])["StateTopic", "AvailabilityTopic", "QueryTopic"])
        {
            SirenMapping mixed = key switch
            {
                "StateTopic" => drillRelay with { StateTopic = "stat" },
                "AvailabilityTopic" => drillRelay with { AvailabilityTopic = "tele" },
                _ => drillRelay with { QueryTopic = "cmnd" },
            };
            Assert.NotNull(mixed.FaultIn(exercise: true));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_message_of_the_other_world_is_issued_kept_or_listed(bool exercise)
    {
        PublicMessage foreign = CapMessages.Compose(AlertState.Warning, exercise: !exercise), own = CapMessages.Compose(AlertState.Warning, exercise: exercise);
        CapStore there = new(folder.Path, !exercise, "duty");
        Assert.IsType<CapOutcome.Written>(there.Add(foreign));
        CapStore here = new(folder.Path, exercise, "duty");
        Assert.Equal((0, 1), (here.Count, here.Unreadable));
        Assert.Null(here.Message(foreign.Identifier));
        Assert.Contains("outlet", Assert.IsType<CapOutcome.Refused>(here.Add(foreign)).Why.Words, StringComparison.Ordinal);
        byte[] xml = Assert.IsType<CapOutcome.Written>(here.Add(own)).Xml;
        Assert.Contains(exercise ? "<status>Exercise</status>" : "<status>Actual</status>", Encoding.UTF8.GetString(xml), StringComparison.Ordinal);
        Assert.NotEqual(own.Identifier, foreign.Identifier);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whatever_is_composed_leaves_with_the_status_of_its_world_or_not_at_all(bool exercise)
    {
        CapIssuer issuer = new(exercise);
        int left = 0;
        CsCheck.Check.Sample(CapMessages.Any, message =>
        {
            CapIssue issue = issuer.Issue(message);
            Assert.Equal(message.Exercise == exercise, issue is CapIssue.Ready);
            if (issue is not CapIssue.Ready ready) return;
            Assert.True(CapSummary.TryRead(ready.Xml, out CapSummary? summary));
            Assert.Equal(exercise, summary!.Exercise);
            Interlocked.Increment(ref left);
        });
        Assert.True(left > 25);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Messages_are_not_signed_with_the_other_worlds_key(bool exercise)
    {
        const string sender = "warning@civil-protection.example";
        using CapSigner other = CapSigner.LoadOrCreate(folder.Path, !exercise, sender, TimeProvider.System);
        using (CapSigner own = CapSigner.LoadOrCreate(folder.Path, exercise, sender, TimeProvider.System)) Assert.NotEqual(own.Fingerprint, other.Fingerprint);
        string theirs = folder.File(exercise ? "cap-live.pem" : "cap-exercise.pem"), ours = folder.File(exercise ? "cap-exercise.pem" : "cap-live.pem");
        Assert.Throws<InvalidDataException>(() => CapSigner.Load(theirs, null, exercise));
        File.Copy(theirs, ours, overwrite: true);
        Assert.Throws<InvalidDataException>(() => CapSigner.LoadOrCreate(folder.Path, exercise, sender, TimeProvider.System));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_webhooks_secret_of_one_world_does_not_work_in_the_other(bool exercise)
    {
        const string shared = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        string own = exercise ? "exercise_" + shared : shared, other = exercise ? shared : "exercise_" + shared;
        Assert.Contains("exercise", Assert.Throws<InvalidDataException>(() => WebhookPartner.Secret(other, exercise)).Message, StringComparison.Ordinal);
        Assert.Equal(24, WebhookPartner.Secret(own, exercise).Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_record_of_the_other_world_is_not_gone_on_with_nor_moved_aside(bool exercise)
    {
        RecordOpening.Open(Configuration(!exercise), folder.Path, TimeProvider.System).Dispose();
        byte[] before = File.ReadAllBytes(folder.File("journal.sqlite"));
        string why = Assert.Throws<JournalOpenException>(() => RecordOpening.Open(Configuration(exercise), folder.Path, TimeProvider.System)).Message;
        Assert.Contains("each has a folder of its own", why, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(folder.File("journal.sqlite")));
        Assert.Empty(Directory.GetDirectories(folder.Path));
        using SqliteJournal again = RecordOpening.Open(Configuration(!exercise), folder.Path, TimeProvider.System);
        Assert.Equal(1, again.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_record_is_not_signed_with_the_other_worlds_key_and_one_that_is_does_not_verify(bool exercise)
    {
        SigningKey own = SigningKey.OfWorld(folder.File("own.key"), exercise), other = SigningKey.OfWorld(folder.File("other.key"), !exercise);
        Assert.NotEqual(own.PublicKey.Name, other.PublicKey.Name);
        Assert.Contains("of the other world", Assert.Throws<InvalidDataException>(() => SigningKey.OfWorld(folder.File("other.key"), exercise)).Message, StringComparison.Ordinal);
        foreach (SigningKey key in (SigningKey[])[own, other])
        {
            string record = folder.File(key.PublicKey.Name);
            RecordOpening.Open(Configuration(exercise), record, TimeProvider.System).Dispose();
            using (SqliteJournal journal = SqliteJournal.OpenForAppend(record)) journal.Seal(key);
            RecordVerdict verdict = RecordVerifier.Verify(record);
            if (key == own) Assert.Empty(verdict.Faults);
            else Assert.Contains("is not a key of that world", Assert.Single(verdict.Faults).What, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_key_of_scenarios_which_anyone_can_make_signs_no_live_record()
    {
        RecordOpening.Open(Configuration(exercise: false), folder.Path, TimeProvider.System).Dispose();
        using (SqliteJournal journal = SqliteJournal.OpenForAppend(folder.Path)) journal.Seal(SigningKey.ForExercise("x"));
        Assert.Single(RecordVerifier.Verify(folder.Path).Faults);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_push_key_or_list_of_phones_copied_under_the_other_worlds_name_is_known_by_its_content(bool exercise)
    {
        (string own, string other) = exercise ? ("exercise", "live") : ("live", "exercise");
        Uri contact = new("mailto:warnings@centre.example");
        VapidKey.LoadOrCreate(folder.Path, exercise, contact).Dispose();
        using (PushSubscriptions phones = new(folder.Path, exercise, most: 5)) phones.Add(new("https://push.example/1", [1], [2], "z", "en"));
        foreach (string kind in (string[])["pem", "sqlite"]) File.Copy(folder.File($"push-{own}.{kind}"), folder.File($"push-{other}.{kind}"));
        Assert.Contains($"of the {own} world", Assert.Throws<InvalidDataException>(() => VapidKey.LoadOrCreate(folder.Path, !exercise, contact)).Message, StringComparison.Ordinal);
        Assert.Contains($"of the {own} world", Assert.Throws<IOException>(() => new PushSubscriptions(folder.Path, !exercise, most: 5)).Message, StringComparison.Ordinal);
        VapidKey.LoadOrCreate(folder.Path, exercise, contact).Dispose();
        using PushSubscriptions again = new(folder.Path, exercise, most: 5);
        Assert.Single(again.Of(["z"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_phone_is_told_of_the_other_world_and_none_that_asked_there_is_known(bool exercise)
    {
        Uri contact = new("mailto:warnings@centre.example");
        WatchConfiguration configuration = Configuration(exercise);
        using VapidKey key = VapidKey.LoadOrCreate(folder.Path, exercise, contact), theirs = VapidKey.LoadOrCreate(folder.Path, !exercise, contact);
        Assert.NotEqual(key.PublicKey, theirs.PublicKey);
        using (PushSubscriptions there = new(folder.Path, !exercise, most: 5)) there.Add(new("https://push.example/1", [1], [2], "z", "en"));
        PushSubscriptions here = new(folder.Path, exercise, most: 5);
        Assert.Empty(here.Of(["z"]));
        ReceiptLog log = new();
        await using PushOutlet outlet = new(configuration, new ZoneDirectory(configuration.Zones), here, new PushSender(key), log, TimeProvider.System, TimeProvider.System);
        outlet.Offer(Issued(exercise));
        Assert.Empty(log.All);
        outlet.Offer(Issued(!exercise));
        Assert.Equal("a message of the other world", Assert.IsType<MessageReceipt>(Assert.Single(log.All)).Detail);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_partner_is_told_over_tak_of_the_other_world(bool exercise)
    {
        ReceiptLog log = new();
        await using TakOutlet outlet = new([], Configuration(exercise), () => throw new InvariantBrokenException("not asked"), log, TimeProvider.System);
        outlet.Offer(Issued(exercise));
        Assert.Empty(log.All);
        outlet.Offer(Issued(!exercise));
        Assert.Equal((false, "a message of the other world"), Assert.IsType<MessageReceipt>(Assert.Single(log.All)) is var one ? (one.Ok, one.Detail) : default);
    }

    [Theory]
    [InlineData(true, "o-nadhir")]
    [InlineData(false, "e-nadhir")]
    [InlineData(false, "s")]
    public void An_event_that_says_it_is_of_the_other_world_makes_no_track_and_is_counted(bool exercise, string opex)
    {
        Watch watch = Engine.Build(Configuration(exercise), now);
        for (int second = 0; second < 30; second++) Hear(opex, second);
        Assert.Empty(watch.Tracks);
        FaultCount counted = Assert.Single(Assert.Single(watch.Snapshot().Feeds).Faults);
        Assert.Equal((nameof(DecodeFault.OtherWorld), 30), (counted.Fault, counted.Count));
        for (int second = 30; second < 60; second++) Hear(exercise ? "e-nadhir" : "o-nadhir", second);
        Assert.Single(watch.Tracks);
        Assert.Equal(30, Assert.Single(watch.Snapshot().Feeds).Faults[0].Count);

        void Hear(string world, int second)
        {
            DateTimeOffset at = now.AddSeconds(second);
            CotEvent told = new()
            {
                Uid = "theirs-1", Type = "a-u-A", How = "m-g", Time = at, Start = at, Stale = at.AddSeconds(30), Opex = world,
                Point = new(33.5 + (second * 0.002), 44.25, 1500, 50, 50), Detail = new() { Motion = new(0, 222) },
            };
            watch.Apply(new Entry(EntryKind.Received, at, "f", CotXmlWriter.Write(told)));
            watch.Apply(new Entry(EntryKind.Tick, at, "", default));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_a_sensor_marks_as_simulated_counts_in_an_exercise_and_is_refused_and_counted_live(bool exercise)
    {
        Watch watch = new(Configuration(exercise), now, (_, _) => new SimulatedReports(), new FakeTracker(new GeoPoint(33, 44)));
        IReadOnlyList<Decision> decided = watch.Apply(new Entry(EntryKind.Received, now, "f", new byte[] { 1 }));
        Assert.Equal(!exercise, decided.Any(one => one is FeedFaulted { Fault: nameof(DecodeFault.OtherWorld) }));
        Assert.Equal(exercise ? 0 : 1, watch.Snapshot().Feeds[0].Faults.Sum(fault => fault.Count));
    }

    static DurableDecision Issued(bool exercise) =>
        new(1, now, now, new MessageIssued(CapMessages.Compose(AlertState.Warning, exercise: exercise)));

    sealed class SimulatedReports : IFeedDecoder
    {
        public void Decode(ReadOnlySpan<byte> bytes, DateTimeOffset arrived, IDecodeSink sink) =>
            sink.OnMeasurement(new Measurement { Kind = MeasurementKind.PositionReport, Sensor = 0, Time = arrived, Simulated = true });
    }
}
