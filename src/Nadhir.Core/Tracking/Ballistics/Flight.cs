using System.Runtime.Intrinsics;

namespace Nadhir.Tracking.Ballistics;

/// <summary>
/// Free fall with quadratic drag, by fourth-order Runge–Kutta steps, together with the derivatives of the flight by its
/// start, drag and wind (the variational equations, Montenbruck and Gill 2000, section 7.2). Over a round earth east
/// and north are lengths along the ground, unrolled: the end lies at their azimuth and distance from the start.
/// </summary>
static class Flight
{
    /// <summary>A step is this part of the time in which drag or its cause changes by itself.</summary>
    const double Fineness = 0.35, SlowestRate = 1.0 / 40;

    /// <summary>How long a step may be here, seconds; a metre or two of error in 20 km.</summary>
    public static double StepAt(in FlightPoint p, double drag, BallisticEnvironment world)
    {
        double rate = DragRate(p, drag), sink = Math.Abs(p.W.Value) / BallisticEnvironment.ScaleHeightMetres;
        double step = Fineness / (rate + SlowestRate);
        double denser = rate * Math.Exp(Math.Min(4, step * sink)); // what it falls, or rose, through within such a step
        double curving = Math.Sqrt(p.U.Value * p.U.Value + (p.V.Value * p.V.Value)) * world.Curvature;
        return Fineness / (denser + Math.Sqrt(denser * sink) + SlowestRate + curving);
    }

    public static void Step(ref FlightPoint p, double drag, BallisticEnvironment world, double step)
    {
        FlightPoint slope = default, between = default, sum = p;
        SlopeAt(p, drag, world, ref slope);
        sum.Add(slope, step / 6);
        between.Become(p, slope, step / 2);
        SlopeAt(between, drag, world, ref slope);
        sum.Add(slope, step / 3);
        between.Become(p, slope, step / 2);
        SlopeAt(between, drag, world, ref slope);
        sum.Add(slope, step / 3);
        between.Become(p, slope, step);
        SlopeAt(between, drag, world, ref slope);
        sum.Add(slope, step / 6);
        p = sum;
    }

    /// <summary>Carries a point over seconds in equal steps no longer than <see cref="StepAt"/> allows.</summary>
    public static void Carry(ref FlightPoint p, double drag, BallisticEnvironment world, double seconds)
    {
        const int MostSteps = 200;
        int steps = (int)Math.Clamp(Math.Ceiling(seconds / StepAt(p, drag, world)), 1, MostSteps);
        for (int i = 0; i < steps; i++) Step(ref p, drag, world, seconds / steps);
    }

    /// <summary>Drag deceleration over speed, 1/s.</summary>
    public static double DragRate(in FlightPoint p, double drag)
    {
        double u = p.U.Value, v = p.V.Value, w = p.W.Value;
        return 0.5 * Density(p.Z.Value) * drag * Math.Sqrt((u * u) + (v * v) + (w * w));
    }

    static double Density(double z) =>
        BallisticEnvironment.SeaLevelDensity * Math.Exp(-Math.Max(0, z) / BallisticEnvironment.ScaleHeightMetres);

    static void SlopeAt(in FlightPoint p, double drag, BallisticEnvironment world, ref FlightPoint slope)
    {
        double z = p.Z.Value, u = p.U.Value, v = p.V.Value, w = p.W.Value;
        double half = 0.5 * Density(z), square = (u * u) + (v * v) + (w * w), speed = Math.Sqrt(square);
        double k = half * drag * speed, perSpeed = square > 0 ? k / square : 0;
        double perHeight = z > 0 ? -k / BallisticEnvironment.ScaleHeightMetres : 0;

        // Air-relative velocity derivatives: wind takes away.
        Vector256<double> airU = p.U.ByAir - Vector256.Create(0.0, 1, 0, 0);
        Vector256<double> airV = p.V.ByAir - Vector256.Create(0.0, 0, 1, 0);
        Vector256<double> kStart = (perHeight * p.Z.ByStart)
            + (perSpeed * ((u * p.U.ByStart) + (v * p.V.ByStart) + (w * p.W.ByStart)));
        Vector256<double> kAir = (perHeight * p.Z.ByAir) + (perSpeed * ((u * airU) + (v * airV) + (w * p.W.ByAir)))
            + Vector256.Create(half * speed, 0, 0, 0);

        double closeness = 1 / (1 + (z * world.Curvature)), bend = world.Curvature * closeness; // R/(R+z), 1/(R+z)
        double north = 2 * world.RotationNorth, up = 2 * world.RotationUp;
        double across = (u * u) + (v * v), gravity = world.Gravity * closeness * closeness;

        Ground(p.U, p.Z, closeness, bend, ref slope.X);
        Ground(p.V, p.Z, closeness, bend, ref slope.Y);
        slope.Z = p.W;
        double bendFall = bend * bend;
        slope.U.Value = (-k * u) - (u * w * bend) + (up * v) - (north * w);
        slope.U.ByStart = (-u * kStart) - (k * p.U.ByStart) - (bend * ((w * p.U.ByStart) + (u * p.W.ByStart)))
            + (u * w * bendFall * p.Z.ByStart) + (up * p.V.ByStart) - (north * p.W.ByStart);
        slope.U.ByAir = (-u * kAir) - (k * airU) - (bend * ((w * p.U.ByAir) + (u * p.W.ByAir)))
            + (u * w * bendFall * p.Z.ByAir) + (up * p.V.ByAir) - (north * p.W.ByAir);
        slope.V.Value = (-k * v) - (v * w * bend) - (up * u);
        slope.V.ByStart = (-v * kStart) - (k * p.V.ByStart) - (bend * ((w * p.V.ByStart) + (v * p.W.ByStart)))
            + (v * w * bendFall * p.Z.ByStart) - (up * p.U.ByStart);
        slope.V.ByAir = (-v * kAir) - (k * airV) - (bend * ((w * p.V.ByAir) + (v * p.W.ByAir)))
            + (v * w * bendFall * p.Z.ByAir) - (up * p.U.ByAir);
        double tide = (2 * gravity * bend) - (across * bendFall);
        slope.W.Value = (-k * w) - gravity + (across * bend) + (north * u);
        slope.W.ByStart = (-w * kStart) - (k * p.W.ByStart) + (tide * p.Z.ByStart)
            + (2 * bend * ((u * p.U.ByStart) + (v * p.V.ByStart))) + (north * p.U.ByStart);
        slope.W.ByAir = (-w * kAir) - (k * p.W.ByAir) + (tide * p.Z.ByAir)
            + (2 * bend * ((u * p.U.ByAir) + (v * p.V.ByAir))) + (north * p.U.ByAir);
    }

    /// <summary>Speed of the point on the ground below.</summary>
    static void Ground(in Derived speed, in Derived height, double closeness, double bend, ref Derived ground)
    {
        double byHeight = -speed.Value * closeness * bend;
        ground.Value = closeness * speed.Value;
        ground.ByStart = (closeness * speed.ByStart) + (byHeight * height.ByStart);
        ground.ByAir = (closeness * speed.ByAir) + (byHeight * height.ByAir);
    }
}
