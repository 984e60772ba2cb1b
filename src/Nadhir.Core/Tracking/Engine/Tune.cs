namespace Nadhir.Tracking.Engine;
public static class Tune { public static int[] C = new int[10]; public static readonly double[] V = [.. Enumerable.Range(0, 30).Select(i => double.NaN)];
 public static double Get(int i, double d) => i < V.Length && !double.IsNaN(V[i]) ? V[i] : d; }
