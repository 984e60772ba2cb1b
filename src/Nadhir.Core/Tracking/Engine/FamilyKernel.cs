using System.Runtime.Intrinsics;

namespace Nadhir.Tracking.Engine;

/// <summary>
/// Carries all models of a family through time at once: the mixing of interacting multiple models (Blom and Bar-Shalom,
/// IEEE Trans. AC 33(8), 1988) and each model's motion. Keeps the constants of the last step.
/// </summary>
sealed class FamilyKernel
{
    const double Gravity = 9.80665, SeaLevelDensity = 1.225, ScaleHeight = 8500, LongestPiece = 0.5;
    /// <summary>Nobody falls farther: no ground lies lower, metres.</summary>
    const double LowestGround = -500;
    /// <summary>
    /// A height as sure as this, one sigma in metres, is told by some sensor: its looks say by themselves whether it falls, and
    /// what does fall must end as what it is.
    /// </summary>
    const double ToldHeight = 1000;
    /// <summary>The logistic function of so many times its argument is close to the normal distribution's.</summary>
    const double Logistic = 1.702;

    readonly bool falls, turns, mixes;
    readonly Octet isFalling;
    readonly Octet turnRate, gravity, halfDragAtSeaLevel, horizontalNoise, verticalNoise;
    readonly Octet exitRate, odds, shareOfOthers;
    double cachedStep = double.NaN;
    Octet stay, leave, along, across, cosine, sine;

    public FamilyKernel(MotionFamily family)
    {
        Invariant.Require(family.Models.Length is > 0 and <= ModelStates.LaneCount, "a family has 1 to 8 models");
        Family = family;
        falls = family.Models.Any(m => m.Kind == MotionKind.Ballistic);
        turns = family.Models.Any(m => m.TurnRate != 0);
        mixes = family.Models.Length > 1;
        double oddsSum = family.NextOdds.Sum();
        turnRate = ByModel(i => family.Models[i].TurnRate);
        gravity = ByModel(i => family.Models[i].Kind == MotionKind.Ballistic ? Gravity : 0);
        isFalling = Vector512.GreaterThan(gravity, Octet.Zero);
        halfDragAtSeaLevel = ByModel(i => family.Models[i].Kind == MotionKind.Ballistic
            ? SeaLevelDensity / (2 * family.Models[i].BallisticCoefficient) : 0);
        horizontalNoise = ByModel(i => family.Models[i].HorizontalNoise);
        verticalNoise = ByModel(i => family.Models[i].VerticalNoise);
        exitRate = ByModel(i => oddsSum > family.NextOdds[i] ? 1 / family.Dwell[i] : 0);
        odds = ByModel(i => family.NextOdds[i]);
        shareOfOthers = ByModel(i => oddsSum > family.NextOdds[i] ? 1 / (oddsSum - family.NextOdds[i]) : 0);
        double firstSum = family.FirstOdds.Sum();
        FirstWeight = ByModel(i => family.FirstOdds[i] / firstSum);
    }

    public MotionFamily Family { get; }

    /// <summary>Whether a step takes weight from models: what has reached the ground falls no longer.</summary>
    public bool Lands => falls;

    /// <summary>Probabilities of the models at first sight; they sum to one.</summary>
    public Octet FirstWeight { get; }

    /// <summary>Expected turn over the lanes with weight, radians per second.</summary>
    public double TurnRate(in ModelStates s) => Lanes.Sum(s.Weight * turnRate);

    /// <summary>Mixes the models and carries each over a step of seconds &gt; 0.</summary>
    public void Predict(ref ModelStates s, double step)
    {
        if (step != cachedStep) Prepare(step);
        if (mixes) Mix(ref s);
        if (falls) Fall(ref s, step);
        else if (turns) Turn(ref s, step);
        else Straight(ref s, step);
    }

    void Prepare(double step)
    {
        cachedStep = step;
        stay = Lanes.Exp(exitRate * -step);
        leave = (Vector512.Create(1.0) - stay) * shareOfOthers;
        if (!turns) return;
        (sine, cosine) = Lanes.SinCos(turnRate * step);
        Octet straight = Vector512.Equals(turnRate, Octet.Zero);
        Octet rate = Vector512.ConditionalSelect(straight, Vector512.Create(1.0), turnRate);
        along = Vector512.ConditionalSelect(straight, Vector512.Create(step), sine / rate);
        across = Vector512.ConditionalSelect(straight, Octet.Zero, (Vector512.Create(1.0) - cosine) / rate);
    }

    /// <summary>
    /// Each model becomes the mixture of what stayed in it and what came from the others. Who leaves goes into one pool
    /// and is shared out by odds, so the cost grows with the number of models and not with its square; a model gets back
    /// none of its own leavers.
    /// </summary>
    void Mix(ref ModelStates s)
    {
        const double Least = 1e-300;
        Octet leaving = s.Weight * leave;
        double pool = Lanes.Sum(leaving);
        if (pool < Least) return;
        Octet kept = Vector512.Max(Octet.Zero, (s.Weight * stay) - (odds * leaving));
        Octet total = (s.Weight * stay) + (odds * (Vector512.Create(pool) - leaving));
        Octet own = kept / Vector512.Max(total, Vector512.Create(Least)), other = Vector512.Create(1.0) - own, both = own * other;
        Octet share = leaving * (1 / pool);
        double x0 = Lanes.Sum(share * s.X), y0 = Lanes.Sum(share * s.Y), u0 = Lanes.Sum(share * s.U);
        double v0 = Lanes.Sum(share * s.V), z0 = Lanes.Sum(share * s.Z), w0 = Lanes.Sum(share * s.W);
        Octet x = s.X - Vector512.Create(x0), y = s.Y - Vector512.Create(y0), u = s.U - Vector512.Create(u0);
        Octet v = s.V - Vector512.Create(v0), z = s.Z - Vector512.Create(z0), w = s.W - Vector512.Create(w0);
        s.Xx = Mixed(s.Xx, x * x, share, own, other, both);
        s.Xy = Mixed(s.Xy, x * y, share, own, other, both);
        s.Xu = Mixed(s.Xu, x * u, share, own, other, both);
        s.Xv = Mixed(s.Xv, x * v, share, own, other, both);
        s.Yy = Mixed(s.Yy, y * y, share, own, other, both);
        s.Yu = Mixed(s.Yu, y * u, share, own, other, both);
        s.Yv = Mixed(s.Yv, y * v, share, own, other, both);
        s.Uu = Mixed(s.Uu, u * u, share, own, other, both);
        s.Uv = Mixed(s.Uv, u * v, share, own, other, both);
        s.Vv = Mixed(s.Vv, v * v, share, own, other, both);
        s.Zz = Mixed(s.Zz, z * z, share, own, other, both);
        s.Zw = Mixed(s.Zw, z * w, share, own, other, both);
        s.Ww = Mixed(s.Ww, w * w, share, own, other, both);
        s.X = Vector512.Create(x0) + (own * x);
        s.Y = Vector512.Create(y0) + (own * y);
        s.U = Vector512.Create(u0) + (own * u);
        s.V = Vector512.Create(v0) + (own * v);
        s.Z = Vector512.Create(z0) + (own * z);
        s.W = Vector512.Create(w0) + (own * w);
        s.Weight = total;
    }

    /// <summary>Own covariance, the pool's, and the spread of their means; <paramref name="spread"/> is about the pool's mean.</summary>
    static Octet Mixed(Octet covariance, Octet spread, Octet share, Octet own, Octet other, Octet both) =>
        (own * covariance) + (both * spread) + (other * Lanes.Sum(share * (covariance + spread)));

    void Turn(ref ModelStates s, double step)
    {
        (s.X, s.Y, s.U, s.V) = (
            s.X + (along * s.U) + (across * s.V), s.Y + (along * s.V) - (across * s.U),
            (cosine * s.U) + (sine * s.V), (cosine * s.V) - (sine * s.U));
        CarryTurned(ref s, step);
        s.Z += step * s.W;
        CarryVertical(ref s, Vector512.Create(step), Vector512.Create(1.0), step);
    }

    void Straight(ref ModelStates s, double step)
    {
        s.X += step * s.U;
        s.Y += step * s.V;
        CarryStraight(ref s, Vector512.Create(step), Vector512.Create(1.0), step);
        s.Z += step * s.W;
        CarryVertical(ref s, Vector512.Create(step), Vector512.Create(1.0), step);
    }

    /// <summary>
    /// F P Fᵀ + Q with position blocks [[a, b], [−b, a]] on velocity and velocity blocks [[c, s], [−s, c]]; white
    /// acceleration (Bar-Shalom, Li, Kirubarajan 2001, sections 6.2.2 and 11.7).
    /// </summary>
    void CarryTurned(ref ModelStates s, double step)
    {
        Octet a = along, b = across, c = cosine, n = sine;
        Octet e00 = s.Xu + (a * s.Uu) + (b * s.Uv), e01 = s.Xv + (a * s.Uv) + (b * s.Vv);
        Octet e10 = s.Yu - (b * s.Uu) + (a * s.Uv), e11 = s.Yv - (b * s.Uv) + (a * s.Vv);
        Octet q = horizontalNoise * step, qCross = q * (0.5 * step), qPosition = q * (step * step / 3);
        s.Xx += (s.Xu * a) + (s.Xv * b) + (a * e00) + (b * e01) + qPosition;
        s.Xy += (s.Xv * a) - (s.Xu * b) + (a * e10) + (b * e11);
        s.Yy += (s.Yv * a) - (s.Yu * b) + (a * e11) - (b * e10) + qPosition;
        s.Xu = (e00 * c) + (e01 * n) + qCross;
        s.Xv = (e01 * c) - (e00 * n);
        s.Yu = (e10 * c) + (e11 * n);
        s.Yv = (e11 * c) - (e10 * n) + qCross;
        Octet uu = s.Uu, uv = s.Uv, vv = s.Vv, cc = c * c, nn = n * n, cn = c * n, twice = (cn + cn) * uv;
        s.Uu = (cc * uu) + twice + (nn * vv) + q;
        s.Vv = (nn * uu) - twice + (cc * vv) + q;
        s.Uv = ((cc - nn) * uv) + (cn * (vv - uu));
    }

    /// <summary>The same without a turn: velocity reaches <paramref name="reach"/> seconds and keeps a part of itself.</summary>
    void CarryStraight(ref ModelStates s, Octet reach, Octet keep, double step)
    {
        Octet q = horizontalNoise * step, qCross = q * (0.5 * step), qPosition = q * (step * step / 3);
        Octet xu = s.Xu + (reach * s.Uu), xv = s.Xv + (reach * s.Uv), yu = s.Yu + (reach * s.Uv), yv = s.Yv + (reach * s.Vv);
        s.Xx += (reach * (s.Xu + xu)) + qPosition;
        s.Xy += (reach * s.Xv) + (reach * yu);
        s.Yy += (reach * (s.Yv + yv)) + qPosition;
        s.Xu = (keep * xu) + qCross;
        s.Xv = keep * xv;
        s.Yu = keep * yu;
        s.Yv = (keep * yv) + qCross;
        Octet square = keep * keep;
        s.Uu = (square * s.Uu) + q;
        s.Uv = square * s.Uv;
        s.Vv = (square * s.Vv) + q;
    }

    void CarryVertical(ref ModelStates s, Octet reach, Octet keep, double step)
    {
        Octet q = verticalNoise * step, cross = s.Zw + (reach * s.Ww);
        s.Zz += (reach * (s.Zw + cross)) + (q * (step * step / 3));
        s.Zw = (keep * cross) + (q * (0.5 * step));
        s.Ww = (keep * keep * s.Ww) + q;
    }

    /// <summary>
    /// Gravity and quadratic drag in an exponential atmosphere, by fourth-order Runge–Kutta pieces of half a second, as far as
    /// the ground.
    /// </summary>
    void Fall(ref ModelStates s, double step)
    {
        Octet before = s.Z;
        Octet drag = DragRate(s.Z, s.U, s.V, s.W), keep = Lanes.Exp(drag * -step);
        Octet none = Vector512.LessThan(drag, Vector512.Create(1e-9));
        Octet reach = Vector512.ConditionalSelect(none, Vector512.Create(step),
            (Vector512.Create(1.0) - keep) / Vector512.Max(drag, Vector512.Create(1e-9)));
        CarryStraight(ref s, reach, keep, step);
        CarryVertical(ref s, reach, keep, step);
        int pieces = Math.Max(1, (int)Math.Ceiling(step / LongestPiece));
        double h = step / pieces, half = 0.5 * h, sixth = h / 6;
        for (int i = 0; i < pieces; i++)
        {
            Accelerate(s.Z, s.U, s.V, s.W, out Octet u1, out Octet v1, out Octet w1);
            Accelerate(s.Z + (half * s.W), s.U + (half * u1), s.V + (half * v1), s.W + (half * w1),
                out Octet u2, out Octet v2, out Octet w2);
            Accelerate(s.Z + (half * (s.W + (half * w1))), s.U + (half * u2), s.V + (half * v2), s.W + (half * w2),
                out Octet u3, out Octet v3, out Octet w3);
            Accelerate(s.Z + (h * (s.W + (half * w2))), s.U + (h * u3), s.V + (h * v3), s.W + (h * w3),
                out Octet u4, out Octet v4, out Octet w4);
            s.X += h * (s.U + (sixth * (u1 + u2 + u3)));
            s.Y += h * (s.V + (sixth * (v1 + v2 + v3)));
            s.Z += h * (s.W + (sixth * (w1 + w2 + w3)));
            s.U += sixth * (u1 + (2 * (u2 + u3)) + u4);
            s.V += sixth * (v1 + (2 * (v2 + v3)) + v4);
            s.W += sixth * (w1 + (2 * (w2 + w3)) + w4);
        }

        // By one and the same doubt of the height: that it grows between two looks brings nothing down.
        Octet left = Vector512.Min(Aloft(s.Z, s.Zz) / Aloft(before, s.Zz), Vector512.Create(1.0));
        Octet untold = Vector512.GreaterThan(s.Zz, Vector512.Create(ToldHeight * ToldHeight));
        s.Weight = Vector512.ConditionalSelect(isFalling & untold, s.Weight * left, s.Weight);
    }

    /// <summary>
    /// The share of each model that is above the ground. Over steps its ratios multiply to the share that has not come down
    /// yet: without them, what flies straight and tells no height would in the end be taken for a stone.
    /// </summary>
    static Octet Aloft(Octet height, Octet variance)
    {
        Octet sigmas = (height - Vector512.Create(LowestGround)) / Vector512.Sqrt(variance + Vector512.Create(1.0));
        return Vector512.Create(1.0) / (Vector512.Create(1.0) + Lanes.Exp(sigmas * -Logistic));
    }

    /// <summary>Drag acceleration over speed, 1/s.</summary>
    Octet DragRate(Octet z, Octet u, Octet v, Octet w) =>
        halfDragAtSeaLevel * Lanes.Exp(Vector512.Max(z, Octet.Zero) * (-1 / ScaleHeight))
            * Vector512.Sqrt((u * u) + (v * v) + (w * w));

    void Accelerate(Octet z, Octet u, Octet v, Octet w, out Octet du, out Octet dv, out Octet dw)
    {
        Octet k = DragRate(z, u, v, w);
        du = -(k * u);
        dv = -(k * v);
        dw = -(k * w) - gravity;
    }

    Octet ByModel(Func<int, double> of)
    {
        Span<double> lanes = stackalloc double[ModelStates.LaneCount];
        lanes.Clear();
        for (int i = 0; i < Family.Models.Length; i++) lanes[i] = of(i);
        return Vector512.Create<double>(lanes);
    }
}
