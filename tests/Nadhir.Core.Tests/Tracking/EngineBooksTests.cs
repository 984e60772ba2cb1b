using Nadhir.Tracking.Engine;

namespace Nadhir.Core.Tests.Tracking;

/// <summary>
/// The engine's books after every scan, whatever happened in it: close groups whose hypotheses come and go, bearings that
/// hang all tracks together, tables that are full. Each branch belongs to one track or to none, and is counted.
/// </summary>
public sealed class EngineBooksTests
{
    readonly HashSet<int> alive = [];
    BernoulliEngine engine = null!;

    [Theory]
    [InlineData(1, 512, 12)]
    [InlineData(2, 512, 30)]
    [InlineData(3, 60, 30)]
    [InlineData(4, 25, 12)]
    [InlineData(5, 25, 40)]
    public void Every_branch_is_one_tracks_or_vacant_and_every_state_is_up_to_date(int seed, int capacity, int objects)
    {
        engine = new(MotionBanks.Surveillance(withRockets: true), new() { Capacity = capacity, BirthBelow = 1e-4 });
        int branches = engine.Table.VacantBranches, clustered = 0, largest = 0;
        Random random = new(seed);
        World world = new(alive);
        double[] free = new double[512];
        for (int k = 0; k < 150; k++)
        {
            Observation[] scan = k % 5 == 4 ? [Bearing(k)] : Plots(random, k, objects);
            engine.Scan(k, scan, world, world, free.AsSpan(0, scan.Length));
            if (k % 7 == 0 && engine.Table.Count > 0) engine.End(engine.Table.Alive[k % engine.Table.Count]);
            if (k % 14 == 0) engine.Forget(world);
            Check(branches, ref clustered);
            largest = Math.Max(largest, engine.Table.Count);
        }

        Assert.True(clustered > 20, "hypotheses were kept");
        Assert.True(largest > Math.Min(20, capacity - 1), "more tracks than can be listed");
    }

    void Check(int branches, ref int clustered)
    {
        TrackTable table = engine.Table;
        Assert.Equal(alive.Order(), table.Alive.ToArray().Order());
        HashSet<int> used = [];
        foreach (int row in table.Alive)
        {
            int index = table.ClusterOf[row], branch = table.BranchOf[row];
            Assert.InRange(table.Existence[row], 0, 1);
            Assert.True(double.IsFinite(table.Mean[branch].X + table.Mean[branch].Xx + table.Mean[branch].Vv));
            GaussianState merged = table.Bank.Merge(table.StatesOf(branch), table.Families[branch]);
            Assert.Equal(merged.X, table.Mean[branch].X, 1e-6);
            if (index < 0)
            {
                Assert.True(used.Add(branch), "a branch belongs to one track");
                continue;
            }

            clustered++;
            Cluster cluster = engine.Clusters[index];
            int column = cluster.ColumnOf(row);
            Assert.True(column >= 0, "a clustered track is in its cluster");
            Assert.Equal(branch, cluster.BranchAt(0, column));
            Assert.Equal(1, cluster.Weights.Take(cluster.HypothesisCount).Sum(), 1e-9);
            int[] own = new int[Cluster.MostHypotheses];
            for (int i = 0, count = cluster.DistinctBranches(column, own); i < count; i++)
                Assert.True(used.Add(own[i]), "a branch belongs to one track");
        }

        Assert.Equal(branches, used.Count + table.VacantBranches);
    }

    /// <summary>Pairs and fours 300 m apart that move together, each seen nine times in ten, and some clutter.</summary>
    static Observation[] Plots(Random random, int k, int objects)
    {
        List<Observation> scan = [];
        for (int i = 0; i < objects; i++)
        {
            if (random.NextDouble() > 0.9) continue;
            double x = (9000 * (i / 4)) + (300 * (i % 4)) + (150 * k), y = 200 * (i % 2) + (40 * Math.Sin(k + i));
            scan.Add(Position(x + (120 * random.NextDouble()), y + (120 * random.NextDouble()), k));
        }

        for (int i = 0; i < 6; i++) scan.Add(Position(90_000 * random.NextDouble(), 4000 * random.NextDouble(), k));
        return [.. scan];
    }

    static Observation Position(double x, double y, double time) => new()
    {
        Time = time, X = x, Y = y, Xx = 14_400, Yy = 14_400, HasHeight = true, Z = 5000, Zz = 10_000,
        ClutterDensity = 1e-12, BirthDensity = 3e-12, Tag = Tag.None,
    };

    static Observation Bearing(double time) => new()
    {
        Kind = ObservationKind.Bearing, Time = time, X = -50_000, Y = 1000, Azimuth = Math.PI / 2, AzimuthVariance = 0.04,
        ClutterDensity = 0.01, Tag = Tag.None,
    };

    /// <summary>A radar that sees all, and what it hears of the rows.</summary>
    sealed class World(HashSet<int> alive) : ICoverage, IEngineListener
    {
        public double Revisit => 1;

        public void Look(int row, in GaussianState predicted, out double hit, out double miss) => hit = miss = 0.9;

        public void OnBorn(int row, int observation) => Assert.True(alive.Add(row), "a row is born once");
        public void OnCorrected(int row, int observation, double probability, double seen) => Assert.Contains(row, alive);
        public void OnMissed(int row) => Assert.Contains(row, alive);
        public void OnRemoved(int row) => Assert.True(alive.Remove(row), "a row is removed once");
    }
}
