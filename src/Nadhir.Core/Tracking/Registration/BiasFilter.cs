namespace Nadhir.Tracking.Registration;

/// <summary>
/// Kalman filter over the systematic errors of all compared sensors together: range (metres), azimuth (radians) and
/// clock (seconds), three a sensor. One comparison ties several sensors, so their estimates are correlated and what
/// only differences can tell stays uncertain. Errors wander slowly and, unconfirmed, return to the prior
/// (Ornstein–Uhlenbeck).
/// </summary>
sealed class BiasFilter
{
    readonly int size;
    readonly double[] prior;
    readonly double memorySeconds;
    double[] covariance, trial;
    double[] means, trialMeans;
    readonly double[] product;
    double time = double.NaN;

    /// <param name="priorVariances">Three for each sensor; zero where there is nothing to estimate.</param>
    /// <param name="memorySeconds">Time constant of the return to the prior.</param>
    public BiasFilter(double[] priorVariances, double memorySeconds)
    {
        prior = priorVariances;
        size = prior.Length;
        this.memorySeconds = memorySeconds;
        covariance = new double[size * size];
        trial = new double[size * size];
        means = new double[size];
        trialMeans = new double[size];
        product = new double[size];
        for (int i = 0; i < size; i++) covariance[(i * size) + i] = prior[i];
    }

    public ReadOnlySpan<double> Means => means;
    public double PriorOf(int state) => prior[state];
    public double Covariance(int one, int other) => covariance[(one * size) + other];

    /// <summary>Lets time pass; reckoned once a second at most.</summary>
    public void Advance(double seconds)
    {
        if (!(seconds <= time + 1 || double.IsNaN(time))) Wander(seconds - time);
        if (double.IsNaN(time) || seconds > time + 1) time = seconds;
    }

    void Wander(double step)
    {
        double keep = Math.Exp(-step / memorySeconds), square = keep * keep;
        for (int i = 0; i < covariance.Length; i++) covariance[i] *= square;
        for (int i = 0; i < size; i++)
        {
            means[i] *= keep;
            covariance[(i * size) + i] += (1 - square) * prior[i];
        }
    }

    /// <summary>Tries the equations of a window without keeping what they say.</summary>
    /// <param name="equations">About the present means.</param>
    /// <param name="freed">A sensor whose errors are taken as unknown, or −1.</param>
    /// <returns>Sum of the squared innovations in their sigmas: as many as there are equations, on average.</returns>
    public double Try(WindowEquations equations, int freed)
    {
        covariance.CopyTo(trial, 0);
        means.CopyTo(trialMeans, 0);
        if (freed >= 0)
        {
            for (int i = 3 * freed; i < (3 * freed) + 3; i++)
                trial[(i * size) + i] += prior[i] + (means[i] * means[i]);
        }

        double squares = 0;
        for (int e = 0; e < equations.Count; e++) squares += Use(equations, e);
        return squares;
    }

    /// <summary>Keeps what the last trial said.</summary>
    public void Keep()
    {
        (covariance, trial) = (trial, covariance);
        (means, trialMeans) = (trialMeans, means);
    }

    /// <summary>
    /// The sensor is no longer what it was: its errors are open again about what is guessed of them, the others keep
    /// what they know.
    /// </summary>
    public void Restart(int place, double rangeMetres, double azimuthRadians)
    {
        for (int i = 3 * place; i < (3 * place) + 3; i++)
        {
            for (int j = 0; j < size; j++) covariance[(i * size) + j] = covariance[(j * size) + i] = 0;
            covariance[(i * size) + i] = prior[i];
            means[i] = 0;
        }

        means[3 * place] = rangeMetres;
        means[(3 * place) + 1] = azimuthRadians;
    }

    double Use(WindowEquations equations, int equation)
    {
        ReadOnlySpan<double> coefficients = equations.CoefficientsOf(equation);
        ReadOnlySpan<int> places = equations.Places;
        Array.Clear(product);
        double innovation = equations.FoundBy(equation), total = 1;
        for (int p = 0; p < places.Length; p++)
        {
            for (int k = 0; k < 3; k++)
            {
                int state = (3 * places[p]) + k;
                double coefficient = coefficients[(3 * p) + k];
                if (coefficient == 0) continue;
                // The equations stand about the kept means; what earlier ones of this window moved counts off.
                innovation -= coefficient * (trialMeans[state] - means[state]);
                ReadOnlySpan<double> row = trial.AsSpan(state * size, size);
                for (int i = 0; i < size; i++) product[i] += coefficient * row[i];
            }
        }

        for (int p = 0; p < places.Length; p++)
            for (int k = 0; k < 3; k++) total += coefficients[(3 * p) + k] * product[(3 * places[p]) + k];
        for (int i = 0; i < size; i++)
        {
            double gain = product[i] / total;
            if (gain == 0) continue;
            trialMeans[i] += gain * innovation;
            Span<double> row = trial.AsSpan(i * size, size);
            for (int j = 0; j < size; j++) row[j] -= gain * product[j];
        }

        return innovation * innovation / total;
    }
}
