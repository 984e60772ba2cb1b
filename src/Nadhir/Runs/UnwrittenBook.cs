using Nadhir.Journal;

namespace Nadhir.Runs;

/// <summary>A watch whose run leaves no record: for scoring many runs.</summary>
sealed class UnwrittenBook(IWatch watch) : IRunBook
{
    public IWatch Watch => watch;
    public long NextSequence { get; private set; }
    public int Waiting => 0;

    public IReadOnlyList<Decision> Apply(Entry input)
    {
        IReadOnlyList<Decision> decisions = watch.Apply(input);
        NextSequence += 1 + decisions.Count;
        return decisions;
    }

    public void Commit() { }
}
