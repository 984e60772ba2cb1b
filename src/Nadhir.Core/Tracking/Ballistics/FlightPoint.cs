using System.Runtime.Intrinsics;

namespace Nadhir.Tracking.Ballistics;

/// <summary>
/// A quantity along a flight and its derivatives by what the flight started with. The first four derivatives are by
/// height and velocity east, north, up at the start; the second four by the drag (1/β) and wind east and north; the
/// last is 0.
/// </summary>
struct Derived(double value, Vector256<double> byStart, Vector256<double> byAir)
{
    public double Value = value;
    public Vector256<double> ByStart = byStart, ByAir = byAir;

    /// <summary>Becomes another, moved along a slope for a step.</summary>
    public void Become(in Derived from, in Derived slope, double step)
    {
        Value = from.Value + (step * slope.Value);
        ByStart = from.ByStart + (step * slope.ByStart);
        ByAir = from.ByAir + (step * slope.ByAir);
    }

    /// <summary>Adds a slope with a weight.</summary>
    public void Add(in Derived slope, double weight)
    {
        Value += weight * slope.Value;
        ByStart += weight * slope.ByStart;
        ByAir += weight * slope.ByAir;
    }
}

/// <summary>
/// Position (east and north along the ground from the start, height) and velocity of a falling object in metres and
/// seconds, with derivatives; or the slope of one.
/// </summary>
struct FlightPoint
{
    public Derived X, Y, Z, U, V, W;

    public static FlightPoint Start(double z, double u, double v, double w) => new()
    {
        Z = new(z, Vector256.Create(1.0, 0, 0, 0), default),
        U = new(u, Vector256.Create(0.0, 1, 0, 0), default),
        V = new(v, Vector256.Create(0.0, 0, 1, 0), default),
        W = new(w, Vector256.Create(0.0, 0, 0, 1), default),
    };

    /// <summary>
    /// Becomes another, moved along a slope for a step, but for the place on the ground, on which no force depends.
    /// </summary>
    public void Become(in FlightPoint from, in FlightPoint slope, double step)
    {
        Z.Become(from.Z, slope.Z, step);
        U.Become(from.U, slope.U, step);
        V.Become(from.V, slope.V, step);
        W.Become(from.W, slope.W, step);
    }

    public void Add(in FlightPoint slope, double weight)
    {
        X.Add(slope.X, weight);
        Y.Add(slope.Y, weight);
        Z.Add(slope.Z, weight);
        U.Add(slope.U, weight);
        V.Add(slope.V, weight);
        W.Add(slope.W, weight);
    }
}
