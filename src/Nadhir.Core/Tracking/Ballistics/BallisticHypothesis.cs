namespace Nadhir.Tracking.Ballistics;

/// <summary>
/// One way a track may be going to fall: its state now, its drag with how well that is known, and how probable it is
/// (weights need not sum to one). A rocket that may still burn has an unknown velocity to come: <see
/// cref="BurnSeconds"/> more in the mean, with white acceleration <see cref="BurnNoise"/> (m²/s³ per axis) meanwhile.
/// </summary>
struct BallisticHypothesis
{
    public BallisticState State;
    public double Weight;
    public double BurnSeconds, BurnNoise;
}
