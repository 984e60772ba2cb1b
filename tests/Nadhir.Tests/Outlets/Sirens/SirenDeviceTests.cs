using CsCheck;
using Nadhir.Formats.Sirens;
using Nadhir.Outlets.Sirens;
using Nadhir.Simulation.Sirens;
using Nadhir.Warning;

namespace Nadhir.Tests.Outlets.Sirens;

public sealed class SirenDeviceTests
{
    static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    static readonly Gen<SirenCommandMessage> AnyCommand =
        Gen.Select(Gen.Int[1, 3], Gen.Long[1, 6], Gen.Int[0, 2], Gen.Int[-20, 40], Gen.Bool, Gen.Int[0, 15])
            .Select((epoch, sequence, kind, expires, exercise, duration) => new SirenCommandMessage
            {
                CommandId = $"c{epoch}-{sequence}",
                Epoch = epoch,
                Seq = sequence,
                Action = kind == 1 ? SirenAction.Silence : SirenAction.Sound,
                Test = kind == 2,
                Tone = "wail",
                Duration = duration,
                Expires = Start.AddSeconds(expires),
                Exercise = exercise,
            });

    static SirenDevice NewDevice() => new("s1", exercise: false, ["wail", "steady"]);

    static SirenCommandMessage Sound(long sequence = 1, int duration = 10) => new()
    {
        CommandId = $"sound-{sequence}",
        Epoch = 1,
        Seq = sequence,
        Action = SirenAction.Sound,
        Tone = "wail",
        Duration = duration,
        Expires = Start.AddSeconds(30),
        Exercise = false,
    };

    [Fact]
    public void It_begins_to_sound_only_for_a_fresh_newer_command_of_its_world() =>
        Gen.Select(AnyCommand, Gen.Int[0, 5]).Array[1, 30].Sample(offers =>
        {
            SirenDevice device = NewDevice();
            DateTimeOffset now = Start;
            (int Epoch, long Sequence) newest = (0, 0);
            foreach ((SirenCommandMessage command, int wait) in offers)
            {
                now = now.AddSeconds(wait);
                int before = device.Soundings;
                device.Accept(SirenWire.Encode(command), now);
                bool newer = (command.Epoch, command.Seq).CompareTo(newest) > 0;
                bool valid = newer && !command.Exercise && now < command.Expires
                    && (command.Test || command.Action == SirenAction.Silence || command.Duration > 0);
                bool sounds = valid && !command.Test && command.Action == SirenAction.Sound;
                Assert.Equal(sounds ? before + 1 : before, device.Soundings);
                if (valid) newest = (command.Epoch, command.Seq);
                Assert.Equal(newest, device.Mark is { } mark ? (mark.Epoch, mark.Sequence) : (0, 0));
            }
        });

    [Fact]
    public void Any_offer_is_answered_and_names_its_command() =>
        Gen.Select(AnyCommand, Gen.Int[0, 5]).Array[1, 20].Sample(offers =>
        {
            SirenDevice device = NewDevice();
            DateTimeOffset now = Start;
            foreach ((SirenCommandMessage command, int wait) in offers)
            {
                now = now.AddSeconds(wait);
                Assert.Contains(device.Accept(SirenWire.Encode(command), now), answer =>
                    answer.CommandId == command.CommandId
                    && answer.Step is SirenAnswerStep.Acknowledged or SirenAnswerStep.Refused);
            }
        });

    [Fact]
    public void No_bytes_make_it_throw_or_sound() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            SirenDevice device = NewDevice();
            SirenStateMessage answer = Assert.Single(device.Accept(bytes, Start));
            Assert.Equal(SirenAnswerStep.Refused, answer.Step);
            Assert.False(device.IsSounding);
        });

    [Fact]
    public void A_damaged_command_never_throws() =>
        Gen.Select(AnyCommand, Gen.Int[0, 400], Gen.Byte, Gen.Int[0, 400]).Sample((command, place, value, length) =>
        {
            byte[] bytes = SirenWire.Encode(command);
            bytes[place % bytes.Length] = value;
            NewDevice().Accept(bytes.AsSpan(0, Math.Min(length, bytes.Length)), Start);
        });

    [Theory]
    [InlineData("""{"commandId":"a","commandId":"b","epoch":1,"seq":1,"action":"sound","duration":5,"expires":"2027-01-01T00:00:00Z","exercise":false}""")]
    [InlineData("""{"epoch":1,"seq":1,"action":"sound","duration":5,"expires":"2027-01-01T00:00:00Z","exercise":false}""")]
    [InlineData("""{"commandId":"a","epoch":1,"seq":1,"action":"sound","duration":5,"expires":"2027-01-01T00:00:00Z"}""")]
    [InlineData("""{"commandId":"a","epoch":1,"seq":1,"action":"sound","duration":5,"exercise":false}""")]
    [InlineData("""{"commandId":"a","epoch":1,"seq":1,"action":0,"duration":5,"expires":"2027-01-01T00:00:00Z","exercise":false}""")]
    [InlineData("""{"commandId":null,"epoch":1,"seq":1,"action":"sound","duration":5,"expires":"2027-01-01T00:00:00Z","exercise":false}""")]
    [InlineData("null")]
    [InlineData("ON")]
    [InlineData("""{"state":"ON"}""")]
    public void What_does_not_say_everything_once_is_refused(string json)
    {
        SirenDevice device = NewDevice();
        SirenStateMessage answer = Assert.Single(device.Accept(System.Text.Encoding.UTF8.GetBytes(json), Start));
        Assert.Equal(SirenAnswerStep.Refused, answer.Step);
        Assert.Equal(0, device.Soundings);
    }

    [Fact]
    public void A_repetition_is_answered_again_without_sounding_again()
    {
        SirenDevice device = NewDevice();
        byte[] command = SirenWire.Encode(Sound());
        device.Accept(command, Start);
        SirenStateMessage[] again = [.. device.Accept(command, Start.AddSeconds(1))];
        Assert.Equal([SirenAnswerStep.Acknowledged, SirenAnswerStep.Sounding], again.Select(answer => answer.Step));
        Assert.Equal(1, device.Soundings);
        SirenStateMessage[] after = [.. device.Accept(command, Start.AddSeconds(11))];
        Assert.Equal([SirenAnswerStep.Silent, SirenAnswerStep.Acknowledged, SirenAnswerStep.Silent], after.Select(answer => answer.Step));
        Assert.Equal(1, device.Soundings);
    }

    [Fact]
    public void It_falls_silent_by_itself_when_the_duration_is_over()
    {
        SirenDevice device = NewDevice();
        device.Accept(SirenWire.Encode(Sound(duration: 10)), Start);
        Assert.Empty(device.Advance(Start.AddSeconds(9.9)));
        SirenStateMessage silent = Assert.Single(device.Advance(Start.AddSeconds(10)));
        Assert.Equal((SirenAnswerStep.Silent, "OFF", "sound-1"), (silent.Step, silent.State, silent.CommandId));
    }

    [Fact]
    public void It_never_sounds_longer_than_its_own_limit()
    {
        SirenDevice device = NewDevice();
        device.Accept(SirenWire.Encode(Sound(duration: int.MaxValue)), Start);
        Assert.Single(device.Advance(Start + SirenDevice.LongestSound));
        Assert.False(device.IsSounding);
    }

    [Fact]
    public void A_silent_test_leaves_a_sounding_siren_sounding_for_its_own_command()
    {
        SirenDevice device = NewDevice();
        device.Accept(SirenWire.Encode(Sound()), Start);
        SirenStateMessage answer = Assert.Single(
            device.Accept(SirenWire.Encode(Sound(2) with { Test = true, CommandId = "test" }), Start.AddSeconds(1)));
        Assert.Equal((SirenAnswerStep.Acknowledged, "ON", "test"), (answer.Step, answer.State, answer.CommandId));
        Assert.Equal("sound-1", device.Status(Start.AddSeconds(2)).CommandId);
    }

    [Fact]
    public void What_it_remembers_over_a_power_cut_still_refuses_a_replay()
    {
        SirenDevice device = NewDevice();
        byte[] command = SirenWire.Encode(Sound());
        device.Accept(command, Start);
        SirenDevice restarted = new("s1", exercise: false, ["wail"], device.Mark);
        restarted.Accept(command, Start.AddSeconds(2));
        Assert.Equal(0, restarted.Soundings);
    }

    [Fact]
    public void An_unknown_tone_sounds_the_first_one_rather_than_nothing()
    {
        SirenDevice device = NewDevice();
        device.Accept(SirenWire.Encode(Sound() with { Tone = "yodel" }), Start);
        Assert.Equal((true, "wail"), (device.IsSounding, device.Tone));
    }

    [Fact]
    public void What_it_says_of_a_command_is_known_again_and_what_another_maker_says_is_not()
    {
        SirenDevice device = NewDevice();
        SirenCommandMessage[] orders =
        [
            Sound(2), Sound(2), Sound(1), Sound(3) with { Exercise = true }, Sound(4) with { Expires = Start }, Sound(5, duration: 0),
            Sound(6) with { Test = true },
        ];
        SirenStateMessage[] answers = [.. orders.SelectMany(order => device.Accept(SirenWire.Encode(order), Start))];
        string[] said = [.. answers.Concat(device.Advance(Start.AddMinutes(1))).Select(answer => answer.Detail).OfType<string>().Distinct()];
        CauseCode[] known = [.. said.Select(words => SirenWords.CauseOf(words)!).Select(cause => cause.Code)];
        Assert.Equal(
            [
                CauseCode.SaidAgain, CauseCode.NotNewerThan, CauseCode.ExerciseCommand, CauseCode.DeviceSaysExpired, CauseCode.NoDuration,
                CauseCode.SilentTest, CauseCode.DurationOver,
            ], known);
        Assert.Equal(said, said.Select(words => SirenWords.CauseOf(words)!.Words));
        Assert.Null(SirenWords.CauseOf("battery low"));
    }
}
