using Nadhir.Formats.ModeS.Squitters;
using Nadhir.Geodesy;

namespace Nadhir.Formats.ModeS;

/// <summary>
/// Compact position reporting (DO-260B, appendix A.1.7): the earth in 60 zones of latitude, or 59 for odd messages; a
/// message tells the place within its zone. A pair of both kinds gives the zone (global), or a place nearby (local).
/// Positions on the surface have zones of a quarter of the size.
/// </summary>
public static class CompactPositionReporting
{
    const double Steps = 131072;

    /// <summary>Latitudes at which the number of longitude zones falls from n to n − 1, n = 59 … 2.</summary>
    static readonly double[] transitions = Transitions();

    /// <summary>Number of longitude zones at a latitude, 59 at the equator, 1 at the poles (A.1.7.2 d).</summary>
    public static int LongitudeZones(double latitude)
    {
        double north = Math.Abs(latitude);
        int low = 0, high = transitions.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (transitions[middle] <= north) low = middle + 1;
            else high = middle;
        }

        return 59 - low;
    }

    /// <param name="bits">Of each coordinate; 12 for coarse TIS-B, told as the first of seventeen.</param>
    public static CompactPosition Encode(GeoPoint place, bool odd, bool surface, int bits = 17)
    {
        int more = 17 - bits;
        double span = surface ? 90 : 360, northStep = span / (odd ? 59 : 60), steps = 1 << bits;
        double north = Math.Floor((steps * Modulo(place.LatitudeDegrees, northStep) / northStep) + 0.5);
        double onGrid = northStep * ((north / steps) + Math.Floor(place.LatitudeDegrees / northStep));
        double eastStep = span / Math.Max(LongitudeZones(onGrid) - (odd ? 1 : 0), 1);
        double east = Math.Floor((steps * Modulo(place.LongitudeDegrees, eastStep) / eastStep) + 0.5);
        return new(odd, ((int)north << more) & 0x1FFFF, ((int)east << more) & 0x1FFFF);
    }

    /// <summary>
    /// The place of the later of an even and an odd message. On the surface there are eight candidates; the nearest to
    /// the reference is taken.
    /// </summary>
    /// <returns>False when the two lie in different bands of longitude zones, or it is no place on earth.</returns>
    public static bool TryGlobal(
        CompactPosition even, CompactPosition odd, bool oddIsLater, bool surface, GeoPoint reference,
        out GeoPoint place)
    {
        double span = surface ? 90 : 360;
        double latitude0 = even.Latitude / Steps, latitude1 = odd.Latitude / Steps;
        double index = Math.Floor((59 * latitude0) - (60 * latitude1) + 0.5);
        double north0 = span / 60 * (Modulo(index, 60) + latitude0);
        double north1 = span / 59 * (Modulo(index, 59) + latitude1);
        if (surface)
        {
            // The other candidate lies in the southern hemisphere; at the equator one may lie on either side.
            double near = reference.LatitudeDegrees;
            if (Math.Abs(north0 - 90 - near) < Math.Abs(north0 - near)) north0 -= 90;
            if (Math.Abs(north1 - 90 - near) < Math.Abs(north1 - near)) north1 -= 90;
        }
        else
        {
            if (north0 >= 270) north0 -= 360;
            if (north1 >= 270) north1 -= 360;
        }

        place = default;
        if (Math.Abs(north0) > 90 || Math.Abs(north1) > 90) return false;
        int zones = LongitudeZones(north0);
        if (zones != LongitudeZones(north1)) return false;
        double longitude0 = even.Longitude / Steps, longitude1 = odd.Longitude / Steps;
        double eastIndex = Math.Floor((longitude0 * (zones - 1)) - (longitude1 * zones) + 0.5);
        int cells = Math.Max(zones - (oddIsLater ? 1 : 0), 1);
        double east = span / cells * (Modulo(eastIndex, cells) + (oddIsLater ? longitude1 : longitude0));
        if (surface) east += 90 * Math.Round((reference.LongitudeDegrees - east) / 90);
        place = new(oddIsLater ? north1 : north0, Wrap(east));
        return true;
    }

    /// <summary>
    /// The place nearest to a reference: right when that is within half a zone, 180 NM in the air and 45 NM on the
    /// surface.
    /// </summary>
    public static bool TryLocal(CompactPosition told, bool surface, GeoPoint reference, out GeoPoint place)
    {
        double span = surface ? 90 : 360;
        double northStep = span / (told.IsOdd ? 59 : 60), latitude = told.Latitude / Steps;
        double north = northStep * (Math.Floor(0.5 + (reference.LatitudeDegrees / northStep) - latitude) + latitude);
        place = default;
        if (Math.Abs(north) > 90) return false;
        double eastStep = span / Math.Max(LongitudeZones(north) - (told.IsOdd ? 1 : 0), 1);
        double longitude = told.Longitude / Steps;
        double east = eastStep * (Math.Floor(0.5 + (reference.LongitudeDegrees / eastStep) - longitude) + longitude);
        place = new(north, Wrap(east));
        return true;
    }

    static double[] Transitions()
    {
        double[] latitudes = new double[58];
        double zone = 1 - Math.Cos(Math.PI / 30);
        for (int zones = 59; zones >= 2; zones--)
        {
            double cosine = Math.Sqrt(zone / (1 - Math.Cos(2 * Math.PI / zones)));
            latitudes[59 - zones] = zones == 2 ? 87 : Math.Acos(cosine) * (180 / Math.PI);
        }

        return latitudes;
    }

    static double Modulo(double value, double of) => value - (of * Math.Floor(value / of));

    static double Wrap(double longitude) => longitude - (360 * Math.Floor((longitude + 180) / 360));
}
