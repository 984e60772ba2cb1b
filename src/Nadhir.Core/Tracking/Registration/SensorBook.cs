using System.Globalization;
using Nadhir.Sensing;
using Nadhir.Units;

namespace Nadhir.Tracking.Registration;

/// <summary>
/// What is held and judged of one sensor's registration: a verdict comes late and goes late, so it does not flicker.
/// </summary>
sealed class SensorBook(Sensor sensor)
{
    const int SettledSamples = 40;
    /// <summary>An error is corrected from so many sigmas on, and no longer below so many.</summary>
    const double CorrectedFrom = 3, CorrectedUntil = 1.5;
    /// <summary>An error is told from so many sigmas on, and no longer below so many.</summary>
    const double ToldFrom = 4, ToldUntil = 2;
    /// <summary>
    /// Least errors worth telling: metres, radians, seconds; and at least half of the sensor's random error.
    /// </summary>
    const double LeastRange = 25, LeastAzimuth = 0.04 * Angles.DegreesToRadians, LeastClock = 0.1;

    readonly double tellRange = Math.Max(LeastRange, 0.5 * sensor.SigmaRangeMetres);
    readonly double tellAzimuth = Math.Max(LeastAzimuth, 0.5 * sensor.SigmaAzimuthDegrees * Angles.DegreesToRadians);
    bool corrects, range, azimuth, clock;

    public int Blame { get; set; }
    public int Restarts { get; set; }
    /// <summary>Measurements compared since the start, and since the last restart.</summary>
    public long Samples { get; set; }
    public long SamplesSinceRestart { get; set; }
    /// <summary>When its measurements were last compared, seconds.</summary>
    public double LastSample { get; set; } = double.NegativeInfinity;
    /// <summary>It is corrected by a first guess, far off, that is still to prove itself.</summary>
    public bool IsGross { get; set; }
    public SensorErrors Estimate { get; private set; }
    public SensorErrors Applied { get; private set; }
    public bool IsSettled { get; private set; }

    /// <summary>Takes the newest estimate and judges it.</summary>
    /// <param name="estimate">Told minus true, with variances.</param>
    /// <param name="prior">Variances at first sight.</param>
    public void Judge(in SensorErrors estimate, in SensorErrors prior, bool mayCorrect)
    {
        Estimate = estimate;
        IsSettled = SamplesSinceRestart >= SettledSamples
            && estimate.RangeVariance <= 0.25 * prior.RangeVariance
            && estimate.AzimuthVariance <= 0.25 * prior.AzimuthVariance
            && estimate.ClockVariance <= 0.25 * prior.ClockVariance;
        double r = Sigmas(estimate.RangeMetres, estimate.RangeVariance);
        double a = Sigmas(estimate.AzimuthRadians, estimate.AzimuthVariance);
        double c = Sigmas(estimate.ClockSeconds, estimate.ClockVariance);
        corrects = mayCorrect && IsSettled && Math.Max(r, Math.Max(a, c)) > (corrects ? CorrectedUntil : CorrectedFrom);
        Applied = corrects || (IsGross && mayCorrect) ? estimate : default;
        range = Tells(range, r, Math.Abs(estimate.RangeMetres), tellRange);
        azimuth = Tells(azimuth, a, Math.Abs(estimate.AzimuthRadians), tellAzimuth);
        clock = Tells(clock, c, Math.Abs(estimate.ClockSeconds), LeastClock);
    }

    public SensorRegistration Report(int index, long late, long future) => new()
    {
        Sensor = index,
        IsCompared = true,
        RangeMetres = Estimate.RangeMetres,
        SigmaRangeMetres = Math.Sqrt(Estimate.RangeVariance),
        AzimuthRadians = Estimate.AzimuthRadians,
        SigmaAzimuthRadians = Math.Sqrt(Estimate.AzimuthVariance),
        ClockSeconds = Estimate.ClockSeconds,
        SigmaClockSeconds = Math.Sqrt(Estimate.ClockVariance),
        Samples = Samples,
        IsSettled = IsSettled,
        IsCorrected = !Applied.AreNone,
        Restarts = Restarts,
        LateCount = late,
        FutureCount = future,
        HasRangeBias = range,
        HasAzimuthBias = azimuth,
        HasClockOffset = clock,
        Fault = Words(),
    };

    bool Tells(bool told, double sigmas, double size, double least) =>
        IsSettled && sigmas > (told ? ToldUntil : ToldFrom) && size > (told ? 0.7 * least : least);

    string Words()
    {
        if (IsGross) return "far out of line; a correction is being tried";
        if (!range && !azimuth && !clock) return "";
        List<string> words = [];
        if (range)
        {
            double sigma = Math.Sqrt(Estimate.RangeVariance);
            string way = Estimate.RangeMetres > 0 ? "long" : "short";
            words.Add(Say($"range {Math.Abs(Estimate.RangeMetres):0} m too {way} (±{sigma:0})"));
        }

        if (azimuth)
        {
            double degrees = Estimate.AzimuthRadians * Angles.RadiansToDegrees;
            double sigma = Math.Sqrt(Estimate.AzimuthVariance) * Angles.RadiansToDegrees;
            string way = degrees > 0 ? "clockwise" : "anticlockwise";
            words.Add(Say($"azimuth {Math.Abs(degrees):0.00}° too far {way} (±{sigma:0.00})"));
        }

        if (clock)
        {
            double sigma = Math.Sqrt(Estimate.ClockVariance);
            string way = Estimate.ClockSeconds > 0 ? "ahead" : "behind";
            words.Add(Say($"clock {Math.Abs(Estimate.ClockSeconds):0.00} s {way} (±{sigma:0.00})"));
        }

        return string.Join(", ", words);
    }

    static string Say(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);

    static double Sigmas(double value, double variance) => variance > 0 ? Math.Abs(value) / Math.Sqrt(variance) : 0;
}
