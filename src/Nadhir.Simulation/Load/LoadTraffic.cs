namespace Nadhir.Simulation.Load;

/// <summary>
/// Aircraft spread evenly over a region, a third of them in formations of four, on straight legs and turns of up to 3°
/// a second, with gusts. Whoever leaves on one side enters on the other: the density stays. One array a quantity; the
/// same seed flies the same paths.
/// </summary>
public sealed class LoadTraffic
{
    const double FormationShare = 0.11, MostTurn = 3 * Math.PI / 180, Spacing = 500;
    const double GustHorizontal = 0.5, GustVertical = 0.05; // m²/s³, as in the tracking bench

    readonly LoadRegion region;
    readonly Chance chance;
    readonly int[] flight; // of each aircraft
    readonly double[] turn, changeAt; // of each flight, 1/s clockwise and s
    int flights;

    public LoadTraffic(LoadRegion region, ulong seed)
    {
        this.region = region;
        chance = new(seed, "traffic");
        Count = region.Targets;
        X = new double[Count];
        Y = new double[Count];
        Z = new double[Count];
        VelocityX = new double[Count];
        VelocityY = new double[Count];
        VelocityZ = new double[Count];
        flight = new int[Count];
        turn = new double[Count];
        changeAt = new double[Count];
        for (int next = 0; next < Count;) next = TakeOff(next);
    }

    public int Count { get; }
    public double Time { get; private set; }
    public double[] X { get; }
    public double[] Y { get; }
    public double[] Z { get; }
    public double[] VelocityX { get; }
    public double[] VelocityY { get; }
    public double[] VelocityZ { get; }

    /// <summary>Moves everybody on by a step of at most a second.</summary>
    public void Step(double seconds)
    {
        Time += seconds;
        for (int f = 0; f < flights; f++)
            if (changeAt[f] <= Time) ChangeLeg(f);
        double horizontal = Math.Sqrt(GustHorizontal * seconds), vertical = Math.Sqrt(GustVertical * seconds);
        for (int i = 0; i < Count; i++)
        {
            (double sin, double cos) = Math.SinCos(turn[flight[i]] * seconds / 2);
            // Half the turn, the step, the other half of the turn.
            (double u, double v) = Turned(VelocityX[i], VelocityY[i], sin, cos);
            double halfX = u + (horizontal * chance.Normal()), halfY = v + (horizontal * chance.Normal());
            X[i] = Wrapped(X[i] + (0.5 * (u + halfX) * seconds), region.Width);
            Y[i] = Wrapped(Y[i] + (0.5 * (v + halfY) * seconds), region.Height);
            (VelocityX[i], VelocityY[i]) = Turned(halfX, halfY, sin, cos);
            double climb = VelocityZ[i] + (vertical * chance.Normal());
            Z[i] += 0.5 * (VelocityZ[i] + climb) * seconds;
            VelocityZ[i] = climb;
        }
    }

    /// <summary>One aircraft or a formation of four abreast and behind; returns the number of the next one.</summary>
    int TakeOff(int first)
    {
        int size = chance.Happens(FormationShare) ? Math.Min(4, Count - first) : 1, f = flights++;
        double x = chance.Uniform(0, region.Width), y = chance.Uniform(0, region.Height);
        double z = chance.Uniform(1000, 11_000), speed = chance.Uniform(120, 300);
        (double sin, double cos) = Math.SinCos(chance.Uniform(0, 2 * Math.PI));
        for (int member = 0; member < size; member++)
        {
            int i = first + member;
            double back = -Spacing * member, side = Spacing * (member % 2 == 1 ? 1 : -1) * ((member + 1) / 2);
            flight[i] = f;
            X[i] = Wrapped(x + (back * sin) + (side * cos), region.Width);
            Y[i] = Wrapped(y + (back * cos) - (side * sin), region.Height);
            Z[i] = z + chance.Uniform(-50, 50);
            VelocityX[i] = speed * sin;
            VelocityY[i] = speed * cos;
        }

        // As found on a day like any other: 20 s of every 95 s are turns, and the leg has begun some time ago.
        bool turning = chance.Happens(20.0 / 95);
        turn[f] = turning ? NextTurn() : 0;
        changeAt[f] = chance.Uniform(0, turning ? 20 : 75);
        return first + size;
    }

    void ChangeLeg(int f)
    {
        bool straight = turn[f] != 0;
        turn[f] = straight ? 0 : NextTurn();
        changeAt[f] = Time + (straight ? chance.Uniform(30, 120) : chance.Uniform(10, 30));
    }

    double NextTurn() => chance.Uniform(0.35, 1) * MostTurn * (chance.Happens(0.5) ? 1 : -1);

    static (double X, double Y) Turned(double x, double y, double sin, double cos) =>
        ((x * cos) + (y * sin), (y * cos) - (x * sin));

    static double Wrapped(double at, double extent)
    {
        double inside = at - (Math.Floor(at / extent) * extent);
        return inside < extent ? inside : 0; // rounding may give the extent itself
    }
}
