using System.Buffers.Binary;
using System.Diagnostics;
using System.Text.Json;
using Nadhir.Formats.Asterix;
using Nadhir.Formats.Captures;
using Nadhir.Geodesy;
using Nadhir.Sensing;

namespace Nadhir.Commands;

/// <summary>
/// <c>nadhir bench asterix --file RECORDING</c>: records a second of one core from bytes to measurements (the live path)
/// and from bytes to JSON lines, and Wireshark's dissector over the same datagrams where it is installed.
/// </summary>
static class AsterixBench
{
    const string Feed = "bench";
    /// <summary>What Wireshark is told to take for ASTERIX.</summary>
    const int Port = 8600;
    /// <summary>Datagrams given to Wireshark, at least: so that its start counts little.</summary>
    const int RecordsForWireshark = 30_000;

    static readonly DateTimeOffset midnight = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <returns>0; 2 when the file cannot be used.</returns>
    public static int Run(TextWriter output, string? file, double seconds, bool asJson)
    {
        if (file is null || !File.Exists(file) || !(seconds is > 0 and < 3600))
        {
            Console.Error.WriteLine("nadhir bench asterix: --file names a recording; seconds are more than 0");
            return 2;
        }

        CaptureItem[] items = [.. Capture.Open(file).Items()];
        EditionChooser editions = new();
        foreach (CaptureItem item in items)
        {
            ReadOnlySpan<byte> rest = item.Bytes.Span;
            while (AsterixBlock.TryTake(ref rest, out AsterixBlock block) == DecodeFault.None) editions.Observe(block);
        }

        Row live = Live(items, editions, seconds), json = Json(items, editions, seconds);
        List<Row> rows = [live, json];
        if (Wireshark(items, json.Records) is { } wireshark) rows.Add(wireshark);
        foreach (Row row in rows) Write(output, row, row.RecordsPerSecond / rows[^1].RecordsPerSecond, asJson);
        return 0;
    }

    /// <summary>The decoder of a feed, its sensors being all sources there are.</summary>
    static Row Live(CaptureItem[] items, EditionChooser editions, double seconds)
    {
        Sensor[] sensors = [.. Enumerable.Range(0, 65536).Select(source => new Sensor
        {
            Id = $"{source >> 8}/{source & 0xFF}", Kind = SensorKind.System, Feed = Feed,
            Sac = source >> 8, Sic = source & 0xFF,
            Position = new GeoPosition(45, 15, 0),
        })];
        SpokenEdition[] spoken = [.. AsterixCatalogue.Editions.Keys.Select(category =>
            new SpokenEdition(category, editions.Choose(category)!.Edition))];
        AsterixFeedDecoder decoder = new(Feed, [.. sensors], new() { Editions = [.. spoken] });
        Tally tally = new();
        return Measure("live", seconds, () =>
        {
            long before = decoder.Records;
            foreach (CaptureItem item in items)
                decoder.Decode(item.Bytes.Span, item.Time ?? midnight + (item.TimeOfDay ?? TimeSpan.Zero), tally);
            return decoder.Records - before;
        });
    }

    static Row Json(CaptureItem[] items, EditionChooser editions, double seconds)
    {
        using AsterixJsonWriter writer = new(Stream.Null, editions, _ => { });
        return Measure("json", seconds, () =>
        {
            long before = writer.Records;
            foreach (CaptureItem item in items) writer.Write(item);
            return writer.Records - before;
        });
    }

    /// <summary>A second to compile, then as often as the time allows; in processor time.</summary>
    static Row Measure(string path, double seconds, Func<long> once)
    {
        Stopwatch warming = Stopwatch.StartNew();
        while (warming.Elapsed.TotalSeconds < Math.Min(1, seconds)) once();
        long records = 0, allocated = GC.GetAllocatedBytesForCurrentThread();
        Stopwatch watch = Stopwatch.StartNew();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        while (watch.Elapsed.TotalSeconds < seconds) records += once();
        double elapsed = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return new(path, records, elapsed, allocated / (double)Math.Max(1, records));
    }

    static Row? Wireshark(CaptureItem[] items, long recordsEach)
    {
        if (recordsEach == 0 || !IsOnPath("tshark")) return null;
        string capture = Path.Combine(Path.GetTempPath(), $"nadhir-bench-{Environment.ProcessId}.pcap");
        try
        {
            // How many records a turn has is not the total of the measured turns: counted anew.
            int blocks = 0, copies = 0;
            using (FileStream file = File.Create(capture))
            {
                file.Write(FileHeader());
                do
                {
                    foreach (CaptureItem item in items)
                    {
                        if (item.Bytes.Length is 0 or > 65_000) continue;
                        file.Write(Packet(item.Bytes.Span));
                        blocks++;
                    }

                    copies++;
                }
                while (blocks < RecordsForWireshark);
            }

            if (RunTshark(capture) is not { } elapsed) return null;
            return new("tshark -T json", copies * CountRecords(items), elapsed, double.NaN);
        }
        finally
        {
            File.Delete(capture);
        }
    }

    static long CountRecords(CaptureItem[] items)
    {
        using AsterixJsonWriter writer = new(Stream.Null, new EditionChooser(), _ => { });
        foreach (CaptureItem item in items) writer.Write(item);
        return writer.Records;
    }

    /// <summary>Its processor time, seconds; null when it failed.</summary>
    static double? RunTshark(string capture)
    {
        ProcessStartInfo start = new("tshark")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (string argument in new[] { "-r", capture, "-d", $"udp.port=={Port},asterix", "-T", "json" })
            start.ArgumentList.Add(argument);
        using Process tshark = Process.Start(start)!;
        tshark.ErrorDataReceived += (_, _) => { };
        tshark.BeginErrorReadLine();
        byte[] buffer = new byte[1 << 16];
        double seconds = 0;
        // A process that has ended tells no time: asked as long as it speaks.
        for (int turn = 0; tshark.StandardOutput.BaseStream.Read(buffer) > 0; turn++)
        {
            if (turn % 16 != 0) continue;
            tshark.Refresh();
            try
            {
                seconds = tshark.TotalProcessorTime.TotalSeconds;
            }
            catch (InvalidOperationException)
            {
                break;
            }
        }

        tshark.StandardOutput.BaseStream.CopyTo(Stream.Null);
        tshark.WaitForExit();
        return tshark.ExitCode == 0 && seconds > 0 ? seconds : null;
    }

    /// <summary>pcap, microseconds, link type 101 (raw IP).</summary>
    static byte[] FileHeader()
    {
        byte[] header = new byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B2C3D4);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6), 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), 262_144);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(20), 101);
        return header;
    }

    /// <summary>One UDP datagram over IPv4 between two loopback addresses, without checksums.</summary>
    static byte[] Packet(ReadOnlySpan<byte> payload)
    {
        const int record = 16, ip = 20, udp = 8;
        byte[] packet = new byte[record + ip + udp + payload.Length];
        int length = ip + udp + payload.Length;
        BinaryPrimitives.WriteInt32LittleEndian(packet.AsSpan(8), length);
        BinaryPrimitives.WriteInt32LittleEndian(packet.AsSpan(12), length);
        Span<byte> at = packet.AsSpan(record);
        at[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(at[2..], (ushort)length);
        (at[8], at[9]) = (64, 17);
        (at[12], at[15], at[16], at[19]) = (127, 1, 127, 1);
        BinaryPrimitives.WriteUInt16BigEndian(at[ip..], Port);
        BinaryPrimitives.WriteUInt16BigEndian(at[(ip + 2)..], Port);
        BinaryPrimitives.WriteUInt16BigEndian(at[(ip + 4)..], (ushort)(udp + payload.Length));
        payload.CopyTo(at[(ip + udp)..]);
        return packet;
    }

    static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    static void Write(TextWriter output, Row row, double ratio, bool asJson)
    {
        if (asJson)
        {
            output.WriteLine(JsonSerializer.Serialize(new
            {
                path = row.Path, records = row.Records, seconds = row.Seconds, recordsPerSecond = row.RecordsPerSecond,
                bytesPerRecord = double.IsNaN(row.BytesPerRecord) ? (double?)null : row.BytesPerRecord,
                timesTheLast = ratio,
            }));
            return;
        }

        output.WriteLine($"{row.Path,-16} {row.Records,12} records {row.Seconds,8:F3} cpu s "
            + $"{row.RecordsPerSecond,12:F0} records/s "
            + $"{row.BytesPerRecord,8:F2} B/record {ratio,8:F1} x");
    }

    sealed record Row(string Path, long Records, double Seconds, double BytesPerRecord)
    {
        public double RecordsPerSecond => Records / Seconds;
    }

    /// <summary>Takes everything and keeps nothing but counts.</summary>
    sealed class Tally : IDecodeSink
    {
        public long Measurements { get; private set; }
        public long Others { get; private set; }
        public void OnMeasurement(in Measurement measurement) => Measurements++;
        public void OnScanMark(
            int sensor, ScanMark mark, DateTimeOffset time, double azimuthRadians, TimeSpan rotation) => Others++;
        public void OnAlive(int sensor, DateTimeOffset time) => Others++;
        public void OnFault(DecodeFault fault, int offset, int length, string detail) => Others++;
    }
}
