using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Units;

namespace Nadhir.Formats.Sapient;

/// <summary>
/// A detection report as a measurement. What kind of measurement follows from the kind of the sensor: a radar's is a
/// plot seen from where the sensor stands, also when it tells a position; a direction alone is a bearing; the others
/// tell positions in the way of their kind.
/// </summary>
sealed class SapientDetection(Sensor sensor, int index, ObjectNumbers numbers)
{
    /// <summary>
    /// A node this near its configured place, metres, is there: it is surveyed better than it knows itself.
    /// </summary>
    public const double MostShift = 100;
    const long True = 1, Magnetic = 2, Grid = 3;

    readonly TangentFrame frame =
        new(sensor.Position with { HeightMetres = sensor.Position.HeightMetres + sensor.AntennaMetres });

    bool IsRadar => sensor.Kind is SensorKind.Radar or SensorKind.Radar3D;

    /// <param name="fault">Why there is no measurement.</param>
    public bool TryMeasure(
        SapientDocument document, SapientNode node, DateTimeOffset time, out Measurement measured, out string fault)
    {
        int report = document.Find(SapientDocument.Root, SapientFields.DetectionReport);
        int ranged = document.Find(report, SapientFields.Detected.RangeBearing);
        bool done = ranged >= 0
            ? TryRanged(document, ranged, node, time, out measured, out fault)
            : TryPlaced(document, document.Find(report, SapientFields.Detected.Location), node, time, out measured,
                out fault);
        if (done) measured = Complete(document, report, node, measured);
        return done;
    }

    bool TryPlaced(
        SapientDocument document, int location, SapientNode node, DateTimeOffset time, out Measurement measured,
        out string fault)
    {
        measured = default;
        GeoPoint near = node.Position?.Point ?? sensor.Position.Point;
        if (!SapientCoordinates.TryPlace(document, location, near, node.UsualZone, out SapientPlace place, out fault))
            return false;
        double sigma = place.SigmaMetres * node.Mode.SigmasPerError;
        measured = IsRadar ? AsPlot(place, sigma, time) : AsPosition(place, sigma, time);
        return true;
    }

    bool TryRanged(
        SapientDocument document, int message, SapientNode node, DateTimeOffset time, out Measurement measured,
        out string fault)
    {
        measured = default;
        SapientRay ray = SapientCoordinates.Ray(document, message, SapientFields.Ranged.Bearing);
        if (!TryNorth(ray.Datum, node, out double north, out fault)) return false;
        double azimuth = ray.AzimuthRadians + north, share = node.Mode.SigmasPerError;
        if (!double.IsFinite(azimuth) || Math.Abs(azimuth) > 100)
        {
            fault = "range_bearing without an azimuth";
            return false;
        }

        bool hasRange = ray.RangeMetres > 0;
        if (ray.RangeMetres > 2e6 || ray.RangeMetres < 0)
        {
            fault = FormattableString.Invariant($"range {ray.RangeMetres:0} m");
            return false;
        }

        double shift = node.Reported is { } reported ? Distance(reported) : 0;
        if (hasRange && (!IsRadar || shift > MostShift))
            return TryFromNode(ray, azimuth, node, share, time, out measured, out fault);
        if (shift > MostShift)
        {
            fault = FormattableString.Invariant(
                $"a bearing from {shift / 1000:0.0} km off where the sensor is configured");
            return false;
        }

        measured = new()
        {
            Kind = hasRange ? MeasurementKind.Plot : MeasurementKind.Bearing,
            Sensor = index,
            Time = time,
            RangeMetres = hasRange ? ray.RangeMetres : double.NaN,
            AzimuthRadians = Wrap(azimuth),
            ElevationRadians = ray.ElevationRadians,
            SigmaRangeMetres = Positive(ray.SigmaRange * share),
            SigmaAzimuthRadians = Positive(ray.SigmaAzimuth * share),
            SigmaElevationRadians = Positive(ray.SigmaElevation * share),
            Primary = hasRange,
        };
        return true;
    }

    /// <summary>Range and direction from where the node really is, to a place.</summary>
    bool TryFromNode(
        SapientRay ray, double azimuth, SapientNode node, double share, DateTimeOffset time, out Measurement measured,
        out string fault)
    {
        fault = "";
        GeoPosition from = node.Position ?? sensor.Position;
        bool elevated = double.IsFinite(ray.ElevationRadians) && Math.Abs(ray.ElevationRadians) <= Math.PI / 2;
        double elevation = elevated ? ray.ElevationRadians : 0;
        (double sin, double cos) = Math.SinCos(elevation);
        GeoPosition at = new TangentFrame(from).FromLocal(
            ray.RangeMetres * cos * Math.Sin(azimuth), ray.RangeMetres * cos * Math.Cos(azimuth),
            ray.RangeMetres * sin);
        double sigmaRange = Or(ray.SigmaRange * share, sensor.SigmaRangeMetres);
        double sigmaAzimuth = Or(ray.SigmaAzimuth * share, sensor.SigmaAzimuthDegrees * Angles.DegreesToRadians);
        double across = ray.RangeMetres * cos * sigmaAzimuth;
        double sigma = Math.Sqrt(0.5 * ((sigmaRange * sigmaRange) + (across * across)));
        SapientPlace place = new(at.Point, elevated ? at.HeightMetres : double.NaN, sigma);
        measured = IsRadar ? AsPlot(place, sigma, time) : AsPosition(place, sigma, time);
        return true;
    }

    bool TryNorth(long datum, SapientNode node, out double radians, out string fault)
    {
        (radians, fault) = (0, "");
        switch (datum)
        {
            case True:
                return true;
            case Grid:
                GeoPoint point = (node.Position ?? sensor.Position).Point;
                int zone = SapientCoordinates.TryZone(node.UsualZone, out int told, out _) ? told
                    : UtmPoint.ZoneOf(point.LongitudeDegrees);
                radians = UtmPoint.ConvergenceRadians(point, zone);
                return true;
            case Magnetic when sensor.DeclinationDegrees is { } declination:
                radians = declination * Angles.DegreesToRadians;
                return true;
            case Magnetic:
                fault = "an azimuth from magnetic north: declination_deg of the sensor is not configured";
                return false;
            default:
                fault = $"an azimuth from a north that is not told (datum {datum})";
                return false;
        }
    }

    Measurement AsPosition(in SapientPlace place, double sigma, DateTimeOffset time) => new()
    {
        Kind = sensor.Kind switch
        {
            SensorKind.System => MeasurementKind.SystemTrack,
            SensorKind.Adsb or SensorKind.RemoteId => MeasurementKind.PositionReport,
            _ => MeasurementKind.Sighting,
        },
        Sensor = index,
        Time = time,
        LatitudeDegrees = place.Point.LatitudeDegrees,
        LongitudeDegrees = place.Point.LongitudeDegrees,
        HeightMetres = place.HeightMetres,
        SigmaHorizontalMetres = Positive(sigma),
    };

    Measurement AsPlot(in SapientPlace place, double sigma, DateTimeOffset time)
    {
        double height = double.IsFinite(place.HeightMetres) ? place.HeightMetres : frame.Origin.HeightMetres;
        (double east, double north, double up) =
            frame.ToLocal(new(place.Point.LatitudeDegrees, place.Point.LongitudeDegrees, height));
        double ground = Math.Sqrt((east * east) + (north * north));
        return new()
        {
            Kind = MeasurementKind.Plot,
            Sensor = index,
            Time = time,
            RangeMetres = Math.Sqrt((ground * ground) + (up * up)),
            AzimuthRadians = Wrap(Math.Atan2(east, north)),
            HeightMetres = place.HeightMetres,
            SigmaRangeMetres = Positive(sigma),
            SigmaAzimuthRadians = Positive(sigma / Math.Max(ground, 1)),
            Primary = true,
        };
    }

    Measurement Complete(SapientDocument document, int report, SapientNode node, in Measurement measured)
    {
        int velocity = document.Find(report, SapientFields.Detected.Velocity);
        double ground = node.Mode.MetresPerSecond, climb = node.Mode.ClimbMetresPerSecond;
        bool follows = node.Mode.Follows ?? sensor.Kind == SensorKind.System;
        int track = follows
            && SapientIds.TryUlid(document.Bytes(report, SapientFields.Detected.ObjectId), out UInt128 id)
            ? numbers.Of(index, id)
            : -1;
        bool named = sensor.Kind is SensorKind.Adsb or SensorKind.RemoteId or SensorKind.System;
        return measured with
        {
            VelocityEast = document.Number(velocity, SapientFields.Detected.EastRate) * ground,
            VelocityNorth = document.Number(velocity, SapientFields.Detected.NorthRate) * ground,
            ClimbRate = document.Number(velocity, SapientFields.Detected.UpRate) * climb,
            SourceTrack = track,
            ReportedAs = SapientClassification.Read(document, report),
            Callsign = named ? Name(document.Bytes(report, SapientFields.Detected.Id)) : default,
            Ended = track >= 0 && IsLost(document.Bytes(report, SapientFields.Detected.State)),
        };
    }

    /// <summary>An identification of at most eight letters and digits; longer ones are something else.</summary>
    static Callsign Name(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > 8) return default;
        Span<char> letters = stackalloc char[8];
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit((char)text[i])) return default;
            letters[i] = (char)text[i];
        }

        return Callsign.From(letters[..text.Length]);
    }

    /// <summary>The standard's example of a special state is "object lost"; nodes write it as they like.</summary>
    static bool IsLost(ReadOnlySpan<byte> state)
    {
        ReadOnlySpan<byte> word = "lost"u8;
        for (int i = 0; i + word.Length <= state.Length; i++)
        {
            int k = 0;
            while (k < word.Length && (state[i + k] | 0x20) == word[k]) k++;
            if (k == word.Length) return true;
        }

        return false;
    }

    double Distance(GeoPosition reported)
    {
        (double east, double north, _) = frame.ToLocal(reported);
        return Math.Sqrt((east * east) + (north * north));
    }

    static double Positive(double sigma) => sigma > 0 && double.IsFinite(sigma) ? sigma : double.NaN;

    static double Or(double told, double otherwise) => told > 0 && double.IsFinite(told) ? told : otherwise;

    static double Wrap(double radians)
    {
        double turned = radians % (2 * Math.PI);
        return turned < 0 ? turned + (2 * Math.PI) : turned;
    }
}
