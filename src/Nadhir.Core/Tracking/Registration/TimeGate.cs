namespace Nadhir.Tracking.Registration;

/// <summary>
/// Keeps one wild time from pushing the picture into the future. A scan far ahead of all before it is believed when
/// another sensor says the same, or when its own sensor has said so several times and nobody else has said anything
/// meanwhile: then time did pass.
/// </summary>
sealed class TimeGate(double furthestAhead)
{
    /// <summary>Scans of one sensor alone, with nobody against it, that make a leap believed.</summary>
    const int AloneLimit = 5;

    int claimant = -1, claims;
    double claimed;

    /// <summary>Whether a scan at this time may move the clock.</summary>
    /// <param name="sensor">Who tells it.</param>
    /// <param name="time">Seconds, by the sensor.</param>
    /// <param name="now">Latest time believed so far, or −∞.</param>
    public bool Admits(int sensor, double time, double now)
    {
        if (time <= now + furthestAhead || double.IsNegativeInfinity(now))
        {
            // Who else speaks of the present speaks against a leap.
            if (sensor != claimant) claims = 0;
            return true;
        }

        if (claims > 0 && sensor != claimant && Math.Abs(time - claimed) <= furthestAhead)
        {
            claims = 0;
            return true;
        }

        bool continues = claims > 0 && sensor == claimant && Math.Abs(time - claimed) <= furthestAhead;
        claims = continues ? claims + 1 : 1;
        (claimant, claimed) = (sensor, time);
        if (claims < AloneLimit) return false;
        claims = 0;
        return true;
    }
}
