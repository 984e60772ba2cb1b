using Nadhir.Tracking;

namespace Nadhir.Warning;

/// <summary>
/// Where false plots make tracks: rain that nobody configured. Such tracks give themselves away, they turn as nothing that
/// flies can. Where several have done so, a track that begins there is likely another one, until it has flown steadily for
/// long; what comes in from elsewhere is believed as ever.
/// </summary>
sealed class RestlessGround
{
    /// <summary>Side of a square, metres; a square and its neighbours count together.</summary>
    const double Square = 10_000;
    /// <summary>Nothing that is aimed at people turns so hard at such a speed, m/s² and m/s.</summary>
    const double HardestTurn = 80, SlowestTurn = 300;
    /// <summary>So many of them make ground restless, for so long, seconds.</summary>
    const int Several = 4;
    const double Memory = 900;
    const int MostNoted = 4096;

    readonly Dictionary<(int East, int North), List<DateTimeOffset>> squares = [];
    readonly HashSet<int> noted = [];

    public void Note(Track track, DateTimeOffset now)
    {
        PlaneState state = track.State;
        bool restless = track.Impact is null && track.GroundSpeed > SlowestTurn
            && track.GroundSpeed * Math.Abs(state.TurnRate) > HardestTurn;
        if (!restless || noted.Count >= MostNoted || !noted.Add(track.Id)) return;
        (int, int) square = SquareOf(state.East, state.North);
        if (!squares.TryGetValue(square, out List<DateTimeOffset>? there)) squares[square] = there = [];
        there.RemoveAll(at => (now - at).TotalSeconds > Memory);
        there.Add(now);
    }

    public bool Holds(double east, double north, DateTimeOffset now)
    {
        if (squares.Count == 0) return false;
        (int e, int n) = SquareOf(east, north);
        int count = 0;
        for (int i = e - 1; i <= e + 1; i++)
            for (int j = n - 1; j <= n + 1; j++)
                if (squares.TryGetValue((i, j), out List<DateTimeOffset>? there))
                    count += there.Count(at => (now - at).TotalSeconds <= Memory);
        return count >= Several;
    }

    public void Forget(int track) => noted.Remove(track);

    static (int, int) SquareOf(double east, double north) => ((int)Math.Floor(east / Square), (int)Math.Floor(north / Square));
}
