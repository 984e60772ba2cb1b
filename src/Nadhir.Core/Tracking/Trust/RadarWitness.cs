using Nadhir.Tracking.Engine;

namespace Nadhir.Tracking.Trust;

/// <summary>
/// What radars say of self-reported positions. Each plot of the object is weighed as in a sequential probability ratio
/// test (Wald 1945) kept from falling below zero (Page 1954): an error as the sigmas tell it against one of three times
/// that much. A radar that contradicts a third of those it sees is itself out of line: then only what no misalignment
/// explains counts.
/// </summary>
sealed class RadarWitness(SensorGeometry[] sensors)
{
    /// <summary>
    /// What a radar may be out of line without a fault, one sigma: metres in range and place, radians in azimuth.
    /// </summary>
    const double Misplaced = 50, Misturned = 0.0008;
    /// <summary>How far a flight may depart from a straight line, one sigma, metres per second squared.</summary>
    const double Manoeuvre = 5;
    /// <summary>Reports older than this are not compared, seconds.</summary>
    const double Fresh = 12;
    /// <summary>
    /// ln 8 and (1 − 1/8) / 2: the ratio of two Gaussians in two dimensions, the second 8 times as wide in variance.
    /// </summary>
    const double Wider = 2.079, PerSquare = 0.4375;
    const double MostOfOnePlot = 3.5, MostOfRadar = 20, MostOfAbsence = 6, OfMiss = 1.5;
    const double GrossMetres = 5000, GrossRadians = 0.05;
    const int FewestAgainst = 3;
    /// <summary>Below this height, metres, hills may hide an aircraft from a radar that saw it before.</summary>
    const double LowestMissed = 1500;
    const double LeastDetection = 0.7, SeenOfLate = 40;

    readonly int[] against = new int[sensors.Length], agreeing = new int[sensors.Length];
    double from, width;

    /// <summary>Whether a radar contradicts so many reports that it is more likely out of line itself.</summary>
    public bool IsOutOfLine(int sensor) => against[sensor] >= FewestAgainst && 2 * against[sensor] > agreeing[sensor];

    /// <summary>A plot of the object was seen: does it lie where the identity says it is?</summary>
    public void Compare(ReportIdentity identity, in Observation plot, int sensor)
    {
        Claim? nearest = null;
        double least = double.PositiveInfinity;
        foreach (Claim claim in identity.Claims)
        {
            if (Math.Abs(plot.Time - claim.Time) > Fresh) continue;
            double square = Distance(claim, plot, sensor, out double apart);
            double evidence = Math.Min((PerSquare * square) - Wider, MostOfOnePlot);
            if (evidence > 0)
            {
                Contradict(claim, sensor, plot.Time, evidence, apart);
                See(claim, plot);
            }
            else if (square < least) (nearest, least) = (claim, square);
        }

        if (nearest is not null) Agree(nearest, sensor, plot, Wider - (PerSquare * least));
    }

    /// <summary>What the sweep that is compared next looked at.</summary>
    public void Aim(double fromAzimuth, double sectorWidth) => (from, width) = (fromAzimuth, sectorWidth);

    /// <summary>
    /// A radar looked and the track was not seen. A plot where the object would be, had it flown on as radars last saw
    /// it, is the object seen elsewhere; and a radar that saw the object before and sees nothing where it reports
    /// itself now is a little evidence too.
    /// </summary>
    /// <returns>Index of the plot that is the object seen elsewhere, when the reports are doubted; or −1.</returns>
    public int Miss(ReportIdentity identity, int sensor, double time, ReadOnlySpan<Observation> plots)
    {
        SensorGeometry radar = sensors[sensor];
        if (radar.Sensor.DetectionProbability < LeastDetection || sensor >= 64) return -1;
        int elsewhere = -1;
        foreach (Claim claim in identity.Claims)
        {
            bool seenBefore = ((claim.For | claim.Against) >> sensor & 1) != 0 && time - claim.SeenAt < SeenOfLate;
            if (!seenBefore || time - claim.Time > Fresh || !(claim.Height > LowestMissed)) continue;
            int plot = SeenElsewhere(claim, sensor, time, plots);
            if (plot >= 0 && claim.Trust != ReportTrust.Trusted) elsewhere = plot;
            bool due = time - claim.LastMiss > 0.6 * radar.Sensor.Period.TotalSeconds;
            if (due && !IsOutOfLine(sensor) && IsWithin(radar, claim)) Absent(claim, sensor, time);
            claim.Judge();
        }

        return elsewhere;
    }

    int SeenElsewhere(Claim claim, int sensor, double time, ReadOnlySpan<Observation> plots)
    {
        for (int j = 0; j < plots.Length; j++)
        {
            if (!ContinuesSight(claim, plots[j], sensor)) continue;
            double square = Distance(claim, plots[j], sensor, out double apart);
            if ((PerSquare * square) - Wider < MostOfOnePlot) continue;
            Contradict(claim, sensor, time, MostOfOnePlot, apart);
            See(claim, plots[j]);
            return j;
        }

        return -1;
    }

    static void Absent(Claim claim, int sensor, double time)
    {
        claim.LastMiss = time;
        claim.Absence = Math.Min(MostOfAbsence, claim.Absence + OfMiss);
        claim.Missing |= 1UL << sensor;
        claim.Grounds |= DoubtGrounds.Absence;
        claim.ContradictedAt = time;
    }

    /// <summary>The claim is given up: what it counted for and against radars is taken back.</summary>
    public void Forget(Claim claim)
    {
        for (int s = 0; s < Math.Min(64, sensors.Length); s++)
        {
            if ((claim.Against >> s & 1) != 0) against[s]--;
            if ((claim.For >> s & 1) != 0) agreeing[s]--;
        }

        claim.Against = claim.For = 0;
    }

    void Contradict(Claim claim, int sensor, double time, double evidence, double apart)
    {
        Mark(claim, sensor, ref claim.Against, against, ref claim.For, agreeing);
        double dx = claim.X - sensors[sensor].East, dy = claim.Y - sensors[sensor].North;
        bool gross = apart > GrossMetres && apart > GrossRadians * Math.Sqrt((dx * dx) + (dy * dy));
        if (!gross && IsOutOfLine(sensor)) return;
        claim.Radar = Math.Min(MostOfRadar, claim.Radar + evidence);
        claim.ContradictedAt = time;
        claim.ApartMetres = apart;
        claim.Grounds |= DoubtGrounds.Radar;
        claim.Judge();
    }

    void Agree(Claim claim, int sensor, in Observation plot, double evidence)
    {
        Mark(claim, sensor, ref claim.For, agreeing, ref claim.Against, against);
        claim.AgreedAt = plot.Time;
        claim.Radar = Math.Max(0, claim.Radar - evidence);
        claim.Physics = Math.Max(0, claim.Physics - evidence);
        claim.Absence = 0;
        claim.Missing = 0;
        See(claim, plot);
        (claim.SeenU, claim.SeenV) = (claim.U, claim.V);
        claim.Judge();
    }

    static void See(Claim claim, in Observation plot) =>
        (claim.SeenX, claim.SeenY, claim.SeenAt) = (plot.X, plot.Y, plot.Time);

    static void Mark(Claim claim, int sensor, ref ulong bits, int[] counts, ref ulong otherBits, int[] otherCounts)
    {
        if (sensor >= 64) return;
        ulong bit = 1UL << sensor;
        if ((bits & bit) == 0) counts[sensor]++;
        if ((otherBits & bit) != 0) otherCounts[sensor]--;
        bits |= bit;
        otherBits &= ~bit;
    }

    /// <summary>Squared Mahalanobis distance of a plot from the claim carried to its time.</summary>
    double Distance(Claim claim, in Observation plot, int sensor, out double apart)
    {
        double step = plot.Time - claim.Time;
        double dx = plot.X - claim.X - (claim.HasVelocity ? step * claim.U : 0),
            dy = plot.Y - claim.Y - (claim.HasVelocity ? step * claim.V : 0);
        double drift = claim.HasVelocity ? 0.5 * Manoeuvre * step * step : 150 * step;
        apart = Math.Sqrt((dx * dx) + (dy * dy));
        return Square(dx, dy, plot, claim.Variance + (drift * drift) + Alignment(plot, sensor));
    }

    bool ContinuesSight(Claim claim, in Observation plot, int sensor)
    {
        if (plot.Kind != ObservationKind.Position) return false;
        double step = plot.Time - claim.SeenAt, drift = 0.5 * Manoeuvre * step * step;
        double dx = plot.X - claim.SeenX - (step * claim.SeenU), dy = plot.Y - claim.SeenY - (step * claim.SeenV);
        return Square(dx, dy, plot, plot.Xx + (drift * drift) + Alignment(plot, sensor)) < 9;
    }

    double Alignment(in Observation plot, int sensor)
    {
        double rx = plot.X - sensors[sensor].East, ry = plot.Y - sensors[sensor].North;
        return (Misplaced * Misplaced) + (Misturned * Misturned * ((rx * rx) + (ry * ry)));
    }

    static double Square(double dx, double dy, in Observation plot, double added)
    {
        double xx = plot.Xx + added, yy = plot.Yy + added, xy = plot.Xy;
        return ((yy * dx * dx) - (2 * xy * dx * dy) + (xx * dy * dy)) / ((xx * yy) - (xy * xy));
    }

    /// <summary>In the sector that was swept, well inside what the radar sees, and not above it.</summary>
    bool IsWithin(SensorGeometry radar, Claim claim)
    {
        (double dx, double dy) = radar.Sees(claim.X, claim.Y);
        double ground = Math.Sqrt((dx * dx) + (dy * dy));
        double into = Math.Atan2(dx, dy) - radar.Convergence - from;
        into -= 2 * Math.PI * Math.Floor(into / (2 * Math.PI));
        return into < width && ground < 0.9 * radar.Sensor.RangeMetres && ground > 1.5 * claim.Height
            && ground < 0.9 * SensorGeometry.RadioHorizon(0, claim.Height);
    }
}
