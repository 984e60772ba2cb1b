namespace Nadhir.Tracking.Engine;

/// <summary>
/// All tracks of one engine, one array a quantity, of fixed capacity. A track keeps its row for life; rows of dead tracks
/// are used again. <see cref="Alive"/> lists the rows in order of birth.
/// </summary>
sealed class TrackTable
{
    readonly int[] vacant;
    readonly int[] alive;
    int vacancies;

    public TrackTable(int capacity, int models)
    {
        Capacity = capacity;
        ModelCount = models;
        States = new GaussianState[capacity * models];
        Weights = new double[capacity * models];
        Mean = new GaussianState[capacity];
        StateTime = new double[capacity];
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
        for (int i = 0; i < capacity; i++) vacant[i] = capacity - 1 - i;
        vacancies = capacity;
    }

    public int Capacity { get; }
    public int ModelCount { get; }
    public int Count { get; private set; }
    public ReadOnlySpan<int> Alive => alive.AsSpan(0, Count);

    /// <summary>Per row and motion model.</summary>
    public GaussianState[] States { get; }
    public double[] Weights { get; }
    /// <summary>The models merged, at <see cref="StateTime"/>.</summary>
    public GaussianState[] Mean { get; }
    public double[] StateTime { get; }
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

    public Span<GaussianState> StatesOf(int row) => States.AsSpan(row * ModelCount, ModelCount);
    public Span<double> WeightsOf(int row) => Weights.AsSpan(row * ModelCount, ModelCount);

    /// <summary>A free row, or −1 when the table is full.</summary>
    public int Add()
    {
        if (vacancies == 0) return -1;
        int row = vacant[--vacancies];
        alive[Count++] = row;
        WeightsOf(row).Clear();
        Hits[row] = SoleHits[row] = 0;
        LastSole[row] = double.NegativeInfinity;
        ProvenAt[row] = double.PositiveInfinity;
        HasHeight[row] = false;
        Tags[row] = Tag.None;
        return row;
    }

    /// <summary>Counts a measurement that is this track's alone.</summary>
    public void CountSole(int row, double time)
    {
        LastSole[row] = Math.Max(LastSole[row], time);
        if (++SoleHits[row] == 3) ProvenAt[row] = time;
    }

    /// <summary>Removes what the rule says, keeping the order of the others.</summary>
    public void RemoveWhere(Func<int, bool> gone)
    {
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            int row = alive[i];
            if (gone(row)) vacant[vacancies++] = row;
            else alive[kept++] = row;
        }

        Count = kept;
    }

    /// <summary>Brings <see cref="Mean"/> up to date with the models.</summary>
    public void MergeModels(int row) => Mean[row] = GaussianState.Merge(StatesOf(row), WeightsOf(row));
}
