using Nadhir.Units;

namespace Nadhir.Tracking.Engine;

/// <summary>
/// One flat sensor: makes observations of its detections, knows what it could see, and learns its clutter and how many
/// new objects come.
/// </summary>
sealed class FlatScanner : ICoverage
{
    const double AirHeight = 13_000, LowAirHeight = 800, LowRange = 30_000;
    /// <summary>How many scans what was expected to come counts for beside what came.</summary>
    const double ExpectedOver = 20;
    /// <summary>How many standard deviations above the known false ones unclaimed measurements must be to tell of new objects.</summary>
    const double NoiseMargin = 2.5;

    readonly FlatSensor sensor;
    readonly ClutterMap clutter;
    double firstTime = double.PositiveInfinity;
    double unseen;
    int scans, arrivals;
    readonly double expectedArrivals; // a scan
    readonly double volumeDensity, airVolume, airHeight, falseInAir, lowestRise, highestRise;

    public FlatScanner(FlatSensor sensor, double expectedArrivals)
    {
        (this.sensor, this.expectedArrivals) = (sensor, expectedArrivals);
        clutter = new(Math.Clamp(sensor.Range / 150, 600, 3000), memoryScans: 100);
        airHeight = sensor.Range < LowRange ? LowAirHeight : AirHeight;
        falseInAir = sensor.FalsePerScan;
        (lowestRise, highestRise) = (Math.Sin(sensor.LeastElevation), Math.Sin(sensor.MostElevation));
        switch (sensor.Kind)
        {
            case FlatSensorKind.Radar3D:
                volumeDensity = sensor.FalsePerScan / ((sensor.Range - sensor.LeastRange) * 2 * Math.PI
                    * (sensor.MostElevation - sensor.LeastElevation));
                airVolume = Math.PI * sensor.Range * sensor.Range * airHeight;
                falseInAir *= ShareInAir();
                break;
            case FlatSensorKind.Bearing:
                volumeDensity = sensor.FalsePerScan / (2 * Math.PI);
                airVolume = 1;
                break;
            default:
                volumeDensity = sensor.FalsePerScan / (sensor.Area * sensor.Area);
                airVolume = sensor.Area * sensor.Area;
                break;
        }
    }

    public double Revisit => sensor.Period;

    public bool TryReach(out double x, out double y, out double distance)
    {
        (x, y, distance) = (sensor.X, sensor.Y, sensor.Range);
        return sensor.Kind != FlatSensorKind.Position2D;
    }

    /// <summary>Counts an object that came after the first scan: how many come teaches how many to expect.</summary>
    public void CountArrival(double firstSeen)
    {
        if (firstSeen > firstTime + (1.5 * sensor.Period)) arrivals++;
    }

    public bool TryObserve(in FlatDetection seen, out Observation o)
    {
        o = new() { Time = seen.Time, Tag = Tag.None };
        switch (sensor.Kind)
        {
            case FlatSensorKind.Radar3D:
                Convert(seen, ref o);
                break;
            case FlatSensorKind.Bearing:
                o.Kind = ObservationKind.Bearing;
                o.X = sensor.X;
                o.Y = sensor.Y;
                o.Azimuth = seen.Second;
                o.AzimuthVariance = seen.SecondSigma * seen.SecondSigma;
                o.ClutterDensity = volumeDensity;
                break;
            default:
                o.X = seen.First;
                o.Y = seen.Second;
                o.Xx = seen.FirstSigma * seen.FirstSigma;
                o.Yy = seen.SecondSigma * seen.SecondSigma;
                o.ClutterDensity = volumeDensity;
                break;
        }

        if (sensor.Kind != FlatSensorKind.Bearing) o.BirthDensity = expectedArrivals / airVolume;
        return double.IsFinite(o.X + o.Y + o.Azimuth) && double.IsFinite(o.Xx + o.Yy + o.Zz);
    }

    /// <summary>Polar to Cartesian once; a density in (range, azimuth, elevation) divides by r² cos(elevation).</summary>
    void Convert(in FlatDetection seen, ref Observation o)
    {
        double r = seen.First;
        (double sinAzimuth, double cosAzimuth) = Math.SinCos(seen.Second);
        (double sin, double cos) = Math.SinCos(seen.Third);
        double along = seen.FirstSigma * seen.FirstSigma, up = r * seen.ThirdSigma, across = r * cos * seen.SecondSigma;
        up *= up;
        across *= across;
        o.X = sensor.X + (r * cos * sinAzimuth);
        o.Y = sensor.Y + (r * cos * cosAzimuth);
        o.Z = sensor.Z + (r * sin);
        double ground = (along * cos * cos) + (up * sin * sin), shared = (along - up) * sin * cos;
        o.Xx = (ground * sinAzimuth * sinAzimuth) + (across * cosAzimuth * cosAzimuth);
        o.Yy = (ground * cosAzimuth * cosAzimuth) + (across * sinAzimuth * sinAzimuth);
        o.Xy = (ground - across) * sinAzimuth * cosAzimuth;
        o.HasHeight = true;
        o.Zz = (along * sin * sin) + (up * cos * cos);
        o.Xz = shared * sinAzimuth;
        o.Yz = shared * cosAzimuth;
        o.ClutterDensity = DensityAt(o);
    }

    public void Look(int row, in GaussianState predicted, out double hit, out double miss)
    {
        hit = miss = sensor.DetectionProbability;
        if (sensor.Kind == FlatSensorKind.Position2D) return;
        double dx = predicted.X - sensor.X, dy = predicted.Y - sensor.Y, dz = predicted.Z - sensor.Z;
        double square = (dx * dx) + (dy * dy) + (dz * dz);
        double three = 3 * Math.Sqrt(predicted.LargestPositionVariance);
        if (sensor.Kind == FlatSensorKind.Bearing)
        {
            if (square > Squared(sensor.Range + three + three))
            {
                hit = miss = 0;
                return;
            }

            // The part of the track's position that is within reach, taken along the line of sight.
            double within = 1 / (1 + Math.Exp(1.702 * (Math.Sqrt(square) - sensor.Range) / Math.Max(three / 3, 1)));
            hit = miss = within < 0.01 ? 0 : sensor.DetectionProbability * within;
            return;
        }

        if (square > Squared(sensor.Range + three) || (sensor.LeastRange > three && square < Squared(sensor.LeastRange - three)))
        {
            hit = miss = 0;
            return;
        }

        double range = Math.Max(1, Math.Sqrt(square)), rise = dz / range, slack = 3 * Math.Sqrt(predicted.Zz) / range;
        if (rise < lowestRise - slack || rise > highestRise + slack) hit = 0;
        bool inside = range <= sensor.Range && range >= sensor.LeastRange && rise >= lowestRise && rise <= highestRise;
        miss = inside ? hit : 0;
    }

    static double Squared(double x) => x * x;

    /// <summary>Share of false detections, even in range and elevation, that lie where things fly.</summary>
    double ShareInAir()
    {
        const int Steps = 200;
        double inside = 0, span = sensor.MostElevation - sensor.LeastElevation;
        for (int i = 0; i < Steps; i++)
        {
            double range = sensor.LeastRange + ((sensor.Range - sensor.LeastRange) * (i + 0.5) / Steps);
            double top = Math.Asin(Math.Clamp((airHeight - sensor.Z) / range, -1, 1));
            inside += Math.Clamp((top - sensor.LeastElevation) / span, 0, 1);
        }

        return inside / Steps;
    }

    bool IsInAir(in Observation o) => !o.HasHeight || o.Z < airHeight + (2 * Math.Sqrt(o.Zz));

    /// <summary>
    /// Learns the clutter, then reckons the new objects of this scan: what is unclaimed where things fly beyond the false
    /// measurements known of, less a margin, but never less than what comes as a rule (empirical Bayes).
    /// </summary>
    public void BeforeBirths(Span<Observation> observations, ReadOnlySpan<double> free)
    {
        if (sensor.Kind == FlatSensorKind.Bearing) return;
        foreach (ref readonly Observation o in observations) firstTime = Math.Min(firstTime, o.Time);
        if (sensor.Kind == FlatSensorKind.Radar3D) Learn(observations, free);
        double unclaimed = 0;
        for (int j = 0; j < observations.Length; j++)
            if (IsInAir(observations[j])) unclaimed += free[j] * UniformAt(observations[j]) / observations[j].ClutterDensity;
        double known = falseInAir;
        double usual = ((expectedArrivals * ExpectedOver) + arrivals) / (ExpectedOver + scans);
        double fresh;
        if (scans++ == 0)
        {
            fresh = Math.Max(usual, MeanBeyond(unclaimed - known, Math.Sqrt(Math.Max(known, 1)))); // at first sight all that fly are new
            unseen = fresh / sensor.DetectionProbability; // and not all are seen at once
        }
        else
        {
            fresh = Math.Max(usual + (unseen * sensor.DetectionProbability), unclaimed - known - (NoiseMargin * Math.Sqrt(known)));
        }

        unseen *= 1 - sensor.DetectionProbability;
        foreach (ref Observation o in observations) o.BirthDensity = IsInAir(o) ? fresh / airVolume : 0;
    }

    /// <summary>The mean of what is not negative and was measured with normal noise, when nothing else is known of it.</summary>
    static double MeanBeyond(double measured, double sigma)
    {
        const double LeastZ = -6; // below, the quotient of density and tail tends to −z
        double z = Math.Max(measured / sigma, LeastZ);
        double density = Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);
        return sigma * (z + (density / Normal.Cumulative(z)));
    }

    void Learn(Span<Observation> observations, ReadOnlySpan<double> free)
    {
        clutter.PassScan();
        for (int j = 0; j < observations.Length; j++)
            clutter.Add(observations[j].X, observations[j].Y, observations[j].Z, free[j]);
        for (int j = 0; j < observations.Length; j++)
            if (free[j] > 1e-3) observations[j].ClutterDensity = DensityAt(observations[j]); // the others start nothing
    }

    double DensityAt(in Observation o)
    {
        double dx = o.X - sensor.X, dy = o.Y - sensor.Y, ground = Math.Max(1, Math.Sqrt((dx * dx) + (dy * dy)));
        double column = sensor.FalsePerScan / ((sensor.Range - sensor.LeastRange) * 2 * Math.PI * ground);
        return UniformAt(o) + clutter.ExcessAt(o.X, o.Y, o.Z, column);
    }

    /// <summary>Density of false detections even in range, azimuth and elevation, per cubic (or square) metre.</summary>
    double UniformAt(in Observation o)
    {
        if (sensor.Kind != FlatSensorKind.Radar3D) return volumeDensity;
        double dx = o.X - sensor.X, dy = o.Y - sensor.Y, dz = o.Z - sensor.Z;
        double ground = Math.Sqrt((dx * dx) + (dy * dy)), range = Math.Max(1, Math.Sqrt((ground * ground) + (dz * dz)));
        return volumeDensity / (range * Math.Max(0.01 * range, ground));
    }
}
