using System.Collections.Immutable;
using System.Globalization;
using Nadhir.Geodesy;
using Nadhir.Identification;
using Nadhir.Sensing;
using Nadhir.Simulation.Movements;
using Nadhir.Simulation.Truth;
using Nadhir.Units;

namespace Nadhir.Simulation.Families;

/// <summary>
/// Draws the movers of one variant by a seed: each plan from a stream of its own, so that a plan added or changed leaves
/// the others as they were.
/// </summary>
sealed class MoverDraw
{
    const double RocketsApartMetres = 150;
    const int MostTries = 200;

    readonly Country country;
    readonly StereographicPlane plane;
    readonly Routes routes;
    readonly DateTimeOffset anchor;
    readonly Dictionary<string, ZoneShape> zones;
    readonly List<Mover> movers = [];
    readonly List<Authorisation> plans = [];
    uint address = 0x7A0000;

    public MoverDraw(Country country, DateTimeOffset anchor)
    {
        (this.country, this.anchor) = (country, anchor);
        plane = new(country.Origin);
        routes = new(plane, country.Home());
        zones = country.Zones.ToDictionary(zone => zone.Id, zone => new ZoneShape(zone, 0), StringComparer.Ordinal);
    }

    public ImmutableArray<Mover> Movers => [.. movers];

    /// <summary>Flight plans on file.</summary>
    public ImmutableArray<Authorisation> FlightPlans => [.. plans];

    public void Add(MoverPlan plan, Chance chance)
    {
        int formations = plan.Count.DrawWhole(chance);
        double time = plan.Start.Draw(chance), azimuth = plan.Azimuth.Draw(chance);
        GeoPoint aim = plan.OneAim ? DrawAim(plan, chance, azimuth) : country.Origin;
        // One raid comes from one side: rockets of a salvo leave from one place, the others spread over the span.
        bool oneSide = plan.Pattern == MovePattern.Rocket && plan.OneAim;
        for (int i = 0; i < formations; i++)
        {
            if (!oneSide) azimuth = plan.Azimuth.Draw(chance);
            if (!plan.OneAim && !plan.Aims.IsEmpty) aim = DrawAim(plan, chance, azimuth);
            if (plan.Pattern == MovePattern.Rocket) AddRocket(plan, chance, i, aim, azimuth, time);
            else AddFormation(plan, chance, i, aim, azimuth, time);
            time += plan.Interval.Draw(chance);
        }
    }

    /// <summary>
    /// An aim whose way from the border is as long as the plan allows, and shorter than a rocket's whole flight; of many
    /// tries in vain the one that is nearest to the border.
    /// </summary>
    GeoPoint DrawAim(MoverPlan plan, Chance chance, double azimuth)
    {
        double most = plan.Pattern == MovePattern.Rocket ? Math.Min(plan.Inside.To, 0.97 * plan.Distance.From) : plan.Inside.To;
        (GeoPoint Aim, double Inside) best = (country.Origin, double.PositiveInfinity);
        for (int i = 0; i < MostTries; i++)
        {
            GeoPoint aim = zones[plan.Aims[(int)chance.Uniform(0, plan.Aims.Length)]].Draw(chance);
            double inside = plan.Pattern == MovePattern.Wander ? 0 : routes.BorderFrom(aim, azimuth);
            if (inside < best.Inside) best = (aim, inside);
            if (inside >= plan.Inside.From && inside <= most) return aim;
        }

        return best.Aim;
    }

    void AddRocket(MoverPlan plan, Chance chance, int index, GeoPoint aim, double azimuth, double time)
    {
        RocketPlan rocket = plan.Rocket!;
        double range = plan.Distance.Draw(chance), sigma = range * rocket.Scatter;
        GeoPoint from = Geodesic.Direct(Geodesic.Direct(aim, azimuth, range), chance.Uniform(0, 360), RocketsApartMetres);
        GeoPoint at = Geodesic.Direct(Geodesic.Direct(aim, 0, sigma * chance.Normal()), 90, sigma * chance.Normal());
        RocketShape shape = new(
            rocket.Elevation.Draw(chance), rocket.Burn.Draw(chance), rocket.BallisticCoefficient.Draw(chance));
        SampledPath? path = RocketFlight.To(from, at, shape);
        Invariant.Require(path is not null, $"a rocket of {plan.Id} can reach its aim: {range / 1000:0} km, {shape}");
        Movement movement = Movement(plan, Name(plan, index, 0), MovementKind.Rocket, path!,
            plan.StartIsArrival ? time - path!.DurationSeconds : time, null);
        movers.Add(new(movement, plan.Threat));
    }

    void AddFormation(MoverPlan plan, Chance chance, int index, GeoPoint aim, double azimuth, double time)
    {
        double speed = plan.Speed.Draw(chance), height = plan.Height.Draw(chance);
        Route route = routes.Draw(plan, chance, aim, azimuth, height, speed);
        int together = plan.Formation.DrawWhole(chance);
        for (int member = 0; member < together; member++)
        {
            IReadOnlyList<RouteCorner> corners = Routes.Aside(route.Corners, member * plan.SpacingMetres);
            SampledPath path = RouteBuilder.Fly(plane, corners, speed, plan.TurnG);
            double start = Math.Max(1, plan.StartIsArrival ? time - (route.AimAlongMetres / speed) : time);
            AddMover(plan, chance, Name(plan, index, member), path, start, route, height);
        }
    }

    void AddMover(
        MoverPlan plan, Chance chance, string name, SampledPath path, double start, Route route, double height)
    {
        Transponder? transponder = plan.Transponder == TransponderPlan.None ? null : NextTransponder();
        double share = plan.TransponderUntil.Draw(chance);
        double silent = share >= 1 ? double.PositiveInfinity : start + (share * path.DurationSeconds);
        MovementKind kind = plan.Pattern == MovePattern.Wander ? MovementKind.Birds
            : plan.Threat is null ? MovementKind.Civil : MovementKind.Jet;
        Movement own = Movement(plan, name, kind, path, start, plan.Decoy is null ? transponder : null) with
        {
            TransponderUntilSeconds = silent,
            TellsPosition = transponder is not null && plan.Decoy is null,
            IsFalseReport = plan.IsFalseReport,
        };
        movers.Add(new(own, plan.Threat, plan.ThreatensSilent ? silent : 0));
        if (plan.Transponder == TransponderPlan.Filed) File(name, transponder!, start, path.DurationSeconds, route.Filed);
        if (plan.Decoy is not { } decoy) return;
        // Somebody tells a position beside the true one, in the name of an aircraft that is not there.
        IReadOnlyList<RouteCorner> aside = Routes.Aside(route.Corners, decoy.Draw(chance));
        SampledPath told = RouteBuilder.Fly(plane, [.. aside.Select(corner => corner with { HeightMetres = height })],
            plan.Speed.From, plan.TurnG);
        movers.Add(new(Movement(plan, $"{name}-TOLD", MovementKind.Civil, told, start, transponder) with
        {
            TellsPosition = true,
            IsFalseReport = true,
        }, null));
    }

    static Movement Movement(
        MoverPlan plan, string name, MovementKind kind, IPath path, double start, Transponder? transponder) => new()
    {
        Id = name,
        Kind = kind,
        Path = path,
        StartSeconds = start,
        Transponder = transponder,
        RangeShare = plan.RangeShare,
        DetectionProbability = plan.DetectionProbability,
    };

    void File(string name, Transponder transponder, double start, double duration, ImmutableArray<GeoPoint> corridor) =>
        plans.Add(new()
        {
            Id = $"FPL-{transponder.Callsign}",
            Holder = name,
            Basis = "flight plan on file (invented)",
            Activity = "civil flight",
            Area = corridor.IsEmpty ? null : new() { Rings = [corridor] },
            ValidFrom = anchor.AddSeconds(start) - TimeSpan.FromMinutes(30),
            ValidTo = anchor.AddSeconds(start + duration) + TimeSpan.FromMinutes(60),
            Addresses = [transponder.Address.ToString("X6", CultureInfo.InvariantCulture)],
            Callsigns = [transponder.Callsign.ToString()],
        });

    Transponder NextTransponder()
    {
        address++;
        return new()
        {
            Address = address,
            Mode3A = (short)(0x200 + (address & 0xFF)),
            Callsign = Callsign.From(string.Create(CultureInfo.InvariantCulture, $"INV{address & 0xFFF}")),
        };
    }

    static string Name(MoverPlan plan, int index, int member) => $"{plan.Id}-{index + 1}{(char)('A' + member)}";
}
