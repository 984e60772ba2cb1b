namespace Nadhir.Geodesy;

/// <summary>A point on the WGS 84 ellipsoid, degrees.</summary>
public readonly record struct GeoPoint(double LatitudeDegrees, double LongitudeDegrees)
{
    public bool IsValid => LatitudeDegrees is >= -90 and <= 90 && LongitudeDegrees is >= -180 and <= 180;
}

/// <summary>A point in space: latitude and longitude in degrees, height above the ellipsoid in metres.</summary>
public readonly record struct GeoPosition(double LatitudeDegrees, double LongitudeDegrees, double HeightMetres)
{
    public GeoPoint Point => new(LatitudeDegrees, LongitudeDegrees);
}
