using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Simulation.Truth;
using Nadhir.Units;

namespace Nadhir.Simulation.Families;

/// <summary>A way as drawn.</summary>
/// <param name="AimAlongMetres">How far along it the aim is reached, about.</param>
/// <param name="Filed">The corridor of its flight plan; empty without one.</param>
readonly record struct Route(
    IReadOnlyList<RouteCorner> Corners, double AimAlongMetres, ImmutableArray<GeoPoint> Filed);

/// <summary>Draws ways on the plane.</summary>
sealed class Routes(StereographicPlane plane, Outline home)
{
    const double DiveMetres = 2500, BeyondMetres = 60_000, CorridorMetres = 15_000, MarchMetres = 2000, FurthestMetres = 900_000;

    public Route Draw(MoverPlan plan, Chance chance, GeoPoint aim, double azimuth, double height, double speed) =>
        plan.Pattern switch
        {
            MovePattern.Attack => Attack(plan, chance, aim, azimuth, height, speed),
            MovePattern.AlongBorder => AlongBorder(plan, chance, azimuth, height),
            MovePattern.Transit => Transit(plan, chance, azimuth, height),
            MovePattern.Divert => Divert(plan, chance, aim, azimuth, height),
            MovePattern.Wander => Wander(plan, chance, aim, azimuth, height),
            _ => throw new InvariantBrokenException($"a {plan.Pattern} has no route"),
        };

    /// <summary>The same way so far to the right of where it goes; each corner along the mean of its two legs.</summary>
    public static IReadOnlyList<RouteCorner> Aside(IReadOnlyList<RouteCorner> corners, double metres)
    {
        if (metres == 0) return corners;
        RouteCorner[] aside = new RouteCorner[corners.Count];
        for (int i = 0; i < aside.Length; i++)
        {
            RouteCorner a = corners[Math.Max(0, i - 1)], b = corners[Math.Min(aside.Length - 1, i + 1)];
            double course = Math.Atan2(b.East - a.East, b.North - a.North);
            (double sin, double cos) = Math.SinCos(course);
            aside[i] = corners[i] with { East = corners[i].East + (metres * cos), North = corners[i].North - (metres * sin) };
        }

        return aside;
    }

    Route Attack(MoverPlan plan, Chance chance, GeoPoint aim, double azimuth, double height, double speed)
    {
        GeoPoint start = Geodesic.Direct(aim, azimuth, BorderFrom(aim, azimuth) + plan.Distance.Draw(chance));
        List<RouteCorner> corners = [At(start, height)];
        Bend(corners, plan, chance, At(aim, height));
        double along = 0;
        RouteCorner end = At(aim, height), before = corners[^1];
        double course = Math.Atan2(end.East - before.East, end.North - before.North);
        (double sin, double cos) = Math.SinCos(course);
        if (plan.End == AttackEnd.There)
        {
            double dive = Math.Min(DiveMetres, 0.4 * Length(before, end));
            corners.Add(end with { East = end.East - (dive * sin), North = end.North - (dive * cos) });
            corners.Add(end with { HeightMetres = 0 });
            along = Sum(corners);
        }
        else
        {
            corners.Add(end);
            along = Sum(corners);
            if (plan.End == AttackEnd.Over)
            {
                double past = BorderFrom(aim, course * Angles.RadiansToDegrees) + BeyondMetres;
                corners.Add(new(end.East + (past * sin), end.North + (past * cos), height));
            }
            else
            {
                double side = 2.2 * speed * speed / (9.81 * plan.TurnG) * (chance.Happens(0.5) ? 1 : -1);
                double reach = Math.Abs(side);
                corners.Add(new(end.East + (reach * sin), end.North + (reach * cos), height));
                corners.Add(new(end.East + (reach * sin) + (side * cos), end.North + (reach * cos) - (side * sin), height));
                double away = azimuth + chance.Uniform(-20, 20);
                corners.Add(At(Geodesic.Direct(aim, away, BorderFrom(aim, away) + BeyondMetres), height));
            }
        }

        return new(corners, along, []);
    }

    /// <summary>Corners at even shares of the way, drawn aside of it.</summary>
    static void Bend(List<RouteCorner> corners, MoverPlan plan, Chance chance, in RouteCorner to)
    {
        RouteCorner begin = corners[^1];
        int bends = plan.Corners.DrawWhole(chance);
        double length = Length(begin, to);
        (double sin, double cos) = Math.SinCos(Math.Atan2(to.East - begin.East, to.North - begin.North));
        for (int i = 1; i <= bends; i++)
        {
            double share = i / (bends + 1.0), aside = plan.AsideMetres * chance.Uniform(-1, 1);
            corners.Add(begin with
            {
                East = begin.East + (share * length * sin) + (aside * cos),
                North = begin.North + (share * length * cos) - (aside * sin),
            });
        }
    }

    Route AlongBorder(MoverPlan plan, Chance chance, double azimuth, double height)
    {
        double offset = plan.Distance.Draw(chance), sense = chance.Happens(0.5) ? 1 : -1, arc = chance.Uniform(70, 130);
        List<RouteCorner> corners = [];
        // The farthest the border reaches on each side decides: a way about a country does not copy its bays.
        for (double turn = 0; turn <= arc; turn += 6)
        {
            double bearing = azimuth + (sense * turn), reach = 0;
            for (double aside = -8; aside <= 8; aside += 4) reach = Math.Max(reach, BorderFrom(plane.Origin, bearing + aside));
            corners.Add(At(Geodesic.Direct(plane.Origin, bearing, reach + offset), height));
        }

        return new(corners, 0, Corridor(corners));
    }

    Route Transit(MoverPlan plan, Chance chance, double azimuth, double height)
    {
        double outside = plan.Distance.Draw(chance), off = azimuth + 180 + chance.Uniform(-40, 40);
        List<RouteCorner> corners =
        [
            At(Geodesic.Direct(plane.Origin, azimuth, BorderFrom(plane.Origin, azimuth) + outside), height),
            At(Geodesic.Direct(plane.Origin, off, BorderFrom(plane.Origin, off) + outside), height),
        ];
        return new(corners, 0, Corridor(corners));
    }

    Route Divert(MoverPlan plan, Chance chance, GeoPoint aim, double azimuth, double height)
    {
        Route planned = Transit(plan, chance, azimuth, height);
        double share = plan.DivertAt.Draw(chance);
        RouteCorner begin = planned.Corners[0], to = planned.Corners[1], over = At(aim, Math.Min(height, 1500));
        RouteCorner turn = begin with
        {
            East = begin.East + (share * (to.East - begin.East)),
            North = begin.North + (share * (to.North - begin.North)),
        };
        double course = Math.Atan2(over.East - turn.East, over.North - turn.North);
        (double sin, double cos) = Math.SinCos(course);
        List<RouteCorner> corners =
            [begin, turn, over, over with { East = over.East + (20_000 * sin), North = over.North + (20_000 * cos) }];
        return new(corners, Length(begin, turn) + Length(turn, over), planned.Filed);
    }

    Route Wander(MoverPlan plan, Chance chance, GeoPoint aim, double azimuth, double height)
    {
        RouteCorner at = At(aim, height);
        List<RouteCorner> corners = [at];
        double left = plan.Distance.Draw(chance), course = azimuth * Angles.DegreesToRadians;
        while (left > 0)
        {
            double leg = Math.Min(left, chance.Uniform(500, 4000));
            course += chance.Uniform(-0.9, 0.9);
            at = at with { East = at.East + (leg * Math.Sin(course)), North = at.North + (leg * Math.Cos(course)) };
            corners.Add(at);
            left -= leg;
        }

        return new(corners, 0, []);
    }

    /// <summary>Distance from a point inside to the border on a bearing, to ten metres.</summary>
    public double BorderFrom(GeoPoint from, double bearing)
    {
        double reach = MarchMetres;
        while (reach < FurthestMetres && home.Contains(Geodesic.Direct(from, bearing, reach))) reach += MarchMetres;
        double low = reach - MarchMetres, high = reach;
        while (high - low > 10)
        {
            double middle = (low + high) / 2;
            if (home.Contains(Geodesic.Direct(from, bearing, middle))) low = middle;
            else high = middle;
        }

        return high;
    }

    ImmutableArray<GeoPoint> Corridor(IReadOnlyList<RouteCorner> corners) =>
    [
        .. Aside(corners, CorridorMetres).Select(corner => plane.FromPlane(corner.East, corner.North)),
        .. Aside(corners, -CorridorMetres).Reverse().Select(corner => plane.FromPlane(corner.East, corner.North)),
    ];

    RouteCorner At(GeoPoint point, double height)
    {
        (double east, double north) = plane.ToPlane(point);
        return new(east, north, height);
    }

    static double Length(in RouteCorner a, in RouteCorner b) =>
        Math.Sqrt(((b.East - a.East) * (b.East - a.East)) + ((b.North - a.North) * (b.North - a.North)));

    static double Sum(List<RouteCorner> corners)
    {
        double sum = 0;
        for (int i = 1; i < corners.Count; i++) sum += Length(corners[i - 1], corners[i]);
        return sum;
    }
}
