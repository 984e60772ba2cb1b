using System.Buffers.Binary;
using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Tracking;
using Nadhir.Units;

namespace Nadhir.DutyConsole;

/// <summary>
/// All tracks in one binary message, little endian, moved on to the moment of sending. Layout in docs/api.md. Dropped
/// tracks are left out. A number too large for its field is written as the field's largest.
/// </summary>
static class TrackFrame
{
    public const byte Version = 1;
    public const int HeaderBytes = 24;
    public const int RecordBytes = 32;

    /// <summary>Written where there is no height or climb rate.</summary>
    public const short Unknown = short.MinValue;

    /// <summary>A state is not moved further than this: beyond it, its age tells more than a guess.</summary>
    public static readonly TimeSpan FurthestReckoning = TimeSpan.FromSeconds(60);

    public static byte[] Encode(ImmutableArray<TrackRow> rows, bool exercise, DateTimeOffset now, long sequence)
    {
        int count = 0;
        foreach (TrackRow row in rows) count += row.Track.Status == TrackStatus.Dropped ? 0 : 1;
        byte[] frame = new byte[HeaderBytes + (count * RecordBytes)];
        frame[0] = Version;
        frame[1] = (byte)(exercise ? 1 : 0);
        BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(2), RecordBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), (uint)count);
        BinaryPrimitives.WriteDoubleLittleEndian(frame.AsSpan(8), (now - DateTimeOffset.UnixEpoch).TotalMilliseconds);
        BinaryPrimitives.WriteInt64LittleEndian(frame.AsSpan(16), sequence);
        int at = HeaderBytes;
        foreach (TrackRow row in rows)
        {
            if (row.Track.Status == TrackStatus.Dropped) continue;
            WriteRecord(frame.AsSpan(at, RecordBytes), row, now);
            at += RecordBytes;
        }

        return frame;
    }

    /// <summary>Where the track is by now if it kept its course and speed.</summary>
    public static GeoPoint Reckon(Track track, DateTimeOffset now)
    {
        TimeSpan since = now - track.State.Time;
        if (since <= TimeSpan.Zero || !double.IsFinite(track.GroundSpeed)) return track.Position.Point;
        if (since > FurthestReckoning) since = FurthestReckoning;
        // A minute at most: radii of curvature at the start are exact to a few metres in 20 km.
        double metres = track.GroundSpeed * since.TotalSeconds;
        (double sinCourse, double cosCourse) = Math.SinCos(track.CourseDegrees * Angles.DegreesToRadians);
        (double sinLatitude, double cosLatitude) = Math.SinCos(track.Position.LatitudeDegrees * Angles.DegreesToRadians);
        double w = 1 - (Wgs84.EccentricitySquared * sinLatitude * sinLatitude);
        double acrossMeridians = Wgs84.SemiMajorAxisMetres / Math.Sqrt(w);
        double alongMeridian = acrossMeridians * (1 - Wgs84.EccentricitySquared) / w;
        return new(
            track.Position.LatitudeDegrees + (metres * cosCourse / alongMeridian * Angles.RadiansToDegrees),
            track.Position.LongitudeDegrees
                + (metres * sinCourse / (acrossMeridians * Math.Max(cosLatitude, 1e-6)) * Angles.RadiansToDegrees));
    }

    static void WriteRecord(Span<byte> record, TrackRow row, DateTimeOffset now)
    {
        Track track = row.Track;
        GeoPoint position = Reckon(track, now);
        (byte kind, double probability) = LikeliestClass(track.Class);
        BinaryPrimitives.WriteInt32LittleEndian(record, track.Id);
        BinaryPrimitives.WriteInt32LittleEndian(record[4..], (int)Math.Round(position.LatitudeDegrees * 1e7));
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], (int)Math.Round(position.LongitudeDegrees * 1e7));
        BinaryPrimitives.WriteInt16LittleEndian(record[12..], Signed(track.State.HeightMetres / 10));
        BinaryPrimitives.WriteUInt16LittleEndian(record[14..], Unsigned(track.GroundSpeed * 10));
        BinaryPrimitives.WriteUInt16LittleEndian(record[16..], Unsigned(track.CourseDegrees * 100));
        record[18] = (byte)((byte)track.Status | ((byte)row.Identity.Kind << 4));
        record[19] = kind;
        BinaryPrimitives.WriteUInt16LittleEndian(record[20..], Unsigned(track.AccuracyMetres));
        BinaryPrimitives.WriteUInt16LittleEndian(record[22..], Unsigned((now - track.LastSeen).TotalSeconds * 10));
        BinaryPrimitives.WriteInt16LittleEndian(
            record[24..], double.IsFinite(track.State.HeightMetres) ? Signed(track.State.ClimbRate * 10) : Unknown);
        record[26] = Share(track.ExistenceProbability);
        record[27] = Share(probability);
        (double shorter, double bearing) = ShorterAxis(track);
        BinaryPrimitives.WriteUInt16LittleEndian(record[28..], Unsigned(shorter));
        record[30] = (byte)Math.Clamp(Math.Round(bearing * 256 / 180) % 256, 0, 255);
    }

    /// <summary>
    /// The shorter axis of the position's error, one sigma, and where the longer one points: true, [0, 180). The plane's
    /// north is not the true one; the track's course, known in both, tells what lies between.
    /// </summary>
    static (double Metres, double BearingDegrees) ShorterAxis(Track track)
    {
        PlaneCovariance p = track.State.Covariance;
        double half = (p.EastEast - p.NorthNorth) / 2, middle = (p.EastEast + p.NorthNorth) / 2;
        double root = Math.Sqrt((half * half) + (p.EastNorth * p.EastNorth));
        if (!(middle + root > 0)) return (track.AccuracyMetres, 0);
        double bearing = 90 - (0.5 * Math.Atan2(p.EastNorth, half) * Angles.RadiansToDegrees);
        double heading = Math.Atan2(track.State.VelocityEast, track.State.VelocityNorth) * Angles.RadiansToDegrees;
        double share = Math.Sqrt(Math.Max(0, middle - root) / (middle + root));
        double turned = Angles.WrapDegrees360(bearing - heading + track.CourseDegrees) % 180;
        return (track.AccuracyMetres * share, double.IsFinite(turned) ? turned : 0);
    }

    /// <summary>0 unknown, 1 aircraft, 2 helicopter, 3 slow drone, 4 cruise type, 5 ballistic.</summary>
    static (byte Kind, double Probability) LikeliestClass(in ClassProbabilities of)
    {
        ReadOnlySpan<double> all = [of.Aircraft, of.Helicopter, of.SlowDrone, of.CruiseType, of.Ballistic];
        int best = 0;
        for (int i = 1; i < all.Length; i++)
        {
            if (all[i] > all[best]) best = i;
        }

        return all[best] > 0 ? ((byte)(best + 1), all[best]) : ((byte)0, 0);
    }

    static short Signed(double value) => double.IsNaN(value)
        ? Unknown : (short)Math.Clamp(Math.Round(value), -short.MaxValue, short.MaxValue);

    static ushort Unsigned(double value) => double.IsNaN(value)
        ? ushort.MaxValue : (ushort)Math.Clamp(Math.Round(value), 0, ushort.MaxValue);

    static byte Share(double probability) => double.IsNaN(probability)
        ? (byte)0 : (byte)Math.Clamp(Math.Round(probability * 255), 0, 255);
}
