using System.Text;
using CsCheck;
using Nadhir.Formats.CursorOnTarget;
using Nadhir.Formats.Tests.Asterix;
using Nadhir.Sensing;

namespace Nadhir.Formats.Tests.CursorOnTarget;

/// <summary>Bytes from outside can be anything.</summary>
public sealed class RobustnessTests
{
    static readonly DateTimeOffset arrived = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly int inputs = int.TryParse(Environment.GetEnvironmentVariable("NADHIR_FUZZ"), out int told) ? told : 200_000;

    const string Head = "<event version='2.0' uid='x' type='a-u-A' time='2026-03-01T12:00:00Z' "
        + "start='2026-03-01T12:00:00Z' stale='2026-03-01T12:01:00Z' how='m-g'>";

    [Theory]
    [InlineData("<!DOCTYPE event SYSTEM 'http://127.0.0.1:9/x.dtd'>", "")]
    [InlineData("<!DOCTYPE event [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", "<remarks>&x;</remarks>")]
    [InlineData("<!DOCTYPE event [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>", "<remarks>&b;</remarks>")]
    [InlineData("<!DOCTYPE event [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]>", "")]
    [InlineData("", "<remarks>&x;</remarks>")]
    public void Nothing_outside_the_bytes_is_ever_looked_up(string prolog, string inside)
    {
        byte[] xml = Encoding.UTF8.GetBytes($"{prolog}{Head}<point lat='33' lon='44'/><detail>{inside}</detail></event>");
        RecordingSink sink = new();
        DecoderTests.Decoder().Decode(xml, arrived, sink);
        Assert.Equal(DecodeFault.BadValue, Assert.Single(sink.Faults).Fault);
        Assert.Empty(sink.Measurements);
    }

    [Fact]
    public void Nesting_is_bounded()
    {
        Assert.Equal(DecodeFault.None, Read(CotXmlReader.MostDepth - 3, out _));
        Assert.Equal(DecodeFault.BadValue, Read(CotXmlReader.MostDepth, out string detail));
        Assert.Contains("within each other", detail, StringComparison.Ordinal);
        Assert.Equal(DecodeFault.BadValue, Read(5_000, out _));

        static DecodeFault Read(int depth, out string detail)
        {
            string open = string.Concat(Enumerable.Repeat("<a>", depth)), close = string.Concat(Enumerable.Repeat("</a>", depth));
            string xml = $"{Head}<point lat='33' lon='44'/><detail>{open}{close}</detail></event>";
            return CotXmlReader.TryRead(Encoding.UTF8.GetBytes(xml), out _, out detail);
        }
    }

    [Theory]
    [InlineData("lat='91' lon='44'")]
    [InlineData("lat='NaN' lon='44'")]
    [InlineData("lat='33' lon='1e999'")]
    [InlineData("lat='33'")]
    [InlineData("lat='33,5' lon='44'")]
    public void A_position_off_the_earth_is_a_bad_value(string where)
    {
        string xml = $"{Head}<point {where}/></event>";
        Assert.Equal(DecodeFault.BadValue, CotXmlReader.TryRead(Encoding.UTF8.GetBytes(xml), out _, out _));
    }

    [Theory]
    [InlineData("uid='x'", "uid=''")]
    [InlineData("type='a-u-A'", "")]
    [InlineData("time='2026-03-01T12:00:00Z'", "time='noon'")]
    [InlineData("stale='2026-03-01T12:01:00Z'", "")]
    public void An_event_without_what_every_event_has_is_a_bad_value(string part, string instead)
    {
        string xml = $"{Head.Replace(part, instead, StringComparison.Ordinal)}<point lat='33' lon='44'/></event>";
        Assert.Equal(DecodeFault.BadValue, CotXmlReader.TryRead(Encoding.UTF8.GetBytes(xml), out _, out _));
    }

    [Theory]
    [InlineData("2026-03-01T12:00:00Z", "2026-03-01T12:00:00.000Z")]
    [InlineData("2026-03-01T12:00:00.1239Z", "2026-03-01T12:00:00.123Z")]
    [InlineData("2026-03-01T15:00:00+03:00", "2026-03-01T12:00:00.000Z")]
    [InlineData("2026-03-01T12:00:00", "2026-03-01T12:00:00.000Z")]
    public void A_time_is_read_in_every_way_it_is_written(string text, string same)
    {
        Assert.True(CotText.TryTime(text, out DateTimeOffset time));
        Assert.Equal(same, CotText.Time(time));
    }

    [Fact]
    public void An_event_too_large_is_passed_over_and_the_next_is_used()
    {
        byte[] good = CotXmlWriter.Write(DecoderTests.Track());
        byte[] large = [.. Encoding.UTF8.GetBytes($"{Head}<detail><remarks>"), .. new byte[70_000].Select(_ => (byte)'x'), .. "</remarks></detail></event>"u8];
        RecordingSink sink = new();
        DecoderTests.Decoder().Decode([.. large, .. good], arrived, sink);
        Assert.Single(sink.Measurements);
        Assert.Contains(sink.Faults, fault => fault.Fault == DecodeFault.BadLength);
    }

    [Fact]
    public void Mutated_events_never_throw_nor_go_by_in_silence()
    {
        Random dice = new(20260301);
        CotFeedDecoder decoder = DecoderTests.Decoder();
        byte[][] seeds = Seeds();
        long accepted = 0;
        for (int i = 0; i < inputs; i++)
        {
            byte[] input = Mutate(seeds, dice);
            RecordingSink sink = new();
            decoder.Decode(input, arrived, sink);
            Assert.All(sink.Faults, fault => Assert.InRange(fault.Offset + fault.Length, 1, input.Length));
            Assert.All(sink.Measurements, seen => Assert.True(
                seen.Ended || (Math.Abs(seen.LatitudeDegrees) <= 90 && Math.Abs(seen.LongitudeDegrees) <= 180)));
            accepted += sink.Measurements.Count;
        }

        Assert.NotEqual(0, accepted);
    }

    [Fact]
    public void Whatever_a_mutated_message_says_can_be_written_as_xml_again()
    {
        Random dice = new(7);
        byte[][] seeds = Seeds();
        int written = 0;
        for (int i = 0; i < Math.Max(1, inputs / 4); i++)
        {
            byte[] input = Mutate(seeds, dice);
            CotScan scan = default;
            CotFrame frame = CotFraming.Next(input, isAll: true, ref scan);
            CotEvent? told = null;
            if (frame.Kind == CotFrameKind.Xml) CotXmlReader.TryRead(input.AsSpan(0, frame.Length), out told, out _);
            if (frame.Kind == CotFrameKind.Protobuf)
            {
                TakProtobuf.TryRead(input.AsSpan(frame.Header, frame.Length - frame.Header), out TakMessage? message, out _);
                told = message?.Event;
            }

            if (told is null) continue;
            written++;
            Assert.Equal(DecodeFault.None, CotXmlReader.TryRead(CotXmlWriter.Write(told), out CotEvent? again, out string detail));
            Assert.True(again == told, detail);
        }

        Assert.NotEqual(0, written);
    }

    static byte[][] Seeds()
    {
        List<byte[]> seeds = [];
        PCG pcg = new(20260301);
        for (int i = 0; i < 40; i++)
        {
            CotEvent told = AnyEvent.One.Generate(pcg, null, out _);
            CotEvent usable = told with { Type = "a-u-A", Stale = arrived.AddMinutes(1), Time = arrived, Start = arrived };
            seeds.Add(CotXmlWriter.Write(usable));
            seeds.Add(TakProtobuf.WriteStream(new(null, usable)));
            seeds.Add(TakProtobuf.WriteMesh(new(new(1, 1, "x"), usable)));
        }

        return [.. seeds];
    }

    static byte[] Mutate(byte[][] seeds, Random dice)
    {
        List<byte> bytes = [.. seeds[dice.Next(seeds.Length)]];
        for (int n = dice.Next(5); n > 0 && bytes.Count > 1; n--)
        {
            int at = dice.Next(bytes.Count);
            switch (dice.Next(6))
            {
                case 0: bytes[at] ^= (byte)(1 << dice.Next(8)); break;
                case 1: bytes[at] = (byte)dice.Next(256); break;
                case 2: bytes.RemoveRange(at, Math.Min(dice.Next(1, 40), bytes.Count - at)); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(dice.Next(1, 40), bytes.Count - at))); break;
                case 4: bytes.InsertRange(at, seeds[dice.Next(seeds.Length)]); break;
                default: bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }

        return [.. bytes];
    }
}
