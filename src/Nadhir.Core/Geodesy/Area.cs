using System.Collections.Immutable;

namespace Nadhir.Geodesy;

/// <summary>
/// A circle or a polygon on the ellipsoid; exactly one of the two. Polygon edges are straight on a plane local to the
/// area; rings are closed implicitly; the first ring is the outline, later rings are holes or further parts (even-odd).
/// </summary>
public sealed record Area
{
    public GeoPoint? Centre { get; init; }
    public double RadiusMetres { get; init; }
    public ImmutableArray<ImmutableArray<GeoPoint>> Rings { get; init; } = [];

    public bool IsCircle => Centre is not null;
}
