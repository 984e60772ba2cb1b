using System.Runtime.CompilerServices;
using Nadhir.Tracking.Engine;

namespace Nadhir.Tracking.Ballistics;

/// <summary>
/// Symmetric 7×7 covariance over (east, north, height, velocity east, north, up, drag), row by row, SI units.
/// </summary>
[InlineArray(49)]
struct BallisticCovariance
{
    double first;

    public double this[int row, int column]
    {
        readonly get => this[(row * 7) + column];
        set => this[(row * 7) + column] = value;
    }
}

/// <summary>
/// Belief about a falling object: position, velocity and drag, jointly Gaussian. The drag is 1/β, m²/kg, with β the
/// ballistic coefficient (mass over drag coefficient times area); 0 is no drag.
/// </summary>
struct BallisticState
{
    public const int Size = 7, DragAt = 6;

    public double X, Y, Z, U, V, W, Drag;
    public BallisticCovariance Covariance;

    /// <summary>
    /// A state of the motion bank, with a drag that is known up to a sigma and told nothing by the state.
    /// </summary>
    public static BallisticState From(in GaussianState s, double drag, double dragSigma)
    {
        BallisticState made = new() { X = s.X, Y = s.Y, Z = s.Z, U = s.U, V = s.V, W = s.W, Drag = drag };
        ref BallisticCovariance p = ref made.Covariance;
        Pair(ref p, 0, 0, s.Xx);
        Pair(ref p, 0, 1, s.Xy);
        Pair(ref p, 0, 3, s.Xu);
        Pair(ref p, 0, 4, s.Xv);
        Pair(ref p, 1, 1, s.Yy);
        Pair(ref p, 1, 3, s.Yu);
        Pair(ref p, 1, 4, s.Yv);
        Pair(ref p, 3, 3, s.Uu);
        Pair(ref p, 3, 4, s.Uv);
        Pair(ref p, 4, 4, s.Vv);
        Pair(ref p, 2, 2, s.Zz);
        Pair(ref p, 2, 5, s.Zw);
        Pair(ref p, 5, 5, s.Ww);
        p[DragAt, DragAt] = dragSigma * dragSigma;
        return made;
    }

    public readonly double this[int at] => at switch
    {
        0 => X, 1 => Y, 2 => Z, 3 => U, 4 => V, 5 => W, _ => Drag,
    };

    /// <summary>Adds to the mean.</summary>
    public void Move(ReadOnlySpan<double> by)
    {
        X += by[0];
        Y += by[1];
        Z += by[2];
        U += by[3];
        V += by[4];
        W += by[5];
        Drag += by[DragAt];
    }

    /// <summary>Multiplies the covariance.</summary>
    public void Doubt(double factor)
    {
        for (int i = 0; i < Size * Size; i++) Covariance[i] *= factor;
    }

    public readonly bool IsFinite
    {
        get
        {
            double sum = X + Y + Z + U + V + W + Drag;
            for (int i = 0; i < Size * Size; i++) sum += Covariance[i];
            return double.IsFinite(sum);
        }
    }

    public readonly double DragVariance => Covariance[DragAt, DragAt];

    /// <summary>The Gaussian with the moments of two; the first has a share, the second the rest.</summary>
    public static BallisticState Merge(in BallisticState a, double share, in BallisticState b)
    {
        BallisticState merged = a;
        Span<double> apart = stackalloc double[Size], move = stackalloc double[Size];
        for (int i = 0; i < Size; i++)
        {
            apart[i] = b[i] - a[i];
            move[i] = (1 - share) * apart[i];
        }

        merged.Move(move);
        double between = share * (1 - share);
        for (int i = 0; i < Size; i++)
            for (int j = 0; j < Size; j++)
                merged.Covariance[i, j] = (share * a.Covariance[i, j]) + ((1 - share) * b.Covariance[i, j])
                    + (between * apart[i] * apart[j]);
        return merged;
    }

    static void Pair(ref BallisticCovariance p, int i, int j, double value) => p[i, j] = p[j, i] = value;
}
