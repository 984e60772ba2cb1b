namespace Nadhir.Tracking.Engine;

/// <summary>What is expected of a flat scene, told by its sensors: what flies there, how long it stays, what doubt is worth.</summary>
/// <param name="Bank">How things move.</param>
/// <param name="Lifetime">Mean seconds an object stays.</param>
/// <param name="Arrivals">New objects expected a scan, before any have come.</param>
/// <param name="Gate">Squared Mahalanobis distance beyond which a pair is not considered.</param>
/// <param name="StayAbove">Tracks in doubt keep their branches as long as they are at least so probable.</param>
/// <param name="ShownCertainty">How sure it must be which object a track is before it is first shown.</param>
sealed record FlatScene(
    MotionBank Bank, double Lifetime, double Arrivals = 0.1, double Gate = 25, double StayAbove = 0.02, double ShownCertainty = 0.97)
{
    const double ShortRange = 30_000, MediumRange = 120_000, FastPeriod = 1;

    public static FlatScene Of(IEnumerable<FlatSensor> sensors)
    {
        List<FlatSensor> starting = [.. sensors.Where(s => s.Kind != FlatSensorKind.Bearing)];
        if (starting.Exists(s => s.Kind == FlatSensorKind.Position2D))
            return new(MotionBanks.Walk, Lifetime: 200, Arrivals: 0.02, Gate: 16, ShownCertainty: 0.8);
        if (starting.TrueForAll(s => s.Range <= ShortRange)) return new(MotionBanks.Drones, Lifetime: 300);
        return starting.TrueForAll(s => s.Period <= FastPeriod && s.Range <= MediumRange)
            ? new(MotionBanks.Salvos, Lifetime: 800, StayAbove: 0.005) // a salvo's doubts take long to decide
            : new(MotionBanks.Traffic, Lifetime: 800);
    }
}
