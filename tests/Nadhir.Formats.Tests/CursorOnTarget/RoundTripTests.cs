using CsCheck;
using Nadhir.Formats.CursorOnTarget;
using Nadhir.Sensing;

namespace Nadhir.Formats.Tests.CursorOnTarget;

/// <summary>Both forms carry the same event.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public void What_is_written_as_xml_reads_back_as_the_same_event() =>
        AnyEvent.One.Sample(told => Assert.Equal(told, FromXml(CotXmlWriter.Write(told))), iter: 5_000);

    [Fact]
    public void What_is_written_as_protobuf_reads_back_as_the_same_event() =>
        AnyEvent.One.Sample(told => Assert.Equal(told, FromProtobuf(TakProtobuf.Write(new(null, told)))), iter: 5_000);

    [Fact]
    public void From_xml_to_protobuf_and_back_nothing_is_lost() =>
        AnyEvent.One.Sample(
            told =>
            {
                byte[] xml = CotXmlWriter.Write(told);
                Assert.Equal(xml, CotXmlWriter.Write(FromProtobuf(TakProtobuf.Write(new(null, FromXml(xml))))));
            },
            iter: 5_000);

    [Fact]
    public void A_word_about_the_protocol_reads_back_as_it_was() =>
        Gen.Select(Gen.UInt, Gen.UInt).Sample((least, most) =>
        {
            TakControl control = new(least, most, "ANDROID-1");
            Assert.Equal(DecodeFault.None, TakProtobuf.TryRead(TakProtobuf.Write(new(control, null)), out TakMessage? read, out _));
            Assert.Equal(control, read!.Control);
            Assert.Null(read.Event);
        });

    [Fact]
    public void An_element_no_field_can_hold_goes_before_the_field()
    {
        CotDetail field = new() { Contact = new("FIELD", "") };
        CotDetail both = CotDetailXml.Add(field, """<contact callsign="TEXT" phone="1"/>""");
        Assert.Null(both.Contact);
        Assert.Equal("TEXT", CotDetailXml.Attribute(both.Xml, "contact", "callsign"));
    }

    static CotEvent FromXml(byte[] xml)
    {
        DecodeFault fault = CotXmlReader.TryRead(xml, out CotEvent? read, out string detail);
        Assert.True(fault == DecodeFault.None, detail);
        return read!;
    }

    static CotEvent FromProtobuf(byte[] body)
    {
        DecodeFault fault = TakProtobuf.TryRead(body, out TakMessage? read, out string detail);
        Assert.True(fault == DecodeFault.None, detail);
        return read!.Event!;
    }
}
