using Nadhir.Sensing;
using Nadhir.Units;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// CAT 034 and its forerunner CAT 002 to scan marks. Every message also says that the radar is alive, and what its clock
/// shows.
/// </summary>
sealed class ServiceMessageDecoder(CategoryDefinition category, SourceClocks clocks) : RecordDecoder(category)
{
    readonly AsterixField messageType = AsterixField.Find(category, "000");
    readonly AsterixField timeOfDay = AsterixField.Find(category, "030");
    readonly AsterixField sector = AsterixField.Find(category, "020");
    readonly AsterixField rotation = AsterixField.Find(category, "041");

    public override DecodeFault Decode(in AsterixRecord record, RecordOrigin origin, IDecodeSink sink, out string detail)
    {
        DecodeFault fault = TryTime(timeOfDay, record, origin, out DateTimeOffset time, out detail);
        if (fault != DecodeFault.None) return fault;
        sink.OnAlive(origin.Sensor, time);
        if (timeOfDay.IsIn(record)) clocks.Hear(origin.Sensor, time, origin.Arrived);
        if (!messageType.TryReadBits(record, out ulong type)) return DecodeFault.None;
        ScanMark mark = type switch
        {
            1 => ScanMark.NorthMarker,
            2 => ScanMark.SectorCrossing,
            3 when Category.Number == 2 => ScanMark.SectorCrossing, // the south marker
            4 or 6 or 7 when Category.Number == 34 => ScanMark.JammingStrobe,
            _ => ScanMark.Other,
        };
        double degrees = mark == ScanMark.NorthMarker ? 0 : sector.Read(record);
        if (double.IsNaN(degrees) && type == 3 && Category.Number == 2) degrees = 180;
        double seconds = rotation.Read(record);
        sink.OnScanMark(
            origin.Sensor, mark, time, degrees * Angles.DegreesToRadians,
            double.IsNaN(seconds) ? TimeSpan.Zero : TimeSpan.FromSeconds(seconds));
        return DecodeFault.None;
    }
}
