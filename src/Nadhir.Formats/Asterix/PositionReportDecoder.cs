using Nadhir.Sensing;
using Nadhir.Units;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// CAT 021 to position reports, editions 0.x and 2.x. The position is the high-resolution one (I131 of 2.x) when told;
/// its time the moment it applies to, else its reception, else the time of day of 0.x, else the report's transmission.
/// Height is geometric (I140), else the flight level (I145) taken as height.
/// </summary>
sealed class PositionReportDecoder : RecordDecoder
{
    readonly AsterixField[] times;
    readonly AsterixField latitude, longitude, fineLatitude, fineLongitude;
    readonly AsterixField geometricHeight, level;
    readonly AsterixField groundSpeed, trackAngle, geometricClimb, barometricClimb;
    readonly AsterixField address, callsign, mode3A, trackNumber;
    readonly AsterixField accuracyCategory, uncertaintyCategory;
    readonly AsterixField simulated, test, fieldMonitor;

    public PositionReportDecoder(CategoryDefinition category)
        : base(category)
    {
        times = [.. new[] { "071", "073", "030", "077" }.Select(item => Find(item)).Where(field => field.Exists)];
        latitude = Find("130", "LAT");
        longitude = Find("130", "LON");
        // I131 is the signal amplitude in editions 0.x: no such elements there.
        fineLatitude = Find("131", "LAT");
        fineLongitude = Find("131", "LON");
        geometricHeight = Find("140");
        level = Find("145");
        groundSpeed = Find("160", "GS");
        trackAngle = Find("160", "TA");
        geometricClimb = FindEither("157", "GVR");
        barometricClimb = FindEither("155", "BVR");
        address = Find("080");
        callsign = Find("170");
        mode3A = Find("070", "MODE3A");
        trackNumber = FindEither("161", "TRNUM");
        accuracyCategory = Find("090", "NACP");
        uncertaintyCategory = Find("090", "NUCPNIC");
        simulated = Find("040", "SIM");
        test = Find("040", "TST");
        fieldMonitor = Find("040", "RAB");

        AsterixField Find(string item, string element = "") => AsterixField.Find(category, item, element);

        AsterixField FindEither(string item, string element) =>
            Find(item, element) is { Exists: true } named ? named : Find(item);
    }

    public override DecodeFault Decode(in AsterixRecord record, RecordOrigin origin, IDecodeSink sink, out string detail)
    {
        detail = "";
        DateTimeOffset time = origin.Arrived;
        foreach (AsterixField field in times)
        {
            if (!field.IsIn(record)) continue;
            DecodeFault fault = TryTime(field, record, origin, out time, out detail);
            if (fault != DecodeFault.None) return fault;
            break;
        }

        bool fine = fineLatitude.IsIn(record);
        double north = (fine ? fineLatitude : latitude).Read(record);
        double east = (fine ? fineLongitude : longitude).Read(record);
        if (double.IsNaN(north))
        {
            sink.OnAlive(origin.Sensor, time);
            return DecodeFault.None;
        }

        if (Math.Abs(north) > 90 || Math.Abs(east) > 180)
        {
            detail = $"position {north}, {east}";
            return DecodeFault.BadValue;
        }

        double height = geometricHeight.Read(record), climb = geometricClimb.Read(record);
        double speed = groundSpeed.Read(record), course = trackAngle.Read(record) * Angles.DegreesToRadians;
        address.TryReadBits(record, out ulong aircraft);
        TryCallsign(callsign, record, out Callsign name);
        sink.OnMeasurement(new()
        {
            Kind = MeasurementKind.PositionReport,
            Sensor = origin.Sensor,
            Time = time,
            LatitudeDegrees = north,
            LongitudeDegrees = east,
            HeightMetres = double.IsNaN(height) ? level.Read(record) : height,
            VelocityEast = speed * Math.Sin(course),
            VelocityNorth = speed * Math.Cos(course),
            ClimbRate = double.IsNaN(climb) ? barometricClimb.Read(record) : climb,
            SigmaHorizontalMetres = SigmaOf(record),
            Mode3A = mode3A.TryReadBits(record, out ulong code) ? (short)code : (short)-1,
            ModeSAddress = (uint)aircraft,
            Callsign = name,
            SourceTrack = trackNumber.TryReadBits(record, out ulong number) ? (int)number : -1,
            Simulated = simulated.IsSet(record) || test.IsSet(record) || fieldMonitor.IsSet(record),
        });
        return DecodeFault.None;
    }

    /// <summary>NACp where the report has it, else the category of the primary subfield read as NUCp.</summary>
    double SigmaOf(in AsterixRecord record)
    {
        if (accuracyCategory.TryReadBits(record, out ulong nacp)) return PositionAccuracy.SigmaOfNacp(nacp);
        return uncertaintyCategory.TryReadBits(record, out ulong nucp) ? PositionAccuracy.SigmaOfNucp(nucp) : double.NaN;
    }
}
