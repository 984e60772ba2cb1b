using Nadhir.Journal;

namespace Nadhir;

/// <summary>
/// The engine. Given the entries of a journal in order, it answers each input with its decisions; nothing else enters:
/// no clock, no file, no chance. One owner; not thread safe.
/// </summary>
public interface IWatch
{
    /// <summary>The decisions this input leads to, in order. The list is reused by the next call.</summary>
    IReadOnlyList<Decision> Apply(Entry entry);

    /// <summary>All boards as they stand after the last input.</summary>
    Boards Snapshot();
}
