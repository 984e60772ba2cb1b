using Nadhir.Tracking;
using Nadhir.Units;

namespace Nadhir.Sensing;

/// <summary>Takes the sweeps a <see cref="ScanAssembler"/> has completed.</summary>
public interface IScanSink
{
    void OnScan(in Scan scan);
}

/// <summary>
/// Gathers one sensor's measurements into sweeps, so that the tracker knows what the sensor looked at and did not see.
/// A radar that sends sector marks (CAT 034) is cut there; one that does not is cut into 32 sectors by the azimuths of
/// its plots. A sensor without a sweep is passed on arrival by arrival. Holds at most 4,096 measurements; a fuller
/// sector is passed on early with no width, so that nothing counts as missed.
/// </summary>
public sealed class ScanAssembler(Sensor sensor, int index)
{
    const int Capacity = 4096;
    const double SectorRadians = Math.PI / 16;
    readonly List<Measurement> pending = [];
    double sweptTo = double.NaN;
    DateTimeOffset sweptAt = DateTimeOffset.MinValue;
    double sectorStart = double.NaN;
    DateTimeOffset lastMark = DateTimeOffset.MinValue;
    DateTimeOffset lastPlot = DateTimeOffset.MinValue;

    bool Sweeps => sensor.Kind is SensorKind.Radar or SensorKind.Radar3D;

    public void Add(in Measurement measurement, IScanSink sink)
    {
        if (!Sweeps)
        {
            pending.Add(measurement);
            if (pending.Count >= Capacity) FlushArrival(sink);
            return;
        }

        if (pending.Count >= Capacity) Pass(measurement.Time, 0, 0, sink);
        if (!HasMarks(measurement.Time)) CutByAzimuth(measurement, sink);
        pending.Add(measurement);
        lastPlot = measurement.Time;
    }

    public void Mark(ScanMark mark, DateTimeOffset time, double azimuthRadians, IScanSink sink)
    {
        if (!Sweeps || mark is not (ScanMark.NorthMarker or ScanMark.SectorCrossing) || !double.IsFinite(azimuthRadians)) return;
        // A source that marks north only is cut by azimuth; the marker says just that it turns.
        if (mark == ScanMark.NorthMarker && !HasMarks(time)) return;
        double azimuth = Wrap(azimuthRadians);
        if (mark == ScanMark.SectorCrossing) lastMark = time;
        if (double.IsNaN(sweptTo)) Pass(time, 0, 0, sink);
        else
        {
            double width = Wrap(azimuth - sweptTo);
            if (width < 1e-6) return;
            // Marks were lost: what lies before half a turn was seen too long ago to count as missed now.
            bool late = time - sweptAt > sensor.Period * ((width / (2 * Math.PI)) + 0.5);
            if (width > Math.PI || late) Pass(time, 0, 0, sink);
            else Pass(time, sweptTo, width, sink);
        }

        sweptTo = azimuth;
        sweptAt = time;
    }

    /// <summary>Ends an arrival: a sensor without a sweep is passed on now.</summary>
    public void FlushArrival(IScanSink sink)
    {
        if (Sweeps || pending.Count == 0) return;
        Pass(pending[^1].Time, 0, 0, sink);
    }

    /// <summary>Passes on plots that no mark and no later plot has followed.</summary>
    public void FlushStale(DateTimeOffset now, IScanSink sink)
    {
        if (pending.Count == 0 || now - lastPlot < sensor.Period / 8) return;
        Pass(lastPlot, 0, 0, sink);
    }

    bool HasMarks(DateTimeOffset time) => lastMark > DateTimeOffset.MinValue && time - lastMark < 2 * sensor.Period;

    void CutByAzimuth(in Measurement measurement, IScanSink sink)
    {
        double start = Math.Floor(Wrap(measurement.AzimuthRadians) / SectorRadians) * SectorRadians;
        if (double.IsNaN(sectorStart) || double.IsNaN(start)) { sectorStart = start; return; }
        double width = Wrap(start - sectorStart);
        if (width < 1e-6) return;
        if (width <= Math.PI) Pass(measurement.Time, sectorStart, width, sink);
        else if (width < (2 * Math.PI) - (2 * SectorRadians)) Pass(measurement.Time, 0, 0, sink);
        else return; // a plot of a neighbouring sector, a little late: it goes with the present one
        sectorStart = start;
    }

    void Pass(DateTimeOffset time, double from, double width, IScanSink sink)
    {
        if (width > 0 || pending.Count > 0)
        {
            sink.OnScan(new Scan
            {
                Sensor = index,
                Time = time,
                FromAzimuthRadians = from,
                WidthRadians = width,
                Measurements = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(pending),
            });
        }

        pending.Clear();
    }

    static double Wrap(double radians)
    {
        double turned = radians % (2 * Math.PI);
        return turned < 0 ? turned + (2 * Math.PI) : turned;
    }
}
