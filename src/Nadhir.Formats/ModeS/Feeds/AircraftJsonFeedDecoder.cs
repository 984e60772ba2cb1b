using System.Collections.Immutable;
using Nadhir.Formats.Asterix;
using Nadhir.Sensing;
using Nadhir.Units;

namespace Nadhir.Formats.ModeS.Feeds;

/// <summary>
/// <c>aircraft.json</c> of readsb and dump1090-fa, one whole document an arrival, to position reports. The time of a
/// position is the document's <c>now</c> less its age; a position already passed on is passed over, and so is one older
/// than <see cref="MostAge"/>.
/// </summary>
public sealed class AircraftJsonFeedDecoder : IFeedDecoder
{
    public static readonly TimeSpan MostAge = TimeSpan.FromSeconds(10);
    /// <summary>
    /// Ages are told to a tenth of a second by some programs: a position this little younger is the same.
    /// </summary>
    static readonly long same = TimeSpan.FromMilliseconds(150).Ticks;
    /// <summary>A clock that was put back by more begins anew.</summary>
    static readonly long leap = TimeSpan.FromSeconds(30).Ticks;
    const double RadiusPerSigma = 2.4477468306808166;

    readonly int sensor;
    readonly AircraftTable aircraft = new();

    public AircraftJsonFeedDecoder(string feed, ImmutableArray<Sensor> sensors) =>
        sensor = FeedReceiver.IndexOf(feed, sensors);

    public void Decode(ReadOnlySpan<byte> bytes, DateTimeOffset arrived, IDecodeSink sink)
    {
        if (sensor < 0)
        {
            if (!bytes.IsEmpty) sink.OnFault(DecodeFault.UnknownSensor, 0, bytes.Length, HearingFaults.NoReceiver);
            return;
        }

        if (!AircraftDocument.TryOpen(bytes, sink, out AircraftDocument document)) return;
        long now = TicksOf(document.NowSeconds) ?? arrived.UtcTicks;
        bool reported = false;
        while (document.TryTake(sink, out AircraftEntry entry, out _))
            reported |= Take(entry, now, arrived.UtcTicks, sink);
        if (!reported) sink.OnAlive(sensor, new(now, TimeSpan.Zero));
    }

    bool Take(in AircraftEntry entry, long now, long arrived, IDecodeSink sink)
    {
        double age = double.IsNaN(entry.SeenPositionSeconds) ? entry.SeenSeconds : entry.SeenPositionSeconds;
        if (!entry.HasPlace || !(age >= -1) || age > MostAge.TotalSeconds) return false;
        long ticks = now - (long)(age * TimeSpan.TicksPerSecond);
        ref AircraftState state = ref aircraft.Hear(entry.Sender.Key, arrived);
        if (ticks < state.ReportedAt + same && ticks > state.ReportedAt - leap) return false;
        state.ReportedAt = ticks;
        state.Callsign = entry.Callsign;
        if (entry.Mode3A >= 0) ModeSReports.KeepIdentity(ref state, entry.Mode3A, ticks);
        double feet = double.IsNaN(entry.GeometricFeet) ? entry.BarometricFeet : entry.GeometricFeet;
        double climb = double.IsNaN(entry.GeometricClimb) ? entry.BarometricClimb : entry.GeometricClimb;
        double speed = entry.GroundSpeedKnots * Conversions.MetresPerSecondPerKnot;
        (double sin, double cos) = Math.SinCos(entry.TrackDegrees * Angles.DegreesToRadians);
        sink.OnMeasurement(ModeSReports.Of(sensor, entry.Sender, state, ticks) with
        {
            LatitudeDegrees = entry.LatitudeDegrees,
            LongitudeDegrees = entry.LongitudeDegrees,
            HeightMetres = entry.OnGround ? double.NaN : feet * Conversions.MetresPerFoot,
            VelocityEast = speed * sin,
            VelocityNorth = speed * cos,
            ClimbRate = entry.OnGround ? double.NaN : climb * Conversions.MetresPerFoot / 60,
            SigmaHorizontalMetres = SigmaOf(entry),
        });
        return true;
    }

    /// <summary>
    /// By NACp, else by the radius of containment; NaN when the aircraft tells that it does not know.
    /// </summary>
    static double SigmaOf(in AircraftEntry entry)
    {
        if (entry.Sender.Relay == Relay.Multilateration) return double.NaN;
        if (entry.PositionAccuracy > 0) return PositionAccuracy.SigmaOfNacp((ulong)entry.PositionAccuracy);
        return entry.ContainmentMetres > 0 ? entry.ContainmentMetres / RadiusPerSigma : double.NaN;
    }

    /// <summary>Null for what cannot be a time of our days: 2000 to 2100.</summary>
    static long? TicksOf(double unixSeconds) => unixSeconds is > 946_684_800 and < 4_102_444_800
        ? DateTimeOffset.UnixEpoch.Ticks + (long)(unixSeconds * TimeSpan.TicksPerSecond)
        : null;
}
