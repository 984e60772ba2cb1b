using CsCheck;
using Nadhir.Formats.Sirens;
using Nadhir.Geodesy;
using Nadhir.Outlets.Sirens;
using Nadhir.Simulation.Sirens;
using Nadhir.Warning;

namespace Nadhir.Tests.Outlets.Sirens;

public sealed class SirenLineTests
{
    static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);
    static readonly Siren Siren = new() { Id = "s1", Name = "School", Zone = "z", Position = new GeoPoint(33, 44) };

    readonly ReceiptLog log = new();
    readonly SirenLine line;

    public SirenLineTests() => line = new(Siren, exercise: false, receipt => log.Offer("sirens", receipt));

    static SirenCommanded Command(long sequence, SirenAction action = SirenAction.Sound, bool test = false, int valid = 30) =>
        new($"c{sequence}", "s1", "alert", action, "wail")
        {
            Epoch = 1, Sequence = sequence, DurationSeconds = 20, Expires = Start.AddSeconds(valid), SilentTest = test,
        };

    static SirenStateMessage Answer(SirenAnswerStep step, long sequence, string state = "OFF") => new()
    {
        State = state, Step = step, CommandId = $"c{sequence}", Epoch = 1, Seq = sequence, At = Start,
    };

    PendingCommand? Due(double seconds) => line.Due(TimeSpan.FromSeconds(seconds), Start.AddSeconds(seconds), Retry);

    [Fact]
    public void It_repeats_the_same_bytes_each_second_until_the_command_expires()
    {
        line.Command(Command(1), Start, Start);
        List<byte[]> sent = [];
        for (int tenth = 0; tenth < 400; tenth++)
        {
            if (Due(tenth / 10.0) is not { } due) continue;
            sent.Add(due.Payload);
            line.Sent(due, Start.AddSeconds(tenth / 10.0));
        }

        Assert.Equal(30, sent.Count);
        Assert.All(sent, payload => Assert.Equal(sent[0], payload));
        Assert.Equal([SirenStep.Sent, SirenStep.Expired], log.StepsOf("c1"));
    }

    [Fact]
    public void An_answer_ends_the_repetition()
    {
        line.Command(Command(1), Start, Start);
        line.Sent(Due(0)!, Start);
        line.Hear(Answer(SirenAnswerStep.Acknowledged, 1), Start);
        line.Hear(Answer(SirenAnswerStep.Sounding, 1, "ON"), Start);
        line.Hear(Answer(SirenAnswerStep.Acknowledged, 1), Start);
        line.Hear(Answer(SirenAnswerStep.Silent, 1), Start);
        Assert.Null(Due(5));
        Assert.Equal([SirenStep.Sent, SirenStep.Acknowledged, SirenStep.Sounding, SirenStep.Silent], log.StepsOf("c1"));
    }

    [Fact]
    public void An_answer_faster_than_the_broker_still_follows_sent()
    {
        line.Command(Command(1), Start, Start);
        PendingCommand due = Due(0)!;
        line.Hear(Answer(SirenAnswerStep.Sounding, 1, "ON"), Start);
        line.Sent(due, Start);
        Assert.Equal([SirenStep.Sent, SirenStep.Acknowledged, SirenStep.Sounding], log.StepsOf("c1"));
    }

    [Fact]
    public void A_lost_answer_is_made_up_by_the_next_sign_of_life()
    {
        line.Command(Command(1), Start, Start);
        line.Sent(Due(0)!, Start);
        line.Hear(Answer(SirenAnswerStep.Status, 1, "ON"), Start);
        line.Hear(Answer(SirenAnswerStep.Status, 1, "ON"), Start);
        line.Hear(Answer(SirenAnswerStep.Status, 1), Start);
        Assert.Equal([SirenStep.Sent, SirenStep.Acknowledged, SirenStep.Sounding, SirenStep.Silent], log.StepsOf("c1"));
    }

    [Fact]
    public void Silence_takes_the_place_of_a_sound_that_nobody_answered()
    {
        line.Command(Command(1), Start, Start);
        line.Command(Command(2, SirenAction.Silence), Start, Start);
        Assert.Equal("c2", Due(0)!.Command.CommandId);
        Assert.Equal([SirenStep.Failed], log.StepsOf("c1"));
    }

    [Fact]
    public void A_silent_test_waits_behind_a_sound_and_never_replaces_it()
    {
        line.Command(Command(1), Start, Start);
        line.Command(Command(2, test: true), Start, Start);
        Assert.Equal("c1", Due(0)!.Command.CommandId);
        line.Hear(Answer(SirenAnswerStep.Acknowledged, 1), Start);
        Assert.Equal("c2", Due(2)!.Command.CommandId);
    }

    [Fact]
    public void A_sound_does_not_wait_behind_a_silent_test()
    {
        line.Command(Command(1, test: true), Start, Start);
        line.Command(Command(2), Start, Start);
        Assert.Equal("c2", Due(0)!.Command.CommandId);
    }

    [Fact]
    public void Offered_too_late_it_is_expired_and_not_sent()
    {
        line.Command(Command(1, valid: -1), Start, Start);
        Assert.Null(Due(0));
        Assert.Equal([SirenStep.Expired], log.StepsOf("c1"));
    }

    /// <summary>A wire that loses, repeats and delays both ways, against the real device logic.</summary>
    [Fact]
    public void Over_a_bad_wire_the_siren_sounds_at_most_once_for_a_command_and_steps_come_in_order() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 2]).Array[60].Sample(weather =>
        {
            ReceiptLog receipts = new();
            SirenLine wire = new(Siren, exercise: false, receipt => receipts.Offer("sirens", receipt));
            SirenDevice device = new("s1", exercise: false, ["wail"]);
            wire.Command(Command(1), Start, Start);
            for (int second = 0; second < 60; second++)
            {
                DateTimeOffset now = Start.AddSeconds(second);
                (int copies, int answerCopies, int status) = weather[second];
                foreach (SirenStateMessage ended in device.Advance(now)) wire.Hear(ended, now);
                if (wire.Due(TimeSpan.FromSeconds(second), now, Retry) is { } due)
                {
                    if (copies > 0) wire.Sent(due, now);
                    for (int copy = 1; copy < copies; copy++)
                    {
                        foreach (SirenStateMessage answer in device.Accept(due.Payload, now))
                            for (int i = 1; i < answerCopies; i++) wire.Hear(answer, now);
                    }
                }

                if (status == 0) wire.Hear(device.Status(now), now);
            }

            Assert.InRange(device.Soundings, 0, 1);
            SirenStep[] steps = receipts.StepsOf("c1");
            Assert.Equal(steps.Distinct(), steps);
            SirenStep[] answered = [.. steps.Where(step => step is not SirenStep.Expired)];
            Assert.Equal(answered.Order(), answered);
            Assert.True(device.Soundings == 1 || steps.Contains(SirenStep.Expired));
        });

    [Fact]
    public void A_link_is_down_after_three_silent_seconds_and_up_with_the_next_word()
    {
        SirenLinkWatch watch = new(Siren);
        Assert.Null(watch.Check(TimeSpan.FromSeconds(2.9), Start));
        Assert.False(watch.Check(TimeSpan.FromSeconds(3), Start)!.Up);
        Assert.True(watch.Heard(TimeSpan.FromSeconds(4), Start)!.Up);
        Assert.Null(watch.Heard(TimeSpan.FromSeconds(5), Start));
        Assert.Null(watch.Check(TimeSpan.FromSeconds(7.9), Start));
        Assert.False(watch.Check(TimeSpan.FromSeconds(8), Start)!.Up);
        Assert.Null(watch.Lost(Start, Cause.Of(CauseCode.SaidOffline)));
    }
}
