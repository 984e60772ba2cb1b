using System.Collections.Immutable;
using System.Text.Json;
using Nadhir.Tracking;

namespace Nadhir.Simulation.FlatScenes;

/// <summary>What a tracker may know of a flat scenario: its sensors and when it will be asked.</summary>
public sealed record FlatScene(ImmutableArray<FlatSensor> Sensors, ImmutableArray<double> EvaluationTimes)
{
    /// <summary>Reads <c>sensors</c> and <c>eval_times</c> of a scenario's meta.json, and nothing else of it.</summary>
    /// <exception cref="InvalidDataException">A field that is missing or of the wrong kind.</exception>
    public static FlatScene Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument meta = JsonDocument.Parse(json);
            return new(
                [.. meta.RootElement.GetProperty("sensors").EnumerateArray().Select(Sensor)],
                [.. meta.RootElement.GetProperty("eval_times").EnumerateArray().Select(t => t.GetDouble())]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"the scenario cannot be read: {e.Message}", e);
        }
    }

    static FlatSensor Sensor(JsonElement s)
    {
        double Number(string name, double otherwise = 0) => s.TryGetProperty(name, out JsonElement v) ? v.GetDouble() : otherwise;
        string? kind = s.GetProperty("kind").GetString();
        JsonElement at = s.GetProperty("pos");
        return new()
        {
            Id = s.GetProperty("id").GetString() ?? "",
            Kind = kind switch
            {
                "radar3d" => FlatSensorKind.Radar3D,
                "bearing" => FlatSensorKind.Bearing,
                "position2d" => FlatSensorKind.Position2D,
                _ => throw new InvalidDataException($"no sensor kind '{kind}' is known"),
            },
            X = at[0].GetDouble(),
            Y = at[1].GetDouble(),
            Z = at[2].GetDouble(),
            Period = Number("period", 1),
            LeastRange = Number("rmin"),
            Range = Number("rmax", 1e6),
            LeastElevation = Number("elmin", -Math.PI / 2),
            MostElevation = Number("elmax", Math.PI / 2),
            DetectionProbability = Number("pd", 0.9),
            FalsePerScan = Number("fa_per_scan", 1),
            Area = Number("area"),
        };
    }
}

/// <summary>One scan of a flat scenario: which sensor, when it ended, and its part of <see cref="FlatScans.Detections"/>.</summary>
public readonly record struct FlatScan(int Sensor, double Time, int From, int Count);

/// <summary>All scans of a detections file, in the order of the file.</summary>
public sealed class FlatScans
{
    public List<FlatScan> Scans { get; } = [];
    public FlatDetection[] Detections { get; private set; } = [];
    /// <summary>Lines that are no detection of a known sensor.</summary>
    public int UnusableLines { get; private set; }
    /// <summary>The first of them: its number and what is wrong.</summary>
    public string? FirstFault { get; private set; }

    /// <summary>Reads detections, one a line; lines that cannot be used are counted and passed over.</summary>
    public static FlatScans Read(Stream lines, FlatScene scene)
    {
        FlatScans scans = new();
        Dictionary<string, int> sensorAt = new(StringComparer.Ordinal);
        for (int i = 0; i < scene.Sensors.Length; i++) sensorAt[scene.Sensors[i].Id] = i;
        List<FlatDetection> detections = [];
        long current = long.MinValue;
        int number = 0;
        using StreamReader reader = new(lines);
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0) continue;
            try
            {
                using JsonDocument row = JsonDocument.Parse(line);
                scans.Take(row.RootElement, scene, sensorAt, detections, ref current);
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                scans.UnusableLines++;
                scans.FirstFault ??= $"line {number}: {e.Message}";
            }
        }

        scans.Detections = [.. detections];
        return scans;
    }

    void Take(JsonElement row, FlatScene scene, Dictionary<string, int> sensorAt, List<FlatDetection> detections, ref long current)
    {
        int sensor = sensorAt[row.GetProperty("sensor").GetString() ?? ""];
        double time = row.GetProperty("t").GetDouble();
        long scan = row.GetProperty("scan").GetInt64();
        bool empty = row.TryGetProperty("empty", out _);
        FlatDetection seen = empty ? default : Detection(row, scene.Sensors[sensor].Kind, time);
        if (scan != current) Scans.Add(new(sensor, time, detections.Count, 0));
        current = scan;
        FlatScan last = Scans[^1];
        Scans[^1] = last with { Time = Math.Max(last.Time, time), Count = last.Count + (empty ? 0 : 1) };
        if (!empty) detections.Add(seen);
    }

    static FlatDetection Detection(JsonElement row, FlatSensorKind kind, double time)
    {
        double Get(string name) => row.GetProperty(name).GetDouble();
        return kind switch
        {
            FlatSensorKind.Radar3D => new(time, Get("r"), Get("az"), Get("el"), Get("sr"), Get("saz"), Get("sel")),
            FlatSensorKind.Bearing => new(time, 0, Get("az"), 0, 0, Get("saz"), 0),
            _ => new(time, Get("x"), Get("y"), 0, Get("sx"), Get("sy"), 0),
        };
    }
}
