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
    const int Sectors = 32;
    const double SectorRadians = 2 * Math.PI / Sectors;
    readonly List<Measurement> pending = [];
    double sweptTo = double.NaN;
    DateTimeOffset sweptAt = DateTimeOffset.MinValue;
    /// <summary>The sector of the present plots when there are no marks, 0–31, or −1.</summary>
    int sector = -1;
    /// <summary>Plots of the present sector have gone ahead of its end: what the end closes cannot count as missed.</summary>
    bool wentAhead;
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

        if (pending.Count >= Capacity)
        {
            Pass(measurement.Time, 0, 0, sink);
            wentAhead = true;
        }

        if (HasMarks(measurement.Time)) sector = -1;
        else CutByAzimuth(measurement, sink);
        pending.Add(measurement);
        lastPlot = measurement.Time;
    }

    public void Mark(ScanMark mark, DateTimeOffset time, double azimuthRadians, IScanSink sink)
    {
        if (!Sweeps || mark is not (ScanMark.NorthMarker or ScanMark.SectorCrossing) || !double.IsFinite(azimuthRadians)) return;
        // A source that marks north only is cut by azimuth; the marker says just that it turns.
        if (mark == ScanMark.NorthMarker && !HasMarks(time)) return;
        // A mark that was overtaken on the way would sweep a sector twice.
        if (time < lastMark) return;
        double azimuth = Wrap(azimuthRadians);
        if (mark == ScanMark.SectorCrossing) lastMark = time;
        if (double.IsNaN(sweptTo)) Pass(time, 0, 0, sink);
        else
        {
            double width = Wrap(azimuth - sweptTo);
            if (width < 1e-6) return;
            // Marks were lost: what lies before half a turn was seen too long ago to count as missed now.
            bool late = time - sweptAt > sensor.Period * ((width / (2 * Math.PI)) + 0.5);
            if (width > Math.PI || late || wentAhead) Pass(time, 0, 0, sink);
            else Pass(time, sweptTo, width, sink);
        }

        sweptTo = azimuth;
        sweptAt = time;
        wentAhead = false;
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
        if (!Sweeps || pending.Count == 0 || now - lastPlot < sensor.Period / 8) return;
        if (sector >= 0 && !HasMarks(lastPlot) && !wentAhead)
        {
            // The antenna has long left this sector: it is swept, with these plots; the next cut begins behind it.
            Pass(lastPlot, sector * SectorRadians, SectorRadians, sink);
            sector = (sector + 1) % Sectors;
            return;
        }

        Pass(lastPlot, 0, 0, sink);
        wentAhead = true;
    }

    bool HasMarks(DateTimeOffset time) => lastMark > DateTimeOffset.MinValue && time - lastMark < 2 * sensor.Period;

    void CutByAzimuth(in Measurement measurement, IScanSink sink)
    {
        if (!double.IsFinite(measurement.AzimuthRadians)) return;
        int next = (int)(Wrap(measurement.AzimuthRadians) / SectorRadians) % Sectors;
        if (sector >= 0)
        {
            int passed = (next - sector + Sectors) % Sectors;
            // In the present sector; or of the one before, a little late: it goes with the present one.
            if (passed is 0 or Sectors - 1) return;
            if (passed <= Sectors / 2 && !wentAhead) Pass(measurement.Time, sector * SectorRadians, passed * SectorRadians, sink);
            else Pass(measurement.Time, 0, 0, sink);
        }

        sector = next;
        wentAhead = false;
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
