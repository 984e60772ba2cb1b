namespace Nadhir.Sensing;

/// <summary>How many a second, over the last <see cref="Span"/> or so.</summary>
sealed class RateMeter
{
    public static readonly TimeSpan Span = TimeSpan.FromSeconds(5);

    DateTimeOffset measuredAt;
    long measured;

    public double PerSecond { get; private set; }

    public void Measure(long count, DateTimeOffset now)
    {
        if (measuredAt != default && now - measuredAt < Span) return;
        if (measuredAt != default) PerSecond = (count - measured) / (now - measuredAt).TotalSeconds;
        (measuredAt, measured) = (now, count);
    }
}
