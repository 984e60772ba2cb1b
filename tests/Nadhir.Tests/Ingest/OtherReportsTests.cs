using CsCheck;
using Nadhir.Ingest;

namespace Nadhir.Tests.Ingest;

/// <summary>Invented reports, each telling who speaks in other ways: the rules are not fitted to one text.</summary>
public sealed class OtherReportsTests
{
    const string Ferry = """
        14 March 2025, Port Ostra

        “We heard two loud bangs,” the harbour master, Ilse Varga, said, “and then the lights went out.”

        According to the coast guard, a ferry with 120 passengers was held in the bay for three hours. Nobody was hurt, Varga added.

        The ministry of transport, in a statement on Thursday, denied that any vessel had been damaged. “All ships are accounted for,” it said.
        """;

    const string Village = """
        A drone crossed the river near Dolna Banja late on Monday, two residents told the local radio station.

        A police officer who asked not to be named said it flew very low, while the mayor, Petr Hlavka, said nobody had seen it land.

        It was confirmed by the civil protection office that six houses were evacuated. Hlavka warned that people would stay away for days.

        “I was in the garden. It came straight over the roof,” said Mira Dost, a teacher.
        """;

    const string Hospital = """
        Twenty-one people were wounded and at least five killed when a market caught fire, the provincial hospital said on Sunday.

        Dr. Amal Nasser, who heads the emergency ward, announced that twelve of the injured had been flown to the capital, adding that “three are in danger”. She stressed that blood was needed.

        A diplomat, speaking on condition of anonymity, said that the embassy had lost two employees.
        """;

    const string Airfield = """
        Colonel Jon Brandt was quoted as saying that the airfield had been closed since Friday evening. The colonel noted that flights would resume within two days.

        However, an airport employee claimed the runway was damaged. The employee said: “There is a hole as big as a car.”

        The newspaper Dagblad reported that the defence minister said the army had lost one helicopter. The army has not commented.
        """;

    [Theory]
    [InlineData(Ferry, "We heard two loud bangs", "harbour master, Ilse Varga")]
    [InlineData(Ferry, "then the lights went out", "harbour master, Ilse Varga")]
    [InlineData(Ferry, "a ferry with 120 passengers", "coast guard")]
    [InlineData(Ferry, "Nobody was hurt", "harbour master, Ilse Varga")]
    [InlineData(Ferry, "any vessel had been damaged", "ministry of transport")]
    [InlineData(Ferry, "All ships are accounted for", "ministry of transport")]
    [InlineData(Village, "A drone crossed the river", "two residents (unnamed)")]
    [InlineData(Village, "it flew very low", "police officer (unnamed)")]
    [InlineData(Village, "nobody had seen it land", "mayor, Petr Hlavka")]
    [InlineData(Village, "six houses were evacuated", "civil protection office")]
    [InlineData(Village, "people would stay away for days", "mayor, Petr Hlavka")]
    [InlineData(Village, "It came straight over the roof", "Mira Dost, a teacher")]
    [InlineData(Hospital, "Twenty-one people were wounded", "provincial hospital")]
    [InlineData(Hospital, "twelve of the injured", "Dr. Amal Nasser")]
    [InlineData(Hospital, "three are in danger", "Dr. Amal Nasser")]
    [InlineData(Hospital, "blood was needed", "Dr. Amal Nasser")]
    [InlineData(Hospital, "the embassy had lost two employees", "diplomat (unnamed)")]
    [InlineData(Airfield, "the airfield had been closed", "Colonel Jon Brandt")]
    [InlineData(Airfield, "flights would resume within two days", "Colonel Jon Brandt")]
    [InlineData(Airfield, "the runway was damaged", "airport employee (unnamed)")]
    [InlineData(Airfield, "There is a hole", "airport employee (unnamed)")]
    [InlineData(Airfield, "the army had lost one helicopter", "defence minister")]
    [InlineData(Airfield, "The army has not commented", "report")]
    public void Each_claim_is_attributed_to_the_one_who_makes_it(string report, string words, string by)
    {
        ProposedClaim claim = Assert.Single(ClaimFinder.Read(report).Claims, each => each.Quote.Contains(words, StringComparison.Ordinal));
        Assert.True(claim.Attribution == by || claim.Attribution.StartsWith(by + ",", StringComparison.Ordinal), $"{claim.Attribution}: {claim.Quote}");
    }

    [Fact]
    public void A_claim_that_went_through_two_mouths_names_both()
    {
        ProposedClaim claim = Assert.Single(ClaimFinder.Read(Airfield, "radio").Claims, each => each.Quote.Contains("one helicopter", StringComparison.Ordinal));
        Assert.Equal(["radio", "newspaper Dagblad", "defence minister"], claim.Chain);
    }

    [Fact]
    public void Numbers_in_words_count_the_dead_and_the_hurt_apart()
    {
        ProposedClaim[] claims = [.. ClaimFinder.Read(Hospital).Claims];
        ProposedClaim told = Assert.Single(claims, claim => claim.Killed is not null);
        Assert.Equal((5, 21), (told.Killed, told.Injured));
        Assert.DoesNotContain(claims, claim => claim.Quote.Contains("embassy", StringComparison.Ordinal) && claim.Killed is not null);
    }

    [Theory]
    [InlineData("The mayor said the bridge fell yesterday evening.", "yesterday evening", "2025-03-13T17:00Z", "2025-03-13T22:00Z")]
    [InlineData("The mayor said the bridge fell on Monday.", "Monday", "2025-03-10T00:00Z", "2025-03-11T00:00Z")]
    [InlineData("The mayor said the bridge fell two days ago.", "two days ago", "2025-03-12T00:00Z", "2025-03-13T00:00Z")]
    [InlineData("The mayor said the bridge fell on 30 December.", "30 December", "2024-12-30T00:00Z", "2024-12-31T00:00Z")]
    [InlineData("The mayor said the bridge fell on March 1, 2024.", "March 1, 2024", "2024-03-01T00:00Z", "2024-03-02T00:00Z")]
    public void Times_are_laid_against_the_day_of_publication(string report, string words, string earliest, string latest)
    {
        ToldTime time = Assert.Single(ClaimFinder.Read(report, published: new DateOnly(2025, 3, 14)).Claims).Time!;
        Assert.Equal((words, DateTimeOffset.Parse(earliest, null), DateTimeOffset.Parse(latest, null)), (time.Words, time.Earliest, time.Latest));
        Assert.Null(Assert.Single(ClaimFinder.Read("The mayor said the bridge fell yesterday.").Claims).Time!.Earliest);
    }

    [Fact]
    public void Any_text_is_read_without_a_throw_and_every_quote_is_words_of_it() =>
        Gen.OneOf(Gen.String[0, 300], Pieces).Sample(text =>
        {
            ClaimFinder found = ClaimFinder.Read(text, published: new DateOnly(2025, 3, 14));
            foreach (ProposedClaim claim in found.Claims)
                if (claim.Quote != text[claim.From..claim.To]) return false;
            return true;
        }, iter: 3000);

    static readonly string[] pieces =
    [
        "said ", "that ", "according to ", "“", "”", "\"", ", ", ". ", "; ", "and ", "the mayor ", "Ali Hassan ", "He ", "was ", "by ", "told ", "after ", "a ",
        "killed ", "4 ", "twenty- ", "yesterday ", "30 ", "July ", "0000 ", "adding ", "which ", "\n", "who ", "as ", "quoted ", "saying ", "in ", "al-", "’s ",
    ];

    static Gen<string> Pieces => Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]).Array[0, 80].Select(string.Concat);

    [Theory]
    [InlineData("said ")]
    [InlineData("the mayor said that a, ")]
    [InlineData("and ")]
    [InlineData("“said ")]
    [InlineData("according to a, ")]
    [InlineData("4 killed and ")]
    [InlineData("a ")]
    [InlineData("He said. ")]
    public void Ten_times_the_text_takes_no_hundred_times_as_long(string piece)
    {
        string small = string.Concat(Enumerable.Repeat(piece, 1000)), large = string.Concat(Enumerable.Repeat(piece, 10_000));
        ClaimFinder.Read(small);
        long smallTicks = Enumerable.Range(0, 5).Min(_ => Ticks(small)), largeTicks = Enumerable.Range(0, 3).Min(_ => Ticks(large));
        Assert.True(largeTicks < (60 * smallTicks) + TimeSpan.FromMilliseconds(200).Ticks, $"{smallTicks} and {largeTicks}");
    }

    static long Ticks(string text)
    {
        long from = TimeProvider.System.GetTimestamp();
        ClaimFinder.Read(text);
        return TimeProvider.System.GetElapsedTime(from).Ticks;
    }
}
