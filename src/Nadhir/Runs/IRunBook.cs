using Nadhir.Journal;

namespace Nadhir.Runs;

/// <summary>Where a run's inputs go and its decisions come from: a record on the disk, or a watch alone.</summary>
interface IRunBook
{
    IWatch Watch { get; }

    /// <summary>Sequence number the next applied input will have.</summary>
    long NextSequence { get; }

    /// <summary>How many entries wait for <see cref="Commit"/>.</summary>
    int Waiting { get; }

    /// <summary>The decisions of this input; the list is reused by the next call.</summary>
    IReadOnlyList<Decision> Apply(Entry input);

    void Commit();
}
