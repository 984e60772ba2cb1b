namespace Nadhir.Simulation.Load;

/// <summary>How cost grows with size: cost = factor · size^exponent, fitted by least squares on logarithms.</summary>
public readonly record struct ScalingLaw(double Exponent, double Factor)
{
    /// <summary>The law through points of size and cost, all positive; at least two sizes.</summary>
    public static ScalingLaw Through(ReadOnlySpan<(double Size, double Cost)> points)
    {
        double n = points.Length, sx = 0, sy = 0, sxx = 0, sxy = 0;
        foreach ((double size, double cost) in points)
        {
            double x = Math.Log(size), y = Math.Log(cost);
            sx += x;
            sy += y;
            sxx += x * x;
            sxy += x * y;
        }

        double spread = (n * sxx) - (sx * sx);
        Invariant.Require(spread > 0, "a law goes through two sizes or more");
        double exponent = ((n * sxy) - (sx * sy)) / spread;
        return new(exponent, Math.Exp((sy - (exponent * sx)) / n));
    }
}
