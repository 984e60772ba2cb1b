using System.Collections.Immutable;

namespace Nadhir.Formats.Cap.Checking;

/// <summary>What a finding was measured against.</summary>
public enum CapLayer : byte { Xml, Schema, Standard, Profile, Signature }

/// <summary>An error makes a message invalid; advice does not.</summary>
public enum CapGrade : byte { Error, Advice }

/// <summary>Something about a message that its sender should know.</summary>
/// <param name="Line">Line in the document, from 1; 0 when it concerns the whole.</param>
/// <param name="What">In plain words, with the element it is about.</param>
public sealed record CapFinding(CapLayer Layer, CapGrade Grade, int Line, string What)
{
    /// <summary>The profile it comes from; none for the standard itself.</summary>
    public string? Profile { get; init; }
}

/// <summary>Collects findings; of a message full of faults it keeps the first and counts the rest.</summary>
sealed class CapFindings
{
    /// <summary>Findings kept of one message.</summary>
    public const int Most = 200;

    readonly ImmutableArray<CapFinding>.Builder kept = ImmutableArray.CreateBuilder<CapFinding>();
    readonly int[] more = new int[2];

    public void Add(CapLayer layer, CapGrade grade, int line, string what, string? profile = null)
    {
        if (kept.Count < Most) kept.Add(new(layer, grade, line, what) { Profile = profile });
        else more[(int)grade]++;
    }

    public ImmutableArray<CapFinding> All() => more is [0, 0]
        ? kept.ToImmutable()
        :
        [
            .. kept, new(kept[^1].Layer, more[0] > 0 ? CapGrade.Error : CapGrade.Advice, 0,
                $"{more[0] + more[1]} more findings are not listed"),
        ];
}
