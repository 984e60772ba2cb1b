using System.Text.Json;
using Nadhir.Journal;
using Nadhir.Sensing;
using Nadhir.Warning;

namespace Nadhir.Alarms;

/// <summary>What a duty officer was told. What people did themselves asks for no attention and counts as no alarm.</summary>
public enum AlarmKind : byte { Alert, Sensor, Clock, Coverage, Acknowledgement, Update }

/// <summary>Something the console called out, as the journal has it.</summary>
/// <param name="Subject">The zone of an alert, the sensor, or the zones that nobody sees any more.</param>
public sealed record AlarmRow(long Sequence, DateTimeOffset At, AlarmKind Kind, string Subject)
{
    public string? Alert { get; init; }
    /// <summary>The state an alert took on.</summary>
    public AlertState? State { get; init; }
    public ThreatKind? Threat { get; init; }
    public double? Probability { get; init; }
    /// <summary>Who released, updated, ended or acknowledged it, or "rule".</summary>
    public string? By { get; init; }
    /// <summary>Of an update: what it added, and until when the alert is kept in force.</summary>
    public Advice? Advice { get; init; }
    public DateTimeOffset? KeptUntil { get; init; }
    public string Detail { get; init; } = "";

    internal bool IsAlarm => Kind is not (AlarmKind.Acknowledgement or AlarmKind.Update);

    /// <summary>The row of an entry; null where it calls for nobody.</summary>
    public static AlarmRow? Of(long sequence, Entry entry)
    {
        if (entry.Kind != EntryKind.Decision || !MayMatter(entry.Payload.Span)) return null;
        return JsonSerializer.Deserialize(entry.Payload.Span, WatchJson.Default.Decision) is { } decision ? Of(sequence, entry.Time, decision) : null;
    }

    public static AlarmRow? Of(long sequence, DateTimeOffset at, Decision decision) => decision switch
    {
        AlertChanged change when change.Before != change.State && change.State != AlertState.Closed =>
            new(sequence, at, AlarmKind.Alert, change.Zone)
            {
                Alert = change.Alert, State = change.State, Threat = change.Kind, Probability = change.Probability, By = change.By,
                Detail = change.Reason,
            },
        AlertChanged { By: not "rule", State: AlertState.Watch or AlertState.Warning } update when update.Before == update.State =>
            new(sequence, at, AlarmKind.Update, update.Zone)
            {
                Alert = update.Alert, State = update.State, By = update.By, Advice = update.Advice, KeptUntil = update.KeptUntil,
            },
        Recorded { What: "acknowledgement" } seen when seen.Id.IndexOf('/', StringComparison.Ordinal) is > 0 and var at1 =>
            new(sequence, at, AlarmKind.Acknowledgement, "") { Alert = seen.Id[..at1], By = seen.Id[(at1 + 1)..] },
        SensorStateChanged { State: SensorState.Lost or SensorState.Off } lost =>
            new(sequence, at, AlarmKind.Sensor, lost.Sensor) { Detail = lost.Reason },
        SensorClockChanged clock when clock.State != ClockState.Right =>
            new(sequence, at, AlarmKind.Clock, clock.Sensor) { Detail = clock.Reason },
        CoverageChanged { Coverage: Coverage.Blind } blind =>
            new(sequence, at, AlarmKind.Coverage, string.Join(' ', blind.Zones)),
        _ => null,
    };

    /// <summary>Most decisions are of tracks: they are told by their first bytes.</summary>
    static bool MayMatter(ReadOnlySpan<byte> json) => Begins(json, "alert.changed"u8) || Begins(json, "recorded"u8)
        || Begins(json, "sensor.state"u8) || Begins(json, "sensor.clock"u8) || Begins(json, "zone.coverage"u8);

    static bool Begins(ReadOnlySpan<byte> json, ReadOnlySpan<byte> type)
    {
        ReadOnlySpan<byte> opening = "{\"type\":\""u8;
        return json.StartsWith(opening) && json[opening.Length..].StartsWith(type);
    }
}
