using Nadhir.Formats.Sirens;
using Nadhir.Geodesy;
using Nadhir.Outlets.Sirens;
using Nadhir.Simulation.Sirens;
using Nadhir.Warning;

namespace Nadhir.Tests.Outlets.Sirens;

/// <summary>Sirens, or others in their name, that do not tell the truth.</summary>
public sealed class SirenLiarTests
{
    static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly Siren Siren = new() { Id = "s1", Name = "School", Zone = "z", Position = new GeoPoint(33, 44) };
    static readonly byte[] Secret = new byte[32];

    readonly ReceiptLog log = new();
    readonly SirenKey key = new(Secret, exercise: false, "s1");
    SirenDevice device = new("s1", exercise: false, ["wail"]);
    SirenLine line;

    public SirenLiarTests() => line = new(Siren, exercise: false, receipt => log.Offer("sirens", receipt));

    SirenDoubt[] Doubts => [.. log.All.OfType<SirenDoubtReceipt>().Select(receipt => receipt.Doubt)];

    static SirenCommanded Command(long sequence, SirenAction action = SirenAction.Sound, bool test = false, int duration = 20) =>
        new($"c{sequence}", "s1", "alert", action, "wail")
        {
            Epoch = 1, Sequence = sequence, DurationSeconds = duration, Expires = Start.AddSeconds(30 * sequence), SilentTest = test,
        };

    /// <summary>The device and the line for some seconds, over a perfect wire, the device with a vice.</summary>
    void Play(SirenVice vice, int seconds, DateTimeOffset? from = null)
    {
        for (int second = 0; second < seconds; second++)
        {
            DateTimeOffset now = (from ?? Start).AddSeconds(second);
            List<SirenStateMessage> said = [.. device.Advance(now)];
            if (line.Due(TimeSpan.FromSeconds((now - Start).TotalSeconds), now, TimeSpan.FromSeconds(1)) is { } due)
                said.AddRange(device.Accept(due.Payload, now));
            said.Add(device.Status(now) with { HostHeard = true });
            foreach (SirenStateMessage one in said)
            {
                if (vice.Distort(one) is not { } told) continue;
                SirenStateMessage proven = vice.Tamper(device.Prove(told));
                if (!line.Believes(proven, now)) continue;
                line.HearSignOfLife(proven, now);
                line.Hear(proven, now);
            }
        }
    }

    [Fact]
    public void An_honest_siren_is_never_doubted()
    {
        Play(SirenVice.None, 5);
        line.Command(Command(1), Start.AddSeconds(5), Start.AddSeconds(5));
        Play(SirenVice.None, 10, Start.AddSeconds(5));
        line.Command(Command(2, SirenAction.Silence), Start.AddSeconds(15), Start.AddSeconds(15));
        Play(SirenVice.None, 60, Start.AddSeconds(15));
        line.Command(Command(3, test: true), Start.AddSeconds(75), Start.AddSeconds(75));
        Play(SirenVice.None, 10, Start.AddSeconds(75));
        Assert.Empty(Doubts);
        Assert.Equal(1, device.Soundings);
    }

    [Fact]
    public void One_that_tells_of_sounding_and_acknowledges_nothing_is_named()
    {
        line.Command(Command(1), Start, Start);
        Play(SirenVice.NeverAcknowledges, 5);
        Assert.Equal([SirenDoubt.NeverAcknowledged], Doubts);
    }

    [Fact]
    public void One_whose_acknowledgement_was_lost_is_asked_again_and_believed()
    {
        line.Command(Command(1), Start, Start);
        Play(SirenVice.NeverAcknowledges, 1);
        Play(SirenVice.None, 10, Start.AddSeconds(1));
        Assert.Empty(Doubts);
        Assert.Equal([SirenStep.Sent, SirenStep.Acknowledged, SirenStep.Sounding], log.StepsOf("c1"));
    }

    [Fact]
    public void One_that_is_on_though_nobody_asked_is_named_once_a_minute()
    {
        Play(SirenVice.SoundsAlways, 50);
        Assert.Equal([SirenDoubt.SoundsUnbidden], Doubts);
        Play(SirenVice.SoundsAlways, 50, Start.AddSeconds(50));
        Assert.Equal(2, Doubts.Length);
    }

    [Fact]
    public void One_that_stays_on_after_it_took_the_order_to_be_silent_is_named()
    {
        line.Command(Command(1, duration: 600), Start, Start);
        Play(SirenVice.None, 3);
        line.Command(Command(2, SirenAction.Silence), Start.AddSeconds(3), Start.AddSeconds(3));
        Play(SirenVice.SoundsAlways, 8, Start.AddSeconds(3));
        Assert.Equal([SirenDoubt.SoundsUnbidden], Doubts);
    }

    [Fact]
    public void One_whose_signs_of_life_do_not_say_whether_it_hears_us_is_named_once()
    {
        Play(SirenVice.Deaf, 100);
        Assert.Equal([SirenDoubt.Deaf], Doubts);
    }

    [Fact]
    public void With_a_key_words_without_proof_or_with_a_wrong_one_are_not_heard()
    {
        line = new(Siren, exercise: false, receipt => log.Offer("sirens", receipt), key);
        device = new("s1", exercise: false, ["wail"], null, key);
        line.Command(Command(1), Start, Start);
        Play(SirenVice.WrongProof, 4);
        Assert.Equal([SirenDoubt.Forged], Doubts);
        Assert.Empty(log.StepsOf("c1"));
        Play(SirenVice.None, 4, Start.AddSeconds(4));
        Assert.Contains(SirenStep.Sounding, log.StepsOf("c1"));
        Assert.False(line.Believes(device.Status(Start.AddSeconds(8)), Start.AddSeconds(8)));
    }

    [Fact]
    public void A_proven_word_is_not_believed_a_second_time_later()
    {
        line = new(Siren, exercise: false, receipt => log.Offer("sirens", receipt), key);
        SirenStateMessage early = key.Sign(device.Status(Start)), late = key.Sign(device.Status(Start.AddSeconds(5)));
        Assert.True(line.Believes(early, Start));
        Assert.True(line.Believes(late, Start.AddSeconds(5)));
        Assert.False(line.Believes(early, Start.AddSeconds(6)));
        Assert.False(line.Believes(late, Start.AddSeconds(30)));
        Assert.Equal([SirenDoubt.Stale], Doubts);
    }

    [Fact]
    public void One_that_tells_of_ever_new_commands_does_not_fill_the_journal()
    {
        for (int i = 0; i < 1000; i++)
        {
            line.Hear(new()
            {
                State = "OFF", Step = SirenAnswerStep.Silent, CommandId = $"made-up-{i}", At = Start,
            }, Start.AddSeconds(i * 0.05));
        }

        Assert.InRange(log.All.Length, 1, 8);
    }

    [Fact]
    public void A_link_that_flickers_with_every_word_does_not_fill_the_journal()
    {
        SirenLinkWatch watch = new(Siren);
        int told = 0;
        for (int i = 0; i < 1000; i++)
        {
            TimeSpan at = TimeSpan.FromSeconds(i * 0.01);
            if (watch.Heard(at, Start + at) is not null) told++;
            if (watch.Lost(Start + at, Cause.Of(CauseCode.DoesNotHearUs)) is not null) told++;
        }

        Assert.InRange(told, 2, 22);
    }
}
