using Nadhir.Formats.Asterix;
using Nadhir.Sensing;

namespace Nadhir.Simulation.Tests;

/// <summary>What the real decoder finds in simulated bytes.</summary>
sealed class DecodedPlots : IDecodeSink
{
    public List<Measurement> Plots { get; } = [];
    public List<(int Sensor, ScanMark Mark, DateTimeOffset Time, TimeSpan Rotation)> Marks { get; } = [];
    public List<string> Faults { get; } = [];

    public static DecodedPlots Of(IEnumerable<SimulatedArrival> arrivals, WatchConfiguration configuration)
    {
        DecodedPlots found = new();
        Dictionary<string, AsterixFeedDecoder> decoders =
            configuration.Feeds.ToDictionary(feed => feed.Id, feed => new AsterixFeedDecoder(feed.Id, configuration.Sensors),
                StringComparer.Ordinal);
        foreach (SimulatedArrival arrival in arrivals) decoders[arrival.Feed].Decode(arrival.Bytes, arrival.At, found);
        return found;
    }

    public void OnMeasurement(in Measurement measurement) => Plots.Add(measurement);

    public void OnScanMark(int sensor, ScanMark mark, DateTimeOffset time, double azimuthRadians, TimeSpan rotation) =>
        Marks.Add((sensor, mark, time, rotation));

    public void OnAlive(int sensor, DateTimeOffset time) { }

    public void OnFault(DecodeFault fault, int offset, int length, string detail) => Faults.Add($"{fault} {detail}");
}
