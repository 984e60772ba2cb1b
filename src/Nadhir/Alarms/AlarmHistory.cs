using Nadhir.Outlets;
using Nadhir.Storage;

namespace Nadhir.Alarms;

/// <summary>
/// Every alarm of the record, the latest <see cref="MostRows"/>: what each zone was warned of, and how many alarms a duty
/// officer had to take in. What was there at the start is read from the journal in the background; until then it says how
/// far it is.
/// </summary>
sealed class AlarmHistory : IOutlet
{
    public const int MostRows = 20_000;

    readonly Lock gate = new();
    readonly Queue<AlarmRow> rows = new();
    /// <summary>What is decided while the record is still being read.</summary>
    readonly Queue<AlarmRow> meanwhile = new();
    readonly long entries;
    long read, forgotten;
    string? fault;

    /// <param name="entries">Entries of the record at the start; decisions from there on are offered.</param>
    public AlarmHistory(long entries = 0) => this.entries = entries;

    public string Name => "alarms";

    /// <summary>Why the record could not be read to its end; null when it could, or is still being read.</summary>
    public string? Fault => Volatile.Read(ref fault);

    bool IsComplete => read >= entries;

    public void Offer(in DurableDecision decision)
    {
        if (decision.Sequence < entries || AlarmRow.Of(decision.Sequence, decision.Time, decision.Decision) is not { } row) return;
        lock (gate) Add(IsComplete ? rows : meanwhile, row);
    }

    /// <summary>Reads what the record holds of earlier.</summary>
    public void Read(string folder, CancellationToken stopping)
    {
        try
        {
            foreach ((long sequence, Journal.Entry entry) in JournalReading.Read(folder, 0))
            {
                if (sequence >= entries || stopping.IsCancellationRequested) break;
                AlarmRow? row = AlarmRow.Of(sequence, entry);
                lock (gate)
                {
                    read = sequence + 1;
                    if (row is not null) Add(rows, row);
                }
            }
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException or System.Text.Json.JsonException)
        {
            Volatile.Write(ref fault, broken.Message);
        }

        lock (gate)
        {
            read = entries;
            while (meanwhile.TryDequeue(out AlarmRow? row)) Add(rows, row);
        }
    }

    /// <summary>Rows of a zone, or of all, newest first.</summary>
    public AlarmAnswer Ask(string? zone, DateTimeOffset? since, int most, DateTimeOffset now)
    {
        lock (gate)
        {
            List<AlarmRow> found = [];
            int more = 0;
            foreach (AlarmRow row in rows.Concat(meanwhile).Reverse())
            {
                if (row.At < since || (zone is not null && !IsOf(row, zone))) continue;
                if (found.Count < most) found.Add(row);
                else more++;
            }

            DateTimeOffset[] times = [.. rows.Concat(meanwhile).Where(row => row.IsAlarm).Select(row => row.At)];
            return new(now, IsComplete && Fault is null, read, entries, forgotten, AlarmLoad.Of(times, now), [.. found], more);
        }
    }

    static bool IsOf(AlarmRow row, string zone) => row.Kind == AlarmKind.Coverage
        ? row.Subject.Split(' ').Contains(zone, StringComparer.Ordinal)
        : row.Kind is AlarmKind.Alert or AlarmKind.Acknowledgement or AlarmKind.Update && row.Subject == zone;

    void Add(Queue<AlarmRow> to, AlarmRow row)
    {
        // An acknowledgement names its alert only; the alert was called out in a zone before.
        if (row.Kind == AlarmKind.Acknowledgement)
            row = row with { Subject = rows.Concat(meanwhile).LastOrDefault(one => one.Alert == row.Alert)?.Subject ?? "" };
        if (to.Count == MostRows)
        {
            to.Dequeue();
            forgotten++;
        }

        to.Enqueue(row);
    }
}
