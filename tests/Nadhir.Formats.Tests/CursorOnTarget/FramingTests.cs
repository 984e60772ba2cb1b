using System.Text;
using CsCheck;
using Nadhir.Formats.CursorOnTarget;
using Nadhir.Sensing;

namespace Nadhir.Formats.Tests.CursorOnTarget;

/// <summary>A stream knows no packets.</summary>
public sealed class FramingTests
{
    static readonly Gen<byte[][]> anyStream = Gen.Select(AnyEvent.One, Gen.Bool)
        .Select(pair => AnyEvent.Framed(pair.Item1, pair.Item2)).Array[1, 5];

    [Fact]
    public void Whatever_the_chunks_the_same_events_come_out() =>
        Gen.Select(anyStream, Gen.Int[1, 400].Array[1, 20]).Sample(
            (events, cuts) =>
            {
                (CotFrameKind Kind, byte[] Bytes)[] taken = Taken([.. events.SelectMany(one => one)], cuts);
                Assert.All(taken, frame => Assert.True(frame.Kind is CotFrameKind.Xml or CotFrameKind.Protobuf));
                Assert.Equal(events, taken.Select(frame => frame.Bytes));
            },
            iter: 3_000);

    [Fact]
    public void Whatever_the_bytes_the_chunks_make_no_difference_to_what_is_an_event() =>
        Gen.Select(anyStream, Gen.Select(Gen.Int[0, 5000], Gen.Byte).Array[0, 4], Gen.Int[1, 300].Array[1, 9]).Sample(
            (events, flips, cuts) =>
            {
                byte[] bytes = [.. events.SelectMany(one => one)];
                foreach ((int at, byte value) in flips) bytes[at % bytes.Length] ^= value;
                // Behind it something that ends whatever the damage has left open.
                bytes = [.. bytes, .. "\n"u8, .. new byte[CotFraming.MostEventBytes]];
                Assert.Equal(Events(Taken(bytes, [bytes.Length])), Events(Taken(bytes, cuts)));
            },
            iter: 1_000);

    [Fact]
    public void No_byte_is_lost_but_blanks()
    {
        byte[] bytes = "rubbish <event a='1'/> \n <event><point/></event>more"u8.ToArray();
        (CotFrameKind Kind, byte[] Bytes)[] taken = Taken(bytes, [bytes.Length]);
        Assert.Equal(
            [
                (CotFrameKind.Noise, "rubbish "), (CotFrameKind.Xml, "<event a='1'/>"),
                (CotFrameKind.Xml, "<event><point/></event>"), (CotFrameKind.Noise, "more"),
            ],
            taken.Select(frame => (frame.Kind, Encoding.UTF8.GetString(frame.Bytes))));
    }

    [Theory]
    [InlineData("<event><detail>")]
    [InlineData("<event uid='x")]
    [InlineData("<event uid='x' ")]
    [InlineData("<event><remarks><![CDATA[ half")]
    [InlineData("<event><!-- half")]
    [InlineData("<?xml version='1.0'?><event><a")]
    [InlineData("<event")]
    public void An_event_cut_off_costs_nothing_of_the_next(string half)
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(half), .. "<event uid='good'><point/></event>"u8];
        (CotFrameKind Kind, byte[] Bytes)[] taken = Taken(bytes, [7]);
        Assert.Equal("<event uid='good'><point/></event>", Encoding.UTF8.GetString(taken[^1].Bytes));
        Assert.Equal(CotFrameKind.Xml, taken[^1].Kind);
        Assert.Single(taken, frame => frame.Kind == CotFrameKind.Xml);
        Assert.Equal(bytes.Length, taken.Sum(frame => frame.Bytes.Length));
    }

    [Fact]
    public void The_end_of_an_event_in_a_comment_a_section_or_a_value_is_not_its_end()
    {
        string whole = "<event a='</event>'><!-- </event> --><d><![CDATA[</event>]]></d></event>";
        var frame = Assert.Single(Taken(Encoding.UTF8.GetBytes(whole.Replace("a='</event>'", "a='/event>'", StringComparison.Ordinal)), [3]));
        Assert.Equal(CotFrameKind.Xml, frame.Kind);
    }

    [Fact]
    public void An_event_that_never_ends_is_given_up_and_the_next_is_found()
    {
        CotStream stream = new();
        stream.Add("<event><detail>"u8);
        byte[] filler = Enumerable.Repeat((byte)'x', 4096).ToArray();
        int most = 0;
        List<CotFrameKind> kinds = [];
        for (int i = 0; i < 40; i++)
        {
            stream.Add(filler);
            while (stream.TryTake(out _, out CotFrame frame)) kinds.Add(frame.Kind);
            most = Math.Max(most, stream.Held);
        }

        stream.Add("<event/>"u8);
        while (stream.TryTake(out _, out CotFrame frame)) kinds.Add(frame.Kind);
        Assert.InRange(most, 1, CotFraming.MostEventBytes);
        Assert.Equal(CotFrameKind.Xml, kinds[^1]);
        Assert.Single(kinds, CotFrameKind.Xml);
    }

    [Fact]
    public void A_stream_that_is_out_of_step_finds_the_next_message()
    {
        byte[] good = AnyEvent.Framed(DecoderTests.Track(), protobuf: true);
        byte[] bytes = [.. good.AsSpan(20), .. good, .. good];
        (CotFrameKind Kind, byte[] Bytes)[] taken = Taken(bytes, [11]);
        Assert.Equal(2, taken.Count(frame => frame.Kind == CotFrameKind.Protobuf));
    }

    [Fact]
    public void A_document_type_belongs_to_the_event_behind_it()
    {
        byte[] bytes = """<!DOCTYPE event [<!ENTITY x "<event uid='in'/>">]><event uid='out'>&x;</event>"""u8.ToArray();
        var frame = Assert.Single(Taken(bytes, [5]));
        Assert.Equal((CotFrameKind.Xml, bytes.Length), (frame.Kind, frame.Bytes.Length));
        Assert.Equal(DecodeFault.BadValue, CotXmlReader.TryRead(frame.Bytes, out CotEvent? read, out _));
        Assert.Null(read);
    }

    [Theory]
    [InlineData("<event ")]
    [InlineData("<event><![CDATA[")]
    [InlineData("<event><!--")]
    [InlineData("<?xml ")]
    [InlineData("<!DOCTYPE a [")]
    [InlineData("<!DOCTYPE a \"")]
    [InlineData("<event a=\"")]
    [InlineData("<event a='\"'")]
    [InlineData("\u00bf\u0080\u0080\u0003")]
    public void Eight_megabytes_made_to_be_slow_are_not(string piece)
    {
        byte[] bytes = [.. Enumerable.Repeat(Encoding.Latin1.GetBytes(piece), 8_000_000 / piece.Length).SelectMany(one => one)];
        long before = TimeProvider.System.GetTimestamp();
        Taken(bytes, [65_536]);
        // Less than a second in truth; time that grew with the square of the length would be many minutes.
        Assert.InRange(TimeProvider.System.GetElapsedTime(before).TotalSeconds, 0, 60);
    }

    static byte[][] Events(IEnumerable<(CotFrameKind Kind, byte[] Bytes)> taken) =>
        [.. taken.Where(frame => frame.Kind != CotFrameKind.Noise).Select(frame => frame.Bytes)];

    static (CotFrameKind Kind, byte[] Bytes)[] Taken(byte[] bytes, int[] cuts)
    {
        CotStream stream = new();
        List<(CotFrameKind, byte[])> taken = [];
        for (int at = 0, i = 0; at < bytes.Length; i++)
        {
            int length = Math.Min(cuts[i % cuts.Length], bytes.Length - at);
            stream.Add(bytes.AsSpan(at, length));
            at += length;
            while (stream.TryTake(out ReadOnlySpan<byte> frame, out CotFrame what)) taken.Add((what.Kind, frame.ToArray()));
        }

        return [.. taken];
    }
}
