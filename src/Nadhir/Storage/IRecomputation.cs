using Nadhir.Journal;

namespace Nadhir.Storage;

/// <summary>
/// Decides again what was decided: gets every entry of a record in order, feeds the inputs to a fresh watch and
/// compares the decisions.
/// </summary>
public interface IRecomputation
{
    /// <summary>What is wrong with this entry (<c>decision differs: expected …</c>); null when nothing is.</summary>
    string? Check(long seq, Entry entry);

    /// <summary>What is wrong at the end of the record (decisions that are missing); null when nothing is.</summary>
    string? End();
}
