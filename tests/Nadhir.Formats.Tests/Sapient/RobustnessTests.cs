using System.Globalization;
using Nadhir.Formats.Sapient;
using Nadhir.Formats.Tests.Asterix;
using Nadhir.Sensing;

namespace Nadhir.Formats.Tests.Sapient;

/// <summary>Bytes from outside can be anything: never an exception, never past the end, never without bound.</summary>
public sealed class RobustnessTests
{
    static readonly long inputs =
        long.Parse(Environment.GetEnvironmentVariable("NADHIR_FUZZ") ?? "200000", CultureInfo.InvariantCulture);

    [Fact]
    public void Mutated_messages_never_make_the_decoder_or_the_desk_throw()
    {
        Random random = new(335);
        byte[][] seeds = Seeds(random);
        RecordingSink sink = new();
        SapientFeedDecoder decoder = new("nodes", [TestMessages.Sensor()]);
        SapientDesk desk = new(1, acceptUnknown: true, [TestMessages.Sensor()]);
        SapientDocument document = new();
        long heard = 0, refused = 0;
        for (long i = 0; i < inputs; i++)
        {
            byte[] message = Mutated(seeds[random.Next(seeds.Length)], seeds, random);
            decoder.Decode(SapientFrame.Wrap(message), TestMessages.Sent, sink);
            if (i % 4 == 0 && desk.Hear(message, TestMessages.Sent).Reply is { } reply)
                Assert.True(document.TryRead(reply), string.Join('\n', document.Reasons));
            foreach (var fault in sink.Faults) Assert.InRange(fault.Offset + fault.Length, 1, message.Length + 4);
            foreach (Measurement seen in sink.Measurements)
                Assert.True(double.IsFinite(seen.AzimuthRadians) || double.IsFinite(seen.LatitudeDegrees), $"{seen}");
            heard += sink.Measurements.Count + sink.Alive.Count;
            refused += sink.Faults.Count;
            sink.Measurements.Clear();
            sink.Alive.Clear();
            sink.Faults.Clear();
        }

        Assert.InRange(desk.Nodes.Length, 1, SapientDesk.MostNodes);
        // Mutations that change nothing of weight and ones that do: both have been tried in earnest.
        Assert.InRange(heard, inputs / 100, inputs);
        Assert.InRange(refused, inputs / 50, inputs);
    }

    [Fact]
    public void Mutated_JSON_never_throws()
    {
        Random random = new(336);
        SapientDocument document = new();
        byte[][] seeds = [.. Seeds(random).Take(40).Select(seed =>
        {
            document.TryRead(seed);
            using MemoryStream stream = new();
            using (System.Text.Json.Utf8JsonWriter writer = new(stream)) document.WriteJson(writer);
            return stream.ToArray();
        })];
        long refused = 0;
        for (long i = 0; i < inputs / 4; i++)
        {
            document.TryReadJson(Mutated(seeds[random.Next(seeds.Length)], seeds, random));
            if (!document.IsValid) refused++;
        }

        Assert.InRange(refused, inputs / 40, inputs / 4);
    }

    [Fact]
    public void Any_file_can_be_printed()
    {
        Random random = new(337);
        byte[][] seeds = Seeds(random);
        for (long i = 0; i < inputs / 20; i++)
        {
            byte[] file = Mutated(SapientFrame.Wrap(seeds[random.Next(seeds.Length)]), seeds, random);
            using MemoryStream output = new();
            using StringWriter errors = new();
            int exit = SapientPrinter.Print(file, output, errors);
            Assert.Equal(exit != 0, errors.ToString().Length > 0);
        }
    }

    [Fact]
    public void Objects_are_remembered_up_to_a_limit_and_numbered_apart()
    {
        ObjectNumbers numbers = new();
        for (int i = 0; i < 3 * ObjectNumbers.Most; i++) numbers.Of(i % 3, new UInt128((ulong)i, 1));
        Assert.Equal(ObjectNumbers.Most, numbers.Count);
        int[] alive = [.. Enumerable.Range(0, ObjectNumbers.Most).Select(i => numbers.Of(0, new UInt128(7, (ulong)i)))];
        Assert.Equal(alive.Length, alive.Distinct().Count());
        Assert.All(alive, number => Assert.InRange(number, 0, int.MaxValue));
    }

    /// <summary>Any messages of any type, and detections and reports of a node that is known.</summary>
    static byte[][] Seeds(Random random) =>
    [
        .. Enumerable.Range(0, 60).Select(_ => new AnySapient(random, TestMessages.Node).Message().ToBytes())
            .Where(bytes => bytes.Length < 20_000),
        TestMessages.Message(TestMessages.Registration("TRACKING_TYPE_TRACK", zone: "38S")),
        TestMessages.Message(TestMessages.Status()),
        .. Enumerable.Repeat(TestMessages.Detection("\"location\":" + TestMessages.Degrees(44.5, 33.1,
            ",\"z\":100,\"xError\":0.001,\"yError\":0.001")), 10),
        .. Enumerable.Repeat(TestMessages.Detection(
            """
            "rangeBearing":{"range":12000,"azimuth":10,"rangeError":20,"coordinateSystem":"RANGE_BEARING_COORDINATE_SYSTEM_DEGREES_M","datum":"RANGE_BEARING_DATUM_TRUE"}
            """), 10),
    ];

    static byte[] Mutated(byte[] seed, byte[][] others, Random random)
    {
        List<byte> bytes = [.. seed];
        for (int changes = random.Next(4); changes >= 0 && bytes.Count > 0; changes--)
        {
            int at = random.Next(bytes.Count), length = Math.Min(random.Next(1, 20), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes.RemoveRange(at, length); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 4: bytes.RemoveRange(at, bytes.Count - at); break;
                case 5:
                    byte[] other = others[random.Next(others.Length)];
                    int from = random.Next(other.Length);
                    bytes.InsertRange(at, other.AsSpan(from, Math.Min(length, other.Length - from)).ToArray());
                    break;
                default: bytes[at] = (byte)(random.Next(2) == 0 ? 0xFF : 0x80); break;
            }
        }

        return [.. bytes];
    }
}
