namespace Nadhir.Runs;

/// <summary>Looks on while a run is played; changes nothing of it but its end.</summary>
interface IRunObserver
{
    void OnDecision(DateTimeOffset time, Decision decision);

    /// <summary>After each tick; false: the run has nothing more to show.</summary>
    bool OnTick(DateTimeOffset time, IWatch watch);
}
