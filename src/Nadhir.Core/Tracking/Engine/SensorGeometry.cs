using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Units;

namespace Nadhir.Tracking.Engine;

/// <summary>One configured sensor on the tracking plane: turns its measurements into observations, knows its clutter.</summary>
sealed class SensorGeometry
{
    readonly StereographicPlane plane;
    readonly TrackerOptions options;
    readonly TangentFrame frame;

    public SensorGeometry(Sensor sensor, StereographicPlane plane, TrackerOptions options)
    {
        Sensor = sensor;
        this.plane = plane;
        this.options = options;
        GeoPosition antenna = sensor.Position with { HeightMetres = sensor.Position.HeightMetres + sensor.AntennaMetres };
        frame = new(antenna);
        (East, North) = plane.ToPlane(sensor.Position.Point);
        Convergence = plane.ConvergenceAt(sensor.Position.Point);
        Clutter = new(sensor.RangeMetres);
    }

    public Sensor Sensor { get; }
    public double East { get; }
    public double North { get; }
    public double AntennaHeight => frame.Origin.HeightMetres;
    /// <summary>Plane azimuth minus true azimuth at the sensor.</summary>
    public double Convergence { get; }
    public ClutterScales Clutter { get; }

    double Disc => Math.PI * Sensor.RangeMetres * Sensor.RangeMetres;

    /// <summary>Where a plane point lies from the sensor: true metres along the plane's axes, as the sensor sees it.</summary>
    public (double East, double North) Sees(double east, double north) => plane.Seen(East, North, east, north);

    public double ScaleAt(double east, double north) => plane.ScaleAt(east, north);

    const double PerRootMetre = 4124; // √(2 · 4/3 · R)

    /// <summary>Ground range at which two heights see each other over an earth of 4/3 its radius; metres.</summary>
    public static double RadioHorizon(double antenna, double target) =>
        PerRootMetre * (Math.Sqrt(antenna) + Math.Sqrt(Math.Max(0, target)));

    /// <summary>The lowest height an antenna sees at a ground range, over the same earth; metres.</summary>
    public static double LowestSeen(double antenna, double ground)
    {
        double root = Math.Max(0, (ground / PerRootMetre) - Math.Sqrt(antenna));
        return root * root;
    }

    /// <summary>Makes an observation ready, or says no when the measurement lacks what its kind needs.</summary>
    public bool TryObserve(in Measurement seen, double time, out Observation o)
    {
        o = new()
        {
            Time = time,
            Vouched = seen.Vouched,
            Tag = new()
            {
                Mode3A = seen.Mode3A,
                ModeSAddress = seen.ModeSAddress,
                SourceTrack = seen.SourceTrack,
                SourceSensor = seen.SourceTrack >= 0 ? seen.Sensor : -1,
            },
        };
        bool usable = seen.Kind switch
        {
            MeasurementKind.Plot => TryPlot(seen, ref o),
            MeasurementKind.Bearing => TryBearing(seen, ref o),
            _ => TryPosition(seen, ref o),
        };
        return usable && double.IsFinite(o.X) && double.IsFinite(o.Y) && double.IsFinite(o.Xx + o.Yy);
    }

    bool TryPlot(in Measurement seen, ref Observation o)
    {
        double range = seen.RangeMetres, azimuth = seen.AzimuthRadians;
        if (!(range > 0 && range < 2e6) || !double.IsFinite(azimuth)) return false;
        double sigmaRange = Sensor.SigmaRangeOf(seen);
        double sigmaAzimuth = Sensor.SigmaAzimuthOf(seen);
        bool modeC = seen.HeightMetres is > -1000 and < 100_000;
        double elevation = seen.ElevationRadians;
        bool untold = seen.HeightIsReckoned || (seen.Mode3A < 0 && seen.ModeSAddress == 0);
        if (modeC && untold && Sensor.Kind == SensorKind.Radar3D)
        {
            // No transponder told this height: the radar reckoned it from the elevation, and is as sure of it.
            elevation = ElevationOf(seen);
            modeC = false;
        }

        bool elevated = !modeC && double.IsFinite(elevation) && Math.Abs(elevation) < 1.57;
        double height, rangeVariance = sigmaRange * sigmaRange;
        GeoPosition place;
        if (elevated)
        {
            double sigmaElevation = Sensor.SigmaElevationOf(seen);
            (double sin, double cos) = Math.SinCos(elevation);
            double across = range * sigmaElevation;
            // Refraction: over an earth of 4/3 radius the ray rises r²/2·(1/R − 3/4R) less than a straight one.
            double bent = range * range * cos * cos / (8 * Wgs84.MeanRadiusMetres);
            place = frame.FromLocal(range * cos * Math.Sin(azimuth), range * cos * Math.Cos(azimuth), (range * sin) - bent);
            height = place.HeightMetres;
            rangeVariance = (rangeVariance * cos * cos) + (across * across * sin * sin);
            o.Zz = (across * across * cos * cos) + (sigmaRange * sigmaRange * sin * sin);
            double shared = ((sigmaRange * sigmaRange) - (across * across)) * sin * cos;
            o.Xz = shared; // along the range; turned to the plane's axes below
        }
        else
        {
            height = modeC ? seen.HeightMetres : Math.Min(options.AssumedHeightMetres, 0.5 * range);
            place = frame.FromRangeAzimuthHeight(range, azimuth, height);
            double up = Math.Min(Math.Abs(height - frame.Origin.HeightMetres), 0.9 * range);
            double slope = up / Math.Sqrt((range * range) - (up * up));
            double sigmaHeight = modeC ? 30 : Math.Min(options.AssumedHeightSigmaMetres, 0.4 * range);
            rangeVariance += slope * slope * sigmaHeight * sigmaHeight;
            o.Zz = sigmaHeight * sigmaHeight;
            o.HeightIsHearsay = true;
        }

        o.HasHeight = modeC || elevated;
        o.Z = height;
        (o.X, o.Y) = plane.ToPlane(place.Point);
        (double dx, double dy) = plane.Seen(o.X, o.Y, East, North); // the way back, at the object
        double scale = plane.ScaleAt(o.X, o.Y), square = scale * scale;
        double ground = Math.Max(1, Math.Sqrt((dx * dx) + (dy * dy)));
        double sinPlane = -dx / ground, cosPlane = -dy / ground, cross = ground * sigmaAzimuth;
        double alongVariance = square * rangeVariance, crossVariance = square * cross * cross;
        o.Xx = (alongVariance * sinPlane * sinPlane) + (crossVariance * cosPlane * cosPlane);
        o.Yy = (alongVariance * cosPlane * cosPlane) + (crossVariance * sinPlane * sinPlane);
        o.Xy = (alongVariance - crossVariance) * sinPlane * cosPlane;
        (o.Xz, o.Yz) = (scale * o.Xz * sinPlane, scale * o.Xz * cosPlane);
        // False plots lie between evenly in range and azimuth and evenly over the ground: half each.
        double clutter = 0.5 * Sensor.FalsePlotsPerScan / square
            * ((1 / (2 * Math.PI * Sensor.RangeMetres * Math.Max(ground, 1000))) + (1 / Disc));
        clutter += Clutter.Excess(o.X, o.Y, clutter);
        double layer = elevated ? 15_000 : 1;
        o.ClutterDensity = clutter / layer;
        o.BirthDensity = options.NewObjectsPerScan * Sensor.DetectionProbability / Disc / square / layer;
        return true;
    }

    /// <summary>Under which a radar over a 4/3 earth sees the height that a plot tells.</summary>
    double ElevationOf(in Measurement seen)
    {
        GeoPosition place = frame.FromRangeAzimuthHeight(seen.RangeMetres, seen.AzimuthRadians, seen.HeightMetres);
        (double east, double north, double up) = frame.ToLocal(place);
        double ground = Math.Sqrt((east * east) + (north * north));
        return Math.Atan2(up + (ground * ground / (8 * Wgs84.MeanRadiusMetres)), ground);
    }

    bool TryBearing(in Measurement seen, ref Observation o)
    {
        if (!double.IsFinite(seen.AzimuthRadians)) return false;
        double sigma = Sensor.SigmaAzimuthOf(seen);
        o.Kind = ObservationKind.Bearing;
        (o.X, o.Y, double convergence) = (East, North, Convergence);
        if (double.IsFinite(seen.LatitudeDegrees))
        {
            GeoPoint from = new(seen.LatitudeDegrees, seen.LongitudeDegrees);
            if (!from.IsValid) return false;
            (o.X, o.Y) = plane.ToPlane(from);
            convergence = plane.ConvergenceAt(from);
        }

        o.Azimuth = seen.AzimuthRadians + convergence;
        o.AzimuthVariance = sigma * sigma;
        o.ClutterDensity = Math.Max(Sensor.FalsePlotsPerScan, 1e-3) / (2 * Math.PI);
        return sigma > 0;
    }

    bool TryPosition(in Measurement seen, ref Observation o)
    {
        GeoPoint place = new(seen.LatitudeDegrees, seen.LongitudeDegrees);
        if (!place.IsValid) return false;
        (o.X, o.Y) = plane.ToPlane(place);
        double sigma = Sensor.SigmaPositionOf(seen);
        double scale = plane.ScaleAt(o.X, o.Y), square = scale * scale;
        o.Xx = o.Yy = square * sigma * sigma;
        o.HasHeight = seen.HeightMetres is > -1000 and < 100_000;
        if (o.HasHeight)
        {
            o.Z = seen.HeightMetres;
            o.Zz = 50 * 50;
            o.HeightIsHearsay = true;
        }

        if (double.IsFinite(seen.VelocityEast) && double.IsFinite(seen.VelocityNorth)
            && Math.Abs(seen.VelocityEast) + Math.Abs(seen.VelocityNorth) < 4000)
        {
            (double sin, double cos) = Math.SinCos(plane.ConvergenceAt(place));
            o.HasVelocity = true;
            o.U = scale * ((seen.VelocityEast * cos) + (seen.VelocityNorth * sin));
            o.V = scale * ((seen.VelocityNorth * cos) - (seen.VelocityEast * sin));
            o.VelocityVariance = square * (seen.Kind == MeasurementKind.SystemTrack ? 100 : 25);
        }

        o.NamesItsObject = seen.Kind == MeasurementKind.SystemTrack && seen.SourceTrack >= 0;
        // Who speaks for itself or for a system is rarely wrong about being there; a human report often is.
        (double fresh, double wrong) = seen.Kind == MeasurementKind.Sighting ? (0.05, 0.1) : (0.2, 0.02);
        o.BirthDensity = fresh / Disc / square;
        o.ClutterDensity = wrong / Disc / square;
        return sigma > 0;
    }
}
