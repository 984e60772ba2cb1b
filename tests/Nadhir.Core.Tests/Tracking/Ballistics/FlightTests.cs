using CsCheck;
using Nadhir.Tracking.Ballistics;

namespace Nadhir.Core.Tests.Tracking.Ballistics;

public sealed class FlightTests
{
    const double Gravity = BallisticEnvironment.StandardGravity;

    static readonly BallisticEnvironment Still = BallisticEnvironment.Flat with { AccelerationNoise = 0 };

    static readonly Gen<BallisticState> AnyFlight =
        Gen.Select(Gen.Double[6000, 15_000], Gen.Double[-700, 700], Gen.Double[-700, 700], Gen.Double[-400, 700],
            Gen.Double[0, 3e-4], (z, u, v, w, drag) =>
                new BallisticState { X = 50, Y = -70, Z = z, U = u, V = v, W = w, Drag = drag });

    static FlatImpact Land(in BallisticState s, BallisticEnvironment world, double ground = 0)
    {
        BallisticHypothesis only = new() { State = s, Weight = 1 };
        Assert.True(ImpactPredictor.Predict(new(in only), ground, 100, world, out FlatImpact impact));
        return impact;
    }

    [Fact]
    public void Without_drag_it_lands_where_the_parabola_does() =>
        AnyFlight.Sample(s =>
        {
            s.Drag = 0;
            double time = (s.W + Math.Sqrt((s.W * s.W) + (2 * Gravity * (s.Z + 30)))) / Gravity;
            FlatImpact impact = Land(s, Still, ground: -30);
            Assert.Equal(100 + time, impact.Time, 1e-4);
            Assert.Equal(s.X + (s.U * time), impact.X, 0.02);
            Assert.Equal(s.Y + (s.V * time), impact.Y, 0.02);
        }, iter: 500);

    [Fact]
    public void With_drag_it_lands_where_a_hundred_times_finer_integration_does() =>
        AnyFlight.Sample(s =>
        {
            (double x, double y, double time) = Finely(s, 0.01);
            FlatImpact impact = Land(s, Still);
            Assert.Equal(100 + time, impact.Time, 0.02);
            Assert.Equal(x, impact.X, 3.0);
            Assert.Equal(y, impact.Y, 3.0);
        }, iter: 60);

    [Fact]
    public void A_long_flight_from_above_the_air_is_as_exact_as_a_fine_integration()
    {
        BallisticState s = new() { Z = 30_000, U = 1100, V = 300, W = 1200, Drag = 1 / 6000.0 };
        (double x, double y, double time) = Finely(s, 0.005);
        FlatImpact impact = Land(s, Still);
        Assert.InRange(time, 240, 300);
        Assert.Equal(100 + time, impact.Time, 0.03);
        Assert.Equal(x, impact.X, 20.0);
        Assert.Equal(y, impact.Y, 20.0);
    }

    [Fact]
    public void Derivatives_are_the_differences_of_two_flights() =>
        AnyFlight.Sample(s =>
        {
            BallisticEnvironment world = BallisticEnvironment.Earth(33);
            FlightPoint p = Carried(s, world);
            for (int column = 0; column < 5; column++)
            {
                BallisticState more = s, less = s;
                double[] move = new double[BallisticState.Size];
                move[column + 2] = column == 4 ? 1e-8 : 1e-2;
                more.Move(move);
                move[column + 2] = -move[column + 2];
                less.Move(move);
                FlightPoint a = Carried(more, world), b = Carried(less, world);
                double step = -2 * move[column + 2];
                foreach ((Derived Of, Derived More, Derived Less) d in new[]
                {
                    (p.X, a.X, b.X), (p.Y, a.Y, b.Y), (p.Z, a.Z, b.Z),
                    (p.U, a.U, b.U), (p.V, a.V, b.V), (p.W, a.W, b.W),
                })
                {
                    double told = column == 4 ? d.Of.ByAir[0] : d.Of.ByStart[column];
                    double found = (d.More.Value - d.Less.Value) / step;
                    Assert.Equal(found, told, (1e-3 * Math.Abs(found)) + (column == 4 ? 20 : 1e-3));
                }
            }
        }, iter: 100);

    static FlightPoint Carried(in BallisticState s, BallisticEnvironment world)
    {
        FlightPoint p = FlightPoint.Start(s.Z, s.U, s.V, s.W);
        for (int i = 0; i < 10; i++) Flight.Step(ref p, s.Drag, world, 1);
        return p;
    }

    [Fact]
    public void A_wind_carries_along_what_feels_drag()
    {
        FlightPoint p = FlightPoint.Start(5000, 300, 0, 0);
        for (int i = 0; i < 20; i++) Flight.Step(ref p, 1 / 3000.0, Still, 1);
        Assert.InRange(p.X.ByAir[1], 1, 20); // metres for each m/s of tail wind within 20 s
        Assert.InRange(p.Y.ByAir[2], 1, 20);
        Assert.True(p.X.ByAir[1] > p.Y.ByAir[2], "speed drags twice as much along the flight as across it");
        Assert.True(p.X.ByAir[0] < 0, "more drag, less far");
    }

    /// <summary>Kepler: a free fall without air on a round earth at rest follows an ellipse about its centre.</summary>
    [Fact]
    public void Over_a_round_earth_the_range_is_that_of_the_ellipse()
    {
        const double Radius = 6371008.7714, Speed = 2000;
        BallisticEnvironment round = new() { Gravity = Gravity, Curvature = 1 / Radius, AccelerationNoise = 0 };
        double climb = Speed * Math.Sin(Math.PI / 4), along = Speed * Math.Cos(Math.PI / 4);
        double mu = Gravity * Radius * Radius, momentum = Radius * along;
        double energy = (Speed * Speed / 2) - (mu / Radius);
        double eccentricity = Math.Sqrt(1 + (2 * energy * momentum * momentum / (mu * mu)));
        double toApogee = Math.Acos(((momentum * momentum / (mu * Radius)) - 1) / eccentricity);
        double range = 2 * (Math.PI - toApogee) * Radius;
        FlatImpact impact = Land(new() { U = along, W = climb }, round);
        Assert.InRange(range, 415_000, 430_000); // 408 km over a flat earth
        Assert.Equal(range, impact.X, 50.0);
    }

    [Fact]
    public void A_turning_earth_bends_northern_flights_to_the_right()
    {
        const double Rotation = 7.292115e-5, Along = 1000;
        (double sin, double cos) = Math.SinCos(33 * Math.PI / 180);
        BallisticEnvironment turning = Still with { RotationNorth = Rotation * cos, RotationUp = Rotation * sin };
        FlatImpact impact = Land(new() { V = Along, W = Along }, turning);
        double t = 2 * Along / Gravity;
        double right = Rotation * sin * Along * t * t;
        double west = Rotation * cos * ((Along * t * t) - (Gravity * t * t * t / 3));
        Assert.Equal(right - west, impact.X, 0.02 * right);
    }

    static (double X, double Y, double Time) Finely(in BallisticState s, double h)
    {
        double[] p = [s.X, s.Y, s.Z, s.U, s.V, s.W];
        double drag = s.Drag, time = 0;
        double[] Slope(double[] q)
        {
            double k = 0.5 * 1.225 * Math.Exp(-Math.Max(0, q[2]) / 8500) * drag
                * Math.Sqrt((q[3] * q[3]) + (q[4] * q[4]) + (q[5] * q[5]));
            return [q[3], q[4], q[5], -k * q[3], -k * q[4], (-k * q[5]) - Gravity];
        }

        double[] Plus(double[] a, double[] b, double by) => [.. a.Select((v, i) => v + (by * b[i]))];
        while (true)
        {
            double[] k1 = Slope(p), k2 = Slope(Plus(p, k1, h / 2));
            double[] k3 = Slope(Plus(p, k2, h / 2)), k4 = Slope(Plus(p, k3, h));
            double[] next = [.. p.Select((v, i) => v + (h / 6 * (k1[i] + (2 * k2[i]) + (2 * k3[i]) + k4[i])))];
            if (next[2] <= 0 && next[5] < 0)
            {
                double part = p[2] <= 0 ? 0 : p[2] / (p[2] - next[2]);
                return (p[0] + (part * (next[0] - p[0])), p[1] + (part * (next[1] - p[1])), time + (part * h));
            }

            (p, time) = (next, time + h);
        }
    }
}
