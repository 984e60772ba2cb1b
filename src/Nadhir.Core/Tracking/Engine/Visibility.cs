namespace Nadhir.Tracking.Engine;

/// <summary>
/// The chance that a sensor sees an object at all of which it ought to. It may be too small for it, behind a hill, or, with no
/// height told, below its horizon; and what is hard to see for one is so for the others. So those who do not see it disprove
/// together hardly more than one of them: a drone that one far radar sees would otherwise be ruled out by all that are too weak.
/// </summary>
sealed class Visibility(int sensors, int capacity)
{
    /// <summary>Share of objects that are hard to see, and with what chance a sensor sees these and all others.</summary>
    const double HardShare = 0.02, SeesHard = 0.05, SeesEasy = 0.82;
    /// <summary>And when it has reported it before.</summary>
    const double SeesAgain = 0.995;
    /// <summary>And of seeing it at the next look as well when it is at the edge of what the sensor sees.</summary>
    const double SeesOnAtEdge = 0.7;
    /// <summary>And when it saw nothing of it at any look before.</summary>
    const double ComesIntoView = 0.3;

    readonly Sight[] sights = new Sight[capacity * sensors];
    readonly double[] hard = new double[capacity];
    readonly LastMiss[] misses = new LastMiss[capacity];

    /// <summary>Chance that one sensor sees the object, by all its looks so far, if it is easy and if it is hard to see.</summary>
    record struct Sight(double Easy, double Hard);

    /// <summary>What was believed before the last look, which counts as a miss until it is told to be a hit.</summary>
    readonly record struct LastMiss(int Sensor, Sight Sight, double Hard);

    /// <summary>A new object that one sensor has reported: which tells nothing yet about the others.</summary>
    public void Begin(int row, int sensor)
    {
        Span<Sight> own = sights.AsSpan(row * sensors, sensors);
        own.Fill(new(SeesEasy, SeesHard));
        own[sensor] = new(SeesAgain, SeesAgain);
        hard[row] = HardShare;
        misses[row] = new(-1, default, 0);
    }

    /// <summary>The chance with which a report of the sensor counts: what it could not see so far may have come into its view.</summary>
    public double ChanceOf(int row, int sensor)
    {
        Sight sight = sights[(row * sensors) + sensor];
        return Math.Max(ComesIntoView, ((1 - hard[row]) * sight.Easy) + (hard[row] * sight.Hard));
    }

    /// <summary>The sensor looks and may miss it.</summary>
    /// <param name="isAtEdge">It is where the sensor may well lose sight of it: near its horizon, range or cone of silence.</param>
    /// <returns>The probability that it sees the object and detects it, with which a miss counts.</returns>
    public double Look(int row, int sensor, double detection, bool isAtEdge)
    {
        ref Sight sight = ref sights[(row * sensors) + sensor];
        if (isAtEdge) sight = new(SeesOnAtEdge * sight.Easy, SeesOnAtEdge * sight.Hard);
        misses[row] = new(sensor, sight, hard[row]);
        double easy = detection * sight.Easy, difficult = detection * sight.Hard;
        double detected = ((1 - hard[row]) * easy) + (hard[row] * difficult);
        hard[row] *= (1 - difficult) / (1 - detected);
        sight = new((sight.Easy - easy) / (1 - easy), (sight.Hard - difficult) / (1 - difficult));
        return detected;
    }

    /// <summary>The sensor reported it, so surely: the last look was that much a hit and no miss.</summary>
    public void Hit(int row, int sensor, double probability)
    {
        ref Sight sight = ref sights[(row * sensors) + sensor];
        Sight missed = sight;
        double missedHard = hard[row];
        LastMiss last = misses[row];
        (Sight before, double share) = last.Sensor == sensor ? (last.Sight, last.Hard) : (sight, hard[row]);
        double seen = ((1 - share) * before.Easy) + (share * before.Hard), hit = seen > 0 ? share * before.Hard / seen : share;
        hard[row] = Mix(hit, missedHard);
        sight = new(Mix(SeesAgain, missed.Easy), Mix(SeesAgain, missed.Hard));
        misses[row] = new(-1, default, 0);

        double Mix(double ifHit, double ifMissed) => (probability * ifHit) + ((1 - probability) * ifMissed);
    }
}
