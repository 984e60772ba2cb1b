using Nadhir.Formats.Asterix;
using Nadhir.Geodesy;

namespace Nadhir.Replays;

/// <summary>What the records of one SAC/SIC on one feed tell of their source.</summary>
sealed class SourceSurvey(int sac, int sic)
{
    const double HalfDay = 43_200, Day = 86_400;
    readonly List<double> offsets = [];
    readonly List<double> rotations = [];
    readonly List<double> northMarkers = [];
    readonly List<double> intervals = [];
    readonly Dictionary<ulong, double> lastOfTrack = [];
    double lastNorth = double.NaN;

    public int Sac => sac;
    public int Sic => sic;
    public SortedSet<int> Categories { get; } = [];
    /// <summary>Where CAT 034 says that the radar stands, CAT 019 the reference point of a system.</summary>
    public GeoPosition? Position { get; private set; }
    /// <summary>It tells places around itself: they are nowhere unless its own is known.</summary>
    public bool IsLocal { get; private set; }
    /// <summary>It measures range and azimuth, in a category that others use otherwise too (CAT 015).</summary>
    public bool IsPlotting { get; private set; }
    /// <summary>Positions of what it reports: their number, and the box around them.</summary>
    public PositionBox Reported { get; } = new();

    /// <summary>Median of the source's clock less the clock of the recording, seconds.</summary>
    public double ClockOffsetSeconds => Median(offsets) is { } middle ? middle : 0;
    /// <summary>Antenna rotation as told, else as measured from north marker to north marker, seconds; null when unknown.</summary>
    public double? RotationSeconds => Median(rotations) ?? Median(northMarkers);
    /// <summary>Median time between two reports of one system track, seconds.</summary>
    public double? UpdateSeconds => Median(intervals);

    /// <param name="arrived">By the clock of the recording, where it has one.</param>
    public void Take(SurveyFields fields, in AsterixRecord record, double timeOfDay, DateTimeOffset? arrived)
    {
        Categories.Add(fields.Category.Number);
        if (!double.IsNaN(timeOfDay) && arrived is { } at) offsets.Add(Nearest(timeOfDay - at.TimeOfDay.TotalSeconds));
        double north = fields.Latitude.Read(record), east = fields.Longitude.Read(record);
        bool placed = new GeoPoint(north, east).IsValid;
        IsLocal |= fields.Plane.IsIn(record) && !placed;
        IsPlotting |= fields.PlotRange.TryReadBits(record, out _) && fields.PlotAzimuth.TryReadBits(record, out _);
        if (fields.IsService) TakeService(fields, record, timeOfDay, north, east);
        else if (placed) Reported.Add(new(north, east));
        if (fields.Track.TryReadBits(record, out ulong number) && !double.IsNaN(timeOfDay))
        {
            if (lastOfTrack.TryGetValue(number, out double before) && timeOfDay - before is > 0 and < 60) intervals.Add(timeOfDay - before);
            lastOfTrack[number] = timeOfDay;
        }
    }

    void TakeService(SurveyFields fields, in AsterixRecord record, double timeOfDay, double north, double east)
    {
        if (new GeoPoint(north, east) is { IsValid: true } stands)
        {
            double height = fields.Height.Read(record);
            Position = new(stands.LatitudeDegrees, stands.LongitudeDegrees, double.IsNaN(height) ? 0 : height);
        }

        double rotation = fields.Rotation.Read(record);
        if (rotation is > 0.5 and < 60) rotations.Add(rotation);
        if (!fields.MessageType.TryReadBits(record, out ulong type) || type != 1 || double.IsNaN(timeOfDay)) return;
        if (timeOfDay - lastNorth is > 0.5 and < 60) northMarkers.Add(timeOfDay - lastNorth);
        lastNorth = timeOfDay;
    }

    static double Nearest(double seconds) => seconds > HalfDay ? seconds - Day : seconds < -HalfDay ? seconds + Day : seconds;

    static double? Median(List<double> values)
    {
        if (values.Count == 0) return null;
        values.Sort();
        return values[values.Count / 2];
    }
}
