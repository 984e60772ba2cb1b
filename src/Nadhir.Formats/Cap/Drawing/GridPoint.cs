using System.Globalization;
using Nadhir.Geodesy;

namespace Nadhir.Formats.Cap.Drawing;

/// <summary>
/// A point as CAP writes it: whole millionths of a degree (a decimetre). On whole numbers "inside" is decided exactly.
/// A longitude may run beyond 180° while an outline is followed across the antimeridian.
/// </summary>
readonly record struct GridPoint(long X, long Y)
{
    const double Scale = 1e6;
    /// <summary>Half around the earth.</summary>
    public const long HalfTurn = 180_000_000;
    public const long Pole = 90_000_000;

    public static GridPoint From(GeoPoint point) => new(
        (long)Math.Round(point.LongitudeDegrees * Scale), (long)Math.Round(point.LatitudeDegrees * Scale));

    public bool IsOnEarth => Math.Abs(X) <= HalfTurn && Math.Abs(Y) <= Pole;

    /// <summary>"lat,lon".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Y / Scale:0.######},{X / Scale:0.######}");

    /// <summary>Twice the area of the triangle: positive when <paramref name="c"/> lies left of the way from a to b.</summary>
    public static long Turn(GridPoint a, GridPoint b, GridPoint c) => (b.X - a.X) * (c.Y - a.Y) - (b.Y - a.Y) * (c.X - a.X);

    /// <summary>Whether two segments have a point in common.</summary>
    public static bool Meet(GridPoint a, GridPoint b, GridPoint c, GridPoint d)
    {
        if (Math.Max(a.X, b.X) < Math.Min(c.X, d.X) || Math.Max(c.X, d.X) < Math.Min(a.X, b.X)
            || Math.Max(a.Y, b.Y) < Math.Min(c.Y, d.Y) || Math.Max(c.Y, d.Y) < Math.Min(a.Y, b.Y))
            return false;
        return Math.Sign(Turn(a, b, c)) * Math.Sign(Turn(a, b, d)) <= 0
            && Math.Sign(Turn(c, d, a)) * Math.Sign(Turn(c, d, b)) <= 0;
    }
}
