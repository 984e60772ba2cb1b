using System.Globalization;
using System.Text;
using Nadhir.Formats.ModeS;
using Nadhir.Formats.ModeS.Feeds;
using Nadhir.Formats.ModeS.Squitters;
using Nadhir.Formats.ModeS.Text;
using Nadhir.Formats.Tests.Asterix;
using Nadhir.Geodesy;
using Nadhir.Sensing;

namespace Nadhir.Formats.Tests.ModeS;

/// <summary>
/// Well-formed inputs, damaged by a seeded mutator: no decoder throws, reads past the end, tells a fault outside the
/// bytes, or keeps more than it may. The number of inputs is NADHIR_FUZZ for each format, or 50,000.
/// </summary>
[Collection(Alone.Name)]
public sealed class MutationTests
{
    static readonly int inputs = int.TryParse(Environment.GetEnvironmentVariable("NADHIR_FUZZ"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int told)
        ? told : 50_000;

    [Fact]
    public void Beast() => Run(Receivers.Beast(), BeastStream(), ModeSPrinter.Beast, 1);

    [Fact]
    public void Avr() => Run(Receivers.Avr(), AvrText(), ModeSPrinter.Avr, 2);

    [Fact]
    public void Sbs() => Run(Receivers.Sbs(), Encoding.ASCII.GetBytes(
        "MSG,3,1,1,4CA2AD,1,2010/05/23,00:00:18.796,2010/05/23,00:00:18.812,,15225,,,33.20522,44.43106,,,0,0,0,0\r\n"
        + "MSG,4,1,1,4CA2AD,1,2010/05/23,00:00:17.984,2010/05/23,00:00:18.812,,,361.4,20.7,,,-1728,,,,,\r\n"
        + "AIR,,1,1,4CA2AD,1,2010/05/23,00:00:17.984,2010/05/23,00:00:18.812\r\n"
        + "MSG,6,1,1,4CA2AD,1,2010/05/23,00:00:17.984,2010/05/23,00:00:18.812,IAW123,,,,,,,4301,0,0,0,0\r\n"), ModeSPrinter.Sbs, 3);

    [Fact]
    public void AircraftJson() => Run(Receivers.AircraftJson(), Encoding.ASCII.GetBytes(
        """
        {"now":1772366400.5,"messages":12,"aircraft":[
        {"hex":"4ca2ad","type":"adsb_icao","flight":"IAW123  ","alt_baro":15225,"alt_geom":15900,"gs":361.4,"track":20.7,
         "baro_rate":-1728,"squawk":"4301","lat":33.2,"lon":44.4,"nic":8,"rc":186,"seen_pos":0.4,"nac_p":9,"mlat":[],"tisb":[],
         "lastPosition":{"lat":33.1,"lon":44.2},"seen":0.1,"rssi":-22.3},
        {"hex":"~70c0de","type":"tisb_other","alt_baro":"ground","lat":33.3,"lon":44.5,"seen_pos":1,"mlat":["lat","lon"]}]}
        """), ModeSPrinter.AircraftJson, 4);

    static void Run(IFeedDecoder decoder, byte[] whole, FilePrinter printer, int seed)
    {
        Random random = new(seed);
        BoundsSink sink = new();
        for (int input = 0; input < inputs; input++)
        {
            byte[] damaged = Mutate(whole, random);
            DateTimeOffset arrived = Receivers.Noon.AddSeconds(random.Next(-100, 100_000));
            int from = 0;
            while (from < damaged.Length)
            {
                // The array ends where the piece ends: a read past it would throw.
                byte[] piece = damaged[from..Math.Min(damaged.Length, from + random.Next(1, damaged.Length + 1))];
                sink.Length = piece.Length;
                decoder.Decode(piece, arrived, sink);
                from += piece.Length;
            }

            // A printer begins with an empty table of aircraft each time, which costs more than many inputs.
            if (input % Math.Max(64, inputs / 20_000) != 0) continue;
            using MemoryStream output = new();
            printer(damaged, output, TextWriter.Null);
        }

        Assert.True(sink.Measurements > 0, "no input was good enough to be read");
        Assert.True(sink.Faults > 0, "no input was bad enough to be told");
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int again = 0; again < 1000; again++)
        {
            byte[] damaged = Mutate(whole, random);
            sink.Length = damaged.Length;
            decoder.Decode(damaged, Receivers.Noon, sink);
        }

        // What it may not do is keep its inputs.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 64_000_000);
    }

    static byte[] Mutate(byte[] whole, Random random)
    {
        List<byte> bytes = [.. whole];
        for (int times = random.Next(1, 6); times > 0; times--)
        {
            int at = random.Next(bytes.Count), count = Math.Min(random.Next(1, 30), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2 when bytes.Count > count:
                    bytes.RemoveRange(at, count);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, count));
                    break;
                case 4:
                    bytes.Insert(at, whole[random.Next(whole.Length)]);
                    break;
                case 5:
                    bytes.RemoveRange(at, bytes.Count - at);
                    bytes.Add((byte)random.Next(256));
                    break;
                default:
                    for (int i = 0; i < count; i++) bytes[at + i] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. bytes];
    }

    static byte[] BeastStream()
    {
        List<byte> stream = [];
        ulong counter = 0x1A1A_0000;
        foreach (byte[] message in Messages()) ModeSWriter.AppendBeast(stream, message, counter += 60_000, 0x1A);
        return [.. stream];
    }

    static byte[] AvrText()
    {
        StringBuilder text = new();
        ulong counter = 1;
        foreach (byte[] message in Messages()) ModeSWriter.AppendAvr(text, message, counter += 60_000);
        ModeSWriter.AppendAvr(text, [0x43, 0x01]);
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    static List<byte[]> Messages()
    {
        GeoPoint place = new(33.4, 44.5);
        List<byte[]> messages =
        [
            ModeSWriter.AllCall(0x1A1A1A),
            ModeSWriter.Reply(4, 0x1A1A1A, 0x5B8),
            ModeSWriter.Squitter(0x1A1A1A, AircraftIdentification.Write('A', 3, "IAW123")),
            ModeSWriter.Squitter(0x1A1A1A, AirborneVelocity.Write(200, -100, 640, 150)),
            ModeSWriter.Squitter(0x1A1A1A, OperationalStatus.Write(9, 3)),
            ModeSWriter.Squitter(0x1A1A1A, AircraftStatus.Write(1, 0xFC0)),
        ];
        foreach (bool odd in new[] { false, true })
        {
            messages.Add(ModeSWriter.Squitter(0x1A1A1A, AirbornePosition.Write(11, 30_000, CompactPositionReporting.Encode(place, odd, surface: false))));
            messages.Add(ModeSWriter.NonTransponderSquitter(0x70C0DE, SurfacePosition.Write(7, 20, 90, CompactPositionReporting.Encode(place, odd, surface: true)), 2));
        }

        return messages;
    }

    delegate int FilePrinter(ReadOnlyMemory<byte> file, Stream output, TextWriter errors);

    sealed class BoundsSink : IDecodeSink
    {
        public int Length { get; set; }
        public long Measurements { get; private set; }
        public long Faults { get; private set; }

        public void OnMeasurement(in Measurement measurement)
        {
            Measurements++;
            // Asked by hand, millions of times: an assertion costs more than the decoder.
            if (!(Math.Abs(measurement.LatitudeDegrees) <= 90 && Math.Abs(measurement.LongitudeDegrees) <= 180))
                Assert.Fail($"{measurement.LatitudeDegrees}, {measurement.LongitudeDegrees} is no place");
            if (measurement.Sensor != 1) Assert.Fail("not this sensor's");
        }

        public void OnScanMark(int sensor, ScanMark mark, DateTimeOffset time, double azimuthRadians, TimeSpan rotation) =>
            Assert.Fail("no antenna turns here");

        public void OnAlive(int sensor, DateTimeOffset time) => Assert.Equal(1, sensor);

        public void OnFault(DecodeFault fault, int offset, int length, string detail)
        {
            Faults++;
            if (fault == DecodeFault.None || offset < 0 || length < 1 || length > Length - offset)
                Assert.Fail($"{fault} at {offset}, {length} bytes of {Length}");
        }
    }
}
