using Nadhir.Tracking.Engine;

namespace Nadhir.Tracking.Ballistics;

/// <summary>Reads what the engine's motion bank believes of a track as ballistic hypotheses.</summary>
sealed class EngineBelief
{
    /// <summary>
    /// How far the drag may lie from that of a lane of the bank, m²/kg: about half the lanes' distance.
    /// </summary>
    const double LaneDragSigma = 2.5e-5;
    /// <summary>Drag of a rocket of which nothing is known yet: β about 8000 kg/m², anything from 3500 up.</summary>
    const double UnknownDrag = 1.2e-4, UnknownDragSigma = 8e-5;

    readonly MotionModel[] models;
    readonly double[] dwell;
    readonly int family;

    public EngineBelief(MotionBank bank)
    {
        family = Array.FindIndex(bank.Families, f => f.Name == "ballistic");
        models = family < 0 ? [] : bank.Families[family].Models;
        dwell = family < 0 ? [] : bank.Families[family].Dwell;
    }

    /// <summary>Hypotheses that <see cref="Fill"/> writes; 0 when the bank has no ballistic family.</summary>
    public int Count => models.Length;

    /// <summary>Weight of free fall in what a track may be.</summary>
    public double Falling(TrackTable table, int row)
    {
        int branch = table.BranchOf[row];
        if (family < 0 || (table.Families[branch] & (1 << family)) == 0) return 0;
        ref readonly ModelStates states = ref table.StatesOf(branch)[family];
        double falling = 0;
        for (int i = 0; i < models.Length; i++)
            if (models[i].Kind == MotionKind.Ballistic) falling += states.Weight[i];
        return falling;
    }

    /// <summary>Writes one hypothesis a model of the ballistic family.</summary>
    public void Fill(TrackTable table, int row, Span<BallisticHypothesis> to)
    {
        ref readonly ModelStates states = ref table.StatesOf(table.BranchOf[row])[family];
        for (int i = 0; i < models.Length; i++)
        {
            MotionModel model = models[i];
            bool burns = model.Kind != MotionKind.Ballistic;
            GaussianState lane = states.Lane(i);
            to[i] = new()
            {
                State = burns
                    ? BallisticState.From(lane, UnknownDrag, UnknownDragSigma)
                    : BallisticState.From(lane, 1 / model.BallisticCoefficient, LaneDragSigma),
                Weight = states.Weight[i],
                BurnSeconds = burns ? dwell[i] : 0,
                BurnNoise = burns ? model.HorizontalNoise : 0,
            };
        }
    }
}
