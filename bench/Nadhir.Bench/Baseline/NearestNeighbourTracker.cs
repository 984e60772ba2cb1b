using System.Collections.Immutable;
using Nadhir.Tracking;

namespace Nadhir.Bench.Baseline;

/// <summary>
/// What a textbook would write first, to be measured against: one Kalman filter a track, one motion model, each plot to
/// the track nearest to it (global nearest neighbour by greedy choice), every unclaimed plot a new track, confirmed by
/// three detections, dropped after three misses in a row. Radars with range, azimuth and elevation only.
/// </summary>
sealed class NearestNeighbourTracker(ImmutableArray<FlatSensor> sensors)
{
    const double Gate = 20; // chi-square, three dimensions: 99.98 %
    const int HitsToConfirm = 3, MissesToDrop = 3, Limit = 1 << 20;
    const double UnseenLimit = 20;

    readonly PlotGrid plots = new();
    KalmanTrack[] tracks = new KalmanTrack[1024];
    bool[] taken = new bool[256], hit = new bool[1024];
    double[] costs = new double[1024];
    (int Track, int Plot)[] pairs = new (int, int)[1024];
    int[] near = new int[256];
    int count, pairCount;

    public int ConfirmedCount
    {
        get
        {
            int confirmed = 0;
            for (int t = 0; t < count; t++)
                if (tracks[t].Hits >= HitsToConfirm) confirmed++;
            return confirmed;
        }
    }

    public void Process(int sensor, double time, ReadOnlySpan<FlatDetection> detections)
    {
        FlatSensor radar = sensors[sensor];
        plots.Clear();
        foreach (ref readonly FlatDetection seen in detections) plots.Add(Convert(radar, seen));
        Pair(time);
        Assign();
        JudgeUnseen(radar, time);
        for (int p = 0; p < plots.Count; p++)
            if (!taken[p]) Start(plots[p], time);
    }

    /// <summary>All pairs of a track and a plot in its gate, with what each costs.</summary>
    void Pair(double time)
    {
        pairCount = 0;
        for (int t = 0; t < count; t++)
        {
            ref KalmanTrack track = ref tracks[t];
            double reach = 3 * Math.Sqrt(LargestAt(track, time)), ahead = time - track.Time;
            int found = plots.Near(track.X + (ahead * track.U), track.Y + (ahead * track.V), reach, ref near);
            if (found == 0) continue;
            track.Predict(time);
            for (int k = 0; k < found; k++)
            {
                if (track.DistanceTo(plots[near[k]], out double cost) > Gate) continue;
                if (pairCount == pairs.Length)
                {
                    Array.Resize(ref pairs, 2 * pairCount);
                    Array.Resize(ref costs, 2 * pairCount);
                }

                costs[pairCount] = cost;
                pairs[pairCount++] = (t, near[k]);
            }
        }
    }

    static double LargestAt(in KalmanTrack track, double time)
    {
        KalmanTrack later = track;
        later.Predict(time);
        return later.LargestVariance + (300.0 * 300);
    }

    /// <summary>The cheapest pair first; a track and a plot serve once.</summary>
    void Assign()
    {
        if (taken.Length < plots.Count) taken = new bool[2 * plots.Count];
        if (hit.Length < count) hit = new bool[tracks.Length];
        taken.AsSpan(0, plots.Count).Clear();
        hit.AsSpan(0, count).Clear();
        Array.Sort(costs, pairs, 0, pairCount);
        for (int k = 0; k < pairCount; k++)
        {
            (int t, int p) = pairs[k];
            if (hit[t] || taken[p]) continue;
            hit[t] = taken[p] = true;
            tracks[t].Correct(plots[p]);
        }
    }

    void JudgeUnseen(FlatSensor radar, double time)
    {
        int kept = 0;
        for (int t = 0; t < count; t++)
        {
            ref KalmanTrack track = ref tracks[t];
            if (!hit[t])
            {
                double ahead = time - track.Time, x = track.X + (ahead * track.U), y = track.Y + (ahead * track.V);
                if (Covers(radar, x, y, track.Z)) track.Misses++;
                bool tentative = track.Hits < HitsToConfirm;
                if (track.Misses >= (tentative ? 2 : MissesToDrop) || ahead > UnseenLimit) continue;
            }

            tracks[kept++] = track;
        }

        count = kept;
    }

    void Start(in PlanePlot plot, double time)
    {
        if (count == Limit) return;
        if (count == tracks.Length) Array.Resize(ref tracks, 2 * count);
        tracks[count++] = new(plot, time);
    }

    static bool Covers(FlatSensor radar, double x, double y, double z)
    {
        double dx = x - radar.X, dy = y - radar.Y, dz = z - radar.Z;
        double range = Math.Sqrt((dx * dx) + (dy * dy) + (dz * dz)), elevation = Math.Asin(dz / Math.Max(range, 1));
        return range >= radar.LeastRange && range <= radar.Range
            && elevation >= radar.LeastElevation && elevation <= radar.MostElevation;
    }

    static PlanePlot Convert(FlatSensor radar, in FlatDetection seen)
    {
        (double sinAzimuth, double cosAzimuth) = Math.SinCos(seen.Second);
        (double sin, double cos) = Math.SinCos(seen.Third);
        double ground = seen.First * cos, along = seen.FirstSigma * seen.FirstSigma;
        double up = Math.Pow(seen.First * seen.ThirdSigma, 2), across = Math.Pow(ground * seen.SecondSigma, 2);
        double outward = (along * cos * cos) + (up * sin * sin);
        return new(radar.X + (ground * sinAzimuth), radar.Y + (ground * cosAzimuth), radar.Z + (seen.First * sin),
            (outward * sinAzimuth * sinAzimuth) + (across * cosAzimuth * cosAzimuth),
            (outward - across) * sinAzimuth * cosAzimuth,
            (outward * cosAzimuth * cosAzimuth) + (across * sinAzimuth * sinAzimuth),
            (along * sin * sin) + (up * cos * cos));
    }
}
