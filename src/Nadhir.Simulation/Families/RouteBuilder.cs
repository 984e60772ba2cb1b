using Nadhir.Geodesy;
using Nadhir.Simulation.Movements;

namespace Nadhir.Simulation.Families;

/// <summary>A corner of a route on the plane, and the height there; metres.</summary>
readonly record struct RouteCorner(double East, double North, double HeightMetres);

/// <summary>Makes a way that can be flown of corners: each is rounded by an arc of the turn's radius.</summary>
static class RouteBuilder
{
    const double Step = 0.5, ArcDegrees = 4;

    public static SampledPath Fly(StereographicPlane plane, IReadOnlyList<RouteCorner> corners, double speed, double turnG)
    {
        List<RouteCorner> line = Round(corners, Math.Max(20, speed * speed / (9.81 * turnG)));
        List<GeoPosition> samples = [];
        double along = 0, due = 0;
        for (int i = 1; i < line.Count; i++)
        {
            RouteCorner a = line[i - 1], b = line[i];
            double length = Distance(a, b);
            for (; due < along + length; due += speed * Step) samples.Add(Place(plane, a, b, (due - along) / length));
            along += length;
        }

        double last = (samples.Count - 1) * Step, duration = along / speed;
        if (duration - last < 1e-6) samples.RemoveAt(samples.Count - 1);
        samples.Add(Place(plane, line[^1], line[^1], 0));
        return new(samples, Step, duration);
    }

    static List<RouteCorner> Round(IReadOnlyList<RouteCorner> corners, double radius)
    {
        List<RouteCorner> line = [corners[0]];
        for (int i = 1; i < corners.Count - 1; i++)
        {
            RouteCorner at = corners[i];
            (double inEast, double inNorth, double before) = Way(line[^1], at);
            (double outEast, double outNorth, double after) = Way(at, corners[i + 1]);
            double turn = Math.Atan2((inNorth * outEast) - (inEast * outNorth), (inEast * outEast) + (inNorth * outNorth));
            if (before < 1 || after < 1) continue;
            if (Math.Abs(turn) < 0.01)
            {
                line.Add(at);
                continue;
            }

            // Where the legs are too short for the turn it is flown tighter: half of a leg is the next corner's.
            double tangent = Math.Min(radius * Math.Tan(Math.Min(Math.Abs(turn), 3.0) / 2), Math.Min(0.95 * before, 0.5 * after));
            double flown = tangent / Math.Tan(Math.Min(Math.Abs(turn), 3.0) / 2);
            double side = Math.Sign(turn);
            double startEast = at.East - (tangent * inEast), startNorth = at.North - (tangent * inNorth);
            double centreEast = startEast + (side * flown * inNorth), centreNorth = startNorth - (side * flown * inEast);
            int steps = Math.Max(2, (int)Math.Ceiling(Math.Abs(turn) * Units.Angles.RadiansToDegrees / ArcDegrees));
            for (int k = 0; k <= steps; k++)
            {
                (double sin, double cos) = Math.SinCos(turn * k / steps); // clockwise
                double de = startEast - centreEast, dn = startNorth - centreNorth;
                line.Add(new(centreEast + (de * cos) + (dn * sin), centreNorth - (de * sin) + (dn * cos), at.HeightMetres));
            }
        }

        line.Add(corners[^1]);
        return [.. line.Where((corner, i) => i == 0 || Distance(line[i - 1], corner) > 0.01)];
    }

    static (double East, double North, double Length) Way(in RouteCorner a, in RouteCorner b)
    {
        double length = Math.Max(1e-9, Distance(a, b));
        return ((b.East - a.East) / length, (b.North - a.North) / length, length);
    }

    static double Distance(in RouteCorner a, in RouteCorner b) =>
        Math.Sqrt(((b.East - a.East) * (b.East - a.East)) + ((b.North - a.North) * (b.North - a.North)));

    static GeoPosition Place(StereographicPlane plane, in RouteCorner a, in RouteCorner b, double share)
    {
        GeoPoint point = plane.FromPlane(a.East + (share * (b.East - a.East)), a.North + (share * (b.North - a.North)));
        return new(point.LatitudeDegrees, point.LongitudeDegrees,
            a.HeightMetres + (share * (b.HeightMetres - a.HeightMetres)));
    }
}
