using Nadhir.Sensing;
using Nadhir.Units;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// CAT 048 to plots. Height is that of the 3-D radar (I110) when it is told, else Mode C (I090): pressure altitude,
/// taken as height. A record without detection (TYP 0, an extrapolated track) says only that the radar is alive.
/// </summary>
sealed class PlotDecoder(CategoryDefinition category) : RecordDecoder(category)
{
    /// <summary>I048/020 TYP with a primary part: PSR, SSR + PSR, Mode S all-call + PSR, roll-call + PSR.</summary>
    const int TypesWithPrimary = (1 << 1) | (1 << 3) | (1 << 6) | (1 << 7);

    readonly AsterixField timeOfDay = AsterixField.Find(category, "140");
    readonly AsterixField type = AsterixField.Find(category, "020", "TYP");
    readonly AsterixField simulated = AsterixField.Find(category, "020", "SIM");
    readonly AsterixField test = AsterixField.Find(category, "020", "TST");
    readonly AsterixField fieldMonitor = AsterixField.Find(category, "020", "RAB");
    readonly AsterixField rangeExtended = AsterixField.Find(category, "020", "ERR");
    readonly AsterixField extendedRange = AsterixField.Find(category, "RE/RE/ERR");
    readonly AsterixField range = AsterixField.Find(category, "040", "RHO");
    readonly AsterixField azimuth = AsterixField.Find(category, "040", "THETA");
    readonly AsterixField mode3ANotValidated = AsterixField.Find(category, "070", "V");
    readonly AsterixField mode3AGarbled = AsterixField.Find(category, "070", "G");
    readonly AsterixField mode3A = AsterixField.Find(category, "070", "MODE3A");
    readonly AsterixField levelNotValidated = AsterixField.Find(category, "090", "V");
    readonly AsterixField levelGarbled = AsterixField.Find(category, "090", "G");
    readonly AsterixField level = AsterixField.Find(category, "090", "FL");
    readonly AsterixField height3D = AsterixField.Find(category, "110", "3DH");
    readonly AsterixField address = AsterixField.Find(category, "220");
    readonly AsterixField callsign = AsterixField.Find(category, "240");
    readonly AsterixField trackNumber = AsterixField.Find(category, "161", "TRN");
    readonly AsterixField tentative = AsterixField.Find(category, "170", "CNF");
    readonly AsterixField ghost = AsterixField.Find(category, "170", "GHO");

    public override DecodeFault Decode(in AsterixRecord record, RecordOrigin origin, IDecodeSink sink, out string detail)
    {
        DecodeFault fault = TryTime(timeOfDay, record, origin, out DateTimeOffset time, out detail);
        if (fault != DecodeFault.None) return fault;
        type.TryReadBits(record, out ulong detection);
        if (!range.IsIn(record) || (type.IsIn(record) && detection == 0))
        {
            sink.OnAlive(origin.Sensor, time);
            return DecodeFault.None;
        }

        double rangeMetres = range.Read(record);
        if (rangeExtended.IsSet(record))
        {
            rangeMetres = extendedRange.Read(record);
            if (double.IsNaN(rangeMetres))
            {
                detail = "range beyond I048/040, and no extended range to read";
                return DecodeFault.BadValue;
            }
        }

        double height = height3D.Read(record);
        bool reckoned = !double.IsNaN(height);
        if (!reckoned && !levelNotValidated.IsSet(record) && !levelGarbled.IsSet(record))
            height = level.Read(record);
        bool knowsCode = mode3A.TryReadBits(record, out ulong code) && !mode3ANotValidated.IsSet(record) &&
            !mode3AGarbled.IsSet(record);
        address.TryReadBits(record, out ulong aircraft);
        TryCallsign(callsign, record, out Callsign name);
        sink.OnMeasurement(new()
        {
            Kind = MeasurementKind.Plot,
            Sensor = origin.Sensor,
            Time = time,
            RangeMetres = rangeMetres,
            AzimuthRadians = azimuth.Read(record) * Angles.DegreesToRadians,
            HeightMetres = height,
            HeightIsReckoned = reckoned,
            Mode3A = knowsCode ? (short)code : (short)-1,
            ModeSAddress = (uint)aircraft,
            Callsign = name,
            SourceTrack = trackNumber.TryReadBits(record, out ulong number) ? (int)number : -1,
            Vouched = aircraft != 0 && trackNumber.IsIn(record) && tentative.IsIn(record) && !tentative.IsSet(record)
                && !ghost.IsSet(record),
            Primary = (TypesWithPrimary & (1 << (int)detection)) != 0,
            Simulated = simulated.IsSet(record) || test.IsSet(record) || fieldMonitor.IsSet(record),
        });
        return DecodeFault.None;
    }
}
