using System.Diagnostics.CodeAnalysis;

namespace Nadhir;

/// <summary>Something we hold to be impossible happened: we are wrong, and the part restarts from the record.</summary>
public sealed class InvariantBrokenException(string what) : Exception($"Invariant broken: {what}");

/// <summary>Checks that stay on in production.</summary>
public static class Invariant
{
    public static void Require([DoesNotReturnIf(false)] bool holds, string what)
    {
        if (!holds) throw new InvariantBrokenException(what);
    }
}
