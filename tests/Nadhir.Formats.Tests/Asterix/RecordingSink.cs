using Nadhir.Sensing;

namespace Nadhir.Formats.Tests.Asterix;

/// <summary>Keeps what a decoder found, in order.</summary>
sealed class RecordingSink : IDecodeSink
{
    public List<Measurement> Measurements { get; } = [];
    public List<(int Sensor, ScanMark Mark, DateTimeOffset Time, double AzimuthRadians, TimeSpan Rotation)> Marks { get; } = [];
    public List<(int Sensor, DateTimeOffset Time)> Alive { get; } = [];
    public List<(int Sensor, string Reason)> Gone { get; } = [];
    public List<(DecodeFault Fault, int Offset, int Length, string Detail)> Faults { get; } = [];

    public void OnMeasurement(in Measurement measurement) => Measurements.Add(measurement);

    public void OnScanMark(int sensor, ScanMark mark, DateTimeOffset time, double azimuthRadians, TimeSpan rotation) =>
        Marks.Add((sensor, mark, time, azimuthRadians, rotation));

    public void OnAlive(int sensor, DateTimeOffset time) => Alive.Add((sensor, time));

    public void OnGone(int sensor, string reason) => Gone.Add((sensor, reason));

    public void OnFault(DecodeFault fault, int offset, int length, string detail) =>
        Faults.Add((fault, offset, length, detail));
}
