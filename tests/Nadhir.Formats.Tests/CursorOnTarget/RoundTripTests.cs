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

    /// <summary>A ping as node-cot 14.23.2 writes it.</summary>
    [Fact]
    public void A_message_of_another_make_reads_as_it_was_meant()
    {
        byte[] body = Convert.FromHexString(
            "12700a07742d782d632d742a2432636238323434302d653162622d346565342d613034382d30393335663464303039373330f281d8b8a03438f281"
            + "d8b8a03440929ed9b8a0344a09682d672d692d672d6f69000000e0cf12634171000000e0cf1263417a0d0a0b3c6d657461646174612f3e");
        CotEvent told = FromProtobuf(body);
        Assert.Equal(("t-x-c-t", "2cb82440-e1bb-4ee4-a048-0935f4d00973", "h-g-i-g-o"), (told.Type, told.Uid, told.How));
        Assert.Equal(CotPoint.Nowhere with { HeightMetres = 0 }, told.Point);
        Assert.Equal(TimeSpan.FromSeconds(20), told.Stale - told.Time);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 6, 26, 52, 274, TimeSpan.Zero), told.Time);
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
