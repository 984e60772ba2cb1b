global using Octet = System.Runtime.Intrinsics.Vector512<double>;

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nadhir.Tracking.Engine;

/// <summary>
/// One object as seen by the up to eight motion models of a family, a model a lane: eight Gaussians, each as in
/// <see cref="GaussianState"/>, and how probable each model is. The processor works on all lanes at once; where it has no
/// vectors of 512 bits, the runtime takes them in halves with the same results, lane by lane.
/// </summary>
struct ModelStates
{
    /// <summary>Most models in a family.</summary>
    public const int LaneCount = 8;

    /// <summary>Probability of each model, times that of its family; 0 in unused lanes.</summary>
    public Octet Weight;
    public Octet X, Y, U, V;
    public Octet Xx, Xy, Xu, Xv, Yy, Yu, Yv, Uu, Uv, Vv;
    public Octet Z, W, Zz, Zw, Ww;

    /// <summary>The same Gaussian in every lane.</summary>
    public static ModelStates Of(in GaussianState s, Octet weight) => new()
    {
        Weight = weight,
        X = Vector512.Create(s.X),
        Y = Vector512.Create(s.Y),
        U = Vector512.Create(s.U),
        V = Vector512.Create(s.V),
        Xx = Vector512.Create(s.Xx),
        Xy = Vector512.Create(s.Xy),
        Xu = Vector512.Create(s.Xu),
        Xv = Vector512.Create(s.Xv),
        Yy = Vector512.Create(s.Yy),
        Yu = Vector512.Create(s.Yu),
        Yv = Vector512.Create(s.Yv),
        Uu = Vector512.Create(s.Uu),
        Uv = Vector512.Create(s.Uv),
        Vv = Vector512.Create(s.Vv),
        Z = Vector512.Create(s.Z),
        W = Vector512.Create(s.W),
        Zz = Vector512.Create(s.Zz),
        Zw = Vector512.Create(s.Zw),
        Ww = Vector512.Create(s.Ww),
    };

    /// <summary>One model's Gaussian.</summary>
    public readonly GaussianState Lane(int lane) => new()
    {
        X = X[lane],
        Y = Y[lane],
        U = U[lane],
        V = V[lane],
        Xx = Xx[lane],
        Xy = Xy[lane],
        Xu = Xu[lane],
        Xv = Xv[lane],
        Yy = Yy[lane],
        Yu = Yu[lane],
        Yv = Yv[lane],
        Uu = Uu[lane],
        Uv = Uv[lane],
        Vv = Vv[lane],
        Z = Z[lane],
        W = W[lane],
        Zz = Zz[lane],
        Zw = Zw[lane],
        Ww = Ww[lane],
    };

    /// <summary>Adds the sum of weight times mean over the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void AddMeanTo(ref GaussianState sum)
    {
        sum.X += Lanes.Sum(Weight * X);
        sum.Y += Lanes.Sum(Weight * Y);
        sum.U += Lanes.Sum(Weight * U);
        sum.V += Lanes.Sum(Weight * V);
        sum.Z += Lanes.Sum(Weight * Z);
        sum.W += Lanes.Sum(Weight * W);
    }

    /// <summary>Adds the sum of weight times (covariance and spread about the sum's mean) over the lanes.</summary>
    public readonly void AddSpreadTo(ref GaussianState sum)
    {
        Octet x = X - Vector512.Create(sum.X), y = Y - Vector512.Create(sum.Y);
        Octet u = U - Vector512.Create(sum.U), v = V - Vector512.Create(sum.V);
        Octet z = Z - Vector512.Create(sum.Z), w = W - Vector512.Create(sum.W);
        sum.Xx += Lanes.Sum(Weight * (Xx + (x * x)));
        sum.Xy += Lanes.Sum(Weight * (Xy + (x * y)));
        sum.Xu += Lanes.Sum(Weight * (Xu + (x * u)));
        sum.Xv += Lanes.Sum(Weight * (Xv + (x * v)));
        sum.Yy += Lanes.Sum(Weight * (Yy + (y * y)));
        sum.Yu += Lanes.Sum(Weight * (Yu + (y * u)));
        sum.Yv += Lanes.Sum(Weight * (Yv + (y * v)));
        sum.Uu += Lanes.Sum(Weight * (Uu + (u * u)));
        sum.Uv += Lanes.Sum(Weight * (Uv + (u * v)));
        sum.Vv += Lanes.Sum(Weight * (Vv + (v * v)));
        sum.Zz += Lanes.Sum(Weight * (Zz + (z * z)));
        sum.Zw += Lanes.Sum(Weight * (Zw + (z * w)));
        sum.Ww += Lanes.Sum(Weight * (Ww + (w * w)));
    }
}
