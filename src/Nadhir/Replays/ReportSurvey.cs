using System.Collections.Immutable;
using Nadhir.Feeds;
using Nadhir.Formats.Acoustic;
using Nadhir.Formats.Sapient;
using Nadhir.Geodesy;
using Nadhir.Sensing;

namespace Nadhir.Replays;

/// <summary>
/// A first pass over a feed that is not ASTERIX: which nodes speak on it, where what they report is, how often. It
/// decodes
/// with stand-ins for the sensors, which believe a report from anywhere.
/// </summary>
sealed class ReportSurvey(string feed, string format) : IDecodeSink
{
    /// <summary>Beyond these the places and intervals known so far must do.</summary>
    const int MostPlaces = 65_536, MostIntervals = 65_536, MostObjects = 65_536, MostNodes = SapientDesk.MostNodes;
    /// <summary>Further than the earth is wide: no place is too far off.</summary>
    const double Everywhere = 14_000_000;

    readonly SortedSet<string> nodes = new(StringComparer.Ordinal);
    readonly SapientSurvey sapient = new();
    readonly List<double> north = [], east = [], intervals = [];
    readonly Dictionary<(MeasurementKind, uint, int), DateTimeOffset> lastOf = [];
    IFeedDecoder? decoder;
    ImmutableArray<Sensor> standIns;

    public string Feed => feed;
    public string Format => format;
    /// <summary>Nodes that name themselves: of acoustic-json.</summary>
    public IReadOnlyCollection<string> Nodes => nodes;
    public IReadOnlyCollection<SapientSurvey.Heard> SapientNodes => sapient.Nodes;
    public bool HasPlaces => north.Count > 0;
    public bool HasTracks { get; private set; }
    public bool HasSightings { get; private set; }

    /// <summary>The middle of what is reported, by the median, which a few wrong places do not move.</summary>
    public GeoPoint Middle => new(Median(north), Wrapped(Median(east)));
    /// <summary>How far 99 of 100 reports are from there at most, metres.</summary>
    public double ReachMetres
    {
        get
        {
            GeoPoint middle = Middle;
            double[] distances = [.. north.Zip(east, (lat, lon) =>
                Geodesic.Inverse(middle, new(lat, Wrapped(lon))).DistanceMetres).Order()];
            return distances[(distances.Length - 1) * 99 / 100];
        }
    }

    /// <summary>Median time between two reports of one object, seconds; null when none came twice.</summary>
    public double? UpdateSeconds => intervals.Count == 0 ? null : Median(intervals);

    /// <summary>Who is there: once over everything before the first <see cref="Take"/>.</summary>
    public void Observe(RecordedArrival arrival)
    {
        if (format == "sapient") sapient.Hear(arrival.Bytes.Span, arrival.At ?? default);
        if (format != "acoustic-json") return;
        foreach (string node in AcousticRecording.NodesOf(arrival.Bytes))
            if (nodes.Count < MostNodes) nodes.Add(node);
    }

    public void Take(RecordedArrival arrival)
    {
        if (decoder is null)
        {
            standIns = [.. StandIns()];
            FeedConfiguration spoken = new() { Id = feed, Format = format };
            decoder = FeedFormats.Find(format)!.Decoder(spoken, new()
            {
                Name = feed, Sender = "", Exercise = true, Origin = new(0, 0), Feeds = [spoken], Sensors = standIns,
            });
        }

        decoder.Decode(arrival.Bytes.Span, arrival.At!.Value, this);
    }

    IEnumerable<Sensor> StandIns()
    {
        Sensor any = new()
        {
            Id = feed, Feed = feed, Kind = SensorKind.System, Position = new(0, 0, 0), RangeMetres = Everywhere,
        };
        return format switch
        {
            "beast" or "avr" or "sbs" or "aircraft-json" => [any with { Kind = SensorKind.Adsb }],
            "cot" => [any, any with { Kind = SensorKind.Observer }],
            "sapient" => sapient.Nodes.Select(heard => any with
            {
                NodeId = heard.Id, Position = heard.Node.Reported ?? any.Position,
            }),
            _ => [any with { Kind = SensorKind.RemoteId }],
        };
    }

    public void OnMeasurement(in Measurement measurement)
    {
        HasTracks |= measurement.Kind == MeasurementKind.SystemTrack;
        HasSightings |= measurement.Kind == MeasurementKind.Sighting;
        (MeasurementKind, uint, int) name = (measurement.Kind, measurement.ModeSAddress, measurement.SourceTrack);
        if (lastOf.TryGetValue(name, out DateTimeOffset last) || lastOf.Count < MostObjects) lastOf[name] = measurement.Time;
        double wait = (measurement.Time - last).TotalSeconds;
        if (wait is > 0 and < 60 && intervals.Count < MostIntervals) intervals.Add(wait);
        if (IsInferred(measurement) || north.Count == MostPlaces) return;
        GeoPoint place = new(measurement.LatitudeDegrees, measurement.LongitudeDegrees);
        if (!place.IsValid) return;
        north.Add(place.LatitudeDegrees);
        // Kept on one side of the date line.
        double from = east.Count == 0 ? 0 : east[0] - 180;
        east.Add(east.Count == 0 ? place.LongitudeDegrees : from + Mod(place.LongitudeDegrees - from, 360));
    }

    /// <summary>Range and azimuth from a node of which nobody knows where it stands give no place.</summary>
    bool IsInferred(in Measurement measurement) =>
        format == "sapient" && sapient.IsUnplaced(standIns[measurement.Sensor].NodeId!);

    public void OnScanMark(int sensor, ScanMark mark, DateTimeOffset time, double azimuthRadians, TimeSpan rotation)
    {
        // None of these formats tells of a rotation.
    }

    public void OnAlive(int sensor, DateTimeOffset time)
    {
        // That a source is alive says nothing of where it is.
    }

    public void OnFault(DecodeFault fault, int offset, int length, string detail)
    {
        // Counted when the recording is played.
    }

    static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    static double Wrapped(double longitude) => Mod(longitude + 180, 360) - 180;

    static double Mod(double value, double by) => value - (by * Math.Floor(value / by));
}
