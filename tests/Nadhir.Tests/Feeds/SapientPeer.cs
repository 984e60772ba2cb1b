using System.Net;
using System.Net.Sockets;
using System.Text;
using Nadhir.Formats.Sapient;
using Nadhir.Tak;

namespace Nadhir.Tests.Feeds;

/// <summary>A node as others build them: speaks the real protocol over TCP.</summary>
sealed class SapientPeer : IDisposable
{
    public const string Node = "a8654cdf-4328-47de-81fa-c495589e30c8",
        Stranger = "00000000-4328-47de-81fa-c495589e30c8";
    public const string Registration =
        """
        "registration":{"nodeDefinition":[{"nodeType":"NODE_TYPE_RADAR"}],"icdVersion":"BSI Flex 335 v2.0","name":"Hill",
        "capabilities":[{"category":"Radar","type":"Range"}],"configData":[{"manufacturer":"M","model":"N"}],
        "statusDefinition":{"statusInterval":{"units":"TIME_UNITS_SECONDS","value":5}},
        "modeDefinition":[{"modeName":"Default","modeType":"MODE_TYPE_PERMANENT","settleTime":{"units":"TIME_UNITS_SECONDS","value":1},
        "task":{"concurrentTasks":1,"regionDefinition":{"regionType":["REGION_TYPE_AREA_OF_INTEREST"],
        "regionArea":[{"locationUnits":"LOCATION_COORDINATE_SYSTEM_LAT_LNG_DEG_M","locationDatum":"LOCATION_DATUM_WGS84_E"}]}}}]}
        """;
    public const string Status =
        """
        "statusReport":{"reportId":"01GGYFBAV4EEPB1398MKQ47E6E","system":"SYSTEM_OK","info":"INFO_NEW","mode":"Default"}
        """;

    readonly TcpClient client = new() { NoDelay = true };
    readonly Stream stream;
    readonly SapientDocument document = new();

    /// <param name="tls">Null: in the clear.</param>
    public SapientPeer(EndPoint server, TakTls? tls = null)
    {
        client.Connect((IPEndPoint)server);
        stream = client.GetStream();
        if (tls is not null) stream = tls.AsClient(stream, "127.0.0.1", TestContext.Current.CancellationToken).GetAwaiter().GetResult();
    }

    /// <summary>Says yes once a connection can be made, within a minute.</summary>
    public static async Task<SapientPeer> Connect(IPEndPoint server)
    {
        using PeriodicTimer ticks = new(TimeSpan.FromMilliseconds(100));
        for (int i = 0; ; i++)
        {
            try
            {
                return new(server);
            }
            catch (SocketException) when (i < 600)
            {
                await ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            }
        }
    }

    public static string Detection(double rangeMetres) => FormattableString.Invariant(
        $$"""
        "detectionReport":{"reportId":"01GGYFBAXGDG7AGAHRZ6XSNY12","objectId":"01GGYFBAXH4VYRQYEX7S3XGK3H",
        "rangeBearing":{"range":{{rangeMetres}},"azimuth":45,"coordinateSystem":"RANGE_BEARING_COORDINATE_SYSTEM_DEGREES_M","datum":"RANGE_BEARING_DATUM_TRUE"} }
        """);

    /// <summary>Framed; also of a message that breaks the rules.</summary>
    public static byte[] Framed(string content, DateTimeOffset at, string node = Node)
    {
        SapientDocument message = new();
        message.TryReadJson(Encoding.UTF8.GetBytes($$"""{"timestamp":"{{at:yyyy-MM-dd'T'HH:mm:ss.fffffff}}Z","nodeId":"{{node}}",{{content}}}"""));
        Assert.Equal(Sensing.DecodeFault.None, message.Damage);
        return SapientFrame.Wrap(message.ToBytes());
    }

    public Task Send(byte[] bytes) => stream.WriteAsync(bytes, TestContext.Current.CancellationToken).AsTask();

    public async Task OneByteAtATime(byte[] bytes)
    {
        for (int i = 0; i < bytes.Length; i++) await Send(bytes[i..(i + 1)]);
    }

    /// <summary>The next answer, which must be valid; null when the connection is closed.</summary>
    public async Task<SapientDocument?> Answer()
    {
        byte[] header = new byte[SapientFrame.HeaderLength];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        if (await stream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false,
            patience.Token) < header.Length) return null;
        byte[] message = new byte[BitConverter.ToInt32(header)];
        await stream.ReadExactlyAsync(message, patience.Token);
        Assert.True(document.TryRead(message), string.Join('\n', document.Reasons));
        return document;
    }

    public void Dispose() => client.Dispose();
}
