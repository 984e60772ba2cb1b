using CsCheck;
using Nadhir.Tracking.Engine;

namespace Nadhir.Core.Tests.Tracking.Plain;

/// <summary>Gaussians to try things on, and their numbers in a row.</summary>
static class PlainStates
{
    public static readonly Gen<GaussianState> Any =
        Gen.Select(Gen.Double[-1e5, 1e5], Gen.Double[-300, 300], Gen.Double[-300, 300], Gen.Double[10, 500], Gen.Double[1, 200])
            .Select(t => new GaussianState
            {
                X = t.Item1, Y = -t.Item1 / 2, U = t.Item2, V = t.Item3, Z = 5000, W = 3,
                Xx = t.Item4 * t.Item4, Xy = 0.3 * t.Item4 * t.Item4, Yy = t.Item4 * t.Item4,
                Uu = t.Item5 * t.Item5, Uv = -0.2 * t.Item5 * t.Item5, Vv = t.Item5 * t.Item5,
                Xu = 0.2 * t.Item4 * t.Item5, Zz = 400, Zw = 5, Ww = 9,
            });

    /// <summary>Means of place and speed, their covariance, height and climb with theirs.</summary>
    public static double[] Numbers(in GaussianState s) =>
        [s.X, s.Y, s.U, s.V, s.Xx, s.Xy, s.Xu, s.Xv, s.Yy, s.Yu, s.Yv, s.Uu, s.Uv, s.Vv, s.Z, s.W, s.Zz, s.Zw, s.Ww];
}
