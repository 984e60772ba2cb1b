using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using Nadhir.Formats.CursorOnTarget;
using Nadhir.Geodesy;
using Nadhir.Warning;

namespace Nadhir.Outlets.Tak;

/// <summary>
/// Zones as shapes that TAK devices draw, in the colour of their state (ISO 22324), with the state in words.
/// </summary>
sealed class TakZones(TakPicture picture, string ownPrefix)
{
    /// <summary>An outline of more corners is drawn with every second, third … of them: events stay small.</summary>
    public const int MostCorners = 500;

    /// <summary>Opaque, as the devices write them: alpha, red, green, blue in one signed number.</summary>
    static readonly int red = unchecked((int)0xFFFF0000), yellow = unchecked((int)0xFFFFFF00),
        green = unchecked((int)0xFF00B050);

    public static CotPoint Middle(ImmutableArray<GeoPoint> ring) => new(
        ring.Average(corner => corner.LatitudeDegrees), ring.Average(corner => corner.LongitudeDegrees),
        CotPoint.Unknown, CotPoint.Unknown, CotPoint.Unknown);

    /// <summary>One shape for a circle, one for each ring of a polygon.</summary>
    /// <param name="zone">What is drawn.</param>
    /// <param name="state">Of its alert; null when there is none.</param>
    /// <param name="now">When it is told.</param>
    /// <param name="goodFor">Until it is stale.</param>
    public IEnumerable<CotEvent> Shapes(Zone zone, AlertState? state, DateTimeOffset now, TimeSpan goodFor)
    {
        string says = state switch
        {
            AlertState.Warning => "WARNING: take shelter",
            AlertState.Watch => "WATCH: prepare",
            _ => "no alert",
        };
        string name = picture.Marked(zone.Name), remarks = picture.Remarks($"{zone.Name}: {says}.");
        int colour = state switch { AlertState.Warning => red, AlertState.Watch => yellow, _ => green };
        if (zone.Area.Centre is { } centre)
        {
            yield return picture.Event($"{ownPrefix}zone.{zone.Id}", "u-d-c-c", now, now + goodFor) with
            {
                Point = CotPoint.Nowhere with
                {
                    LatitudeDegrees = centre.LatitudeDegrees,
                    LongitudeDegrees = centre.LongitudeDegrees,
                },
                Detail = Detail(name, remarks, colour, writer => Circle(writer, zone.Area.RadiusMetres)),
            };
            yield break;
        }

        for (int i = 0; i < zone.Area.Rings.Length; i++)
        {
            ImmutableArray<GeoPoint> ring = zone.Area.Rings[i];
            if (ring.IsDefaultOrEmpty) continue;
            string uid = string.Create(
                CultureInfo.InvariantCulture, $"{ownPrefix}zone.{zone.Id}{(i == 0 ? "" : $".{i + 1}")}");
            yield return picture.Event(uid, "u-d-f", now, now + goodFor) with
            {
                Point = Middle(ring),
                Detail = Detail(name, remarks, colour, writer => Outline(writer, ring)),
            };
        }
    }

    static CotDetail Detail(string name, string remarks, int colour, Action<XmlWriter> shape) => new()
    {
        Contact = new(name, ""),
        Xml = CotDetailXml.Compose(writer =>
        {
            shape(writer);
            Value(writer, "strokeColor", colour);
            // A quarter as dense as the line.
            Value(writer, "fillColor", (colour & 0x00FFFFFF) | 0x40000000);
            Value(writer, "strokeWeight", 3);
            writer.WriteStartElement("labels_on");
            writer.WriteAttributeString("value", "true");
            writer.WriteEndElement();
        }) + remarks,
    };

    static void Outline(XmlWriter writer, ImmutableArray<GeoPoint> ring)
    {
        int step = 1 + ((ring.Length - 1) / MostCorners);
        for (int i = 0; i < ring.Length; i += step) Corner(writer, ring[i]);
        // Closed by its first corner.
        Corner(writer, ring[0]);
    }

    static void Corner(XmlWriter writer, GeoPoint corner)
    {
        writer.WriteStartElement("link");
        writer.WriteAttributeString("point", string.Create(
            CultureInfo.InvariantCulture, $"{corner.LatitudeDegrees:0.######},{corner.LongitudeDegrees:0.######}"));
        writer.WriteEndElement();
    }

    static void Circle(XmlWriter writer, double radius)
    {
        string metres = CotText.Number(Math.Round(radius, 1));
        writer.WriteStartElement("shape");
        writer.WriteStartElement("ellipse");
        writer.WriteAttributeString("major", metres);
        writer.WriteAttributeString("minor", metres);
        writer.WriteAttributeString("angle", "360");
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    static void Value(XmlWriter writer, string element, int value)
    {
        writer.WriteStartElement(element);
        writer.WriteAttributeString("value", value.ToString(CultureInfo.InvariantCulture));
        writer.WriteEndElement();
    }
}
