namespace Nadhir.Formats.Tests;

/// <summary>
/// Tests that measure the memory of the whole process: they run when all others are done, whose memory would be taken
/// for theirs.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
