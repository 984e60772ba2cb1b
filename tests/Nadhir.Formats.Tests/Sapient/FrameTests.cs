using System.Buffers.Binary;
using CsCheck;
using Nadhir.Formats.Sapient;
using Nadhir.Formats.Tests.Asterix;
using Nadhir.Sensing;
using static Nadhir.Formats.Tests.Sapient.TestMessages;

namespace Nadhir.Formats.Tests.Sapient;

/// <summary>Messages one after the other, as TCP brings them.</summary>
public sealed class FrameTests
{
    [Fact]
    public void Any_messages_come_out_as_they_went_in() =>
        Gen.Byte.Array[0, 300].Array[0, 20].Sample(messages =>
        {
            byte[] stream = [.. messages.SelectMany(message => SapientFrame.Wrap(message))];
            int at = 0;
            foreach (byte[] message in messages)
            {
                for (int held = 0; held < 4 + message.Length; held++)
                    Assert.Equal(FrameOutcome.Incomplete, SapientFrame.Look(stream.AsSpan(at, held), out _));
                Assert.Equal(FrameOutcome.Whole, SapientFrame.Look(stream.AsSpan(at), out long length));
                Assert.Equal(message, stream.AsSpan(at + 4, (int)length - 4).ToArray());
                at += (int)length;
            }

            Assert.Equal(stream.Length, at);
        }, iter: 500);

    [Fact]
    public void The_length_counts_the_message_only_and_its_lowest_byte_comes_first() =>
        Assert.Equal([2, 0, 0, 0, 7, 8], SapientFrame.Wrap([7, 8]));

    [Fact]
    public void A_length_beyond_the_limit_is_refused_before_anything_is_waited_for()
    {
        byte[] header = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(header, SapientFrame.MostBytes + 1u);
        Assert.Equal(FrameOutcome.TooLong, SapientFrame.Look(header, out long length));
        Assert.Equal(SapientFrame.MostBytes + 1, length);
        BinaryPrimitives.WriteUInt32LittleEndian(header, SapientFrame.MostBytes);
        Assert.Equal(FrameOutcome.Incomplete, SapientFrame.Look(header, out _));
        BinaryPrimitives.WriteUInt32LittleEndian(header, uint.MaxValue);
        Assert.Equal(FrameOutcome.TooLong, SapientFrame.Look(header, out length));
        Assert.Equal(uint.MaxValue, length);
    }

    [Fact]
    public void Two_hundred_messages_in_one_arrival_are_two_hundred_measurements()
    {
        byte[] one = SapientFrame.Wrap(Detection("\"location\":" + Degrees(44.5, 33)));
        RecordingSink sink = new();
        new SapientFeedDecoder("nodes", [Sensor()])
            .Decode([.. Enumerable.Repeat(one, 200).SelectMany(bytes => bytes)], Sent, sink);
        Assert.Equal(200, sink.Measurements.Count);
        Assert.Empty(sink.Faults);
    }

    [Fact]
    public void What_is_cut_off_is_told_and_what_came_before_is_kept()
    {
        byte[] one = SapientFrame.Wrap(Detection("\"location\":" + Degrees(44.5, 33)));
        RecordingSink sink = new();
        new SapientFeedDecoder("nodes", [Sensor()]).Decode([.. one, .. one.AsSpan(0, one.Length - 1)], Sent, sink);
        Assert.Single(sink.Measurements);
        var fault = Assert.Single(sink.Faults);
        Assert.Equal((DecodeFault.Truncated, one.Length, one.Length - 1), (fault.Fault, fault.Offset, fault.Length));
    }
}
