using System.Globalization;
using System.Text;
using Nadhir.Formats.CursorOnTarget;
using Nadhir.Formats.ModeS;
using Nadhir.Formats.ModeS.Squitters;
using Nadhir.Formats.RemoteId;
using Nadhir.Geodesy;
using Nadhir.Tests.Feeds;

namespace Nadhir.Tests.Replays;

/// <summary>One flight east past a place, a report a second, as each format would have recorded it.</summary>
static class Flights
{
    public const int Seconds = 40;
    public static readonly GeoPosition Receiver = new(33.3, 44.4, 40);
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static GeoPoint Place(int second) => Geodesic.Direct(Receiver.Point, 90, 5000 + (200 * second));

    public static byte[] Beast()
    {
        List<byte> stream = [];
        for (int i = 0; i < 2 * Seconds; i++)
            ModeSWriter.AppendBeast(stream, Squitter(i), Counter(i));
        return [.. stream];
    }

    /// <param name="counted">With the receiver's counter, else without any time.</param>
    public static byte[] Avr(bool counted)
    {
        StringBuilder text = new();
        for (int i = 0; i < 2 * Seconds; i++) ModeSWriter.AppendAvr(text, Squitter(i), counted ? Counter(i) : null);
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    static ulong Counter(int half) => (ulong)(100 + half) * 6_000_000;

    static byte[] Squitter(int half) => ModeSWriter.Squitter(0x4CA2AD, AirbornePosition.Write(
        12, 30_000, CompactPositionReporting.Encode(Place(half / 2), half % 2 == 1, surface: false)));

    public static byte[] Sbs() => Lines((second, at, time) => string.Create(CultureInfo.InvariantCulture,
        $"MSG,3,1,1,4CA2AD,1,{time:yyyy'/'MM'/'dd,HH:mm:ss.fff},{time:yyyy'/'MM'/'dd,HH:mm:ss.fff},,30000,,,{at.LatitudeDegrees:0.00000},{at.LongitudeDegrees:0.00000},,,0,0,0,0"));

    /// <summary>Each second a file of its own.</summary>
    public static byte[][] AircraftJson() => [.. Enumerable.Range(0, Seconds).Select(second => Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture,
            $$"""{"now":{{Start.AddSeconds(second).ToUnixTimeSeconds()}},"aircraft":[{"hex":"4ca2ad","type":"adsb_icao","alt_baro":30000,"lat":{{Place(second).LatitudeDegrees:0.000000}},"lon":{{Place(second).LongitudeDegrees:0.000000}},"seen_pos":0,"seen":0}]}""")))];

    public static CotEvent Event(int second) => new()
    {
        Uid = "radar.7", Type = "a-u-A", How = "m-r", Time = Start.AddSeconds(second), Start = Start.AddSeconds(second),
        Stale = Start.AddSeconds(second + 20),
        Point = new(Place(second).LatitudeDegrees, Place(second).LongitudeDegrees, 3000, 30, 30),
    };

    public static byte[] Cot() => [.. Enumerable.Range(0, Seconds).SelectMany(second => second % 2 == 0
        ? CotXmlWriter.Write(Event(second))
        : TakProtobuf.WriteStream(new(null, Event(second))))];

    /// <summary>As the receiver passes it on: the transmitter's address, how strongly it was heard, a pack.</summary>
    public static byte[] RemoteId(int second)
    {
        byte[] messages = new byte[2 * RemoteIdMessage.Length], pack = new byte[messages.Length + RemoteIdMessage.PackHeader];
        new RemoteIdBasicId(RemoteIdIdType.SerialNumber, 2, ShortText.From("1581F45T7228K00SERI")).Write(messages);
        new RemoteIdLocation
        {
            Status = RemoteIdStatus.Airborne, LatitudeDegrees = Place(second).LatitudeDegrees,
            LongitudeDegrees = Place(second).LongitudeDegrees, GeodeticAltitudeMetres = 120, SpeedMetresPerSecond = 200,
            TrackDegrees = 90, HorizontalAccuracy = 10, SecondsOfHour = second,
        }.Write(messages.AsSpan(RemoteIdMessage.Length));
        RemoteIdMessage.WritePack(messages, pack);
        return [2, 0, 0, 0, 0, 1, 200, .. pack];
    }

    public static byte[] RemoteIdHex() => Lines((second, _, _) => Convert.ToHexString(RemoteId(second)));

    public static byte[] RemoteIdJson() => Lines((_, at, time) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"mac":"02:00:00:00:00:01","timestamp":"{{time:yyyy-MM-ddTHH:mm:ss}}Z","drone_lat":{{at.LatitudeDegrees:0.000000}},"drone_long":{{at.LongitudeDegrees:0.000000}},"drone_altitude":120,"speed":200,"heading":90,"basic_id":"1581F45T7228K00SERIAL"}"""));

    public static byte[] Acoustic(params string[] nodes) => Lines((second, _, time) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"node":"{{nodes[second % nodes.Length]}}","time":"{{time:yyyy-MM-ddTHH:mm:ss}}Z","bearing_deg":90,"bearing_sigma_deg":3}"""));

    public static byte[] Sapient(bool ranged) => [.. Enumerable.Range(0, Seconds).SelectMany(second => SapientPeer.Framed(
        ranged ? SapientPeer.Detection(5000 + (200 * second)) : Located(Place(second)), Start.AddSeconds(second)))];

    static string Located(GeoPoint at) => FormattableString.Invariant(
        $$"""
        "detectionReport":{"reportId":"01GGYFBAXGDG7AGAHRZ6XSNY12","objectId":"01GGYFBAXH4VYRQYEX7S3XGK3H",
        "location":{"x":{{at.LongitudeDegrees}},"y":{{at.LatitudeDegrees}},"coordinateSystem":"LOCATION_COORDINATE_SYSTEM_LAT_LNG_DEG_M","datum":"LOCATION_DATUM_WGS84_E"} }
        """);

    static byte[] Lines(Func<int, GeoPoint, DateTimeOffset, string> line) => Encoding.UTF8.GetBytes(string.Concat(
        Enumerable.Range(0, Seconds).Select(second => line(second, Place(second), Start.AddSeconds(second)) + "\n")));
}
