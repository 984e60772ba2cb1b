using CsCheck;
using Nadhir.Sensing;

namespace Nadhir.Tests.Sensing;

public class CallsignTests
{
    [Fact]
    public void Up_to_eight_letters_come_back_as_they_went() =>
        Gen.Char["ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"].Array[0, 8].Sample(letters =>
        {
            Callsign callsign = Callsign.From(letters);
            Assert.Equal(new string(letters), callsign.ToString());
            Assert.Equal(letters.Length == 0, callsign.IsNone);
        });

    [Theory]
    [InlineData("  KLM12  ", "KLM12")]
    [InlineData("ABCDEFGHIJ", "ABCDEFGH")]
    [InlineData("ABCDEFG H", "ABCDEFG")]
    [InlineData("ÅB", "?B")]
    public void Blanks_at_the_ends_and_what_does_not_fit_are_left_off(string text, string kept) =>
        Assert.Equal(Callsign.From(kept), Callsign.From(text));
}
