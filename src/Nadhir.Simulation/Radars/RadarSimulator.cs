using Nadhir.Formats.Asterix;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Simulation.Movements;
using Nadhir.Simulation.Scenarios;
using Nadhir.Units;

namespace Nadhir.Simulation.Radars;

/// <summary>
/// A rotating radar: sees what its beam passes above the horizon, with its probability and errors, among false plots,
/// and sends each sector as one datagram: a CAT 048 block of plots, if any, and the CAT 034 sector message (at north the
/// north marker before it). A target without transponder is seen by the primary radar alone, without height unless the
/// radar measures it (I048/110). Pressure altitude equals height above the ellipsoid here: the simulated air is standard.
/// </summary>
public sealed class RadarSimulator
{
    public const int UsualSectors = 32;
    /// <summary>False plots of a radar that measures height are even up to here.</summary>
    const double HighestClutterMetres = 10_000;

    readonly Sensor sensor;
    readonly IReadOnlyList<Movement> movements;
    readonly DateTimeOffset anchor;
    readonly double clockSkewSeconds, phaseSeconds;
    readonly TangentFrame frame;
    readonly Chance chance;
    readonly PlotBlockWriter writer = new();
    readonly List<PlotFields>[] sectors;
    readonly double sectorRadians;

    public RadarSimulator(
        Sensor sensor, IReadOnlyList<Movement> movements, DateTimeOffset anchor, ulong seed, double clockSkewSeconds = 0,
        int sectorCount = UsualSectors)
    {
        sectors = [.. Enumerable.Range(0, sectorCount).Select(_ => new List<PlotFields>())];
        sectorRadians = 2 * Math.PI / sectorCount;
        this.sensor = sensor;
        this.movements = movements;
        this.anchor = anchor;
        this.clockSkewSeconds = clockSkewSeconds;
        chance = new(seed, $"radar {sensor.Id}");
        phaseSeconds = chance.Uniform() * sensor.Period.TotalSeconds;
        frame = new(sensor.Position with { HeightMetres = sensor.Position.HeightMetres + sensor.AntennaMetres });
    }

    int Sectors => sectors.Length;

    bool MeasuresHeight => sensor.Kind == SensorKind.Radar3D;

    /// <summary>Where there is more to see than targets: rain, birds, waves.</summary>
    public IReadOnlyList<ClutterPatch> Patches { get; init; } = [];

    /// <summary>The radar says nothing between these seconds.</summary>
    public IReadOnlyList<SensorWindow> Outages { get; init; } = [];

    /// <summary>Told of each plot of a movement: when its bytes arrive at the earliest, in seconds.</summary>
    public Action<Movement, double>? OnSeen { get; init; }

    /// <summary>All datagrams of whole rotations within a window of seconds from the anchor, in order of arrival.</summary>
    public IEnumerable<SimulatedArrival> Arrivals(double fromSeconds, double toSeconds)
    {
        double period = sensor.Period.TotalSeconds;
        double north = (Math.Ceiling((fromSeconds - phaseSeconds) / period) * period) + phaseSeconds;
        for (; north + period <= toSeconds; north += period)
        {
            double began = north;
            if (Outages.Any(window => window.Holds(began))) continue;
            Look(north);
            for (int sector = 0; sector < Sectors; sector++)
            {
                double ends = north + (period * (sector + 1) / Sectors);
                byte[] bytes = Datagram(sector, north);
                yield return new(InstantOf(ends + chance.Uniform(0.020, 0.060)), sensor.Feed, bytes);
            }
        }
    }

    /// <summary>One rotation from its passage of north.</summary>
    void Look(double north)
    {
        foreach (Movement movement in movements)
        {
            if (movement.IsFalseReport || TrueLook(movement, north) is not { } look) continue;
            if (!chance.Happens(movement.DetectionProbability ?? sensor.DetectionProbability)) continue;
            OnSeen?.Invoke(movement, look.Seconds);
            Transponder? transponder = movement.TransponderAt(look.Seconds);
            Put(look.Azimuth, new()
            {
                Sac = sensor.Sac,
                Sic = sensor.Sic,
                TimeOfDaySeconds = TimeOfDay(look.Seconds),
                RangeMetres = Math.Max(0, look.Range + (sensor.SigmaRangeMetres * chance.Normal())),
                AzimuthRadians = look.Azimuth
                    + (sensor.SigmaAzimuthDegrees * Angles.DegreesToRadians * chance.Normal()),
                Primary = true,
                Secondary = transponder is not null,
                Mode3A = transponder?.Mode3A ?? -1,
                Height3DMetres = MeasuredHeight(look.Height, look.Range),
                FlightLevelMetres = ReportedHeight(transponder, look.Height),
                ModeSAddress = transponder?.Address ?? 0,
                Callsign = transponder?.Callsign ?? default,
            });
        }

        for (int left = chance.Poisson(sensor.FalsePlotsPerScan); left > 0; left--)
        {
            double azimuth = chance.Uniform(0, 2 * Math.PI);
            PutFalse(north, azimuth, sensor.RangeMetres * Math.Sqrt(chance.Uniform())); // even over the disc
        }

        foreach (ClutterPatch patch in Patches)
        {
            for (int left = chance.Poisson(patch.PlotsPerScan); left > 0; left--)
            {
                GeoPoint point = patch.Draw(chance, north);
                if (!Horizon.Sees(sensor, new(point.LatitudeDegrees, point.LongitudeDegrees, patch.HeightMetres))) continue;
                (double range, double azimuth) = Geodesic.Inverse(sensor.Position.Point, point);
                PutFalse(north, azimuth * Angles.DegreesToRadians, range);
            }
        }
    }

    void PutFalse(double north, double azimuth, double range) => Put(azimuth, new()
    {
        Sac = sensor.Sac,
        Sic = sensor.Sic,
        TimeOfDaySeconds = TimeOfDay(north + (azimuth / (2 * Math.PI) * sensor.Period.TotalSeconds)),
        RangeMetres = range,
        AzimuthRadians = azimuth,
        Height3DMetres = MeasuresHeight ? chance.Uniform(0, HighestClutterMetres) : double.NaN,
        Primary = true,
    });

    double MeasuredHeight(double height, double range) => MeasuresHeight
        ? height + (range * sensor.SigmaElevationDegrees * Angles.DegreesToRadians * chance.Normal())
        : double.NaN;

    /// <summary>When the beam meets the target, found in three steps: the target moves a fraction of a degree a turn.</summary>
    (double Seconds, double Range, double Azimuth, double Height)? TrueLook(Movement movement, double north)
    {
        double seconds = north + (sensor.Period.TotalSeconds / 2), range = 0, azimuth = 0, height = 0;
        for (int i = 0; i < 3; i++)
        {
            if (movement.At(seconds) is not { } state || !Horizon.Sees(sensor, state.Position, movement.RangeShare)) return null;
            (double east, double northward, double up) = frame.ToLocal(state.Position);
            range = Math.Sqrt((east * east) + (northward * northward) + (up * up));
            azimuth = Math.Atan2(east, northward);
            if (azimuth < 0) azimuth += 2 * Math.PI;
            height = state.Position.HeightMetres;
            if (i < 2) seconds = north + (azimuth / (2 * Math.PI) * sensor.Period.TotalSeconds);
        }

        return (seconds, range, azimuth, height);
    }

    void Put(double azimuth, in PlotFields plot) => sectors[Math.Min(Sectors - 1, (int)(azimuth / sectorRadians))].Add(plot);

    byte[] Datagram(int sector, double north)
    {
        double starts = TimeOfDay(north + (sensor.Period.TotalSeconds * sector / Sectors));
        double ends = TimeOfDay(north + (sensor.Period.TotalSeconds * (sector + 1) / Sectors));
        double rotation = sensor.Period.TotalSeconds;
        List<PlotFields> plots = sectors[sector];
        plots.Sort((one, other) => one.AzimuthRadians.CompareTo(other.AzimuthRadians));
        foreach (PlotFields plot in plots) writer.Add(plot);
        byte[] block = writer.Count > 0 ? writer.Finish() : [];
        plots.Clear();
        // The message of a sector is sent as the beam leaves it and enters the next.
        byte[] northMarker = sector == 0
            ? ServiceMessages.NorthMarker(sensor.Sac, sensor.Sic, starts, rotation)
            : [];
        byte[] crossing = ServiceMessages.SectorCrossing(
            sensor.Sac, sensor.Sic, ends, (sector + 1) * 256 / Sectors % 256, rotation);
        return [.. northMarker, .. block, .. crossing];
    }

    static double ReportedHeight(Transponder? transponder, double heightMetres)
    {
        if (transponder is null) return double.NaN;
        double step = transponder.HeightStepFeet * Conversions.MetresPerFoot;
        return Math.Round(heightMetres / step) * step;
    }

    /// <summary>By the sensor's own clock.</summary>
    double TimeOfDay(double seconds) =>
        (anchor.UtcDateTime.TimeOfDay.TotalSeconds + seconds + clockSkewSeconds) % 86400 is var day && day < 0 ? day + 86400 : day;

    DateTimeOffset InstantOf(double seconds) => anchor.AddTicks((long)Math.Round(seconds * 1e6) * 10);
}
