using Nadhir.Sensing;
using Nadhir.Units;

namespace Nadhir.Formats.Asterix;

/// <summary>CAT 034 to scan marks. Every message also says that the radar is alive.</summary>
sealed class ServiceMessageDecoder(CategoryDefinition category) : RecordDecoder(category)
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
        if (!messageType.TryReadBits(record, out ulong type)) return DecodeFault.None;
        ScanMark mark = type switch
        {
            1 => ScanMark.NorthMarker,
            2 => ScanMark.SectorCrossing,
            4 or 6 or 7 => ScanMark.JammingStrobe,
            _ => ScanMark.Other,
        };
        double degrees = mark == ScanMark.NorthMarker ? 0 : sector.Read(record);
        double seconds = rotation.Read(record);
        sink.OnScanMark(
            origin.Sensor, mark, time, degrees * Angles.DegreesToRadians,
            double.IsNaN(seconds) ? TimeSpan.Zero : TimeSpan.FromSeconds(seconds));
        return DecodeFault.None;
    }
}
