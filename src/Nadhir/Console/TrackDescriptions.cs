using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Nadhir.Assessment;
using Nadhir.Sensing;
using Nadhir.Tracking;

namespace Nadhir.DutyConsole;

/// <summary>
/// Descriptions of the tracks alive, each with the number of the round in which it last changed. One thread looks; the
/// map it leaves behind never changes.
/// </summary>
sealed class TrackDescriptions(WatchConfiguration configuration)
{
    Round latest = new(0, ImmutableDictionary<int, Described>.Empty);

    public long Number => Volatile.Read(ref latest).Number;

    /// <summary>Takes notice of the tracks as they stand.</summary>
    /// <param name="threatening">Those that put a zone at risk: their ways ahead are told.</param>
    public void Look(ImmutableArray<TrackRow> rows, FrozenSet<int>? threatening = null)
    {
        Round before = latest;
        long number = before.Number + 1;
        bool changed = false;
        var alive = ImmutableDictionary.CreateBuilder<int, Described>();
        foreach (TrackRow row in rows)
        {
            if (row.Track.Status == TrackStatus.Dropped) continue;
            Described? known = before.Tracks.GetValueOrDefault(row.Track.Id);
            HeadingFan? fan = threatening?.Contains(row.Track.Id) == true ? HeadingFan.Of(row.Track) : null;
            bool same = known is not null && IsSame(known.Row, row) && IsSame(known.Fan, fan);
            changed |= !same;
            alive[row.Track.Id] = same ? known! : new(row, fan, number);
        }

        if (changed || alive.Count != before.Tracks.Count) Volatile.Write(ref latest, new(number, alive.ToImmutable()));
    }

    /// <summary>Descriptions that changed after round <paramref name="seen"/> as a JSON array, and the round they are of.</summary>
    public (long Number, byte[] Json) ChangedSince(long seen)
    {
        Round now = Volatile.Read(ref latest);
        ImmutableArray<TrackDescription> changed =
            [.. now.Tracks.Values.Where(track => track.ChangedIn > seen).Select(track => Describe(track.Row, configuration, track.Fan))];
        return (now.Number, JsonSerializer.SerializeToUtf8Bytes(changed, ConsoleJson.Default.ImmutableArrayTrackDescription));
    }

    public static TrackDescription Describe(TrackRow row, WatchConfiguration configuration, HeadingFan? fan = null)
    {
        Track track = row.Track;
        return new()
        {
            Id = track.Id,
            Status = track.Status,
            Identity = row.Identity.Kind,
            Authorisation = row.Identity.Authorisation,
            Evidence = row.Identity.Evidence.IsDefault ? [] : row.Identity.Evidence,
            Causes = row.Identity.Causes.IsDefault ? [] : row.Identity.Causes,
            Callsign = track.Callsign.IsNone ? null : track.Callsign.ToString(),
            Mode3A = track.Mode3A < 0 ? null : Convert.ToString(track.Mode3A, 8).PadLeft(4, '0'),
            Address = track.ModeSAddress == 0 ? null : track.ModeSAddress.ToString("X6"),
            FirstSeen = track.FirstSeen,
            Sensors = [.. track.Sensors.Where(index => index >= 0 && index < configuration.Sensors.Length)
                .Select(index => configuration.Sensors[index].Id)],
            ReportedAs = [.. track.ReportedAs.Where(report => (uint)report.Sensor < (uint)configuration.Sensors.Length)
                .Select(report => new ReportedObject(configuration.Sensors[report.Sensor].Id, report.Said.Class,
                    report.Said.Confidence, report.Said.LevelDecibels))],
            ReportDoubt = track.ReportDoubt,
            Impact = TrackImpact.Of(track.Impact),
            Ahead = fan,
        };
    }

    static bool IsSame(HeadingFan? one, HeadingFan? other) =>
        one is { } a && other is { } b ? a.LooksLike(b) : one is null && other is null;

    static bool IsSame(TrackRow one, TrackRow other) =>
        one.Track.Status == other.Track.Status && one.Track.Callsign == other.Track.Callsign
        && one.Track.Mode3A == other.Track.Mode3A && one.Track.ModeSAddress == other.Track.ModeSAddress
        && one.Track.ReportDoubt == other.Track.ReportDoubt && one.Track.Impact == other.Track.Impact
        && one.Track.Sensors.AsSpan().SequenceEqual(other.Track.Sensors.AsSpan())
        && IsSame(one.Track.ReportedAs, other.Track.ReportedAs)
        && (ReferenceEquals(one.Identity, other.Identity)
            || (one.Identity.Kind == other.Identity.Kind && one.Identity.Authorisation == other.Identity.Authorisation
                && one.Identity.Evidence.AsSpan().SequenceEqual(other.Identity.Evidence.AsSpan())));

    /// <summary>A tenth more or less sure, and a few decibels, are not told again: they always change.</summary>
    static bool IsSame(ImmutableArray<SensorReport> one, ImmutableArray<SensorReport> other)
    {
        if (one.Length != other.Length) return false;
        for (int i = 0; i < one.Length; i++)
        {
            ObjectReport a = one[i].Said, b = other[i].Said;
            if (one[i].Sensor != other[i].Sensor || a.Class != b.Class
                || !IsNear(a.Confidence, b.Confidence, 0.1)
                || !IsNear(a.LevelDecibels, b.LevelDecibels, 3)) return false;
        }

        return true;
    }

    static bool IsNear(double? one, double? other, double most) =>
        one is { } a && other is { } b ? Math.Abs(a - b) < most : one is null && other is null;

    sealed record Described(TrackRow Row, HeadingFan? Fan, long ChangedIn);

    sealed record Round(long Number, ImmutableDictionary<int, Described> Tracks);
}
