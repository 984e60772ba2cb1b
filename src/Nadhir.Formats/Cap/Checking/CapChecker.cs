using System.Collections.Immutable;

namespace Nadhir.Formats.Cap.Checking;

/// <summary>What is to be said of a document as a CAP message.</summary>
/// <param name="Version">"1.0", "1.1" or "1.2"; null when it is no CAP message at all.</param>
public sealed record CapVerdict(string? Version, ImmutableArray<CapFinding> Findings)
{
    /// <summary>Fits the schema of its version: the verdict an XML schema validator gives.</summary>
    public bool FitsSchema => Version is not null
        && !Findings.Any(one => one is { Grade: CapGrade.Error, Layer: CapLayer.Xml or CapLayer.Schema });

    /// <summary>No error of any kind.</summary>
    public bool IsValid => Version is not null && Findings.All(one => one.Grade != CapGrade.Error);
}

/// <summary>
/// Checks CAP messages: schema of 1.0, 1.1 or 1.2, the words of the standard (1.2), and profiles (1.2). Signatures are not
/// looked at here. No input makes it throw, or read anything but the bytes given.
/// </summary>
public static class CapChecker
{
    /// <summary>A larger document is refused unread. The largest alerts in the wild have about one megabyte.</summary>
    public const int MostBytes = 4 * 1024 * 1024;
    /// <summary>Elements in one document.</summary>
    public const int MostElements = 100_000;
    /// <summary>Nesting; CAP itself has four levels, a signature some more.</summary>
    public const int MostDepth = 32;

    /// <summary>The verdict, with the profiles asked for.</summary>
    public static CapVerdict Check(ReadOnlyMemory<byte> xml, params ReadOnlySpan<CapProfile> profiles)
    {
        CapFindings findings = new();
        if (CapNode.Read(xml, findings) is not { } root) return new(null, findings.All());
        if (CapGrammar.For(root.Space) is not { } known || root.Name != "alert")
        {
            findings.Add(CapLayer.Schema, CapGrade.Error, root.Line, root.Space.Length == 0
                ? $"not a CAP message: its first element {root.Name} is in no name space"
                : $"not a CAP message: it begins with {root.Name} of {root.Space}");
            return new(null, findings.All());
        }

        new CapSchema(known.Grammar, root.Space, findings).Check(root);
        if (known.Version == "1.2")
        {
            new CapStandard(findings).Check(root);
        }
        else
        {
            findings.Add(CapLayer.Standard, CapGrade.Advice, root.Line,
                $"CAP {known.Version} was replaced by 1.2; it is checked against the schema of {known.Version} only");
        }

        foreach (CapProfile profile in profiles)
        {
            if (known.Version == "1.2") new CapProfileCheck(profile, findings).Check(root);
            else findings.Add(CapLayer.Profile, CapGrade.Error, root.Line, $"the profile is of CAP 1.2, not {known.Version}", profile.Name);
        }

        return new(known.Version, findings.All());
    }
}
