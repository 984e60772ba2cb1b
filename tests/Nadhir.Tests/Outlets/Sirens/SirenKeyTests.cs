using CsCheck;
using Nadhir.Formats.Sirens;
using Nadhir.Simulation.Sirens;
using Nadhir.Warning;

namespace Nadhir.Tests.Outlets.Sirens;

public sealed class SirenKeyTests
{
    static readonly DateTimeOffset Start = new(2026, 3, 1, 1, 30, 15, TimeSpan.Zero);
    static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    static SirenCommandMessage Command(bool exercise = false) => new()
    {
        CommandId = "alert-7/siren-school/1",
        Epoch = 1,
        Seq = 42,
        Action = SirenAction.Sound,
        Tone = "wail",
        Duration = 120,
        Expires = Start.AddSeconds(30),
        Exercise = exercise,
    };

    static SirenKey Key(bool exercise = false, string siren = "school") => new(Secret, exercise, siren);

    /// <summary>Computed with openssl dgst -sha256 -mac HMAC, as docs/sirens.md shows.</summary>
    [Theory]
    [InlineData(false, "197a41c09eaf9d6c593114a8d382c2ccaab69db3861eaefc2fdac4a8295dcbac")]
    [InlineData(true, "9034e961addeef9d8f0698f4e66a4fc02c5c29169108c4452d8adebd20538bb7")]
    public void The_proof_is_the_one_another_program_computes(bool exercise, string proof) =>
        Assert.Equal(proof, Key(exercise).Sign(Command(exercise)).Mac);

    [Fact]
    public void What_is_proven_for_one_world_or_siren_proves_nothing_for_another() =>
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Char['a', 'c'], Gen.Char['a', 'c']).Sample((madeDrill, readDrill, made, read) =>
            Assert.Equal(madeDrill == readDrill && made == read,
                Key(readDrill, $"s{read}").Verifies(Key(madeDrill, $"s{made}").Sign(Command()))));

    [Fact]
    public void A_change_of_any_field_breaks_the_proof()
    {
        SirenCommandMessage proven = Key().Sign(Command());
        Assert.True(Key().Verifies(proven));
        Assert.All(
            new[]
            {
                proven with { CommandId = "x" }, proven with { Epoch = 2 }, proven with { Seq = 43 },
                proven with { Action = SirenAction.Silence }, proven with { Tone = "steady" }, proven with { Duration = 121 },
                proven with { Expires = proven.Expires.AddSeconds(1) }, proven with { Exercise = true },
                proven with { Test = true }, proven with { Mac = null }, proven with { Mac = "" },
                proven with { Mac = new string('0', 64) }, proven with { Mac = new string('é', 64) },
            },
            changed => Assert.False(Key().Verifies(changed)));
    }

    [Fact]
    public void No_two_lists_of_fields_look_alike() =>
        Gen.String[Gen.Char["0:,ab"], 0, 6].Array[1, 4].Select(Gen.String[Gen.Char["0:,ab"], 0, 6].Array[1, 4]).Sample((one, other) =>
            Assert.Equal(one.SequenceEqual(other), SirenKey.Canonical(one).AsSpan().SequenceEqual(SirenKey.Canonical(other))));

    [Theory]
    [InlineData("00112233445566778899aabbccddeeff\n", true)]
    [InlineData("00112233445566778899aabbccddee", false)]
    [InlineData("00112233445566778899aabbccddeefg", false)]
    [InlineData("", false)]
    public void A_secret_is_hexadecimal_and_long_enough(string text, bool good)
    {
        Assert.Equal(good, SirenKey.TryReadSecret(text, out _, out string fault));
        Assert.Equal(good, fault.Length == 0);
    }

    [Fact]
    public void A_siren_with_a_key_obeys_only_what_is_proven_fresh_newer_and_of_its_world()
    {
        SirenDevice device = new("school", exercise: false, ["wail"], null, Key());
        Assert.Equal("not authenticated", Refusal(Command()));
        Assert.Equal("not authenticated", Refusal(new SirenKey(Secret.AsSpan(0, 31), false, "school").Sign(Command())));
        Assert.Equal("not authenticated", Refusal(Key(exercise: true).Sign(Command(exercise: true))));
        Assert.Equal("an exercise command", Refusal(Key().Sign(Command(exercise: true))));
        Assert.Equal("expired", Refusal(Key().Sign(Command() with { Expires = Start })));
        Assert.Null(Refusal(Key().Sign(Command())));
        Assert.Equal("not newer than 1/42", Refusal(Key().Sign(Command() with { Seq = 41, CommandId = "older" })));
        Assert.Equal("not newer than 1/42", Refusal(Key().Sign(Command() with { CommandId = "replayed under a new name" })));
        Assert.Equal(1, device.Soundings);

        string? Refusal(SirenCommandMessage command)
        {
            SirenStateMessage[] answers = [.. device.Accept(SirenWire.Encode(command), Start)];
            return answers.FirstOrDefault(answer => answer.Step == SirenAnswerStep.Refused)?.Detail;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"tone\":null")]
    public void A_command_that_names_no_tone_is_refused_like_any_that_is_not_proven(string tone)
    {
        SirenDevice device = new("school", exercise: false, ["wail"], null, Key());
        string command = $$"""{"commandId":"c","epoch":1,"seq":1,"action":"sound","duration":5,"expires":"2027-01-01T00:00:00Z","exercise":false{{tone}},"mac":"{{new string('0', 64)}}"}""";
        Assert.Equal(SirenAnswerStep.Refused, Assert.Single(device.Accept(System.Text.Encoding.UTF8.GetBytes(command), Start)).Step);
    }

    [Fact]
    public void Refusing_a_stranger_it_names_no_command_that_the_host_may_be_waiting_for()
    {
        SirenDevice device = new("school", exercise: false, ["wail"], null, Key());
        Assert.Null(Assert.Single(device.Accept(SirenWire.Encode(Command()), Start)).CommandId);
    }
}
