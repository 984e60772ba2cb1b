using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Tracking;

namespace Nadhir.Tests.Watching;

/// <summary>A tracker that says what the test tells it to say, at the next tick.</summary>
sealed class FakeTracker(GeoPoint origin) : ITracker
{
    readonly SortedDictionary<int, Track> tracks = [];
    readonly List<Action<ITrackSink>> next = [];

    public StereographicPlane Plane { get; } = new(origin);
    public IReadOnlyList<Track> Tracks => [.. tracks.Values];
    public int TentativeCount => 0;
    public long ShedCount => 0;

    public void Process(in Scan scan, ITrackSink sink) { }

    public void Advance(DateTimeOffset now, ITrackSink sink)
    {
        Action<ITrackSink>[] due = [.. next];
        next.Clear();
        foreach (Action<ITrackSink> act in due) act(sink);
    }

    public void See(Track track)
    {
        bool known = tracks.ContainsKey(track.Id);
        tracks[track.Id] = track;
        next.Add(sink =>
        {
            if (known) sink.OnUpdated(track);
            else sink.OnConfirmed(track);
        });
    }

    public void Lose(int id)
    {
        if (!tracks.Remove(id, out Track? track)) return;
        next.Add(sink => sink.OnDropped(track));
    }
}
