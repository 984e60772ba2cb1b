namespace Nadhir.Tracking.Registration;

/// <summary>
/// The latest measurements of some tracks, kept until there is a stretch of flight to compare sensors over. A fixed
/// number of tracks has a window at a time; further ones are not compared and lose nothing else.
/// </summary>
sealed class TrackWindows
{
    public const int MostTracks = 512, MostPlots = 12;

    readonly WindowPlot[] plots = new WindowPlot[MostTracks * MostPlots];
    /// <summary>
    /// Mean acceleration from window to window beyond which a flight is not straight, metres per second squared.
    /// </summary>
    const double StraightAcceleration = 4;
    /// <summary>A window after a pause longer than this has no window before it, seconds.</summary>
    const double LongestPause = 60;

    readonly (double U, double V, double Variance, double Time)[] flights =
        new (double, double, double, double)[MostTracks];
    readonly int[] counts = new int[MostTracks];
    readonly int[] windowOf;
    readonly int[] vacant = new int[MostTracks];
    int vacancies = MostTracks;

    public TrackWindows(int rows)
    {
        windowOf = new int[rows];
        Array.Fill(windowOf, -1);
        for (int i = 0; i < MostTracks; i++) vacant[i] = MostTracks - 1 - i;
    }

    public ReadOnlySpan<WindowPlot> Of(int row) =>
        windowOf[row] < 0 ? [] : plots.AsSpan(windowOf[row] * MostPlots, counts[windowOf[row]]);

    /// <summary>False when the window is full or there is none to be had.</summary>
    public bool TryAdd(int row, in WindowPlot plot)
    {
        if (windowOf[row] < 0)
        {
            if (vacancies == 0) return false;
            windowOf[row] = vacant[--vacancies];
            counts[windowOf[row]] = 0;
            flights[windowOf[row]].Time = double.NegativeInfinity;
        }

        int window = windowOf[row];
        if (counts[window] == MostPlots) return false;
        plots[(window * MostPlots) + counts[window]++] = plot;
        return true;
    }

    /// <summary>
    /// Whether the flight flew on as it did in its last window, of which systematic errors change little: the first
    /// window of a flight, and a turn, say no.
    /// </summary>
    public bool FliesOn(int row, in (double U, double V, double Variance, double Time) flight)
    {
        ref (double U, double V, double Variance, double Time) before = ref flights[windowOf[row]];
        double step = Math.Abs(flight.Time - before.Time), u = flight.U - before.U, v = flight.V - before.V;
        double turned = StraightAcceleration * step;
        bool straight = step <= LongestPause
            && (u * u) + (v * v) <= (turned * turned) + (9 * (flight.Variance + before.Variance));
        before = flight;
        return straight;
    }

    /// <summary>Empties a track's window and keeps it for the track.</summary>
    public void Clear(int row)
    {
        if (windowOf[row] >= 0) counts[windowOf[row]] = 0;
    }

    /// <summary>The track is gone: its window is free.</summary>
    public void Release(int row)
    {
        if (windowOf[row] < 0) return;
        vacant[vacancies++] = windowOf[row];
        windowOf[row] = -1;
    }
}
