using System.Runtime.Intrinsics;

namespace Nadhir.Tracking.Engine;

/// <summary>
/// New states from what the association says: a branch becomes the moment-matched mixture over the measurements it may
/// have made and none, each model for itself, and the models' weights follow.
/// </summary>
sealed class Posterior(TrackTable table, ScanWork work)
{
    const double NegligiblePart = 1e-3, Least = 1e-300;

    readonly MotionBank bank = table.Bank;
    readonly List<Outcome> outcomes = [];
    ModelStates[] parts = new ModelStates[8];
    Octet[] shares = new Octet[8];

    /// <summary>One way a track's look may have ended: a branch with a measurement, or without.</summary>
    readonly record struct Outcome(int Entry, int Edge, double Weight);

    public void Clear() => outcomes.Clear();

    /// <summary>Adds an outcome; the weights are relative.</summary>
    public void Add(int entry, int edge, double weight)
    {
        if (weight > 0) outcomes.Add(new(entry, edge, weight));
    }

    /// <summary>
    /// Takes an entry's edges by their marginals, and its miss, as the outcomes; says how probable the object is after them.
    /// </summary>
    public double TakeMarginals(int entryIndex, out double seen)
    {
        ref Entry entry = ref work.EntryAt(entryIndex);
        Clear();
        seen = 0;
        for (int e = entry.FirstEdge; e < entry.EndEdge; e++)
        {
            Add(entryIndex, e, work.EdgeAt(e).Marginal);
            seen += work.EdgeAt(e).Marginal;
        }

        double unseen = Math.Max(0, 1 - seen) * entry.MissExistence;
        Add(entryIndex, -1, unseen);
        return seen + unseen;
    }

    /// <summary>
    /// Makes the outcomes into one branch. They start from branches predicted to the same time, or are all misses of one.
    /// </summary>
    public void Write(int target, ReadOnlySpan<Observation> observations)
    {
        double total = 0, most = 0;
        int likeliest = 0;
        for (int k = 0; k < outcomes.Count; k++)
        {
            total += outcomes[k].Weight;
            if (outcomes[k].Weight <= most) continue;
            most = outcomes[k].Weight;
            likeliest = k;
        }

        if (outcomes.Count == 0) return;
        Outcome first = outcomes[likeliest];
        int source = work.EntryAt(first.Entry).Branch;
        if (most >= (1 - NegligiblePart) * total)
        {
            if (source != target) table.CopyBranch(source, target);
            if (first.Edge >= 0) Apply(target, first, observations);
        }
        else
        {
            Mix(target, total, observations);
        }

        table.Families[target] = bank.Normalise(table.StatesOf(target), table.Families[target]);
        if (work.EntryAt(first.Entry).Predicted) table.StateTime[target] = work.EntryAt(first.Entry).At;
        table.MergeModels(target);
    }

    void Apply(int target, in Outcome outcome, ReadOnlySpan<Observation> observations)
    {
        ref Edge edge = ref work.EdgeAt(outcome.Edge);
        ref readonly Observation o = ref observations[edge.Observation];
        double lag = work.EntryAt(outcome.Entry).At - o.Time, scale = 1 / edge.Total;
        ReadOnlySpan<Octet> likelihoods = work.LikelihoodsOf(outcome.Edge);
        Span<ModelStates> states = table.StatesOf(target);
        for (int f = 0; f < states.Length; f++)
        {
            if ((table.Families[target] & (1 << f)) == 0) continue;
            Correction.Apply(ref states[f], o, lag);
            states[f].Weight = likelihoods[f] * scale;
        }
    }

    void Mix(int target, double total, ReadOnlySpan<Observation> observations)
    {
        byte families = 0;
        foreach (Outcome outcome in outcomes) families |= table.Families[work.EntryAt(outcome.Entry).Branch];
        if (parts.Length < outcomes.Count)
        {
            parts = new ModelStates[2 * outcomes.Count];
            shares = new Octet[2 * outcomes.Count];
        }

        for (int f = 0; f < bank.Count; f++)
        {
            if ((families & (1 << f)) == 0) continue;
            int used = 0;
            foreach (Outcome outcome in outcomes)
            {
                int branch = work.EntryAt(outcome.Entry).Branch;
                if (outcome.Weight < NegligiblePart * total || (table.Families[branch] & (1 << f)) == 0) continue;
                Part(used++, f, branch, outcome, observations);
            }

            if (used > 0) Blend(used, ref table.StatesOf(target)[f]);
        }

        table.Families[target] = families;
    }

    void Part(int at, int family, int branch, in Outcome outcome, ReadOnlySpan<Observation> observations)
    {
        ref ModelStates part = ref parts[at];
        part = table.StatesOf(branch)[family];
        if (outcome.Edge < 0)
        {
            shares[at] = part.Weight * outcome.Weight;
            return;
        }

        ref Edge edge = ref work.EdgeAt(outcome.Edge);
        ref readonly Observation o = ref observations[edge.Observation];
        shares[at] = work.LikelihoodsOf(outcome.Edge)[family] * (outcome.Weight / edge.Total);
        Correction.Apply(ref part, o, work.EntryAt(outcome.Entry).At - o.Time);
    }

    /// <summary>The mixture of the parts, lane by lane; lanes that no part has weight in keep the first part's state.</summary>
    void Blend(int used, ref ModelStates to)
    {
        Octet sum = Octet.Zero;
        for (int k = 0; k < used; k++) sum += shares[k];
        Octet none = Vector512.LessThan(sum, Vector512.Create(Least));
        Octet inverse = Vector512.Create(1.0) / Vector512.Max(sum, Vector512.Create(Least));
        ModelStates m = default;
        m.Weight = Vector512.ConditionalSelect(none, Octet.Zero, sum);
        for (int k = 0; k < used; k++)
        {
            Octet share = Vector512.ConditionalSelect(none, Vector512.Create(k == 0 ? 1.0 : 0.0), shares[k] * inverse);
            shares[k] = share;
            ref ModelStates p = ref parts[k];
            m.X += share * p.X;
            m.Y += share * p.Y;
            m.U += share * p.U;
            m.V += share * p.V;
            m.Z += share * p.Z;
            m.W += share * p.W;
        }

        for (int k = 0; k < used; k++) AddSpread(ref m, parts[k], shares[k]);
        to = m;
    }

    static void AddSpread(ref ModelStates m, in ModelStates p, Octet share)
    {
        Octet x = p.X - m.X, y = p.Y - m.Y, u = p.U - m.U, v = p.V - m.V, z = p.Z - m.Z, w = p.W - m.W;
        m.Xx += share * (p.Xx + (x * x));
        m.Xy += share * (p.Xy + (x * y));
        m.Xu += share * (p.Xu + (x * u));
        m.Xv += share * (p.Xv + (x * v));
        m.Yy += share * (p.Yy + (y * y));
        m.Yu += share * (p.Yu + (y * u));
        m.Yv += share * (p.Yv + (y * v));
        m.Uu += share * (p.Uu + (u * u));
        m.Uv += share * (p.Uv + (u * v));
        m.Vv += share * (p.Vv + (v * v));
        m.Zz += share * (p.Zz + (z * z));
        m.Zw += share * (p.Zw + (z * w));
        m.Ww += share * (p.Ww + (w * w));
    }
}
