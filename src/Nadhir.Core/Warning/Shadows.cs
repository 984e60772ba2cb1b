using Nadhir.Assessment;
using Nadhir.Tracking;

namespace Nadhir.Warning;

/// <summary>
/// A radar that tells no height lays what is high up too far out: beside a rocket that others see fall, it makes a second
/// track of the same rocket, which seems to fly on over the ground. Such a shadow means nothing of its own while what casts it
/// falls.
/// </summary>
sealed class Shadows
{
    /// <summary>Farthest that a height of some ten kilometres moves a plot, metres; what it does to the velocity, m/s.</summary>
    const double Near = 8000, Apart = 200;
    /// <summary>What flies slower falls from no height, m/s.</summary>
    const double Slowest = 150;

    readonly SortedDictionary<int, PlaneState> falling = [];

    /// <summary>Whether the track is another's shadow; notes those that cast one.</summary>
    public bool IsShadow(Track track)
    {
        if (track.Impact is not null)
        {
            falling[track.Id] = track.State;
            return false;
        }

        falling.Remove(track.Id);
        if (falling.Count == 0 || RoughFall.KnowsHeight(track) || track.GroundSpeed < Slowest) return false;
        foreach (PlaneState caster in falling.Values)
            if (IsBeside(caster, track.State)) return true;
        return false;
    }

    public void Forget(int track) => falling.Remove(track);

    static bool IsBeside(in PlaneState caster, in PlaneState shadow)
    {
        double step = (shadow.Time - caster.Time).TotalSeconds;
        double east = caster.East + (step * caster.VelocityEast) - shadow.East;
        double north = caster.North + (step * caster.VelocityNorth) - shadow.North;
        double u = caster.VelocityEast - shadow.VelocityEast, v = caster.VelocityNorth - shadow.VelocityNorth;
        return (east * east) + (north * north) < Near * Near && (u * u) + (v * v) < Apart * Apart;
    }
}
