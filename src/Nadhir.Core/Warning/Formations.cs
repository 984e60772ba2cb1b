using Nadhir.Tracking;

namespace Nadhir.Warning;

/// <summary>
/// Which tracks fly together. They go to one place or turn away together, so two of them are no likelier to come than one:
/// counted as independent, four at 0.6 each would be a certainty.
/// </summary>
sealed class Formations
{
    /// <summary>Together is nearer than this, metres, and no faster apart than that, m/s.</summary>
    const double Near = 8000, Apart = 25;
    /// <summary>A formation is no longer than this, metres: beyond it, those in a row are two.</summary>
    const double Longest = 40_000;
    /// <summary>Side of a square of the grid, metres.</summary>
    const double Square = 8000;

    readonly Dictionary<(int East, int North), List<int>> squares = [];
    readonly Dictionary<int, Member> members = [];

    readonly record struct Member(double East, double North, double U, double V, (int East, int North) Square, int Leader);

    /// <summary>Where the track is now; the lowest number among those that fly with it, its own when it flies alone.</summary>
    public int Place(Track track)
    {
        PlaneState state = track.State;
        (int East, int North) square = ((int)Math.Floor(state.East / Square), (int)Math.Floor(state.North / Square));
        Member me = new(state.East, state.North, state.VelocityEast, state.VelocityNorth, square, track.Id);
        Forget(track.Id);
        int leader = track.Id;
        for (int e = square.East - 1; e <= square.East + 1; e++)
        for (int n = square.North - 1; n <= square.North + 1; n++)
        {
            if (!squares.TryGetValue((e, n), out List<int>? there)) continue;
            foreach (int id in there)
            {
                Member other = members[id];
                if (!Together(other, me, Near)) continue;
                // Whom it followed may have gone, or flown off with others.
                bool stands = members.TryGetValue(other.Leader, out Member first) && Together(first, me, Longest);
                leader = Math.Min(leader, stands ? other.Leader : id);
            }
        }

        members[track.Id] = me with { Leader = leader };
        if (squares.TryGetValue(square, out List<int>? own)) own.Add(track.Id);
        else squares[square] = [track.Id];
        return leader;
    }

    static bool Together(in Member one, in Member other, double near) =>
        Math.Abs(one.East - other.East) < near && Math.Abs(one.North - other.North) < near
        && Math.Abs(one.U - other.U) < Apart && Math.Abs(one.V - other.V) < Apart;

    public void Forget(int track)
    {
        if (!members.Remove(track, out Member member)) return;
        List<int> there = squares[member.Square];
        there.Remove(track);
        if (there.Count == 0) squares.Remove(member.Square);
    }
}
