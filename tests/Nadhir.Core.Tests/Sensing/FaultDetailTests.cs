using Nadhir.Sensing;

namespace Nadhir.Core.Tests.Sensing;

/// <summary>What decoders say of damaged bytes, read as codes that a console has words for.</summary>
public sealed class FaultDetailTests
{
    [Theory]
    [InlineData("message cut off at byte 17", "message cut off; at byte 17")]
    [InlineData("line longer than 512 bytes at byte 0", "longer than 512 bytes; at byte 0")]
    [InlineData("no stale time at byte 3", "stale time is missing; at byte 3")]
    [InlineData("CAT 048 without I010 at byte 3", "I010 is missing; at byte 3")]
    [InlineData("a-u-A-M came 31 s after it went stale at byte 0", "a-u-A-M came 31 s after it went stale; at byte 0")]
    [InlineData("aircraft without an address or with an impossible place at byte 9", "damaged: aircraft; at byte 9")]
    [InlineData("more came than could be held: the oldest 30 arrivals were lost, by SAC/SIC: 25/1 ×20, 25/2 ×10",
        "the oldest 30 arrivals were lost, by source: 25/1 ×20, 25/2 ×10")]
    public void What_is_wrong_is_a_code_with_its_figures_and_where(string said, string words)
    {
        Cause cause = FaultDetail.Of(said);
        Assert.Equal(words, cause.Words);
        Assert.DoesNotContain(cause.Parts ?? [cause], part => part.Code == CauseCode.AsSaid);
    }

    [Theory]
    [InlineData("SAC/SIC 25/9 at byte 12", CauseCode.Plain)]
    [InlineData("'<' is an invalid start of a value. LineNumber: 0 at byte 12", CauseCode.AsSaid)]
    public void Ids_stand_alone_and_a_parser_of_others_is_quoted(string said, CauseCode code) =>
        Assert.Equal(code, FaultDetail.Of(said).Parts!.Value[0].Code);
}
