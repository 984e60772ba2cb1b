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
    public const int Lanes = 8;

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
        sum.X += Vector512.Sum(Weight * X);
        sum.Y += Vector512.Sum(Weight * Y);
        sum.U += Vector512.Sum(Weight * U);
        sum.V += Vector512.Sum(Weight * V);
        sum.Z += Vector512.Sum(Weight * Z);
        sum.W += Vector512.Sum(Weight * W);
    }

    /// <summary>Adds the sum of weight times (covariance and spread about the sum's mean) over the lanes.</summary>
    public readonly void AddSpreadTo(ref GaussianState sum)
    {
        Octet x = X - Vector512.Create(sum.X), y = Y - Vector512.Create(sum.Y);
        Octet u = U - Vector512.Create(sum.U), v = V - Vector512.Create(sum.V);
        Octet z = Z - Vector512.Create(sum.Z), w = W - Vector512.Create(sum.W);
        sum.Xx += Vector512.Sum(Weight * (Xx + (x * x)));
        sum.Xy += Vector512.Sum(Weight * (Xy + (x * y)));
        sum.Xu += Vector512.Sum(Weight * (Xu + (x * u)));
        sum.Xv += Vector512.Sum(Weight * (Xv + (x * v)));
        sum.Yy += Vector512.Sum(Weight * (Yy + (y * y)));
        sum.Yu += Vector512.Sum(Weight * (Yu + (y * u)));
        sum.Yv += Vector512.Sum(Weight * (Yv + (y * v)));
        sum.Uu += Vector512.Sum(Weight * (Uu + (u * u)));
        sum.Uv += Vector512.Sum(Weight * (Uv + (u * v)));
        sum.Vv += Vector512.Sum(Weight * (Vv + (v * v)));
        sum.Zz += Vector512.Sum(Weight * (Zz + (z * z)));
        sum.Zw += Vector512.Sum(Weight * (Zw + (z * w)));
        sum.Ww += Vector512.Sum(Weight * (Ww + (w * w)));
    }
}
