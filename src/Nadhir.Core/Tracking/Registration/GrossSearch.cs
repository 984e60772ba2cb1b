using System.Numerics;
using Nadhir.Tracking.Engine;
using Nadhir.Units;

namespace Nadhir.Tracking.Registration;

/// <summary>
/// Finds a radar so far out of line that its plots join nobody's tracks: by how much they would have to be turned, or
/// moved in range, to lie on flights at the same height that others see. Chance agreements spread over all offsets; a
/// misalignment gathers in one, for flight after flight. Votes are kept in bins; bounded.
/// </summary>
sealed class GrossSearch
{
    const int Bins = 81, Middle = Bins / 2;
    const double AzimuthBin = 0.25 * Angles.DegreesToRadians, RangeBin = 500;
    /// <summary>How near a plot and a flight must be in height and in the coordinate that is not searched.</summary>
    const double NearHeight = 300, NearRange = 700, NearAzimuth = 0.4 * Angles.DegreesToRadians;
    /// <summary>
    /// What an offset needs to be believed: votes, times the mean of the other bins, different flights.
    /// </summary>
    const int LeastVotes = 16, LeastFlights = 3;
    const double LeastOdds = 6;
    const int MostVotes = 2000;

    readonly int[] azimuthVotes = new int[Bins], rangeVotes = new int[Bins];
    readonly ulong[] azimuthFlights = new ulong[Bins], rangeFlights = new ulong[Bins];

    public void Clear()
    {
        Array.Clear(azimuthVotes);
        Array.Clear(rangeVotes);
        Array.Clear(azimuthFlights);
        Array.Clear(rangeFlights);
    }

    /// <summary>Counts what one plot and one flight that the radar does not hold have in common.</summary>
    /// <param name="row">Of the flight's track.</param>
    /// <param name="o">The plot, with height.</param>
    /// <param name="flight">The flight's state at <paramref name="lag"/> seconds after the plot.</param>
    /// <param name="stand">The radar's place on the plane.</param>
    public void Vote(int row, in Observation o, in GaussianState flight, double lag,
        (double East, double North, double Height) stand)
    {
        if (Math.Abs(o.Z - flight.Z) > NearHeight) return;
        double x = flight.X - (lag * flight.U) - stand.East, y = flight.Y - (lag * flight.V) - stand.North;
        double dx = o.X - stand.East, dy = o.Y - stand.North;
        double longer = Math.Sqrt((dx * dx) + (dy * dy)) - Math.Sqrt((x * x) + (y * y));
        double turned = Angles.WrapRadians(Math.Atan2(dx, dy) - Math.Atan2(x, y));
        if (Math.Abs(longer) < NearRange) Count(azimuthVotes, azimuthFlights, turned / AzimuthBin, row);
        if (Math.Abs(turned) < NearAzimuth) Count(rangeVotes, rangeFlights, longer / RangeBin, row);
    }

    /// <summary>The offset that the votes agree on, if they do: radians and metres, one of them zero.</summary>
    public bool TryFind(out double azimuth, out double range)
    {
        range = 0;
        if (TryPeak(azimuthVotes, azimuthFlights, out double bin))
        {
            azimuth = bin * AzimuthBin;
            return true;
        }

        azimuth = 0;
        bool found = TryPeak(rangeVotes, rangeFlights, out bin);
        range = bin * RangeBin;
        return found;
    }

    static void Count(int[] votes, ulong[] flights, double offset, int row)
    {
        int bin = Middle + (int)Math.Round(Math.Clamp(offset, -1000, 1000));
        if ((uint)bin >= Bins || votes[bin] >= MostVotes) return;
        votes[bin]++;
        flights[bin] |= 1UL << (row & 63);
    }

    /// <summary>Two neighbouring bins that stand out; where they meet by weight.</summary>
    static bool TryPeak(int[] votes, ulong[] flights, out double offset)
    {
        int best = 0, most = 0, all = 0;
        for (int i = 0; i < Bins; i++) all += votes[i];
        for (int i = 0; i + 1 < Bins; i++)
        {
            if (votes[i] + votes[i + 1] <= most) continue;
            most = votes[i] + votes[i + 1];
            best = i;
        }

        offset = 0;
        double others = Math.Max(1, (all - most) / (Bins - 2.0));
        if (most < LeastVotes || most < LeastOdds * 2 * others
            || BitOperations.PopCount(flights[best] | flights[best + 1]) < LeastFlights) return false;
        offset = best - Middle + ((double)votes[best + 1] / most);
        return Math.Abs(offset) > 1; // what is nearer joins the tracks and is found by them
    }
}
