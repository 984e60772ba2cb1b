namespace Nadhir.Tracking.Engine;

/// <summary>
/// How much more (or less) likely a measurement belongs to a track for what both say of themselves. Identity supports an
/// association; it never rules one out, since replies get garbled and codes are changed in flight.
/// </summary>
static class TagMatch
{
    /// <param name="unanswered">How probable it is that a report of the track says nothing.</param>
    public static double Factor(in Tag track, in Tag seen, double unanswered)
    {
        if (seen.SaysNothing) return unanswered;
        double factor = 1;
        if (track.ModeSAddress != 0 && seen.ModeSAddress != 0)
            factor *= track.ModeSAddress == seen.ModeSAddress ? 1e4 : 1e-3;
        if (track.SourceTrack >= 0 && seen.SourceTrack >= 0 && track.SourceSensor == seen.SourceSensor)
            factor *= track.SourceTrack == seen.SourceTrack ? 1e3 : 1e-2;
        if (track.Mode3A >= 0 && seen.Mode3A >= 0)
        {
            bool same = track.Mode3A == seen.Mode3A;
            if (!IsDiscrete(seen.Mode3A)) factor *= same ? 2 : 0.5;
            else factor *= same ? 200 : IsDiscrete(track.Mode3A) ? 0.02 : 0.5;
        }

        return factor;
    }

    /// <summary>Whether a system calls its observation by the number under which it last updated the track.</summary>
    public static bool IsNamed(in Tag track, in Observation seen) => seen.NamesItsObject
        && track.SourceTrack == seen.Tag.SourceTrack && track.SourceSensor == seen.Tag.SourceSensor;

    /// <summary>
    /// Codes that many aircraft show at once: those ending in 00 (ICAO Doc 8168: 2000, 7000, 1000 conspicuity, …) and
    /// the emergency codes 7500, 7600, 7700, and 0000.
    /// </summary>
    public static bool IsDiscrete(short mode3A) => (mode3A & 0x3F) != 0;
}
