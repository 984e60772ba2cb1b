namespace Nadhir.Tracking.Ballistics;

/// <summary>A measured position with its covariance, metres.</summary>
readonly record struct PositionFix(double X, double Y, double Z,
    double Xx, double Xy, double Xz, double Yy, double Yz, double Zz);

/// <summary>
/// Extended Kalman filter of a falling object over position, velocity and drag together. One constant drag and exact
/// dynamics let every measurement of the fall count, which is what a small impact ellipse is made of (Farina, Ristic
/// and Benvenuti, "Tracking a ballistic target", IEEE Trans. AES 38(3), 2002).
/// </summary>
static class FallingFilter
{
    const int Size = BallisticState.Size, DragAt = BallisticState.DragAt;

    /// <summary>Carries the belief over seconds ≥ 0.</summary>
    public static void Predict(ref BallisticState s, double seconds, BallisticEnvironment world)
    {
        if (!(seconds > 0)) return;
        FlightPoint p = FlightPoint.Start(s.Z, s.U, s.V, s.W);
        Flight.Carry(ref p, Math.Max(0, s.Drag), world, seconds);
        Span<double> f = stackalloc double[Size * Size];
        f.Clear();
        f[0] = f[Size + 1] = f[(DragAt * Size) + DragAt] = 1;
        Row(p.X, f);
        Row(p.Y, f[Size..]);
        Row(p.Z, f[(2 * Size)..]);
        Row(p.U, f[(3 * Size)..]);
        Row(p.V, f[(4 * Size)..]);
        Row(p.W, f[(5 * Size)..]);
        Sandwich(ref s.Covariance, f);
        (s.X, s.Y, s.Z) = (s.X + p.X.Value, s.Y + p.Y.Value, p.Z.Value);
        (s.U, s.V, s.W) = (p.U.Value, p.V.Value, p.W.Value);
        double wander = WindWander(p, s.Drag, world), noise = (world.AccelerationNoise + wander) * seconds;
        for (int i = 0; i < 3; i++)
        {
            s.Covariance[i, i] += noise * seconds * seconds / 3;
            s.Covariance[i + 3, i + 3] += noise;
            s.Covariance[i, i + 3] = s.Covariance[i + 3, i] += 0.5 * noise * seconds;
        }
    }

    /// <summary>Uses a measured position; its covariance may be widened where it is not surely this object's.</summary>
    /// <param name="distance">Squared Mahalanobis distance (three degrees of freedom); nothing is used beyond the
    /// gate.</param>
    /// <returns>Logarithm of the measurement's likelihood, but for a constant.</returns>
    public static double Correct(ref BallisticState s, in PositionFix seen, double gate, double widen,
        out double distance)
    {
        distance = double.PositiveInfinity;
        ref BallisticCovariance p = ref s.Covariance;
        double s00 = p[0, 0] + (widen * seen.Xx), s01 = p[0, 1] + (widen * seen.Xy), s02 = p[0, 2] + (widen * seen.Xz);
        double s11 = p[1, 1] + (widen * seen.Yy), s12 = p[1, 2] + (widen * seen.Yz), s22 = p[2, 2] + (widen * seen.Zz);
        double c00 = (s11 * s22) - (s12 * s12), c01 = (s02 * s12) - (s01 * s22), c02 = (s01 * s12) - (s02 * s11);
        double determinant = (s00 * c00) + (s01 * c01) + (s02 * c02);
        if (!(determinant > 0)) return double.NegativeInfinity;
        double scale = 1 / determinant;
        double i00 = scale * c00, i01 = scale * c01, i02 = scale * c02;
        double i11 = scale * ((s00 * s22) - (s02 * s02)), i12 = scale * ((s01 * s02) - (s00 * s12));
        double i22 = scale * ((s00 * s11) - (s01 * s01));
        double ex = seen.X - s.X, ey = seen.Y - s.Y, ez = seen.Z - s.Z;
        double wx = (i00 * ex) + (i01 * ey) + (i02 * ez), wy = (i01 * ex) + (i11 * ey) + (i12 * ez);
        double wz = (i02 * ex) + (i12 * ey) + (i22 * ez);
        distance = (ex * wx) + (ey * wy) + (ez * wz);
        double evidence = -0.5 * (distance + Math.Log(determinant));
        if (!(distance <= gate)) return evidence;
        Span<double> move = stackalloc double[Size];
        Span<double> a = stackalloc double[3 * Size];
        Span<double> gain = stackalloc double[3 * Size];
        for (int i = 0; i < Size; i++)
        {
            double x = p[i, 0], y = p[i, 1], z = p[i, 2];
            move[i] = (x * wx) + (y * wy) + (z * wz);
            (a[i], a[Size + i], a[(2 * Size) + i]) = (x, y, z);
            gain[i] = (x * i00) + (y * i01) + (z * i02);
            gain[Size + i] = (x * i01) + (y * i11) + (z * i12);
            gain[(2 * Size) + i] = (x * i02) + (y * i12) + (z * i22);
        }

        for (int i = 0; i < Size; i++)
            for (int j = i; j < Size; j++)
                p[i, j] = p[j, i] = p[i, j] - (gain[i] * a[j]) - (gain[Size + i] * a[Size + j])
                    - (gain[(2 * Size) + i] * a[(2 * Size) + j]);
        s.Move(move);
        return evidence;
    }

    /// <summary>
    /// An unknown wind acts through the drag as an acceleration k w that lasts as long as the fall through thick air. It
    /// counts as white noise of the power that lasting gives it, without which a filter is too sure within half a minute.
    /// </summary>
    static double WindWander(in FlightPoint p, double drag, BallisticEnvironment world)
    {
        const double LastingSeconds = 40;
        double acceleration = Flight.DragRate(p, Math.Max(0, drag)) * world.WindSigma;
        return acceleration * acceleration * LastingSeconds;
    }

    static void Row(in Derived d, Span<double> row)
    {
        row[2] = d.ByStart[0];
        row[3] = d.ByStart[1];
        row[4] = d.ByStart[2];
        row[5] = d.ByStart[3];
        row[DragAt] = d.ByAir[0];
    }

    /// <summary>P becomes F P Fᵀ.</summary>
    static void Sandwich(ref BallisticCovariance p, ReadOnlySpan<double> f)
    {
        Span<double> half = stackalloc double[Size * Size];
        for (int i = 0; i < Size; i++)
            for (int j = 0; j < Size; j++)
            {
                double sum = 0;
                for (int k = 0; k < Size; k++) sum += f[(i * Size) + k] * p[k, j];
                half[(i * Size) + j] = sum;
            }

        for (int i = 0; i < Size; i++)
            for (int j = i; j < Size; j++)
            {
                double sum = 0;
                for (int k = 0; k < Size; k++) sum += half[(i * Size) + k] * f[(j * Size) + k];
                p[i, j] = p[j, i] = sum;
            }
    }
}
