using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Tracking;

namespace Nadhir.Core.Tests;

/// <summary>A tracker that knows only what a test tells it: it says so at the next scan or tick, whatever was seen.</summary>
sealed class FakeTracker(GeoPoint origin) : ITracker
{
    readonly SortedDictionary<int, Track> tracks = [];
    readonly List<Action<ITrackSink>> next = [];

    public StereographicPlane Plane { get; } = new(origin);
    public IReadOnlyList<Track> Tracks => [.. tracks.Values];
    public int TentativeCount => 0;
    public long ShedCount => 0;

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
        if (tracks.Remove(id, out Track? track)) next.Add(sink => sink.OnDropped(track));
    }

    public void Process(in Scan scan, ITrackSink sink) => Say(sink);

    public void Advance(DateTimeOffset now, ITrackSink sink) => Say(sink);

    void Say(ITrackSink sink)
    {
        Action<ITrackSink>[] due = [.. next];
        next.Clear();
        foreach (Action<ITrackSink> say in due) say(sink);
    }
}
