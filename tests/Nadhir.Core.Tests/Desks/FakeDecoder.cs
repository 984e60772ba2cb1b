using Nadhir.Sensing;

namespace Nadhir.Core.Tests.Desks;

/// <summary>Every arrival is one report of the first sensor; an arrival of 0xFF alone is damaged.</summary>
sealed class FakeDecoder : IFeedDecoder
{
    public void Decode(ReadOnlySpan<byte> bytes, DateTimeOffset arrived, IDecodeSink sink)
    {
        if (bytes is [0xFF]) sink.OnFault(DecodeFault.BadValue, 0, 1, "0xFF");
        else sink.OnMeasurement(new Measurement { Kind = MeasurementKind.PositionReport, Sensor = 0, Time = arrived });
    }
}
