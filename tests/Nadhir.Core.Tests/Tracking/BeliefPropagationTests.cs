using CsCheck;
using Nadhir.Tracking.Engine;

namespace Nadhir.Core.Tests.Tracking;

public sealed class BeliefPropagationTests
{
    [Fact]
    public void On_a_tree_belief_propagation_is_exact() =>
        Weights(3, 2).Sample(w =>
        {
            w[0, 1] = w[2, 0] = w[2, 1] = 0; // 0–0, 1–0, 1–1: a chain
            Compare(w, 1e-3);
        });

    /// <summary>With loops it is an approximation without a bound: good nearly always, and never far off here.</summary>
    [Fact]
    public void With_loops_it_stays_near_the_exact_marginals()
    {
        Random random = new(3);
        List<double> errors = [];
        for (int draw = 0; draw < 3000; draw++)
        {
            double[,] w = new double[3, 3];
            for (int k = 0; k < 9; k++) w[k / 3, k % 3] = Math.Pow(10, (7 * random.NextDouble()) - 4);
            (double[,] marginal, double[] _) = Propagate(w);
            (double[,] exact, double[] _) = Enumerate(w);
            for (int k = 0; k < 9; k++) errors.Add(Math.Abs(marginal[k / 3, k % 3] - exact[k / 3, k % 3]));
        }

        errors.Sort();
        Assert.InRange(errors.Average(), 0, 0.005);
        Assert.InRange(errors[(int)(0.99 * errors.Count)], 0, 0.15);
        Assert.InRange(errors[^1], 0, 0.5);
    }

    [Fact]
    public void Marginals_never_give_more_than_one_measurement_to_a_track() =>
        Weights(4, 4).Sample(w =>
        {
            (double[,] marginal, double[] free) = Propagate(w);
            for (int i = 0; i < 4; i++) Assert.InRange(Enumerable.Range(0, 4).Sum(j => marginal[i, j]), 0, 1 + 1e-9);
            Assert.All(free, f => Assert.InRange(f, 0, 1 + 1e-9));
        });

    /// <summary>Odds of each pair against the miss, over seven decades; the density of the unclaimed is one.</summary>
    static Gen<double[,]> Weights(int tracks, int observations) =>
        Gen.Double[-4, 3].Array[tracks * observations].Select(exponents =>
        {
            double[,] weights = new double[tracks, observations];
            for (int k = 0; k < exponents.Length; k++)
                weights[k / observations, k % observations] = Math.Pow(10, exponents[k]);
            return weights;
        });

    static void Compare(double[,] weights, double tolerance)
    {
        (double[,] marginal, double[] free) = Propagate(weights);
        (double[,] exact, double[] exactFree) = Enumerate(weights);
        for (int i = 0; i < weights.GetLength(0); i++)
            for (int j = 0; j < weights.GetLength(1); j++) Assert.Equal(exact[i, j], marginal[i, j], tolerance);
        for (int j = 0; j < free.Length; j++) Assert.Equal(exactFree[j], free[j], tolerance);
    }

    static (double[,] Marginal, double[] Free) Propagate(double[,] weights)
    {
        int tracks = weights.GetLength(0), observations = weights.GetLength(1);
        List<int> start = [0], observation = [];
        List<double> weight = [];
        for (int i = 0; i < tracks; i++)
        {
            for (int j = 0; j < observations; j++)
            {
                if (weights[i, j] <= 0) continue;
                observation.Add(j);
                weight.Add(weights[i, j]);
            }

            start.Add(observation.Count);
        }

        double[] free = new double[observations];
        double[] edges = new double[observation.Count];
        new BeliefPropagation().Solve(start.ToArray(), observation.ToArray(), weight.ToArray(), edges, free);
        double[,] marginal = new double[tracks, observations];
        for (int i = 0; i < tracks; i++)
            for (int e = start[i]; e < start[i + 1]; e++) marginal[i, observation[e]] = edges[e];
        return (marginal, free);
    }

    [Fact]
    public void Listing_all_events_gives_the_exact_marginals() =>
        Weights(4, 4).Sample(w =>
        {
            (double[,] marginal, double[] free) = List(w);
            (double[,] exact, double[] exactFree) = Enumerate(w);
            for (int i = 0; i < 4; i++)
                for (int j = 0; j < 4; j++) Assert.Equal(exact[i, j], marginal[i, j], 0.02);
            for (int j = 0; j < free.Length; j++) Assert.Equal(exactFree[j], free[j], 0.02);
        });

    /// <summary>The same by <see cref="JointEvents"/>, which leaves out events that are most unlikely.</summary>
    static (double[,] Marginal, double[] Free) List(double[,] weights)
    {
        int tracks = weights.GetLength(0), observations = weights.GetLength(1);
        ScanWork work = new(1);
        work.Clear(new Observation[observations]);
        JointEvents events = new(work);
        events.Begin(tracks);
        for (int i = 0; i < tracks; i++)
        {
            events.SetAlone(i, work.OpenEntry(work.OpenLook(i, 0.9, 0.9), i, 0.9));
            for (int j = 0; j < observations; j++) work.KeepEdge(j, 1, weights[i, j]);
        }

        Assert.True(events.TryEnumerate(observations));
        double[,] marginal = new double[tracks, observations];
        double[] free = Enumerable.Repeat(1.0, observations).ToArray();
        for (int e = 0; e < events.Count; e++)
        {
            for (int i = 0; i < tracks; i++)
            {
                if (events.ChoiceOf(e, i) < 0) continue;
                int j = work.EdgeAt(events.ChoiceOf(e, i)).Observation;
                marginal[i, j] += events.WeightOf(e);
                free[j] -= events.WeightOf(e);
            }
        }

        return (marginal, free);
    }

    /// <summary>All ways to give each track one measurement or none, each measurement at most once.</summary>
    static (double[,] Marginal, double[] Free) Enumerate(double[,] weights)
    {
        int tracks = weights.GetLength(0), observations = weights.GetLength(1);
        double[,] marginal = new double[tracks, observations];
        double[] taken = new double[observations];
        double total = 0;
        int[] choice = new int[tracks];
        void Choose(int i, int used, double weight)
        {
            if (weight == 0) return;
            if (i == tracks)
            {
                total += weight;
                for (int k = 0; k < tracks; k++)
                {
                    if (choice[k] < 0) continue;
                    marginal[k, choice[k]] += weight;
                    taken[choice[k]] += weight;
                }

                return;
            }

            choice[i] = -1;
            Choose(i + 1, used, weight);
            for (int j = 0; j < observations; j++)
            {
                if ((used & (1 << j)) != 0) continue;
                choice[i] = j;
                Choose(i + 1, used | (1 << j), weight * weights[i, j]);
            }
        }

        Choose(0, 0, 1);
        for (int i = 0; i < tracks; i++)
            for (int j = 0; j < observations; j++) marginal[i, j] /= total;
        return (marginal, taken.Select(t => 1 - (t / total)).ToArray());
    }
}
