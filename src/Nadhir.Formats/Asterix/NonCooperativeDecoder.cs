using Nadhir.Sensing;
using Nadhir.Units;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// CAT 015 (passive and other independent non-cooperative systems) to plots, where a mono-static sensor tells range and
/// azimuth (I625, I627), else to system tracks, where it tells a WGS 84 position (I600). A bistatic range alone, and
/// service messages, say that the source is alive.
/// </summary>
sealed class NonCooperativeDecoder(CategoryDefinition category) : RecordDecoder(category)
{
    readonly AsterixField messageType = AsterixField.Find(category, "000", "MT");
    readonly AsterixField timeOfApplicability = AsterixField.Find(category, "145");
    readonly AsterixField taxonomy = AsterixField.Find(category, "020", "TTAX");
    readonly AsterixField geometry = AsterixField.Find(category, "020", "MOMU");
    readonly AsterixField coasted = AsterixField.Find(category, "170", "CSTP");
    readonly AsterixField trackNumber = AsterixField.Find(category, "161");
    readonly AsterixField latitude = AsterixField.Find(category, "600/P84", "LATITUDE");
    readonly AsterixField longitude = AsterixField.Find(category, "600/P84", "LONGITUDE");
    readonly AsterixField sigmaX = AsterixField.Find(category, "600/HPP", "SDHPX");
    readonly AsterixField sigmaY = AsterixField.Find(category, "600/HPP", "SDHPY");
    readonly AsterixField height = AsterixField.Find(category, "601/GH");
    readonly AsterixField velocityEast = AsterixField.Find(category, "602/HV", "X");
    readonly AsterixField velocityNorth = AsterixField.Find(category, "602/HV", "Y");
    readonly AsterixField climbRate = AsterixField.Find(category, "604/VV");
    readonly AsterixField range = AsterixField.Find(category, "625/R");
    readonly AsterixField sigmaRange = AsterixField.Find(category, "625/SDR");
    readonly AsterixField azimuth = AsterixField.Find(category, "627/AZ");
    readonly AsterixField sigmaAzimuth = AsterixField.Find(category, "627/SDASZ");
    readonly AsterixField elevation = AsterixField.Find(category, "628/EL");

    /// <summary>I015/020 MOMU: 0 mono-static sensor, 1 multi-static, 2 other, 3 unknown.</summary>
    const int MonoStatic = 0;
    /// <summary>I015/000 MT.</summary>
    const int TrackEnd = 5;

    public override DecodeFault Decode(in AsterixRecord record, RecordOrigin origin, IDecodeSink sink, out string detail)
    {
        DecodeFault fault = TryTime(timeOfApplicability, record, origin, out DateTimeOffset time, out detail);
        if (fault != DecodeFault.None) return fault;
        double metres = range.Read(record), degrees = azimuth.Read(record), north = latitude.Read(record);
        bool isPlot = geometry.TryReadBits(record, out ulong shape) && shape == MonoStatic && metres >= 0 &&
            !double.IsNaN(degrees);
        bool isEnd = messageType.TryReadBits(record, out ulong type) && type == TrackEnd && trackNumber.IsIn(record);
        isPlot &= !isEnd;
        if (!isEnd && ((!isPlot && double.IsNaN(north)) || coasted.IsSet(record)))
        {
            sink.OnAlive(origin.Sensor, time);
            return DecodeFault.None;
        }

        double east = longitude.Read(record);
        if (Math.Abs(north) > 90 || Math.Abs(east) > 180)
        {
            detail = $"position {north}, {east}";
            return DecodeFault.BadValue;
        }

        sink.OnMeasurement(new()
        {
            Kind = isPlot ? MeasurementKind.Plot : MeasurementKind.SystemTrack,
            Sensor = origin.Sensor,
            Time = time,
            RangeMetres = isPlot ? metres : double.NaN,
            AzimuthRadians = isPlot ? degrees * Angles.DegreesToRadians : double.NaN,
            ElevationRadians = isPlot ? elevation.Read(record) * Angles.DegreesToRadians : double.NaN,
            SigmaRangeMetres = isPlot ? sigmaRange.Read(record) : double.NaN,
            SigmaAzimuthRadians = isPlot ? sigmaAzimuth.Read(record) * Angles.DegreesToRadians : double.NaN,
            LatitudeDegrees = isPlot ? double.NaN : north,
            LongitudeDegrees = isPlot ? double.NaN : east,
            SigmaHorizontalMetres = isPlot ? double.NaN : Math.Max(sigmaX.Read(record), sigmaY.Read(record)),
            HeightMetres = height.Read(record),
            VelocityEast = velocityEast.Read(record),
            VelocityNorth = velocityNorth.Read(record),
            ClimbRate = climbRate.Read(record),
            SourceTrack = trackNumber.TryReadBits(record, out ulong number) ? (int)number : -1,
            Primary = true,
            Ended = isEnd,
            // I015/020 TTAX: 0 an actual target; reference, synthetic and simulated ones are not in the air.
            Simulated = taxonomy.IsSet(record),
        });
        return DecodeFault.None;
    }
}
