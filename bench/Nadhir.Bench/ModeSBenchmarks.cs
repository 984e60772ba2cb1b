using BenchmarkDotNet.Attributes;
using Nadhir.Bench.Baseline;
using Nadhir.Formats.ModeS;
using Nadhir.Formats.ModeS.Feeds;
using Nadhir.Formats.ModeS.Squitters;
using Nadhir.Geodesy;
using Nadhir.Sensing;

namespace Nadhir.Bench;

/// <summary>
/// Beast from bytes in memory, one thread, in ratio to a plain decoder that only checks parities bit by bit; time is
/// per Mode S message. The bytes are those of the recording that NADHIR_BEAST names, over and over (its Mode A and C
/// replies are read but not counted), else made up in about the proportions of a real one.
/// </summary>
[MemoryDiagnoser]
public class ModeSBenchmarks
{
    const int Messages = 100_000;

    static readonly DateTimeOffset arrived = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    readonly Counter sink = new();
    byte[] stream = [];
    readonly BeastFrames frames = new();
    readonly ModeSReceiver receiver = new();
    BeastFeedDecoder decoder = null!;

    [GlobalSetup]
    public void Prepare()
    {
        byte[] source = Environment.GetEnvironmentVariable("NADHIR_BEAST") is { Length: > 0 } path
            ? File.ReadAllBytes(path) : MadeUp();
        List<byte> all = [];
        int messages = 0;
        while (messages < Messages)
        {
            BeastFrames once = new();
            int at = 0, from = 0;
            while (messages < Messages && once.TryTake(source, ref at, sink, out BeastFrame frame))
            {
                all.AddRange(source.AsSpan(from, frame.End - from));
                from = frame.End;
                if (frame.Kind is BeastKind.Short or BeastKind.Long) messages++;
            }
        }

        stream = [.. all];
        GeoPosition position = new(59.8, 30.3, 0);
        decoder = new("f", [new() { Id = "a", Kind = SensorKind.Adsb, Feed = "f", Position = position }]);
        double messagesPerReport = Messages / (double)Measurements();
        if (messagesPerReport is < 2 or > 20)
            throw new InvalidOperationException($"{messagesPerReport} messages a report");
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Messages)]
    public int PlainParityOnly()
    {
        PlainBeastDecoder plain = new();
        plain.Decode(stream);
        return Require(plain.Believed);
    }

    /// <summary>Every field of every message that is believed, as typed records.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public double TypedRecords()
    {
        int at = 0, believed = 0;
        double sum = 0;
        while (frames.TryTake(stream, ref at, sink, out BeastFrame frame))
        {
            if (frame.Kind is not (BeastKind.Short or BeastKind.Long)) continue;
            ModeSMessage message = ModeSMessage.Read(frame.Message);
            if (receiver.Hear(ref message, (long)frame.Counter, out Sender sender) != Hearing.Believed) continue;
            believed++;
            sum += sender.Address + Read(message);
        }

        Require(believed);
        return sum;
    }

    /// <summary>
    /// All the way to position reports: compact positions resolved, velocities and identities joined.
    /// </summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public int Measurements()
    {
        sink.Count = 0;
        decoder.Decode(stream, arrived, sink);
        return sink.Count;
    }

    static double Read(in ModeSMessage message) => message.Format switch
    {
        0 or 4 or 16 or 20 => (message.AltitudeFeet ?? 0) + message.FlightStatus + (double)message.Field,
        5 or 21 => message.Identity + message.FlightStatus + (double)message.Field,
        17 or 18 => Read(message.Field),
        _ => message.Capability,
    };

    static double Read(ulong field)
    {
        switch (SquitterType.KindOf(field))
        {
            case SquitterKind.AirbornePosition or SquitterKind.AirbornePositionGeometric:
                AirbornePosition position = AirbornePosition.Read(field);
                return (position.AltitudeFeet ?? 0) + position.Place.Latitude + position.Place.Longitude;
            case SquitterKind.SurfacePosition:
                SurfacePosition surface = SurfacePosition.Read(field);
                return surface.SpeedKnots + surface.TrackDegrees + surface.Place.Latitude;
            case SquitterKind.Velocity:
                AirborneVelocity velocity = AirborneVelocity.Read(field);
                return velocity.GroundSpeedKnots + velocity.TrackDegrees + (velocity.ClimbFeetPerMinute ?? 0);
            case SquitterKind.Identification:
                AircraftIdentification named = AircraftIdentification.Read(field);
                return named.Category + named.Callsign.GetHashCode();
            case SquitterKind.Status:
                return AircraftStatus.Read(field).Mode3A;
            case SquitterKind.TargetState:
                return TargetState.Read(field).SelectedAltitudeFeet ?? 0;
            case SquitterKind.OperationalStatus:
                return OperationalStatus.Read(field).PositionAccuracy;
            default:
                return 0;
        }
    }

    /// <summary>A decoder that believes nothing is no measure of anything.</summary>
    static int Require(int believed) =>
        believed > 0.9 * Messages ? believed
            : throw new InvalidOperationException($"{believed} of {Messages} messages");

    /// <summary>
    /// Forty aircraft around the receiver: of ten messages four all-calls, four squitters, two replies.
    /// </summary>
    static byte[] MadeUp()
    {
        List<byte> made = [];
        ulong counter = 12_000_000;
        for (int round = 0; round < 100; round++)
            for (uint aircraft = 0; aircraft < 40; aircraft++)
            {
                uint address = 0x406B00 + aircraft;
                GeoPoint place = new(59 + (aircraft * 0.03) + (round * 0.0001), 30 + (aircraft * 0.02));
                for (int i = 0; i < 4; i++) Put(ModeSWriter.AllCall(address));
                foreach (bool odd in new[] { false, true })
                    Put(ModeSWriter.Squitter(address, AirbornePosition.Write(11, 30_000,
                        CompactPositionReporting.Encode(place, odd, surface: false))));
                Put(ModeSWriter.Squitter(address, AirborneVelocity.Write(100 + aircraft, -200, 640, 150)));
                Put(ModeSWriter.Squitter(address, AircraftIdentification.Write('A', 3, "NADHIR" + (aircraft % 10))));
                Put(ModeSWriter.Reply(4, address, 0x5B8));
                Put(ModeSWriter.Reply(5, address, 0x808));
            }

        return [.. made];

        void Put(byte[] message) => ModeSWriter.AppendBeast(made, message, counter += 3_000);
    }

    sealed class Counter : IDecodeSink
    {
        public int Count { get; set; }
        public void OnMeasurement(in Measurement measurement) => Count++;
        public void OnScanMark(int sensor, ScanMark mark, DateTimeOffset time, double azimuthRadians, TimeSpan rotation)
        {
        }

        public void OnAlive(int sensor, DateTimeOffset time) { }
        public void OnFault(DecodeFault fault, int offset, int length, string detail) =>
            throw new InvalidOperationException(detail);
    }
}
