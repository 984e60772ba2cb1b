namespace Nadhir.Tracking.Engine;

/// <summary>Starts a track from every position that known tracks do not explain (measurement-driven Poisson birth).</summary>
sealed class Births(MotionBank bank, TrackTable table, EngineSettings settings)
{
    /// <summary>What another tracker's word is worth.</summary>
    const double VouchedExistence = 0.995;
    const double UnknownHeight = 5000, UnknownHeightSigma = 3000;

    /// <summary>Improbable tracks given up for more probable new ones because the table was full, and starts refused.</summary>
    public long ShedCount { get; private set; }

    public void Start(ReadOnlySpan<Observation> observations, ReadOnlySpan<double> free, IEngineListener listener)
    {
        for (int j = 0; j < observations.Length; j++)
        {
            ref readonly Observation o = ref observations[j];
            if (o.Kind != ObservationKind.Position || (o.BirthDensity <= 0 && !o.Vouched)) continue;
            double existence = free[j]
                * (o.Vouched ? VouchedExistence : o.BirthDensity / (o.BirthDensity + o.ClutterDensity));
            if (existence < settings.BirthBelow) continue;
            int row = table.Add();
            if (row < 0 && MakeRoom(existence, listener)) row = table.Add();
            if (row < 0)
            {
                ShedCount++;
                continue;
            }

            Begin(row, o, existence);
            listener.OnBorn(row, j);
        }
    }

    bool MakeRoom(double existence, IEngineListener listener)
    {
        int least = -1;
        foreach (int row in table.Alive)
            if (least < 0 || table.Existence[row] < table.Existence[least]) least = row;
        if (least < 0 || table.Existence[least] >= existence) return false;
        listener.OnRemoved(least);
        table.RemoveWhere(row => row == least);
        ShedCount++;
        return true;
    }

    void Begin(int row, in Observation o, double existence)
    {
        table.Existence[row] = existence;
        table.StateTime[row] = table.ExistenceTime[row] = table.FirstSeen[row] = table.LastSeen[row] = o.Time;
        table.Hits[row] = 1;
        table.HasHeight[row] = o.HasHeight;
        table.Tags[row] = o.Tag;
        Span<GaussianState> states = table.StatesOf(row);
        Span<double> weights = table.WeightsOf(row);
        double sum = 0;
        for (int m = 0; m < states.Length; m++)
        {
            MotionFamily family = bank.Families[bank.FamilyOf[m]];
            double speedVariance = family.FirstSpeed * family.FirstSpeed;
            weights[m] = bank.BirthWeight[m];
            states[m] = new()
            {
                X = o.X,
                Y = o.Y,
                Xx = o.Xx,
                Xy = o.Xy,
                Yy = o.Yy,
                Uu = speedVariance,
                Vv = speedVariance,
                Z = o.HasHeight ? o.Z : UnknownHeight,
                Zz = o.HasHeight ? o.Zz : UnknownHeightSigma * UnknownHeightSigma,
                Ww = family.FirstClimb * family.FirstClimb,
            };
            if (o.HasVelocity)
            {
                double total = speedVariance + o.VelocityVariance;
                weights[m] *= Math.Exp(-0.5 * ((o.U * o.U) + (o.V * o.V)) / total) / total;
                states[m].U = o.U * speedVariance / total;
                states[m].V = o.V * speedVariance / total;
                states[m].Uu = states[m].Vv = speedVariance * o.VelocityVariance / total;
            }

            sum += weights[m];
        }

        for (int m = 0; m < weights.Length; m++) weights[m] = sum > 0 ? weights[m] / sum : bank.BirthWeight[m];
        table.MergeModels(row);
    }
}
