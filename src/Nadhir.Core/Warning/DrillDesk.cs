using System.Collections.Immutable;

namespace Nadhir.Warning;

/// <summary>
/// The drills. The live system announces them and calls off what a real Warning interrupts; it never sounds one. An
/// exercise for which drills are planned warns while one runs, and at no other time: nothing of it outlasts the drill.
/// </summary>
sealed class DrillDesk
{
    readonly WatchConfiguration configuration;
    readonly DrillRow[] rows;

    public DrillDesk(WatchConfiguration configuration)
    {
        this.configuration = configuration;
        rows =
        [
            .. configuration.Drills.OrderBy(drill => drill.From).Select(drill => new DrillRow(
                drill.Id, DrillState.Planned, drill.From, drill.To, drill.Zones, DrillWords.Say(configuration, drill), "configuration")),
        ];
    }

    public ImmutableArray<DrillRow> Rows() => [.. rows];

    /// <summary>Whether alerts may be raised: always live, and in an exercise without a plan; else while a drill runs.</summary>
    public bool IsOpen => !configuration.Exercise || rows.Length == 0 || rows.Any(row => row.State == DrillState.Running);

    public void Tick(DateTimeOffset now, List<Decision> decisions)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            DrillRow row = rows[i];
            if (row.State is DrillState.Over or DrillState.CalledOff) continue;
            TimeSpan before = configuration.Drills.First(drill => drill.Id == row.Id).AnnounceBefore;
            DrillState state = now >= row.To ? DrillState.Over
                : now >= row.From ? DrillState.Running
                : now >= row.From - before ? DrillState.Announced : DrillState.Planned;
            if (state != row.State) Change(i, state, "rule", decisions);
        }
    }

    /// <summary>A real Warning: whoever hears a siren now must not think of a drill.</summary>
    public void OnWarning(string alert, List<Decision> decisions)
    {
        if (configuration.Exercise) return;
        for (int i = 0; i < rows.Length; i++)
            if (rows[i].State == DrillState.Running) Change(i, DrillState.CalledOff, $"rule: {alert} is real", decisions);
    }

    public void Handle(CallOffDrill order, List<Decision> decisions)
    {
        int i = Array.FindIndex(rows, row => row.Id == order.Drill);
        if (i < 0) decisions.Refuse("drill.callOff", Cause.Of(CauseCode.NoSuch, "drill", order.Drill));
        else if (rows[i].State is DrillState.Over or DrillState.CalledOff)
            decisions.Refuse("drill.callOff", Cause.Of(CauseCode.IsStateAlready, order.Drill, rows[i].State));
        else Change(i, DrillState.CalledOff, $"{order.By}: {order.Reason}", decisions);
    }

    void Change(int i, DrillState state, string by, List<Decision> decisions)
    {
        rows[i] = rows[i] with { State = state, By = by };
        decisions.Add(new DrillChanged(rows[i].Id, state, rows[i].From, rows[i].To, rows[i].Zones, rows[i].Texts, by));
    }
}
