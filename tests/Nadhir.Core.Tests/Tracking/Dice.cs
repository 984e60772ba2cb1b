namespace Nadhir.Core.Tests.Tracking;

/// <summary>Draws that the worlds of the tests need besides even ones.</summary>
static class Dice
{
    extension(Random random)
    {
        /// <summary>Gaussian, mean 0 and variance 1 (Box and Muller 1958).</summary>
        public double Normal() =>
            Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

        /// <summary>A count with a small mean (Knuth's product).</summary>
        public int Poisson(double mean)
        {
            double limit = Math.Exp(-mean), product = random.NextDouble();
            int n = 0;
            for (; product > limit; n++) product *= random.NextDouble();
            return n;
        }
    }
}
