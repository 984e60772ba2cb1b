using Nadhir.Formats.Asterix;
using Nadhir.Sensing;

namespace Nadhir.Formats.Tests.Asterix;

/// <summary>The edition and the trailer are not on the wire: told, or found out.</summary>
public sealed class EditionTests
{
    static readonly DateTimeOffset noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Seven octets of position: no other edition held reads it to the last byte.</summary>
    static byte[] Report(string edition, int sic = 2)
    {
        AsterixWriter writer = new(AsterixCatalogue.Find(21, edition)!);
        writer.BeginRecord();
        writer.Set("010", ("SAC", 25), ("SIC", sic));
        writer.Set("040", ("TST", 0));
        writer.Set(edition[0] == '0' ? "030" : "073", 43_198);
        writer.Set("130", ("LAT", 33.5), ("LON", 44.25));
        writer.Set("080", "70C0DE");
        return writer.Finish().ToArray();
    }

    static (AsterixFeedDecoder Decoder, RecordingSink Sink) Decode(AsterixFeedOptions options, int times, params byte[][] blocks)
    {
        RecordingSink sink = new();
        AsterixFeedDecoder decoder = new("radar", [TestSensors.At(25, 2), TestSensors.At(25, 3)], options);
        for (int i = 0; i < times; i++)
            foreach (byte[] block in blocks) decoder.Decode(block, noon, sink);
        return (decoder, sink);
    }

    [Theory]
    [InlineData("0.23")]
    [InlineData("0.26")]
    public void A_block_that_the_newest_edition_cannot_read_is_read_by_one_that_can(string edition)
    {
        (AsterixFeedDecoder decoder, RecordingSink sink) = Decode(new(), 10, Report(edition), Report("2.6"));
        Assert.Empty(sink.Faults);
        Assert.Equal(20, sink.Measurements.Count);
        Assert.All(sink.Measurements, report => Assert.Equal(33.5, report.LatitudeDegrees, 3e-5));
        Assert.Equal(10, decoder.BlocksByOlderEdition);
    }

    [Fact]
    public void A_source_that_another_edition_fits_better_is_proposed_to_be_told_so()
    {
        (AsterixFeedDecoder decoder, _) = Decode(new(), 30, Report("0.23"), Report("2.4", sic: 3));
        EditionProposal proposal = Assert.Single(decoder.EditionProposals);
        Assert.Equal(new(21, 25, 2, AsterixCatalogue.Editions[21][^1], "0.23", 30, 0, 30), proposal);
    }

    [Fact]
    public void An_edition_that_was_told_is_kept_to_and_a_better_one_only_proposed()
    {
        AsterixFeedOptions options = new() { Editions = [new(21, "2.6")] };
        (AsterixFeedDecoder decoder, RecordingSink sink) = Decode(options, 8, Report("0.26"));
        Assert.Empty(sink.Measurements);
        Assert.Equal(8, sink.Faults.Count);
        Assert.Equal(("2.6", "0.26"), (decoder.EditionProposals[0].InUse, decoder.EditionProposals[0].Proposed));
        Assert.Equal(0, decoder.BlocksByOlderEdition);
    }

    [Fact]
    public void A_source_read_by_the_edition_it_speaks_is_not_proposed_another()
    {
        AsterixFeedOptions options = new() { Editions = [new(21, "0.23", 25, 2)] };
        (AsterixFeedDecoder decoder, RecordingSink sink) = Decode(options, 30, Report("0.23"));
        Assert.Equal(30, sink.Measurements.Count);
        Assert.Empty(decoder.EditionProposals);
    }

    [Fact]
    public void Four_blocks_say_nothing_yet()
    {
        Assert.Empty(Decode(new(), 4, Report("0.23")).Decoder.EditionProposals);
        Assert.NotEmpty(Decode(new(), 5, Report("0.23")).Decoder.EditionProposals);
    }

    [Theory]
    [InlineData("021", "0.26", 21, -1, -1)]
    [InlineData("021 25/2", "0.23", 21, 25, 2)]
    public void Editions_are_configured_by_category_and_by_source(string key, string edition, int category, int sac, int sic) =>
        Assert.Equal(new SpokenEdition(category, edition, sac, sic), SpokenEdition.Parse(key, edition));

    [Theory]
    [InlineData("21")]
    [InlineData("021 25")]
    [InlineData("021 25/256")]
    [InlineData("021 25/2 3")]
    [InlineData("999")]
    [InlineData("0-1")]
    public void Other_keys_are_refused(string key) => Assert.Null(SpokenEdition.Parse(key, "2.6"));

    [Fact]
    public void A_trailer_behind_most_datagrams_is_noticed_with_its_length()
    {
        byte[] trailed = [.. Report("2.6"), 0xEE, 0xFF, 0xFF, 0, 0, 0, 0, 0];
        (AsterixFeedDecoder untold, RecordingSink faults) = Decode(new(), 10, trailed);
        Assert.Equal(new TrailerProposal(8, 10, 10), untold.TrailerProposal);
        Assert.Equal(10, faults.Measurements.Count);
        Assert.All(faults.Faults, fault => Assert.Equal((DecodeFault.TrailingBytes, 8), (fault.Fault, fault.Length)));
        (AsterixFeedDecoder told, RecordingSink sink) = Decode(new() { TrailingBytes = 8 }, 10, trailed);
        Assert.Null(told.TrailerProposal);
        Assert.Empty(sink.Faults);
        Assert.Null(Decode(new(), 10, Report("2.6")).Decoder.TrailerProposal);
    }
}
