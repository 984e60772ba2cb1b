using System.Text.Json;
using Nadhir.Commands;
using Nadhir.Runs;
using Nadhir.Simulation.Families;
using Nadhir.Warning;

namespace Nadhir.Reports;

/// <summary>What truly happened in the run of a family, where it stands beside its record.</summary>
sealed class TruthBeside
{
    readonly VariantTruth truth;
    readonly double horizonSeconds;

    TruthBeside(VariantTruth truth, WarningPolicy policy) =>
        (this.truth, horizonSeconds) = (truth, policy.WarningHorizon.TotalSeconds);

    /// <summary>Null when there is none, or it is of another kind of run.</summary>
    public static TruthBeside? Find(string folder, WarningPolicy policy)
    {
        string file = Path.Combine(folder, VariantRun.TruthFile);
        if (!File.Exists(file)) return null;
        string text = File.ReadAllText(file);
        using JsonDocument document = JsonDocument.Parse(text);
        if (!document.RootElement.TryGetProperty("schema", out JsonElement schema)
            || schema.GetString() != VariantTruth.SchemaName) return null;
        return JsonSerializer.Deserialize<VariantTruth>(text, ReportCommand.Json) is { } truth ? new(truth, policy) : null;
    }

    /// <summary>A Watch or Warning with its lead before the true arrival, and that over what was possible.</summary>
    public AlertLine Fill(AlertLine alert)
    {
        if (alert.State is not (AlertState.Watch or AlertState.Warning)
            || truth.Events.FirstOrDefault(at => at.Zone == alert.Zone) is not { } arrival) return alert;
        double lead = arrival.ArrivalSeconds - (alert.Time - truth.Start).TotalSeconds;
        double possible = Math.Min(arrival.ArrivalSeconds - arrival.VisibleSeconds, horizonSeconds);
        return alert with
        {
            LeadSeconds = Math.Round(lead, 3),
            LeadFraction = alert.State == AlertState.Warning ? Math.Round(Math.Clamp(lead / possible, 0, 1), 4) : null,
        };
    }
}
