using Nadhir.Tracking;

namespace Nadhir.Warning;

/// <summary>
/// How fast tracks have come along over half a minute and more. Of a slow one that a single radar sees coarsely the velocity of the
/// moment stays vague by a quarter, however long it is watched; the ground that it has covered is not.
/// </summary>
sealed class Strides
{
    /// <summary>A stride is between one and two of these long, seconds.</summary>
    const double Step = 30;

    readonly Dictionary<int, Stride> strides = [];

    /// <summary>The mean speed over the last stride, less two sigmas, m/s; 0 before there is one. Who circles covers no ground.</summary>
    public double SlowestSpeed(Track track)
    {
        Mark here = Mark.Of(track.State);
        if (!strides.TryGetValue(track.Id, out Stride stride) || here.At < stride.Middle.At) stride = new(here, here);
        if ((here.At - stride.Middle.At).TotalSeconds >= Step) stride = new(stride.Middle, here);
        strides[track.Id] = stride;
        double seconds = (here.At - stride.Begun.At).TotalSeconds;
        if (seconds < Step) return 0;
        double east = here.East - stride.Begun.East, north = here.North - stride.Begun.North;
        double sigma = Math.Sqrt(here.Variance + stride.Begun.Variance);
        return Math.Max(0, Math.Sqrt((east * east) + (north * north)) - (2 * sigma)) / seconds;
    }

    public void Forget(int track) => strides.Remove(track);

    readonly record struct Mark(DateTimeOffset At, double East, double North, double Variance)
    {
        public static Mark Of(in PlaneState state) =>
            new(state.Time, state.East, state.North, Math.Max(state.Covariance.EastEast, state.Covariance.NorthNorth));
    }

    /// <param name="Begun">Where the stride is measured from.</param>
    /// <param name="Middle">Where the next one will be, once this one is too long.</param>
    readonly record struct Stride(Mark Begun, Mark Middle);
}
