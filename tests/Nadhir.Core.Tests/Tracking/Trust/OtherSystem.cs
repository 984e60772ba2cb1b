using Nadhir.Core.Tests.Tracking.Capabilities;
using Nadhir.Sensing;
using Flight = System.Func<double, (double East, double North, double Height)?>;

namespace Nadhir.Core.Tests.Tracking.Trust;

/// <summary>
/// Another tracking system: a nearly-constant-velocity Kalman filter per axis, fed every ten seconds by plots of 150 m,
/// whose predicted state is sent each second as its track 7, with the sigma that it believes in.
/// </summary>
sealed class OtherSystem(MixedWorld world, int sensor, Flight path,
    double plotSigma = 150)
{
    const double Noise = 20; // metres² per second³
    Axis east, north;
    double time = double.NaN, nextPlot = 3;

    public Measurement? Say(double t)
    {
        if (t >= nextPlot)
        {
            (double e, double n, double _) = path(t)!.Value;
            Take(ref east, e + (plotSigma * world.Normal()), t);
            Take(ref north, n + (plotSigma * world.Normal()), t);
            time = t;
            nextPlot += 10;
        }

        if (double.IsNaN(time) || t < 25) return null;
        double step = t - time;
        Axis e1 = Predict(east, step), n1 = Predict(north, step);
        return MixedWorld.Place(MeasurementKind.SystemTrack, sensor, t, e1.X, n1.X) with
        {
            SourceTrack = 7, VelocityEast = e1.U, VelocityNorth = n1.U,
            SigmaHorizontalMetres = Math.Sqrt(Math.Max(e1.Xx, n1.Xx)),
        };
    }

    void Take(ref Axis axis, double seen, double t)
    {
        double r = plotSigma * plotSigma;
        if (double.IsNaN(time))
        {
            axis = new() { X = seen, Xx = r, Uu = 300 * 300 };
            return;
        }

        axis = Predict(axis, t - time);
        double s = axis.Xx + r, k = axis.Xx / s, g = axis.Xu / s, off = seen - axis.X;
        axis = new()
        {
            X = axis.X + (k * off), U = axis.U + (g * off), Xx = (1 - k) * axis.Xx, Xu = (1 - k) * axis.Xu,
            Uu = axis.Uu - (g * axis.Xu),
        };
    }

    static Axis Predict(in Axis a, double dt) => new()
    {
        X = a.X + (dt * a.U),
        U = a.U,
        Xx = a.Xx + (2 * dt * a.Xu) + (dt * dt * a.Uu) + (Noise * dt * dt * dt / 3),
        Xu = a.Xu + (dt * a.Uu) + (Noise * dt * dt / 2),
        Uu = a.Uu + (Noise * dt),
    };

    struct Axis
    {
        public double X, U, Xx, Xu, Uu;
    }
}
