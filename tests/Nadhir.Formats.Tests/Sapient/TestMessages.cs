using System.Text;
using Nadhir.Formats.Sapient;
using Nadhir.Geodesy;
using Nadhir.Sensing;

namespace Nadhir.Formats.Tests.Sapient;

/// <summary>Messages of one node, as protobuf, from the JSON that is easier to read.</summary>
static class TestMessages
{
    public const string Node = "a8654cdf-4328-47de-81fa-c495589e30c8",
        Stranger = "00000000-4328-47de-81fa-c495589e30c8";
    public const string Aircraft = "01GGYFBAXH4VYRQYEX7S3XGK3H", Other = "01GGYFBAXH4VYRQYEX7S3XGK3J";
    public static readonly DateTimeOffset Sent = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Sensor Sensor(SensorKind kind = SensorKind.Radar) => new()
    {
        Id = "S", Kind = kind, Feed = "nodes", NodeId = Node, Position = new GeoPosition(33, 44, 50),
    };

    public static byte[] Message(string content, string node = Node) => Binary(
        $$"""{"timestamp":"2026-03-01T12:00:00Z","nodeId":"{{node}}",{{content}}}""");

    /// <param name="place">The member that says where.</param>
    public static byte[] Detection(string place, string more = "", string node = Node, string objectId = Aircraft) =>
        Message(
        $$"""
        "detectionReport":{"reportId":"01GGYFBAXGDG7AGAHRZ6XSNY12","objectId":"{{objectId}}",{{place}}{{more}}}
        """, node);

    public static string Degrees(double x, double y, string more = "") => FormattableString.Invariant(
        $$"""{"x":{{x}},"y":{{y}},"coordinateSystem":"LOCATION_COORDINATE_SYSTEM_LAT_LNG_DEG_M","datum":"LOCATION_DATUM_WGS84_E"{{more}}}""");

    public static string Status(string system = "SYSTEM_OK", string more = "", string mode = "Default") =>
        $$"""
        "statusReport":{"reportId":"01GGYFBAV4EEPB1398MKQ47E6E","system":"{{system}}","info":"INFO_NEW","mode":"{{mode}}"{{more}}}
        """;

    /// <param name="tracking">Of the one mode; empty to say nothing of it.</param>
    public static string Registration(string tracking = "", string speed = "SPEED_UNITS_MS", string zone = "",
        string error = "Standard Deviation")
    {
        string trackingType = tracking.Length == 0 ? "" : $"\"trackingType\":\"{tracking}\",";
        string location = zone.Length == 0 ? "" :
            $$$""","locationDefinition":{"locationUnits":"LOCATION_COORDINATE_SYSTEM_UTM_M","locationDatum":"LOCATION_DATUM_WGS84_E","zone":"{{{zone}}}"}""";
        return $$$"""
            "registration":{"nodeDefinition":[{"nodeType":"NODE_TYPE_RADAR"}],"icdVersion":"BSI Flex 335 v2.0","name":"Hill",
            "capabilities":[{"category":"Radar","type":"Range","value":"10","units":"km"}],
            "statusDefinition":{"statusInterval":{"units":"TIME_UNITS_SECONDS","value":5}{{{location}}} },
            "configData":[{"manufacturer":"M","model":"N"}],
            "modeDefinition":[{"modeName":"Default","modeType":"MODE_TYPE_PERMANENT","settleTime":{"units":"TIME_UNITS_SECONDS","value":1},
            {{{trackingType}}}"detectionDefinition":[{
            "locationType":{"locationUnits":"LOCATION_COORDINATE_SYSTEM_LAT_LNG_DEG_M","locationDatum":"LOCATION_DATUM_WGS84_E"},
            "geometricError":{"type":"{{{error}}}","units":"metres","variationType":"none"},
            "velocityType":{"enuVelocityUnits":{"eastNorthRateUnits":"{{{speed}}}","upRateUnits":"SPEED_UNITS_MS"},"locationDatum":"LOCATION_DATUM_WGS84_E"}}],
            "task":{"concurrentTasks":1,"regionDefinition":{"regionType":["REGION_TYPE_AREA_OF_INTEREST"],
            "regionArea":[{"locationUnits":"LOCATION_COORDINATE_SYSTEM_LAT_LNG_DEG_M","locationDatum":"LOCATION_DATUM_WGS84_E"}] }} }]}
            """;
    }

    static byte[] Binary(string json)
    {
        SapientDocument document = new();
        Assert.True(document.TryReadJson(Encoding.UTF8.GetBytes(json)), string.Join('\n', document.Reasons));
        return document.ToBytes();
    }
}
