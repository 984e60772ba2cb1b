using System.Globalization;

namespace Nadhir.Sensing;

/// <summary>What a sensor's clock is like, judged by when its messages arrive.</summary>
public enum ClockState : byte
{
    /// <summary>Its times are used as told.</summary>
    Right,
    /// <summary>Its times come too late, by its own word; they are used as told and may be too old.</summary>
    Late,
    /// <summary>It runs, but far off: its times are corrected by a fixed offset.</summary>
    Offset,
    /// <summary>Its times make no sense: the time of arrival is used, and uncertain.</summary>
    Unclear,
}

/// <summary>When something was measured, as far as can be told.</summary>
/// <param name="Time">By our clock.</param>
/// <param name="SigmaSeconds">One sigma when the sensor's own word could not be used, else NaN.</param>
public readonly record struct BelievedTime(DateTimeOffset Time, double SigmaSeconds);

/// <summary>
/// Compares the times a sensor tells with the times of arrival. A clock that leapt (a wrong minute, a day at
/// midnight, a restart) is known after a few messages and corrected by the median of what it is off; one that stands,
/// runs backwards or wanders is replaced by the time of arrival. Errors below two seconds are the tracks' business
/// (registration). Deterministic; bounded; one owner.
/// </summary>
public sealed class ClockGuard
{
    /// <summary>
    /// A message may arrive before it was measured, by clocks that differ, and after, by so many seconds.
    /// </summary>
    public const double MostAhead = 2, MostLate = 10;
    /// <summary>One sigma of a time of arrival taken for the time of measurement, seconds.</summary>
    public const double SigmaOfArrival = 1;
    /// <summary>Seconds after which a constant delay is taken for a clock that is behind.</summary>
    const double LateLimit = 10;
    /// <summary>Samples and spread of their ages, seconds, that make an offset known.</summary>
    const int SettleSamples = 6;
    const double SettleSpread = 2;
    /// <summary>An offset is followed when it has drifted by this, seconds.</summary>
    const double Drift = 0.5;

    readonly ClockSamples samples = new();
    bool suspects, runs = true, knowsLatency;
    double lastTold = double.NaN, lastArrived, latency, lateBy;
    double lateSince = double.NaN;

    public ClockState State { get; private set; }
    /// <summary>Seconds by which the clock is ahead of ours, as it is corrected; 0 when its word is used.</summary>
    public double AheadSeconds { get; private set; }
    /// <summary>Messages told from the future, and from longer ago than can be used.</summary>
    public long AheadCount { get; private set; }
    public long LateCount { get; private set; }
    /// <summary>How often another offset was found.</summary>
    public int Leaps { get; private set; }

    /// <summary>In plain words; empty while the clock is right.</summary>
    public string Reason => State switch
    {
        ClockState.Late => Say($"delivers {lateBy:0} s late"),
        ClockState.Offset => Say($"clock {Math.Abs(AheadSeconds):0.0} s {Way}; its times are corrected"),
        ClockState.Unclear => "clock makes no sense; the time of arrival is used",
        _ => "",
    };

    string Way => (AheadSeconds > 0 ? "ahead" : "behind")
        + (Math.Abs(Math.Abs(AheadSeconds) - 86_400) < 10 ? " (a day)" : "");

    /// <summary>When a message was measured.</summary>
    /// <param name="told">Seconds, by the sensor, less the offset that is configured.</param>
    /// <param name="arrived">Seconds, by our clock, from the same epoch.</param>
    /// <param name="sigma">NaN when the sensor's word was used.</param>
    /// <returns>Seconds by our clock.</returns>
    public double Believe(double told, double arrived, out double sigma)
    {
        double age = arrived - told, residual = age + AheadSeconds;
        bool continues = !suspects && told - lastTold >= -MostAhead
            && told - lastTold <= arrived - lastArrived + MostAhead;
        bool fits = residual is >= -MostAhead and <= MostLate;
        if (residual < -MostAhead) AheadCount++;
        else if (residual > MostLate) LateCount++;
        if (!fits && !continues && !suspects)
        {
            suspects = true;
            samples.Clear();
        }

        // Back from a wild time or a backlog: what was gathered meanwhile says nothing of the clock as it is.
        if (fits && (suspects || !double.IsNaN(lateSince))) samples.Clear();
        bool isSample = samples.Add(told, arrived);
        if (isSample) runs = samples.RunsWithTime();
        (lastTold, lastArrived) = (told, arrived);
        sigma = double.NaN;
        if (!runs) return ByArrival(arrived, out sigma);
        if (fits) return AsTold(told, isSample);
        if (suspects || residual < 0)
            return isSample && TrySettle() ? told - AheadSeconds : ByArrival(arrived, out sigma);
        return TooLate(told, arrived, residual);
    }

    double AsTold(double told, bool isSample)
    {
        suspects = false;
        lateSince = double.NaN;
        State = AheadSeconds == 0 ? ClockState.Right : ClockState.Offset;
        if (isSample && samples.IsFull && samples.Spread <= SettleSpread)
        {
            if (AheadSeconds == 0) Learn(Math.Max(0, samples.MedianAge));
            else if (Math.Abs(samples.MedianAge + AheadSeconds - latency) > Drift)
                AheadSeconds = latency - samples.MedianAge;
        }

        return told - AheadSeconds;
    }

    /// <summary>The least delay seen is the one on the way; what comes on top may be the clock's.</summary>
    void Learn(double delay)
    {
        latency = knowsLatency ? Math.Min(latency, delay) : delay;
        knowsLatency = true;
    }

    double ByArrival(double arrived, out double sigma)
    {
        State = ClockState.Unclear;
        sigma = SigmaOfArrival;
        return arrived - latency;
    }

    /// <summary>The clock went on and the delivery did not: late, unless the delay stays what it is.</summary>
    double TooLate(double told, double arrived, double residual)
    {
        if (double.IsNaN(lateSince)) lateSince = arrived;
        if (arrived - lateSince > LateLimit && TrySettle()) return told - AheadSeconds;
        State = ClockState.Late;
        lateBy = residual;
        return told - AheadSeconds;
    }

    bool TrySettle()
    {
        if (samples.Count < SettleSamples || samples.Spread > SettleSpread) return false;
        double ahead = latency - samples.MedianAge;
        AheadSeconds = Math.Abs(ahead) <= MostAhead ? 0 : ahead;
        State = AheadSeconds == 0 ? ClockState.Right : ClockState.Offset;
        Leaps++;
        suspects = false;
        lateSince = double.NaN;
        return true;
    }

    static string Say(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
