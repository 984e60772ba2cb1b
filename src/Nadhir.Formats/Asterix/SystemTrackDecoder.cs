using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Sensing;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// CAT 062 to system tracks. Height is the geometric altitude (I130), else the barometric one the tracker calculated
/// (I135), else the measured flight level (I136). A track told only on the tracker's own plane (I100) is placed on the
/// stereographic plane whose origin is the sensor's configured position, and counted; one told in neither way is counted,
/// and the source is alive.
/// </summary>
sealed class SystemTrackDecoder(CategoryDefinition category, ImmutableArray<Sensor> sensors) : RecordDecoder(category)
{
    readonly LocalPlanes planes = new(sensors);
    readonly AsterixField planeX = AsterixField.Find(category, "100", "X");
    readonly AsterixField planeY = AsterixField.Find(category, "100", "Y");

    readonly AsterixField timeOfTrack = AsterixField.Find(category, "070");
    readonly AsterixField latitude = AsterixField.Find(category, "105", "LAT");
    readonly AsterixField longitude = AsterixField.Find(category, "105", "LON");
    readonly AsterixField velocityEast = AsterixField.Find(category, "185", "VX");
    readonly AsterixField velocityNorth = AsterixField.Find(category, "185", "VY");
    readonly AsterixField climbRate = AsterixField.Find(category, "220");
    readonly AsterixField geometricAltitude = AsterixField.Find(category, "130");
    readonly AsterixField barometricAltitude = AsterixField.Find(category, "135", "CTB");
    readonly AsterixField measuredLevel = AsterixField.Find(category, "136");
    readonly AsterixField trackNumber = AsterixField.Find(category, "040");
    readonly AsterixField simulated = AsterixField.Find(category, "080", "SIM");
    readonly AsterixField ended = AsterixField.Find(category, "080", "TSE");
    readonly AsterixField mode3ANotValidated = AsterixField.Find(category, "060", "V");
    readonly AsterixField mode3AGarbled = AsterixField.Find(category, "060", "G");
    readonly AsterixField mode3A = AsterixField.Find(category, "060", "MODE3A");
    readonly AsterixField address = AsterixField.Find(category, "380/ADR");
    readonly AsterixField ownName = AsterixField.Find(category, "380/ID");
    readonly AsterixField targetName = AsterixField.Find(category, "245", "CHR");
    readonly AsterixField accuracyX = AsterixField.Find(category, "500/APC", "X");
    readonly AsterixField accuracyY = AsterixField.Find(category, "500/APC", "Y");

    /// <summary>Tracks that told no position at all.</summary>
    public long WithoutPosition { get; private set; }
    /// <summary>Tracks that told only a place on a plane.</summary>
    public long PlacedOnPlane { get; private set; }

    public override DecodeFault Decode(in AsterixRecord record, RecordOrigin origin, IDecodeSink sink, out string detail)
    {
        DecodeFault fault = TryTime(timeOfTrack, record, origin, out DateTimeOffset time, out detail);
        if (fault != DecodeFault.None) return fault;
        bool isEnded = ended.IsSet(record);
        double north = latitude.Read(record), east = longitude.Read(record);
        if (double.IsNaN(north) && planeX.IsIn(record))
        {
            GeoPoint place = planes.Place(origin.Sensor, planeX.Read(record), planeY.Read(record));
            (north, east) = (place.LatitudeDegrees, place.LongitudeDegrees);
            PlacedOnPlane++;
        }

        if (double.IsNaN(north) && !isEnded)
        {
            WithoutPosition++;
            sink.OnAlive(origin.Sensor, time);
            return DecodeFault.None;
        }

        if (Math.Abs(north) > 90 || Math.Abs(east) > 180)
        {
            detail = $"position {north}, {east}";
            return DecodeFault.BadValue;
        }

        bool knowsCode = mode3A.TryReadBits(record, out ulong code) && !mode3ANotValidated.IsSet(record) &&
            !mode3AGarbled.IsSet(record);
        address.TryReadBits(record, out ulong aircraft);
        if (!TryCallsign(ownName, record, out Callsign name) || name.IsNone) TryCallsign(targetName, record, out name);
        sink.OnMeasurement(new()
        {
            Kind = MeasurementKind.SystemTrack,
            Sensor = origin.Sensor,
            Time = time,
            LatitudeDegrees = north,
            LongitudeDegrees = east,
            HeightMetres = FirstTold(geometricAltitude, barometricAltitude, measuredLevel, record),
            VelocityEast = velocityEast.Read(record),
            VelocityNorth = velocityNorth.Read(record),
            ClimbRate = climbRate.Read(record),
            SigmaHorizontalMetres = Math.Max(accuracyX.Read(record), accuracyY.Read(record)),
            Mode3A = knowsCode ? (short)code : (short)-1,
            ModeSAddress = (uint)aircraft,
            Callsign = name,
            SourceTrack = trackNumber.TryReadBits(record, out ulong number) ? (int)number : -1,
            Ended = isEnded,
            Simulated = simulated.IsSet(record),
        });
        return DecodeFault.None;
    }

    static double FirstTold(AsterixField first, AsterixField second, AsterixField third, in AsterixRecord record)
    {
        double height = first.Read(record);
        if (double.IsNaN(height)) height = second.Read(record);
        return double.IsNaN(height) ? third.Read(record) : height;
    }
}
