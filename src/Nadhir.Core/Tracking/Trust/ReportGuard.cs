using Nadhir.Sensing;
using Nadhir.Tracking.Engine;

namespace Nadhir.Tracking.Trust;

/// <summary>
/// Decides what each measurement may do in the tracker: how much weight it has, whether it may start a track, and
/// whether a self-reported position is to be believed at all. Deterministic; bounded; one owner.
/// </summary>
sealed class ReportGuard(SensorGeometry[] sensors, int rows)
{
    /// <summary>Identities remembered at a time; the longest silent is forgotten first.</summary>
    public const int MostIdentities = 4096;
    /// <summary>Tracks whose miss is looked into in one scan; the others are missed again soon.</summary>
    const int MostMissed = 256;
    /// <summary>A doubted report is taken for five times as uncertain, and half a kilometre more.</summary>
    const double DoubtedWiden = 25, DoubtedSlack = 500 * 500;

    /// <summary>
    /// While radars see the object too, a report yields to them: one sigma of place, metres, and of speed. Reports that
    /// outweigh the radar a hundred times would carry the track out of its gate before the radar could object.
    /// </summary>
    const double WitnessedSigma = 150, WitnessedSpeedSigma = 15, WitnessedFor = 30;

    readonly RecentTable<ReportIdentity> identities = new(MostIdentities);
    readonly RadarWitness witness = new(sensors);
    readonly SystemTrackMemory systems = new();
    readonly ReportIdentity?[] ofRow = new ReportIdentity?[rows];
    readonly ulong[] keyOfRow = new ulong[rows];
    readonly int[] missed = new int[MostMissed];
    int[] takenBy = new int[256];
    readonly string[] names = [.. sensors.Select(s => s.Sensor.Id)];
    readonly long[] doubtedBy = new long[sensors.Length], refutedBy = new long[sensors.Length];
    int missedCount;

    /// <summary>
    /// Self-reported positions used with less weight, and not used, by the sensor that received them.
    /// </summary>
    public ReadOnlySpan<long> DoubtedBy => doubtedBy;
    public ReadOnlySpan<long> RefutedBy => refutedBy;

    /// <summary>Gives a measurement its weight; false when it is not to be used for any state.</summary>
    public bool Weigh(in Measurement seen, ref Observation o)
    {
        SourceQuality.Floor(seen.Kind, ref o);
        return seen.Kind switch
        {
            MeasurementKind.PositionReport =>
                WeighClaim(KeyOf(seen.ModeSAddress, seen.Sensor, seen.SourceTrack), seen, ref o),
            // Another system's word, but said on the open air: its claims are looked at, apart from the aircraft's own.
            MeasurementKind.SystemTrack when seen.Relay == Relay.TrafficInformation =>
                WeighClaim(KeyOf(0, seen.Sensor, seen.SourceTrack), seen, ref o) && systems.Weigh(seen, ref o),
            MeasurementKind.SystemTrack => systems.Weigh(seen, ref o),
            _ => true,
        };
    }

    bool WeighClaim(ulong key, in Measurement seen, ref Observation o)
    {
        if (key == 0) return true;
        ReportIdentity identity = identities.Hear(key, o.Time, out bool fresh);
        if (fresh)
        {
            foreach (Claim old in identity.Claims) witness.Forget(old);
            identity.Reset(key, seen.Relay == Relay.TrafficInformation);
        }

        Claim claim = identity.Take(o, sensors[seen.Sensor].Sensor.Kind == SensorKind.RemoteId, witness);
        switch (claim.Trust)
        {
            case ReportTrust.Refuted:
                refutedBy[seen.Sensor]++;
                return false;
            case ReportTrust.Doubted:
                doubtedBy[seen.Sensor]++;
                o.BirthDensity = 0;
                o.Vouched = o.HasVelocity = false;
                o.Xx = (DoubtedWiden * o.Xx) + DoubtedSlack;
                o.Yy = (DoubtedWiden * o.Yy) + DoubtedSlack;
                o.Xy *= DoubtedWiden;
                return identity.Reaches(o);
            default:
                if (o.Time - identity.SeenByRadarAt < WitnessedFor) Yield(ref o);
                return true;
        }
    }

    static void Yield(ref Observation o)
    {
        o.Xx = Math.Max(o.Xx, WitnessedSigma * WitnessedSigma);
        o.Yy = Math.Max(o.Yy, WitnessedSigma * WitnessedSigma);
        o.VelocityVariance = Math.Max(o.VelocityVariance, WitnessedSpeedSigma * WitnessedSpeedSigma);
    }

    /// <summary>A measurement went to a row: a radar's plot is compared with what the row's identity reports.</summary>
    public void Hear(int row, int observation, in Measurement seen, in Observation o, TrackRecord record, in Tag tag)
    {
        takenBy[observation] = row;
        bool isRadar = IsRadar(seen.Sensor);
        if (tag.SourceTrack >= 0 && isRadar) systems.NoteRadar(tag, o.Time);
        ulong number = tag.SourceTrack >= 0 && IsReceiver(tag.SourceSensor)
            ? KeyOf(0, tag.SourceSensor, tag.SourceTrack) : 0;
        // What a receiver numbers may carry an address that reports nothing of itself: TIS-B of one without ADS-B.
        bool reports = record.ModeSAddress != 0 && (number == 0 || identities.Find(record.ModeSAddress) is not null);
        ulong key = reports ? record.ModeSAddress : number;
        if (key == 0) return;
        if (ofRow[row] is null || keyOfRow[row] != key || ofRow[row]!.Key != key) Assign(row, key);
        if (ofRow[row] is not { } identity) return;
        identity.Note(o);
        if (!isRadar || o.Kind != ObservationKind.Position) return;
        if (number != key && number != 0 && identities.Find(number) is { } told) Compare(told, seen, o);
        // A plot that says whose it is speaks of that one, whatever row it went to.
        ReportIdentity? meant = seen.ModeSAddress == 0 || seen.ModeSAddress == record.ModeSAddress ? identity
            : identities.Find(seen.ModeSAddress);
        identity.SeenByRadarAt = Math.Max(identity.SeenByRadarAt, o.Time);
        if (meant is not null) witness.Compare(meant, o, seen.Sensor);
    }

    void Compare(ReportIdentity told, in Measurement seen, in Observation o)
    {
        told.SeenByRadarAt = Math.Max(told.SeenByRadarAt, o.Time);
        witness.Compare(told, o, seen.Sensor);
    }

    /// <summary>A radar's sweep did not show the row.</summary>
    public void Miss(int row)
    {
        if (ofRow[row] is not null && missedCount < MostMissed) missed[missedCount++] = row;
    }

    /// <summary>After a scan: the misses are looked into, with what no track claimed.</summary>
    /// <param name="move">Told a row whose reports carried it away, and the row on which radars follow its object.</param>
    public void EndScan(int sensor, double time, bool swept, ReadOnlySpan<Observation> seen, Action<int, int> move)
    {
        for (int i = 0; i < missedCount && swept && IsRadar(sensor); i++)
        {
            int row = missed[i];
            if (ofRow[row] is not { } identity || identity.Key != keyOfRow[row]) continue;
            int elsewhere = witness.Miss(identity, sensor, time, seen);
            int other = elsewhere < 0 ? -1 : takenBy[elsewhere];
            if (other >= 0 && other != row && ofRow[other] is null) move(row, other);
        }

        missedCount = 0;
    }

    /// <summary>The sector that the scans to come have swept.</summary>
    public void Aim(double fromAzimuth, double width) => witness.Aim(fromAzimuth, width);

    /// <summary>Before a scan: nothing has been taken by any row.</summary>
    public void BeginScan(int observations)
    {
        missedCount = 0;
        if (takenBy.Length < observations) takenBy = new int[2 * observations];
        takenBy.AsSpan(0, observations).Fill(-1);
    }

    /// <summary>The identity goes with the object to another row.</summary>
    public void Move(int row, int other)
    {
        (ofRow[row], ofRow[other]) = (ofRow[other], ofRow[row]);
        (keyOfRow[row], keyOfRow[other]) = (keyOfRow[other], keyOfRow[row]);
    }

    public void Release(int row)
    {
        if (ofRow[row] is { } identity && identity.Key == keyOfRow[row]) identity.Rows--;
        ofRow[row] = null;
        keyOfRow[row] = 0;
    }

    /// <summary>
    /// Whether what a row's identity reports is doubted: its state may be off and proves nothing about others.
    /// </summary>
    public bool IsDoubted(int row) => ofRow[row] is { } identity && identity.Key == keyOfRow[row] && identity.IsDoubted;

    /// <summary>
    /// What is to be said of the self-reports of a row's identity; null when nothing speaks against them.
    /// </summary>
    public ReportDoubt? DoubtOf(int row, double now) =>
        ofRow[row] is { } identity && identity.Key == keyOfRow[row] ? identity.Doubt(now, names) : null;

    void Assign(int row, ulong key)
    {
        Release(row);
        ofRow[row] = identities.Find(key);
        if (ofRow[row] is not { } identity) return;
        keyOfRow[row] = key;
        identity.Rows++;
    }

    bool IsRadar(int sensor) => sensors[sensor].Sensor.Kind is SensorKind.Radar or SensorKind.Radar3D;
    bool IsReceiver(int sensor) => sensors[sensor].Sensor.Kind is SensorKind.Adsb or SensorKind.RemoteId;

    static ulong KeyOf(uint address, int sensor, int sourceTrack) => address != 0 ? address
        : sourceTrack >= 0 ? (1UL << 63) | ((ulong)(uint)sensor << 32) | (uint)sourceTrack : 0;
}
