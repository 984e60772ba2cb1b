using Nadhir.Formats.ModeS;
using Nadhir.Formats.ModeS.Squitters;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Simulation.Movements;
using Nadhir.Simulation.Radars;
using Nadhir.Simulation.Scenarios;
using Nadhir.Units;

namespace Nadhir.Simulation.Receivers;

using TargetState = Nadhir.Simulation.Movements.TargetState;

/// <summary>
/// A receiver of 1090 MHz: about once a second it sends on, as a Beast stream, what it heard of those that tell their position:
/// a position (even and odd in turns) and a velocity a second, the callsign every fifth. It hears truth and lie alike.
/// A message is lost with one minus the sensor's probability of detection.
/// </summary>
public sealed class ReceiverSimulator
{
    /// <summary>Ticks of the receiver's counter, 12 MHz.</summary>
    const double CounterPerSecond = 12e6;
    /// <summary>Airborne position whose error is below 0.1 NM (DO-260B, NIC 8).</summary>
    const int TypeCode = 11;

    readonly Sensor sensor;
    readonly IReadOnlyList<Movement> movements;
    readonly DateTimeOffset anchor;
    readonly Chance chance;
    readonly double phaseSeconds;
    readonly double[] lag;

    public ReceiverSimulator(Sensor sensor, IReadOnlyList<Movement> movements, DateTimeOffset anchor, ulong seed)
    {
        this.sensor = sensor;
        this.anchor = anchor;
        chance = new(seed, $"receiver {sensor.Id}");
        phaseSeconds = chance.Uniform();
        this.movements = [.. movements.Where(movement => movement is { TellsPosition: true, Transponder.Address: > 0 })];
        lag = [.. this.movements.Select(_ => chance.Uniform(0, 0.9))];
    }

    /// <summary>The receiver says nothing between these seconds.</summary>
    public IReadOnlyList<SensorWindow> Outages { get; init; } = [];

    /// <summary>All chunks whose second ends within a window of seconds from the anchor.</summary>
    public IEnumerable<SimulatedArrival> Arrivals(double fromSeconds, double toSeconds)
    {
        for (double begins = Math.Ceiling(fromSeconds) + phaseSeconds; begins + 1 <= toSeconds; begins++)
        {
            double began = begins;
            if (Outages.Any(window => window.Holds(began))) continue;
            (byte[] bytes, double last) = Chunk(begins);
            if (bytes.Length > 0) yield return new(InstantOf(last + chance.Uniform(0.01, 0.03)), sensor.Feed, bytes);
        }
    }

    /// <summary>What was heard in a second, and when the last of it was.</summary>
    (byte[] Bytes, double LastSeconds) Chunk(double begins)
    {
        List<(double Seconds, byte[] Message)> heard = [];
        for (int i = 0; i < movements.Count; i++)
        {
            double seconds = begins + lag[i];
            if (movements[i].TransponderAt(seconds) is not { } transponder || movements[i].At(seconds) is not { } state
                || !Horizon.Sees(sensor, state.Position)) continue;
            foreach (ulong field in Fields(transponder, state, (long)Math.Floor(begins)))
            {
                seconds += 0.01;
                if (chance.Happens(sensor.DetectionProbability))
                    heard.Add((seconds, ModeSWriter.Squitter(transponder.Address, field)));
            }
        }

        heard.Sort((one, other) => one.Seconds.CompareTo(other.Seconds));
        List<byte> stream = [];
        foreach ((double seconds, byte[] message) in heard)
            ModeSWriter.AppendBeast(stream, message, (ulong)(long)((seconds + 10) * CounterPerSecond) & 0xFFFF_FFFF_FFFF);
        return ([.. stream], heard.Count > 0 ? heard[^1].Seconds : begins);
    }

    static IEnumerable<ulong> Fields(Transponder transponder, TargetState state, long second)
    {
        yield return AirbornePosition.Write(TypeCode, state.Position.HeightMetres / Conversions.MetresPerFoot,
            CompactPositionReporting.Encode(state.Position.Point, second % 2 != 0, surface: false));
        (double sin, double cos) = Math.SinCos(state.CourseDegrees * Angles.DegreesToRadians);
        double knots = state.SpeedMetresPerSecond / Conversions.MetresPerSecondPerKnot;
        yield return AirborneVelocity.Write(
            knots * sin, knots * cos, state.ClimbMetresPerSecond * 60 / Conversions.MetresPerFoot, 0);
        if (second % 5 == 0 && !transponder.Callsign.IsNone)
            yield return AircraftIdentification.Write('A', 3, transponder.Callsign.ToString());
    }

    DateTimeOffset InstantOf(double seconds) => anchor.AddTicks((long)Math.Round(seconds * 1e6) * 10);
}
