using Nadhir.Tracking.Engine;
using Nadhir.Tracking.Trust;

namespace Nadhir.Tracking;

/// <summary>When a row becomes a track with a number, and when it ends.</summary>
public sealed partial class MultiSensorTracker
{
    /// <summary>Confirms, reports and drops what has changed; every second of data, whatever there is.</summary>
    void Announce()
    {
        if (now >= nextSweep)
        {
            nextSweep = now + SweepSeconds;
            touched.Clear();
            foreach (int row in engine.Table.Alive)
            {
                engine.Survive(row, now);
                Judge(row);
            }

            engine.PlaceAll(now);
        }
        else
        {
            touched.Sort(byAge);
            foreach (int row in touched) Judge(row);
            touched.Clear();
        }

        foreach (TrackRecord record in touchedRecords) record.IsTouched = false;
        touchedRecords.Clear();
        engine.Forget(this);
    }

    /// <summary>Notes a row for the next <see cref="Announce"/>.</summary>
    void Touch(int row)
    {
        if (records[row].IsTouched) return;
        records[row].IsTouched = true;
        touchedRecords.Add(records[row]);
        touched.Add(row);
    }

    void Judge(int row)
    {
        TrackRecord record = records[row];
        double unseen = now - engine.Table.LastSeen[row];
        double existence = Held(row, record, unseen);
        if (record.WasCorrected) publisher.Classify(row, record);
        bool seenEnough = record.IsVouched || engine.Table.Hits[row] >= options.ConfirmDetections;
        seenEnough &= record.Id != 0 || SourceQuality.MayConfirm(record, sensors);
        if (record.Id == 0 && existence >= options.ConfirmExistence && seenEnough && IsClear(row))
        {
            record.Id = nextId++;
            confirmed++;
            record.ConfirmedAt = TimeAt(now);
            sink!.OnConfirmed(Publish(row));
        }
        else if (record.Id != 0 && record.WasCorrected)
        {
            sink!.OnUpdated(Publish(row));
        }

        record.WasCorrected = false;
        bool overdue = unseen > LimitOf(record) && !IsHidden(row, record, unseen);
        if (overdue || existence < LeastExistence || (record.Id != 0 && existence < MissedOnce * options.DropExistence)) engine.End(row);
    }

    /// <summary>
    /// Whether it is clear which object a row is, so that its number will not have to change; after one more detection
    /// the number is given all the same: a warning waits for no certainty of this kind.
    /// </summary>
    bool IsClear(int row) => engine.CertaintyOf(row) >= options.ConfirmCertainty
        || engine.Table.Hits[row] > options.ConfirmDetections;

    /// <summary>Existence, kept from falling below the drop limit while a confirmed track is held.</summary>
    double Held(int row, TrackRecord record, double unseen)
    {
        ref double existence = ref engine.Table.Existence[row];
        if (record.Id != 0 && existence > 0 && unseen < options.HoldConfirmed.TotalSeconds)
            existence = Math.Max(existence, options.DropExistence);
        return existence;
    }

    bool IsHidden(int row, TrackRecord record, double unseen) => record.Id != 0
        && HiddenTracks.Holds(sensors, record, engine.At(row, now), engine.Table.HasHeight[row], unseen);

    double LimitOf(TrackRecord record)
    {
        if (record.Id == 0) return options.TentativeLimit.TotalSeconds;
        ClassProbabilities likely = record.Class;
        if (likely.Ballistic > 0.5) return options.BallisticLimit.TotalSeconds;
        return (likely.SlowDrone + likely.Helicopter > 0.5 ? options.SlowLimit : options.AircraftLimit).TotalSeconds;
    }
}
