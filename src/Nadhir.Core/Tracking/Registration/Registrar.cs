using System.Collections.Immutable;
using Nadhir.Sensing;
using Nadhir.Tracking.Engine;
using Nadhir.Units;

namespace Nadhir.Tracking.Registration;

/// <summary>
/// Registration: finds each radar's range bias, azimuth bias and clock offset from flights that several sensors see,
/// and corrects its measurements by them. Compares measurements with measurements, so that a track drawn aside by a
/// biased radar does not hide the bias. Owned by the tracker; one thread; a function of the measurements alone.
/// </summary>
sealed class Registrar
{
    /// <summary>
    /// Radars and sources of self-reported positions that are compared; further ones are left as they are.
    /// </summary>
    public const int MostSensors = 64;
    /// <summary>Solutions tried within a second of the sensors' time; further windows are passed over.</summary>
    const int MostTrialsASecond = 100;
    /// <summary>Two measurements of one sensor closer in time than this say little more than one.</summary>
    const double LeastGap = 2.5;
    /// <summary>
    /// Windows in a row that only a change of one sensor can explain before its estimate is given up.
    /// </summary>
    const int BlameLimit = 5;
    /// <summary>Plots a second that are searched for a gross misalignment.</summary>
    const int MostLooksASecond = 64;
    /// <summary>
    /// A radar whose plots have joined nobody's tracks for so long is searched for; a gross correction that has led to
    /// nothing after so long is taken back; and so long no other is made. Seconds.
    /// </summary>
    const double SearchAfter = 60, GrossTrial = 180;
    const double LeastGround = 5000, SteepestSlope = 0.3;
    /// <summary>
    /// Errors of place that no model here has: earth, projection, height above the pressure surface. Metres.
    /// </summary>
    const double SigmaModel = 10, SigmaPressureHeight = 100;

    readonly ImmutableArray<Sensor> sensors;
    readonly (double East, double North, double Height)[] stands;
    readonly double[] scales;
    readonly int[] placeOf;
    readonly int[] sensorAt;
    readonly bool[] isHeard, isTrusted;
    readonly SensorBook[] books;
    readonly long[] late, future;
    readonly RegistrationOptions options;
    readonly bool mayCorrect;
    readonly BiasFilter filter;
    readonly ClockReference reference;
    readonly TrackWindows windows;
    readonly WindowEquations equations = new();
    readonly GrossSearch[] searches;
    int trials, looks;
    double grossSince = double.NegativeInfinity;
    double secondBegan = double.NegativeInfinity;
    bool isStale;

    /// <param name="stands">Plane position and height of each sensor's antenna.</param>
    /// <param name="rows">Rows of the track table.</param>
    /// <param name="scales">Plane metres a true metre at each sensor; 1 when not given.</param>
    public Registrar(ImmutableArray<Sensor> sensors, IReadOnlyList<(double East, double North, double Height)> stands,
        int rows, RegistrationOptions options, bool mayCorrect, IReadOnlyList<double>? scales = null)
    {
        this.scales = [.. scales ?? Enumerable.Repeat(1.0, sensors.Length)];
        this.sensors = sensors;
        this.stands = [.. stands];
        this.options = options;
        this.mayCorrect = mayCorrect;
        placeOf = new int[sensors.Length];
        late = new long[sensors.Length];
        future = new long[sensors.Length];
        sensorAt = [.. Enumerable.Range(0, sensors.Length).Where(s => IsComparable(sensors[s].Kind)).Take(MostSensors)];
        Array.Fill(placeOf, -1);
        for (int p = 0; p < sensorAt.Length; p++) placeOf[sensorAt[p]] = p;
        isHeard = new bool[sensorAt.Length];
        isTrusted = [.. sensorAt.Select(s => sensors[s].Trusted)];
        books = [.. sensorAt.Select(s => new SensorBook(sensors[s]))];
        filter = new([.. sensorAt.SelectMany(s => PriorOf(sensors[s]))], options.Memory.TotalSeconds);
        reference = new(sensorAt.Length);
        windows = new(rows);
        searches = [.. sensorAt.Select(_ => new GrossSearch())];
    }

    public long LateCount { get; private set; }
    public long FutureCount { get; private set; }

    /// <summary>The state of all sensors, in their order.</summary>
    public ImmutableArray<SensorRegistration> Report() =>
    [
        .. Enumerable.Range(0, sensors.Length).Select(s => placeOf[s] >= 0
            ? books[placeOf[s]].Report(s, late[s], future[s])
            : new SensorRegistration { Sensor = s, IsCompared = false, LateCount = late[s], FutureCount = future[s] }),
    ];

    public void CountLate(int sensor)
    {
        LateCount++;
        late[sensor]++;
    }

    public void CountFuture(int sensor)
    {
        FutureCount++;
        future[sensor]++;
    }

    /// <summary>
    /// Begins a scan: what its measurements are corrected by stands until the next. Judged once a second.
    /// </summary>
    public void Begin(double now)
    {
        if (now < secondBegan + 1) return;
        secondBegan = now;
        trials = looks = 0;
        for (int p = 0; p < books.Length; p++) FindGross(p, now);
        if (!isStale) return;
        isStale = false;
        reference.Set(filter, isHeard, isTrusted);
        for (int p = 0; p < books.Length; p++)
        {
            if (!isHeard[p] && !books[p].IsGross) continue;
            int at = 3 * p;
            SensorErrors found = new(filter.Means[at], filter.Means[at + 1], filter.Means[at + 2] - reference.Seconds,
                filter.Covariance(at, at), filter.Covariance(at + 1, at + 1), reference.VarianceOf(filter, p));
            SensorErrors prior = new(0, 0, 0, filter.PriorOf(at), filter.PriorOf(at + 1), filter.PriorOf(at + 2));
            books[p].Judge(found, prior, mayCorrect);
        }
    }

    /// <summary>Seconds by which a sensor's times are corrected: taken off.</summary>
    public double ClockOf(int sensor) => placeOf[sensor] < 0 ? 0 : books[placeOf[sensor]].Applied.ClockSeconds;

    /// <summary>
    /// The measurement without its sensor's systematic errors, its sigmas widened by what is uncertain of them.
    /// </summary>
    public Measurement Correct(in Measurement seen, int sensor)
    {
        double timeVariance = seen.SigmaTimeSeconds > 0 ? seen.SigmaTimeSeconds * seen.SigmaTimeSeconds : 0;
        SensorErrors errors = placeOf[sensor] < 0 ? default : books[placeOf[sensor]].Applied;
        if (errors.AreNone && timeVariance == 0) return seen;
        timeVariance += errors.ClockVariance;
        double wide = timeVariance * options.AssumedSpeed * options.AssumedSpeed;
        Sensor source = sensors[sensor];
        double range = source.SigmaRangeOf(seen);
        double azimuth = source.SigmaAzimuthOf(seen);
        double place = source.SigmaPositionOf(seen);
        double across = wide / Math.Max(1e6, seen.RangeMetres * seen.RangeMetres);
        return seen with
        {
            RangeMetres = seen.RangeMetres - errors.RangeMetres,
            AzimuthRadians = seen.AzimuthRadians - errors.AzimuthRadians,
            SigmaRangeMetres = Math.Sqrt((range * range) + errors.RangeVariance + wide),
            SigmaAzimuthRadians = Math.Sqrt((azimuth * azimuth) + errors.AzimuthVariance
                + (double.IsFinite(across) ? across : 0)),
            SigmaHorizontalMetres = Math.Sqrt((place * place) + wide),
        };
    }

    /// <summary>A confirmed track was corrected by a measurement that is surely its own.</summary>
    /// <param name="row">Of the track.</param>
    /// <param name="used">The observation as it was used: corrected by what stands since <see cref="Begin"/>.</param>
    /// <param name="seen">The measurement as the sensor gave it.</param>
    public void Observe(int row, in Observation used, in Measurement seen)
    {
        if (placeOf[seen.Sensor] < 0 || seen.SigmaTimeSeconds > 0 || !TryMake(used, seen, out WindowPlot plot)) return;
        ReadOnlySpan<WindowPlot> window = windows.Of(row);
        foreach (ref readonly WindowPlot earlier in window)
            if (earlier.Place == plot.Place && Math.Abs(earlier.Time - plot.Time) < LeastGap) return;
        bool isOver = window.Length == TrackWindows.MostPlots
            || (window.Length > 0 && plot.Time - window[0].Time > options.Window.TotalSeconds);
        if (isOver)
        {
            Reckon(row, window, plot.Time);
            windows.Clear(row);
        }

        windows.TryAdd(row, plot);
    }

    /// <summary>The row holds another track from now on, or none.</summary>
    public void Release(int row) => windows.Release(row);

    void Reckon(int row, ReadOnlySpan<WindowPlot> window, double time)
    {
        if (trials >= MostTrialsASecond) return;
        trials++;
        filter.Advance(time);
        if (!equations.TrySet(window, filter.Means, options.SigmaAcceleration)) return;
        if (!windows.FliesOn(row, equations.Flight)) return;
        double limit = equations.Count + (4 * Math.Sqrt(2.0 * equations.Count)) + 4;
        if (filter.Try(equations, freed: -1) <= limit)
        {
            filter.Keep();
            isStale = true;
            foreach (int place in equations.Places)
            {
                isHeard[place] = true;
                books[place].Blame = Math.Max(0, books[place].Blame - 1);
            }

            foreach (ref readonly WindowPlot plot in window)
            {
                books[plot.Place].Samples++;
                books[plot.Place].SamplesSinceRestart++;
                books[plot.Place].LastSample = Math.Max(books[plot.Place].LastSample, plot.Time);
            }

            return;
        }

        Blame(limit);
    }

    /// <summary>A window that does not fit: a hard turn, a wrong plot, or a sensor that has changed.</summary>
    void Blame(double limit)
    {
        int suspect = -1;
        foreach (int place in equations.Places)
        {
            trials++;
            if (filter.Try(equations, place) > limit) continue;
            if (suspect >= 0) return;
            suspect = place;
        }

        if (suspect < 0 || ++books[suspect].Blame < BlameLimit) return;
        filter.Restart(suspect, 0, 0);
        books[suspect].Blame = 0;
        books[suspect].Restarts++;
        books[suspect].SamplesSinceRestart = 0;
        isStale = true;
    }

    /// <summary>Whether a radar's plots are to be compared with flights that it does not hold.</summary>
    public bool Searches(int sensor, double now)
    {
        int place = placeOf[sensor];
        return place >= 0 && sensors[sensor].Kind != SensorKind.Adsb && !sensors[sensor].Trusted
            && looks < MostLooksASecond
            && !books[place].IsGross && now - books[place].LastSample > SearchAfter && now - grossSince > GrossTrial;
    }

    /// <summary>Compares a plot with a flight that others see now and this radar does not.</summary>
    public void Search(int sensor, int row, in Observation plot, in GaussianState flight, double lag)
    {
        if (plot.Kind == ObservationKind.Position && plot.HasHeight)
            searches[placeOf[sensor]].Vote(row, plot, flight, lag, stands[sensor]);
    }

    /// <summary>How many of so many plots may be searched; they count against this second.</summary>
    public int TakeLooks(int plots)
    {
        int taken = Math.Min(plots, MostLooksASecond - looks);
        looks += taken;
        return taken;
    }

    /// <summary>
    /// Moves a radar back that is far out of line, for a trial: if its plots then join the tracks, it stays.
    /// </summary>
    void FindGross(int place, double now)
    {
        SensorBook book = books[place];
        if (book.IsGross)
        {
            if (book.IsSettled) book.IsGross = false;
            else if (now - grossSince > GrossTrial) Open(place, 0, 0, isGross: false);
            return;
        }

        if (!Searches(sensorAt[place], now) || !searches[place].TryFind(out double azimuth, out double range)) return;
        Open(place, azimuth, range, isGross: true);
        grossSince = now;
        foreach (GrossSearch search in searches) search.Clear();
    }

    void Open(int place, double azimuth, double range, bool isGross)
    {
        filter.Restart(place, range, azimuth);
        books[place].IsGross = isGross;
        books[place].Restarts += isGross ? 1 : 0;
        books[place].SamplesSinceRestart = 0;
        isStale = true;
    }

    bool TryMake(in Observation used, in Measurement seen, out WindowPlot plot)
    {
        int place = placeOf[seen.Sensor];
        SensorErrors applied = books[place].Applied;
        plot = new WindowPlot { Place = place, Time = used.Time + applied.ClockSeconds, X = used.X, Y = used.Y };
        if (used.Kind != ObservationKind.Position) return false;
        double scale = scales[seen.Sensor], square = scale * scale;
        const double floor = SigmaModel * SigmaModel;
        if (seen.Kind == MeasurementKind.PositionReport)
        {
            double sigma = sensors[seen.Sensor].SigmaPositionOf(seen);
            plot.Xx = plot.Yy = square * ((sigma * sigma) + floor);
            return true;
        }

        if (seen.Kind != MeasurementKind.Plot || !used.HasHeight) return false;
        (double east, double north, double height) = stands[seen.Sensor];
        double dx = used.X - east, dy = used.Y - north, ground = Math.Sqrt((dx * dx) + (dy * dy));
        double slope = (used.Z - height) * scale / ground;
        if (ground < LeastGround || Math.Abs(slope) > SteepestSlope) return false;
        double sin = dx / ground, cos = dy / ground, stretch = Math.Sqrt(1 + (slope * slope));
        (plot.RangeX, plot.RangeY) = (scale * stretch * sin, scale * stretch * cos);
        (plot.AzimuthX, plot.AzimuthY) = (dy, -dx);
        plot.X += (plot.RangeX * applied.RangeMetres) + (plot.AzimuthX * applied.AzimuthRadians);
        plot.Y += (plot.RangeY * applied.RangeMetres) + (plot.AzimuthY * applied.AzimuthRadians);
        double sigmaRange = stretch * sensors[seen.Sensor].SigmaRangeOf(seen);
        double sigmaAcross = ground / scale * sensors[seen.Sensor].SigmaAzimuthOf(seen);
        double heightVariance = Math.Max(used.Zz, SigmaPressureHeight * SigmaPressureHeight);
        double along = square * ((sigmaRange * sigmaRange) + (slope * slope * heightVariance) + floor);
        double across = square * ((sigmaAcross * sigmaAcross) + floor);
        plot.Xx = (along * sin * sin) + (across * cos * cos);
        plot.Yy = (along * cos * cos) + (across * sin * sin);
        plot.Xy = (along - across) * sin * cos;
        return double.IsFinite(plot.Xx + plot.Yy + plot.Xy + plot.X + plot.Y);
    }

    double[] PriorOf(Sensor sensor)
    {
        double share = sensor.Trusted ? options.TrustedShare * options.TrustedShare : 1;
        if (sensor.Kind == SensorKind.Adsb)
            return [0, 0, share * options.SigmaReportClockSeconds * options.SigmaReportClockSeconds];
        double azimuth = options.SigmaAzimuthDegrees * Angles.DegreesToRadians;
        return
        [
            share * options.SigmaRangeMetres * options.SigmaRangeMetres, share * azimuth * azimuth,
            share * options.SigmaClockSeconds * options.SigmaClockSeconds,
        ];
    }

    static bool IsComparable(SensorKind kind) => kind is SensorKind.Radar or SensorKind.Radar3D or SensorKind.Adsb;
}
