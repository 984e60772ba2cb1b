using Nadhir.Sensing;

namespace Nadhir.Formats.Captures;

/// <summary>Counts what does not fit while a recording is cut: the decoder that gets the same bytes will report
/// it.</summary>
sealed class CuttingFaults : IDecodeSink
{
    public int Count { get; private set; }
    public long Octets { get; private set; }

    public void OnMeasurement(in Measurement measurement)
    {
        // Nothing is decoded while cutting.
    }

    public void OnScanMark(int sensor, ScanMark mark, DateTimeOffset time, double azimuthRadians, TimeSpan rotation)
    {
        // Nothing is decoded while cutting.
    }

    public void OnAlive(int sensor, DateTimeOffset time)
    {
        // Nothing is decoded while cutting.
    }

    public void OnFault(DecodeFault fault, int offset, int length, string detail)
    {
        Count++;
        Octets += length;
    }
}
