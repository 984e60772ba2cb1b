using System.Collections.Immutable;
using Nadhir.Sensing;
using Nadhir.Units;

namespace Nadhir.Formats.ModeS.Feeds;

/// <summary>
/// BaseStation text (port 30003) to position reports. Its times are in the receiver's local time, of which nobody tells
/// the zone: the time of arrival is used. Speed, identity and callsign of an address go with its next place while they
/// are young. A line that is no report is passed over.
/// </summary>
public sealed class SbsFeedDecoder : IFeedDecoder
{
    readonly int sensor;
    readonly TextLines lines = new();
    readonly AircraftTable aircraft = new();

    public SbsFeedDecoder(string feed, ImmutableArray<Sensor> sensors) =>
        sensor = FeedReceiver.IndexOf(feed, sensors);

    public void Decode(ReadOnlySpan<byte> bytes, DateTimeOffset arrived, IDecodeSink sink)
    {
        if (sensor < 0)
        {
            if (!bytes.IsEmpty) sink.OnFault(DecodeFault.UnknownSensor, 0, bytes.Length, HearingFaults.NoReceiver);
            return;
        }

        bool alive = false, reported = false;
        int at = 0;
        while (lines.TryTake(bytes, ref at, sink, out ReadOnlySpan<byte> text, out int offset))
        {
            DecodeFault fault = SbsLine.Read(text, out SbsLine line, out string detail);
            if (fault != DecodeFault.None)
            {
                sink.OnFault(fault, offset, Math.Max(at - offset, 1), detail);
                continue;
            }

            alive = true;
            if (line.Transmission > 0) reported |= Take(line, arrived.UtcTicks, sink);
        }

        if (alive && !reported) sink.OnAlive(sensor, arrived);
    }

    bool Take(in SbsLine line, long ticks, IDecodeSink sink)
    {
        ref AircraftState state = ref aircraft.Hear(line.Sender.Key, ticks);
        if (!line.Callsign.IsNone) state.Callsign = line.Callsign;
        if (line.Mode3A >= 0) ModeSReports.KeepIdentity(ref state, line.Mode3A, ticks);
        if (!double.IsNaN(line.AltitudeFeet)) ModeSReports.KeepAltitude(ref state, (int)line.AltitudeFeet, ticks);
        KeepVelocity(line, ref state, ticks);
        if (!line.HasPlace) return false;
        bool moving = ticks - state.VelocityAt <= ModeSReports.VelocityFor;
        sink.OnMeasurement(ModeSReports.Of(sensor, line.Sender, state, ticks) with
        {
            LatitudeDegrees = line.LatitudeDegrees,
            LongitudeDegrees = line.LongitudeDegrees,
            HeightMetres = line.OnGround == true ? double.NaN : ModeSReports.HeightOf(state, ticks),
            VelocityEast = moving ? state.VelocityEast : double.NaN,
            VelocityNorth = moving ? state.VelocityNorth : double.NaN,
            ClimbRate = moving ? state.ClimbRate : double.NaN,
        });
        return true;
    }

    static void KeepVelocity(in SbsLine line, ref AircraftState state, long ticks)
    {
        if (double.IsNaN(line.GroundSpeedKnots) || double.IsNaN(line.TrackDegrees)) return;
        double speed = line.GroundSpeedKnots * Conversions.MetresPerSecondPerKnot;
        (double sin, double cos) = Math.SinCos(line.TrackDegrees * Angles.DegreesToRadians);
        (state.VelocityEast, state.VelocityNorth, state.VelocityAt) = (speed * sin, speed * cos, ticks);
        state.ClimbRate = line.ClimbFeetPerMinute * Conversions.MetresPerFoot / 60;
    }
}
