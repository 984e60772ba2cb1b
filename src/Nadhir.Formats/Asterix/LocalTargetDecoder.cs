using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Units;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// CAT 010 and CAT 020 to system tracks: the system has measured the position itself, whoever the target says it is. WGS 84
/// (I041), else a place on the plane of the sensor's configured position (I042), else range and azimuth from it (I010/040).
/// Height is geometric, else measured above the sensor, else the flight level when validated and not garbled.
/// </summary>
sealed class LocalTargetDecoder : RecordDecoder
{
    const int TargetReport = 1;

    readonly ImmutableArray<Sensor> sensors;
    readonly LocalPlanes planes;
    readonly AsterixField messageType, timeOfDay, latitude, longitude, x, y, range, azimuth;
    readonly AsterixField velocityEast, velocityNorth, trackNumber, address, callsign;
    readonly AsterixField codeNotValidated, codeGarbled, mode3A, levelNotValidated, levelGarbled, level;
    readonly AsterixField geometricHeight, measuredHeight, sigmaX, sigmaY, simulated, test, fieldMonitor;

    public LocalTargetDecoder(CategoryDefinition category, LocalTargetItems items, ImmutableArray<Sensor> sensors)
        : base(category)
    {
        this.sensors = sensors;
        planes = new(sensors);
        messageType = Find(items.MessageType);
        timeOfDay = Find("140");
        latitude = Find("041", "LAT");
        longitude = Find("041", "LON");
        x = Find("042", "X");
        y = Find("042", "Y");
        range = Find(items.PolarPosition, "RHO");
        azimuth = Find(items.PolarPosition, "TH");
        velocityEast = Find("202", "VX");
        velocityNorth = Find("202", "VY");
        trackNumber = Find(items.TrackNumber.Item, items.TrackNumber.Element);
        address = Find("220");
        callsign = Find("245", "CHR");
        codeNotValidated = Find(items.Mode3A, "V");
        codeGarbled = Find(items.Mode3A, "G");
        mode3A = Find(items.Mode3A, "MODE3A");
        levelNotValidated = Find("090", "V");
        levelGarbled = Find("090", "G");
        level = Find("090", "FL");
        geometricHeight = Find(items.GeometricHeight);
        measuredHeight = Find(items.MeasuredHeight);
        sigmaX = Find(items.Sigma.Item, items.Sigma.X);
        sigmaY = Find(items.Sigma.Item, items.Sigma.Y);
        simulated = Find("020", "SIM");
        test = Find("020", "TST");
        fieldMonitor = Find("020", "RAB");

        AsterixField Find(string item, string element = "") => AsterixField.Find(category, item, element);
    }

    public override DecodeFault Decode(in AsterixRecord record, RecordOrigin origin, IDecodeSink sink, out string detail)
    {
        DecodeFault fault = TryTime(timeOfDay, record, origin, out DateTimeOffset time, out detail);
        if (fault != DecodeFault.None) return fault;
        bool isTarget = !messageType.TryReadBits(record, out ulong type) || type == TargetReport;
        if (!isTarget || !TryPlace(record, origin.Sensor, out GeoPoint place))
        {
            sink.OnAlive(origin.Sensor, time);
            return DecodeFault.None;
        }

        if (!place.IsValid)
        {
            detail = $"position {place.LatitudeDegrees}, {place.LongitudeDegrees}";
            return DecodeFault.BadValue;
        }

        bool knowsCode = mode3A.TryReadBits(record, out ulong code) && !codeNotValidated.IsSet(record) &&
            !codeGarbled.IsSet(record);
        address.TryReadBits(record, out ulong aircraft);
        TryCallsign(callsign, record, out Callsign name);
        sink.OnMeasurement(new()
        {
            Kind = MeasurementKind.SystemTrack,
            Sensor = origin.Sensor,
            Time = time,
            LatitudeDegrees = place.LatitudeDegrees,
            LongitudeDegrees = place.LongitudeDegrees,
            HeightMetres = Height(record, sensors[origin.Sensor]),
            VelocityEast = velocityEast.Read(record),
            VelocityNorth = velocityNorth.Read(record),
            SigmaHorizontalMetres = Math.Max(sigmaX.Read(record), sigmaY.Read(record)),
            Mode3A = knowsCode ? (short)code : (short)-1,
            ModeSAddress = (uint)aircraft,
            Callsign = name,
            SourceTrack = trackNumber.TryReadBits(record, out ulong number) ? (int)number : -1,
            Simulated = simulated.IsSet(record) || test.IsSet(record) || fieldMonitor.IsSet(record),
        });
        return DecodeFault.None;
    }

    bool TryPlace(in AsterixRecord record, int sensor, out GeoPoint place)
    {
        double north = latitude.Read(record);
        if (!double.IsNaN(north))
        {
            place = new(north, longitude.Read(record));
            return true;
        }

        double eastMetres = x.Read(record), northMetres = y.Read(record);
        if (double.IsNaN(eastMetres) && range.IsIn(record))
        {
            // At most 65.5 km: slant and ground range are the same to the accuracy of a surface radar.
            (double sin, double cos) = Math.SinCos(azimuth.Read(record) * Angles.DegreesToRadians);
            double metres = range.Read(record);
            (eastMetres, northMetres) = (metres * sin, metres * cos);
        }

        place = double.IsNaN(eastMetres) ? default : planes.Place(sensor, eastMetres, northMetres);
        return !double.IsNaN(eastMetres);
    }

    double Height(in AsterixRecord record, Sensor sensor)
    {
        double height = geometricHeight.Read(record);
        if (!double.IsNaN(height)) return height;
        height = measuredHeight.Read(record);
        if (!double.IsNaN(height)) return sensor.Position.HeightMetres + height;
        return levelNotValidated.IsSet(record) || levelGarbled.IsSet(record) ? double.NaN : level.Read(record);
    }
}
