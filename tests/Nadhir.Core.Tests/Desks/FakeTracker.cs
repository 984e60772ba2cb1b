using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Tracking;

namespace Nadhir.Core.Tests.Desks;

/// <summary>A tracker that knows only what a test tells it: at the next scan it says so, whatever was seen.</summary>
sealed class FakeTracker(GeoPoint origin) : ITracker
{
    readonly SortedDictionary<int, Track> tracks = [];
    readonly List<Track> seen = [];
    readonly List<int> gone = [];

    public StereographicPlane Plane { get; } = new(origin);
    public IReadOnlyList<Track> Tracks => [.. tracks.Values];
    public int TentativeCount => 0;
    public long ShedCount => 0;

    public void See(Track track) => seen.Add(track);

    public void Lose(int track) => gone.Add(track);

    public void Process(in Scan scan, ITrackSink sink)
    {
        foreach (Track track in seen)
        {
            bool known = tracks.ContainsKey(track.Id);
            tracks[track.Id] = track;
            if (known) sink.OnUpdated(track);
            else sink.OnConfirmed(track);
        }

        seen.Clear();
    }

    public void Advance(DateTimeOffset now, ITrackSink sink)
    {
        foreach (int id in gone)
            if (tracks.Remove(id, out Track? track)) sink.OnDropped(track);
        gone.Clear();
    }
}

/// <summary>Every arrival is one report of the first sensor; an arrival of 0xFF alone is damaged.</summary>
sealed class FakeDecoder : IFeedDecoder
{
    public void Decode(ReadOnlySpan<byte> bytes, DateTimeOffset arrived, IDecodeSink sink)
    {
        if (bytes is [0xFF]) sink.OnFault(DecodeFault.BadValue, 0, 1, "0xFF");
        else sink.OnMeasurement(new Measurement { Kind = MeasurementKind.PositionReport, Sensor = 0, Time = arrived });
    }
}
