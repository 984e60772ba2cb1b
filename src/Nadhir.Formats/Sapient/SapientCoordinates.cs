using Nadhir.Geodesy;
using Nadhir.Units;

namespace Nadhir.Formats.Sapient;

/// <summary>A place as told, on WGS 84; NaN for what was not told.</summary>
/// <param name="SigmaMetres">One sigma an axis.</param>
readonly record struct SapientPlace(GeoPoint Point, double HeightMetres, double SigmaMetres);

/// <summary>
/// A direction and distance as told, in radians and metres from the told north; NaN for what was not told.
/// </summary>
/// <param name="Datum">Which north: the standard's number.</param>
readonly record struct SapientRay(
    double AzimuthRadians, double ElevationRadians, double RangeMetres,
    double SigmaAzimuth, double SigmaElevation, double SigmaRange, long Datum);

/// <summary>Places and directions of messages in our units.</summary>
static class SapientCoordinates
{
    const long Degrees = 1, Radians = 2, Utm = 5;
    /// <summary>An error beyond this, metres, is a mistake of units: degrees were meant as metres.</summary>
    const double MostSigma = 20_000;
    const double MetresPerDegree = Wgs84.MeanRadiusMetres * Angles.DegreesToRadians;

    /// <param name="near">About where the place must be: settles zone and hemisphere when they are not told.</param>
    /// <param name="usualZone">Of the node's registration; empty when not told.</param>
    /// <param name="fault">Why there is no place.</param>
    public static bool TryPlace(
        SapientDocument document, int location, GeoPoint near, ReadOnlySpan<byte> usualZone, out SapientPlace place,
        out string fault)
    {
        double x = document.Number(location, SapientFields.Located.X),
            y = document.Number(location, SapientFields.Located.Y);
        double xError = document.Number(location, SapientFields.Located.XError);
        double yError = document.Number(location, SapientFields.Located.YError);
        double height = document.Number(location, SapientFields.Located.Z);
        place = default;
        fault = "";
        GeoPoint point;
        double perX = 1, perY = 1;
        switch (document.Integer(location, SapientFields.Located.System))
        {
            case var system and (Degrees or Radians):
                double unit = system == Radians ? Angles.RadiansToDegrees : 1;
                point = new(y * unit, x * unit);
                perY = unit * MetresPerDegree;
                perX = perY * Math.Cos(point.LatitudeDegrees * Angles.DegreesToRadians);
                break;
            case Utm:
                ReadOnlySpan<byte> zone = document.Bytes(location, SapientFields.Located.Zone);
                if (!TryUtm(x, y, zone.IsEmpty ? usualZone : zone, near, out point, out fault)) return false;
                break;
            case var other:
                fault = $"coordinate system {other}";
                return false;
        }

        if (!point.IsValid)
        {
            fault = FormattableString.Invariant(
                $"position {point.LatitudeDegrees:0.######}, {point.LongitudeDegrees:0.######}");
            return false;
        }

        double across = xError * perX, along = yError * perY;
        if (double.IsNaN(across)) across = along;
        if (double.IsNaN(along)) along = across;
        double sigma = Math.Sqrt(0.5 * ((across * across) + (along * along)));
        place = new(point, height, sigma is > 0 and <= MostSigma ? sigma : double.NaN);
        return true;
    }

    static bool TryUtm(double x, double y, ReadOnlySpan<byte> text, GeoPoint near, out GeoPoint point, out string fault)
    {
        point = default;
        fault = "";
        int zone = UtmPoint.ZoneOf(near.LongitudeDegrees);
        char band = '\0';
        if (!text.IsEmpty && !TryZone(text, out zone, out band))
        {
            fault = "utm_zone is no zone";
            return false;
        }

        // Letters from N on are northern bands; S alone is also how people write south.
        bool? north = band switch { '\0' or 'S' => null, >= 'N' => true, _ => false };
        UtmPoint told = new(zone, north ?? near.LatitudeDegrees >= 0, x, y);
        if (!told.IsPlausible)
        {
            fault = FormattableString.Invariant($"no place in UTM: zone {zone}, {x:0.#} east, {y:0.#} north");
            return false;
        }

        point = told.ToGeographic();
        return true;
    }

    /// <summary>A zone from 1 to 60 with a letter or none.</summary>
    public static bool TryZone(ReadOnlySpan<byte> text, out int zone, out char band)
    {
        zone = 0;
        band = '\0';
        int i = 0;
        for (; i < text.Length && i < 2 && char.IsAsciiDigit((char)text[i]); i++) zone = (10 * zone) + text[i] - '0';
        if (zone is < 1 or > 60) return false;
        while (i < text.Length && text[i] == ' ') i++;
        if (i == text.Length) return true;
        band = char.ToUpperInvariant((char)text[i]);
        return i == text.Length - 1 && band is >= 'C' and <= 'X' and not ('I' or 'O');
    }

    public static SapientRay Ray(SapientDocument document, int message, SapientFields.Ranged fields)
    {
        long system = document.Integer(message, fields.System);
        double angle = system is 1 or 3 ? Angles.DegreesToRadians : system is 2 or 4 ? 1 : double.NaN;
        double length = system is 1 or 2 ? 1 : system is 3 or 4 ? 1000 : double.NaN;
        return new(
            document.Number(message, fields.Azimuth) * angle, document.Number(message, fields.Elevation) * angle,
            document.Number(message, fields.Range) * length,
            document.Number(message, fields.AzimuthError) * angle,
            document.Number(message, fields.ElevationError) * angle,
            document.Number(message, fields.RangeError) * length, document.Integer(message, fields.Datum));
    }
}
