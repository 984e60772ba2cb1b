namespace Nadhir.Tracking.Engine;

/// <summary>
/// All tracks of one engine, one array a quantity, of fixed capacity. A track keeps its row for life; rows of dead tracks
/// are used again. <see cref="Alive"/> lists the living rows in no order. What a track may be is kept in branches: one
/// account of its past each. Nearly every track has one; those in an ambiguous cluster have several, and
/// <see cref="BranchOf"/> is the one in the likeliest hypothesis.
/// </summary>
sealed class TrackTable
{
    readonly int[] vacant, alive, vacantBranches;
    readonly int[] placeOf;
    int vacancies, branchVacancies;
    long births;

    public TrackTable(int capacity, MotionBank bank)
    {
        Capacity = capacity;
        Bank = bank;
        int branches = capacity + Math.Max(256, capacity / 4);
        States = new ModelStates[branches * bank.Count];
        Families = new byte[branches];
        Mean = new GaussianState[branches];
        StateTime = new double[branches];
        BranchExistence = new double[branches];
        vacantBranches = new int[branches];
        for (int i = 0; i < branches; i++) vacantBranches[i] = branches - 1 - i;
        branchVacancies = branches;
        BranchOf = new int[capacity];
        ClusterOf = new int[capacity];
        BirthNumber = new long[capacity];
        ExistenceTime = new double[capacity];
        Existence = new double[capacity];
        FirstSeen = new double[capacity];
        LastSeen = new double[capacity];
        Hits = new int[capacity];
        SoleHits = new int[capacity];
        LastSole = new double[capacity];
        ProvenAt = new double[capacity];
        HasHeight = new bool[capacity];
        Tags = new Tag[capacity];
        alive = new int[capacity];
        vacant = new int[capacity];
        placeOf = new int[capacity];
        for (int i = 0; i < capacity; i++) vacant[i] = capacity - 1 - i;
        vacancies = capacity;
    }

    public int Capacity { get; }
    public MotionBank Bank { get; }
    public int Count { get; private set; }
    public ReadOnlySpan<int> Alive => alive.AsSpan(0, Count);

    /// <summary>Per branch and family.</summary>
    public ModelStates[] States { get; }
    /// <summary>Per branch: the families still considered, a bit each.</summary>
    public byte[] Families { get; }
    /// <summary>Per branch: the models merged, at <see cref="StateTime"/>.</summary>
    public GaussianState[] Mean { get; }
    public double[] StateTime { get; }
    /// <summary>Per branch of a clustered track: probability that the object exists if this is its past.</summary>
    public double[] BranchExistence { get; }

    /// <summary>Per row, as all that follows.</summary>
    public int[] BranchOf { get; }
    /// <summary>Rises with every birth: the smaller of two is the older track.</summary>
    public long[] BirthNumber { get; }
    /// <summary>The cluster whose hypotheses concern the track, or −1.</summary>
    public int[] ClusterOf { get; }
    /// <summary>Until when survival has been counted into <see cref="Existence"/>.</summary>
    public double[] ExistenceTime { get; }
    public double[] Existence { get; }
    public double[] FirstSeen { get; }
    public double[] LastSeen { get; }
    public int[] Hits { get; }
    /// <summary>Measurements that were this track's and no other's, almost surely; when the last one and the third one came.</summary>
    public int[] SoleHits { get; }
    public double[] LastSole { get; }
    public double[] ProvenAt { get; }
    public bool[] HasHeight { get; }
    public Tag[] Tags { get; }

    public Span<ModelStates> StatesOf(int branch) => States.AsSpan(branch * Bank.Count, Bank.Count);

    /// <summary>The likeliest state of a row, at its own time.</summary>
    public ref GaussianState MeanOf(int row) => ref Mean[BranchOf[row]];
    public double TimeOf(int row) => StateTime[BranchOf[row]];

    /// <summary>A free row with one branch, or −1 when the table is full.</summary>
    public int Add()
    {
        if (vacancies == 0 || branchVacancies <= Cluster.MostRows) return -1; // the rest is for one more decision
        int branch = AddBranch();
        int row = vacant[--vacancies];
        placeOf[row] = Count;
        alive[Count++] = row;
        BranchOf[row] = branch;
        ClusterOf[row] = -1;
        BirthNumber[row] = ++births;
        Hits[row] = SoleHits[row] = 0;
        LastSole[row] = double.NegativeInfinity;
        ProvenAt[row] = double.PositiveInfinity;
        HasHeight[row] = false;
        Tags[row] = Tag.None;
        return row;
    }

    /// <summary>Branches not in use. When few are left, ambiguity is given up for the likeliest account.</summary>
    public int VacantBranches => branchVacancies;

    /// <summary>A branch not in use; <see cref="VacantBranches"/> says whether there is one.</summary>
    public int AddBranch()
    {
        Invariant.Require(branchVacancies > 0, "a branch is vacant");
        return vacantBranches[--branchVacancies];
    }

    public void FreeBranch(int branch) => vacantBranches[branchVacancies++] = branch;

    public void CopyBranch(int from, int to)
    {
        StatesOf(from).CopyTo(StatesOf(to));
        Families[to] = Families[from];
        Mean[to] = Mean[from];
        StateTime[to] = StateTime[from];
        BranchExistence[to] = BranchExistence[from];
    }

    /// <summary>Counts a measurement that is this track's alone.</summary>
    public void CountSole(int row, double time)
    {
        LastSole[row] = Math.Max(LastSole[row], time);
        if (++SoleHits[row] == 3) ProvenAt[row] = time;
    }

    public bool IsAlive(int row) => placeOf[row] < Count && alive[placeOf[row]] == row;

    /// <summary>Removes a row, which must have left its cluster; the last of the living takes its place in the list.</summary>
    public void Remove(int row)
    {
        int last = alive[--Count];
        alive[placeOf[row]] = last;
        placeOf[last] = placeOf[row];
        FreeBranch(BranchOf[row]);
        vacant[vacancies++] = row;
    }

    /// <summary>Brings <see cref="Mean"/> up to date with the models.</summary>
    public void MergeModels(int branch) => Mean[branch] = Bank.Merge(StatesOf(branch), Families[branch]);
}
