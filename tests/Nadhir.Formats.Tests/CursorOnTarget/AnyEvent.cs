using CsCheck;
using Nadhir.Formats.CursorOnTarget;

namespace Nadhir.Formats.Tests.CursorOnTarget;

/// <summary>Events of every shape the two forms can carry.</summary>
static class AnyEvent
{
    static readonly Gen<string> text = Gen.OneOf(
        OneOf("A-1", "<&>\"'", "طائرة", "a b", "😀", "line\nbreak\ttab", "</event>", "]]>", "<event "),
        Gen.Char['a', 'z'].Array[1, 12].Select(chars => new string(chars)));
    static readonly Gen<string> optional = Gen.OneOf(Gen.Const(""), text);
    static readonly Gen<DateTimeOffset> time = Gen.Long[0, 4_102_444_800_000].Select(DateTimeOffset.FromUnixTimeMilliseconds);
    static readonly Gen<double> number = Gen.OneOf(Gen.Double[-1e6, 1e6], OneOf(0.0, 9_999_999, 1e-9, -0.0, 1e300));

    static readonly Gen<CotPoint> point = Gen.Select(
        Gen.Double[-90, 90], Gen.Double[-180, 180], number, number, number,
        (latitude, longitude, height, circular, linear) => new CotPoint(latitude, longitude, height, circular, linear));

    static readonly Gen<string> other = Gen.Select(
        OneOf("remarks", "link", "uid", "__video", "status", "contact"), text, text,
        (name, value, words) => CotDetailXml.Compose(writer =>
        {
            writer.WriteStartElement(name);
            writer.WriteAttributeString("phone", value);
            writer.WriteStartElement("inner");
            writer.WriteString(words);
            writer.WriteEndElement();
            writer.WriteEndElement();
        }));

    static readonly Gen<CotDetail> detail = Gen.Select(
        Gen.Select(text, optional, (callsign, endpoint) => new CotContact(callsign, endpoint)).Null(),
        Gen.Select(text, optional, (name, role) => new CotGroup(name, role)).Null(),
        Gen.Select(text, text, (position, height) => new CotPrecision(position, height)).Null(),
        Gen.UInt.Nullable(),
        Gen.Select(optional, optional, optional, text, (a, b, c, d) => new CotEquipment(a, b, c, d)).Null(),
        Gen.Select(Gen.Double[0, 360], Gen.Double[0, 1000], (course, speed) => new CotMotion(course, speed)).Null(),
        other.Array[0, 3],
        (contact, group, precision, battery, equipment, motion, others) => new CotDetail
        {
            // A field and an element of the same name do not stand side by side.
            Contact = others.Any(o => o.StartsWith("<contact", StringComparison.Ordinal)) ? null : contact,
            Group = group,
            Precision = precision,
            Battery = others.Any(o => o.StartsWith("<status", StringComparison.Ordinal)) ? null : battery,
            Equipment = equipment,
            Motion = motion,
            Xml = string.Concat(others),
        });

    public static readonly Gen<CotEvent> One = Gen.Select(
        Gen.Select(text, text, optional, optional, optional, (uid, type, how, access, qos) => (uid, type, how, access, qos)),
        Gen.Select(time, time, time), point, detail, Gen.Select(optional, optional, optional),
        (head, times, where, more, marks) => new CotEvent
        {
            Uid = head.uid,
            Type = head.type,
            How = head.how,
            Access = head.access,
            Qos = head.qos,
            Time = times.Item1,
            Start = times.Item2,
            Stale = times.Item3,
            Point = where,
            Detail = more,
            Opex = marks.Item1,
            Caveat = marks.Item2,
            ReleasableTo = marks.Item3,
        });

    static Gen<T> OneOf<T>(params T[] these) => Gen.Int[0, these.Length - 1].Select(i => these[i]);

    public static byte[] Framed(CotEvent told, bool protobuf) =>
        protobuf ? TakProtobuf.WriteStream(new(null, told)) : CotXmlWriter.Write(told);
}
