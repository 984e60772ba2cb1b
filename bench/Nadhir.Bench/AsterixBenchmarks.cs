using BenchmarkDotNet.Attributes;
using Nadhir.Formats.Asterix;
using Nadhir.Geodesy;
using Nadhir.Sensing;

namespace Nadhir.Bench;

/// <summary>Blocks of CAT 048 and CAT 062 from bytes to measurements, one thread; time is per record.</summary>
[MemoryDiagnoser]
public class AsterixBenchmarks
{
    const int Blocks = 1000, RecordsPerBlock = 20, Records = Blocks * RecordsPerBlock;

    static readonly DateTimeOffset arrived = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    readonly byte[][] plots = new byte[Blocks][];
    readonly byte[][] tracks = new byte[Blocks][];
    readonly Counter sink = new();
    readonly CategoryDefinition category = AsterixCatalogue.Newest(48)!;
    AsterixFeedDecoder decoder = null!;

    [GlobalSetup]
    public void Prepare()
    {
        Random random = new(48);
        Sensor sensor = new() { Id = "r", Kind = SensorKind.Radar, Feed = "f", Sac = 25, Sic = 2, Position = new GeoPosition(33, 44, 0) };
        decoder = new("f", [sensor]);
        PlotBlockWriter plotWriter = new();
        AsterixWriter trackWriter = new(62);
        for (int block = 0; block < Blocks; block++)
        {
            for (int i = 0; i < RecordsPerBlock; i++)
            {
                plotWriter.Add(new()
                {
                    Sac = 25, Sic = 2, TimeOfDaySeconds = random.NextDouble() * 86400, RangeMetres = random.NextDouble() * 400_000,
                    AzimuthRadians = random.NextDouble() * 6.28, Mode3A = (short)random.Next(4096), FlightLevelMetres = random.Next(12_000),
                    ModeSAddress = (uint)random.Next(1, 1 << 24), Callsign = Callsign.From("IAW123"), Primary = true, Secondary = true,
                });
                trackWriter.BeginRecord();
                trackWriter.Set("010", ("SAC", 25), ("SIC", 2));
                trackWriter.Set("070", random.Next(86400));
                trackWriter.Set("105", ("LAT", 33 + random.NextDouble()), ("LON", 44 + random.NextDouble()));
                trackWriter.Set("185", ("VX", random.Next(-300, 300)), ("VY", random.Next(-300, 300)));
                trackWriter.Set("060", ("MODE3A", "4301"));
                trackWriter.Set("380/ADR", "70C0DE");
                trackWriter.Set("380/ID", "IAW123");
                trackWriter.Set("040", random.Next(65536));
                trackWriter.Set("080", ("MON", 1), ("TSE", 0));
                trackWriter.Set("290/PSR", 1);
                trackWriter.Set("136", random.Next(12_000));
            }

            plots[block] = plotWriter.Finish();
            tracks[block] = trackWriter.Finish().ToArray();
        }
    }

    /// <summary>Only finding where every item of every record starts.</summary>
    [Benchmark(OperationsPerInvoke = Records)]
    public int WalkPlots()
    {
        Span<ushort> offsets = stackalloc ushort[AsterixRecord.MostItems];
        int items = 0;
        foreach (byte[] block in plots)
        {
            scoped ReadOnlySpan<byte> rest = block.AsSpan(AsterixBlock.HeaderOctets);
            while (!rest.IsEmpty && AsterixRecord.TryTake(category, ref rest, offsets, out AsterixRecord record) == DecodeFault.None)
                items += record.Bytes.Length;
        }

        return items;
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public int DecodePlots() => Decode(plots);

    [Benchmark(OperationsPerInvoke = Records)]
    public int DecodeSystemTracks() => Decode(tracks);

    int Decode(byte[][] blocks)
    {
        sink.Count = 0;
        foreach (byte[] block in blocks) decoder.Decode(block, arrived, sink);
        return sink.Count == Records ? sink.Count : throw new InvalidOperationException($"{sink.Count} of {Records} records");
    }

    sealed class Counter : IDecodeSink
    {
        public int Count { get; set; }
        public void OnMeasurement(in Measurement measurement) => Count++;
        public void OnScanMark(int sensor, ScanMark mark, DateTimeOffset time, double azimuthRadians, TimeSpan rotation) { }
        public void OnAlive(int sensor, DateTimeOffset time) { }
        public void OnFault(DecodeFault fault, int offset, int length, string detail) => throw new InvalidOperationException(detail);
    }
}
