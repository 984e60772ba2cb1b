using System.Collections.Immutable;
using System.Runtime.Intrinsics;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Tracking.Ballistics;
using Nadhir.Units;

namespace Nadhir.Tracking.Engine;

/// <summary>
/// Makes the published form of a row: WGS 84, true course, status, class, and where it comes down when it falls.
/// </summary>
sealed class TrackPublisher(StereographicPlane plane, MotionBank bank, TrackTable table, SensorGeometry[] sensors,
    FallingTracks falling, double ground)
{
    const double ContributingFor = 60, ClassMemory = 0.3;

    readonly int ballisticFamily = Array.FindIndex(bank.Families, family => family.Name == "ballistic");

    /// <summary>Brings the class of a corrected row up to date.</summary>
    public void Classify(int row, TrackRecord record)
    {
        double share = double.NaN;
        if (ballisticFamily >= 0)
        {
            int branch = table.BranchOf[row];
            bool considered = (table.Families[branch] & (1 << ballisticFamily)) != 0;
            share = considered ? Lanes.Sum(table.StatesOf(branch)[ballisticFamily].Weight) : 0;
        }

        ClassProbabilities fresh = KinematicClass.Of(OnGround(table.MeanOf(row)), table.HasHeight[row], share);
        record.Class = record.HasClass ? KinematicClass.Blend(record.Class, fresh, ClassMemory) : fresh;
        record.HasClass = true;
    }

    public Track Make(int row, TrackRecord record, DateTimeOffset epoch, double now, bool dropped)
    {
        ref readonly GaussianState s = ref table.MeanOf(row);
        GeoPoint point = plane.FromPlane(s.X, s.Y);
        bool knowsHeight = table.HasHeight[row];
        double course = (Math.Atan2(s.U, s.V) - plane.ConvergenceAt(point)) * Angles.RadiansToDegrees;
        double scale = plane.ScaleAt(point);
        double silent = now - table.LastSeen[row];
        bool coasting = silent > 2.1 * sensors[record.LastSensor].Sensor.Period.TotalSeconds;
        return new()
        {
            Id = record.Id,
            Status = dropped ? TrackStatus.Dropped : coasting ? TrackStatus.Coasting : TrackStatus.Confirmed,
            State = new()
            {
                Time = At(epoch, table.TimeOf(row)),
                East = s.X,
                North = s.Y,
                VelocityEast = s.U,
                VelocityNorth = s.V,
                Covariance = new(s.Xx, s.Xy, s.Xu, s.Xv, s.Yy, s.Yu, s.Yv, s.Uu, s.Uv, s.Vv),
                HeightMetres = knowsHeight ? s.Z : double.NaN,
                SigmaHeightMetres = knowsHeight ? Math.Sqrt(s.Zz) : double.NaN,
                ClimbRate = knowsHeight ? s.W : 0,
                TurnRate = TurnRateOf(row),
            },
            Position = new(point.LatitudeDegrees, point.LongitudeDegrees, knowsHeight ? s.Z : double.NaN),
            GroundSpeed = s.Speed / scale,
            CourseDegrees = Angles.WrapDegrees360(course),
            AccuracyMetres = Math.Sqrt(s.LargestPositionVariance) / scale,
            ExistenceProbability = table.Existence[row],
            Class = record.Class,
            FirstSeen = At(epoch, table.FirstSeen[row]),
            ConfirmedAt = record.ConfirmedAt,
            LastSeen = At(epoch, table.LastSeen[row]),
            Mode3A = record.Mode3A,
            ModeSAddress = record.ModeSAddress,
            Callsign = record.Callsign,
            LastReply = double.IsFinite(record.LastReply) ? At(epoch, record.LastReply) : null,
            Impact = ImpactOf(row, record, epoch),
            Sensors = Contributors(record, now),
            ReportedAs = record.HasReports ? Reports(record, now) : [],
        };
    }

    /// <summary>
    /// Predicted once after each measurement. A track without height, or more likely of another class, has none: a false
    /// impact sends people to shelter from nothing.
    /// </summary>
    ImpactPrediction? ImpactOf(int row, TrackRecord record, DateTimeOffset epoch)
    {
        if (!record.IsImpactStale) return record.Impact;
        record.IsImpactStale = false;
        record.Impact = null;
        if (!table.HasHeight[row] || record.Class.Ballistic <= 0.5) return null;
        if (!falling.TryPredict(row, table, ground, out FlatImpact impact)) return null;
        ref readonly GaussianState s = ref table.MeanOf(row);
        return record.Impact = PlaneImpacts.Publish(plane, s.X, s.Y, impact, ground, epoch);
    }

    /// <summary>The state with its velocity in true metres a second.</summary>
    GaussianState OnGround(GaussianState s)
    {
        double scale = plane.ScaleAt(s.X, s.Y), square = scale * scale;
        (s.U, s.V, s.Uu, s.Uv, s.Vv) = (s.U / scale, s.V / scale, s.Uu / square, s.Uv / square, s.Vv / square);
        return s;
    }

    double TurnRateOf(int row) => bank.TurnRate(table.StatesOf(table.BranchOf[row]), table.Families[table.BranchOf[row]]);

    static ImmutableArray<int> Contributors(TrackRecord record, double now)
    {
        ImmutableArray<int>.Builder contributors = ImmutableArray.CreateBuilder<int>();
        for (int s = 0; s < record.SeenBy.Length; s++)
            if (now - record.SeenBy[s] <= ContributingFor) contributors.Add(s);
        return contributors.ToImmutable();
    }

    static ImmutableArray<SensorReport> Reports(TrackRecord record, double now)
    {
        ImmutableArray<SensorReport>.Builder reports = ImmutableArray.CreateBuilder<SensorReport>();
        for (int s = 0; s < record.SeenBy.Length; s++)
            if (now - record.SeenBy[s] <= ContributingFor && record.ReportedBy[s].SaysSomething)
                reports.Add(new(s, record.ReportedBy[s]));
        return reports.ToImmutable();
    }

    static DateTimeOffset At(DateTimeOffset epoch, double seconds) =>
        epoch + TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
}
