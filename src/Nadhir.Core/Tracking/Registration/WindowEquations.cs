namespace Nadhir.Tracking.Registration;

/// <summary>
/// What one stretch of one flight says of the sensors that saw it. Each measurement is place + velocity·t + ½
/// acceleration·t² + the error of its sensor + noise; place, velocity and acceleration are nobody's business here and
/// are eliminated by an orthogonal transformation (Householder; Golub and Van Loan, Matrix Computations, 5.2). What
/// remains are equations of unit noise in the sensors' errors alone, so the track's own filter, and whatever a bias
/// did to it, do not enter. A clock that is ahead by τ seconds shows the object where it was: −velocity·τ.
/// </summary>
sealed class WindowEquations
{
    const int Motion = 6, MostRows = (2 * TrackWindows.MostPlots) + 2;
    const int MostColumns = Motion + (3 * TrackWindows.MostPlots) + 1;

    readonly double[] matrix = new double[MostRows * MostColumns];
    readonly int[] places = new int[TrackWindows.MostPlots];
    int rows, columns;

    /// <summary>
    /// Compared sensors in the window; their errors are the unknowns, three each: range, azimuth, clock.
    /// </summary>
    public ReadOnlySpan<int> Places => places.AsSpan(0, PlaceCount);
    public int PlaceCount { get; private set; }
    /// <summary>Independent equations left after the motion was eliminated.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// The flight's velocity amid the window, metres per second, its larger variance, and when that was.
    /// </summary>
    public (double U, double V, double Variance, double Time) Flight { get; private set; }

    /// <summary>Coefficients of an equation over <see cref="Places"/>, three each.</summary>
    public ReadOnlySpan<double> CoefficientsOf(int equation) =>
        matrix.AsSpan(((Motion + equation) * columns) + Motion, 3 * PlaceCount);

    /// <summary>What the equation finds beyond the present estimates.</summary>
    public double FoundBy(int equation) => matrix[((Motion + equation) * columns) + columns - 1];

    /// <summary>Sets the equations up about the present estimates; false when the window compares nothing.</summary>
    /// <param name="plots">Of one track.</param>
    /// <param name="estimates">Three for each compared sensor.</param>
    /// <param name="sigmaAcceleration">Prior of the acceleration, metres per second squared.</param>
    public bool TrySet(ReadOnlySpan<WindowPlot> plots, ReadOnlySpan<double> estimates, double sigmaAcceleration)
    {
        FindPlaces(plots);
        if (PlaceCount < 2 || plots.Length < 3) return false;
        Fill(plots, estimates, sigmaAcceleration, 0, 0, withErrors: false);
        Eliminate();
        if (!TryFlight(0.5 * (plots[0].Time + plots[^1].Time))) return false;
        Fill(plots, estimates, sigmaAcceleration, Flight.U, Flight.V, withErrors: true);
        Eliminate();
        Count = rows - Motion;
        return true;
    }

    void FindPlaces(ReadOnlySpan<WindowPlot> plots)
    {
        PlaceCount = 0;
        foreach (ref readonly WindowPlot plot in plots)
            if (!Places.Contains(plot.Place)) places[PlaceCount++] = plot.Place;
    }

    void Fill(ReadOnlySpan<WindowPlot> plots, ReadOnlySpan<double> estimates, double sigmaAcceleration,
        double u, double v, bool withErrors)
    {
        columns = Motion + (withErrors ? 3 * PlaceCount : 0) + 1;
        rows = (2 * plots.Length) + 2;
        matrix.AsSpan(0, rows * columns).Clear();
        double middle = 0.5 * (plots[0].Time + plots[^1].Time), originX = plots[0].X, originY = plots[0].Y;
        for (int i = 0; i < plots.Length; i++)
        {
            ref readonly WindowPlot plot = ref plots[i];
            ReadOnlySpan<double> known = estimates.Slice(3 * plot.Place, 3);
            // Rows of the inverse Cholesky factor of the noise make the noise of the two equations one and independent.
            double l11 = Math.Sqrt(plot.Xx), l21 = plot.Xy / l11, l22 = Math.Sqrt(plot.Yy - (l21 * l21));
            double t = plot.Time - known[2] - middle, half = 0.5 * t * t;
            double x = plot.X - originX - (plot.RangeX * known[0]) - (plot.AzimuthX * known[1]);
            double y = plot.Y - originY - (plot.RangeY * known[0]) - (plot.AzimuthY * known[1]);
            Span<double> first = matrix.AsSpan(2 * i * columns, columns);
            Span<double> second = matrix.AsSpan(((2 * i) + 1) * columns, columns);
            Whiten(first, second, 0, 1, 0);
            Whiten(first, second, 1, 0, 1);
            Whiten(first, second, 2, t, 0);
            Whiten(first, second, 3, 0, t);
            Whiten(first, second, 4, half, 0);
            Whiten(first, second, 5, 0, half);
            Whiten(first, second, columns - 1, x, y);
            if (!withErrors) continue;
            int at = Motion + (3 * Places.IndexOf(plot.Place));
            Whiten(first, second, at, plot.RangeX, plot.RangeY);
            Whiten(first, second, at + 1, plot.AzimuthX, plot.AzimuthY);
            Whiten(first, second, at + 2, -u, -v);

            void Whiten(Span<double> one, Span<double> two, int column, double ofX, double ofY)
            {
                one[column] = ofX / l11;
                two[column] = (ofY - (l21 * one[column])) / l22;
            }
        }

        matrix[((rows - 2) * columns) + 4] = 1 / sigmaAcceleration;
        matrix[((rows - 1) * columns) + 5] = 1 / sigmaAcceleration;
    }

    /// <summary>Reflects the motion's columns to a triangle at the top; all columns follow.</summary>
    void Eliminate()
    {
        Span<double> reflector = stackalloc double[MostRows];
        for (int k = 0; k < Motion; k++)
        {
            double norm = 0;
            for (int i = k; i < rows; i++)
            {
                reflector[i] = matrix[(i * columns) + k];
                norm += reflector[i] * reflector[i];
            }

            norm = Math.Sqrt(norm);
            if (norm == 0) continue;
            reflector[k] += reflector[k] < 0 ? -norm : norm;
            double square = 0;
            for (int i = k; i < rows; i++) square += reflector[i] * reflector[i];
            for (int j = k; j < columns; j++)
            {
                double product = 0;
                for (int i = k; i < rows; i++) product += reflector[i] * matrix[(i * columns) + j];
                product *= 2 / square;
                for (int i = k; i < rows; i++) matrix[(i * columns) + j] -= product * reflector[i];
            }
        }
    }

    /// <summary>Solves the triangle for the velocity; false when the times do not tell it.</summary>
    bool TryFlight(double middle)
    {
        Span<double> motion = stackalloc double[Motion];
        for (int i = Motion - 1; i >= 0; i--)
        {
            double rest = matrix[(i * columns) + columns - 1], pivot = matrix[(i * columns) + i];
            for (int j = i + 1; j < Motion; j++) rest -= matrix[(i * columns) + j] * motion[j];
            if (Math.Abs(pivot) < 1e-6) return false;
            motion[i] = rest / pivot;
        }

        double speed = Math.Sqrt((motion[2] * motion[2]) + (motion[3] * motion[3]));
        Flight = (motion[2], motion[3], Math.Max(VarianceOf(2), VarianceOf(3)), middle);
        return speed < 5000;
    }

    /// <summary>Variance of a motion unknown: the squares of its row of the triangle's inverse.</summary>
    double VarianceOf(int unknown)
    {
        Span<double> row = stackalloc double[Motion];
        double sum = 0;
        for (int j = unknown; j < Motion; j++)
        {
            double rest = j == unknown ? 1 : 0;
            for (int k = unknown; k < j; k++) rest -= row[k] * matrix[(k * columns) + j];
            row[j] = rest / matrix[(j * columns) + j];
            sum += row[j] * row[j];
        }

        return sum;
    }
}
