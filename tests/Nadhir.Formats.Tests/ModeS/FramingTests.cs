using System.Text;
using CsCheck;
using Nadhir.Formats.ModeS;
using Nadhir.Formats.ModeS.Feeds;
using Nadhir.Formats.Tests.Asterix;
using Nadhir.Sensing;

namespace Nadhir.Formats.Tests.ModeS;

/// <summary>Streams come in pieces and with damage.</summary>
public sealed class FramingTests
{
    static readonly Gen<byte[]> anyMessage = Gen.OneOf(Gen.Byte.Array[2], Gen.Byte.Array[7], Gen.Byte.Array[14]);
    /// <summary>Escapes are as frequent as in the worst of streams.</summary>
    static readonly Gen<byte[]> escaped = Gen.OneOf(Gen.Byte, Gen.Const((byte)0x1A), Gen.Byte[0x31, 0x35]).Array[14];

    [Fact]
    public void A_beast_stream_gives_the_same_frames_however_it_is_cut() =>
        Gen.Select(Gen.OneOf(anyMessage, escaped).Array[1, 12], Gen.Int[1, 40].Array[1, 20]).Sample((messages, cuts) =>
        {
            List<byte> stream = [];
            for (int i = 0; i < messages.Length; i++) ModeSWriter.AppendBeast(stream, messages[i], (ulong)i + 0x1A1A1A, 0x1A);
            List<string> found = Beast([.. stream], cuts, out RecordingSink sink);
            Assert.Empty(sink.Faults);
            Assert.Equal(messages.Select((m, i) => $"{i + 0x1A1A1A} {Convert.ToHexString(m)}"), found);
        }, iter: 5_000);

    [Fact]
    public void One_damaged_byte_costs_a_beast_stream_at_most_the_frame_it_is_in() =>
        Gen.Select(Gen.OneOf(Gen.Byte.Array[7], Gen.Byte.Array[14], escaped).Array[3, 8], Gen.Int[0, 10_000], Gen.OneOf(Gen.Byte, Gen.Const((byte)0x1A)), Gen.Int[1, 40].Array[1, 20]).Sample(
            (messages, where, value, cuts) =>
            {
                List<byte> stream = [];
                List<int> ends = [];
                for (int i = 0; i < messages.Length; i++)
                {
                    ModeSWriter.AppendBeast(stream, messages[i], (ulong)i + 1);
                    ends.Add(stream.Count);
                }

                int at = where % stream.Count, hit = ends.FindIndex(end => at < end);
                stream[at] = value;
                List<string> found = Beast([.. stream], cuts, out _);
                for (int i = 0; i < messages.Length; i++)
                    if (i != hit) Assert.Contains($"{i + 1} {Convert.ToHexString(messages[i])}", found);
            }, iter: 20_000);

    [Fact]
    public void Avr_text_gives_the_same_frames_however_it_is_cut() =>
        Gen.Select(anyMessage.Array[1, 12], Gen.Bool, Gen.Int[1, 40].Array[1, 20]).Sample((messages, timed, cuts) =>
        {
            StringBuilder text = new();
            foreach (byte[] message in messages) ModeSWriter.AppendAvr(text, message, timed ? 0x123456789ABC : null);
            List<string> found = Avr(Encoding.ASCII.GetBytes(text.ToString()), cuts, out RecordingSink sink);
            Assert.Empty(sink.Faults);
            Assert.Equal(messages.Select(m => $"{(timed ? 0x123456789ABC : 0)} {Convert.ToHexString(m)}"), found);
        }, iter: 5_000);

    [Fact]
    public void One_damaged_byte_costs_avr_text_at_most_the_line_it_is_in() =>
        Gen.Select(anyMessage.Array[3, 8], Gen.Int[0, 10_000], Gen.Byte).Sample((messages, where, value) =>
        {
            StringBuilder text = new();
            List<int> ends = [];
            for (int i = 0; i < messages.Length; i++)
            {
                ModeSWriter.AppendAvr(text, messages[i], (ulong)i + 1);
                ends.Add(text.Length);
            }

            byte[] stream = Encoding.ASCII.GetBytes(text.ToString());
            int at = where % stream.Length, hit = ends.FindIndex(end => at < end);
            stream[at] = value;
            List<string> found = Avr(stream, [stream.Length], out _);
            for (int i = 0; i < messages.Length; i++)
                if (i != hit) Assert.Contains($"{i + 1} {Convert.ToHexString(messages[i])}", found);
        }, iter: 20_000);

    [Fact]
    public void Lines_are_the_same_however_they_are_cut_and_one_too_long_costs_only_itself() =>
        Gen.Select(Gen.Int[0, 600].Array[1, 10], Gen.Int[1, 300].Array[1, 20]).Sample((lengths, cuts) =>
        {
            string[] sent = [.. lengths.Select((length, i) => new string((char)('a' + i), length))];
            byte[] stream = Encoding.ASCII.GetBytes(string.Concat(sent.Select(line => line + "\r\n")));
            RecordingSink sink = new();
            TextLines lines = new();
            List<string> found = [];
            foreach (byte[] piece in Pieces(stream, cuts))
            {
                int at = 0;
                while (lines.TryTake(piece, ref at, sink, out ReadOnlySpan<byte> line, out _)) found.Add(Encoding.ASCII.GetString(line));
                Assert.InRange(lines.Held, 0, TextLines.MostOctets);
            }

            Assert.Equal(sent.Where(line => line.Length is > 0 and <= TextLines.MostOctets), found);
            Assert.Equal(sent.Any(line => line.Length > TextLines.MostOctets), sink.Faults.Count > 0);
        }, iter: 2_000);

    [Fact]
    public void Bytes_between_frames_are_reported_once_with_their_place()
    {
        List<byte> stream = [1, 2, 3];
        ModeSWriter.AppendBeast(stream, new byte[7], 1);
        stream.AddRange([9, 9]);
        ModeSWriter.AppendBeast(stream, new byte[14], 2);
        List<string> found = Beast([.. stream], [1000], out RecordingSink sink);
        Assert.Equal(2, found.Count);
        Assert.Equal([(DecodeFault.NotThisFormat, 0, 3), (DecodeFault.NotThisFormat, 19, 2)],
            sink.Faults.Select(fault => (fault.Fault, fault.Offset, fault.Length)));
    }

    static List<string> Beast(byte[] stream, int[] cuts, out RecordingSink sink)
    {
        sink = new();
        BeastFrames frames = new();
        List<string> found = [];
        foreach (byte[] piece in Pieces(stream, cuts))
        {
            int at = 0;
            while (frames.TryTake(piece, ref at, sink, out BeastFrame frame))
                found.Add($"{frame.Counter} {Convert.ToHexString(frame.Message)}");
        }

        return found;
    }

    static List<string> Avr(byte[] stream, int[] cuts, out RecordingSink sink)
    {
        sink = new();
        AvrFrames frames = new();
        List<string> found = [];
        foreach (byte[] piece in Pieces(stream, cuts))
        {
            int at = 0;
            while (frames.TryTake(piece, ref at, sink, out AvrFrame frame))
                found.Add($"{frame.Counter} {Convert.ToHexString(frame.Message)}");
        }

        return found;
    }

    /// <summary>The stream cut into pieces of the given lengths, over and over.</summary>
    internal static IEnumerable<byte[]> Pieces(byte[] stream, int[] lengths)
    {
        for (int at = 0, i = 0; at < stream.Length; at += lengths[i++ % lengths.Length])
            yield return stream[at..Math.Min(stream.Length, at + lengths[i % lengths.Length])];
    }
}
