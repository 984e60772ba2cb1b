using Nadhir.Tracking.Engine;

namespace Nadhir.Tracking.Ballistics;

/// <summary>Reads what the engine's motion bank believes of a track as ballistic hypotheses.</summary>
sealed class EngineBelief
{
    /// <summary>
    /// How far the drag may lie from that of a lane of the bank, m²/kg: about half the lanes' distance.
    /// </summary>
    const double LaneDragSigma = 3e-5;
    /// <summary>Drag of a rocket of which nothing is known yet: β about 8000 kg/m², anything from 3500 up.</summary>
    const double UnknownDrag = 1.2e-4, UnknownDragSigma = 8e-5;

    readonly MotionModel[] models;
    readonly double[] dwell;
    readonly int first, count;

    public EngineBelief(MotionBank bank)
    {
        int family = Array.FindIndex(bank.Families, f => f.Name == "ballistic");
        models = bank.Models;
        first = family < 0 ? 0 : bank.FirstOf[family];
        count = family < 0 ? 0 : bank.FirstOf[family + 1] - first;
        dwell = family < 0 ? [] : bank.Families[family].Dwell;
    }

    /// <summary>Hypotheses that <see cref="Fill"/> writes; 0 when the bank has no ballistic family.</summary>
    public int Count => count;

    /// <summary>Writes one hypothesis a model of the ballistic family.</summary>
    /// <returns>Weight of the whole family, and of its free fall.</returns>
    public (double Ballistic, double Falling) Fill(ReadOnlySpan<GaussianState> states, ReadOnlySpan<double> weights,
        Span<BallisticHypothesis> to)
    {
        double ballistic = 0, falling = 0;
        for (int i = 0; i < count; i++)
        {
            MotionModel model = models[first + i];
            double weight = weights[first + i];
            ballistic += weight;
            bool burns = model.Kind != MotionKind.Ballistic;
            if (!burns) falling += weight;
            to[i] = new()
            {
                State = burns
                    ? BallisticState.From(states[first + i], UnknownDrag, UnknownDragSigma)
                    : BallisticState.From(states[first + i], 1 / model.BallisticCoefficient, LaneDragSigma),
                Weight = weight,
                BurnSeconds = burns ? dwell[i] : 0,
                BurnNoise = burns ? model.HorizontalNoise : 0,
            };
        }

        return (ballistic, falling);
    }
}
